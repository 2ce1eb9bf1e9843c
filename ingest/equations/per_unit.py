"""Averages per thing of any kind: 平均每公里费用, 每期平均人次; and totals that follow their average."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest import interval
from ingest.equations.book import Book, Run
from ingest.equations.claims import Claim, closed, figures_of, show
from ingest.model import Figure, Role
from ingest.quantity import Dimension

_EACH = re.compile(
    r"(?:平均每一?(?P<a>[一-鿿]{1,13}?)|每一?(?P<b>[一-鿿]{1,4}?)(?:平均|均)[一-鿿]{0,10}?)(?:约?为|是|达)?\s*$"
)
_PARTED = re.compile(r"分别|[由从]|各|最高|最低|标准|定额|不(?:超|低|高)|其中|比|较|预计|计划|目标")
_MEAN = re.compile(
    r"(?P<unit>[人户亩生校村])均(?:补[贴助]|奖补|救助|费用|支出|成本)[^,;。\d]{0,4}$"
)
_TOTAL = re.compile(r"(?:共|合计|累计|总计)(?:计)?[一-鿿]{0,12}$")
_HEADS = {"人": "人名", "户": "户", "亩": "亩", "生": "人名", "校": "所", "村": "个"}
_COUNTED = (Dimension.COUNT, Dimension.MEASURE)
_BACK = 6  # figures of a sentence looked back at


def per_unit(book: Book) -> Iterator[Claim]:
    """“n 公里，经费 a 万元，平均每公里 b 万元”：b = a ÷ n；“n 户、户均 b 元，共 a 万元”：a = n × b。

    来源：项目产出与成本、培训期次、补贴发放情况。
    例：375 万元 ÷ 1,250 公里 = 0.3 万元，写作 0.35 万元不成立；600 人次 ÷ 12 期 = 50 人次。
    边界：同一句里恰有一个这个量词的数和一个同单位的总数；“分别”“标准”“最高”“较”“由……”不查。
    """
    for run in book.runs:
        for index, stated in enumerate(run.figures):
            lead = run.leads[index]
            if index < 2 or not closed(stated) or stated.role not in _VALUES:
                continue
            match = _EACH.search(lead)
            if match and not _PARTED.search(lead):
                found = _each(run, index, match["a"] or match["b"])
            else:
                found = _whole(run, index)
            yield from (c for c in found if figures_of(c) not in book.said)


_VALUES = (Role.VALUE, Role.ACTUAL)


def _near(run: Run, index: int) -> list[Figure]:
    return [f for f in run.figures[max(0, index - _BACK) : index] if closed(f)]


def _each(run: Run, index: int, unit: str) -> Iterator[Claim]:
    stated, near = run.figures[index], _near(run, index)
    heads = [f for f in near if f.quantity.unit.dimension in _COUNTED and _is_unit(f, unit)]
    wholes = [
        f
        for f in near
        if f not in heads
        and f.quantity.unit.compatible(stated.quantity.unit)
        and f.role in (*_VALUES, Role.BUDGET)
        and "均" not in f.metric
    ]
    if len(heads) == len(wholes) == 1 and heads[0].quantity.base and wholes[0].role in _VALUES:
        whole, head = wholes[0], heads[0]
        factor = head.quantity.unit.factor

        def formula_at(amount: Decimal, count: Decimal) -> Decimal | None:
            return amount / count * factor if count else None

        edges = interval.of(whole.quantity), interval.of(head.quantity)
        bounds = interval.at_corners(formula_at, *edges)
        value = formula_at(whole.quantity.base, head.quantity.base)
        formula = f"{show(whole)} ÷ {show(head)}"
        yield Claim("average", stated, (whole, head), formula, value, bounds)


def _is_unit(figure: Figure, unit: str) -> bool:
    """True where 公里养护费用 starts with the figure's unit."""
    own = figure.quantity.unit
    return any(name and unit.startswith(name) for name in (own.symbol, own.noun))


def _whole(run: Run, index: int) -> Iterator[Claim]:
    """发放1,200户、户均补贴1,500元，共发放补贴资金180万元."""
    stated, mean, head = run.figures[index], run.figures[index - 1], run.figures[index - 2]
    match = _MEAN.search(run.leads[index - 1])
    money = Dimension.MONEY
    if match is None or not _TOTAL.search(run.leads[index]) or _PARTED.search(run.leads[index - 1]):
        return
    if stated.quantity.unit.dimension is not money or mean.quantity.unit.dimension is not money:
        return
    noun = head.quantity.unit.noun or head.quantity.unit.symbol
    counted = head.quantity.unit.dimension in _COUNTED and noun[:1] in _HEADS[match["unit"]]
    if counted and closed(head) and closed(mean):

        def formula_at(each: Decimal, count: Decimal) -> Decimal | None:
            return each * count

        edges = interval.of(mean.quantity), interval.of(head.quantity)
        bounds = interval.at_corners(formula_at, *edges)
        value = mean.quantity.base * head.quantity.base
        formula = f"{show(mean)} × {show(head)}"
        yield Claim("average", stated, (mean, head), formula, value, bounds)
