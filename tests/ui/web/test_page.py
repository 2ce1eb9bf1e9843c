"""The page in a browser: each tab's main path, three widths, both languages, no foreign request."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.library import Library
from ingest.settings import Settings
from tests.ingest.pdf_maker import PageMaker, make_pdf
from tests.ui.web.conftest import SAMPLES, Seen, looks, serving
from ui.web.access import Role
from ui.web.services import Services

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
QUESTION = "番禺区政务服务数据管理局2021年到2023年“三公”经费各是多少？"


PANES = (
    "#gj-talk, #gj-evidence, #gj-compared, #gj-proof, #gj-audited, #gj-finding, #gj-parsed, "
    "#gj-evaluated, #gj-case"
)
WIDER = """panes => [document.documentElement, ...document.querySelectorAll(panes)]
  .filter(each => each.scrollWidth > each.clientWidth + 1)
  .map(each => `${each.id || 'page'}: ${each.scrollWidth} > ${each.clientWidth}`)"""


def wider(page: Page) -> list[str]:
    """The page and its panes whose contents are wider than they are.

    A pane hides what is too wide for it from the page; only tables in frames of their own may be.
    """
    return list(page.evaluate(WIDER, PANES))


@pytest.mark.parametrize(
    ("seen", "path", "words"), looks({"/": ("提问",), "/en/": ("Ask",)}), indirect=["seen"]
)
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
    assert wider(seen.page) == []


def grave(page: Page) -> list[str]:
    """What axe finds serious or critical."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in axe.Axe().run(page).response["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


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


def test_an_uploaded_pdf_is_read_asked_and_boxed_and_a_broken_one_says_why(
    seen: Seen, tmp_path: Path
) -> None:
    lines = [
        "2025年度云岭市民政局养老服务项目绩效评价报告",
        "预算1,200万元，实际支出1,104万元，预算执行率92%。",
    ]
    good, broken = tmp_path / "养老服务2025.pdf", tmp_path / "坏文件.pdf"
    sheet = PageMaker()
    for number, line in enumerate(lines):
        sheet.text(40, 80 + 40 * number, line)
    good.write_bytes(make_pdf(sheet))
    broken.write_bytes(b"%PDF-1.7 broken")
    page = seen.open("/?tab=library")
    page.set_input_files("#gj-files input[type=file]", [str(good), str(broken)])
    # Failures that other tests left in the ledger are listed as well, folded away.
    page.wait_for_selector("#gj-items li.failed:has-text('坏文件.pdf') .gj-problem", timeout=60_000)
    page.wait_for_selector("#gj-items li.added", timeout=60_000)
    page.click("#gj-items li.added [data-act=open]")
    page.wait_for_selector("#gj-parsed .gj-page img")
    assert "1,104万元" in page.locator("#gj-parsed .gj-read").inner_text()
    page.click("[data-tab-id=ask]")
    page.fill("#gj-box textarea", "云岭市民政局2025年养老服务项目的预算执行率是多少？")
    page.press("#gj-box textarea", "Enter")
    page.wait_for_selector(".gj-chip")
    page.wait_for_selector("#gj-evidence .gj-page img")
    image = page.locator("#gj-evidence .gj-page img")
    image.scroll_into_view_if_needed()
    page.wait_for_function(
        "document.querySelector('#gj-evidence .gj-page img').naturalWidth > 500", timeout=60_000
    )
    page.click("[data-tab-id=library]")
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#gj-reports tbody tr:first-child [data-act=remove]")
    page.wait_for_selector("#gj-reports caption:has-text('14')")


@pytest.mark.parametrize(("seen", "path"), looks(), indirect=["seen"])
def test_a_comparison_its_chart_and_the_source_of_a_cell(seen: Seen, path: str) -> None:
    page = seen.open(f"{path}?tab=compare")
    page.locator("#gj-compared .gj-example").first.click()
    page.wait_for_selector(".gj-years .gj-chip")
    page.locator(".gj-years .gj-chip").nth(1).click()
    page.wait_for_selector("#gj-proof .gj-amount")
    with page.expect_download() as waiting:
        page.locator("[data-act=picture]").first.click()
    assert waiting.value.suggested_filename.endswith(".png")
    with page.expect_download() as waiting:
        page.locator(".gj-compared .gj-totals a").first.click()
    assert waiting.value.suggested_filename == "gouji-comparison.xlsx"
    assert wider(seen.page) == []


@pytest.mark.parametrize(("seen", "path"), looks(), indirect=["seen"])
def test_an_audit_a_finding_and_the_working_paper(seen: Seen, path: str) -> None:
    page = seen.open(f"{path}?tab=audit")
    page.click("#gj-audit-go")
    page.wait_for_selector(".gj-findings", timeout=60_000)
    page.locator(".gj-card").first.click()
    page.wait_for_selector("#gj-finding .gj-sides")
    assert page.locator("#gj-finding .gj-box, #gj-finding .gj-boxed").count() >= 1
    with page.expect_download() as waiting:
        page.locator(".gj-totals a").first.click()
    assert waiting.value.suggested_filename == "gouji-audit.xlsx"
    assert wider(seen.page) == []
    if path == "/":
        assert grave(page) == []


HINT = "each => getComputedStyle(each.closest('.secondary-wrap'), '::before').content"
EDGE = "each => getComputedStyle(each.closest('.wrap')).borderTopWidth"


@pytest.mark.parametrize(
    ("path", "hints"),
    [
        ("/?tab=compare", ["选择…", "选择…", "选择…", "全部"]),
        ("/en/?tab=compare", ["Choose…", "Choose…", "Choose…", "All"]),
        ("/?tab=audit", ["全部", ""]),
        ("/?tab=eval", ["选择…", "", ""]),
    ],
)
def test_select_boxes_look_like_fields(seen: Seen, path: str, hints: list[str]) -> None:
    page = seen.open(path)
    boxes = page.locator("[role=tabpanel] input[role=combobox]:visible")
    boxes.first.wait_for()
    found = [boxes.nth(n) for n in range(boxes.count())]
    assert [box.evaluate(HINT).replace("none", "").strip('"') for box in found] == hints
    assert {box.evaluate(EDGE) for box in found} == {"1px"}


def test_what_was_chosen_takes_the_place_of_the_hint(seen: Seen) -> None:
    page = seen.open("/?tab=compare")
    box = page.locator("#gj-compare-choices input[role=combobox]").nth(3)
    box.click()
    page.locator("[role=listbox] [role=option]").first.click()
    page.locator("#gj-compare-choices .token").wait_for()
    box.blur()
    assert box.evaluate(HINT) == "none"


@pytest.mark.parametrize("seen", [(390, 844)], indirect=True)
def test_the_first_column_of_a_wide_table_stays(seen: Seen) -> None:
    page = seen.open("/?tab=compare")
    page.fill("#gj-compare-box :is(input, textarea)", f"比较{QUESTION[:12]}2021到2024年的基本支出")
    page.click("#gj-compare-go")
    frame = page.locator(".gj-scroll:has(.gj-years)")
    frame.locator(".gj-chip").first.wait_for()
    assert frame.evaluate("each => each.scrollWidth > each.clientWidth")
    head = frame.locator("tbody th").first
    left = "each => each.getBoundingClientRect().left"
    before = head.evaluate(left)
    frame.evaluate("each => { each.scrollLeft = 1000; }")
    assert abs(head.evaluate(left) - before) < 2


@pytest.mark.parametrize("tab", ["compare", "library"])
def test_nothing_serious_on_the_other_tabs(seen: Seen, tab: str) -> None:
    page = seen.open(f"/?tab={tab}")
    if tab == "compare":
        page.locator("#gj-compared .gj-example").first.click()
        page.wait_for_selector(".gj-years .gj-chip")
        page.locator(".gj-years .gj-chip").first.click()
        page.wait_for_selector("#gj-proof .gj-spots")
    else:
        page.locator("#gj-reports [data-act=open]").first.click()
        page.wait_for_selector("#gj-parsed .gj-read")
    assert grave(page) == []


@pytest.mark.parametrize("dark", [False, True])
def test_nothing_serious_for_readers_with_aids(seen: Seen, dark: bool) -> None:
    page = seen.open()
    if dark:
        page.click("#gj-dark")
    page.locator(".gj-example").first.click()
    page.wait_for_selector(".gj-follow, .gj-chip")
    page.wait_for_selector(".gj-spots")
    assert grave(page) == []


def test_a_reader_logs_in_asks_and_cannot_upload(chromium: Browser, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    with Library.open(settings) as library:
        library.add(SAMPLES / "panyu_2021_final_accounts.txt")
        services = Services(library, settings)
        services.access.users.put("张三", "a password", Role.READER)
        with serving(services) as address:
            page = chromium.new_page()
            page.set_default_timeout(60_000)
            page.goto(address)
            page.fill("input[name=name]", "张三")
            page.fill("input[name=password]", "a password")
            page.click("button")
            page.locator(".gj-example").first.click()
            page.wait_for_selector(".gj-chip")
            page.click("[data-tab-id=library]")
            report = tmp_path / "甲.txt"
            report.write_text("2023年度甲局部门决算", encoding="utf-8")
            page.set_input_files("#gj-files input[type=file]", str(report))
            page.wait_for_selector(".gj-trouble")
            assert len(library.reports()) == 1
            page.click(".gj-top nav form button")
            page.wait_for_selector("input[name=password]")
            page.goto(address)
            page.wait_for_selector("input[name=password]")
            page.close()


HOSTILE = (
    "<img src=x onerror=window.hit=1><script>window.hit=1</script>${window.hit=1}{{window.hit}}"
)


def test_nothing_of_a_hostile_report_runs_on_any_tab(chromium: Browser, tmp_path: Path) -> None:
    text = (
        f"2023年度甲局{HOSTILE}部门决算\n\n一、{HOSTILE}收支情况\n\n"
        f"2023年总支出1,200万元，其中基本支出700万元，{HOSTILE}项目支出400万元。\n"
        f'=HYPERLINK("http://foreign.example") [x](javascript:window.hit=1) 项目支出500万元。\n'
    )
    settings = Settings(data_dir=tmp_path / "data")
    with Library.open(settings) as library:
        library.add_bytes(f"{HOSTILE}.txt".replace("/", "_"), text.encode())
        library.add_bytes("乙.pdf", b"%PDF-1.7 broken <script>window.hit=1</script>")
        with serving(Services(library, settings)) as address:
            page = chromium.new_page()
            page.set_default_timeout(60_000)
            page.on("dialog", lambda dialog: pytest.fail(dialog.message))
            page.goto(address)
            page.wait_for_selector(".gj-welcome")
            for question in (f"甲局2023年项目支出是多少？{HOSTILE}", "甲局2023年有没有矛盾的数？"):
                page.fill("#gj-box textarea", question)
                page.press("#gj-box textarea", "Enter")
                page.wait_for_selector(".gj-turn:last-child .gj-foot")
            page.click("[data-tab-id=compare]")
            page.fill("#gj-compare-box :is(input, textarea)", f"比较甲局{HOSTILE}2023年的支出")
            page.click("#gj-compare-go")
            page.click("[data-tab-id=audit]")
            page.click("#gj-audit-go")
            page.wait_for_selector(".gj-audit")
            page.click("[data-tab-id=library]")
            page.locator("#gj-reports [data-act=open]").first.click()
            page.wait_for_selector("#gj-parsed .gj-read")
            assert page.evaluate("window.hit") is None
            assert page.locator("img[src=x], .gradio-container a[href^=javascript]").count() == 0
            assert HOSTILE[:20] in page.locator("#gj-parsed").inner_text()
            page.close()
