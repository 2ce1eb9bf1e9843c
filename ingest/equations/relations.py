"""Relations between the columns of a table that its rows themselves bear out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, permutations
from typing import NamedTuple

from ingest import interval
from ingest.equations.book import Book
from ingest.equations.claims import (
    Claim,
    closed,
    figures_of,
    grown_from,
    holds,
    percent,
    same,
    show,
    signed_total,
)
from ingest.equations.ties import form_of
from ingest.model import ColumnRole, Figure, Role
from ingest.quantity import Dimension

_COLUMNS = 8  # of amounts; wider tables are forms with rules of their own
_SAMPLE = 5  # rows on which a relation is tried before all are read
_ENOUGH = 3  # rows with different figures that must bear a relation out
_SMALL = 20  # counts below it are sums of one another by chance
_COUNTED = (Dimension.COUNT, Dimension.NUMBER)
_MEASURED = (Dimension.MEASURE, Dimension.MONEY)
_FULL = Decimal(100)

Cells = dict[int, Figure]  # the figures of one row, by column
Make = Callable[[Sequence[Figure]], Claim | None]


class _Relation(NamedTuple):
    """What one column is computed from: the columns, the stated one first, and the claim."""

    columns: tuple[int, ...]
    make: Make

    @property
    def key(self) -> object:
        """Relations of one key exclude each other: a rate has one base, three columns one sum."""
        rate = self.make in (_rate, _growth)
        return self.columns[0] if rate else frozenset(self.columns)

    def claims(self, rows: Sequence[Cells]) -> list[Claim]:
        """The claims of the rows in which all its columns hold figures other than zero."""
        made: list[Claim] = []
        for cells in rows:
            figures = [cells[column] for column in self.columns if column in cells]
            if len(figures) == len(self.columns) and all(f.quantity.base for f in figures):
                claim = self.make(figures)
                made += [claim] if claim is not None and claim.bounds is not None else []
        return made


def column_relation(book: Book) -> Iterator[Claim]:
    """一列由同一行其他列算出：两列之和、比率、增幅、单价 × 数量，换算成另一单位的同一金额。

    来源：各种明细表（预算 = 执行 + 结余，调整后 = 年初 + 调整，金额 = 人均 × 人次，率 = 一列 ÷ 另一列），不认列名，
    只看各行。
    例：2,326.20 = 2,140.00 + 186.20；150.00 + 38.00 印作 198.00 即不成立。
    边界：至少三行不同的数成立，而且成立的行至少是不成立的三倍，个别不符的行才报错；含 0 和空格的行不算；决算公开
    表另有规则，不用此条；封顶为 100% 的率、反向指标不查。
    """
    for number, grid in book.grids.items():
        table = book.document.tables[number]
        if form_of(table):
            continue
        rows: dict[int, Cells] = {}
        for (row, column), figure in grid.items():
            if table.columns[column].role is ColumnRole.VALUE and closed(figure):
                rows.setdefault(row, {})[column] = figure
        yield from _found(list(rows.values()), book)


def _found(rows: list[Cells], book: Book) -> Iterator[Claim]:
    columns = sorted({column for cells in rows for column in cells})
    if not 2 <= len(columns) <= _COLUMNS or len(rows) < _ENOUGH:
        return
    sample = [cells for cells in rows if len(cells) >= len(columns) - 1][:_SAMPLE] or rows[:_SAMPLE]
    best: dict[object, list[Claim]] = {}
    for relation in _candidates(columns, sample):
        tried = relation.claims(sample)
        if _outweighs(tried, enough=min(_ENOUGH, len(sample)) - 1):
            claims = relation.claims(rows)
            if _outweighs(claims, enough=_ENOUGH):
                best[relation.key] = max(best.get(relation.key, []), claims, key=_distinct)
    for claims in best.values():
        yield from (claim for claim in claims if figures_of(claim) not in book.said)


def _outweighs(claims: Sequence[Claim], *, enough: int) -> bool:
    """True where different rows enough hold, and three for every one that does not."""
    held = sum(map(holds, claims))
    return held >= _ENOUGH * (len(claims) - held) and _distinct(claims) >= enough


def _distinct(claims: Sequence[Claim]) -> int:
    """How many claims with different figures hold, less those that small counts bear out by chance."""
    held = [claim for claim in claims if holds(claim) and _telling(claim.stated)]
    return len({tuple(f.quantity.value for f in (c.stated, *c.operands)) for c in held})


def _telling(figure: Figure) -> bool:
    quantity = figure.quantity
    small = quantity.unit.dimension in _COUNTED and abs(quantity.value) < _SMALL
    return not small or quantity.value != int(quantity.value)


def _candidates(columns: Sequence[int], sample: Sequence[Cells]) -> Iterator[_Relation]:
    """The relations that the units of the columns allow."""
    kind = {
        column: next((cells[column] for cells in sample if column in cells), None)
        for column in columns
    }
    known = {column: figure for column, figure in kind.items() if figure is not None}
    for stated, figure in known.items():
        others = [column for column in known if column != stated]
        if figure.quantity.unit.dimension is Dimension.PERCENT:
            yield from _rates(stated, others, known)
        else:
            yield from _amounts(stated, figure, others, known)


def _rates(stated: int, others: list[int], known: Cells) -> Iterator[_Relation]:
    growth = known[stated].role is Role.GROWTH
    for part, whole in permutations(others, 2):
        if known[part].quantity.unit.compatible(known[whole].quantity.unit):
            yield _Relation((stated, part, whole), _growth if growth else _rate)


def _amounts(stated: int, figure: Figure, others: list[int], known: Cells) -> Iterator[_Relation]:
    unit = figure.quantity.unit
    alike = [c for c in others if known[c].quantity.unit.compatible(unit)]
    for one, two in combinations(alike, 2):
        yield _Relation((stated, one, two), _sum)
    if unit.dimension is not Dimension.MONEY:
        return
    for other in alike:
        if known[other].quantity.unit.factor > unit.factor:
            yield _Relation((other, stated), _converted)
    for count in others:
        if known[count].quantity.unit.dimension in _COUNTED:
            for each in others:
                if known[each].quantity.unit.dimension in _MEASURED:
                    yield _Relation((stated, each, count), _product)


def _sum(figures: Sequence[Figure]) -> Claim | None:
    stated, one, two = figures
    return (
        signed_total("column_relation", stated, [(1, one), (1, two)]) if _alike(figures) else None
    )


def _alike(figures: Sequence[Figure]) -> bool:
    unit = figures[0].quantity.unit
    return all(figure.quantity.unit.compatible(unit) for figure in figures)


def _rate(figures: Sequence[Figure]) -> Claim | None:
    """100 · part ÷ whole; None where a rate may be capped, or a target an upper bound."""
    rate, part, whole = figures
    if not _alike(figures[1:]) or rate.quantity.unit.dimension is not Dimension.PERCENT:
        return None
    claim = percent("column_relation", rate, part, whole)
    capped = rate.quantity.value == _FULL and claim.value is not None and claim.value > _FULL
    turned = not holds(claim) and holds(percent("column_relation", rate, whole, part))
    return None if capped or turned else claim


def _growth(figures: Sequence[Figure]) -> Claim | None:
    rate, value, base = figures
    if not _alike(figures[1:]) or rate.quantity.unit.dimension is not Dimension.PERCENT:
        return None
    return replace(grown_from(rate, value, base), family="column_relation")


def _converted(figures: Sequence[Figure]) -> Claim | None:
    stated, other = figures
    return same("column_relation", stated, other, "同一行") if _alike(figures) else None


def _product(figures: Sequence[Figure]) -> Claim | None:
    """amount = each · count: what one costs, by how many."""
    amount, each, count = figures

    def formula_at(price: Decimal, number: Decimal) -> Decimal:
        return price * number

    point = formula_at(each.quantity.base, count.quantity.base)
    bounds = interval.at_corners(
        formula_at, interval.of(each.quantity), interval.of(count.quantity)
    )
    formula = f"{show(each)} × {show(count)}"
    return Claim("column_relation", amount, (each, count), formula, point, bounds)
