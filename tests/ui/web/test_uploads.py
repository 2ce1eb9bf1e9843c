"""Files on their way into the library: states, limits, failures that can be tried again, archives."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library import Library
from ingest.settings import Settings
from ui.errors import RequestError
from ui.web.library_view import failures_html, items_html, reports_html
from ui.web.parse_view import pages_of, parse_html
from ui.web.services import Services
from ui.web.uploads import ENDED, FOLDER, Item, Uploads

REPORT = "2023年度甲局部门决算\n\n一、收入支出情况\n\n2023年总支出1,200万元，其中基本支出700万元，项目支出500万元。\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(Settings(data_dir=tmp_path / "data")) as opened:
        yield opened


def ended(uploads: Uploads) -> list[Item]:
    until = time.monotonic() + 60
    while uploads.busy and time.monotonic() < until:
        time.sleep(0.02)
    return sorted(uploads.items(), key=lambda item: item.number)


def given(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_files_are_taken_in_and_their_copies_deleted(tmp_path: Path, library: Library) -> None:
    uploads = Uploads(library.add_all, tmp_path / "data")
    good = given(tmp_path, "甲局2023.txt", REPORT.encode())
    uploads.take([good], most=5, megabytes=1)
    (item,) = ended(uploads)
    assert (item.name, item.state, item.problem) == ("甲局2023.txt", "added", "")
    assert library.document(item.report or 0).name == "甲局2023.txt"
    assert list((tmp_path / "data" / FOLDER).iterdir()) == []
    uploads.take([good], most=5, megabytes=1)
    assert [each.state for each in ended(uploads)] == ["added", "unchanged"]


def test_a_file_that_cannot_be_read_stays_and_is_tried_again(
    tmp_path: Path, library: Library
) -> None:
    uploads = Uploads(library.add_all, tmp_path / "data")
    uploads.take([given(tmp_path, "坏.pdf", b"%PDF-1.7 broken")], most=5, megabytes=1)
    (item,) = ended(uploads)
    assert item.state == "failed"
    assert "损坏" in item.problem
    assert "坏.pdf" in items_html(uploads.items())
    assert "坏.pdf" in failures_html(library.failures())
    item.path.write_bytes(REPORT.encode())
    uploads.retry(item.number)
    (again,) = ended(uploads)
    assert again.state == "added"


def test_the_files_of_an_archive_are_items_of_their_own(tmp_path: Path, library: Library) -> None:
    packed = tmp_path / "包.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("甲.txt", REPORT)
        archive.writestr("乙.txt", REPORT.replace("甲局", "乙局"))
    uploads = Uploads(library.add_all, tmp_path / "data")
    uploads.take([packed], most=5, megabytes=1)
    assert {item.name: item.state for item in ended(uploads)} == {
        "包.zip": "added",
        "甲.txt": "added",
        "乙.txt": "added",
    }
    assert len(library.reports()) == 2


@pytest.mark.parametrize(("most", "megabytes"), [(1, 9), (9, 0)])
def test_too_much_at_once_is_refused(
    tmp_path: Path, library: Library, most: int, megabytes: int
) -> None:
    uploads = Uploads(library.add_all, tmp_path / "data")
    files = [given(tmp_path, f"{n}.txt", REPORT.encode()) for n in range(2)]
    with pytest.raises(RequestError):
        uploads.take(files, most=most, megabytes=megabytes)
    assert uploads.items() == []


def test_every_state_has_its_words() -> None:
    states = ["waiting", "reading", *sorted(ENDED)]
    items = [
        Item(n, "<b>x.pdf", Path("x"), state=state, done=2, total=9, problem="<i>", report=n)
        for n, state in enumerate(states)
    ]
    shown = items_html(items)
    assert "<progress" in shown
    assert "2/9" in shown
    assert "<i>" not in shown.replace("<i></i>", "")
    assert shown.count("&lt;b&gt;x.pdf</b>") == len(states)


def test_reports_are_filtered_by_words(services: Services) -> None:
    reports = services.library.reports()
    assert "已载入 14 份报告" in reports_html(reports, "")
    assert "已载入 1 份报告" in reports_html(reports, "番禺区 2021 决算")
    assert "没有符合的报告" in reports_html(reports, "不存在的单位")
    assert "资料库还是空的" in reports_html([], "")


def test_what_was_read_of_every_page_is_shown(services: Services) -> None:
    for info in services.library.reports()[:6]:
        document = services.library.document(info.id)
        last = pages_of(document)
        for page in (0, 1, last, last + 5):
            shown = parse_html(info, document, page, "")
            assert "gj-raw" in shown or "gj-page" in shown
        whole = "".join(parse_html(info, document, page, "") for page in range(1, last + 1))
        titles = [
            table.title for table in document.tables if table.title and "&" not in table.title
        ]
        assert all(title.split()[0] in whole for title in titles if '"' not in title)


def test_uploads_are_under_way_until_what_came_in_is_ready(
    tmp_path: Path, library: Library
) -> None:
    """Between the last file read and the making ready nothing was said to be under way."""
    seen: list[bool] = []
    uploads = Uploads(
        library.add_all, tmp_path / "data", lambda _reports: seen.append(uploads.busy)
    )
    started = uploads._made_ready

    def watched(reports: set[int]) -> None:
        seen.append(uploads.busy)
        started(reports)

    uploads._made_ready = watched  # type: ignore[assignment, method-assign]
    uploads.take([given(tmp_path, "甲局2023.txt", REPORT.encode())], most=5, megabytes=1)
    ended(uploads)
    assert seen == [True, True]
