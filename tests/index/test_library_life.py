"""Adding, superseding, removing, failing: what a library holds afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from index.database import reading
from index.errors import LibraryError
from index.library import Library
from index.schema import metadata
from ingest.model import Document
from ingest.pipeline import read_document
from ingest.readers.content import PageProgress, silent
from ingest.settings import Settings

BOTH_LEDGERS = True

ONE = "@某市财政局 2023\n# 一、收支情况\n机关运行经费支出56.4万元，比上年多。\n# 二、其他\n公务接待费0.51万元\n"
TWO = "@某市教育局 2022 校舍改造\n# 一、项目\n校舍改造项目安排预算800万元\n"


def put(library: Library, name: str, text: str) -> int:
    added = library.add_bytes(name, text.encode())
    assert added.report is not None, added.problem
    return added.report.id


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_added_report_is_found_again(library: Library) -> None:
    added = library.add_bytes("甲.txt", ONE.encode())
    assert (added.status, added.problem) == ("added", "")
    (info,) = library.reports()
    assert added.report == info
    assert (info.entity, info.year, info.kind) == ("某市财政局", "2023", "final_accounts")
    assert (info.figures, info.equations, info.parts) == (2, 1, 1)
    (part,) = library.parts()
    assert (part.report, part.report_name, part.entity) == (info.id, "甲.txt", "某市财政局")
    assert library.search_figures("机关运行经费")[0].figure == 0
    assert "机关运行经费" in library.search_passages("机关运行经费是多少？")[0].text
    assert library.consistency() == []


def test_document_comes_back_as_it_was_read(
    library: Library, reopen: Callable[[], Library]
) -> None:
    report = put(library, "甲.txt", ONE)
    again = reopen().document(report)
    assert again == library._reader(ONE.encode(), "甲.txt", silent)


def test_same_bytes_are_added_once(library: Library) -> None:
    first = library.add_bytes("甲.txt", ONE.encode())
    second = library.add_bytes("另一个名字.txt", ONE.encode())
    assert (second.status, second.report) == ("unchanged", first.report)
    assert len(library.reports()) == 1


def test_corrected_edition_supersedes(library: Library) -> None:
    old = put(library, "甲.txt", ONE)
    added = library.add_bytes("甲.txt", ONE.replace("56.4", "57.9").encode())
    assert (added.status, added.replaced) == ("superseded", (old,))
    assert added.report is not None
    new = added.report.id
    assert [each.id for each in library.reports()] == [new]
    both = {each.id: each for each in library.reports(include_superseded=True)}
    assert (both[old].state, both[old].superseded_by) == ("superseded", new)
    assert {hit.report for hit in library.search_figures("机关运行经费")} == {new}
    assert {hit.report for hit in library.search_passages("机关运行经费")} == {new}
    assert {part.report for part in library.parts()} == {new}
    assert "56.4" in library.document(old).text  # old citations resolve
    assert library.consistency() == []
    assert library.add_bytes("甲.txt", ONE.encode()).status == "unchanged"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("乙.txt", ONE.replace("56.4", "57.9")),  # another name
        ("甲.txt", ONE.replace("2023", "2022")),  # another year
        ("甲.txt", ONE.replace("财政局", "水务局")),  # another unit
        ("甲.txt", ONE.replace("财政局 2023", "财政局 2023 水库")),  # another project
    ],
)
def test_other_reports_do_not_supersede(library: Library, name: str, text: str) -> None:
    put(library, "甲.txt", ONE)
    assert library.add_bytes(name, text.encode()).status == "added"
    assert len(library.reports()) == 2


def test_report_without_identity_supersedes_nothing(library: Library) -> None:
    put(library, "附件.txt", "经费1.5万元\n")
    assert library.add_bytes("附件.txt", "经费2.5万元\n".encode()).status == "added"


def test_old_edition_comes_back_after_the_new_one_was_removed(library: Library) -> None:
    put(library, "甲.txt", ONE)
    new = put(library, "甲.txt", ONE.replace("56.4", "57.9"))
    library.remove(new)
    assert library.reports() == []
    assert library.add_bytes("甲.txt", ONE.encode()).status == "added"
    assert len(library.reports(include_superseded=True)) == 1
    assert library.consistency() == []


def ledger_bytes(library: Library, settings: Settings) -> bytes:
    """The ledger's file; of a database server all rows, as its files are out of reach."""
    if not settings.ledger_url:
        return (settings.data_dir / "ledger.sqlite3").read_bytes()
    words = ("words_figures", "words_passages", "term_counts", "words_sizes")
    with reading(library._store.engine) as connection:
        rows = [
            connection.execute(sql(f"SELECT * FROM {name}")).all()  # noqa: S608
            for name in (*metadata.tables, *words)
        ]
    return str(rows).encode()


def test_removed_report_leaves_nothing(library: Library, settings: Settings) -> None:
    put(library, "乙.txt", TWO)
    report = put(library, "甲.txt", ONE)
    library.remove(report)
    assert library.search_figures("机关运行经费") == []
    assert all(hit.report != report for hit in library.search_passages("机关运行经费"))
    with pytest.raises(LibraryError, match="没有编号为"):
        library.document(report)
    assert library.consistency() == []
    ledger = ledger_bytes(library, settings)
    files = all_bytes(settings.data_dir / "files")
    for trace in ("机关运行经费", "机关", "公务接待费", "56.4", "甲.txt"):
        assert trace.encode() not in ledger + files, trace
    assert "校舍".encode() in ledger


def test_removing_twice_says_so(library: Library) -> None:
    report = put(library, "甲.txt", ONE)
    library.remove(report)
    with pytest.raises(LibraryError, match="gouji list"):
        library.remove(report)


def test_numbers_of_removed_reports_are_not_given_again(library: Library) -> None:
    first = put(library, "甲.txt", ONE)
    library.remove(first)
    assert put(library, "甲.txt", ONE) > first


def test_unreadable_file_is_remembered_and_can_be_tried_again(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "坏.txt"
    path.write_text("!!")
    added = library.add(path)
    assert (added.status, added.report) == ("failed", None)
    (failure,) = library.failures()
    assert (failure.name, failure.path, failure.reason) == ("坏.txt", str(path), added.problem)
    assert library.add(path).status == "failed"
    assert len(library.failures()) == 1
    assert library.reports() == []
    path.write_text(ONE, encoding="utf-8")
    assert library.add(path).status == "added"


def test_a_failure_is_forgotten_once_the_same_bytes_are_in(settings: Settings) -> None:
    def broken(_data: bytes, _name: str, _progress: PageProgress) -> Document:
        raise ZeroDivisionError("a bug")

    with Library.open(settings, reader=broken) as library:
        added = library.add_bytes("甲.txt", ONE.encode())
        assert added.status == "failed"
        assert "ZeroDivisionError" in added.problem
        assert len(library.failures()) == 1
    with Library.open(settings, reader=read_document) as library:
        assert library.add_bytes("甲.txt", ONE.encode()).status == "added"
        assert library.failures() == []


def test_file_that_is_too_large_or_missing(library: Library, tmp_path: Path) -> None:
    missing = library.add(tmp_path / "没有.txt")
    assert missing.status == "failed"
    assert "没有.txt" in missing.problem
    assert library.add(tmp_path).status == "failed"
    large = tmp_path / "大.txt"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    assert "100 MB" in library.add(large).problem
    assert {each.name for each in library.failures()} >= {"没有.txt", "大.txt"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [("目录/甲.txt", "甲.txt"), ("C:\\报告\\甲.txt", "甲.txt"), ("..", ".."), ("", "未命名"),
     ("e\u0301.txt", "é.txt"), ("\udcff.txt", "?.txt")],
)  # fmt: skip
def test_names_are_bare(library: Library, name: str, shown: str) -> None:
    added = library.add_bytes(name, ONE.encode())
    assert added.report is not None
    assert added.report.name == shown


def test_text_that_the_bytes_do_not_give_is_kept(settings: Settings) -> None:
    def other(_data: bytes, name: str, _progress: PageProgress) -> Document:
        return replace(read_document(ONE.encode(), name), encoding="", media_type="application/x")

    with Library.open(settings, reader=other) as library:
        report = put(library, "甲.pdf", "binary")
        assert library.document(report).text == ONE


def test_progress_is_told(library: Library) -> None:
    seen: list[tuple[str, int, int]] = []
    library.add_bytes("甲.txt", ONE.encode(), lambda *told: seen.append(told))
    assert ("读取 甲.txt", 1, 1) in seen
    assert seen[-1][1] == seen[-1][2] > 0


def test_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError, match="无法使用资料库文件夹"):
        Library.open(Settings(data_dir=tmp_path / "file" / "data"))
