"""From what was typed to files: folders are walked, patterns expanded, doubles dropped."""

from __future__ import annotations

import glob
import os
from dataclasses import dataclass
from pathlib import Path

from ingest import archives, files

SUFFIXES = files.SUFFIXES | {archives.SUFFIX}
"""Endings of the files that are looked for in folders."""


@dataclass(frozen=True, slots=True)
class Found:
    """Files to read, what was typed but matches nothing, and files passed over by their type.

    `closed` are folders that may not be looked into.
    """

    files: tuple[Path, ...]
    missing: tuple[str, ...]
    passed_over: tuple[Path, ...]
    closed: tuple[Path, ...] = ()


def find_files(typed: tuple[str, ...]) -> Found:
    """Files that `typed` names, in a fixed order.

    A file that is named is always taken; in a folder only files of a readable type are, hidden
    ones and links to folders left out.
    """
    files: dict[Path, None] = {}
    missing: list[str] = []
    passed_over: list[Path] = []
    closed: list[Path] = []
    for each in typed:
        matches = _matches(each)
        if not matches:
            missing.append(each)
        for match in matches:
            if not match.is_dir():
                files.setdefault(match)
                continue
            for path in _walk(match, closed):
                if path.suffix.lower() in SUFFIXES:
                    files.setdefault(path)
                else:
                    passed_over.append(path)
    return Found(tuple(files), tuple(missing), tuple(passed_over), tuple(closed))


def _matches(typed: str) -> list[Path]:
    if os.path.lexists(typed):
        return [Path(typed)]
    return [Path(each) for each in sorted(glob.glob(typed, recursive=True))]


def _walk(folder: Path, closed: list[Path]) -> list[Path]:
    found: list[Path] = []

    def keep(error: OSError) -> None:
        closed.append(Path(error.filename))

    for parent, folders, names in os.walk(folder, onerror=keep):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        found += [Path(parent, name) for name in sorted(names) if not name.startswith(".")]
    return found
