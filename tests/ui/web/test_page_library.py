"""The library in a browser: names reviewed, a folder uploaded, what fails told; three widths."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.library import Library
from ingest.settings import Settings
from tests.ui.web.conftest import Seen, looks, serving
from tests.ui.web.test_page import grave, wider
from ui.web.services import Services

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
DATA = Path(__file__).resolve().parents[2] / "qa" / "data" / "compare"
WORDS = {
    "/": ("是同一个", "已撤销", "读取失败", "类型不读"),
    "/en/": ("The same", "taken back", "could not be read", "not read"),
}


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Services]]:
    """The page over reports whose bodies and projects changed their names."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("names"))
    with Library.open(settings) as library:
        for path in sorted(DATA.iterdir()):
            library.add(path)
        services = Services(library, settings)
        with serving(services) as address:
            yield address, services


@pytest.mark.parametrize(("size", "path"), looks())
def test_a_guess_is_read_confirmed_and_undone(
    chromium: Browser, named: tuple[str, Services], path: str, size: tuple[int, int]
) -> None:
    address, services = named
    page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
    page.set_default_timeout(60_000)
    try:
        page.goto(f"{address}{path}?tab=library")
        page.click("#gj-aliases summary")
        guess = page.locator("#gj-aliases li.guessed").first
        assert guess.locator("q").count() >= 2
        guess.locator("[data-act=open]").first.click()
        page.wait_for_selector("#gj-parsed .gj-read")
        same, undone, *_ = WORDS[path]
        guess.locator(f"[data-does=confirm]:text-is('{same}')").click()
        page.wait_for_selector("#gj-aliases li.user")
        assert [each.state for each in services.library.aliases.decided()] == ["joined"]
        page.click("#gj-aliases [data-act=undo]")
        page.wait_for_selector("#gj-aliases li.user", state="detached")
        assert services.library.aliases.decided() == ()
        assert undone in page.locator("#gj-aliases .gj-history").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert grave(page) == []
    finally:
        page.close()


@pytest.mark.parametrize(("seen", "path"), looks(), indirect=["seen"])
def test_a_folder_with_a_file_that_fails_and_one_that_is_not_read(
    seen: Seen, services: Services, tmp_path: Path, path: str
) -> None:
    folder = tmp_path / "报告"
    folder.mkdir()
    shutil.copy(DATA / "river_2023.txt", folder / "河道2023.txt")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "录像.mp4").write_bytes(b"\0\0")
    before = {info.id for info in services.library.reports()}
    page = seen.open(f"{path}?tab=library")
    page.wait_for_load_state("networkidle")
    page.set_input_files("#gj-folder ~ input[type=file], input[webkitdirectory]", str(folder))
    *_, failed, passed = WORDS[path]
    page.wait_for_selector(f"#gj-items li.failed:has-text('坏.pdf') :text('{failed}')")
    page.wait_for_selector(f"#gj-items li.skipped:has-text('录像.mp4') :text('{passed}')")
    page.wait_for_selector(
        "#gj-items li.added:has-text('河道2023.txt'), #gj-items li.unchanged:has-text('河道2023.txt')"
    )
    # Other tests of the same process may have left failures of their own.
    own = "li.failed:has-text('坏.pdf')"
    assert page.locator(f"#gj-items {own} .gj-problem").first.inner_text()
    page.locator(f"#gj-items {own} [data-act=retry]").first.click()
    page.wait_for_selector(f"#gj-items section {own} [data-act=forget]")
    assert wider(seen.page) == []
    page.locator(f"#gj-items section {own} [data-act=forget]").first.click()
    page.wait_for_selector(f"#gj-items section {own}", state="detached")
    for info in {info.id for info in services.library.reports()} - before:
        services.library.remove(info)
