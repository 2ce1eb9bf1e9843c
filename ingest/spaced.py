"""Tables whose columns are kept apart by spaces only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.cellsyntax import EMPTY_CELL, is_numeric, make_cell
from ingest.markers import is_table_label
from ingest.model import Cell
from ingest.readers.lines import Line

_GAP = re.compile(r"[ \u3000\u00a0]{2,}|\u3000")
_MAX_LINE = 400
_MIN_ROWS = 3
_MAX_ROWS = 2000


class _Piece(NamedTuple):
    """A text between gaps: its raw place and its place on the screen, in columns."""

    start: int
    end: int
    left: int
    right: int


def spaced_run(lines: Sequence[Line], index: int) -> int:
    """The end of the run of table lines that starts at `index`; `index` when there is none."""
    end = index
    while end < len(lines) and end - index < _MAX_ROWS and (end == index or lines[end].gap == 0):
        if not _is_row(lines[end]):
            break
        end += 1
    if end - index < _MIN_ROWS:
        return index
    with_numbers = sum(_has_number(line) for line in lines[index:end])
    return end if with_numbers >= 0.5 * (end - index) else index


def spaced_rows(text: str, lines: Sequence[Line]) -> list[list[Cell]] | None:
    """The cells of the lines; None where the gaps do not line up into columns."""
    rows = [_pieces(line) for line in lines]
    counts = {len(row) for row in rows}
    columns = _columns(rows)
    if len(columns) < max(counts):
        if len(counts) > 1:
            return None
        return [_cells(text, line, row) for line, row in zip(lines, rows, strict=True)]
    grid: list[list[Cell]] = []
    for line, row in zip(lines, rows, strict=True):
        cells = [EMPTY_CELL] * len(columns)
        for piece, cell in zip(row, _cells(text, line, row), strict=True):
            place = next(i for i, (low, high) in enumerate(columns) if low <= piece.left < high)
            cells[place] = cell
        grid.append(cells)
    return grid


def _cells(text: str, line: Line, row: Sequence[_Piece]) -> list[Cell]:
    return [make_cell(text, line.start + p.start, line.start + p.end) for p in row]


def _is_row(line: Line) -> bool:
    if "\t" in line.raw or "|" in line.raw or len(line.raw) > _MAX_LINE or "。" in line.raw:
        return False
    pieces = _pieces(line)
    if len(pieces) < 2 or is_table_label(line.text):
        return False
    return len(pieces) >= 3 or _has_number(line)


def _has_number(line: Line) -> bool:
    return any(is_numeric(line.raw[p.start : p.end]) for p in _pieces(line))


def _pieces(line: Line) -> list[_Piece]:
    pieces: list[_Piece] = []
    raw = line.raw.rstrip()
    start = len(raw) - len(raw.lstrip())
    for low, high in [*((m.start(), m.end()) for m in _GAP.finditer(raw)), (len(raw), len(raw))]:
        if low > start:
            left = _width(raw[:start])
            pieces.append(_Piece(start, low, left, left + _width(raw[start:low])))
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
