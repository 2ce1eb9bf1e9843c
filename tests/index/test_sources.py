"""Files in archives, added one by one."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

from index.library import Library
from ingest.settings import Settings

REPORT = "2023年度{}部门决算\n\n支出5.5万元。\n"


def make_archive(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return path


def report(unit: str) -> bytes:
    return REPORT.format(unit).encode()


def test_each_file_in_an_archive_has_its_own_end(settings: Settings, tmp_path: Path) -> None:
    settings = replace(settings, max_file_mb=1)
    path = make_archive(
        tmp_path / "公开.zip",
        **{
            "水务__决算.txt": report("某市水务局"),
            "财政__决算.txt": report("某市财政局"),
            "再.txt": report("某市水务局"),
            "坏.txt": b"\x00\x01\x02\x03" * 50,
            "大.txt": b"x" * 1_000_001,
            "图.psd": b"x",
        },
    )
    with Library.open(settings) as library:
        found = {
            str(each.relative_to(tmp_path)): added
            for each, added in library.add_all([path], workers=0)
        }
        assert {name: added.status for name, added in found.items()} == {
            "公开.zip/水务/决算.txt": "added",
            "公开.zip/财政/决算.txt": "added",
            "公开.zip/再.txt": "unchanged",
            "公开.zip/坏.txt": "failed",
            "公开.zip/大.txt": "failed",
            "公开.zip/图.psd": "skipped",
        }
        assert {each.path for each in library.failures()} == {
            str(path / "坏.txt"),
            str(path / "大.txt"),
        }
        assert sorted(each.entity for each in library.reports()) == ["某市水务局", "某市财政局"]
        again = [added.status for _, added in library.add_all([path], workers=0)]
        assert sorted(again) == ["failed", "failed", "skipped", *["unchanged"] * 3]
        assert library.consistency() == []


def test_an_archive_that_cannot_be_opened_is_one_failure(
    settings: Settings, tmp_path: Path
) -> None:
    path = make_archive(tmp_path / "公开.zip", **{"决算.txt": report("某市水务局")})
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    with Library.open(settings) as library:
        [(where, added)] = library.add_all([path], workers=0)
        assert (where, added.status) == (path, "failed")
        assert added.problem.startswith("公开.zip：")
        path.write_bytes(whole)
        assert [added.status for _, added in library.add_all([path], workers=0)] == ["added"]


def test_a_single_archive_is_no_report(settings: Settings, tmp_path: Path) -> None:
    path = make_archive(tmp_path / "公开.zip", **{"决算.txt": report("某市水务局")})
    with Library.open(settings) as library:
        added = library.add(path)
        assert added.status == "failed"
        assert "压缩包" in added.problem
        list(library.add_all([path], workers=0))
        assert library.failures() == []
