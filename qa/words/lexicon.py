"""Words of the trade from data files, as plain values. The formats are in docs/vocabulary.md.

The package's own files come first; an office may add files of the same names and formats (see
`qa.question.vocabulary`), whose lines come before the package's, so that theirs win.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

# The columns of the tab-separated files.
COLUMNS = {
    "organs.tsv": 3,
    "organ_words.tsv": 2,
    "regions.tsv": 3,
    "english.tsv": 4,
    "english_patterns.tsv": 2,
    "asking_patterns.tsv": 2,
    "open_words.tsv": 2,
    "rates.tsv": 3,
    "near_words.tsv": 2,
}
LISTS = (
    "project_words.txt",
    "trade_words.txt",
    "common_words.txt",
    "deeds.txt",
    "names_with_and.txt",
    "lookalikes.txt",
    "english_links.txt",
    "english_common.txt",
)
TABLES = ("synonyms.toml",)
NAMES = (*COLUMNS, *LISTS, *TABLES)


class LexiconError(ValueError):
    """A data file is damaged; the message names file, line and what is wrong."""


class Cleared(Protocol):
    """A cache."""

    def cache_clear(self) -> None: ...


C = TypeVar("C", bound=Cleared)
_caches: list[Cleared] = []
_added: dict[str, Path] = {}


def derived(cached: C) -> C:
    """Marks a cache of what was made from data files; `add_files` empties it."""
    _caches.append(cached)
    return cached


def add_files(paths: Mapping[str, Path]) -> None:
    """Read these files too, each by the name of the package's file that it adds to; none: undo."""
    _added.clear()
    _added.update(paths)
    for cached in _caches:
        cached.cache_clear()


class Text(NamedTuple):
    """A file's text and how a message names the file."""

    where: str
    text: str

    def at(self, needle: str) -> str:
        """The file and the line where a word first stands."""
        for number, line in enumerate(self.text.splitlines(), start=1):
            if needle in line:
                return f"{self.where} 第 {number} 行"
        return self.where


def texts(name: str) -> Iterator[Text]:
    """The files of a name: the added one, then the package's.

    Raises:
        LexiconError: an added file cannot be read.
    """
    if name in _added:
        path = _added[name]
        try:
            yield Text(f"词表 {path}", path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise LexiconError(f"词表 {path} 无法按 UTF-8 读取:{error},请更正") from error
    text = files("qa").joinpath("data", name).read_text(encoding="utf-8")
    yield Text(f"数据文件 {name}", text)


class Row(NamedTuple):
    """A line of a tab-separated file, and how a message names its place."""

    where: str
    cells: tuple[str, ...]


@derived
@cache
def placed_rows(name: str) -> tuple[Row, ...]:
    """Rows of a tab-separated file with their places, padded; `#` starts a comment line.

    Raises:
        LexiconError: a row has no text or too many columns.
    """
    columns = COLUMNS[name]
    found: list[Row] = []
    for where, text in texts(name):
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            place, cells = f"{where} 第 {number} 行", [cell.strip() for cell in line.split("\t")]
            if len(cells) > columns or not cells[0]:
                raise LexiconError(f"{place}:应有 1 至 {columns} 列且首列不为空,请更正")
            found.append(Row(place, tuple(cells + [""] * (columns - len(cells)))))
    return tuple(found)


@derived
@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Rows of a tab-separated file, padded to its columns.

    Raises:
        LexiconError: see `placed_rows`.
    """
    return tuple(row.cells for row in placed_rows(name))


@derived
@cache
def words(name: str) -> frozenset[str]:
    """The words of a list file: any number a line, parted by blanks; `#` starts a comment line."""
    return frozenset(
        word
        for _, text in texts(name)
        for line in text.splitlines()
        if not line.startswith("#")
        for word in line.split()
    )


@derived
@cache
def tables(name: str) -> tuple[tuple[Text, dict[str, object]], ...]:
    """TOML files of a name, the added one first.

    Raises:
        LexiconError: a file is no TOML.
    """
    found = []
    for text in texts(name):
        try:
            found.append((text, tomllib.loads(text.text)))
        except tomllib.TOMLDecodeError as error:
            raise LexiconError(f"{text.where} 不是有效的 TOML:{error},请更正") from error
    return tuple(found)


def split(cell: str) -> tuple[str, ...]:
    """The alternatives of a cell, parted by `|`."""
    return tuple(part for part in (piece.strip() for piece in cell.split("|")) if part)
