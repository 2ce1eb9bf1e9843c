"""Evaluation in a browser: upload, run, watch, open a case, compare, download; three widths."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.library import Library
from ingest.settings import Settings
from tests.ui.web.conftest import looks, serving
from tests.ui.web.test_evaluations import REPORT, SUITE, ask_here
from tests.ui.web.test_page import grave, wider
from ui.web.access import Role
from ui.web.services import Services

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def page_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Services]]:
    """The page over one report, without a suite yet."""
    ask_here(monkeypatch)
    settings = Settings(data_dir=tmp_path / "data")
    with Library.open(settings) as library:
        library.add_bytes("民政局2023.txt", REPORT.encode())
        services = Services(library, settings)
        with serving(services) as address:
            yield address, services


def opened(chromium: Browser, address: str, size: tuple[int, int]) -> Page:
    page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
    page.set_default_timeout(60_000)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(address)
    page.wait_for_selector("#gj-evaluated .gj-none")
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize(
    ("size", "path", "right", "against"),
    looks({"/": ("对 1", "相比"), "/en/": ("Right 1", "Against")}),
)
def test_a_suite_is_uploaded_run_opened_compared_and_downloaded(
    chromium: Browser,
    page_over: tuple[str, Services],
    tmp_path: Path,
    path: str,
    right: str,
    against: str,
    size: tuple[int, int],
) -> None:
    address, _ = page_over
    suite, broken = tmp_path / "questions.yaml", tmp_path / "broken.yaml"
    suite.write_text(SUITE, encoding="utf-8")
    broken.write_text("cases:\n- id: a\n", encoding="utf-8")
    page = opened(chromium, f"{address}{path}?tab=eval", size)
    try:
        page.set_input_files("#gj-tab-eval input[type=file], #gj-eval-upload ~ input", str(broken))
        page.wait_for_selector("#gj-eval-job .gj-trouble:has-text('broken.yaml')")
        page.set_input_files("#gj-tab-eval input[type=file], #gj-eval-upload ~ input", str(suite))
        page.wait_for_selector("#gj-eval-suites :text('questions.yaml')")
        page.click("#gj-eval-go")
        page.wait_for_selector(".gj-measured")
        assert right in page.locator("#gj-evaluated .gj-totals").inner_text()
        card = page.locator("#gj-evaluated .gj-card").first
        card.click()
        page.wait_for_selector("#gj-case :text('700万元')")
        assert "gj-on" in (card.get_attribute("class") or "")
        assert page.evaluate("window.hit") is None
        assert page.locator("#gj-evaluated img, #gj-case img").count() == 0
        with page.expect_download() as waiting:
            page.locator("#gj-evaluated .gj-totals a").first.click()
        assert waiting.value.suggested_filename == "gouji-evaluation.html"
        assert wider(page) == []
        assert grave(page) == []
        page.locator("#gj-case [data-act=evalopen]").first.click()
        page.wait_for_selector("#gj-parsed .gj-read")
        page.click("[data-tab-id=eval]")
        page.wait_for_selector("#gj-eval-go:visible")
        page.click("#gj-eval-go")
        page.wait_for_function("document.querySelectorAll('.gj-job').length === 0")
        page.click("#gj-eval-before input")
        page.locator("[role=option]:visible").nth(1).click()
        page.wait_for_selector("#gj-evaluated .gj-diff")
        assert against in page.locator("#gj-evaluated .gj-diff h3").inner_text()
    finally:
        page.close()


def test_a_reader_looks_at_runs_and_cannot_begin_one(
    chromium: Browser, page_over: tuple[str, Services], tmp_path: Path
) -> None:
    address, services = page_over
    suite = tmp_path / "questions.yaml"
    suite.write_text(SUITE, encoding="utf-8")
    assert services.take_suite("", suite) == ""
    services.access.users.put("张三", "a password", Role.READER)
    page = chromium.new_page()
    page.set_default_timeout(60_000)
    try:
        page.goto(address)
        page.fill("input[name=name]", "张三")
        page.fill("input[name=password]", "a password")
        page.click("button")
        page.wait_for_selector(".gj-welcome")
        page.click("[data-tab-id=eval]")
        page.wait_for_load_state("networkidle")
        page.click("#gj-eval-go")
        page.wait_for_selector("#gj-eval-job .gj-trouble:has-text('只读')")
        assert services.eval_runs() == []
    finally:
        page.close()
