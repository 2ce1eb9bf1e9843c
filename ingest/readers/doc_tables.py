"""The columns of tables in binary Word documents, from the edges of the cells of each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.readers.doc_changes import Change
from ingest.readers.doc_file import i16, u16

_CELL = 20  # bytes that describe a cell behind the edges
_NEAR = 40  # twentieths of a point by which edges of one column may differ
_PLAIN_WIDTH = 1000  # of cells that no definition gives a width
MAX_COLUMNS = 256


class RowShape(NamedTuple):
    """The edges of a row's cells in twentieths of a point, and how each is merged."""

    edges: list[int]
    across: list[int]  # 0: not merged; else codes of first and further cells of a set
    down: list[int]  # 0: not merged, 1: goes on from above, 3: first


class Placed(NamedTuple):
    """A cell that is shown: its number in the row, first column and how many it takes."""

    cell: int
    column: int
    span: int


def row_shape(made: Sequence[Change], count: int) -> RowShape:
    """The shape of a row of `count` cells, from the changes of its end mark."""
    edges: list[int] = []
    across: list[int] = []
    down: list[int] = []
    for code, operand in made:
        if code == 0xD608 and operand:
            edges, across, down = _defined(operand)
        elif code == 0x7621 and edges:
            first, number, width = operand[0], operand[1], i16(operand, 2)
            _insert(edges, across, down, min(first, len(across)), number, width)
        elif code == 0x5622 and edges:
            first, last = operand[0], min(operand[1], len(across))
            gone = edges[last] - edges[first] if first < last else 0
            edges[first + 1 :] = [edge - gone for edge in edges[last + 1 :]]
            del across[first:last], down[first:last]
        elif code == 0x7623 and edges:
            _widen(edges, operand[0], operand[1], i16(operand, 2))
        elif code in (0x5624, 0x5625) and edges:
            first, last = operand[0], min(operand[1], len(across))
            merged = code == 0x5624
            across[first:last] = [
                int(merged) * (1 if i == first else 2) for i in range(first, last)
            ]
        elif code == 0xD62B and len(operand) >= 2 and operand[0] < len(down):
            down[operand[0]] = operand[1] & 3
    for _ in range(len(across), count):
        edges.append((edges[-1] if edges else 0) + _PLAIN_WIDTH)
        if len(edges) == 1:
            edges.insert(0, 0)
        across.append(0)
        down.append(0)
    return RowShape(edges, across, down)


def _defined(operand: bytes) -> tuple[list[int], list[int], list[int]]:
    count = operand[0]
    edges = [i16(operand, 1 + 2 * index) for index in range(count + 1)]
    flags = []
    for index in range(count):
        at = 1 + 2 * (count + 1) + _CELL * index
        flags.append(u16(operand, at) if at + 2 <= len(operand) else 0)
    return edges, [flag & 3 for flag in flags], [flag >> 5 & 3 for flag in flags]


def _insert(
    edges: list[int], across: list[int], down: list[int], first: int, number: int, width: int
) -> None:
    start = edges[first]
    edges[first + 1 :] = [
        *(start + width * (index + 1) for index in range(number)),
        *(edge + width * number for edge in edges[first + 1 :]),
    ]
    across[first:first] = [0] * number
    down[first:first] = [0] * number


def _widen(edges: list[int], first: int, last: int, width: int) -> None:
    for index in range(first, min(last, len(edges) - 1)):
        more = edges[index] + width - edges[index + 1]
        edges[index + 1 :] = [edge + more for edge in edges[index + 1 :]]


def placed_rows(shapes: Sequence[RowShape]) -> Iterator[list[Placed]]:
    """The cells of each row on common columns, without those that merged ones cover."""
    columns = _columns(shapes)
    merging: set[int] = set()
    for shape in shapes:
        shown: list[Placed] = []
        for cell, last in _sets(shape.across):
            start = _nearest(columns, shape.edges[cell])
            end = max(_nearest(columns, shape.edges[last + 1]), start + 1)
            goes_on = shape.down[cell] == 1 and start in merging
            if not goes_on:
                merging -= set(range(start, end))
                if shape.down[cell]:
                    merging.add(start)
                shown.append(Placed(cell, start, end - start))
        yield shown


def _sets(across: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of the cells merged across, single cells too.

    Files number the first cell of a set 1 and the others 2, or the other way round.
    """
    first = 0
    while first < len(across):
        last = first
        while (
            across[first]
            and last + 1 < len(across)
            and across[last + 1]
            and across[last + 1] != across[first]
        ):
            last += 1
        yield first, last
        first = last + 1


def _columns(shapes: Sequence[RowShape]) -> list[int]:
    """The left edges of the columns, and the right edge of the last one."""
    edges = sorted({edge for shape in shapes for edge in shape.edges})
    columns = edges[:1]
    for edge in edges[1:]:
        if edge - columns[-1] > _NEAR:
            columns.append(edge)
    return columns[: MAX_COLUMNS + 1]


def _nearest(columns: Sequence[int], edge: int) -> int:
    return min(range(len(columns)), key=lambda index: abs(columns[index] - edge))
