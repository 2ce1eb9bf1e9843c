"""Changes and rates whose operands stand in the neighbouring words, sentence or table row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ingest import interval
from ingest.equations.book import Book, Run
from ingest.equations.claims import Claim, closed, show, signed_total
from ingest.equations.rates import PARTED, new_subject
from ingest.figures.naming import Names, fact_key
from ingest.interval import Interval
from ingest.model import Direction, Figure, Role
from ingest.quantity import Dimension

_UP = r"提高|提升|上升|增加|增长|上涨|增|升|扩大|延长"
_DOWN = r"降低|下降|减少|缩短|下滑|降|减|压减|压缩"
_FROM = re.compile(r"(?:由|从)(?:[^,;。\d]{0,12}的)?\s*$")
_TO = re.compile(rf"^[^,;。\d]{{0,4}}?(?P<word>{_UP}|{_DOWN})(?:到|至|为)(?:了)?\s*$")
_BY = re.compile(
    rf"^[,，]?[^,;。\d]{{0,6}}?(?:净|共|累计)?(?P<word>{_UP}|{_DOWN})(?:了|幅度?为?)?\s*$"
)
_IS_UP = re.compile(rf"^(?:{_UP})$")


def from_to(book: Book) -> Iterator[Claim]:
    """由 a 提高到 b，提高 c（增长 g%）：c = |b − a|，g = (b − a) ÷ a。

    来源：补助标准、比率、办理时间变动的句式，如“由 84 元提高到 89 元，增加 5 元，增长 5.95%”。
    例：由 62% 提高到 91%，提高 29 个百分点，写作 19 个百分点不成立。
    边界：三个数依次相邻，方向词一致；两个数是百分比时，差额须写作百分点。
    """
    for run in book.runs:
        for index in range(1, len(run.figures)):
            to = _TO.match(run.leads[index])
            if to is None or not _FROM.search(run.leads[index - 1]):
                continue
            start, end = run.figures[index - 1], run.figures[index]
            alike = start.quantity.unit.compatible(end.quantity.unit)
            if alike and closed(start) and closed(end):
                yield from _moved(run, index, start, end)


def _moved(run: Run, index: int, start: Figure, end: Figure) -> Iterator[Claim]:
    for position in (index + 1, index + 2):
        if position >= len(run.figures):
            return
        by, moved = _BY.match(run.leads[position]), run.figures[position]
        if by is None or not closed(moved):
            return
        up = _IS_UP.match(by["word"]) is not None
        sign = 1 if up else -1
        percent = moved.quantity.unit.dimension is Dimension.PERCENT
        rates = start.quantity.unit.dimension is Dimension.PERCENT
        if percent and not rates and start.quantity.base:
            yield _growth(moved, start, end, sign)
            return
        elif rates and moved.quantity.unit.dimension is Dimension.POINT:
            yield _points(moved, start, end, sign)
        elif moved.quantity.unit.compatible(start.quantity.unit) and not rates:
            yield signed_total("change", moved, [(sign, end), (-sign, start)])
        else:
            return


def _growth(rate: Figure, start: Figure, end: Figure, sign: int) -> Claim:
    def formula_at(value: Decimal, base: Decimal) -> Decimal | None:
        moved = interval.ratio_percent(value - base, base)
        return None if moved is None else sign * moved

    bounds = interval.at_corners(formula_at, interval.of(end.quantity), interval.of(start.quantity))
    point = formula_at(end.quantity.base, start.quantity.base)
    formula = f"({show(end)} − {show(start)}) ÷ {show(start)} × 100%"
    reason = "" if bounds else "基数为 0，不可比"
    return Claim("growth", rate, (end, start), formula, point, bounds, reason)


def _points(moved: Figure, start: Figure, end: Figure, sign: int) -> Claim:
    """A difference of two percentages in points."""
    value = sign * (end.quantity.base - start.quantity.base)
    last, first = interval.in_sum([end.quantity, start.quantity])
    bounds = interval.total([last, first.negated()])
    if sign < 0:
        bounds = Interval.negated(bounds)
    formula = f"{show(end)} − {show(start)}" if sign > 0 else f"{show(start)} − {show(end)}"
    return Claim("change", moved, (end, start), formula, value, bounds)


_LAST = re.compile(r"(?:上年度?|去年|上一年)(?:决算|执行|实际)?数?$")
_COMPARED = re.compile(r"(?:比|较|与|同)(?:上年|去年|上一年|20\d\d年)[^;。]*$|同比[^;。]*$")
_SHORTEST = 4

_Rows = dict[tuple[int, str, str], dict[Decimal, Figure]]


def year_row(book: Book) -> Iterator[Claim]:
    """文字的增减额（率），表中同名一行列有本年、上年两数：增减额 = 本年 − 上年。

    来源：基础数据表、主要业务数据表、“三公”经费表的“上年决算数”栏与情况说明的文字。
    例：表中公用经费 118.76、110.38 万元，文字写“增加 8.38 万元”，方向相反，不成立。
    边界：名称与表中行名逐字相同（去掉年度、序号），两年各只有一个数；文字写明与上年相比，“分别”“其中”不查；
    由同一句的数已能算出的不重复查。
    """
    rows = year_rows(book)
    for run in book.runs if rows else ():
        for index, moved in enumerate(run.figures):
            if moved.role is not Role.CHANGE or moved.no in book.held or not closed(moved):
                continue
            lead = "".join(run.leads[: index + 1])
            if (
                not _COMPARED.search(lead)
                or "预算" in moved.basis
                or PARTED.search(run.leads[index])
            ):
                continue
            yield from _against_row(run, index, rows)


def year_key(key: str) -> str:
    """A name without the words that make it last year's."""
    return _LAST.sub("", key)


def year_rows(book: Book) -> _Rows:
    """The values of table rows by part, name and year."""
    rows: _Rows = defaultdict(dict)
    for grid in book.grids.values():
        years = {figure.period for figure in grid.values()}
        if len(years) < 2:
            continue
        for figure in grid.values():
            if (
                figure.role in (Role.VALUE, Role.ACTUAL)
                and figure.period.isdigit()
                and closed(figure)
            ):
                key = year_key(Names.key(book.document, figure))
                if len(key) >= _SHORTEST:
                    rows[figure.part, key, figure.period].setdefault(figure.quantity.base, figure)
    return rows


def _against_row(run: Run, index: int, rows: _Rows) -> Iterator[Claim]:
    moved = run.figures[index]
    subject = new_subject(run.clause(index)) or moved.subject
    key = fact_key(subject)
    if not moved.period.isdigit() or len(key) < _SHORTEST:
        return
    now = rows.get((moved.part, key, moved.period), {})
    before = rows.get((moved.part, key, str(int(moved.period) - 1)), {})
    if len(now) != 1 or len(before) != 1:
        return
    value, base = next(iter(now.values())), next(iter(before.values()))
    if not value.quantity.unit.compatible(moved.quantity.unit):
        return
    if not base.quantity.unit.compatible(moved.quantity.unit):
        return
    sign = -1 if moved.direction is Direction.DOWN else 1
    yield signed_total("change", moved, [(sign, value), (-sign, base)])
