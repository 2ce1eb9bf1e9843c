"""Columns and rows of a table without vertical rules, from where its texts are printed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.pdf_headers import header_rows
from ingest.readers.pdf_pieces import Band, Piece, PieceLine, leading_of, tightened
from ingest.readers.pdf_rows import middles, read_rows
from ingest.readers.pdf_unruled import Known, Region

_ROUNDS = 60  # of moving edges
_MARGIN = 40.0  # points by which the outer columns may reach beyond what they print
_BESIDE = 20.0  # points by which the middle of a header may lie beside what its column prints
_SLACK = 1.5  # points by which two centres may differ and be one
_TOUCH = 0.15  # ems between two bands that are one column
_HALF_STEP = 0.9  # ems between lines of cells of one row that have more and fewer lines
_RARE = 0.12  # of the rows: a place with no more entries is no column by itself


@dataclass(slots=True)
class UnruledGrid:
    """Rows of cells of one width. `doubtful` counts texts that fit no column or two, and
    columns of figures without a header where others have one."""

    bands: list[Band]
    rows: list[list[list[Piece]]]
    doubtful: int = 0
    sides: tuple[float, float] | None = None
    follows: bool = False  # the columns are those of the table before
    edges: tuple[float, ...] = ()


def read_grid(
    lines: Sequence[PieceLine], region: Region, known: Known | None = None
) -> UnruledGrid:
    """The cells of a region; `known` is the table that it may carry on."""
    lines = [tightened(line) for line in lines[region.first : region.last]]
    header, body = lines[: region.body - region.first], lines[region.body - region.first :]
    groups = _header_groups(header)
    bands = _bands(body, groups)
    carried = None if known is None else _carried(bands, region, known)
    if carried is not None:
        bands = carried
    else:
        for printed in groups:
            bands = _with_bare(bands, printed)
    grid = UnruledGrid(bands, [], sides=region.sides, follows=carried is not None)
    grid.edges = _column_edges(grid, header)
    rows = read_rows(body, bands, region.rules, grid.edges)
    grid.doubtful += rows.doubtful
    leading = leading_of(lines)
    found = header_rows(header, grid.edges, region.rules, leading)
    grid.rows = [*found.rows, *rows.cells]
    if header:
        grid.doubtful += any(p.numeric for row in rows.cells for c in found.bare for p in row[c])
    return grid


def _bands(body: Sequence[PieceLine], headers: Sequence[list[Band]]) -> list[Band]:
    """The columns in which the rows print something."""
    rows = [line for line in body if line.anchors]
    size = median(line.size for line in rows)
    found = _united(((p.left, p.right) for line in rows for p in line.pieces), size)
    between = [
        (piece.left, piece.right)
        for line in body
        if not line.anchors
        for piece in line.pieces
        if sum(_meet(band, piece) for band in found) < 2
    ]
    found = _without_strays(_united([*found, *between], size), rows, headers)
    return [band for band in found if _support(band, body) > _RARE * len(rows)] or found


def _carried(bands: Sequence[Band], region: Region, known: Known) -> list[Band] | None:
    """The columns of the table before where the region carries it on: with the same header over
    it, or none, and all its own columns among them."""
    same = region.header == known.header or region.first == region.body
    if not same or len(bands) > len(known.bands) or not _fits(bands, known.bands):
        return None
    return _widened(known.bands, bands)


def _without_strays(
    bands: list[Band], rows: Sequence[PieceLine], headers: Sequence[list[Band]]
) -> list[Band]:
    """`bands` with those joined that never stand in one row, the one being rare: 合计 printed
    beside the codes. Two headers over them keep them apart."""
    joined: list[Band] = []
    for band in bands:
        if joined and _are_one(joined[-1], band, rows, headers):
            joined[-1] = (joined[-1][0], band[1])
        else:
            joined.append(band)
    return joined


def _are_one(
    left: Band, right: Band, rows: Sequence[PieceLine], headers: Sequence[list[Band]]
) -> bool:
    own, other = _support(left, rows), _support(right, rows)
    if min(own, other) == 0:  # its texts stand between the rows: lines of labels
        return False
    if _support((left[0], right[1]), rows) < own + other:
        return False
    middle, low, high = (left[1] + right[0]) / 2, left[0] - _BESIDE, right[1] + _BESIDE
    over = [[m for a, b in printed if low < (m := (a + b) / 2) < high] for printed in headers]
    if any(min(group) < middle < max(group) for group in over if group):
        return False
    return min(own, other) <= max(1, 0.25 * len(rows)) or any(len(group) == 1 for group in over)


def _support(band: Band, rows: Sequence[PieceLine]) -> int:
    return sum(any(_meet(band, piece) for piece in line.pieces) for line in rows)


def _header_groups(header: Sequence[PieceLine]) -> list[list[Band]]:
    """What the lines of a header print beside each other, lines half a step apart together."""
    groups: list[list[PieceLine]] = []
    for line in header:
        if groups and line.base - groups[-1][-1].base < _HALF_STEP * line.size:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        _united(((p.left, p.right) for line in group for p in line.pieces), group[0].size)
        for group in groups
    ]


def _with_bare(bands: list[Band], printed: Sequence[Band]) -> list[Band]:
    """The columns with those that have a header and hardly an entry: more texts than columns."""
    if len(printed) <= len(bands):
        return bands
    edges = middles(bands)
    claims: dict[int, list[Band]] = {}
    for text in printed:
        claims.setdefault(bisect_right(edges, (text[0] + text[1]) / 2), []).append(text)
    added = [
        text
        for column, texts in claims.items()
        if len(texts) > 1
        for text in texts
        if text != min(texts, key=lambda t: _distance(bands[column], t))
        and not any(_distance(band, text) < 0 for band in bands)
    ]
    return sorted([*bands, *added])


def _distance(band: Band, other: Band) -> float:
    return max(band[0] - other[1], other[0] - band[1])


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


def _fits(bands: Sequence[Band], known: Sequence[Band]) -> bool:
    """True when each band lies on one of the known columns and touches no other."""
    return all(sum(min(k[1], right) > max(k[0], left) for k in known) == 1 for left, right in bands)


def _widened(known: Sequence[Band], bands: Sequence[Band]) -> list[Band]:
    return [
        (
            min([left, *(b[0] for b in bands if b[0] < right and b[1] > left)]),
            max([right, *(b[1] for b in bands if b[0] < right and b[1] > left)]),
        )
        for left, right in known
    ]


def _column_edges(grid: UnruledGrid, header: Sequence[PieceLine]) -> tuple[float, ...]:
    """The edges of the columns, each in the white between two of them, so that headers stand in
    the middle of their columns as well as can be."""
    whites = _whites(grid.bands, grid.sides)
    inner = middles(grid.bands)
    claims: list[list[float]] = [[] for _ in grid.bands]
    for line in reversed(header):  # the lowest headers span one column as a rule
        for piece in line.pieces:
            own = claims[bisect_right(inner, piece.middle)]
            if all(abs(piece.middle - other) > _SLACK for other in own):
                own.append(piece.middle)
    centres = [own[0] if own else None for own in claims]
    edges, misfit = _settled(centres, whites)
    for column, others in enumerate(claims):
        for other in others[1:]:
            tried = [*centres[:column], other, *centres[column + 1 :]]
            other_edges, off = _settled(tried, whites)
            if off < misfit - _SLACK:
                centres, edges, misfit = tried, other_edges, off
    return edges


def _whites(bands: Sequence[Band], sides: tuple[float, float] | None) -> list[Band]:
    """Where each edge may lie: between two columns; at the ends of the rules, where there are."""
    inner = [(a[1], b[0]) for a, b in pairwise(bands)]
    if sides is not None and sides[0] <= bands[0][0] and sides[1] >= bands[-1][1]:
        return [(sides[0], sides[0]), *inner, (sides[1], sides[1])]
    left, right = bands[0][0], bands[-1][1]
    return [(left - _MARGIN, left), *inner, (right, right + _MARGIN)]


def _settled(
    centres: Sequence[float | None], whites: Sequence[Band]
) -> tuple[tuple[float, ...], float]:
    """Edges moved, each within its white, to where the centres are in the middle; and the sum of
    what the centres are off."""
    edges = [(low + high) / 2 for low, high in whites]
    edges[0], edges[-1] = whites[0][1], whites[-1][0]
    for _ in range(_ROUNDS):
        for index, (low, high) in enumerate(whites):
            wanted = []
            if index and (before := centres[index - 1]) is not None:
                wanted.append(2 * before - edges[index - 1])
            if index < len(centres) and (after := centres[index]) is not None:
                wanted.append(2 * after - edges[index + 1])
            if wanted:
                edges[index] = min(max(sum(wanted) / len(wanted), low), high)
    misfit = sum(
        abs(centre - (low + high) / 2)
        for centre, (low, high) in zip(centres, pairwise(edges), strict=True)
        if centre is not None
    )
    return tuple(edges), misfit
