"""The page in a browser: each tab's main path, three widths, both languages, no foreign request."""

from __future__ import annotations

import pytest

from tests.ui.web.conftest import Seen

pytestmark = pytest.mark.browser
SIZES = [(1440, 900), (1024, 768), (390, 844)]
QUESTION = "番禺区政务服务数据管理局2021年到2023年“三公”经费各是多少？"


def fits(seen: Seen) -> bool:
    return bool(seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("seen", SIZES, indirect=True, ids=str)
@pytest.mark.parametrize(("path", "words"), [("/", "提问"), ("/en/", "Ask")])
def test_a_question_its_chips_and_the_place_in_the_original(
    seen: Seen, path: str, words: str
) -> None:
    page = seen.open(path)
    assert page.locator("#gj-send").inner_text() == words
    assert page.locator("html").get_attribute("lang") == ("en" if "en" in path else "zh-CN")
    page.fill("#gj-box textarea", QUESTION)
    page.press("#gj-box textarea", "Enter")
    page.wait_for_selector(".gj-follow")
    chips = page.locator(".gj-text .gj-chip")
    assert "5.34万元" in chips.first.inner_text()
    chips.nth(1).click()
    page.wait_for_selector(".gj-amount b:text-is('4.66')")
    assert page.locator(".gj-boxed, .gj-box").count() >= 1
    assert "gj-chosen" in (page.locator(".gj-spot").first.get_attribute("class") or "")
    page.locator(".gj-spot").nth(1).click()
    page.wait_for_selector(".gj-spots li:nth-child(2) .gj-chosen")
    assert fits(seen)


def test_choices_are_buttons_and_lead_on(seen: Seen) -> None:
    page = seen.open()
    page.fill("#gj-box textarea", "项目支出是多少")
    page.click("#gj-send")
    page.locator(".gj-choice").nth(1).click()
    page.wait_for_selector(".gj-turn:nth-of-type(2) .gj-chip")
    assert "6,125.55万元" in page.locator(".gj-turn").nth(1).inner_text()


def test_a_contradiction_shows_both_sides(seen: Seen) -> None:
    page = seen.open()
    page.fill("#gj-box textarea", "番禺区政务服务数据管理局2022年部门整体支出完成预算的百分之几？")
    page.press("#gj-box textarea", "Enter")
    page.wait_for_selector(".gj-versus")
    assert page.locator(".gj-head.contradicted").count() == 1
    assert "88.65" in page.locator(".gj-versus").inner_text()


def test_an_example_is_asked_and_survives_a_reload_and_a_change_of_language(seen: Seen) -> None:
    page = seen.open()
    page.locator(".gj-example").first.click()
    page.wait_for_selector(".gj-follow")  # the stream has ended
    asked = page.locator(".gj-question").inner_text()
    page.reload()
    page.wait_for_selector(".gj-turns")
    page.wait_for_load_state("networkidle")
    assert page.locator(".gj-question").inner_text() == asked
    page.click("#gj-language")
    page.wait_for_selector("#gj-send:text-is('Ask')")
    page.wait_for_selector(".gj-turns")
    assert page.locator(".gj-question").inner_text() == asked
    page.click("#gj-new")
    page.wait_for_selector(".gj-welcome")


def test_dark_is_kept(seen: Seen) -> None:
    page = seen.open()
    assert not page.evaluate("document.body.classList.contains('dark')")
    page.click("#gj-dark")
    assert page.evaluate("document.body.classList.contains('dark')")
    page.wait_for_load_state("networkidle")
    seen.open()
    assert page.evaluate("document.body.classList.contains('dark')")


def test_a_rating_and_the_right_answer_are_kept(seen: Seen) -> None:
    page = seen.open()
    page.locator(".gj-example").first.click()
    page.wait_for_selector(".gj-follow")
    page.click("[data-act=rate][data-mark=wrong]")
    page.fill(".gj-correct input", "56.4万元")
    page.press(".gj-correct input", "Enter")
    page.wait_for_selector("[data-mark=wrong].gj-chosen")


def test_an_export_is_a_download(seen: Seen) -> None:
    page = seen.open()
    page.locator(".gj-example").first.click()
    page.wait_for_selector(".gj-follow")
    with page.expect_download() as waiting:
        page.click("#gj-word")
    assert waiting.value.suggested_filename == "gouji.docx"


@pytest.mark.parametrize("dark", [False, True])
def test_nothing_serious_for_readers_with_aids(seen: Seen, dark: bool) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = seen.open()
    if dark:
        page.click("#gj-dark")
    page.locator(".gj-example").first.click()
    page.wait_for_selector(".gj-follow, .gj-chip")
    page.wait_for_selector(".gj-spots")
    found = axe.Axe().run(page).response["violations"]
    grave = [
        f"{each['id']}: {node['html'][:160]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]
    assert grave == []
