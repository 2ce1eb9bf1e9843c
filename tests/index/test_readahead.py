"""Adding many files while others read ahead."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from eval.bench_crash import make_files
from index.library import Library
from index.readahead import ReadAhead, Source
from ingest.model import Document
from ingest.pipeline import read_document
from ingest.settings import Settings


@pytest.mark.parametrize("workers", [None, 0, 2])
def test_all_files_are_added_once(settings: Settings, tmp_path: Path, workers: int | None) -> None:
    files = make_files(tmp_path, 4)
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n")
    wanted = [*files[::2], tmp_path / "missing.txt", bad, files[0]]
    told: list[tuple[str, int, int]] = []
    with Library.open(settings) as library:
        added = list(library.add_all(wanted, lambda *each: told.append(each), workers))
        assert sorted(path for path, _ in added) == sorted(wanted)
        states = sorted((path.name, result.status) for path, result in added)
        assert states == [
            ("bad.txt", "failed"),
            ("missing.txt", "failed"),
            ("report0.txt", "added"),
            ("report0.txt", "unchanged"),
            ("report1.txt", "added"),
            ("report2.txt", "added"),
            ("report3.txt", "added"),
        ]
        assert told[-1] == ("加入", len(wanted), len(wanted))
        assert {each.name for each in library.failures()} == {"bad.txt", "missing.txt"}
        assert {each.path for each in library.failures()} == {str(path) for path in wanted[4:6]}
        again = library.add_all(files[::2], workers=workers)
        assert {result.status for _, result in again} == {"unchanged"}
        assert library.consistency() == []


def test_stopping_early_keeps_what_was_added(settings: Settings, tmp_path: Path) -> None:
    files = make_files(tmp_path, 4)[::2]
    with Library.open(settings) as library:
        some = library.add_all(files, workers=1)
        next(iter(some))
        some.close()  # type: ignore[attr-defined]
        assert len(library.reports()) == 1
        assert library.consistency() == []


def fragile(data: bytes, name: str) -> Document:
    """A reader that some files kill and others confuse."""
    if data == b"kill":
        os._exit(1)
    if data == b"confuse":
        raise ZeroDivisionError("confused")
    return read_document(data, name)


def test_file_that_ends_its_process_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    good = "2023年度某市财政局部门决算\n\n支出5.5万元。\n".encode()
    sources = [Source("a", good), Source("b", b"kill"), Source("c", good), Source("d", b"confuse")]
    ahead = ReadAhead(fragile, 2)
    for source in sources:
        ahead.put(source)
    assert ahead.full
    with caplog.at_level(logging.CRITICAL):
        found = [ahead.take() for _ in sources]
    ahead.close()
    assert [source.name for source, _ in found] == ["a", "b", "c", "d"]
    assert [isinstance(each, Document) for _, each in found] == [True, False, True, False]
    assert "进程意外终止" in str(found[1][1])
    assert "ZeroDivisionError" in str(found[3][1])
