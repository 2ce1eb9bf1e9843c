"""Which rows below a row 其中：… are parts of the same row above, told by their sums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.model import Column, ColumnRole
from ingest.quantity import Dimension
from ingest.reading.text import compact
from ingest.structure.markers import read_marker
from ingest.tables.cellsyntax import is_plain_number
from ingest.tables.grid import Grid
from ingest.tables.headers import is_total

INCLUDING = re.compile(r"(?:其\s*中|包\s*括)\s*[:：]?\s*")
_MOST_PARTS = 30  # rows below a row 其中 that are looked at


def included_rows(columns: Sequence[Column], span: range, label: int, body: Grid) -> set[int]:
    """Rows without a number or 其中 of their own that go on with the parts a row 其中 starts.

    Parts add up to the row above 其中 in most of the columns of amounts; rounding is allowed for.
    """
    amounts = [c for c in span if columns[c].role is ColumnRole.VALUE and not _is_ratio(columns[c])]
    found: set[int] = set()
    parent: int | None = None
    for row, cells in enumerate(body):
        text = cells[label].text
        opens = INCLUDING.match(text)
        if not opens:
            parent = row if text and row not in found else parent
        elif parent is not None and opens.end() < len(text):
            found |= _parts(body, amounts, label, parent, row)
    return found


def _is_ratio(column: Column) -> bool:
    return column.unit is not None and column.unit.dimension in (
        Dimension.PERCENT,
        Dimension.SCORE,
    )


def _parts(body: Grid, amounts: Sequence[int], label: int, parent: int, first: int) -> set[int]:
    """The rows after `first` up to the shortest run that adds up to `parent`."""
    rows = [first]
    for row in range(first + 1, min(len(body), first + _MOST_PARTS)):
        text = body[row][label].text
        if not text or INCLUDING.match(text) or is_total(text) or read_marker(text):
            break
        rows.append(row)
        if _adds_up(body, amounts, parent, rows):
            rest = range(row + 1, len(body)) if parent == 0 else ()
            empty = all(not _amount(body[r][c].text) for r in rest for c in amounts)
            return {*rows[1:], *(rest if empty else ())}
    return set()


def _adds_up(body: Grid, amounts: Sequence[int], parent: int, rows: Sequence[int]) -> bool:
    holds = fails = 0
    for column in amounts:
        whole = _amount(body[parent][column].text)
        parts = [_amount(body[row][column].text) for row in rows]
        known = [part for part in parts if part is not None]
        if whole is None or not known:
            continue
        if abs(whole - sum(known)) <= _slack([whole, *known]):
            holds += bool(whole) and sum(map(bool, known)) > 0
        else:
            fails += 1
    return holds > fails


def _amount(text: str) -> Decimal | None:
    plain = compact(text).replace(",", "")
    if not is_plain_number(text) or not re.fullmatch(r"-?\d+(?:\.\d+)?", plain):
        return None
    return Decimal(plain)


def _slack(numbers: Sequence[Decimal]) -> Decimal:
    """Half a unit of the last digit for each rounded number; none for whole numbers."""
    places = max(-int(number.as_tuple().exponent) for number in numbers)
    return Decimal(len(numbers)) / 2 * Decimal(1).scaleb(-places) if places > 0 else Decimal(0)
