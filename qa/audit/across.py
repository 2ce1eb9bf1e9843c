"""Reports audited together: what one says against another joins the findings of the one that says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ingest.interval import Interval
from ingest.model import Document, Figure, Verdict
from qa.audit.context import sign_note
from qa.audit.findings import gravest_first
from qa.audit.model import EquationLine, Finding, Severity, Slip
from qa.audit.places import mark_of, operand_of
from qa.audit.report import AuditedReport, CheckedClaim
from qa.audit.severity import severity
from qa.audit.shapes import Implied
from qa.audit.slips import propose
from qa.audit.words import Recomputed, name_of, recomputed
from qa.compare.across import AcrossClaim, Place
from qa.present import shown, source_at

Documents = Callable[[int], Document]


def joined(
    reports: Mapping[int, AuditedReport], claims: Sequence[AcrossClaim], documents: Documents
) -> dict[int, AuditedReport]:
    """The reports with what they say of one another.

    A claim that fails because of a figure that is known to be wrong already makes no finding of
    its own; nor do several that fail because of one figure of the other report.

    Args:
        reports: audited reports by key.
        claims: what `qa.compare.across` found between them, by the same keys.
        documents: gives the document of a key.
    """
    made = dict(reports)
    known = {Place(key, n): f for key, r in reports.items() for f in r.findings for n in f.figures}
    for claim in claims:
        report = made[claim.stated.report]
        finding = None
        if claim.verdict is Verdict.FAILS:
            places = (claim.stated, *claim.operands)
            finding = next((known[place] for place in places if place in known), None)
            if finding is None:
                finding = _finding(claim, documents)
                known |= dict.fromkeys((claim.stated, claim.operands[-1]), finding)
                report = replace(report, findings=gravest_first((*report.findings, finding)))
        check = _check(claim, documents, finding)
        made[claim.stated.report] = replace(report, checks=(*report.checks, check))
    return made


def _figure(place: Place, documents: Documents) -> tuple[Document, Figure]:
    document = documents(place.report)
    return document, document.figures[place.figure]


def _implied(claim: AcrossClaim, figure: Figure) -> Implied | None:
    if claim.value is None:
        return None
    factor = figure.quantity.unit.factor
    return Implied(claim.value * factor, Interval(claim.low, claim.high).scaled(factor))


def _result(claim: AcrossClaim, figure: Figure) -> Recomputed | None:
    implied = _implied(claim, figure)
    if implied is None:
        return None
    return recomputed(figure, implied, figure.quantity.unit, claim.family)


def _finding(claim: AcrossClaim, documents: Documents) -> Finding:
    document, figure = _figure(claim.stated, documents)
    implied, result = _implied(claim, figure), _result(claim, figure)
    slip = propose(figure, implied).slip if implied else Slip.UNKNOWN
    right = implied.point if implied else figure.quantity.base
    grade = severity(figure, right, slip, claim.family)
    if any(_figure(place, documents)[1].doubtful for place in (claim.stated, *claim.operands)):
        slip, grade = Slip.MISREAD, Severity.LOW
    return Finding(
        family=claim.family,
        severity=grade,
        metric=name_of(figure),
        stated=shown(figure),
        recomputed=result.value if result else "",
        difference=result.difference if result else "",
        direction=result.direction if result else "",
        interval=result.interval if result else "",
        source=source_at(document, figure),
        mark=mark_of(figure.locator),
        section=document.section_path(figure.section),
        operands=tuple(operand_of(*_figure(place, documents)) for place in claim.operands),
        equation=_line(claim, figure),
        message=claim.message + (f"（{claim.aligned}）" if claim.aligned else ""),
        slip=slip,
        slip_note=sign_note(figure) if slip is Slip.SIGN else "",
    )


def _line(claim: AcrossClaim, figure: Figure) -> EquationLine:
    return EquationLine(claim.family, f"{shown(figure)} = {claim.formula}", claim.verdict.value)


def _check(claim: AcrossClaim, documents: Documents, finding: Finding | None) -> CheckedClaim:
    document, figure = _figure(claim.stated, documents)
    result = _result(claim, figure)
    return CheckedClaim(
        family=claim.family,
        verdict=claim.verdict,
        metric=name_of(figure),
        stated=shown(figure),
        formula=claim.formula,
        recomputed=result.value if result else "",
        interval=result.interval if result else "",
        reason=claim.aligned,
        source=source_at(document, figure),
        section=document.section_path(figure.section),
        finding=finding,
    )
