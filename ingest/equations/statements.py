"""Remainders and counts that sentences state beside what they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ingest.equations.book import Book, Run
from ingest.equations.claims import Claim, settle, signed_total
from ingest.equations.rates import BACK
from ingest.interval import Interval
from ingest.model import Figure, Role
from ingest.quantity import Dimension

_AMOUNTS = (Role.VALUE, Role.ACTUAL)
_REST = re.compile(r"(?:结余|剩余|节余|余额|未支出|未使用|未执行)(?:资金|金额|数)?[为是约]*$")
_RECEIVED = re.compile(r"到位|下达|拨入|安排")
_CARRIED = re.compile(r"年初|年末|上年|以前年度|结转")
_GAP = re.compile(r"(?:存在|相差|差额为?|差距为?|差异为?|相差了)[\s约]*$")


def remainder(book: Book) -> Iterator[Claim]:
    """结余 = 预算 − 支出；分值 − 扣分 = 得分；“a 与 b 相差 c”：c = |a − b|。

    来源：资金使用情况“预算 b，支出 v，结余 r”，评分说明“分值 a 分，扣 d 分，得 s 分”，“存在 c 的差异”句式。
    例：620 万元 − 500 万元 = 120 万元。
    边界：结余须与一个预算、一个支出同句；预算（到位资金）在前一句的，只有单位或位置像是写错时才报错；年初、年末
    结转结余不查。
    """
    for run in book.runs:
        for index, figure in enumerate(run.figures):
            before = run.figures[max(0, index - BACK) : index]
            clause = run.clause(index)
            money = figure.quantity.unit.dimension is Dimension.MONEY
            if money and _REST.search(clause) and not _CARRIED.search(clause):
                yield from _rest(figure, before, run.previous)
            elif _GAP.search(clause) and len(before) >= 2:
                yield from _gap(figure, before[-2], before[-1])
            elif figure.role is Role.SCORE:
                yield from _after_deduction(figure, before)


def _rest(figure: Figure, before: Sequence[Figure], previous: Sequence[Figure]) -> Iterator[Claim]:
    near, earlier = (
        [f for f in each if f.quantity.unit.compatible(figure.quantity.unit)]
        for each in (before, previous)
    )
    near = [f for f in near if f.period == figure.period]
    budgets = [f for f in reversed(near) if f.role is Role.BUDGET]
    for each in (near, earlier):
        budgets = budgets or [f for f in each if f.role in _AMOUNTS and _RECEIVED.search(f.metric)]
    spent = [f for f in reversed(near) if f.role in _AMOUNTS and f not in budgets]
    readings = [
        signed_total("remainder", figure, [(1, b), (-1, s)])
        for b in budgets
        for s in spent
        if not _restated(b, s)
    ]
    sure = len(budgets) == len(spent) == 1 and len(near) == 2
    yield from settle(readings, strict=sure, slips=True)


def _restated(first: Figure, second: Figure) -> bool:
    """True for one amount printed in two units: 4,590,000元（即459万元）."""
    return (
        first.quantity.base == second.quantity.base and first.quantity.unit != second.quantity.unit
    )


def _gap(figure: Figure, first: Figure, second: Figure) -> Iterator[Claim]:
    unit = figure.quantity.unit
    if first.quantity.unit.compatible(unit) and second.quantity.unit.compatible(unit):
        more, less = sorted((first, second), key=lambda f: f.quantity.base, reverse=True)
        yield signed_total("remainder", figure, [(1, more), (-1, less)])


def _after_deduction(score: Figure, before: Sequence[Figure]) -> Iterator[Claim]:
    if [f.role for f in before[-2:]] == [Role.FULL_MARK, Role.DEDUCTION]:
        yield signed_total("remainder", score, [(1, before[-2]), (-1, before[-1])])


_LISTED = re.compile(
    r"^(?:[^,;。:()、]{0,12})?(?:\([^()]*\))?[,:]?(?:分别|具体|即)(?:是|为|包括|有)?:?(?P<list>[^。;:,]+)(?P<end>[。;,]|$)"
)
_LISTED_BEFORE = re.compile(
    r"(?:下设|包括|包含|分为|设有|设置|含)(?P<list>(?:“[^”]{1,30}”[、和及与]?)+)$"
)
_BRACKETS = re.compile(r"\([^()]*\)|《[^》]*》|“[^”]*”")
_OPEN_LIST = re.compile(r"等(?!级|次|额|待)|…|\.{3}|以及其他")


def named_count(book: Book) -> Iterator[Claim]:
    """“共 n 个，分别为：甲、乙、丙”：n = 列出的项数。

    来源：机构设置“内设科室 5 个，分别为…”，指标说明“下设“甲”“乙”2 个二级指标”。
    例：内设科室共 3 个，分别为：办公室、法规科、水资源科。
    边界：列举以“等”收尾的不查；名称里可能含“和”“及”，项数取“、”分出的最少数到“和、及”分出的最多数。
    """
    for run in book.runs:
        for index, figure in enumerate(run.figures):
            if figure.quantity.unit.dimension is not Dimension.COUNT or not figure.quantity.exact:
                continue
            least, most, whole = _named(run, index)
            if least > 1:
                value = min(max(figure.quantity.base, Decimal(least)), Decimal(most))
                bounds = Interval(Decimal(least), Decimal(most))
                claim = Claim("named_count", figure, (), f"列出 {least} 项", value, bounds)
                yield from settle([claim], strict=whole)


class _Listed(NamedTuple):
    """How many items a list names at least and at most, and whether its end is certain."""

    least: int
    most: int
    whole: bool


def _named(run: Run, index: int) -> _Listed:
    before = _LISTED_BEFORE.search(run.leads[index])
    if before:
        count = before["list"].count("“")
        return _Listed(count, count, True)
    after = _LISTED.match(run.tail) if index + 1 == len(run.figures) else None
    if after is None or "、" not in after["list"] or _OPEN_LIST.search(after["list"]):
        return _Listed(0, 0, False)
    plain = _BRACKETS.sub("项", after["list"])
    least = plain.count("、") + 1
    return _Listed(least, least + len(re.findall(r"[和及与]", plain)), after["end"] != ",")
