"""Tables whose cells are parted by rules: the grid, and which cells are merged."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.model import Box
from ingest.readers.pdf_ink import Ink, Rule

_SNAP = 2.5  # points: rules that are nearer than this are one
_REACH = 3.5  # points by which two rules may miss each other and still meet
_SHORT = 6.0  # points: shorter rules are ticks and dashes
_COVER = 0.6  # of a cell's side that a rule has to cover
_OVERHANG = 8.0  # points by which rules stand out where a table has open sides
_MAX_RULES = 4_000
_MAX_PLACES = 20_000  # of one grid: more are a drawing


@dataclass(frozen=True, slots=True)
class Area:
    """A cell, merged or not: rows and columns ``first <= n < last`` of the grid."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """The rules of one table: the edges of its columns and rows, and the cells between them.

    `open_top` and `open_foot` say that no rule closes it there: the page end cuts a row.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    areas: tuple[Area, ...]
    owners: tuple[tuple[int, ...], ...]  # of each row and column, the number of its cell
    open_top: bool = False
    open_foot: bool = False

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def area_at(self, x: float, y: float) -> int | None:
        """The number of the cell that the point is in."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        column, row = min(column, len(self.xs) - 2), min(row, len(self.ys) - 2)
        return self.owners[row][column] if column >= 0 and row >= 0 else None


def ruled_grids(ink: Ink) -> list[RuledGrid]:
    """The ruled tables of a page, from the top down; frames round a text are none."""
    horizontal, vertical = merged(ink.horizontal), merged(ink.vertical)
    grids = [
        grid
        for across, down in _connected(horizontal, vertical)
        if (grid := _grid(across, down)) is not None
    ]
    return sorted(_without_frames(grids), key=lambda grid: (grid.ys[0], grid.xs[0]))


def merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules that carry each other on, or lie upon each other, made one."""
    merged: list[Rule] = []
    for level in _levels(rules):
        at = sum(rule.at for rule in level) / len(level)
        start, end = level[0].start, level[0].end
        for rule in level[1:]:
            if rule.start > end + _REACH:
                merged.append(Rule(at, start, end))
                start, end = rule.start, rule.end
            end = max(end, rule.end)
        merged.append(Rule(at, start, end))
    return [rule for rule in merged if rule.end - rule.start >= _SHORT][:_MAX_RULES]


def _levels(rules: Iterable[Rule]) -> Iterable[list[Rule]]:
    level: list[Rule] = []
    for rule in sorted(rules):
        if level and rule.at - level[-1].at > _SNAP:
            yield sorted(level, key=lambda r: r.start)
            level = []
        level.append(rule)
    if level:
        yield sorted(level, key=lambda r: r.start)


def _connected(
    horizontal: Sequence[Rule], vertical: Sequence[Rule]
) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that meet, directly or through others."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    heights = [across.at for across in horizontal]  # rising
    for j, down in enumerate(vertical, start=len(horizontal)):
        first = bisect_left(heights, down.start - _REACH)
        for i in range(first, bisect_right(heights, down.end + _REACH)):
            across = horizontal[i]
            if across.start - _REACH <= down.at <= across.end + _REACH:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index in range(len(parent)):
        across_, down_ = groups.setdefault(root(index), ([], []))
        if index < len(horizontal):
            across_.append(horizontal[index])
        else:
            down_.append(vertical[index - len(horizontal)])
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _edges(at: Iterable[float], ends: Sequence[float]) -> tuple[float, ...]:
    """The places of the rules, with the ends of the others where those stand out."""
    edges: list[float] = []
    count = 0
    for value in sorted(at):
        if edges and value - edges[-1] <= _SNAP + 0.5:
            count += 1
            edges[-1] += (value - edges[-1]) / count
        else:
            edges.append(value)
            count = 1
    if min(ends) < edges[0] - _OVERHANG:
        edges.insert(0, min(ends))
    if max(ends) > edges[-1] + _OVERHANG:
        edges.append(max(ends))
    return tuple(edges)


def _grid(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> RuledGrid | None:
    xs = _edges((v.at for v in vertical), [e for h in horizontal for e in (h.start, h.end)])
    ys = _edges((h.at for h in horizontal), [e for v in vertical for e in (v.start, v.end)])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or not 2 <= rows * columns <= _MAX_PLACES:
        return None
    areas = _areas(_owners(xs, ys, horizontal, vertical), columns)
    owned = [[0] * columns for _ in range(rows)]
    for number, area in enumerate(areas):
        for row in range(area.top, area.bottom):
            owned[row][area.left : area.right] = [number] * (area.right - area.left)
    if len(areas) < 2:
        return None
    levels = [rule.at for rule in horizontal]
    opened = ys[0] < min(levels) - _OVERHANG, ys[-1] > max(levels) + _OVERHANG
    return RuledGrid(xs, ys, areas, tuple(map(tuple, owned)), *opened)


def _owners(
    xs: Sequence[float], ys: Sequence[float], horizontal: Sequence[Rule], vertical: Sequence[Rule]
) -> list[int]:
    """For each place of the grid, row by row, the place that it is one cell with."""
    rows, columns = len(ys) - 1, len(xs) - 1
    parent = list(range(rows * columns))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for column in range(columns - 1):
        walls = [v for v in vertical if abs(v.at - xs[column + 1]) <= _SNAP + 1]
        for row in range(rows):
            if not _covers(walls, ys[row], ys[row + 1]):
                parent[root(row * columns + column + 1)] = root(row * columns + column)
    for row in range(rows - 1):
        floors = [h for h in horizontal if abs(h.at - ys[row + 1]) <= _SNAP + 1]
        for column in range(columns):
            if not _covers(floors, xs[column], xs[column + 1]):
                parent[root((row + 1) * columns + column)] = root(row * columns + column)
    return [root(index) for index in range(rows * columns)]


def _covers(rules: Sequence[Rule], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(r.end, end) - max(r.start, start)) for r in rules)
    return covered >= _COVER * (end - start)


def _areas(owners: Sequence[int], columns: int) -> tuple[Area, ...]:
    """Cells out of the owner of each place; cells that are no rectangles fall to their rows."""
    places: dict[int, list[tuple[int, int]]] = {}
    for index, owner in enumerate(owners):
        places.setdefault(owner, []).append(divmod(index, columns))
    areas: list[Area] = []
    for held in places.values():
        rows, cols = [r for r, _ in held], [c for _, c in held]
        area = Area(min(rows), min(cols), max(rows) + 1, max(cols) + 1)
        if (area.bottom - area.top) * (area.right - area.left) == len(held):
            areas.append(area)
        else:
            areas.extend(_row_runs(held))
    return tuple(sorted(areas, key=lambda a: (a.top, a.left)))


def _row_runs(held: Sequence[tuple[int, int]]) -> Iterable[Area]:
    cells = sorted(held)
    start = 0
    for index, (left, right) in enumerate(pairwise([*cells, (-1, -1)]), start=1):
        if right != (left[0], left[1] + 1):
            yield Area(cells[start][0], cells[start][1], left[0] + 1, left[1] + 1)
            start = index


def _without_frames(grids: Sequence[RuledGrid]) -> list[RuledGrid]:
    """`grids` without page borders around tables and without boxes inside cells."""
    kept: list[RuledGrid] = []
    for grid in grids:
        inner = [other for other in grids if other is not grid and _inside(other.box, grid.box)]
        outer = [other for other in grids if other is not grid and _inside(grid.box, other.box)]
        frames_others = any(len(other.areas) > len(grid.areas) for other in inner)
        boxed = any(len(other.areas) >= len(grid.areas) for other in outer)
        if not frames_others and not boxed:
            kept.append(grid)
    return kept


def _inside(inner: Box, outer: Box) -> bool:
    return (
        outer[0] - 1 <= inner[0]
        and outer[1] - 1 <= inner[1]
        and inner[2] <= outer[2] + 1
        and inner[3] <= outer[3] + 1
    )
