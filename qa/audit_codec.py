"""Audited reports as JSON: the one place where their wire shape is written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ingest.model import Assertion, Document, Equation, Verdict
from qa.audit_model import EquationLine, Finding, Operand
from qa.model import Source

Counts = dict[str, int]


def _checks(document: Document) -> tuple[Equation | Assertion, ...]:
    return (*document.equations, *document.assertions)


def checked(document: Document) -> Counts:
    """How many checks of a report came out with each verdict; every verdict is named."""
    found = Counter(each.verdict for each in _checks(document))
    return {verdict.value: found[verdict] for verdict in Verdict}


def checked_by_family(document: Document) -> dict[str, Counts]:
    """The same for each family of checks that the report has, in the order of the checks."""
    found: dict[str, Counts] = {}
    for each in _checks(document):
        counts = found.setdefault(each.family, {verdict.value: 0 for verdict in Verdict})
        counts[each.verdict.value] += 1
    return found


def audit_to_json(document: Document, found: Sequence[Finding]) -> dict[str, Any]:
    """A report with its findings, as `gouji audit --json` lists it."""
    return {
        "report": document.name,
        "checked": checked(document),
        "findings": [finding_to_json(each) for each in found],
        "by_family": checked_by_family(document),
    }


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """A finding; `quote` stands verbatim in the report's text from `start` to `end`."""
    source = finding.source
    return {
        "family": finding.family,
        "severity": finding.severity.value,
        "stated": finding.stated,
        "recomputed": finding.recomputed,
        "difference": finding.difference,
        "quote": source.quote,
        "page": source.page,
        "operands": [_operand(each) for each in finding.operands],
        "message": finding.message,
        "metric": finding.metric,
        "direction": finding.direction,
        "interval": finding.interval,
        "equation": finding.equation.formula,
        "slip": finding.slip.value or None,
        "slip_note": finding.slip_note,
        "backing": finding.backing.value,
        "support": [_line(each) for each in finding.support],
        "stated_support": [_line(each) for each in finding.stated_support],
        "also": [_line(each) for each in finding.also],
        "repeated": [_place(each) for each in finding.repeated],
        "section": list(finding.section),
        **_place(source),
    }


def _operand(operand: Operand) -> dict[str, Any]:
    return {
        "number": operand.number,
        "unit": operand.unit,
        "metric": operand.metric,
        **_place(operand.source),
    }


def _place(source: Source) -> dict[str, Any]:
    return {
        "report": source.report,
        "quote": source.quote,
        "page": source.page,
        "table": source.table,
        "row": source.row,
        "column": source.column,
        "start": source.start,
        "end": source.end,
    }


def _line(line: EquationLine) -> dict[str, str]:
    return {"family": line.family, "formula": line.formula, "verdict": line.verdict}
