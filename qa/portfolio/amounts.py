"""Money that words name (三公, 机关运行经费, 基本支出) in one report, or a number of things (公务用车保有量).

It is the same choice as `gouji ask` makes for one unit, made for every unit: what would be asked back
there is a gap here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest import interval
from ingest.model import Figure, Role
from ingest.quantity import Dimension, UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate, Evidence
from qa.model import PartRef
from qa.operations.context import Choice, Context, choose, closed
from qa.plan import Operation, Plan, Target
from qa.portfolio.known import against
from qa.portfolio.model import Fact, Lacking, Reason, Scope
from qa.portfolio.whole import fund_of
from qa.present import Computed, value_of

# Names of totals and kinds of spending that a fund narrows; 三公 and the like have their own scope.
_NARROWED = re.compile(
    r"(?:基本|项目|本年|总|全年|合计|部门|单位|年度)?(?:支出|收入)(?:合计|总计|决算)?|支出|收入|人员经费|公用经费|结转|结余"
)
_AMOUNTS = (Role.VALUE, Role.ACTUAL)
_COUNTED = re.compile(r"(?:保有量|数量|[人辆台个次场户]数|人次|批次|编制)$")


def amount_of(
    evidence: Evidence, part: PartRef, words: str, threshold: float, *, budget: bool = False
) -> tuple[Fact, ...] | Lacking:
    """The amount that words name in one part of a report.

    Args:
        evidence: the reports.
        part: where to look.
        words: how the amount is called.
        threshold: how much of the words must stand with the figure (see settings).
        budget: the budget of that name instead of what was spent.
    """
    context = _context(evidence, part, words, threshold)
    choice = _choice(context, words, Role.BUDGET if budget else None)
    if choice.best is not None:
        return (_fact(choice.best.best, words),)
    if choice.rivals:
        values = tuple(value_of(cluster.best, label=words) for cluster in choice.rivals[:4])
        numbers = "、".join(f"{value.number}{value.unit}" for value in values)
        return Lacking(Reason.AMBIGUOUS, f"有几个数都可能是：{numbers}", values)
    bare = choose(context, Target(words, None, Dimension.NUMBER, label=words))
    if bare.best is not None and _dimension(words) is Dimension.MONEY:
        value = value_of(bare.best.best, label=words)
        return Lacking(Reason.UNIT_UNCLEAR, f"{value.number} 没有写明元或万元", (value,))
    return Lacking(Reason.NOT_STATED, f"报告里没有找到“{words}”")


def excess_of(
    evidence: Evidence, part: PartRef, words: str, threshold: float
) -> tuple[Fact, ...] | Lacking:
    """What was spent of a name above its budget: final − budget, negative where less was spent."""
    context = _context(evidence, part, words, threshold)
    spent = _choice(context, words, None)
    if spent.best is None:
        return amount_of(evidence, part, words, threshold)
    budget = _choice(context, words, Role.BUDGET)
    if budget.best is None:
        return Lacking(Reason.NOT_STATED, f"写了“{words}”的决算，没有写预算")
    figures = [spent.best.best, budget.best.best]

    def made(pair: Sequence[Figure]) -> Computed:
        return compute.difference(pair[0], pair[1])

    try:
        computed = made([each.figure for each in figures])
    except UnitError:
        return Lacking(Reason.UNIT_UNCLEAR, f"“{words}”的预算和决算单位不同")
    draft = Draft()
    value = draft.derive(
        computed,
        figures,
        label=f"{part.year}年 {words}超预算额",
        metric=f"{words}决算 − 预算",
        period=part.year,
        again=made,
    )
    return (Fact(Scope(), value, computed, against(draft)),)


def _context(evidence: Evidence, part: PartRef, words: str, threshold: float) -> Context:
    plan = Plan(
        question=words,
        text=words,
        operation=Operation.LOOKUP,
        targets=(),
        years=(part.year,),
        parts=(part.key,),
        entities=(part.entity,),
    )
    return Context(evidence, plan, threshold)


def _choice(context: Context, words: str, role: Role | None) -> Choice:
    def fits(figure: Figure) -> bool:
        budget = role is Role.BUDGET
        return closed(figure) and (budget or figure.role in _AMOUNTS)

    key = f"预算 {words}" if role is Role.BUDGET else words
    target = Target(key, role, _dimension(words), label=words)
    return choose(context, target, keep=fits)


def _dimension(words: str) -> Dimension:
    return Dimension.COUNT if _COUNTED.search(words) else Dimension.MONEY


def _fact(candidate: Candidate, words: str) -> Fact:
    draft = Draft()
    value = draft.show(candidate, label=words)
    quantity = candidate.figure.quantity
    bounds = interval.Interval(quantity.low, quantity.high)
    amount = Computed(
        quantity.value, bounds, quantity.unit, value.formula, interval.places(quantity)
    )
    scope = Scope(_fund(candidate, words))
    if candidate.figure.role is Role.BUDGET:
        scope = replace(scope, basis="预算")
    return Fact(scope, value, amount, against(draft))


def _fund(candidate: Candidate, words: str) -> str:
    """The fund that the amount is limited to, where that tells it from one of the same name."""
    if not _NARROWED.fullmatch(words):
        return ""
    return fund_of(" ".join(candidate.figure.scope) + candidate.figure.metric)
