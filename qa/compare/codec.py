"""A comparison as JSON: the one place where its wire shape is written down (docs/compare.md).

Numbers travel as text, as they were rendered from Decimals; nothing here rounds or converts.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from qa.codec import source_to_json
from qa.compare.model import Alignment, Caution, Cell, Change, Comparison, Derived, Rival, Row
from qa.present import plain, trimmed


def comparison_to_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain JSON values."""
    return {
        "question": comparison.question,
        "columns": list(comparison.columns),
        "rows": [_row(row) for row in comparison.rows],
        "warnings": [_warning(warning) for warning in comparison.warnings],
        "alignments": [alignment_to_json(each) for each in comparison.alignments],
        "missing": list(comparison.missing),
        "coverage": {"reports": comparison.reports, "used": comparison.used},
        "contradicted": comparison.contradicted,
        "reason": comparison.reason,
        "choices": list(comparison.choices),
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "label": row.label,
        "entity": row.entity,
        "project": row.project or None,
        "metric": row.metric,
        "unit": None if row.unit is None else row.unit.symbol,
        "cells": [_cell(cell) for cell in row.cells],
        "changes": [_change(change) for change in row.changes],
        "overall": None if row.overall is None else _change(row.overall),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    shown: dict[str, Any] = {"period": cell.period, "origin": cell.origin.value}
    if cell.value is not None and cell.quantity is not None:
        value = cell.value
        shown |= {
            "number": value.number,
            "unit": value.unit,
            "low": _bound(cell.quantity.low),
            "high": _bound(cell.quantity.high),
            "printed": cell.printed,
            "check": value.check.value,
            "formula": value.formula,
            "recomputed": value.recomputed,
            "other": value.other,
            "doubtful": value.doubtful,
            "guessed": cell.guessed,
            "entity": cell.entity,
            "project": cell.project or None,
            "name": cell.name,
            "scope": list(cell.scope),
            "report_kind": cell.report_kind,
            "share": None if cell.share is None else _derived(cell.share),
            "sources": [source_to_json(source) for source in value.sources],
        }
    shown["contradicted"] = cell.contradicted
    shown["rivals"] = [_rival(rival) for rival in cell.rivals]
    shown["notes"] = list(cell.notes)
    return shown


def _rival(rival: Rival) -> dict[str, Any]:
    sources = [source_to_json(source) for source in rival.sources]
    return {"shown": rival.shown, "message": rival.message, "sources": sources}


def _change(change: Change) -> dict[str, Any]:
    return {
        "start": change.start,
        "end": change.end,
        "amount": None if change.amount is None else _derived(change.amount),
        "growth": None if change.growth is None else _derived(change.growth),
        "note": change.note,
    }


def _derived(derived: Derived) -> dict[str, Any]:
    return {
        "number": derived.number,
        "unit": derived.unit.symbol,
        "low": _bound(derived.low),
        "high": _bound(derived.high),
        "formula": derived.formula,
        "check": derived.check.value,
    }


def _bound(bound: Decimal | None) -> str | None:
    """A bound in full; one that was divided is cut to twelve decimals."""
    if bound is None:
        return None
    exponent = bound.as_tuple().exponent
    long = isinstance(exponent, int) and exponent < -12
    return trimmed(round(bound, 12)) if long else plain(bound)


def _warning(warning: Caution) -> dict[str, Any]:
    return {
        "kind": warning.kind.value,
        "text": warning.text,
        "row": warning.row,
        "period": warning.period or None,
    }


def alignment_to_json(alignment: Alignment) -> dict[str, Any]:
    """Two names taken for one; `state` is ``guessed`` for what is known by likeness alone."""
    return {
        "kind": alignment.kind,
        "first": alignment.first,
        "second": alignment.second,
        "state": alignment.state.value,
        "how": alignment.how,
        "sources": [source_to_json(source) for source in alignment.sources],
    }
