"""Folders, patterns and names become files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.paths import find_files

FILES = ("a.txt", "b.MD", "c.bin", ".hidden.txt", "deep/d.txt", ".git/e.txt", "f[1].txt")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "files", "missing", "passed_over"),
    [
        ((".",), ["a.txt", "b.MD", "f[1].txt", "deep/d.txt"], [], ["c.bin"]),
        (("*.txt",), ["a.txt", "f[1].txt"], [], []),
        (("**/*.txt",), ["a.txt", "deep/d.txt", "f[1].txt"], [], []),
        (("f[1].txt",), ["f[1].txt"], [], []),
        (("c.bin",), ["c.bin"], [], []),
        (("a.txt", "a.txt", "deep"), ["a.txt", "deep/d.txt"], [], []),
        (("none.txt", "n*.x", "a.txt"), ["a.txt"], ["none.txt", "n*.x"], []),
    ],
)
def test_what_was_typed_becomes_files(
    folder: Path,
    typed: tuple[str, ...],
    files: list[str],
    missing: list[str],
    passed_over: list[str],
) -> None:
    found = find_files(typed)
    assert [path.as_posix() for path in found.files] == files
    assert list(found.missing) == missing
    assert [path.as_posix() for path in found.passed_over] == passed_over


def test_a_link_to_a_parent_folder_is_not_followed(folder: Path) -> None:
    (folder / "deep" / "up").symlink_to(folder, target_is_directory=True)
    assert find_files(("deep",)).files == (Path("deep/d.txt"),)


def test_a_folder_that_may_not_be_opened_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def closed(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path) == Path("deep"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    found = find_files((".",))
    assert [path.as_posix() for path in found.files] == ["a.txt", "b.MD", "f[1].txt"]
    assert found.closed == (Path("deep"),)
