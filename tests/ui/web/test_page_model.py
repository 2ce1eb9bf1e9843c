"""Answers in a browser while a model words them: a blocked draft, a contradiction, a stopped server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from qa.engine import Engine
from qa.llm.opening import assisted
from qa.llm.wording import NOT_PASSED
from tests.qa.llm import openai_server
from tests.qa.llm.openai_server import Step, say, status
from tests.ui.web.conftest import looks, serving
from tests.ui.web.test_page import grave
from ui.web.services import Services

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
QUESTION = "番禺区政务服务数据管理局2023年的机关运行经费是多少？"
DISPUTED = "番禺区政务服务数据管理局2022年部门整体支出完成预算的百分之几？"
WRONG = "{{v1.label}}为65.4万元。"
HOSTILE = "<img src=x onerror=window.hit=1>[点这里](javascript:window.hit=1)为{{v1}}。"


@contextmanager
def beside(services: Services, *script: Step) -> Iterator[str]:
    """The page with a scripted model server beside the rules: its address."""
    with openai_server.serving(*script) as model:
        settings = replace(
            services.settings,
            offline=False,
            model="scripted",
            model_base_url=model.url,
            model_plans="never",
            model_trace=False,
        )
        engine = Engine(services.library, settings)
        with (
            assisted(engine, services.library, settings, {}) as asker,
            serving(Services(services.library, settings, asker)) as address,
        ):
            yield address


@contextmanager
def opened(chromium: Browser, address: str, size: tuple[int, int] = (1440, 900)) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
    page.set_default_timeout(60_000)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    try:
        page.goto(address)
        page.wait_for_selector(".gj-welcome")
        yield page
    finally:
        page.close()


def ask(page: Page, question: str) -> str:
    """Ask, and give the answer as it is shown."""
    page.fill("#gj-box textarea", question)
    page.press("#gj-box textarea", "Enter")
    page.wait_for_selector(".gj-turn:last-child .gj-foot")
    return str(page.locator(".gj-turn:last-child .gj-answer").inner_text())


@pytest.fixture(scope="module")
def blocked(services: Services) -> Iterator[str]:
    """A server whose model always types a wrong digit."""
    with beside(services, say(WRONG)) as address:
        yield address


@pytest.mark.parametrize(("size", "path", "words"), looks({"/": ("已拦下",), "/en/": ("blocked",)}))
def test_a_draft_with_a_digit_of_its_own_is_blocked_and_the_rules_wording_stands(
    chromium: Browser,
    blocked: str,
    services: Services,
    path: str,
    words: str,
    size: tuple[int, int],
) -> None:
    alone = services.engine.ask(QUESTION)
    with opened(chromium, blocked + path, size) as page:
        shown = ask(page, QUESTION)
        assert "65.4" not in page.locator("body").inner_text()
        assert words in page.locator(".gj-notice.blocked").inner_text()
        assert NOT_PASSED not in page.locator(".gj-text").inner_text()
        assert "56.4万元" in shown
        assert alone.values[0].entity in shown
        page.locator(".gj-text .gj-chip").first.click()
        page.wait_for_selector(".gj-amount b:text-is('56.4')")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if size[0] == 1440:
            assert grave(page) == []


def test_markup_of_a_model_is_neither_run_nor_shown(chromium: Browser, services: Services) -> None:
    with beside(services, say(HOSTILE)) as address, opened(chromium, address) as page:
        ask(page, QUESTION)
        assert page.locator(".gj-notice.blocked").count() == 1
        assert page.evaluate("window.hit") is None
        assert page.locator("img[src=x], .gj-answer a").count() == 0


@pytest.mark.parametrize(("size", "path"), looks())
def test_a_contradiction_keeps_both_sides_whatever_the_model_says(
    chromium: Browser, blocked: str, path: str, size: tuple[int, int]
) -> None:
    with opened(chromium, blocked + path, size) as page:
        ask(page, DISPUTED)
        assert page.locator(".gj-head.contradicted").count() == 1
        page.wait_for_selector(".gj-versus")
        assert "88.65" in page.locator(".gj-versus").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("path", "words"), [("/", "模型"), ("/en/", "model")])
def test_a_model_that_is_down_is_a_notice_and_no_error(
    chromium: Browser, services: Services, path: str, words: str
) -> None:
    with beside(services, status(500)) as address, opened(chromium, address + path) as page:
        assert "56.4万元" in ask(page, QUESTION)
        assert words in page.locator(".gj-notice").inner_text().lower()
