"""Pictures of the page for the documents: WRITE_SCREENSHOTS=1 draws them anew into docs/ui."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from tests.ui.web.conftest import Seen
from ui.web.services import Services

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not os.environ.get("WRITE_SCREENSHOTS"), reason="WRITE_SCREENSHOTS=1 draws them"
    ),
]
FOLDER = Path(__file__).resolve().parents[3] / "docs" / "ui"
QUESTION = "番禺区政数局2021年到2024年“三公”经费各是多少，2024年比2021年下降了百分之几？"


def keep(seen: Seen, name: str) -> None:
    """The picture in a palette, which is enough for a page of flat colours."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.png"
    seen.page.wait_for_timeout(600)
    seen.page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(96).save(path, optimize=True)


def ask(seen: Seen, path: str = "/") -> None:
    page = seen.open(path)
    page.fill("#gj-box textarea", QUESTION)
    page.press("#gj-box textarea", "Enter")
    page.wait_for_selector(".gj-follow")
    page.locator(".gj-text .gj-chip").nth(1).click()
    page.wait_for_selector(".gj-amount b:text-is('4.66')")


def test_asking(seen: Seen) -> None:
    ask(seen)
    keep(seen, "ask")


@pytest.mark.parametrize("seen", [(1024, 768)], indirect=True)
def test_asking_in_english_in_the_dark(seen: Seen) -> None:
    seen.open("/en/").click("#gj-dark")
    ask(seen, "/en/")
    keep(seen, "ask_en_dark")


@pytest.mark.parametrize("seen", [(390, 844)], indirect=True)
def test_asking_on_a_phone(seen: Seen) -> None:
    ask(seen)
    seen.page.evaluate("window.scrollTo(0, 0)")
    keep(seen, "ask_phone")


def test_comparing(seen: Seen) -> None:
    page = seen.open("/?tab=compare")
    page.fill(
        "#gj-compare-box :is(input, textarea)",
        "比较番禺区政务服务数据管理局2021到2024年的基本支出、项目支出和三公经费",
    )
    page.click("#gj-compare-go")
    page.wait_for_selector(".gj-years .gj-chip")
    page.locator(".gj-years .gj-chip").nth(1).click()
    page.wait_for_selector("#gj-proof .gj-amount")
    keep(seen, "compare")


def test_auditing(seen: Seen) -> None:
    page = seen.open("/?tab=audit")
    page.click("#gj-audit-go")
    page.wait_for_selector(".gj-findings", timeout=60_000)
    page.locator(".gj-card").first.click()
    page.wait_for_selector("#gj-finding .gj-sides")
    keep(seen, "audit")


def test_the_library(seen: Seen) -> None:
    page = seen.open("/?tab=library")
    page.locator("#gj-reports [data-act=open]").nth(3).click()
    page.wait_for_selector("#gj-parsed .gj-read")
    keep(seen, "library")


def test_evaluating(seen: Seen, services: Services) -> None:
    gold = Path(__file__).resolve().parents[2] / "gold"
    suites = [f"samples_{letter}.yaml" for letter in "ab"]
    for name in suites:
        assert services.take_suite("", gold / name) == ""
    page = seen.open("/?tab=eval")
    page.wait_for_load_state("networkidle")
    for name in suites:
        page.click("#gj-eval-suites input")
        page.locator(f"[role=option]:visible:has-text('{name}')").click()
    page.keyboard.press("Escape")
    page.click("#gj-eval-go")
    page.wait_for_selector(".gj-measured", timeout=240_000)
    page.locator("#gj-evaluated .gj-card").first.click()
    page.wait_for_selector("#gj-case h3")
    keep(seen, "eval")
