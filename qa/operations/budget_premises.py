"""Questions that take for granted that an item went beyond its budget, or did not use it up."""

from __future__ import annotations

import re
from decimal import Decimal

from ingest.model import Role
from ingest.quantity import UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.operations.context import Context, choose
from qa.operations.pairs import find_pair
from qa.operations.text_search import keys_of
from qa.plan import Target
from qa.present import PREMISE_FAILS, shown
from qa.texts.index import index_of
from qa.texts.model import TextKind
from qa.words.matching import grams, squeeze

_BUDGET = r"(?:年初|全年|当年|调整后?)?的?预算(?:数|安排)?"
_OVER = re.compile(rf"超支|超(?:出|过)?了?{_BUDGET}|(?:大于|高于|多于|超过)了?{_BUDGET}")
_UNDER = re.compile(
    rf"(?:没有?|未能?)(?:全部|按时)?(?:完成|花完|用完|达到|花到|执行完)了?{_BUDGET}|(?:小于|低于|少于|不足)了?{_BUDGET}"
    r"|没(?:有)?(?:花|用)(?:完|光)"
)
_NO_NAME = re.compile(
    rf"为什么|为何|为啥|原因|是什么|{_BUDGET}|决算数?|支出数?|经费支出|执行|花|钱|费用支出|[那这]?一?笔|[的了都么啊]|会"
)
_ALL = 100  # per cent of the budget
_NAMED = 0.8  # share of the asked name's grams that a figure's own names have


def budget_premise(context: Context) -> Draft | None:
    """The item's budget and what was spent, where the question has it the other way round."""
    text = context.plan.text
    over = _OVER.search(text) is not None
    if over == (_UNDER.search(text) is not None):
        return None
    name = _NO_NAME.sub("", _UNDER.sub("", _OVER.sub("", _asked_name(context)))).strip()
    if _stated(context, name):
        return None
    if len(squeeze(name)) < 2:
        return _whole(context, over) if over or context.plan.projects else None
    return _by_amounts(context, name, over) or _by_rate(context, name, over)


def _stated(context: Context, name: str) -> bool:
    """Whether the report itself says so in so many words: 决算数大于年初预算的主要原因是…."""
    claim = _OVER.search(context.plan.text) or _UNDER.search(context.plan.text)
    if claim is None:
        return False
    words, wanted = squeeze(claim.group()), grams(squeeze(name))
    parts: dict[int, set[int]] = {}
    for report, part in keys_of(context, TextKind.REASON):
        parts.setdefault(report, set()).add(part)
    for report, inside in parts.items():
        index = index_of(context.evidence.index(report).document)
        for segment in index.segments:
            if segment.part not in inside or words not in squeeze(segment.text):
                continue
            own = grams(squeeze(segment.text)) | grams(segment.label)
            if len(wanted & own) >= _NAMED * len(wanted):
                return True
    return False


def _asked_name(context: Context) -> str:
    targets = context.plan.targets
    return targets[0].key if targets else ""


def _by_amounts(context: Context, name: str, over: bool) -> Draft | None:
    pair = find_pair(context, f"{name}决算数", f"{name}预算数")
    if pair is None or pair.behind:
        return None
    spent, budget = pair.left.best, pair.right.best
    if not (_is_named(spent, name) and _is_named(budget, name)):
        return None
    if budget.figure.role is not Role.BUDGET or spent.figure.role is Role.BUDGET:
        return None
    try:
        rate = compute.percent_of(spent.figure, budget.figure)
    except UnitError:
        return None
    if rate is None or _is_so(rate.value, over):
        return None
    draft = Draft(phrase=name)
    value = draft.show(spent, label=f"{name}决算数")
    draft.show(budget, label=f"{name}预算数")
    draft.text = (
        f"{PREMISE_FAILS}：{value.entity}{value.period}年{name}决算数为 {shown(spent.figure)}，"
        f"预算数为 {shown(budget.figure)}，{_denial(over, int(rate.value == _ALL))}。"
    )
    return draft


def _by_rate(context: Context, name: str, over: bool) -> Draft | None:
    choice = choose(context, Target(f"{name} 完成预算", Role.COMPLETION))
    if choice.best is None or not _is_named(choice.best.best, name):
        return None
    return _told(choice.best.best, name, over)


def _is_so(rate: Decimal, over: bool) -> bool:
    """Whether more was spent than the budget, or less, as the question says."""
    return rate > _ALL if over else rate < _ALL


def _whole(context: Context, over: bool) -> Draft | None:
    """``超支的原因`` of a project or body as a whole, ``为啥没花完`` of a project."""
    choice = choose(context, Target("预算执行率 完成预算", Role.COMPLETION))
    if choice.best is None:
        return None
    return _told(choice.best.best, "", over)


def _told(candidate: Candidate, name: str, over: bool) -> Draft | None:
    rate = candidate.figure.quantity.value
    if _is_so(rate, over):
        return None
    draft = Draft(phrase=name or candidate.figure.metric)
    value = draft.show(candidate, label=candidate.figure.metric)
    draft.text = (
        f"{PREMISE_FAILS}：{value.entity}{value.period}年{candidate.figure.metric}{_rate_of(candidate)}"
        f"为 {shown(candidate.figure)}，{_denial(over, int(rate == _ALL))}。"
    )
    return draft


def _rate_of(candidate: Candidate) -> str:
    return "" if re.search("率$|完成", candidate.figure.metric) else "的预算完成率"


def _denial(over: bool, whole: int) -> str:
    if over:
        return "没有超支"
    return "预算已全部支出" if whole else "支出没有少于预算"


def _is_named(candidate: Candidate, name: str) -> bool:
    figure = candidate.figure
    own = grams(
        " ".join((figure.metric, figure.subject, *figure.row_path, *figure.column_path))
    ) | grams(figure.sentence)
    wanted = grams(squeeze(name))
    return bool(wanted) and len(wanted & own) >= _NAMED * len(wanted)
