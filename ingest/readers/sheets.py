"""Sheets of workbooks as they are shown, whatever the file's format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

_SMALL = 4096  # cells of a merged range that are looked up one by one
_LETTERS = 3  # of a column's name
_DIGITS = 7  # of a row's
_FAR = 1000  # blank rows after which borders no longer hold a table together


class Address(NamedTuple):
    """A cell; rows and columns count from 0."""

    row: int
    column: int

    @property
    def name(self) -> str:
        """``B7``."""
        return f"{column_name(self.column)}{self.row + 1}"


class Area(NamedTuple):
    """A merged range; all four sides belong to it and count from 0."""

    top: int
    left: int
    bottom: int
    right: int


Run = tuple[int, int]
"""Columns ``first <= column <= last``."""


@dataclass(slots=True)
class Sheet:
    """What a sheet shows: the texts of its cells, numbers in their formats.

    `merges` are the merged ranges by their first cell, `ruled` the columns of each row whose cells
    have borders. `uncalculated` are formulas whose values the file does not hold, `doubtful` ones
    that it wants calculated anew when it is opened; `blanked` cells hold numbers of which their
    formats show nothing.
    """

    name: str
    hidden: bool = False
    texts: dict[Address, str] = field(default_factory=dict)
    merges: dict[Address, Area] = field(default_factory=dict)
    ruled: dict[int, tuple[Run, ...]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[Run] = field(default_factory=list)
    uncalculated: list[Address] = field(default_factory=list)
    doubtful: list[Address] = field(default_factory=list)
    blanked: list[Address] = field(default_factory=list)
    _waiting: dict[int, tuple[Run, ...]] = field(default_factory=dict)

    def merge(self, area: Area) -> None:
        """Note a merged range; what its covered cells hold is not shown and left out."""
        first = Address(area.top, area.left)
        if (area.bottom - area.top + 1) * (area.right - area.left + 1) <= _SMALL:
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    if (row, column) != first:
                        self.texts.pop(Address(row, column), None)
        else:
            covered = [each for each in self.texts if each != first and _inside(each, area)]
            for each in covered:
                del self.texts[each]
        self.merges[first] = area

    def note_borders(self, row: int, columns: tuple[Run, ...], *, has_text: bool) -> None:
        """Note the bordered cells of a row; rows come in order, from the top.

        Sheets may have borders down to their very last row: those below all text are forgotten.
        """
        if columns:
            self._waiting[row] = columns
        if has_text:
            self.ruled.update(self._waiting)
            self._waiting = {}
        elif len(self._waiting) > _FAR:
            self._waiting = {}

    def is_ruled(self, row: int, column: int) -> bool:
        """True where the cell has borders."""
        return any(first <= column <= last for first, last in self.ruled.get(row, ()))

    def is_hidden_column(self, column: int) -> bool:
        """True where the column is not shown."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def _inside(cell: Address, area: Area) -> bool:
    return area.top <= cell.row <= area.bottom and area.left <= cell.column <= area.right


def runs_of(columns: Iterable[int]) -> tuple[Run, ...]:
    """Rising column numbers as runs."""
    runs: list[Run] = []
    for column in columns:
        if runs and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return tuple(runs)


@lru_cache(maxsize=1024)
def column_name(column: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def read_address(name: str) -> Address | None:
    """The cell of a name such as ``$B$7``; None for anything else."""
    plain = name.replace("$", "").strip().upper()
    letters = plain.rstrip("0123456789")
    digits = plain[len(letters) :]
    column = _column(letters)
    if column is None or not 0 < len(digits) <= _DIGITS or not int(digits):
        return None
    return Address(int(digits) - 1, column)


@lru_cache(maxsize=1024)
def _column(letters: str) -> int | None:
    if not (1 <= len(letters) <= _LETTERS and letters.isascii() and letters.isalpha()):
        return None
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def listed(cells: Iterable[Address], limit: int = 8) -> str:
    """``D2、D3、B5 等 12 处``: cells for a message."""
    names = [cell.name for cell in cells]
    shown = "、".join(names[:limit])
    return f"{shown} 等 {len(names)} 处" if len(names) > limit else shown
