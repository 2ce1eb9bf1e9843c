"""Tables whose columns are kept apart by spaces only."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.model import Cell
from ingest.readers.lines import Line
from ingest.structure.markers import is_table_label, is_table_number
from ingest.tables.cellsyntax import EMPTY_CELL, is_numeric, make_cell

_GAP = re.compile(r"[ \u3000\u00a0]{2,}|\u3000")
_STATED_UNIT = re.compile(r"单位\s*[:：]\s*\S{1,8}\s*[)）]?$")
_MAX_LINE = 400
_MIN_ROWS = 3
_MAX_PIECES = 40
_EVEN = 0.7  # share of the gaps that have the usual width


class _Piece(NamedTuple):
    """A text between gaps: its raw place and its place on the screen, in columns."""

    start: int
    end: int
    left: int
    right: int


def spaced_run(lines: Sequence[Line], index: int) -> int:
    """The end of the run of lines from `index` on that have gaps; `index` where none has.

    Lines drawn below the header and above the sum are within it.
    """
    end = index
    while end < len(lines) and (end == index or _goes_on(lines[end])):
        if not _is_row(lines[end]) and not (end > index and _lower_header(lines, end)):
            break
        end += 1
    return end


def _lower_header(lines: Sequence[Line], index: int) -> bool:
    """Whether a line of words stands between the header above it and a line drawn below it."""
    line, following = lines[index], lines[index + 1 : index + 2]
    return (
        len(line.raw) <= _MAX_LINE
        and not any(mark in line.raw for mark in "\t|。，")
        and len(_pieces(line)) > 1
        and any(below.ruled and _goes_on(below) and _is_row(below) for below in following)
    )


def _goes_on(line: Line) -> bool:
    return line.gap == min(line.ruled, 1)


def spaced_rows(text: str, lines: Sequence[Line]) -> list[list[Cell]]:
    """The cells of a run of lines; none where too few hold numbers or the gaps do not line up."""
    if len(lines) < _MIN_ROWS:
        return []
    rows = [_pieces(line) for line in lines]
    numbered = sum(
        any(is_numeric(line.raw[p.start : p.end]) for p in row)
        for line, row in zip(lines, rows, strict=True)
    )
    if numbered < 0.5 * len(rows):
        return []
    return (
        _evenly_parted(text, lines, rows)
        or _lined_up(text, lines, rows)
        or _below_heads(text, lines, rows)
    )


def _below_heads(
    text: str, lines: Sequence[Line], rows: Sequence[Sequence[_Piece]]
) -> list[list[Cell]]:
    """Cells by the screen columns of the rows with numbers, the words above them where they overlap;
    none where two of a row share one: 补助资金 over 下达 and 兑付."""
    numbered = [
        any(is_numeric(line.raw[p.start : p.end]) for p in row)
        for line, row in zip(lines, rows, strict=True)
    ]
    depth = numbered.index(True)
    if not 1 < depth <= _MAX_HEADS or not all(numbered[depth:]):
        return []
    columns = _columns(rows[depth:])
    grid: list[list[Cell]] = []
    for line, row in zip(lines, rows, strict=True):
        places = [_column_of(piece, columns) for piece in row]
        if len(set(places)) < len(places):
            return []
        cells = [EMPTY_CELL] * len(columns)
        for place, cell in zip(places, _cells(text, line, row), strict=True):
            cells[place] = cell
        grid.append(cells)
    return grid


_MAX_HEADS = 3  # lines of a header


def _column_of(piece: _Piece, columns: Sequence[tuple[int, int]]) -> int:
    """The first column that a text overlaps, or else the nearest."""
    over = (n for n, (low, high) in enumerate(columns) if low < piece.right and piece.left < high)
    near = min(
        range(len(columns)),
        key=lambda n: abs(sum(columns[n]) - piece.left - piece.right),
    )
    return next(over, near)


def _lined_up(
    text: str, lines: Sequence[Line], rows: Sequence[Sequence[_Piece]]
) -> list[list[Cell]]:
    """Cells by the screen columns that they stand in; none where two of a row share one."""
    counts = {len(row) for row in rows}
    columns = _columns(rows)
    starts = [left for left, _ in columns]
    places = [[bisect_right(starts, piece.left) - 1 for piece in row] for row in rows]
    shared = any(len(set(row)) < len(row) for row in places)
    if shared and len(counts) > 1:
        return []
    if shared:
        return [_cells(text, line, row) for line, row in zip(lines, rows, strict=True)]
    grid: list[list[Cell]] = []
    for line, row, columned in zip(lines, rows, places, strict=True):
        cells = [EMPTY_CELL] * len(columns)
        for place, cell in zip(columned, _cells(text, line, row), strict=True):
            cells[place] = cell
        grid.append(cells)
    return grid


def _evenly_parted(
    text: str, lines: Sequence[Line], rows: Sequence[Sequence[_Piece]]
) -> list[list[Cell]]:
    """Rows whose cells are kept apart by always the same number of spaces, so that twice as many
    stand around an empty cell; none where that does not explain every gap."""
    gaps = [[b.start - a.end for a, b in pairwise(row)] for row in rows]
    widths = Counter(gap for row in gaps for gap in row)
    width, common = widths.most_common(1)[0]
    columns = len(rows[0])
    if width < 2 or common < _EVEN * widths.total() or any(gap % width for gap in widths):
        return []
    grid: list[list[Cell]] = []
    for line, row, between in zip(lines, rows, gaps, strict=True):
        cells: list[Cell] = []
        for cell, gap in zip(_cells(text, line, row), (width, *between), strict=True):
            cells += [EMPTY_CELL] * (gap // width - 1)
            cells.append(cell)
        if len(cells) > columns:
            return []
        grid.append([*cells, *[EMPTY_CELL] * (columns - len(cells))])
    return grid


def _cells(text: str, line: Line, row: Sequence[_Piece]) -> list[Cell]:
    return [make_cell(text, line.start + p.start, line.start + p.end) for p in row]


def _is_row(line: Line) -> bool:
    if len(line.raw) > _MAX_LINE or any(mark in line.raw for mark in "\t|。"):
        return False
    pieces = _pieces(line)
    if not 2 <= len(pieces) <= _MAX_PIECES or is_table_label(line.text):
        return False
    if is_table_number(line.text) or _STATED_UNIT.search(line.text):
        return False
    return len(pieces) >= 3 or any(is_numeric(line.raw[p.start : p.end]) for p in pieces)


def _pieces(line: Line) -> list[_Piece]:
    pieces: list[_Piece] = []
    raw = line.raw.rstrip()
    start = len(raw) - len(raw.lstrip())
    seen = left = 0  # the width up to `seen` is `left`
    for low, high in [*((m.start(), m.end()) for m in _GAP.finditer(raw)), (len(raw), len(raw))]:
        if low > start:
            left += _width(raw[seen:start])
            right = left + _width(raw[start:low])
            pieces.append(_Piece(start, low, left, right))
            seen, left = low, right
        start = max(start, high)
    return pieces


def _width(text: str) -> int:
    return sum(2 if char > "\u2e7f" else 1 for char in text)


def _columns(rows: Sequence[Sequence[_Piece]]) -> list[tuple[int, int]]:
    """Ranges of screen columns that some text covers, parted by ones that none does."""
    spans = sorted((piece.left, piece.right) for row in rows for piece in row)
    merged: list[tuple[int, int]] = []
    for left, right in spans:
        if merged and left < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged
