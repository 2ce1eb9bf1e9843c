"""Portfolios as JSON: the one place where their wire shape is written down."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from qa.codec import value_to_json
from qa.portfolio.model import Gap, Portfolio, Row


def portfolio_to_json(found: Portfolio) -> dict[str, Any]:
    """A portfolio, as `gouji portfolio --json` prints it. Numbers travel as text."""
    asked = found.asked
    return {
        "title": found.title,
        "metric": asked.metric.value,
        "name": asked.words or None,
        "over": asked.over.value,
        "years": list(asked.years),
        "scope": found.scope.name,
        "order": asked.order.value if asked.order else None,
        "top": asked.top,
        "condition": asked.condition.said if asked.condition else None,
        "rows": [_row(row) for row in found.shown],
        "ranked": len(found.rows),
        "contradicted": [_gap(gap) for gap in found.contradicted],
        "totals": [asdict(total) for total in found.totals],
        "distribution": {
            "bands": [
                {"label": band.label, "count": band.count, "names": list(band.names)}
                for band in found.bands
            ],
            "quartiles": asdict(found.spread) if found.spread else None,
        },
        "coverage": {
            "reports": found.covered.reports,
            "used": found.covered.used,
            "outside": found.covered.outside,
            "missing": [_gap(gap) for gap in found.gaps],
        },
        "warnings": list(found.warnings),
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "rank": row.rank,
        "entity": row.entity,
        "project": row.project or None,
        "year": row.year,
        "scope": row.fact.scope.name,
        "reports": list(row.reports),
        "value": value_to_json(row.fact.value),
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "entity": gap.entity,
        "project": gap.project or None,
        "year": gap.year,
        "reports": list(gap.reports),
        "reason": gap.reason.value,
        "words": gap.words,
        "values": [value_to_json(value) for value in gap.values],
    }
