"""Scoring formulas that multiply by another number than the full mark, where an answer shows them."""

from __future__ import annotations

import re

from ingest.equations.claims import show
from ingest.figures.finding import strip_number
from ingest.model import Verdict
from ingest.quantity import round_half_up
from qa.audit.formulas import Multiplier, multiplier
from qa.audit.shapes import Reading, readings
from qa.drafts import Draft
from qa.operations.context import Context
from qa.operations.statements import too_wide
from qa.present import trimmed
from qa.words.matching import squeeze

_FORMULA = re.compile(r"公式|怎么算|如何计算|计算方法|乘以?|乘数|系数|评分(?:标准|规则|办法)")


def with_wrong_multiplier(context: Context, draft: Draft) -> Draft:
    """The draft, contradicted where the formula asked about gives the score only with another factor.

    The indicator must be named in the question, as its row of the score sheet has it.
    """
    plan = context.plan
    if not _FORMULA.search(plan.text) or not draft.outcome.given or too_wide(plan):
        return draft
    asked = squeeze(plan.text)
    for report, parts in context.evidence.scoped(plan.asked_parts):
        document = context.evidence.index(report).document
        for reading in readings(document):
            score = reading.stated
            named = score.row_path and squeeze(strip_number(score.row_path[-1])) in asked
            if reading.equation.verdict is not Verdict.FAILS or not named:
                continue
            wrong = multiplier(document, reading) if score.part in parts else None
            if wrong is not None:
                _contradict(draft, reading, wrong)
                return draft
    return draft


def _contradict(draft: Draft, reading: Reading, wrong: Multiplier) -> None:
    value = reading.equation.value
    gives = (
        ""
        if value is None
        else f"，按 {wrong.printed} 计算为 {trimmed(round_half_up(value, 2))} 分"
    )
    draft.contradict(
        f"报告自相矛盾：评分公式乘以 {wrong.printed}，而该项分值为 {show(wrong.mark)}；"
        f"按 {trimmed(wrong.mark.quantity.value)} 计算正得所列的 {show(reading.stated)}{gives}。"
    )
