"""Changes and rates of growth that sentences state beside the figures that they follow from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.book import Book, Run
from ingest.claims import Claim, grown_by, grown_from, percent, settle, show, signed_total
from ingest.model import Direction, Figure, Role
from ingest.naming import Names
from ingest.quantity import Dimension

BACK = 10  # figures looked back at in a sentence
VALUES = (Role.VALUE, Role.ACTUAL)
# Words after which the figures of a sentence are no longer about one subject, one by one.
PARTED = re.compile(r"分别|各(?!项|类)|另|此外|其余|人均|平均|预计|力争")
_COMPARED = re.compile(r"(?:比|较|与|同)[^,;。]*$")
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
    closed = quantity.low is not None and quantity.high is not None
    return figure.role is role and quantity.unit.dimension is Dimension.PERCENT and closed


def growth(book: Book) -> Iterator[Claim]:
    """比上年增加 c，增长 g%：g = c ÷ (v ∓ c)；写明基数 b 时 g = c ÷ b 或 (v − b) ÷ b。

    来源：决算情况说明的“比上年决算数增加…，增长…”“比年初预算数减少…，下降…”“比 2022 年的 b 增长…”句式。
    例：其他收入 1.42 万元，比上年增加 1.13 万元，增长 390.2%：1.13 ÷ (1.42 − 1.13)，在尾差范围内。
    边界：在 (v, c) 区间的角点上求值，不把含同一项的两个区间相除。另起主语、“分别”“其中”、百分点、
    只有比率而没有增减额和基数的，都不查；增减方向相反的列为不可查。
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
        yield from _growth_from_change(run, index, names)
    elif _COMPARED.search(run.leads[index - 1]) and _MOVED.match(run.leads[index]):
        values, sure = values_of(run, index - 1, before, names)
        base = names.sharpened(before)
        claims = (grown_from(rate, names.sharpened(value), base) for value in values)
        yield from settle(claims, strict=sure)


def _growth_from_change(run: Run, index: int, names: Names) -> Iterator[Claim]:
    rate, moved = run.figures[index], run.figures[index - 1]
    if PARTED.search(run.leads[index - 1]):
        return
    if moved.direction is not rate.direction and rate.quantity.value != 0:
        reason = "增减方向不一致"
        yield Claim("growth", rate, (moved,), show(moved), None, None, reason)
        return
    base = _base(run, index - 1)
    start = index - 2 if base else index - 1
    values, sure = values_of(run, start, moved, names)
    readings = [percent("growth", rate, moved, names.sharpened(base))] if base else []
    readings += [grown_by(rate, moved, names.sharpened(value)) for value in values]
    yield from settle(readings, strict=sure or base is not None)


def _base(run: Run, index: int) -> Figure | None:
    """The figure that a change is measured from: ``比年初预算 b 减少 c``."""
    if index == 0 or not _MOVED.match(run.leads[index]):
        return None
    base = run.figures[index - 1]
    compatible = base.quantity.unit.compatible(run.figures[index].quantity.unit)
    return base if compatible and _COMPARED.search(run.leads[index - 1]) else None


def values_of(run: Run, index: int, like: Figure, names: Names) -> tuple[list[Figure], bool]:
    """The figures that ``run.figures[index]`` may measure, the likeliest first; and how sure.

    Where the clause goes on about the subject of the sentence, they are the values before it in
    the sentence, or, where it opens the sentence, those of the sentence before. Where it names a
    subject of its own, they are the values known by that name: enough to confirm the claim, not
    to accuse it.
    """
    subject = new_subject(run.clause(index))
    if subject:
        found = names.find(subject, like, VALUES) if len(subject) > 2 else []
        return found, False
    near = run.figures[max(0, index - BACK) : index]
    for figures, roles in ((near, VALUES), (near, (Role.BUDGET,)), (run.previous, VALUES)):
        found = [
            figure
            for figure in reversed(figures)
            if figure.role in roles
            and figure.period == like.period
            and figure.quantity.unit.compatible(like.quantity.unit)
        ]
        if found:
            # In the sentence before, only a lone value is sure to be what is meant.
            return found, figures is near or len(found) == 1
        if roles == (Role.BUDGET,) and near:
            break
    return [], False


def change(book: Book) -> Iterator[Claim]:
    """v 比 b 增加（减少）c：c = v − b（或 b − v）。

    来源：写明比较基数的句式，如“比年初预算 b 减少 c”“比 2022 年的 60 元提高 4 元”。
    例：64 元 − 60 元 = 4 元。
    边界：没有写明基数的不查；本年数不在句中时，只在按名称找到的数能算出时确认，不报错。
    """
    for run in book.runs:
        for index, moved in enumerate(run.figures):
            base = _base(run, index) if moved.role is Role.CHANGE else None
            if base is None or PARTED.search(run.leads[index - 1] + run.leads[index]):
                continue
            down = moved.direction is Direction.DOWN
            values, sure = values_of(run, index - 1, moved, book.names)
            readings = (
                signed_total(
                    "change", moved, [(1, base), (-1, v)] if down else [(1, v), (-1, base)]
                )
                for v in values
            )
            yield from settle(readings, strict=sure)


def zero_base(book: Book) -> Iterator[Claim]:
    """上年为 0 的增长率写作“--”“不可比”：正确，不是错误。

    来源：决算情况说明“增长--（基数为0，不可比）”。
    例：政府性基金收入 100 万元，比上年增加 100 万元，增长--。
    边界：只记下“不可查”和原因，本年数与增加额须相等。
    """
    for run in book.runs:
        for index, moved in enumerate(run.figures):
            after = run.leads[index + 1] if index + 1 < len(run.leads) else run.tail
            if moved.role is Role.CHANGE and _NO_RATE.search(after[:24]):
                values, _ = values_of(run, index, moved, book.names)
                if values and values[0].quantity.base == moved.quantity.base:
                    operands = (values[0],)
                    reason = "基数为 0，不可比"
                    yield Claim("growth", moved, operands, show(values[0]), None, None, reason)


_NO_RATE = re.compile(r"-{2}|—{1,2}|不可比|(?:基数|上年)[^,;。]{0,4}为$|无法(?:比较|计算)|无可比")
