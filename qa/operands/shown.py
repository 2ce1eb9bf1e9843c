"""What a follow-up works out from the figures just shown: 占项目总支出多少, 比出租屋的低几个百分点.

The other figure that it names is asked for as a question of its own in the conversation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from ingest.model import Figure
from ingest.quantity import UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.plan import Operation, Plan
from qa.present import Computed, shown

_LEAD = (
    r"^(?:那么?|它们?|这(?:些|[两三四五六]项|几项|笔|个数)?|合计|一共|加起来|又|大约|大概|总共|其)*"
)
_ASKED = r"(?:的)?(?:比重|比例|百分比|份额)?(?:是|为|有|达|约)?(?:多少|百分之几|百分之多少|多大|几成|几分之几)"
_END = r"(?:呢)?[?？。\s]*$"
_SHARE = re.compile(rf"{_LEAD}占(?:了|到|整个|全部)?(?P<other>[^,，。占比]{{2,24}}?){_ASKED}{_END}")
_OF_IT = re.compile(
    rf"^(?:那么?)?(?P<other>[^,，。占比]{{2,24}}?)(?:只|仅|约)?(?:相当于|占|是|为|达到?)(?:了)?(?:它|这个数?|其|前者|上述金额|这笔钱?)的?"
    rf"(?P<how>百分之几|百分之多少|几倍|多少倍|几成|比重是?多少|比例是?多少){_END}"
)
_THAN = re.compile(
    rf"{_LEAD}(?:比|较)(?P<other>(?!上|去|前|同期|预算|年初|计划|目标|其|(?:19|20)?\d\d年)[^,，。比]{{2,24}}?)(?:要|又|还)?"
    rf"(?P<way>高|低|多|少|大|小)(?:了|出)?(?P<how>几个?百分点|多少个?百分点|多少|几)[^,，。]{{0,3}}{_END}"
)
# 年初下达的比这个数多了多少: the figure shown comes second.
_THAN_SHOWN = re.compile(
    r"^(?:那么?)?(?P<other>[^,，。占比]{2,24}?)的?(?:比|较)(?:这个数字?|它|前者|上述金额|这笔钱?)(?:要|又|还)?"
    rf"(?P<way>高|低|多|少|大|小)(?:了|出)?(?:几个?百分点|多少个?百分点|多少|几)[^,，。]{{0,3}}{_END}"
)
# 其中政府性基金占多少: a part of what was shown.
_PART_OF_IT = re.compile(
    rf"^(?:那么?)?其中[，,]?(?P<other>[^,，。占比]{{2,24}}?)占(?:了|到)?(?:多少|百分之几|百分之多少|多大比[例重]|几成){_END}"
)
# 和门户网站发布的加起来是多少: the figure shown and another one.
_WITH = re.compile(
    r"^(?:那么?)?(?:和|跟|与|再?加上?)(?P<other>[^,，。]{2,24}?)(?:的)?(?:加起来|加在一起|合起来|合计|一共|总共|相加)"
    rf"(?:是|有|为|共)?(?:多少|几)[^,，。]{{0,3}}{_END}"
)
_TIMES = re.compile(r"倍")


class OfShown(NamedTuple):
    """What a follow-up asks of the figures shown: `deed` with `other`, in the order it says."""

    deed: (
        str  # "share": shown ÷ other, "of": other ÷ shown, "times": the same as a multiple, "than"
    )
    other: str


def of_shown(question: str) -> OfShown | None:
    """How a follow-up relates what was shown to another figure; None where it does not."""
    part = _PART_OF_IT.search(question)
    if part is not None:
        return OfShown("of", part["other"].strip("的"))
    together = _WITH.search(question)
    if together is not None:
        return OfShown("sum", together["other"].strip("的"))
    share, of, than = (form.search(question) for form in (_SHARE, _OF_IT, _THAN))
    than = than or _THAN_SHOWN.search(question)
    if share is not None:
        return OfShown("share", share["other"].strip("的"))
    if of is not None:
        return OfShown("times" if _TIMES.search(of["how"]) else "of", of["other"].strip("的"))
    return OfShown("than", than["other"].strip("的")) if than is not None else None


_TOTAL = re.compile(
    r"(?:该|本|整个|全部)?(?:项目|表|明细表?|支出表?)?(?:的)?(?:总支出|支出总额|总金额|总额|总数|总费用|合计|总计|全部支出|总付款|支付总额)(?:数|额)?"
)
_TOTAL_ROW = re.compile(r"(?:支出|费用|金额)?(?:合计|总计|总额)(?:数|额)?")


def column_total(asked: OfShown, before: Sequence[Candidate]) -> Candidate | None:
    """The total of the table column in which all the figures shown stand, where that is asked for."""
    first = before[0]
    places = {
        (each.document.sha256, each.figure.locator.table, each.figure.column_path)
        for each in before
    }
    if len(places) != 1 or first.figure.locator.table is None or not _TOTAL.fullmatch(asked.other):
        return None
    totals = [
        figure
        for figure in first.document.figures
        if figure.locator.table == first.figure.locator.table
        and figure.column_path == first.figure.column_path
        and figure.row_path
        and _TOTAL_ROW.fullmatch(re.sub(r"\s", "", figure.row_path[-1]))
    ]
    return replace(first, figure=totals[0]) if len(totals) == 1 else None


def worked_with(asked: OfShown, before: Sequence[Candidate], other: Candidate) -> Draft | None:
    """The calculation; None for unlike figures, for one figure twice and for a share above the whole.

    Args:
        asked: what is asked.
        before: the figures that were shown; several are added up, of which only a share is asked.
        other: the figure that the follow-up names.
    """
    if any(_same(each, other) for each in before) or (len(before) > 1 and asked.deed != "share"):
        return None
    operands = [other, *before] if asked.deed in ("of", "times") else [*before, other]
    make = _WAYS[asked.deed]
    try:
        result = make([each.figure for each in operands])
    except UnitError:
        return None
    if result is None or (asked.deed == "share" and result.value > _WHOLE):
        return None
    name = "、".join(dict.fromkeys(each.figure.metric for each in operands[:-1]))
    down = asked.deed == "than" and result.value < 0
    if down:
        operands.reverse()
        result = make([each.figure for each in operands]) or result
    label = {
        "than": f"{name} 比 {asked.other}{'低' if down else '高'}",
        "sum": f"{name}与{operands[-1].figure.metric}合计",
    }.get(asked.deed, f"{name} ÷ {operands[-1].figure.metric}")
    draft = Draft(phrase=asked.other)
    value = draft.derive(
        result, operands, label=label, metric=name, period=operands[0].period, again=make
    )
    facts = "，".join(f"{each.figure.metric} {shown(each.figure)}" for each in operands)
    draft.text = f"{label}：{value.number}{value.unit}（{result.formula}）。依据：{facts}。"
    return draft


def _same(one: Candidate, other: Candidate) -> bool:
    return (one.document.sha256, one.figure.no) == (other.document.sha256, other.figure.no)


_WHOLE = 100  # per cent: no part is more


def _share(figures: Sequence[Figure]) -> Computed | None:
    return compute.percent_of_total(figures[:-1], figures[-1])


_WAYS: dict[str, Callable[[Sequence[Figure]], Computed | None]] = {
    "share": _share,
    "of": _share,
    "times": lambda figures: compute.multiple_of(figures[0], figures[1]),
    "than": lambda figures: compute.difference(figures[0], figures[1]),
    "sum": lambda figures: compute.total(list(figures)),
}


# 换成元是多少, 具体数, 精确到…: the same figure is asked for once more.
_ONCE_MORE = re.compile(r"元|具体|精确|准确|确切|原文|出处|再|多少钱|是多少|哪里|哪[一]?页|怎么写")


def same_again(plan: Plan, draft: Draft, before: Plan, figures: Sequence[Candidate]) -> bool:
    """Whether ``出租屋的呢`` brings the very figure that was shown before, of the same year.

    Args:
        plan: the follow-up.
        draft: what was found for it.
        before: the turn before.
        figures: what that one showed.
    """
    picked = before.operation in (Operation.RANK, Operation.FILTER)  # 付了多少: of what was picked
    if len(draft.figures) != 1 or len(figures) != 1 or picked:
        return False
    if plan.completed:  # another thing was put in the place of the one before
        return _same(draft.figures[0].candidate, figures[0])
    own = re.sub(r"[的呢那么吗?？,，。\s]", "", plan.question)
    if len(own) < _NAMES or _ONCE_MORE.search(plan.question) or plan.years != before.years:
        return False
    return _same(draft.figures[0].candidate, figures[0])


_NAMES = 2  # characters that name something
