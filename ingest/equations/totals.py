"""Totals that sentences state beside their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest import interval
from ingest.equations.book import Book, Run
from ingest.equations.claims import Claim, closed, holds, settle, total
from ingest.equations.rates import BACK
from ingest.equations.slips import replaced, scaled, significant, swapped
from ingest.model import Figure, Role
from ingest.quantity import Dimension

_AMOUNTS = (Role.VALUE, Role.ACTUAL)
_MARKER = re.compile(
    r"(?:其中|包括|包含|用于|分别[为是]|具体[为是]|按[^,;。:]{1,8}分(?![配别])|由(?!上年|年初|期初|去年))[:,]?[^,;。]{0,30}$|^[^,;。]{0,6}[:(][^,;。:]{0,30}$"
)
_NESTED = re.compile(r"其中|包括|包含|含|小计|\([^)]*$")
_AVERAGE = re.compile(r"均|单价|标准|每(?![年月季周日天])")
_AT_LAST = re.compile(r"^[,、;]?(?:以上|上述|[两三四二]项)?(?:合计|共计|总计)[为是]?$")
_SOME_ONLY = re.compile(r"主要|如|例如")
_MOST = 12  # parts of a list
_SEVERAL = 3  # parts of a list that leave hardly anything out where they come close
_NEAR = 20  # times that the whole is more than what is missing
_MISPLACED = 3  # digits of a part from which on misplaced ones are a slip, not chance
# Parts that always make up the whole, in any order: 政府采购信息统计口径, 部门决算表 09, 基本支出, the
# funds, and the first-level indicators of 财预〔2020〕10 号 and of self-evaluations.
_COMPLETE = tuple(
    tuple(re.compile(part) for part in parts)
    for parts in (
        ("货物", "工程", "服务"),
        ("因公出国", "公务用车(?:购置[及和])?运行", "公务接待"),
        ("人员(?:经费|支出)", "(?:日常)?公用(?:经费|支出)"),
        ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"),
        ("决策|投入", "过程|管理", "产出", "效益|效果"),
        ("产出", "效益|效果", "满意度", "执行"),
        ("履职效能", "管理效率"),
    )
)


def sentence_sum(book: Book) -> Iterator[Claim]:
    """总额 t，其中 a、b、c：t = a + b + c；a、b，合计 t：t = a + b。

    来源：“政府采购支出总额 t，其中：货物 a、工程 b、服务 c”“得分 t，其中…得分 a，…得分 b”句式。
    例：80 + 20 + 150 = 250 万元；512.36 = 210.12 + 0 + 302.23 在尾差范围内。
    边界：“其中”常常只列一部分，所以一般只确认、不报错；构成固定的（货物、工程、服务；三公经费三项；人员经费和公用
    经费；各一级指标得分）、各项金额之和大于总额的、总额或其中一项像是颠倒两位或小数点错位的、三项以上之和
    与总额只差一位数字的，才报错；只列公务用车运行费、购置费另处写明的，不报错。
    """
    for paragraph in book.paragraphs:
        figures = [(run, i) for run in paragraph for i in range(len(run.figures))]
        for position, (run, index) in enumerate(figures):
            if position and closed(run.figures[index]) and _MARKER.search(run.leads[index]):
                before = figures[max(0, position - BACK) : position]
                whole = _whole(before, run.leads[index], run.figures[index])
                if whole is not None:
                    listed = _sum_of(whole, figures[position : position + _MOST])
                    yield from (each for each in listed if holds(each) or not _bought(book, each))
            elif index > 1 and _AT_LAST.match(run.leads[index]):
                yield from _sum_before(run, index)


_RUNNING, _BOUGHT = re.compile("公务用车运行"), re.compile("公务用车购置(?![及和])")


def _bought(book: Book, claim: Claim) -> bool:
    """Whether cars were bought as well, told of elsewhere, where the list has what they cost to run."""
    names = [part.metric for part in claim.operands]
    if not any(map(_RUNNING.search, names)) or any("购置" in name for name in names):
        return False
    whole = claim.stated
    return any(
        bool(_BOUGHT.search(figure.metric))
        and figure.part == whole.part
        and _alike(figure, whole)
        and figure.role in _AMOUNTS
        and figure.quantity.base > 0
        for figure in book.document.figures
    )


def _whole(before: Sequence[tuple[Run, int]], lead: str, part: Figure) -> Figure | None:
    """The figure that a list after 其中 belongs to: the last one of the kind before it.

    Those in brackets that are closed by then (``（货物80万元、服务20万元），其中``) are parts themselves,
    but for a lone one (``健全性（4分）：``).
    """
    between, several = lead, False
    for run, index in reversed(before):
        figure, enclosed = run.figures[index], between.count(")") > between.count("(")
        several = enclosed and (several or "(" not in run.leads[index])
        between = run.leads[index] + between
        if several:
            continue
        if _one_kind(figure, part) and figure.quantity.unit.compatible(part.quantity.unit):
            return figure if closed(figure) else None
    return None


def _one_kind(first: Figure, second: Figure) -> bool:
    return first.role is second.role or (first.role in _AMOUNTS and second.role in _AMOUNTS)


def _sum_of(whole: Figure, after: Sequence[tuple[Run, int]]) -> Iterator[Claim]:
    parts: list[Figure] = []
    readings: list[Claim] = []
    for run, index in _listed(after):
        figure = run.figures[index]
        if not _one_kind(figure, whole) or not _alike(figure, whole):
            continue
        if not closed(figure):
            break
        parts.append(figure)
        if sum(1 for part in parts if part.quantity.base) >= 2:
            readings.append(total("sentence_sum", whole, tuple(parts)))
    complete = next((claim for claim in readings if _makes_up(whole, claim.operands)), None)
    complete = complete or _all_marks(whole, after)
    if complete is not None:
        longer = (claim for claim in readings if len(claim.operands) > len(complete.operands))
        yield complete if holds(complete) else next(filter(holds, longer), complete)
    elif whole.role in (*_AMOUNTS, Role.BUDGET, Role.SCORE, Role.DEDUCTION):
        held = list(settle(readings, strict=False, slips=True))
        yield from held or _slipped(readings) or _overshoot(whole, after)


def _listed(after: Sequence[tuple[Run, int]]) -> Iterator[tuple[Run, int]]:
    """The figures of a list: one in brackets ends with them."""
    run, start = after[0]
    bracketed = run.leads[start].rfind("(") > run.leads[start].rfind(")")
    for position, (each, index) in enumerate(after):
        if position and bracketed and (each is not run or ")" in each.leads[index]):
            return
        yield each, index


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


def _makes_up(whole: Figure, parts: Sequence[Figure]) -> bool:
    names = [part.metric for part in parts]
    # People and office make up basic expenditure; of all expenditure projects are a part too.
    some = any("人员" in name for name in names) and "基本" not in whole.metric + whole.subject
    return not some and any(
        len(names) == len(known)
        and all(any(word.search(name) for name in names) for word in known)
        and all(any(word.search(name) for word in known) for name in names)
        for known in _COMPLETE
    )


def _slipped(readings: Sequence[Claim]) -> list[Claim]:
    """The longest reading that misplaced digits of one part, or one digit of the whole, keep from holding."""
    for claim in reversed(readings):
        if claim.value is not None:
            gap = claim.stated.quantity.base - claim.value
            if any(_mends(part, gap) for part in claim.operands) or _one_digit(claim, claim.value):
                return [claim]
    return []


def _one_digit(claim: Claim, value: Decimal) -> bool:
    """Three parts and more give the whole but for one digit, and not the first one (259.84, 257.84)."""
    whole, unit = claim.stated.quantity.value, claim.stated.quantity.unit
    near = abs(whole - value / unit.factor) * _NEAR < abs(whole)
    told_at_once = len({part.sentence for part in claim.operands}) == 1
    several = len(claim.operands) >= _SEVERAL and told_at_once
    return several and near and replaced(whole, value / unit.factor)


def _mends(part: Figure, gap: Decimal) -> bool:
    value = part.quantity.base
    meant = value + gap
    if meant <= 0 or len(significant(value)) < _MISPLACED:
        return False
    return swapped(value, meant) or scaled(value, meant, _MISPLACED)


def _overshoot(whole: Figure, after: Sequence[tuple[Run, int]]) -> list[Claim]:
    """Amounts parted by 、 and ; alone, in the sentence of their whole, that exceed it."""
    first, start = after[0]
    if whole.quantity.unit.dimension is not Dimension.MONEY or whole not in first.figures:
        return []
    parts: list[Figure] = []
    for run, index in _listed(after):
        figure = run.figures[index]
        if _AVERAGE.search(whole.metric + figure.metric + run.clause(index)):
            return []
        if run is not first or (index > start and _NESTED.search(run.leads[index])):
            break
        if not closed(figure) or not _one_kind(figure, whole) or not _alike(figure, whole):
            break
        parts.append(figure)
    claim = total("sentence_sum", whole, tuple(parts))
    low, top = claim.bounds.low if claim.bounds else None, interval.of(whole.quantity).high
    exceeds = parts and low is not None and top is not None and low > top
    # 追回482万元，罚款126万元，其中自查退回215万元: the one part is of the amount further before.
    earlier = first.figures[: first.figures.index(whole)]
    larger = len(parts) == 1 and any(
        _one_kind(each, whole)
        and each.quantity.unit.compatible(whole.quantity.unit)
        and each.quantity.base >= parts[0].quantity.base
        for each in earlier
    )
    return [claim] if exceeds and not larger and not holds(claim) else []


def _sum_before(run: Run, index: int) -> Iterator[Claim]:
    """a、b，合计 t: of the two to five amounts right before it, however many hold."""
    stated = run.figures[index]
    parts: list[Figure] = []
    readings: list[Claim] = []
    for figure in reversed(run.figures[max(0, index - 5) : index]):
        if not closed(figure) or figure.quantity.unit != stated.quantity.unit:
            break
        parts.insert(0, figure)
        if len(parts) > 1:
            readings.append(total("sentence_sum", stated, tuple(parts)))
    if closed(stated):
        yield from settle(readings, strict=False, slips=True)
