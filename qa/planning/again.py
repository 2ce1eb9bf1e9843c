"""Follow-ups that ask the same again: of another year, in general words, or of another thing."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.quantity import Dimension
from qa.plan import Operation, Plan

_ONLY_A_YEAR = re.compile(
    r"(?:那么?|那个|这|它|同样|又|也|在|和|与|的|呢|上|是|年|情况|怎么?样|如何|多少|[\s,，?？。])*"
)
# Of these a second turn about another year asks the very same.
_SAME_AGAIN = (
    Operation.LOOKUP,
    Operation.COMPLETION,
    Operation.DIFFERENCE,
    Operation.RATIO,
    Operation.SHARE,
    Operation.DEDUCTION,
)


def another_year(plan: Plan, before: Plan | None) -> Plan:
    """A follow-up that names nothing but another year asks for all the figures asked for before."""
    if before is None or not plan.years or plan.years == before.years:
        return plan
    spent = _spent_then(plan, before)
    if spent is not None:
        return spent
    told = any(t.dimension or t.role for t in before.targets) or len(before.targets) > 1
    if before.operation not in _SAME_AGAIN or not told or plan.entities != before.entities:
        return plan
    if not _ONLY_A_YEAR.fullmatch(plan.text):
        return plan
    return replace(
        plan,
        operation=before.operation,
        targets=before.targets,
        context=before.context,
        unit=before.unit,
        text=before.text,
        text_kind=before.text_kind,
        text_targets=before.text_targets,
    )


_ONLY_SPENT = re.compile(
    r"(?:那么?|又|总共|一共|的|呢|[\s,，?？。])*(?:支出|花|用)(?:了)?多少(?:钱)?[\s?？。]*"
)
_OF_MONEY = (Operation.LOOKUP, Operation.GROWTH, Operation.CHANGE)


def _spent_then(plan: Plan, before: Plan) -> Plan | None:
    """``2022年花了多少`` after a question about one kind of spending: of that kind, in that year."""
    if before.operation not in _OF_MONEY or len(before.targets) != 1:
        return None
    target = before.targets[0]
    money = target.dimension in (None, Dimension.MONEY, Dimension.PERCENT) and not target.noun
    if not money or not _SPENDS.search(target.key) or not _ONLY_SPENT.fullmatch(plan.text):
        return None
    key = target.key
    asked = replace(target, role=None, basis="", dimension=Dimension.MONEY, label=key)
    return replace(plan, operation=Operation.LOOKUP, targets=(asked,), context=before.context)


_SPENDS = re.compile("费|经费|补助|补贴")

_BARE = re.compile(r"^(?:那么?|那个|[，,\s])*[^,，。?？的]{2,12}呢[?？。\s]*$")
_WORKED = {
    Operation.DIFFERENCE: "差额",
    Operation.RATIO: "比例",
    Operation.COMPLETION: "完成率",
    Operation.GROWTH: "增幅",
}


def left_out(plan: Plan, before: Plan | None) -> str:
    """What ``政务微信呢？`` leaves out after 比计划多发了多少条; "" where it asks for no one figure."""
    if before is None or plan.operation is not Operation.LOOKUP or not _BARE.match(plan.question):
        return ""
    return _WORKED.get(before.operation, "")
