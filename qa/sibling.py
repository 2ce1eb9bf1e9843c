"""The neighbour in a sentence that is meant, where the last gate says that the figure found is not.

发放农户问卷320份，收回306份，有效问卷298份: of 农户问卷有效的有多少份 the first has most of the words, and the
third alone the one that tells. It is held against the question as any other figure is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.model import Document, Figure, Role
from qa.assurance.model import Doubt
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.figures.fitting import fits
from qa.figures.matches import match_figures
from qa.figures.word_index import FigureIndexCache
from qa.operations.context import sentence
from qa.plan import Operation, Plan
from qa.words.matching import asked_grams, grams, squeeze

_TELLING = ("beside", "opposed")  # doubts that say which word stands with another figure
_ROLES = (Role.VALUE, Role.ACTUAL)
_NEAR = 8  # figures of one sentence on either side
_EACH = re.compile("各|分别")  # of several there is no one neighbour
_STOPS = re.compile("[。，,；;、：:()（）]")


def siblings_meant(plan: Plan, draft: Draft, doubts: Sequence[Doubt]) -> Iterator[Draft]:
    """Drafts of the neighbours with which every word stands that the figure found lacks.

    Args:
        plan: how the question was read.
        draft: the answer that was held back.
        doubts: what speaks against it.
    """
    if plan.operation not in (Operation.LOOKUP, Operation.COUNT) or len(plan.targets) != 1:
        return
    if len(draft.figures) != 1 or len(draft.involved) != 1 or _EACH.search(plan.text):
        return
    first = draft.figures[0].candidate
    words = [squeeze(doubt.words) for doubt in doubts if doubt.kind in _TELLING]
    for other in _neighbours(first) if words else ():
        told = _clause(first.document, other)
        whole = fits(other, plan.targets[0]) and all(word in told for word in words)
        if whole and not _left_behind(plan, first.document, other, told):
            yield _draft(plan, _candidate(plan, first, other))


def _neighbours(first: Candidate) -> Iterator[Figure]:
    figure, document = first.figure, first.document
    if figure.locator.table is not None or figure.role not in _ROLES:
        return
    for other in document.figures[max(figure.no - _NEAR, 0) : figure.no + _NEAR + 1]:
        if (
            other.no != figure.no
            and other.block == figure.block
            and other.sentence == figure.sentence
            and other.role in _ROLES
            and other.period == figure.period
        ):
            yield other


def _left_behind(plan: Plan, document: Document, figure: Figure, told: str) -> bool:
    """Whether the sentence has words that are asked for, which tell neither its number nor all.

    印制12,000册，发放9,500册: 发放 tells nothing of 印制; what stands before the first number is of all.
    """
    text = squeeze(figure.sentence)
    first = min(
        each.start
        for each in document.figures
        if (each.block, each.sentence) == (figure.block, figure.sentence)
    )
    lead = re.split("[。！？；]", document.blocks[figure.block].text[:first])[-1]
    asked = asked_grams(f"{plan.targets[0].key} {plan.context} {plan.targets[0].beside}")
    near = grams(told) | grams(lead)
    return bool((asked & grams(text)) - near)


def _clause(document: Document, figure: Figure) -> str:
    """The words that stand with a number, up to the next stop or number on either side."""
    text = document.blocks[figure.block].text
    near = [each for each in document.figures if each.block == figure.block]
    before = max((e.end for e in near if e.end <= figure.start), default=0)
    behind = min((e.start for e in near if e.start >= figure.end), default=len(text))
    lead = _STOPS.split(text[before : figure.start])[-1]
    return squeeze(f"{lead} {_STOPS.split(text[figure.end : behind])[0]}")


def _candidate(plan: Plan, first: Candidate, other: Figure) -> Candidate:
    index = FigureIndexCache.get(first.document)
    key = plan.targets[0].key
    found = match_figures(index, key, plan.context, {other.no})
    match = found[0] if found else replace(first.match, figure=other.no, precision=0.0)
    return replace(first, figure=other, match=match, score=match.score)


def _draft(plan: Plan, candidate: Candidate) -> Draft:
    draft = Draft(phrase=plan.targets[0].key)
    draft.units.append(candidate.figure.quantity.unit)
    draft.text = sentence(draft.show(candidate, unit=plan.unit), candidate)
    return draft
