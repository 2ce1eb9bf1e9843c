"""Whether something went beyond its budget (三公经费有没有超预算): what was spent and the budget side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest import interval
from ingest.model import Role
from ingest.quantity import UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.model import PartRef
from qa.operands.apart import Ask, sure_operand
from qa.operations.pairs import one_place
from qa.question.ellipsis import Named

_WHETHER = r"(?:没有?|吗|嘛|么|与否)"
_BEYOND = r"超(?:支|(?:过|出)?了?(?:年初|全年|年度|当年|调整后?的?)?预算)数?"
_ASKED = re.compile(
    rf"^(?P<what>[^,，?？]{{4,}}?)(?:的?(?:支出|决算数?|花费|实际支出))?(?:到底|究竟|有)?"
    rf"(?:(?:有没有|有无|是否|是不是|会不会){_BEYOND}了?|{_BEYOND}了?{_WHETHER})[?？。]?$"
)
_SPENT = ("决算数", "支出决算", "实际支出")
_BUDGETS = ("预算数", "全年预算", "年初预算")


def within_budget(
    question: str, named: Sequence[Named], parts: Sequence[PartRef], ask: Ask
) -> Draft | None:
    """What was spent, the budget, and whether the one is more than the other.

    None for any other question, and where not both are certain and told at one place.
    """
    found = _ASKED.search(question.strip())
    if found is None:
        return None
    what = found["what"].rstrip("的")
    budgets = _found(what, _BUDGETS, parts, ask)
    budget = next((each for each in budgets if each.figure.role is Role.BUDGET), None)
    name = _own_name(question, found.end("what"), named)
    if budget is None:
        return _by_rate(what, name, parts, ask)
    for spent in _found(what, _SPENT, parts, ask):
        if spent.figure.role is not Role.BUDGET and one_place(spent, budget):
            return _draft(spent, budget, name)
    return _by_rate(what, name, parts, ask)


_ALL = 100  # per cent


def _by_rate(what: str, name: str, parts: Sequence[PartRef], ask: Ask) -> Draft | None:
    """The rate by which a budget was completed, where the report tells that alone."""
    rate = sure_operand(f"{what}完成预算的百分之多少？", parts, ask)
    if rate is None or rate.figure.role is not Role.COMPLETION:
        return None
    bounds = interval.of(rate.figure.quantity)
    if bounds.low is None or bounds.high is None or bounds.low < _ALL < bounds.high:
        return None
    draft = Draft(phrase=name or rate.figure.metric)
    value = draft.show(rate, label=f"{name}完成预算的比例")
    over = "超过预算" if bounds.low > _ALL else "没有超预算"
    draft.text = f"{value.entity}{value.label} {value.number}{value.unit}：{over}。"
    return draft


def _own_name(question: str, end: int, named: Sequence[Named]) -> str:
    """What is asked for without the names of bodies, projects and years."""
    spans = [(each.start, each.end) for each in named]
    own = "".join(
        char
        for at, char in enumerate(question.strip()[:end])
        if not any(low <= at < high for low, high in spans)
    )
    return _EDGE.sub("", own)


_EDGE = re.compile(r"^(?:度|年度?|的|[,，\s])+|的$")


def _found(
    what: str, names: Sequence[str], parts: Sequence[PartRef], ask: Ask
) -> Iterator[Candidate]:
    """The figures that are certain under one of several names."""
    for name in names:
        found = sure_operand(f"{what}{name}是多少？", parts, ask)
        if found is not None:
            yield found


def _draft(spent: Candidate, budget: Candidate, name: str) -> Draft | None:
    one, other = spent.figure.quantity, budget.figure.quantity
    if spent.period != budget.period or not one.unit.compatible(other.unit):
        return None
    draft = Draft(phrase=name or spent.figure.metric)
    try:
        gap = compute.difference(spent.figure, budget.figure)
    except UnitError:
        return None
    draft.show(spent, label=f"{name}决算")
    draft.show(budget, label=f"{name}预算")
    value = draft.derive(
        gap,
        [spent, budget],
        label=f"{name}决算 − 预算",
        metric=spent.figure.metric,
        period=spent.period,
        again=lambda figures: compute.difference(figures[0], figures[1]),
    )
    if interval.of(one).overlaps(interval.of(other)):
        told = "与预算持平，没有超预算"
    elif gap.value > 0:
        told = f"超过预算 {value.number}{value.unit}"
    else:
        told = f"没有超预算，比预算少 {value.number.lstrip('-')}{value.unit}"
    first, second = draft.values[:2]
    draft.text = (
        f"{first.entity}{first.label} {first.number}{first.unit}，"
        f"{second.label} {second.number}{second.unit}：{told}（{gap.formula}）。"
    )
    return draft
