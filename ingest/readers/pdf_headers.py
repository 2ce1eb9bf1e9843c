"""The header of a table without vertical rules: which columns each of its texts stands over."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.readers.pdf_pieces import Piece, PieceLine

_WRAP = 1.9  # ems from one line of a cell to the next, at the most
_CENTRED = 0.5  # of an em between the middles of two lines of one cell
_FREE = 2.5  # ems that a line may leave free, with the margins of its cell
_STRICT = 1.5  # … where it may as well be a header over three columns
_CHILD = 0.2  # of the white above the lowest header of what a header stands over
_MULTILINE = 3.0  # ems by which what a wrapped text stands over may be wider than it
_BONUS = 1.2  # ems of misfit that a text is spared that may stand over several columns
_WIDER = 0.12  # … for each column more
_ASIDE = 0.1  # how much a text counts that is not in the middle of its one column


@dataclass(slots=True)
class HeaderCell:
    """A header text: its lines, and the columns ``first <= n <= last`` that it stands over."""

    pieces: list[Piece]
    first: int = -1
    last: int = -1
    numbering: bool = False

    @property
    def middle(self) -> float:
        return self.pieces[0].middle

    @property
    def width(self) -> float:
        return max(piece.width for piece in self.pieces)

    @property
    def top(self) -> float:
        return self.pieces[0].top

    @property
    def base(self) -> float:
        return self.pieces[-1].base

    @property
    def size(self) -> float:
        return self.pieces[0].size


@dataclass(slots=True)
class _Header:
    edges: Sequence[float]
    leading: float
    cells: list[HeaderCell] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.edges) - 1

    def column(self, x: float) -> int:
        return bisect_right(self.edges, x, 1, self.count) - 1

    def width(self, first: int, last: int) -> float:
        return self.edges[last + 1] - self.edges[first]

    def off(self, middle: float, first: int, last: int) -> float:
        return abs(middle - (self.edges[first] + self.edges[last + 1]) / 2)


class HeaderRows(NamedTuple):
    """The rows of a header, each with the pieces of each column, and the columns without any."""

    rows: list[list[list[Piece]]]
    bare: list[int]


def header_rows(
    lines: Sequence[PieceLine], edges: Sequence[float], rules: Sequence[float], leading: float
) -> HeaderRows:
    """The rows of a header: a text over several columns stands in the first of them, and every
    column's texts begin in the first row that is free.

    `leading` is the step from one line of a cell to the next in the table, in points.
    """
    header = _Header(edges, leading)
    for line in lines:
        for piece in line.pieces:
            numbering = line.numbers_columns and (piece.numeric or piece.text in ("栏次", "行次"))
            above = None if numbering else _carried_on(header, line, piece, rules)
            if above is not None:
                above.pieces.append(piece)
            else:
                header.cells.append(HeaderCell([piece], numbering=numbering))
    for group in reversed(_beside(header.cells)):  # what lies below tells what a text stands over
        for cell, (first, last) in zip(group, _spans(header, group), strict=True):
            cell.first, cell.last = first, last
    return _stacked(header)


def _carried_on(
    header: _Header, line: PieceLine, piece: Piece, rules: Sequence[float]
) -> HeaderCell | None:
    """The cell that the piece is the next line of: below its last line, about one middle."""
    for cell in reversed(header.cells):
        last = cell.pieces[-1]
        step = piece.base - last.base
        if (
            0.9 * piece.size < step <= min(_WRAP * piece.size, 1.08 * header.leading)
            and not cell.numbering
            and _aligned(last, piece)
            and not any(last.base < rule < piece.base for rule in rules)
            and _is_full(header, line, last, piece)
        ):
            return cell
    return None


def _aligned(upper: Piece, lower: Piece) -> bool:
    limit = _CENTRED * lower.size
    return abs(upper.middle - lower.middle) <= limit or abs(upper.left - lower.left) <= limit


def _is_full(header: _Header, line: PieceLine, upper: Piece, lower: Piece) -> bool:
    """True where the first word of the lower line had no room on the upper one."""
    if 1 in (len(upper.text), len(lower.text)):
        return True
    needed = (
        lower.lead + (_STRICT if _heads_columns(header, line, upper, lower) else _FREE) * lower.size
    )
    return any(
        header.off(upper.middle, first, last) <= 0.8 * upper.size
        and -0.5 * upper.size <= header.width(first, last) - upper.width <= needed
        for first in range(header.count)
        for last in range(first, header.count)
    )


def _heads_columns(header: _Header, line: PieceLine, upper: Piece, lower: Piece) -> bool:
    """True where the lower piece has neighbours at both sides and the upper one none: it may be
    one of the headers that the upper one stands over."""
    column = header.column(lower.middle)
    for beside in (column - 1, column + 1):
        own = [p for c in header.cells for p in c.pieces if header.column(p.middle) == beside]
        if any(p.top < upper.base and p.base > upper.top for p in own):
            return False
        if not any(header.column(p.middle) == beside for p in line.pieces):
            return False
    return True


def _beside(cells: Sequence[HeaderCell]) -> list[list[HeaderCell]]:
    """Cells that begin on one line, from left to right."""
    lines: dict[float, list[HeaderCell]] = {}
    for cell in cells:
        lines.setdefault(round(cell.pieces[0].base, 1), []).append(cell)
    return [sorted(group, key=lambda c: c.middle) for group in lines.values()]


def _spans(header: _Header, group: Sequence[HeaderCell]) -> list[tuple[int, int]]:
    """The columns of each cell of a line, in order and without overlaps, at the least cost."""
    best: dict[int, tuple[float, list[tuple[int, int]]]] = {0: (0.0, [])}
    for cell in group:
        gaps = [_gap_below(header, cell, column) for column in range(header.count)]
        following: dict[int, tuple[float, list[tuple[int, int]]]] = {}
        for start, (cost, chosen) in best.items():
            for first in range(start, header.count):
                for last in range(first, header.count):
                    if last > first and min(gaps[first : last + 1]) == 0 and not cell.numbering:
                        break  # a column without a header of its own below
                    total = cost + _cost(header, cell, gaps, first, last)
                    if last + 1 not in following or total < following[last + 1][0]:
                        following[last + 1] = (total, [*chosen, (first, last)])
        if not following:  # more texts than columns
            return [(header.column(c.middle), header.column(c.middle)) for c in group]
        best = following
    return min(best.values())[1]


def _cost(header: _Header, cell: HeaderCell, gaps: Sequence[float], first: int, last: int) -> float:
    """How ill the cell stands over the columns, in ems.

    The edges being inferred, a text may stand aside in its one column. Over several it stands in
    the middle, and each of them has a header of its own below; then the widest reach is the
    likeliest.
    """
    low, high = header.edges[first], header.edges[last + 1]
    off = header.off(cell.middle, first, last)
    if first == last:
        outside = max(0.0, low - cell.middle, cell.middle - high)
        return (outside + _ASIDE * off) / cell.size
    cost = off / cell.size
    if cell.numbering:
        return cost
    if len(cell.pieces) > 1:
        cost += max(0.0, header.width(first, last) - cell.width - _MULTILINE * cell.size)
    white = gaps[first : last + 1]
    if min(white) < _CHILD * max(white) or max(white) == 0:
        return cost + _BONUS
    return cost - _BONUS - _WIDER * (last - first)


def _gap_below(header: _Header, cell: HeaderCell, column: int) -> float:
    """The white between the cell and the next header of the column; 0 where there is none below,
    or one beside the cell."""
    own = [
        c
        for c in header.cells
        if c is not cell
        and not c.numbering
        and (c.first <= column <= c.last if c.last >= 0 else header.column(c.middle) == column)
    ]
    if any(c.top < cell.base and c.base > cell.top for c in own):
        return 0.0
    return min((c.top - cell.base for c in own if c.top >= cell.base), default=0.0)


def _stacked(header: _Header) -> HeaderRows:
    stacks: list[list[HeaderCell | None]] = [[] for _ in range(header.count)]
    depth = 0
    for cell in sorted(header.cells, key=lambda c: (c.numbering, c.pieces[0].base)):
        own = range(cell.first, cell.last + 1)
        level = depth if cell.numbering else max(len(stacks[column]) for column in own)
        depth = max(depth, level + (not cell.numbering))
        for column in own:
            stacks[column].extend([None] * (level - len(stacks[column])))
            stacks[column].append(cell)
    depth = max((len(stack) for stack in stacks), default=0)
    rows: list[list[list[Piece]]] = [[[] for _ in stacks] for _ in range(depth)]
    for column, stack in enumerate(stacks):
        for level, found in enumerate(stack):
            if found is not None and found.first == column:
                rows[level][column] = found.pieces
    bare = [column for column, stack in enumerate(stacks) if not any(stack)]
    return HeaderRows(rows, bare)
