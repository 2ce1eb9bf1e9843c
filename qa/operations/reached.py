"""What was reached for what was planned, where a question speaks of no plan (计划加装电梯8部，实际6部)."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.model import Figure, Role
from qa.figures.evidence import Candidate, Cluster
from qa.plan import Plan, Target

PLANNED = re.compile(
    r"计划|目标|预期|指标|预算|应(?!急|对|用|届|付|收|税|聘|变|激|诊)|拟|原定|设定|要求|任务|定的|定为|下达|规定|标准|限|不低于|不少于|"
    r"不超过|至少|以内|以上|打算|准备|安排|将|明年|下一年|下一步|planned|target|plan|goal|aim|required|at least",
    re.IGNORECASE,
)
_AIM = re.compile(r"^(?:年度|年初|全年)?(?:计划|目标|预期|应|拟|原定)")


def reached(plan: Plan, target: Target, chosen: Cluster) -> Cluster:
    """The figure that the same sentence tells as reached; the figure itself where there is none."""
    best = chosen.best
    if best.figure.role is not Role.TARGET or target.role is Role.TARGET:
        return chosen
    if PLANNED.search(plan.question):
        return chosen
    done = _told_as_done(best)
    if done is None:
        return chosen
    name = _AIM.sub("", best.figure.metric).replace("计划", "").replace("目标", "")
    figure = replace(done, metric=name or done.metric)
    candidate = replace(best, figure=figure, match=replace(best.match, figure=done.no))
    return Cluster(candidate, (candidate,))


def _told_as_done(best: Candidate) -> Figure | None:
    """The one figure of its kind behind a plan in its sentence that was reached."""
    plan = best.figure
    if plan.locator.table is not None:
        return None
    behind = [
        each
        for each in best.document.figures[plan.no + 1 : plan.no + 1 + _NEAR]
        if each.block == plan.block and each.sentence == plan.sentence
    ]
    for each in behind:
        if each.role is Role.TARGET:
            return None
        unit, other = each.quantity.unit, plan.quantity.unit
        same = unit.compatible(other) and unit.noun == other.noun
        if each.role is Role.ACTUAL and same:
            return each
    return None


_NEAR = 3  # figures behind a plan among which its result stands
