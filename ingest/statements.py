"""Totals, remainders, counts and grades that sentences state beside what they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ingest.book import Book, Run
from ingest.claims import Claim, closed, settle, signed_total, total
from ingest.interval import Interval
from ingest.model import Figure, Role
from ingest.quantity import Dimension
from ingest.rates import BACK

_AMOUNTS = (Role.VALUE, Role.ACTUAL)
_MARKER = re.compile(
    r"(?:其中|包括|包含|分别[为是]|具体[为是]|由)[:,]?[^,;。]{0,30}$|^[^,;。]{0,6}[:(][^,;。:]{0,30}$"
)
_SOME_ONLY = re.compile(r"主要|如|例如")
_MOST = 12  # parts of a list
_REST = re.compile(r"(?:结余|剩余|节余|余额|未支出|未使用|未执行)(?:资金|金额|数)?[为是约]*$")
_CARRIED = re.compile(r"年初|年末|上年|以前年度|结转")
_GAP = re.compile(r"(?:存在|相差|差额为?|差距为?|差异为?|相差了)[\s约]*$")
# Parts that always make up the whole (财决批复表、政府采购信息统计口径、部门决算表 09).
_COMPLETE = (
    (re.compile(r"货物"), re.compile(r"工程"), re.compile(r"服务")),
    (re.compile(r"因公出国"), re.compile(r"公务用车购置及运行"), re.compile(r"公务接待")),
    (re.compile(r"人员(?:经费|支出)"), re.compile(r"(?:日常)?公用(?:经费|支出)")),
    (
        re.compile(r"一般公共预算财政拨款"),
        re.compile(r"政府性基金预算财政拨款"),
        re.compile(r"国有资本经营预算财政拨款"),
    ),
)


def sentence_sum(book: Book) -> Iterator[Claim]:
    """总额 t，其中 a、b、c：t = a + b + c。

    来源：“政府采购支出总额 t，其中：货物 a、工程 b、服务 c”“得分 t，其中…得分 a，…得分 b”句式。
    例：80 + 20 + 150 = 250 万元；512.36 = 210.12 + 0 + 302.23 在尾差范围内。
    边界：“其中”常常只列一部分，所以只确认、不报错；构成固定的（货物、工程、服务；三公经费三项；人员经费和公用
    经费）才报错。
    """
    for paragraph in book.paragraphs:
        figures = [(run, i) for run in paragraph for i in range(len(run.figures))]
        for position, (run, index) in enumerate(figures):
            if position and closed(run.figures[index]) and _MARKER.search(run.leads[index]):
                whole = _whole(figures[max(0, position - BACK) : position], run.figures[index])
                if whole is not None:
                    yield from _sum_of(whole, figures[position : position + _MOST])


def _whole(before: Sequence[tuple[Run, int]], part: Figure) -> Figure | None:
    """The figure that a list after 其中 belongs to: the last one of the kind before it."""
    for run, index in reversed(before):
        figure = run.figures[index]
        if figure.role is part.role and figure.quantity.unit.compatible(part.quantity.unit):
            return figure if closed(figure) else None
    return None


def _sum_of(whole: Figure, after: Sequence[tuple[Run, int]]) -> Iterator[Claim]:
    parts: list[Figure] = []
    readings: list[Claim] = []
    for run, index in after:
        figure = run.figures[index]
        if figure.role is not whole.role or not _alike(figure, whole):
            continue
        if not closed(figure):
            break
        parts.append(figure)
        if sum(1 for part in parts if part.quantity.base) >= 2:
            readings.append(total("sentence_sum", whole, tuple(parts)))
    complete = next((claim for claim in readings if _makes_up(claim.operands)), None)
    complete = complete or _all_marks(whole, after)
    if complete is not None:
        yield complete
    elif whole.role in (*_AMOUNTS, Role.SCORE, Role.DEDUCTION):
        yield from settle(readings, strict=False)


def _all_marks(whole: Figure, after: Sequence[tuple[Run, int]]) -> Claim | None:
    """Scores whose full marks add up to 100, and deductions listed after a colon, are all."""
    run, first = after[0]
    listed = [f for r, i in after for f in [r.figures[i]] if r is run]
    parts = [f for f in listed if f.role is whole.role and f.quantity.unit == whole.quantity.unit]
    if len(parts) < 2 or _SOME_ONLY.search(run.leads[first]):
        return None
    marks = [f.quantity.base for f in listed if f.role is Role.FULL_MARK]
    scored = whole.role is Role.SCORE and len(marks) == len(parts) and sum(marks) == 100
    deducted = (
        whole.role is Role.DEDUCTION and len(parts) == len(listed) and ":" in run.leads[first]
    )
    return total("sentence_sum", whole, tuple(parts)) if scored or deducted else None


def _alike(figure: Figure, whole: Figure) -> bool:
    return figure.period == whole.period and figure.quantity.unit.compatible(whole.quantity.unit)


def _makes_up(parts: Sequence[Figure]) -> bool:
    names = [part.metric for part in parts]
    return any(
        len(names) == len(known)
        and all(word.search(name) for word, name in zip(known, names, strict=True))
        for known in _COMPLETE
    )


def remainder(book: Book) -> Iterator[Claim]:
    """结余 = 预算 − 支出；分值 − 扣分 = 得分；“a 与 b 相差 c”：c = |a − b|。

    来源：资金使用情况“预算 b，支出 v，结余 r”，评分说明“分值 a 分，扣 d 分，得 s 分”，“存在 c 的差异”句式。
    例：620 万元 − 500 万元 = 120 万元。
    边界：结余须与一个预算、一个支出同句；年初、年末结转结余不查。
    """
    for run in book.runs:
        for index, figure in enumerate(run.figures):
            before = run.figures[max(0, index - BACK) : index]
            clause = run.clause(index)
            money = figure.quantity.unit.dimension is Dimension.MONEY
            if money and _REST.search(clause) and not _CARRIED.search(clause):
                yield from _rest(figure, before)
            elif _GAP.search(clause) and len(before) >= 2:
                yield from _gap(figure, before[-2], before[-1])
            elif figure.role is Role.SCORE:
                yield from _after_deduction(figure, before)


def _rest(figure: Figure, before: Sequence[Figure]) -> Iterator[Claim]:
    unit = figure.quantity.unit
    near = [f for f in before if f.quantity.unit.compatible(unit) and f.period == figure.period]
    budgets = [f for f in reversed(near) if f.role is Role.BUDGET]
    spent = [f for f in reversed(near) if f.role in _AMOUNTS]
    readings = [
        signed_total("remainder", figure, [(1, b), (-1, s)]) for b in budgets for s in spent
    ]
    yield from settle(readings, strict=len(budgets) == len(spent) == 1 and len(near) == 2)


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
