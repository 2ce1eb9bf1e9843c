"""Package data of the trade: loaded once, as plain values. The formats are in docs/vocabulary.md."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


class LexiconError(ValueError):
    """A data file of the package is damaged; the message names file, line and what is wrong."""


def _text(name: str) -> str:
    return files("qa").joinpath("data", name).read_text(encoding="utf-8")


@cache
def rows(name: str, columns: int) -> tuple[tuple[str, ...], ...]:
    """Rows of a tab-separated data file, padded to `columns`; `#` starts a comment line.

    Raises:
        LexiconError: a row has no text or too many columns.
    """
    found: list[tuple[str, ...]] = []
    for number, line in enumerate(_text(name).splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > columns or not cells[0]:
            raise LexiconError(
                f"数据文件 {name} 第 {number} 行:应有 1 至 {columns} 列且首列不为空,请更正"
            )
        found.append(tuple(cells + [""] * (columns - len(cells))))
    return tuple(found)


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list file: any number a line, parted by blanks; `#` starts a comment line."""
    return frozenset(
        word
        for line in _text(name).splitlines()
        if not line.startswith("#")
        for word in line.split()
    )


@cache
def toml(name: str) -> dict[str, object]:
    """A TOML data file.

    Raises:
        LexiconError: the file is no TOML.
    """
    try:
        return tomllib.loads(_text(name))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"数据文件 {name} 不是有效的 TOML:{error}") from error


def split(cell: str) -> tuple[str, ...]:
    """The alternatives of a cell, parted by `|`."""
    return tuple(part for part in (piece.strip() for piece in cell.split("|")) if part)
