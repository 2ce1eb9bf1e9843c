"""Words that compare figures: above or below a target, all above a bound, more than the budget."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest import interval
from ingest.equations.book import Run
from ingest.equations.claims import closed
from ingest.model import Assertion, Direction, Figure, Role, Said
from ingest.quantity import Dimension
from ingest.structure.texts import Texts, agreed, contrary, said_of

_AIM = r"(?:年度)?(?:目标|考核|控制|预期|计划|指标|标准)(?:[值数])?(?:要求)?"
_ABOVE = ("高于", "超过", "大于", "超出", "不低于", "达到")
_BELOW = ("低于", "小于", "不高于", "不超过", "未达到", "未达")
_EQUAL = ("不低于", "不高于", "不超过", "达到")
_WORD = "|".join(sorted((*_ABOVE, *_BELOW), key=len, reverse=True))
_BEFORE = re.compile(rf"(?P<word>{_WORD})了?(?P<aim>{_AIM}[的为是]*)?\s*$")
_AFTER = re.compile(rf"\s*的?{_AIM}")
_LINK = re.compile(r"^[^,;。]{0,6}?,?(?:已|均|仍|也|略|明显|大幅|稍|尚|远)*$")
# Of these less is better: to reach a target is to stay below it.
REVERSED = re.compile(
    r"投诉|超|差|成本|费用|单价|造价|投资|时间|时长|工作日|天|事故|违|退|缺|损|漏|误|空|流失|死亡|发病|能耗|排放|负债|补贴"
)
_SIGN = {1: "高于", 0: "等于", -1: "低于"}


def against_target(texts: Texts) -> Iterator[Assertion]:
    """“就业率 77.84%，高于 80% 的目标”：高于、低于、达到、未达到与两个数的大小一致。

    来源：绩效评价报告、自评表中完成情况与目标值的比较。
    例：77.84% 小于 80%，写作“高于”即不一致。
    边界：两个数在同一句、单位相同，比较词紧接在前一个数之后；“达到”“未达到”不查反向指标（投诉、成本等）；
    按所印位数的区间可能相等的不报。
    """
    for run in texts.book.runs:
        for index in range(1, len(run.figures)):
            match = _BEFORE.search(run.leads[index])
            after = run.leads[index + 1] if index + 1 < len(run.leads) else run.tail
            if match and (match["aim"] or _AFTER.match(after)):
                yield from _target(texts, run, index, match)


def _target(texts: Texts, run: Run, index: int, match: re.Match[str]) -> Iterator[Assertion]:
    value, aim, word = run.figures[index - 1], run.figures[index], match["word"]
    linked = _LINK.match(run.leads[index][: match.start()])
    measured = value.role not in (Role.TARGET, Role.CHANGE, Role.GROWTH)
    if not linked or not measured or not closed(value):
        return
    if match["aim"] and word in ("超过", "超出"):
        return  # 超过目标29人: by how much
    named = value.metric + value.subject
    reached = word in ("达到", "未达到", "未达") and REVERSED.search(named)
    if reached or not value.quantity.unit.compatible(aim.quantity.unit):
        return
    order = order_of(value, aim)
    if order is None:
        return
    text = texts.text_of(aim)
    stated = text.said(aim.start - len(run.leads[index]) + match.start(), aim.end)
    others = (said_of(value),)
    if order == (1 if word in _ABOVE else -1) or (order == 0 and word in _EQUAL):
        yield agreed("against_target", value.part, value.metric, stated, others)
        return
    if match["aim"]:
        return  # 低于目标值5%: the target, or by how much
    shown = f"{others[0].text}{_SIGN[order]}{aim.quantity.printed}{aim.quantity.unit.symbol}"
    words = f"{value.metric}：写“{stated.text}”，而{shown}。"
    yield contrary("against_target", value.part, value.metric, stated, others, shown, words)


def order_of(value: Figure, other: Figure) -> int | None:
    """1 where a value is surely above another, −1 below, 0 where printed alike, else None."""
    if value.quantity.base == other.quantity.base:
        return 0
    edge = interval.of(other.quantity)
    if other.quantity.approx:  # 高于80%: the words open the interval, the bound itself is plain
        edge = interval.Interval(other.quantity.base, other.quantity.base)
    if interval.of(value.quantity).overlaps(edge):
        return None
    return 1 if value.quantity.base > other.quantity.base else -1


_ALL = re.compile(r"(?:均|都|全部|全)(?:在|达到|达|为|高于|超过|不低于|低于|不高于|不超过)?\s*$")
_LOW_BOUND = re.compile(r"(?:(?<!不)(?:高于|超过)|不低于|达到|达)\s*$")
_HIGH_BOUND = re.compile(r"(?:(?<!不)低于|不高于|不超过)\s*$")
_EXTREME = re.compile(r"(?P<which>最低|最高|最少|最多|最小|最大)[^,;。\d]{0,6}$")
_REACH = 5  # figures after a bound among which its extremes stand


def all_within(texts: Texts) -> Iterator[Assertion]:
    """“均在 90 分以上，最高 99.5 分，最低 89.2 分”：最低不低于下限，最高不高于上限，平均在两者之间。

    来源：自评情况、满意度、执行率等成组结果的概括。
    例：最低 89.2 分，写作“均在 90 分以上”即不一致。
    边界：最低、最高、平均与“均在……以上（以下）”在同一句，单位相同。
    """
    for run in texts.book.runs:
        for index, bound in enumerate(run.figures):
            lead = run.leads[index]
            if _ALL.search(lead):
                yield from _bounded(texts, run, index, bound)
            elif re.search(r"平均[^,;。\d]{0,6}$", lead):
                yield from _mean(run, index)


def _bounded(texts: Texts, run: Run, index: int, bound: Figure) -> Iterator[Assertion]:
    after = run.leads[index + 1] if index + 1 < len(run.leads) else run.tail
    lead = run.leads[index]
    printed = bound.quantity.approx + after[:3]
    low = "以上" in printed or _LOW_BOUND.search(lead) is not None
    high = "以下" in printed or "以内" in printed or _HIGH_BOUND.search(lead) is not None
    if low == high:
        return
    which = ("最低", "最少", "最小") if low else ("最高", "最多", "最大")
    for extreme, word in _extremes(run, index):
        if word not in which or not extreme.quantity.unit.compatible(bound.quantity.unit):
            continue
        mine, edge = extreme.quantity.base, bound.quantity.base
        text = texts.text_of(bound)
        match = _ALL.search(lead)
        start = bound.start - (len(lead) - match.start() if match else 0)
        stated = text.said(start, bound.end + (2 if after.startswith(("以上", "以下")) else 0))
        others = (said_of(extreme),)
        if (mine < edge) if low else (mine > edge):
            shown = f"{word}{others[0].text}"
            words = f"写“{stated.text}”，而{shown}。"
            yield contrary("all_within", bound.part, bound.metric, stated, others, shown, words)
        else:
            yield agreed("all_within", bound.part, bound.metric, stated, others)


def _extremes(run: Run, index: int) -> Iterator[tuple[Figure, str]]:
    around = range(max(0, index - _REACH), min(len(run.figures), index + 1 + _REACH))
    for position in around:
        match = _EXTREME.search(run.leads[position])
        if match and position != index and closed(run.figures[position]):
            yield run.figures[position], match["which"]


def _mean(run: Run, index: int) -> Iterator[Assertion]:
    """An average above the highest or below the lowest of the same sentence."""
    mean = run.figures[index]
    for extreme, word in _extremes(run, index):
        if not closed(mean) or not extreme.quantity.unit.compatible(mean.quantity.unit):
            continue
        order = order_of(mean, extreme)
        top = word in ("最高", "最多", "最大")
        if order == (1 if top else -1):
            stated, others = said_of(mean), (said_of(extreme),)
            shown = f"{word}{others[0].text}"
            words = f"平均{stated.text}，而{shown}。"
            yield contrary("all_within", mean.part, mean.metric, stated, others, shown, words)


_RELATION = re.compile(
    r"(?:决算数?|(?<=[,，])(?=与))(?P<word>大于|高于|超过|小于|低于|等于|与)(?P<which>年初|全年|调整后?)?预算数?(?P<same>持平|一致|相同|相等)?"
)


def against_budget(texts: Texts) -> Iterator[Assertion]:
    """“决算数大于（小于、等于）预算数”：与同段所列的预算数、决算数大小一致。

    来源：部门决算情况说明“支出决算为 v，年初预算为 b……决算数大于预算数的主要原因”。
    例：年初预算 60.00 万元，支出决算 42.16 万元，写作“决算数大于年初预算数”即不一致。
    边界：同一段里这句话之前恰有一个预算数和一个决算数（写明年初、全年的，按口径取）；金额可能相等的不报。
    """
    for paragraph in texts.book.paragraphs:
        figures = [figure for run in paragraph for figure in run.figures]
        if figures[0].locator.table is not None:
            continue
        text = texts.text_of(figures[0])
        for match in _RELATION.finditer(text.folded):
            yield from _budgeted(text.folded, figures, match, texts)


def _budgeted(
    folded: str, figures: list[Figure], match: re.Match[str], texts: Texts
) -> Iterator[Assertion]:
    if match["word"] == "与" and not match["same"]:
        return
    before = [f for f in figures if f.end <= match.start() and _is_money(f)]
    budgets = [f for f in before if f.role is Role.BUDGET][-2:]
    which = (match["which"] or "")[:2]
    named = [f for f in budgets if which and which in "".join((f.metric, *f.scope))]
    budgets = named or budgets
    values = [f for f in before if f.role in (Role.VALUE, Role.ACTUAL)][-2:]
    if len({f.quantity.base for f in budgets}) != 1 or len({f.quantity.base for f in values}) != 1:
        return
    value, budget = values[-1], budgets[-1]
    between = folded[max(value.end, budget.end) : match.start()]
    order = order_of(value, budget)
    if order is None or len(between) > _NEAR:
        return
    word = match["word"]
    said = 0 if match["same"] or word == "等于" else 1 if word in _ABOVE else -1
    stated = texts.text_of(value).said(match.start(), match.end())
    others = (said_of(value), said_of(budget))
    subject = value.metric
    if said == order:
        yield agreed("against_budget", value.part, subject, stated, others)
        return
    shown = f"决算数{others[0].text}{_SIGN[order]}预算数{others[1].text}"
    words = f"{subject}：写“{stated.text}”，而{shown}。"
    yield contrary("against_budget", value.part, subject, stated, others, shown, words)


_NEAR = 60  # characters between the amounts and the words that compare them


def _is_money(figure: Figure) -> bool:
    return figure.quantity.unit.dimension is Dimension.MONEY and closed(figure)


_SPEED = re.compile(r"增幅|降幅|增速|增长率|占比|比重|率")


def one_direction(texts: Texts) -> Iterator[Assertion]:
    """“增加 c，下降 g%”：增减额与增减率的方向一致。

    来源：决算情况说明“比上年增加（减少）…，增长（下降）…”句式。
    例：减少 2 万元，增长 16.7%，方向不一致。
    边界：两个数相邻，同一基数，后一个不是增幅、占比的变化；为 0 的不查。
    """
    for run in texts.book.runs:
        for index in range(1, len(run.figures)):
            moved, rate = run.figures[index - 1], run.figures[index]
            pair = moved.role is Role.CHANGE and rate.role is Role.GROWTH
            percent = rate.quantity.unit.dimension is Dimension.PERCENT
            lead = run.leads[index]
            if not (pair and percent and closed(moved) and closed(rate)) or _SPEED.search(lead):
                continue
            apart = moved.direction is not rate.direction and Direction.NONE not in (
                moved.direction,
                rate.direction,
            )
            nothing = not moved.quantity.value or not rate.quantity.value
            if apart and not nothing and len(lead) <= _SHORT and moved.basis == rate.basis:
                stated, other = (
                    _moved(texts, rate, lead),
                    _moved(texts, moved, run.leads[index - 1]),
                )
                words = f"{moved.metric}：前写“{other.text}”，后写“{stated.text}”，方向不一致。"
                yield contrary(
                    "one_direction", rate.part, moved.metric, stated, (other,), message=words
                )


_SHORT = 10


def _moved(texts: Texts, figure: Figure, lead: str) -> Said:
    word = re.search(r"[^,;。:]{0,6}$", lead)
    start = figure.start - (len(word.group()) if word else 0)
    return texts.text_of(figure).said(start, figure.end, figure.no)
