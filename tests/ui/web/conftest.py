"""A library of the sample reports, the page over it on a free port, and a browser to look at it."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.library import Library
from ingest.settings import Settings
from ui.texts import set_language
from ui.web.services import Services

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet
    from playwright.sync_api import Browser, BrowserContext, Page

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "reports"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SIZES = [(1440, 900), (1024, 768), (390, 844)]


def looks(words: Mapping[str, tuple[str, ...]] | None = None) -> list[ParameterSet]:
    """The page at every width in both languages: size, path and the words that a path shows.

    One language a width is enough of the short run; the other pairs are `slow`.
    """
    return [
        pytest.param(
            size,
            path,
            *(words or {}).get(path, ()),
            id=f"{path}-{size[0]}",
            marks=[] if (at + on) % 2 == 0 else [pytest.mark.slow],
        )
        for at, size in enumerate(SIZES)
        for on, path in enumerate(("/", "/en/"))
    ]


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    set_language("zh")
    yield
    set_language("zh")


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Services over the sample reports."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("page"))
    with Library.open(settings) as library:
        for path in sorted(SAMPLES.iterdir()):
            assert library.add(path).status == "added"
        yield Services(library, settings)


@pytest.fixture(autouse=True)
def _library_as_it_was(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test added to the shared library goes again, also where the test failed."""
    if "services" not in request.fixturenames:
        yield
        return
    found: Services = request.getfixturevalue("services")
    before = {info.id for info in found.library.reports()}
    yield
    until = time.monotonic() + 60
    while found.uploads.busy and time.monotonic() < until:
        time.sleep(0.05)
    for item in found.uploads.items():
        found.uploads.forget(item.number)
    for report in {info.id for info in found.library.reports()} - before:
        found.library.remove(report)


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: where, and what it does."""

    address: str
    services: Services


@contextmanager
def serving(services: Services) -> Iterator[str]:
    """The page over services, on a free port: its address."""
    uvicorn = pytest.importorskip("uvicorn")
    pytest.importorskip("gradio")
    from ui.web.app import create_app
    from ui.web.page import mount

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(services, lambda *where: mount(services, *where))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 60
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    assert server.started
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="session")
def served(services: Services) -> Iterator[Served]:
    """The page over the sample reports, on a free port."""
    with serving(services) as address:
        yield Served(address, services)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium of this machine; its tests are skipped where there is none."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        pytest.skip("浏览器测试已跳过：本机没有 Chromium (no Chromium: browser tests are skipped)")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@dataclass(slots=True)
class Seen:
    """A page and what went wrong while it was looked at."""

    page: Page
    context: BrowserContext
    troubles: list[str]
    address: str

    def open(self, path: str = "/") -> Page:
        """Open an address of the server and wait until the page can be used."""
        self.page.goto(self.address + path)
        self.page.wait_for_selector(".gj-welcome, .gj-turns", state="attached", timeout=30_000)
        return self.page


@pytest.fixture
def seen(chromium: Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[Seen]:
    """A fresh browser session; a request to another host or an error of the console fails the test.

    Its locale is English, so that the page's own default shows.
    """
    width, height = getattr(request, "param", (1440, 900))
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="en-US")
    context.set_default_timeout(60_000)  # for machines with much else to do
    page = context.new_page()
    found = Seen(page, context, [], served.address)
    page.on("pageerror", lambda error: found.troubles.append(f"error {error}"))
    page.on(
        "console",
        lambda line: found.troubles.append(line.text) if line.type == "error" else None,
    )
    page.on(
        "request",
        lambda asked: (
            found.troubles.append(f"foreign {asked.url}")
            if not asked.url.startswith((served.address, "data:", "blob:"))
            else None
        ),
    )
    yield found
    context.close()
    assert found.troubles == []
