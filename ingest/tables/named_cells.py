"""Rows that name each of their numbers (资金 | 年初预算数 | 120 | 全年执行数 | 112.05), as a header over rows."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.model import Cell
from ingest.reading.text import compact
from ingest.tables.cellsyntax import EMPTY_CELL, is_plain_number
from ingest.tables.grid import Grid

_LEAST_ROWS, _LEAST_NAMES = 2, 2


def with_names_above(grid: Grid) -> Grid:
    """The grid with names that come back beside the numbers of row after row put above them, once."""
    found: Grid = []
    at = 0
    while at < len(grid):
        names = _names(grid[at])
        end = at + 1
        while names and end < len(grid) and _names(grid[end]) == names:
            end += 1
        if names and end - at >= _LEAST_ROWS:
            found += _turned(grid[at:end])
        else:
            found += grid[at:end]
        at = end
    return found


def _names(row: Sequence[Cell]) -> tuple[str, ...]:
    """The names of a row's numbers, where a label and pairs of name and number are all it has."""
    cells = [cell for cell in row if cell.text]
    label, names, numbers = cells[:1], cells[1::2], cells[2::2]
    told = tuple(compact(cell.text) for cell in names)
    paired = len(names) == len(numbers) >= _LEAST_NAMES and len(set(told)) == len(told)
    if not label or not paired or any(is_plain_number(cell.text) for cell in (*label, *names)):
        return ()
    return told if all(is_plain_number(cell.text) for cell in numbers) else ()


def _turned(rows: Sequence[Sequence[Cell]]) -> Grid:
    """A header, whose first cell is the first label with the unit that it may say, and the rows."""
    filled = [[cell for cell in row if cell.text] for row in rows]
    turned = [[filled[0][0], *filled[0][1::2]], *([row[0], *row[2::2]] for row in filled)]
    return [[*row, *[EMPTY_CELL] * (len(rows[0]) - len(row))] for row in turned]
