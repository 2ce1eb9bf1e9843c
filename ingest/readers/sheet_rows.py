"""The rows of a sheet: which are lines of text, which are rows of tables, where tables begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.readers.sheet_sides import SheetRow, beside
from ingest.readers.sheets import Address, Sheet
from ingest.structure.markers import (
    ends_sentence,
    is_note,
    is_table_label,
    is_table_number,
    read_marker,
)
from ingest.tables.cellsyntax import is_numeric

_LONG = 25  # no label of a row is longer
_SHORT = 12  # no name of a column is longer, where nothing else tells it from a text
_MAX_GAP = 30  # blank rows with borders that a table goes on over


@dataclass(frozen=True, slots=True)
class Band:
    """Rows that follow each other: lines of text, or the rows of one table."""

    rows: tuple[SheetRow, ...]
    table: bool


def bands(sheet: Sheet) -> list[Band]:
    """The rows of a sheet in order, as texts and tables."""
    found: list[Band] = []
    for rows in _apart(sheet, _rows(sheet)):
        sides = beside(sheet, rows)
        for side in sides:
            own: list[Band] = []
            for part in _apart(sheet, side):
                own.extend(_parted(sheet, part))
            found.extend(_joined(own))
    return [part for band in _joined(found) for part in _sides(sheet, band)]


def _sides(sheet: Sheet, band: Band) -> Iterator[Band]:
    """A table, or the tables that stand beside each other below one title."""
    if not band.table:
        yield band
        return
    for side in beside(sheet, band.rows):
        yield Band(tuple(side), True)


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


def _parted(sheet: Sheet, rows: list[SheetRow]) -> Iterator[Band]:
    """Rows without a blank one between, as texts and tables."""
    framed = _is_framed(rows)
    above: list[SheetRow | None] = [None]  # the next row of a table above each row, and below
    below: list[SheetRow | None] = [None]
    for row in rows[:-1]:
        above.append(row if row.wide else above[-1])
    for row in reversed(rows[1:]):
        below.append(row if row.wide else below[-1])
    below.reverse()
    lines = [
        _is_line(row, before, after, framed=framed)
        for row, before, after in zip(rows, above, below, strict=True)
    ]
    if not framed:
        for index in range(len(rows) - 2, 0, -1):
            if lines[index + 1] and not lines[index]:
                lines[index] = _stands_over(rows[index], rows[index + 1])
            elif not lines[index]:
                lines[index] = _parts_tables(sheet, rows, index)
    for table, group in groupby(range(len(rows)), key=lambda index: not lines[index]):
        yield Band(tuple(rows[index] for index in group), table)


def _is_framed(rows: Sequence[SheetRow]) -> bool:
    """True where the tables among the rows have borders."""
    wide = [row for row in rows if row.wide]
    return sum(row.ruled for row in wide) > len(wide) / 2


def _is_line(
    row: SheetRow, above: SheetRow | None, below: SheetRow | None, *, framed: bool
) -> bool:
    """True for a row of texts, which is none of a table.

    Args:
        row: the row.
        above: the next row above it that is one of a table.
        below: the next one below it.
        framed: tables have borders.
    """
    single = len(row.cells) == 1
    if framed:
        if row.ruled:
            return False
        edge = above is None or below is None
        return single or row.labels or (edge and not any(map(is_numeric, row.texts)))
    if not (single or row.labels):
        return False
    if above is None:
        return True
    text = row.texts[0]
    if below is None:
        return row.labels or _is_remark(text)
    if row.labels:
        return below.heads or all(map(is_table_label, row.texts))
    return is_table_number(text) or (below.heads and not is_numeric(text))


def _stands_over(row: SheetRow, following: SheetRow) -> bool:
    """True for a text in the middle that stands right above a line such as 单位：…"""
    if len(row.cells) > 1 or is_numeric(row.texts[0]):
        return False
    return not following.labels or all(map(is_table_label, following.texts))


def _parts_tables(sheet: Sheet, rows: Sequence[SheetRow], index: int) -> bool:
    """True for a text across all columns, between the rows of one table and the header of another
    with other columns: words over figures. 一、产出指标 within a table is none."""
    row, following = rows[index], rows[index + 1]
    area = sheet.merges.get(Address(row.no, row.cells[0][0]))
    if area is None or len(row.cells) > 1 or read_marker(row.texts[0]) is not None:
        return False
    across = area.left <= following.first and following.last <= area.right
    words = all(len(text) <= _SHORT and not is_numeric(text) for text in following.texts)
    figures = index + 2 < len(rows) and any(map(is_numeric, rows[index + 2].texts))
    return (
        across
        and following.wide
        and words
        and figures
        and rows[index - 1].columns != following.columns
    )


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
