"""The page of a run in a browser: nothing is fetched, nothing runs, nothing is cut off."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from eval.reports.collected import collect
from eval.reports.html import html_report
from tests.eval.reports.conftest import Make, make

__all__ = ["make"]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_still_and_fits(
    chromium: Browser, make: Make, tmp_path: Path, width: int, language: str
) -> None:
    path = tmp_path / "report.html"
    text = html_report(collect(make("one")), "en" if language == "en" else "zh")
    path.write_text(text, encoding="utf-8")
    page = chromium.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(path.as_uri())
    page.locator("details.case").evaluate_all("all => all.forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert asked == [path.as_uri()]
    assert said == []
    page.close()


def test_closed_cases_are_printed_open(chromium: Browser, make: Make, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(html_report(collect(make("one"))), encoding="utf-8")
    page = chromium.new_page()
    page.goto(path.as_uri())
    body = page.locator("details.case .body").first
    assert not body.is_visible()
    page.emulate_media(media="print")
    assert body.is_visible()
    page.close()
