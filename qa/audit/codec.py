"""Audited reports as JSON: the one place where their wire shape is written down."""

from __future__ import annotations

from typing import Any

from ingest.model import Part
from qa.audit.model import EquationLine, Finding, Operand
from qa.audit.report import AuditedReport, CheckedClaim
from qa.model import Source


def audit_to_json(report: AuditedReport) -> dict[str, Any]:
    """A report with its findings, as `gouji audit --json` lists it."""
    return {
        "report": report.name,
        "checked": report.counts,
        "findings": [finding_to_json(each) for each in report.findings],
        "by_family": report.families,
        "parts": [_part(each) for each in report.parts],
        "unchecked": [_unchecked(each) for each in report.unchecked],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "kind": part.kind.value,
        "title": part.title.value,
        "entity": part.entity.value,
        "project": part.project.value or None,
        "year": part.year or None,
    }


def _unchecked(claim: CheckedClaim) -> dict[str, Any]:
    return {
        "family": claim.family,
        "stated": claim.stated,
        "formula": claim.formula,
        "reason": claim.reason,
        **_place(claim.source),
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
        "backing": finding.evidence.backing.value,
        "support": [_line(each) for each in finding.evidence.support],
        "stated_support": [_line(each) for each in finding.evidence.stated_support],
        "rivals": [
            {**_operand(each.operand), "right": each.right} for each in finding.evidence.rivals
        ],
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
    """A place; `cell` only where the report is a workbook."""
    shown: dict[str, Any] = {
        "report": source.report,
        "quote": source.quote,
        "page": source.page,
        "table": source.table,
        "row": source.row,
        "column": source.column,
        "start": source.start,
        "end": source.end,
    }
    return {**shown, "cell": source.cell} if source.cell else shown


def _line(line: EquationLine) -> dict[str, str]:
    return {"family": line.family, "formula": line.formula, "verdict": line.verdict}
