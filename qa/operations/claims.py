"""A question that states figures and asks whether they are right: each held against the report."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from ingest import interval
from ingest.model import Role
from ingest.quantity import Dimension, Quantity
from ingest.reading.reader import read_quantities
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.operations.context import Context, choose, clear
from qa.plan import Target
from qa.present import PREMISE_FAILS, shown
from qa.words import cues

# What makes a question one about an equation, not about a single figure.
_TIED = re.compile(
    r"一致|矛盾|公式|算|加起来|合起来|加总|之和|合计|勾稽|相符|吻合|对得|对不上|占|比上年|比年初|增|减|"
    r"下降|上升|得分率|分得|错"
)
_CLAUSES = re.compile(r"[,，;；。?？]|并且|而且|且(?=[得拿完])|并(?=[得拿])")
_STATES = re.compile(
    r"(?:达到了?|做到了?|完成了?|完成值|实际|为|是|有|得了?|拿了?|评了?|共|花了?|用了?|等于)*"
    r"\s*(?:满分)?\s*$"
)
_SCORED = re.compile(r"[得拿评打]了?\s*(?:满分)?\s*$|得分|满分\s*$")
_REACHED = re.compile(
    r"达到了?\s*$|做到了?\s*$|完成值?(?:为|是|了)?\s*$|实际(?:完成)?(?:值|为|是)*\s*$"
)


class _Claim(NamedTuple):
    target: Target
    quantity: Quantity


def judge_claims(context: Context) -> Draft | None:
    """What the report says where it is not what the question states; None where that agrees.

    Every figure that the question states must be found in the report, or nothing is said.
    """
    plan = context.plan
    if _TIED.search(plan.text):
        return None
    claims = _claims(plan.text)
    found: list[tuple[_Claim, Candidate]] = []
    for claim in claims:
        choice = choose(context, claim.target, years=plan.years)
        if choice.best is None or _said_elsewhere(context, claim):
            return None
        found.append((claim, choice.best.best))
    if not any(_differs(claim, candidate) for claim, candidate in found):
        return None
    draft = Draft(phrase=claims[0].target.key)
    lines: list[str] = []
    for claim, candidate in found:
        draft.show(candidate, label=claim.target.label)
        said, word = shown(candidate.figure), "不是" if _differs(claim, candidate) else "确是"
        lines.append(
            f"{claim.target.label}：报告写的是 {said}，{word}{claim.quantity.printed}{claim.quantity.unit.symbol}。"
        )
    draft.text = "\n".join([f"{PREMISE_FAILS}。", *lines])
    return draft


def _claims(text: str) -> list[_Claim]:
    """The figures that the clauses state, each with its subject; a clause without takes the last."""
    found: list[_Claim] = []
    key = ""
    for clause in _CLAUSES.split(text):
        readings = read_quantities(clause)
        if len(readings) != 1:
            if readings:
                return []
            continue
        quantity, start = readings[0].quantity, readings[0].start
        before = clause[:start]
        dimension = quantity.unit.dimension
        if dimension not in (Dimension.PERCENT, Dimension.MONEY, Dimension.SCORE):
            return []
        scored = dimension is Dimension.SCORE and bool(_SCORED.search(before))
        role = Role.SCORE if scored else Role.ACTUAL if _REACHED.search(before) else None
        named = cues.content(_STATES.sub("", before))
        named = cues.without_role(named, Role.ACTUAL if role is None else role)
        key = named if len(re.sub(r"\s", "", named)) > 1 else key
        if not key:
            return []
        label = f"{key}得分" if scored else key
        found.append(_Claim(Target(key, role, dimension, label=label), quantity))
    return found


def _said_elsewhere(context: Context, claim: _Claim) -> bool:
    """Whether the report says the claimed figure of that name in some other role than its aim."""
    free = replace(claim.target, role=None)
    for candidate in context.evidence.candidates(free, context.plan, years=context.plan.years):
        stated = candidate.figure.role not in (Role.TARGET, Role.BUDGET, Role.FULL_MARK)
        if stated and clear(context, candidate) and not _differs(claim, candidate):
            return True
    return False


def _differs(claim: _Claim, candidate: Candidate) -> bool:
    own = candidate.figure.quantity
    if not own.unit.compatible(claim.quantity.unit):
        return True
    return not interval.of(own).overlaps(interval.of(claim.quantity))
