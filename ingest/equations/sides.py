"""The sides of tables as they are added up: rows with their children, totals, columns of amounts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from ingest import interval
from ingest.equations.book import Book, Grid
from ingest.equations.claims import Claim, closed, holds, total
from ingest.interval import Interval
from ingest.model import Column, ColumnRole, Figure, Role, Row, Table
from ingest.quantity import YUAN, Dimension
from ingest.reading.text import compact
from ingest.structure.markers import read_marker
from ingest.tables.cellsyntax import is_placeholder

_ALWAYS_ADDED = (Dimension.MONEY, Dimension.SCORE)
_ADDED = (*_ALWAYS_ADDED, Dimension.COUNT, Dimension.NUMBER)
# Measures that a total adds up: areas, lengths, weights and volumes, no speeds or concentrations.
_MEASURED = re.compile(
    r"[万亿]?(?:亩|公顷|公里|千米|延?米|平方米|平方公里|立方米|方|吨|公斤|千克|斤|升)"
)
_NOT_ADDED = re.compile(
    r"单价|均价|平均|[户人场次亩篇车床位生师件天日月年季校村镇县例站台套个栋米]均|每(?![年月季周日天])[一-鿿]{1,8}(?:[（(]|$)|标准|比例|占比|率$|成本|排名|年度$|年份|序号|权重"
)
_DASHES = ("—", "–", "-", "·", "•")  # before the parts of the row above
_INCLUDING = re.compile(r"^(?:其中|包括|包含)")
_EXCERPT = re.compile(r"节选|摘录|摘要|部分(?:项目|科目|指标)|主要(?:项目|科目|指标)")
_FOLLOWING = 4  # rows after a 其中 row that may belong to it
_CENT_PLACES = 2
_CENT = Decimal("0.01")  # what a sum of amounts to the cent may be off by, for want of care
# Rows after 其中 that always make up the row above them (部门决算表 09; 财预〔2020〕10 号附表).
_ALL_PARTS = (
    (re.compile(r"公务用车购置(?:费|支出)?$"), re.compile(r"公务用车运行(?:维护)?(?:费|支出)?$")),
    (re.compile(r"财政拨款"), re.compile(r"^其他资金|^单位资金")),
    (re.compile(r"财政拨款"), re.compile(r"^上年结转")),
)


@dataclass(frozen=True)
class Side:
    """One side of a table: the rows as its labels name them, and its columns of amounts."""

    table: Table
    grid: Grid
    columns: tuple[int, ...]

    @cached_property
    def rows(self) -> list[tuple[int, Row]]:
        """The labelled rows."""
        named = ((r, self.table.row_at(r, self.columns[0])) for r in range(len(self.table.rows)))
        return [(r, info) for r, info in named if info.path]

    @cached_property
    def places(self) -> dict[int, int]:
        """Where each row stands in `rows`."""
        return {r: index for index, (r, _) in enumerate(self.rows)}

    @cached_property
    def totals(self) -> list[int]:
        """The total rows."""
        return [r for r, info in self.rows if info.total]

    @cached_property
    def roles(self) -> dict[int, Role]:
        """The role of each column of amounts."""
        return {column: figure.role for (_, column), figure in self.grid.items()}

    @cached_property
    def excerpt(self) -> bool:
        """True where rows may be missing, so that totals need not be the sum of what is shown."""
        shown = any("…" in info.path[-1] for _, info in self.rows)
        return shown or bool(_EXCERPT.search(self.table.title))

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Per row, the rows right below it in the tree of labels."""
        by_path: dict[tuple[str, ...], int] = {}
        found: dict[int, list[int]] = defaultdict(list)
        for r, info in self.rows:
            if not info.total:
                parent = by_path.get(info.path[:-1]) if len(info.path) > 1 else None
                if parent is not None:
                    found[parent].append(r)
                by_path[info.path] = r
        return dict(found)

    @cached_property
    def families(self) -> list[Family]:
        """Every row with the rows that it is the sum of."""
        return [_family(self, parent, kids) for parent, kids in self.children.items()]

    @cached_property
    def sound(self) -> bool:
        """True where the tree of labels is the one meant: its sums hold, or all but few of them."""
        claims = [
            claim
            for family in self.families
            if family.sure
            for claim in self.claims("hierarchy_sum", family.parent, family.kids)
        ]
        held = sum(map(holds, claims))
        return held > len(claims) - held

    @cached_property
    def coded(self) -> bool:
        """True where the rows carry codes of the classification of accounts."""
        codes = [info.code for _, info in self.rows if not info.total]
        return bool(codes) and all(code.isdigit() and len(code) >= 3 for code in codes)

    def label(self, row: int) -> str:
        """The row's label as printed."""
        cells = zip(self.table.rows[row], self.table.columns, strict=True)
        texts = [c.text for c, column in cells if column.role is ColumnRole.LABEL and c.text]
        return compact(texts[0]) if texts else ""

    def claim(self, family: str, whole: int, parts: Sequence[int], column: int) -> Claim | None:
        """The sum of rows in one column; None where a cell cannot be read or all are zero."""
        return self.added(family, (whole, column), [(part, column) for part in parts])

    def claims(self, family: str, whole: int, parts: Sequence[int]) -> list[Claim]:
        """The sum of rows in every column."""
        made = (self.claim(family, whole, parts, column) for column in self.columns)
        return [claim for claim in made if claim is not None]

    def added(
        self, family: str, whole: tuple[int, int], parts: Sequence[tuple[int, int]]
    ) -> Claim | None:
        """The sum of cells; blanks and dashes are zero, other text is unreadable."""
        stated = self.grid.get(whole)
        found: list[Figure] = []
        for row, column in parts:
            figure = self.grid.get((row, column))
            if figure is not None:
                found.append(figure)
            elif not is_placeholder(self.table.rows[row][column].text):
                return None
        return None if stated is None else sum_claim(family, stated, found)


@dataclass(frozen=True, slots=True)
class Family:
    """A row and the rows below it.

    `sure` where they are known to be all of its parts, `prescribed` where a form says so.
    """

    parent: int
    kids: list[int]
    sure: bool
    prescribed: bool = False


def sum_claim(family: str, stated: Figure, found: Sequence[Figure]) -> Claim | None:
    """A total of closed figures of one unit; None where all are zero or the units differ."""
    if not any(f.quantity.base for f in (stated, *found)):
        return None
    alike = all(f.quantity.unit.compatible(stated.quantity.unit) for f in found)
    plain = all(closed(f) for f in (stated, *found))
    if not (found and alike and plain):
        return None
    claim = total(family, stated, found)
    if claim.value is None or not _to_the_cent((stated, *found)):
        return claim
    return replace(claim, bounds=Interval(claim.value - _CENT, claim.value + _CENT))


def _to_the_cent(figures: Sequence[Figure]) -> bool:
    """True for amounts of 元 and 分, which nobody has rounded: 36,880,975.60, and 49438 beside it."""
    in_yuan = all(figure.quantity.unit == YUAN for figure in figures)
    places = [interval.places(figure.quantity) for figure in figures]
    return in_yuan and max(places) == _CENT_PLACES


def sides(book: Book) -> tuple[Side, ...]:
    """The sides of every table that hold amounts to add up."""
    return book.once(_sides)


def _sides(book: Book) -> tuple[Side, ...]:
    return tuple(_sides_of(book))


def _sides_of(book: Book) -> Iterator[Side]:
    for number, grid in book.grids.items():
        table = book.document.tables[number]
        added = {column for (_, column), figure in grid.items() if _is_added(table, figure)}
        for start, end in table.groups or ((0, len(table.columns)),):
            columns = tuple(c for c in range(start, end) if c in added)
            if columns:
                yield Side(table, grid, columns)


def _is_added(table: Table, figure: Figure) -> bool:
    """True for figures that a total may add up: not rates, prices, targets of unlike things."""
    column: Column = table.columns[figure.locator.column or 0]
    if column.role is not ColumnRole.VALUE or _NOT_ADDED.search(compact("".join(column.path[-1:]))):
        return False
    dimension = figure.quantity.unit.dimension
    unlike = figure.role in (Role.TARGET, Role.ACTUAL) and dimension not in _ALWAYS_ADDED
    measured = dimension is Dimension.MEASURE and _MEASURED.fullmatch(figure.quantity.unit.symbol)
    return (dimension in _ADDED or bool(measured)) and not unlike


def _family(side: Side, parent: int, kids: list[int]) -> Family:
    if not _INCLUDING.match(side.label(kids[0])):
        return Family(parent, kids, sure=True)
    following = _following(side, kids)
    named = _named_parts(side, kids + following)
    if named:
        return Family(parent, named, sure=True, prescribed=True)
    listed = _including(side, parent, kids, following)
    complete = any(len(c.operands) > 1 and holds(c) for c in _many(side, parent, listed))
    return Family(parent, listed, complete)


def _many(side: Side, parent: int, kids: Sequence[int]) -> list[Claim]:
    """The claims of a family in the columns where more than one child is not zero."""
    claims = side.claims("hierarchy_sum", parent, kids)
    return [c for c in claims if sum(1 for f in c.operands if f.quantity.base) > 1]


def _following(side: Side, kids: Sequence[int]) -> list[int]:
    """The rows after a 其中 row that may be its siblings."""
    found: list[int] = []
    after = side.places[kids[-1]] + 1
    for r, info in side.rows[after : after + _FOLLOWING]:
        if info.total or len(info.path) > 1:
            break
        found.append(r)
    return found


def _named_parts(side: Side, rows: Sequence[int]) -> list[int]:
    """The first of some rows that hold all parts which a form prescribes; none where it does not."""
    labels = [_INCLUDING.sub("", side.label(row)).lstrip(":") for row in rows]
    for prescribed in _ALL_PARTS:
        last = [
            max((i for i, label in enumerate(labels) if part.search(label)), default=-1)
            for part in prescribed
        ]
        if -1 not in last and prescribed[0].search(labels[0]):
            return list(rows[: max(last) + 1])
    return []


def _including(side: Side, parent: int, kids: list[int], following: list[int]) -> list[int]:
    """The children after 其中, with the rows below that complete them to the parent's total."""
    choices = [kids + following[:count] for count in range(len(following) + 1)]
    scored = [sum(map(holds, side.claims("hierarchy_sum", parent, rows))) for rows in choices]
    best = max(scored)
    return choices[scored.index(best)] if best else kids


def top_rows(side: Side) -> list[int]:
    """The rows that are no part of another row: they make up the totals."""
    below = {kid for family in side.families for kid in family.kids}
    own = {info.path for _, info in side.rows if not info.total}
    tops = [
        r
        for r, info in side.rows
        if not info.total
        and r not in below
        and not any(info.path[:n] in own for n in range(1, len(info.path)))
    ]
    undashed = [r for r in tops if side.label(r)[:1] not in _DASHES]
    return undashed or tops


def readings(
    tops: list[int], totals: list[int], position: int, *, least: int = 2
) -> list[list[int]]:
    """The rows that a total row may be the sum of, the likeliest first.

    Only the first and the last total row may be of the whole table. `least` rows are needed.
    """
    row = totals[position]
    start = totals[position - 1] if position else -1
    between = tops[bisect_right(tops, start) : bisect_left(tops, row)]
    found = [[start, *between], between] if position else [between]
    if not between:  # 合计 of the 小计 above it
        found += [totals[max(0, position - count) : position] for count in (2, 3)]
    if position and position + 1 == len(totals):
        found.append(totals[:position])
    if position in (0, len(totals) - 1):
        found += [tops, tops[bisect_right(tops, row) :]]
    return [rows for rows in found if len(rows) >= least]


def mixed(side: Side, tops: list[int]) -> bool:
    """True where some of the top rows are numbered and some are not, or one sums up others."""
    numbered = {read_marker(side.label(r)) is not None for r in tops}
    return len(numbered) > 1 or any(_INCLUDING.match(side.label(r)) for r in tops)
