"""Adding many files while others read ahead."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path

import pytest

from eval.bench.crash import make_files
from index.confined import Limits, Reading, Source
from index.library import Library
from index.readahead import ReadAhead
from ingest.model import Document
from ingest.pipeline import read_document
from ingest.readers.content import PageProgress
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


GOOD = "2023年度某市财政局部门决算\n\n支出5.5万元。\n".encode()


def fragile(data: bytes, name: str, progress: PageProgress) -> Document:
    """A reader that some files kill, stop, bloat or confuse."""
    if data == b"kill":
        os._exit(1)
    if data == b"confuse":
        raise ZeroDivisionError("confused")
    if data == b"bloat":
        bytearray(64 * 1024**3)
    if data == b"stuck":
        progress(2, 9)
        time.sleep(60)
    if data == b"slow":
        for page in range(600):
            progress(page, 600)
            time.sleep(0.1)
    return read_document(data, name, progress)


def _taken(contents: list[bytes], limits: Limits) -> list[Reading]:
    ahead = ReadAhead(fragile, 2, limits)
    try:
        for number, data in enumerate(contents):
            ahead.put(Source(f"f{number}", data))
        return [ahead.take()[1] for _ in contents]
    finally:
        ahead.close()


def test_file_that_ends_its_process_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.CRITICAL):
        found = _taken([GOOD, b"kill", GOOD, b"confuse"], Limits())
    assert [isinstance(each, Document) for each in found] == [True, False, True, False]
    assert "进程意外终止" in str(found[1])
    assert "ZeroDivisionError" in str(found[3])


def test_no_file_passes_the_limits() -> None:
    limits = Limits(total_seconds=4, page_seconds=1, memory_mb=4096)
    found = _taken([b"stuck", GOOD, b"bloat", b"slow", GOOD], limits)
    assert [isinstance(each, Document) for each in found] == [False, True, False, False, True]
    assert found[0] == (
        "f0：第 3 页（共 9 页）的读取超过 1 秒的上限，已停止；该文件未加入，"
        "请检查文件，或调高设置 page_seconds"
    )
    assert "内存超过上限" in str(found[2])
    assert "超过 4 秒的上限" in str(found[3])


def test_pages_are_seen_going_by() -> None:
    seen: list[tuple[str, int, int]] = []
    ahead = ReadAhead(fragile, 1, Limits(total_seconds=2))
    ahead.put(Source("long", b"slow"))
    ahead.take(lambda source, done, total: seen.append((source.name, done, total)))
    ahead.close()
    assert {(name, total) for name, _, total in seen} == {("long", 600)}
    pages = [done for _, done, _ in seen]
    assert len(set(pages)) > 3
    assert pages == sorted(pages)
