"""What the other reports of a body say of the figures behind an answer: last year's, next year's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from ingest.interval import places
from ingest.model import Document, Figure, Role, Verdict
from ingest.quantity import round_half_up
from qa.compare.across import AcrossClaim, Place, compare
from qa.compare.across_facts import Reported, reported
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.model import Check, EquationNote
from qa.operations.context import Context
from qa.present import plain, shown, source_at

# Reports of one body that are held against one another for one answer.
_REPORTS = 24


def held_against_others(context: Context, draft: Draft) -> Draft:
    """The draft with the claims across reports that its figures take part in.

    A figure that the other report contradicts is answered as contradicted where the claim checks
    it; where it only gives another report its basis, a remark says so.
    """
    if not draft.outcome.given or not draft.involved:
        return draft
    claims = claims_of(context, {each.report for each in draft.involved})
    for each in draft.involved:
        own = Place(each.report, each.figure.no)
        for claim in claims:
            if own == claim.stated or own in claim.operands:
                _apply(context, draft, each, claim)
    return draft


def _apply(context: Context, draft: Draft, each: Candidate, claim: AcrossClaim) -> None:
    stated = _figure(context, claim.stated)
    line = EquationNote(claim.family, f"{shown(stated)} = {claim.formula}", claim.verdict.value)
    if line not in draft.equations:
        draft.equations.append(line)
    if claim.verdict is not Verdict.FAILS:
        return
    if any(_figure(context, place).doubtful for place in (claim.stated, *claim.operands)):
        draft.remark(f"另请注意：{claim.message}其中有识别存疑的数，请对照原页。")
    elif claim.stated != Place(each.report, each.figure.no) and not _same_fact(stated, each.figure):
        draft.remark(f"另请注意：{claim.message}")
    else:
        draft.contradict(f"与其他年度的报告矛盾：{claim.message}")
        _show_both(draft, each, claim)
    for place in (claim.stated, *claim.operands):
        source = source_at(_document(context, place), _figure(context, place))
        if source not in draft.citations:
            draft.citations.append(source)


def _same_fact(stated: Figure, figure: Figure) -> bool:
    """Whether both print the value of one year, and none of them only what it changed by."""
    return stated.role in _VALUES and figure.role in _VALUES and stated.period == figure.period


_VALUES = (Role.VALUE, Role.ACTUAL)


def _show_both(draft: Draft, each: Candidate, claim: AcrossClaim) -> None:
    """Give the value that shows the figure the competing one as its other."""
    for known in draft.figures:
        value = draft.values[known.index]
        if known.candidate.figure.no == each.figure.no and value.other is None:
            other = _printed_like(each.figure, claim.value)
            draft.values[known.index] = replace(value, check=Check.FAILS, other=other)


def _printed_like(figure: Figure, value: Decimal | None) -> str | None:
    if value is None:
        return None
    digits = round_half_up(value, places(figure.quantity))
    return f"{plain(digits)}{figure.quantity.unit.symbol}"


def claims_of(context: Context, reports: set[int]) -> list[AcrossClaim]:
    """The claims between these reports and the other reports of their bodies."""
    evidence = context.evidence
    bodies = {name for report in reports for name in evidence.names.bodies_of(report)}
    bodies |= set(context.plan.entities)
    related = sorted({report for name in bodies for report in evidence.names.reports_of(name)})
    if len(related) < 2:
        return []
    first = [report for report in related if report in reports]
    rest = [report for report in related if report not in reports]
    return list(compare(_facts(context, (first + rest)[:_REPORTS])))


def _facts(context: Context, reports: Sequence[int]) -> Iterator[Reported]:
    for report in reports:
        found = _Facts.get(report, context.evidence.index(report).document)
        if found is not None:
            yield found


class _Facts:
    """What the last few reports say that others can be held against."""

    _known: ClassVar[dict[int, tuple[Document, int, Reported | None]]] = {}

    @classmethod
    def get(cls, report: int, document: Document) -> Reported | None:
        known = cls._known.get(id(document))
        if known is None or known[0] is not document or known[1] != report:
            if len(cls._known) > 64:
                cls._known.clear()
            known = cls._known[id(document)] = (document, report, reported(report, document))
        return known[2]


def _document(context: Context, place: Place) -> Document:
    return context.evidence.index(place.report).document


def _figure(context: Context, place: Place) -> Figure:
    return _document(context, place).figures[place.figure]
