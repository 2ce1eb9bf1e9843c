"""A report audited: who it is, what was checked with what outcome, what was found. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ingest.model import Document, Part, Verdict
from qa.audit.findings import findings
from qa.audit.model import Finding
from qa.audit.shapes import Reading
from qa.audit.words import name_of, recomputed
from qa.model import Source
from qa.present import place_at, shown, source_at

Counts = dict[str, int]  # by the values of Verdict


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """An equation or a claim in words, with its outcome and its place.

    `reason` says why it could not be checked; `finding` is the one that it belongs to, or None.
    """

    family: str
    verdict: Verdict
    metric: str
    stated: str
    formula: str
    recomputed: str
    interval: str
    reason: str
    source: Source
    section: tuple[str, ...]
    finding: Finding | None = None


@dataclass(frozen=True)
class AuditedReport:
    """A report with its checks and findings; `parts` are the reports that it holds."""

    name: str
    sha256: str
    pages: int | None
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    checks: tuple[CheckedClaim, ...]

    @cached_property
    def counts(self) -> Counts:
        """How many checks came out with each verdict; every verdict is named."""
        return _counted(self.checks)

    @cached_property
    def families(self) -> dict[str, Counts]:
        """The same for each family of checks that the report has, in the order of the checks."""
        found: dict[str, list[CheckedClaim]] = {}
        for each in self.checks:
            found.setdefault(each.family, []).append(each)
        return {family: _counted(checks) for family, checks in found.items()}

    @property
    def unchecked(self) -> tuple[CheckedClaim, ...]:
        """What could not be checked, with the reasons."""
        return tuple(each for each in self.checks if each.verdict is Verdict.NOT_CHECKABLE)


def audit(document: Document) -> AuditedReport:
    """The findings of a report beside all that was checked; nothing is read anew."""
    found = findings(document)
    return AuditedReport(
        name=document.name,
        sha256=document.sha256,
        pages=document.pages,
        parts=document.parts,
        findings=found,
        checks=(*_checks(document, found), *_claims(document, found)),
    )


def _counted(checks: Iterable[CheckedClaim]) -> Counts:
    found = Counter(each.verdict for each in checks)
    return {verdict.value: found[verdict] for verdict in Verdict}


def _checks(document: Document, found: tuple[Finding, ...]) -> Iterator[CheckedClaim]:
    finding_of = {number: each for each in found for number in each.equations}
    for equation in document.equations:
        figure = document.figures[equation.stated]
        operands = tuple(document.figures[number] for number in equation.operands)
        implied = Reading(equation, figure, operands).recomputed
        unit, family = figure.quantity.unit, equation.family
        result = recomputed(figure, implied, unit, family) if implied else None
        yield CheckedClaim(
            family=equation.family,
            verdict=equation.verdict,
            metric=name_of(figure),
            stated=shown(figure),
            formula=equation.formula,
            recomputed=result.value if result else "",
            interval=result.interval if result else "",
            reason=equation.reason,
            source=source_at(document, figure),
            section=document.section_path(figure.section),
            finding=finding_of.get(equation.no),
        )


def _claims(document: Document, found: tuple[Finding, ...]) -> Iterator[CheckedClaim]:
    finding_of = {number: each for each in found for number in each.assertions}
    for claim in document.assertions:
        block = document.blocks[claim.stated.block]
        yield CheckedClaim(
            family=claim.family,
            verdict=claim.verdict,
            metric=claim.subject,
            stated=claim.stated.text,
            formula="；".join(said.text for said in claim.others),
            recomputed=claim.recomputed,
            interval="",
            reason="",
            source=place_at(document, claim.stated.locator, claim.stated.block),
            section=document.section_path(block.section),
            finding=finding_of.get(claim.no),
        )
