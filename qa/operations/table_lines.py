"""Lines of tables in scope, each with its labels and figures; a subtotal with the level that it sums."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.figures.finding import strip_number
from ingest.model import Document, Figure, Table
from qa.model import PartKey
from qa.operations.context import Context
from qa.words.matching import squeeze

TOTAL = re.compile(r"^(?:小计|合计|总计)$")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_OF_WHICH = re.compile(r"^其中[:：]?")
_PLAIN_END = re.compile(r"(?<=[一-鿿]{2})(?:数|额|金额)$")
_LEAST = 2  # characters of a column's name

Cells = dict[tuple[int, int], Figure]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table, or of one side of it, with its figures by column.

    `group` is the level that a subtotal sums up; "" for all other lines.
    """

    report: int
    document: Document
    table: Table
    label: str
    code: str
    group: str
    figures: dict[int, Figure]

    @property
    def total(self) -> bool:
        """Whether it is a line of a total."""
        return bool(TOTAL.match(self.label))

    def figure(self, column: int) -> Figure:
        """The figure of a column; that of a subtotal with its level in its name."""
        own = self.figures[column]
        if not self.group:
            return own
        metric = f"{self.group} {own.metric}"
        return replace(own, metric=metric, row_path=(self.group, *own.row_path[-1:]))

    def column_named(self, column: int, text: str) -> str:
        """The name of a column as it stands in the text; "" where it does not."""
        path = self.table.columns[column].path
        if not path:
            return ""
        last = squeeze(_OF_WHICH.sub("", path[-1]))
        bare = column_label(path)
        names = (squeeze("".join(path)), last, bare, _PLAIN_END.sub("", bare))
        return next((name for name in names if len(name) >= _LEAST and name in text), "")


def column_label(path: tuple[str, ...]) -> str:
    """A column's own label without 其中 and brackets."""
    return squeeze(_OF_WHICH.sub("", _ASIDE.sub("", path[-1]))) if path else ""


def lines(context: Context, keys: Collection[PartKey]) -> Iterator[Line]:
    """The lines of all tables of parts, with the figures of the years and dimension asked for."""
    for report, parts in context.evidence.scoped(keys):
        document = context.evidence.index(report).document
        for number, cells in _by_table(context, document, parts).items():
            table = document.tables[number]
            sides: dict[tuple[int, tuple[str, ...]], dict[int, Figure]] = {}
            for (row, column), figure in cells.items():
                path = table.row_at(row, column).path
                if path:
                    sides.setdefault((row, path), {})[column] = figure
            for (row, path), figures in sides.items():
                first = min(figures)
                label = squeeze(strip_number(path[-1]))
                group = _group_of(table, row, first, cells) if TOTAL.match(label) else ""
                code = table.row_at(row, first).code
                yield Line(report, document, table, label, code, group, figures)


def _by_table(context: Context, document: Document, parts: set[int]) -> dict[int, Cells]:
    target, years = context.plan.targets[0], context.plan.years
    found: dict[int, Cells] = {}
    for figure in document.figures:
        place = figure.locator
        if place.table is None or place.row is None or place.column is None or figure.subject:
            continue
        period = figure.period or document.part_of(figure.block).year
        if figure.part not in parts or (years and period and period not in years):
            continue
        if target.dimension in (None, figure.quantity.unit.dimension):
            found.setdefault(place.table, {})[place.row, place.column] = figure
    return found


def _group_of(table: Table, row: int, column: int, cells: Cells) -> str:
    """What the rows above a subtotal have in common that add up to it; "" where none do."""
    paths = [(above, table.row_at(above, column).path) for above in range(row)]
    deep = [(above, path) for above, path in paths if len(path) > 1]
    own = cells.get((row, column))
    if not deep or own is None:
        return ""
    for name in reversed(deep[-1][1][:-1]):
        members = [above for above, path in deep if name in path[:-1]]
        parts = [cells[above, column] for above in members if (above, column) in cells]
        whole = sum((part.quantity.value for part in parts), Decimal(0))
        if len(parts) > 1 and whole == own.quantity.value:
            return squeeze(strip_number(name))
    return ""
