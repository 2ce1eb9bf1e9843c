"""Changes and rates of growth that sentences state beside the figures that they follow from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from ingest import interval
from ingest.equations.book import Book, Run
from ingest.equations.claims import (
    Claim,
    falls,
    grown_by,
    grown_from,
    percent,
    settle,
    show,
    signed_total,
)
from ingest.figures.naming import Names, fact_key, is_cell, is_loose
from ingest.interval import Interval
from ingest.model import Direction, Figure, Role
from ingest.quantity import Dimension

BACK = 10  # figures looked back at in a sentence
VALUES = (Role.VALUE, Role.ACTUAL)
# Words after which the figures of a sentence are no longer about one subject, one by one.
PARTED = re.compile(r"分别|各(?!项|类)|另|此外|其余|人均|平均|预计|力争")
_COMPARED = re.compile(r"(?:比|较|与|同)[^,;。]*$")
# A rate or change that names what it is compared with has a base of its own.
_OWN_BASE = re.compile(
    r"(?:(?<![同环])比(?![例重赛选])|较(?!大|快|好|高|低)|与|同(?![比期时]))[^,;。]{2,}"
)
_MOVED = re.compile(
    r"^[\s的]*(?:相比|相较|同比)?,?[\s]*(?:净|共|合计)?(?:增加|增长|增支|增收|减少|减支|减收|下降|降低|提高|提升|"
    r"上升|上涨|下滑|多|少|压缩|节约)[^,;。]{0,6}$"
)
# Words after which a clause talks about its subject; what stands before them names the subject.
_CUES = re.compile(
    r"比(?!例|重|赛|选|对)|较(?=上|去|年|预|20|同|计)|与(?=上|去|20|年初|预算|同期|计划)|同(?:比|期)|环比|"
    r"增(?!值|设|资|收节支|补|发)|减(?!免|灾|排|税|速|负)|上升|下降|提高|降低|上涨|下滑|节约|压缩|"
    r"降幅|完成|占(?!地|用)|预算(?!财政拨款|收入|支出|内|外|单位|项目)|执行率|执行进度|支出进度|支付进度|得分率|调整率|总体|综合|评价|使用率|支付率|为|是|达"
)
_CONNECT = re.compile(
    r"^(?:并且|同时|而且|以及|其中|[并且而则也即均已又再约的()、\s]|\d+\.|[一二三四五六七八九十]是)+|[“”\"()\s]+$"
)
_PART = re.compile(r"其中|$")
_GENERIC = re.compile(r"(?:该|本|此|其)?(?:项|个)?(?:[一二三]级)?(?:指标|项目|部门|单位|资金)?")


def new_subject(clause: str) -> str:
    """The subject that a clause names for itself, or "" where it goes on about the last one.

    ``比上年增加`` names none; ``其中公务接待费比上年减少`` names 公务接待费, ``其中比上年`` 其中.
    """
    head = _CUES.split(_CONNECT.sub("", clause), maxsplit=1)[0]
    head = _CONNECT.sub("", head).strip()
    return head if head and not _GENERIC.fullmatch(head) else _PART.findall(clause)[0]


def is_rate(figure: Figure, role: Role) -> bool:
    """True for a printed percentage of a role; bounds such as 低于 97% are no statements."""
    quantity = figure.quantity
    bounded = quantity.low is not None and quantity.high is not None
    return figure.role is role and quantity.unit.dimension is Dimension.PERCENT and bounded


class Measured(NamedTuple):
    """The figures that a change or rate may measure, the likeliest first, and how sure that is."""

    figures: list[Figure]
    sure: bool


def growth(book: Book) -> Iterator[Claim]:
    """比上年增加 c，增长 g%：g = c ÷ (v ∓ c)；写明基数 b 时 g = c ÷ b 或 (v − b) ÷ b。

    来源：决算情况说明的“比上年决算数增加…，增长…”“比年初预算数减少…，下降…”“比 2022 年的 b 增长…”句式。
    例：其他收入 1.42 万元，比上年增加 1.13 万元，增长 390.2%：1.13 ÷ (1.42 − 1.13)，在尾差范围内。
    边界：在 (v, c) 区间的角点上求值，不把含同一项的两个区间相除。增减额写“减少”、增减率写“增长”的，方向不
    一致即不成立；增减率另有比较对象的不查。另起主语的，本数按名称在表格里只找到一个时才报错；“分别”“其中”、
    百分点、只有比率而没有增减额和基数的，都不查。
    """
    for run in book.runs:
        for index, rate in enumerate(run.figures):
            if index and is_rate(rate, Role.GROWTH):
                yield from _growth_of(run, index, book.names)


def _growth_of(run: Run, index: int, names: Names) -> Iterator[Claim]:
    rate, before = run.figures[index], run.figures[index - 1]
    if PARTED.search(run.leads[index]) or new_subject(run.clause(index)):
        return
    if before.role is Role.CHANGE:
        if not _OWN_BASE.search(run.leads[index]):
            yield from _growth_from_change(run, index, names)
    elif _COMPARED.search(run.leads[index - 1]) and _MOVED.match(run.leads[index]):
        # What is compared with may be of a year of its own, which the value is not.
        values, sure = values_of(run, index - 1, replace(before, period=rate.period), names)
        base = names.sharpened(before)
        claims = (grown_from(rate, names.sharpened(value), base) for value in values)
        yield from settle(claims, strict=sure)
    elif _change_behind(run, index):
        moved = run.figures[index + 1]
        values, sure = values_of(run, index, moved, names)
        readings = [grown_by(rate, moved, names.sharpened(value)) for value in values]
        yield from settle(readings, strict=sure)


_SAME_MOVE = re.compile(
    r"^[,，]?(?:即|也就是|也即|合|折合|共|净)?(?:比上年)?(?:增加|减少|增长|下降|多|少|增|减)"
)


def _change_behind(run: Run, index: int) -> bool:
    """增长11.1%，即多424.15万元: the change is told behind its rate, and has no rate of its own."""
    behind = run.figures[index + 1 : index + 3]
    if not behind or behind[0].role is not Role.CHANGE:
        return False
    if len(behind) > 1 and is_rate(behind[1], Role.GROWTH):
        return False
    rate, moved = run.figures[index], behind[0]
    same = rate.basis == moved.basis and rate.subject == moved.subject
    return (
        same and rate.direction is moved.direction and bool(_SAME_MOVE.match(run.leads[index + 1]))
    )


def _growth_from_change(run: Run, index: int, names: Names) -> Iterator[Claim]:
    rate, moved = run.figures[index], run.figures[index - 1]
    if PARTED.search(_BOTH.sub("", run.leads[index - 1])):
        return
    base = _base(run, index - 1)
    if base is not None:
        yield from _contrary(rate, moved) or (
            percent("growth", rate, moved, names.sharpened(base)),
        )
        return
    values, sure = values_of(run, index - 1, moved, names)
    readings = [grown_by(rate, moved, names.sharpened(value)) for value in values]
    if _contrary(rate, moved) and not (sure and readings):
        yield from _contrary(rate, moved)
    else:
        yield from settle(readings, strict=sure)


_BOTH = re.compile("(?<=支总计)[各均]")  # 收、支总计各增加: the two are one number


def _contrary(rate: Figure, moved: Figure) -> tuple[Claim, ...]:
    """减少 c，增长 g%: one of the two words is wrong, whatever the values."""
    goes_down = rate.direction is Direction.DOWN or rate.quantity.value < 0
    if goes_down is falls(moved) or not rate.quantity.value or not moved.quantity.value:
        return ()
    word = "减少" if falls(moved) else "增加"
    zero, sign = Decimal(0), rate.quantity.value
    bounds = Interval(None, zero) if sign > 0 else Interval(zero, None)
    formula = f"{word} {show(moved).removeprefix('-')}，增减方向不一致"
    return (Claim("growth", rate, (moved,), formula, zero, bounds),)


def _base(run: Run, index: int) -> Figure | None:
    """The figure that a change is measured from: ``比年初预算 b 减少 c``."""
    if index == 0 or not _MOVED.match(run.leads[index]):
        return None
    base = run.figures[index - 1]
    compatible = base.quantity.unit.compatible(run.figures[index].quantity.unit)
    return base if compatible and _COMPARED.search(run.leads[index - 1]) else None


def values_of(run: Run, index: int, like: Figure, names: Names) -> Measured:
    """The figures that ``run.figures[index]`` may measure, the likeliest first; and how sure.

    Where the clause goes on about the subject of the sentence, they are the values before it in
    the sentence, or, where it opens the sentence, those of the sentence before. Where it names a
    subject of its own, they are the values known by that name: enough to accuse the claim only
    where a table knows the name for one value.
    """
    subject = new_subject(run.clause(index))
    if subject:
        told = _said_before(run, re.sub("[各均]$", "", subject), like)
        if told is not None:
            return Measured([told], True)
        found = names.find(subject, like, VALUES) if len(subject) > 2 else []
        return Measured(found, one_fact(found) and not is_loose(fact_key(subject)))
    start = max(0, index - BACK)
    compared = {run.figures[i] for i in range(start, index) if _COMPARED.search(run.leads[i])}
    near = run.figures[start:index]
    for figures, roles in ((near, VALUES), (near, (Role.BUDGET,)), (run.previous, VALUES)):
        found = [
            figure
            for figure in reversed(figures)
            if figure.role in roles
            and figure not in compared
            and figure.period == like.period
            and figure.quantity.unit.compatible(like.quantity.unit)
        ]
        if found:
            found.sort(key=lambda figure: like.metric not in (figure.metric, figure.subject))
            # In the sentence before, only a lone value that nothing was compared with is surely meant.
            lone = len(found) == 1 and not any(f.role is Role.GROWTH for f in figures)
            return Measured(found, figures is near or lone)
        if roles == (Role.BUDGET,) and near:
            break
    return Measured([], False)


def _said_before(run: Run, subject: str, like: Figure) -> Figure | None:
    """The one value of the sentence before, where it bears just this name: 收、支总计 4,042.12 万元。"""
    values = [
        figure
        for figure in run.previous
        if figure.role in VALUES
        and figure.period == like.period
        and figure.quantity.unit.compatible(like.quantity.unit)
    ]
    if len(values) != 1 or len(subject) < _NAME:
        return None
    name = fact_key(_YEAR.sub("", values[0].metric))
    return values[0] if name == fact_key(subject) else None


_NAME = 3  # characters of a name


def one_fact(found: Sequence[Figure]) -> bool:
    """True where a name is known for one value, and a table gives it."""
    intervals = [interval.of(figure.quantity) for figure in found]
    alike = all(each.overlaps(intervals[0]) for each in intervals)
    return alike and any(is_cell(figure) for figure in found)


def change(book: Book) -> Iterator[Claim]:
    """v 比 b 增加（减少）c：c = v − b（或 b − v）。

    来源：写明比较基数的句式，如“比年初预算 b 减少 c”“比 2022 年的 60 元提高 4 元”。
    例：64 元 − 60 元 = 4 元。
    边界：没有写明基数的不查；本年数不在句中时，只在按名称找到的数能算出时确认，或者表格里只有一个时才报错。
    """
    for run in book.runs:
        for index, moved in enumerate(run.figures):
            base = _base(run, index) if moved.role is Role.CHANGE else None
            if base is not None and not PARTED.search(run.leads[index - 1] + run.leads[index]):
                values, sure = values_of(run, index - 1, moved, book.names)
                sure = sure and not _of_other_name(run, base, values)
                yield from settle((_moved(moved, v, base) for v in values), strict=sure)


def _of_other_name(run: Run, base: Figure, values: Sequence[Figure]) -> bool:
    """“其中：项目支出 a。与上年实际支出 b 相比，增加 c”: what is compared is not the part told last."""
    if base.role not in VALUES or not values or values[0] not in run.previous:
        return False
    last, value = (fact_key(_YEAR.sub("", figure.metric)) for figure in (base, values[0]))
    return bool(last and value) and last not in value and value not in last


_YEAR = re.compile(r"20\d\d年度?|上年度?|去年")


def _moved(moved: Figure, value: Figure, base: Figure) -> Claim:
    down = moved.direction is Direction.DOWN
    terms = [(1, base), (-1, value)] if down else [(1, value), (-1, base)]
    return signed_total("change", moved, terms)


def zero_base(book: Book) -> Iterator[Claim]:
    """上年为 0 的增长率写作“--”“不可比”：正确，不是错误。

    来源：决算情况说明“增长--（基数为0，不可比）”。
    例：政府性基金收入 100 万元，比上年增加 100 万元，增长--。
    边界：写“减少”的不成立；写明“基数为 0”而本年数与增加额不等的不成立，没有写明的不查。
    """
    for run in book.runs:
        for index, moved in enumerate(run.figures):
            after = run.leads[index + 1] if index + 1 < len(run.leads) else run.tail
            if moved.role is Role.CHANGE and _NO_RATE.search(after[:24]):
                values, sure = values_of(run, index, moved, book.names)
                if values and values[0].quantity.base == moved.quantity.base:
                    yield from _no_rate(moved, values[0])
                elif len(values) == 1 and sure and _ZERO_BASE.search(after):
                    yield signed_total("change", moved, [(1, values[0])])


def _no_rate(moved: Figure, value: Figure) -> Iterator[Claim]:
    if falls(moved) and moved.quantity.value:
        zero = Interval(Decimal(0), Decimal(0))
        formula = f"{show(value)} 比上年减少，而基数为 0"
        yield Claim("growth", moved, (value,), formula, Decimal(0), zero)
    else:
        reason = "基数为 0，不可比"
        yield Claim("growth", moved, (value,), show(value), None, None, reason)


_ZERO_BASE = re.compile(r"^[^。;]{0,20}基数为\s*(?:0|零)")
_NO_RATE = re.compile(r"-{2}|—{1,2}|不可比|(?:基数|上年)[^,;。]{0,4}为$|无法(?:比较|计算)|无可比")
