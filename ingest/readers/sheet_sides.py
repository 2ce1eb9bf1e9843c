"""Tables that stand beside each other on a sheet, with blank columns between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ingest.model import Cell, ColumnRole
from ingest.readers.sheets import Address, Sheet
from ingest.structure.markers import has_key, is_date_line, is_table_label
from ingest.tables.cellsyntax import is_numeric
from ingest.tables.columns import column_role, is_year
from ingest.tables.headers import header_like

_UNIT = re.compile(
    r"[\u4e00-\u9fff)）][（(](?:%|[^()（）\d]{0,2}[元个人户次项条分天台套里米公亩吨辆份所名处场])[)）]$"
)
_LONGEST = 25  # no name of a column is longer
_MIN_SIDE = 2  # columns and rows of a table beside another one
_HEADERS = 3  # rows of a header at most
_NAMING = {ColumnRole.LABEL, ColumnRole.CODE}


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet, or of a part of it, that shows something. `ruled`: it has borders."""

    no: int
    cells: tuple[tuple[int, str], ...]  # columns and texts
    ruled: bool

    @cached_property
    def texts(self) -> list[str]:
        return [text for _, text in self.cells]

    @property
    def columns(self) -> list[int]:
        return [column for column, _ in self.cells]

    @property
    def first(self) -> int:
        """The first column."""
        return self.cells[0][0]

    @property
    def last(self) -> int:
        """The last column."""
        return self.cells[-1][0]

    @cached_property
    def labels(self) -> bool:
        """True for 部门：…, 2023年度, 单位：…: what stands between a table and its title, or below
        it: 填表人：…"""
        named = False
        for _, text in self.cells:
            if is_table_label(text) or has_key(text):
                named = True
            elif not (is_year(text) or is_date_line(text)):
                return False
        return named

    @cached_property
    def wide(self) -> bool:
        """True for a row that may be one of a table."""
        return len(self.cells) > 1 and not self.labels

    @cached_property
    def heads(self) -> bool:
        """True for a row that reads as a table's header: by its words, or by a unit in brackets."""
        figures = any(is_numeric(text) and not is_year(text) for text in self.texts)
        if figures or max(map(len, self.texts)) > _LONGEST:
            return False
        units = any(_UNIT.search(text) for text in self.texts)
        return (units and len(self.cells) > 1) or header_like([Cell(t) for t in self.texts])

    def within(self, first: int, last: int) -> SheetRow:
        """The cells in columns ``first..last``; there may be none."""
        cells = tuple(cell for cell in self.cells if first <= cell[0] <= last)
        return SheetRow(self.no, cells, self.ruled)


def beside(sheet: Sheet, rows: Sequence[SheetRow]) -> list[list[SheetRow]]:
    """The rows by the tables that stand beside each other; `rows` alone where it is one table."""
    used = sorted({column for row in rows for column, _ in row.cells})
    cuts = [
        (before, column)
        for before, column in pairwise(used)
        if column > before + 1 and not _is_bridged(sheet, rows, range(before + 1, column))
    ]
    if not cuts:
        return [list(rows)]
    starts = [used[0], *(column for _, column in cuts)]
    ends = [*(before for before, _ in cuts), used[-1]]
    sides = [
        [part for row in rows if (part := row.within(first, last)).cells]
        for first, last in zip(starts, ends, strict=True)
    ]
    alone = (_stands_alone(side, leftmost=side is sides[0]) for side in sides)
    return sides if all(alone) else [list(rows)]


def _is_bridged(sheet: Sheet, rows: Sequence[SheetRow], gap: range) -> bool:
    """True where a merged cell or borders run across the blank columns."""
    for row in rows:
        for column, _ in row.cells:
            area = sheet.merges.get(Address(row.no, column))
            if area is not None and area.left < gap.start <= area.right:
                return True
    ruled = sum(sheet.is_ruled(row.no, column) for row in rows for column in gap)
    return ruled > len(rows) * len(gap) / 2


def _stands_alone(rows: Sequence[SheetRow], *, leftmost: bool) -> bool:
    """True for columns that are a table of their own: a header, and either names of rows or their
    codes in the first one, or a title above."""
    wide = [row for row in rows if row.wide]
    columns = sorted({column for row in wide for column, _ in row.cells})
    if len(wide) < _MIN_SIDE or len(columns) < _MIN_SIDE or all(map(is_numeric, wide[0].texts)):
        return False
    first = [text for row in wide for column, text in row.cells if column == columns[0]]
    headers = [text for text in first[:_HEADERS] if not is_numeric(text)]
    roles = {column_role((header,), first[1:], True, None) for header in headers}
    titled = rows[0].no < wide[0].no and len(rows[0].cells) == 1 and not rows[0].labels
    return bool(roles & _NAMING) or ((leftmost or titled) and wide[0].heads)
