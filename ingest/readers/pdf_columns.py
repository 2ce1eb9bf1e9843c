"""Columns and rows of a table without vertical rules, from where its texts are printed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ingest.readers.pdf_unruled import Piece, PieceLine, Region

Band = tuple[float, float]

_MAX_TRIES = 5_000  # of centres of columns
_SLACK = 1.5  # points by which an edge may be off
_TOUCH = 0.15  # ems between two bands that are one column
_WRAP = 1.9  # ems from one line of a cell to the next
_RARE = 0.12  # of the rows: a place with no more entries is no column by itself
_BARE = 0.6  # ems of misfit that a column without a text of the line counts for


@dataclass(slots=True)
class GridCell:
    """A cell: its pieces in reading order, and the columns that it spans."""

    pieces: list[Piece] = field(default_factory=list)
    span: int = 1


@dataclass(slots=True)
class UnruledGrid:
    """Rows of cells of one width. `doubtful` counts texts that fit no column or two."""

    bands: list[Band]
    rows: list[list[GridCell]]
    doubtful: int = 0
    sides: tuple[float, float] | None = None
    follows: bool = False  # the columns are those of the table before
    edges: tuple[float, ...] = ()


def read_grid(
    lines: Sequence[PieceLine], region: Region, known: Sequence[Band] = ()
) -> UnruledGrid:
    """The cells of a region; `known` are the columns of the table that it may carry on."""
    header, body = lines[region.first : region.body], lines[region.body : region.last]
    bands, follows = _bands(body, header, known)
    grid = UnruledGrid(bands, [], sides=region.sides, follows=follows)
    grid.edges = _column_edges(grid, header)
    rows = [_placed(grid, line) for line in body]
    grid.rows = _header_rows(grid, header) + _body_rows(grid, body, rows, region.rules)
    return grid


def _bands(
    body: Sequence[PieceLine], header: Sequence[PieceLine], known: Sequence[Band]
) -> tuple[list[Band], bool]:
    """The columns: where the rows of figures print something, and headers alone below nothing."""
    rows = [line for line in body if line.anchors]
    size = median(line.size for line in rows)
    found = _united(((p.left, p.right) for line in rows for p in line.pieces), size)
    found = _without_strays(found, rows, header)
    usual = [band for band in found if _support(band, rows) > _RARE * len(rows)]
    bands = usual or found
    for line in header:
        bands = _with_bare(bands, line)
    if known and len(bands) <= len(known) and _fits(usual, known, size):
        return _widened(known, usual), True
    return bands, False


def _without_strays(
    bands: list[Band], rows: Sequence[PieceLine], header: Sequence[PieceLine]
) -> list[Band]:
    """`bands` with those joined that never stand in one row, the one being rare: 合计 printed
    beside the codes. Two headers over them keep them apart."""
    joined: list[Band] = []
    for band in bands:
        if joined and _are_one(joined[-1], band, rows, header):
            joined[-1] = (joined[-1][0], band[1])
        else:
            joined.append(band)
    return joined


def _are_one(
    left: Band, right: Band, rows: Sequence[PieceLine], header: Sequence[PieceLine]
) -> bool:
    own, other = _support(left, rows), _support(right, rows)
    if (
        min(own, other) > max(1, 0.25 * len(rows))
        or _support((left[0], right[1]), rows) < own + other
    ):
        return False
    middle = (left[1] + right[0]) / 2
    return not any(
        any(left[0] - 20 < piece.middle < middle for piece in line.pieces)
        and any(middle < piece.middle < right[1] + 20 for piece in line.pieces)
        for line in header
    )


def _support(band: Band, rows: Sequence[PieceLine]) -> int:
    return sum(any(_meet(band, piece) for piece in line.pieces) for line in rows)


def _with_bare(bands: list[Band], line: PieceLine) -> list[Band]:
    """The columns with those that have a header and hardly an entry."""
    if len(line.pieces) <= len(bands):
        return bands
    edges = _middles(bands)
    claims: dict[int, list[Piece]] = {}
    for piece in line.pieces:
        claims.setdefault(bisect_right(edges, piece.middle), []).append(piece)
    added = [
        (piece.left, piece.right)
        for column, pieces in claims.items()
        if len(pieces) > 1
        for piece in pieces
        if piece is not min(pieces, key=lambda p: _distance(bands[column], p))
        and not any(_meet(band, piece) for band in bands)
    ]
    return sorted([*bands, *added])


def _middles(bands: Sequence[Band]) -> list[float]:
    """The middle of the white between each column and the next."""
    return [(a[1] + b[0]) / 2 for a, b in pairwise(bands)]


def _distance(band: Band, piece: Piece) -> float:
    return max(band[0] - piece.right, piece.left - band[1])


def _united(extents: Iterable[Band], size: float) -> list[Band]:
    bands: list[Band] = []
    for left, right in sorted(extents):
        if bands and left <= bands[-1][1] + _TOUCH * size:
            bands[-1] = (bands[-1][0], max(bands[-1][1], right))
        else:
            bands.append((left, right))
    return bands


def _meet(band: Band, piece: Piece) -> bool:
    return min(band[1], piece.right) > max(band[0], piece.left)


def _fits(bands: Sequence[Band], known: Sequence[Band], size: float) -> bool:
    """True when each band lies on one of the known columns and touches no other."""
    for left, right in bands:
        touched = [k for k in known if min(k[1], right) - max(k[0], left) > -_TOUCH * size]
        if len(touched) != 1:
            return False
    return True


def _widened(known: Sequence[Band], bands: Sequence[Band]) -> list[Band]:
    return [
        (
            min([left, *(b[0] for b in bands if b[0] < right and b[1] > left)]),
            max([right, *(b[1] for b in bands if b[0] < right and b[1] > left)]),
        )
        for left, right in known
    ]


def _placed(grid: UnruledGrid, line: PieceLine) -> list[list[Piece]]:
    """The pieces of a body line, column by column."""
    cells: list[list[Piece]] = [[] for _ in grid.bands]
    middles = _middles(grid.bands)
    for piece in line.pieces:
        best = bisect_right(middles, piece.middle)
        touched = [b for b in grid.bands if min(b[1], piece.right) - max(b[0], piece.left) > 0]
        if len(touched) > 1 and line.anchors:
            grid.doubtful += 1
        if cells[best] and (piece.numeric or cells[best][-1].numeric):
            grid.doubtful += 1
        cells[best].append(piece)
    return cells


def _body_rows(
    grid: UnruledGrid,
    lines: Sequence[PieceLine],
    placed: Sequence[list[list[Piece]]],
    rules: Sequence[float],
) -> list[list[GridCell]]:
    """Rows out of lines: each row of figures with the lines that carry on its texts."""
    owners = _owners(grid, lines, placed, rules)
    rows: dict[int, list[GridCell]] = {}
    for owner, cells in zip(owners, placed, strict=True):
        row = rows.setdefault(owner, [GridCell() for _ in grid.bands])
        for cell, pieces in zip(row, cells, strict=True):
            cell.pieces.extend(pieces)
    return [rows[owner] for owner in sorted(rows)]


def _owners(
    grid: UnruledGrid,
    lines: Sequence[PieceLine],
    placed: Sequence[list[list[Piece]]],
    rules: Sequence[float],
) -> list[int]:
    """For each line the line of figures that it belongs to; its own number for a row of its own.

    Between two rows of figures the lines are parted at a rule, or where the step is widest.
    """
    anchors = [
        index for index, line in enumerate(lines) if line.anchors and not _is_rest(placed, index)
    ]
    pairs = [(a, b) for a, b in pairwise(anchors) if b == a + 1]
    row = min((lines[b].base - lines[a].base for a, b in pairs), default=0.0)
    line = min((b.base - a.base for a, b in pairwise(lines)), default=row)
    step = row if line < 0.9 * row else None  # None: rows are no farther apart than their lines
    owners = list(range(len(lines)))
    for above, below in pairwise([*anchors, len(lines)]):
        between = list(range(above, min(below, len(lines) - 1) + 1))
        cut = _widest(lines, between, rules) if below < len(lines) else len(lines)
        for index in between[1:]:
            if index in anchors or _stands_alone(grid, lines, placed, index, step):
                continue
            owners[index] = above if index < cut else below
    return owners


def _widest(lines: Sequence[PieceLine], between: Sequence[int], rules: Sequence[float]) -> int:
    """The line above which the lines are parted."""
    for left, right in pairwise(between):
        if any(lines[left].base < rule < lines[right].base for rule in rules):
            return right
    steps = [(lines[right].base - lines[left].base, right) for left, right in pairwise(between)]
    widest = max(step for step, _ in steps)
    last = steps[-1]
    if widest - last[0] < 0.12 * lines[between[0]].size:  # rows begin with their figures
        return last[1]
    return next(right for step, right in steps if step == widest)


def _stands_alone(
    grid: UnruledGrid,
    lines: Sequence[PieceLine],
    placed: Sequence[list[list[Piece]]],
    index: int,
    step: float | None,
) -> bool:
    """True for a row without figures: as far from its neighbours as rows are (`step`), or carrying
    on no text that fills its column."""
    if step is not None:
        line = lines[index]
        below = lines[index + 1].base - line.base if index + 1 < len(lines) else step
        if min(line.base - lines[index - 1].base, below) >= 0.95 * step:
            return True
    lower = lines[index + 1 :]
    for column, cell in enumerate(placed[index]):
        if not cell or cell[0].numeric:
            continue
        width = grid.bands[column][1] - grid.bands[column][0]
        upper = placed[index - 1][column]
        opens = bool(lower) and bool(placed[index + 1][column]) and not upper
        if not opens and (not upper or width - upper[-1].width > cell[0].lead + 0.2 * cell[0].size):
            return True
    return False


def _is_rest(placed: Sequence[list[list[Piece]]], index: int) -> bool:
    """True for a line of which every number carries on one above: ``17.8`` over ``9``."""
    pieces = [(c, p) for c, cell in enumerate(placed[index]) for p in cell if p.numeric]
    return index > 0 and all(
        re.fullmatch(r"\d{1,2}", piece.text) and _is_cut(placed, index, column)
        for column, piece in pieces
    )


def _is_cut(placed: Sequence[list[list[Piece]]], index: int, column: int) -> bool:
    above = placed[index - 1][column]
    if not above or "." not in above[-1].text:
        return False
    decimals = Counter(
        len(piece.text.partition(".")[2])
        for row in placed
        for cell in row
        for piece in cell
        if piece.numeric and "." in piece.text
    )
    usual = decimals.most_common(1)[0][0]
    digits = len(above[-1].text.partition(".")[2])
    return digits < usual == digits + len(placed[index][column][0].text)


def _header_rows(grid: UnruledGrid, lines: Sequence[PieceLine]) -> list[list[GridCell]]:
    """The header cells, each column's from the top, spanning cells in their first column."""
    bands = grid.bands
    stacks: list[list[tuple[int, int, list[Piece]]]] = [[] for _ in bands]
    for line in lines:
        bare = [0.15 * _BARE if stack else _BARE for stack in stacks]
        spans = _spans(line.pieces, grid.edges, bare, line.size)
        row = [(a, b, p) for (a, b), p in zip(spans, line.pieces, strict=True)]
        if line.numbers_columns:  # a row by itself, never part of the text above
            depth = max(map(len, stacks)) + bool(row)
            for stack in stacks:
                stack.extend([(-1, -1, [])] * (depth - len(stack)))
            for first, last, piece in row:
                stacks[first][-1] = (first, last, [piece])
            continue
        for first, last, piece in row:
            _stack(stacks, first, last, piece)
    depth = max((len(stack) for stack in stacks), default=0)
    rows = [[GridCell() for _ in bands] for _ in range(depth)]
    for column, stack in enumerate(stacks):
        for level, (first, last, pieces) in enumerate(stack):
            if first == column:
                rows[level][column] = GridCell(pieces, last - first + 1)
    return rows


def _stack(
    stacks: list[list[tuple[int, int, list[Piece]]]], first: int, last: int, piece: Piece
) -> None:
    """Put a header text below those of its columns, or on the end of the one that it carries on."""
    top = stacks[first][-1] if stacks[first] else None
    if top and top[:2] == (first, last) and piece.base - top[2][-1].base <= _WRAP * piece.size:
        top[2].append(piece)
        return
    level = max(len(stacks[column]) for column in range(first, last + 1))
    cell = (first, last, [piece])
    for column in range(first, last + 1):
        while len(stacks[column]) < level:
            stacks[column].append((-1, -1, []))
        stacks[column].append(cell)


def _spans(
    pieces: Sequence[Piece], edges: Sequence[float], bare: Sequence[float], size: float
) -> list[tuple[int, int]]:
    """The columns of each text of a header line, left to right, at the least cost.

    A text stands in the middle of what it spans; `bare` is what each column that the line leaves
    out costs.
    """
    count = len(edges) - 1
    best: dict[int, tuple[float, list[tuple[int, int]]]] = {0: (0.0, [])}
    for piece in pieces:
        following: dict[int, tuple[float, list[tuple[int, int]]]] = {}
        for start, (cost, chosen) in best.items():
            for first in range(start, count):
                before = cost + sum(bare[start:first])
                for last in range(first, count):
                    total = before + _misfit(piece, edges, first, last, size)
                    if last + 1 not in following or total < following[last + 1][0]:
                        following[last + 1] = (total, [*chosen, (first, last)])
        if not following:  # more texts than columns
            return [_nearest(piece, edges) for piece in pieces]
        best = following
    return min((cost + sum(bare[end:]), spans) for end, (cost, spans) in best.items())[1]


def _misfit(piece: Piece, edges: Sequence[float], first: int, last: int, size: float) -> float:
    low, high = edges[first], edges[last + 1]
    off = abs(piece.middle - (low + high) / 2)
    if first == last:  # the edges being guessed, the text of one column may stand at its side
        off = max(0.0, low - piece.middle, piece.middle - high) + 0.1 * off
    return off / size


def _nearest(piece: Piece, edges: Sequence[float]) -> tuple[int, int]:
    column = min(max(bisect_right(edges, piece.middle) - 1, 0), len(edges) - 2)
    return column, column


def _column_edges(grid: UnruledGrid, header: Sequence[PieceLine]) -> tuple[float, ...]:
    """The edges of the columns: exact where the headers in the middle of their columns give them
    away, else the middle of the white between the columns."""
    bands = grid.bands
    inner = _middles(bands)
    centres: list[list[float]] = [[] for _ in bands]
    for line in reversed(header):  # the lowest headers span one column as a rule
        for piece in line.pieces:
            centres[bisect_right(inner, piece.middle)].append(piece.middle)
    whites = _whites(bands, grid.sides)
    if all(centres):
        first, chosen = _consistent(centres, whites)
        if chosen:
            edges = [first]
            for centre in chosen:
                edges.append(2 * centre - edges[-1])
            return tuple(edges)
    left, right = grid.sides or (bands[0][0], bands[-1][1])
    return (min(left, bands[0][0]), *inner, max(right, bands[-1][1]))


def _whites(bands: Sequence[Band], sides: tuple[float, float] | None) -> list[Band]:
    """Where each edge may lie: between two columns; at the ends of the rules, where there are."""
    inner = [(a[1] - _SLACK, b[0] + _SLACK) for a, b in pairwise(bands)]
    if sides is not None:
        outer = [(side - _SLACK, side + _SLACK) for side in sides]
    else:
        outer = [
            (bands[0][0] - 60, bands[0][0] + _SLACK),
            (bands[-1][1] - _SLACK, bands[-1][1] + 60),
        ]
    return [outer[0], *inner, outer[1]]


def _consistent(
    centres: Sequence[Sequence[float]], whites: Sequence[Band]
) -> tuple[float, list[float]]:
    """One centre for each column so that every edge lies in its white, and the first edge.

    Each edge is as far from a centre as the one before it, so all follow from the first. No
    centres where none fit.
    """
    tries = _MAX_TRIES

    def search(chosen: list[float], sign: float, shift: float, bounds: Band) -> Band | None:
        nonlocal tries
        column = len(chosen)
        if column == len(centres):
            return bounds
        start, end = whites[column + 1]
        for centre in centres[column]:
            tries -= 1
            if tries < 0:
                return None
            own = sorted(((start - 2 * centre + shift) / -sign, (end - 2 * centre + shift) / -sign))
            low, high = max(bounds[0], own[0]), min(bounds[1], own[1])
            if low <= high:
                chosen.append(centre)
                found = search(chosen, -sign, 2 * centre - shift, (low, high))
                if found is not None:
                    return found
                chosen.pop()
        return None

    chosen: list[float] = []
    bounds = search(chosen, 1.0, 0.0, whites[0])
    return ((bounds[0] + bounds[1]) / 2, chosen) if bounds is not None else (0.0, [])
