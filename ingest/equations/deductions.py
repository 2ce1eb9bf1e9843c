"""Scores by points taken off: per case, per percentage point, in proportion to a rate."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from ingest import interval
from ingest.equations.book import Book
from ingest.equations.claims import Claim, closed, show
from ingest.figures.naming import fact_key, is_cell
from ingest.interval import Interval
from ingest.model import Figure, Role, Table
from ingest.quantity import Dimension
from ingest.reading.text import compact, fold

_PER_CASE = re.compile(
    r"每(?:发现|出现|有|存在|缺|缺少|少|发生|查出|减少|不符|漏)?[^,;。\d]{0,12}?[1一]?(?P<unit>[处个项次例件人条起份家]),?(?P<what>[^,;。\d]{0,14}?)扣(?:减|除)?\s*$"
)
_SO_MANY = re.compile(r"(?:共|发现|存在|有|缺少?|缺失|涉及|查出)[^,;。\d]{0,12}$")
_TAKEN = re.compile(r"扣(?:减|除|分)?(?:了|共|共计|合计)*\s*$")
_CAPPED = re.compile(r"扣完|最多|上限|封顶|不超过|为止")


def per_case(book: Book) -> Iterator[Claim]:
    """“每处扣 k 分，共 n 处，扣 d 分”：d = k × n。

    来源：绩效指标分析、评分说明中的扣分。
    例：每发现一处扣 2 分，共 3 处，扣 6 分，写作扣 4 分不成立。
    边界：三个数在同一段里依次出现，个数的量词与“每……”的相同；写有“扣完为止”“最多”的不查。
    """
    for paragraph in book.paragraphs:
        figures = [figure for run in paragraph for figure in run.figures]
        taken = [f for f in figures if f.role is Role.DEDUCTION]
        if len(taken) > 1 and figures[0].locator.table is None:
            text = fold(book.document.blocks[figures[0].block].text)
            for index in range(len(figures) - 2):
                if figures[index].role is Role.DEDUCTION:
                    yield from _cases(text, figures[index : index + 3])


def _cases(text: str, three: list[Figure]) -> Iterator[Claim]:
    each, count, taken = three
    match = _PER_CASE.search(text[max(0, each.start - _LEAD) : each.start])
    counted = count.quantity.unit.dimension is Dimension.COUNT and count.quantity.exact
    if match is None or not counted or taken.role is not Role.DEDUCTION:
        return
    said, last = text[each.end : count.start], text[count.end : taken.start]
    noun = count.quantity.unit.noun or count.quantity.unit.symbol
    if not noun.startswith(match["unit"]) or _CAPPED.search(said + last):
        return
    again = len(match["what"]) > 1 and match["what"] in last and re.fullmatch(r"[,;。]\s*", said)
    if (_SO_MANY.search(said) or again) and _TAKEN.search(last) and closed(each) and closed(taken):
        value = each.quantity.base * count.quantity.base
        formula = f"{show(each)} × {show(count)}"
        yield Claim("rubric", taken, (each, count), formula, value, Interval(value, value))


_LEAD = 36  # characters before 2 分 in which 每发现一处 stands


_PER_POINT = re.compile(
    r"每(?:降低|低于|低|下降|减少|少|偏离)[^,;。\d]{0,8}?(?P<step>\d+(?:\.\d+)?)\s*(?:个)?(?:百分点|%)[^,;。\d]{0,6}?,?扣(?:减|除)?\s*(?P<off>\d+(?:\.\d+)?)\s*分"
)
_WHOLE = re.compile(
    r"(?<![\d.])(?P<base>\d{2,3}(?:\.\d+)?)%[^;。\d]{0,10}?得(?:满分|\s*\d+(?:\.\d+)?\s*分)"
)
_BY_RATE = re.compile(
    r"(?P<name>[一-鿿]{0,12}率)\s*[×*xX]\s*(?P<mark>\d{1,3}(?:\.\d+)?|(?:指标)?分值|(?:指标)?满分|权重(?:分)?|标准分)\s*分?(?=$|[”\")\s,;。])"
)
_LIMITED = re.compile(r"封顶|最高|上限|超过|低于\d|不得分|小于\d|[+＋\-−÷/]")
_CRITERION = re.compile(
    r"(?:评分|评价|计分|打分|考核)(?:标准|细则|办法|规则|依据|方法)|扣分标准|得分标准"
)


class _Row(NamedTuple):
    """A row of a score sheet: its indicator, the marks, the rates in it, and its criterion."""

    name: str
    full: Figure
    score: Figure
    rates: list[Figure]
    text: str


def by_rate(book: Book) -> Iterator[Claim]:
    """评分标准“某率 × 分值”“每低 1 个百分点扣 k 分”：得分由同一行或正文里的这个率算出。

    来源：评分表的“评分标准”栏。
    例：“每低于 1 个百分点扣 0.5 分”，5 分，到位率 94%：5 − 6 × 0.5 = 2 分，写作 4.8 分不成立。
    边界：标准里只有这一条；率在同一行里只有一个，或正文里名称相同的只有一个值；百分点不足一个的，进、舍都算成立；
    另有封顶、下限的不查。
    """
    prose = _rates(book)
    for row in _rows(book):
        rates = row.rates or list(prose.get((row.score.part, row.name), {}).values())
        if len({f.quantity.base for f in rates}) != 1 or not closed(rates[0]):
            continue
        claim = _proportional(row, rates[0]) or _stepped(row, rates[0])
        if claim is not None:
            yield claim


def _rates(book: Book) -> dict[tuple[int, str], dict[Decimal, Figure]]:
    """The rates in prose by part and name, one for each value."""
    found: dict[tuple[int, str], dict[Decimal, Figure]] = defaultdict(dict)
    for figure in book.document.figures:
        percent = figure.quantity.unit.dimension is Dimension.PERCENT
        if percent and figure.locator.table is None and figure.role in _MEASURED:
            key = fact_key(figure.metric.rpartition(" ")[2])
            if key.endswith("率"):
                found[figure.part, key].setdefault(figure.quantity.base, figure)
    return found


_MEASURED = (Role.VALUE, Role.ACTUAL, Role.COMPLETION)


def _rows(book: Book) -> Iterator[_Row]:
    for number, grid in book.grids.items():
        table = book.document.tables[number]
        criteria = [
            c
            for c, column in enumerate(table.columns)
            if _CRITERION.search(compact("".join(column.path)))
        ]
        rows: dict[int, list[Figure]] = defaultdict(list)
        for (r, c), figure in grid.items() if criteria else ():
            if c not in criteria and is_cell(figure):
                rows[r].append(figure)
        for r, figures in rows.items():
            scores = [f for f in figures if f.role is Role.SCORE]
            full = [f for f in figures if f.role is Role.FULL_MARK]
            name = _label(table, r)
            if len(scores) == len(full) == 1 and name.endswith("率"):
                rates = [
                    f
                    for f in figures
                    if f.quantity.unit.dimension is Dimension.PERCENT and f.role in _MEASURED
                ]
                text = fold("".join(table.rows[r][c].text for c in criteria))
                yield _Row(name, full[0], scores[0], rates, text)


def _label(table: Table, row: int) -> str:
    path = table.row_infos[row].path
    return fact_key(re.sub(r"[(（]\d+分[)）]", "", path[-1])) if path else ""


def _proportional(row: _Row, rate: Figure) -> Claim | None:
    match = _BY_RATE.search(row.text)
    if match is None or _LIMITED.search(row.text) or not row.name.endswith(match["name"][-3:]):
        return None
    full = row.full.quantity.base
    mark = Decimal(match["mark"]) if match["mark"][0].isdigit() else full
    if mark != full:
        return None

    def formula_at(value: Decimal) -> Decimal | None:
        return min(value, Decimal(100)) * mark / 100

    bounds = interval.at_corners(formula_at, interval.of(rate.quantity))
    formula = f"{show(rate)} × {show(row.full)}"
    point = formula_at(rate.quantity.base)
    return Claim("rubric", row.score, (rate, row.full), formula, point, bounds)


def _stepped(row: _Row, rate: Figure) -> Claim | None:
    matches = list(_PER_POINT.finditer(row.text))
    bases = {Decimal(match["base"]) for match in _WHOLE.finditer(row.text)}
    if len(matches) != 1 or len(bases) != 1 or row.text.count("扣") - row.text.count("扣完") != 1:
        return None
    step, off = Decimal(matches[0]["step"]), Decimal(matches[0]["off"])
    base, full = bases.pop(), row.full.quantity.base
    short = max(Decimal(0), base - rate.quantity.base) / step if step else Decimal(0)

    def left(steps: Decimal) -> Decimal:
        return max(Decimal(0), full - off * steps)

    down = short.to_integral_value(ROUND_FLOOR)
    up = short.to_integral_value(ROUND_CEILING)
    bounds = Interval(left(up), left(down))
    formula = f"{show(row.full)} − ({base:f}% − {show(rate)}) ÷ {step:f}% × {off:f}分"
    return Claim("rubric", row.score, (rate, row.full), formula, left(short), bounds)
