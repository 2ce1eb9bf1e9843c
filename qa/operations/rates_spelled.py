"""``增长5.2%，按减少额算对得上吗``: a quoted rate against the amounts that its report tells right before it.

The report's own equations come first: here is what a sentence puts side by side and no equation
ties, for a reader who has asked for just that.
"""

from __future__ import annotations

import re

from ingest.equations.claims import Claim, closed, equation, grown_by, holds, percent
from ingest.model import Document, Figure, Role
from ingest.quantity import Dimension
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.operations.context import Context, sentence
from qa.operations.pairs import is_amount
from qa.operations.quoted import quoted_figures
from qa.operations.verdicts import checked, line_of
from qa.present import other_side, shown, source_of

_AMOUNTS = (Role.VALUE, Role.ACTUAL)
_TIED = re.compile(r"算|金额|[增减]加?额|增幅|降幅|幅度|执行率|完成率")
_COMPARED = re.compile(r"[比较]|同比|环比")
_REST = -1  # number of an equation that the document does not have


def rate_told(context: Context) -> Draft | None:
    """A quoted rate with what the amounts right before it give; None where that is left open."""
    if not _TIED.search(context.plan.text):
        return None
    rates = [
        each
        for each in quoted_figures(context)
        if each.figure.role in (Role.GROWTH, Role.COMPLETION)
        and each.figure.quantity.unit.dimension is Dimension.PERCENT
        and each.figure.locator.table is None
    ]
    if len(rates) != 1 or checked(rates[0]) or not closed(rates[0].figure):
        return None
    claim = _claim(context, rates[0])
    return None if claim is None else _judged(rates[0], claim)


def _claim(context: Context, rate: Candidate) -> Claim | None:
    """What a rate is made of where its sentence says it: value, change, rate; whole, part, rate."""
    document, figure = rate.document, rate.figure
    if figure.no < 2:
        return None
    first, second = document.figures[figure.no - 2], document.figures[figure.no - 1]
    if second.sentence != figure.sentence or not (closed(first) and closed(second)):
        return None
    if not (first.role in _AMOUNTS and first.quantity.unit.compatible(second.quantity.unit)):
        return None
    if figure.role is Role.GROWTH:
        return _growth(context, document, (first, second, figure))
    if first.sentence != figure.sentence or second.role not in _AMOUNTS:
        return None
    claim = percent("completion", figure, second, first)
    return claim if is_amount(first) and holds(claim) else None


def _growth(
    context: Context, document: Document, told: tuple[Figure, Figure, Figure]
) -> Claim | None:
    value, moved, rate = told
    if moved.role is not Role.CHANGE or moved.direction is not rate.direction:
        return None
    quoted = {each.figure.no for each in quoted_figures(context)}
    apart = value.sentence != rate.sentence
    if (apart and not {value.no, moved.no} <= quoted) or value.block != rate.block:
        return None
    between = document.text[moved.locator.spans[-1][1] : rate.locator.spans[0][0]]
    return None if _COMPARED.search(between) else grown_by(rate, moved, value)


def _judged(rate: Candidate, claim: Claim) -> Draft:
    figure = rate.figure
    draft = Draft(phrase=figure.metric)
    value = draft.show(rate)
    behind = [Candidate.sure(rate.report, rate.document, each) for each in claim.operands]
    draft.involved.extend(behind)
    draft.citations.extend(map(source_of, behind))
    made = equation(_REST, claim)
    if holds(claim):
        draft.text = line_of(rate.document, made)
        return draft
    draft.text = sentence(value, rate)
    draft.contradict(
        f"报告自相矛盾：{figure.metric}原文写的是 {shown(figure)}，而按 {claim.formula} 复算为 "
        f"{other_side(rate.document, made)}，两者不一致。"
    )
    return draft
