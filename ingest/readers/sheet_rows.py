"""The rows of a sheet: which are lines of text, which are rows of tables, where tables begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.cellsyntax import is_numeric
from ingest.columns import is_year
from ingest.headers import header_like
from ingest.markers import (
    ends_sentence,
    has_key,
    is_date_line,
    is_note,
    is_table_label,
    is_table_number,
    read_marker,
)
from ingest.model import Cell
from ingest.readers.sheets import Address, Sheet

_LONG = 25  # no label of a row is longer
_MAX_GAP = 30  # blank rows with borders that a table goes on over


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet that shows something. `ruled`: its cells have borders."""

    no: int
    cells: tuple[tuple[int, str], ...]  # columns and texts
    ruled: bool

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.cells]

    @property
    def labels(self) -> bool:
        """True for 部门：…, 2023年度, 单位：…: what stands between a table and its title, or below
        it: 填表人：…"""
        named = [is_table_label(text) or has_key(text) for text in self.texts]
        rest = (text for text, is_named in zip(self.texts, named, strict=True) if not is_named)
        return any(named) and all(is_year(text) or is_date_line(text) for text in rest)

    @property
    def heads(self) -> bool:
        """True for a row that reads as a table's header."""
        return header_like([Cell(text) for text in self.texts])


@dataclass(frozen=True, slots=True)
class Band:
    """Rows that follow each other: lines of text, or the rows of one table."""

    rows: tuple[SheetRow, ...]
    table: bool


def bands(sheet: Sheet) -> list[Band]:
    """The rows of a sheet in order, as texts and tables."""
    found: list[Band] = []
    for rows in _apart(sheet, _rows(sheet)):
        found.extend(_parted(rows))
    return _joined(found)


def _rows(sheet: Sheet) -> list[SheetRow]:
    cells = sorted(sheet.texts.items())
    rows: list[SheetRow] = []
    for no, group in groupby(cells, key=lambda cell: cell[0].row):
        own = tuple((address.column, text) for address, text in group)
        ruled = sum(sheet.is_ruled(no, column) for column, _ in own) > len(own) / 2
        rows.append(SheetRow(no, own, ruled))
    return rows


def _apart(sheet: Sheet, rows: Sequence[SheetRow]) -> Iterator[list[SheetRow]]:
    """Rows between blank ones. Blank rows with borders, and those that a merged cell runs
    across, belong to the table around them."""
    run: list[SheetRow] = []
    reach = -1  # the last row of the merged cells so far
    for row in rows:
        blank = range(run[-1].no + 1, row.no) if run else range(0)
        if blank and reach < row.no and not _bridged(sheet, blank, run[-1], row):
            yield run
            run = []
        run.append(row)
        for column, _ in row.cells:
            area = sheet.merges.get(Address(row.no, column))
            reach = max(reach, area.bottom if area else row.no)
    if run:
        yield run


def _bridged(sheet: Sheet, blank: range, before: SheetRow, after: SheetRow) -> bool:
    if len(blank) > _MAX_GAP or not (before.ruled and after.ruled):
        return False
    columns = [column for column, _ in before.cells]
    return all(any(sheet.is_ruled(no, column) for column in columns) for no in blank)


def _parted(rows: list[SheetRow]) -> Iterator[Band]:
    """Rows without a blank one between, as texts and tables."""
    framed = _is_framed(rows)
    lines = [_is_line(rows, index, framed) for index in range(len(rows))]
    for table, group in groupby(range(len(rows)), key=lambda index: not lines[index]):
        yield Band(tuple(rows[index] for index in group), table)


def _is_framed(rows: Sequence[SheetRow]) -> bool:
    """True where the tables among the rows have borders."""
    wide = [row for row in rows if len(row.cells) > 1 and not row.labels]
    return sum(row.ruled for row in wide) > len(wide) / 2


def _is_line(rows: Sequence[SheetRow], index: int, framed: bool) -> bool:
    row = rows[index]
    single = len(row.cells) == 1
    above = any(_is_wide(each) for each in rows[:index])
    below = any(_is_wide(each) for each in rows[index + 1 :])
    if framed:
        if row.ruled:
            return False
        edge = not above or not below
        return single or row.labels or (edge and not any(map(is_numeric, row.texts)))
    if not (single or row.labels):
        return False
    if not above:
        return True
    text = row.texts[0]
    if not below:
        return row.labels or _is_remark(text)
    following = next(each for each in rows[index + 1 :] if _is_wide(each))
    return following.heads and not is_numeric(text)


def _is_wide(row: SheetRow) -> bool:
    return len(row.cells) > 1 and not row.labels


def _is_remark(text: str) -> bool:
    """True for a text below a table that is none of its rows' labels."""
    return (
        is_note(text)
        or is_table_number(text)
        or (len(text) > _LONG and not is_numeric(text))
        or (ends_sentence(text) and read_marker(text) is None)
    )


def _joined(found: Sequence[Band]) -> list[Band]:
    """`found` with tables put together that one blank row parts: sums below their table."""
    joined: list[Band] = []
    for band in found:
        before = joined[-1] if joined else None
        if before is not None and before.table and band.table and _carries_on(before, band):
            joined[-1] = Band((*before.rows, *band.rows), True)
        else:
            joined.append(band)
    return joined


def _carries_on(before: Band, band: Band) -> bool:
    """True where a table without a header of its own has figures in all columns of figures of
    the table above."""
    first = band.rows[0]
    if first.no - before.rows[-1].no > 2 or first.heads or len(before.rows) < 2:
        return False
    own = _figure_columns([first])
    return bool(own) and own == _figure_columns(before.rows[1:])


def _figure_columns(rows: Sequence[SheetRow]) -> set[int]:
    return {column for row in rows for column, text in row.cells if is_numeric(text)}
