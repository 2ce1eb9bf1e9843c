"""Totals and their parts: in tables (hierarchies, 合计 rows and columns) and over sections."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.model import ColumnRole, Document, Figure, Role, Row, Table
from ingest.quantity import Dimension

_ADDITIVE = (Dimension.MONEY, Dimension.COUNT, Dimension.SCORE)
_TOTAL_HEADER = re.compile(r"合计|小计|总计")
_GRAND = re.compile(r"总计|合计")
Grid = dict[tuple[int, int], Figure]


@dataclass(frozen=True, slots=True)
class SumClaim:
    family: str
    stated: Figure
    parts: tuple[Figure, ...]


def table_sums(document: Document) -> Iterator[SumClaim]:
    """Sums over rows (hierarchy, totals) and columns of every table."""
    grids: dict[int, Grid] = defaultdict(dict)
    for figure in document.figures:
        place = figure.locator
        if place.table is None or place.row is None or place.column is None or figure.subject:
            continue
        if figure.quantity.unit.dimension in _ADDITIVE:
            grids[place.table][(place.row, place.column)] = figure
    for number, grid in grids.items():
        table = document.tables[number]
        yield from _row_sums(table, grid)
        yield from _column_sums(table, grid)


def _value_columns(table: Table) -> list[int]:
    return [c for c, column in enumerate(table.columns) if column.role is ColumnRole.VALUE]


def _row_sums(table: Table, grid: Grid) -> Iterator[SumClaim]:
    for column in _value_columns(table):
        rows = [(r, table.row_at(r, column)) for r in range(len(table.rows))]
        rows = [(r, info) for r, info in rows if info.path]
        children = _children(rows)
        for r, kids in children.items():
            yield from _claim("hierarchy_sum", grid, (r, column), [(k, column) for k in kids])
        roots = [r for r, info in rows if len(info.path) == 1 and not info.total]
        totals = [r for r, info in rows if info.total]
        if len(totals) == 1 and len(roots) > 1 and children:
            yield from _claim("total_row", grid, (totals[0], column), [(r, column) for r in roots])


def _children(rows: Sequence[tuple[int, Row]]) -> dict[int, list[int]]:
    by_path: dict[tuple[str, ...], int] = {}
    children: dict[int, list[int]] = defaultdict(list)
    for r, info in rows:
        if info.total:
            continue
        parent = by_path.get(info.path[:-1]) if len(info.path) > 1 else None
        if parent is not None:
            children[parent].append(r)
        by_path[info.path] = r
    return children


def _column_sums(table: Table, grid: Grid) -> Iterator[SumClaim]:
    values = _value_columns(table)
    for column in values:
        path = table.columns[column].path
        if not path or not _TOTAL_HEADER.search(path[-1]):
            continue
        parts = _parts_of(table, column, values)
        if len(parts) < 2:
            continue
        claims = [
            claim
            for r in range(len(table.rows))
            for claim in _claim("column_sum", grid, (r, column), [(r, p) for p in parts])
        ]
        if _structural(claims):
            yield from claims


def _parts_of(table: Table, column: int, values: list[int]) -> list[int]:
    """The columns that a total column adds up: its later siblings, subtotals standing for theirs."""
    prefix = table.columns[column].path[:-1]
    group = next(((a, b) for a, b in table.groups if a <= column < b), (0, len(table.columns)))
    siblings: dict[str, list[int]] = defaultdict(list)
    for other in values:
        path = table.columns[other].path
        inside = group[0] <= other < group[1]
        if other > column and inside and path[: len(prefix)] == prefix and len(path) > len(prefix):
            siblings[path[len(prefix)]].append(other)
    parts: list[int] = []
    for members in siblings.values():
        subtotal = [m for m in members if _TOTAL_HEADER.search(table.columns[m].path[-1])]
        parts.extend(subtotal[:1] if subtotal and len(members) > 1 else members)
    return parts


def _structural(claims: list[SumClaim]) -> bool:
    """A 合计 column adds up its siblings when it does so, to the eye, in most rows."""
    if not claims:
        return False
    close = sum(
        1
        for claim in claims
        if abs(claim.stated.quantity.base - sum(p.quantity.base for p in claim.parts))
        <= claim.stated.quantity.unit.factor * len(claim.parts) / 20
    )
    return close * 5 >= len(claims) * 4


def _claim(
    family: str, grid: Grid, total: tuple[int, int], parts: list[tuple[int, int]]
) -> Iterator[SumClaim]:
    stated = grid.get(total)
    found = [grid[place] for place in parts if place in grid]
    if stated is None or not found or len(found) != len(parts):
        return
    if all(part.quantity.unit.compatible(stated.quantity.unit) for part in found):
        yield SumClaim(family, stated, tuple(found))


def section_scores(document: Document) -> Iterator[SumClaim]:
    """An indicator's score is the sum of its sub-indicators', where their full marks add up."""
    marks: dict[int, dict[Role, Figure]] = defaultdict(dict)
    for figure in document.figures:
        prose = figure.locator.table is None
        if prose and figure.role in (Role.FULL_MARK, Role.SCORE):
            marks[figure.section].setdefault(figure.role, figure)
    children: dict[int, list[int]] = defaultdict(list)
    for section in document.sections:
        both = Role.FULL_MARK in marks[section.no] and Role.SCORE in marks[section.no]
        if section.parent is not None and both:
            children[section.parent].append(section.no)
    for parent, kids in children.items():
        own = marks[parent]
        if Role.FULL_MARK not in own or Role.SCORE not in own or len(kids) < 1:
            continue
        full = tuple(marks[kid][Role.FULL_MARK] for kid in kids)
        if sum(f.quantity.base for f in full) != own[Role.FULL_MARK].quantity.base:
            continue
        yield SumClaim("score_sum", own[Role.FULL_MARK], full)
        yield SumClaim("score_sum", own[Role.SCORE], tuple(marks[k][Role.SCORE] for k in kids))
