"""A run as JSON for programs, written answer by answer; docs/eval.md says what each field means.

`format` grows when a field changes its meaning or goes; new fields may come at any time.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import IO, Any

from eval.judging import Judged
from eval.report import expected_text
from eval.reports.collected import Collected
from eval.reports.gaps import gaps
from eval.rundiff import diff_json
from eval.runlog import Header
from eval.scorers.aspects import aspects
from eval.scorers.risk import confidence_of
from eval.tally import summary_json, totals_json
from qa.codec import json_line

FORMAT = 1


def json_report(found: Collected, file: IO[str]) -> None:
    """Write the file: what the run is of, its counts, its curve, what changed, every answer."""
    head = {
        "format": FORMAT,
        "run": _header_json(found.header),
        "done": found.done,
        "whole": found.done == found.header.asks,
        "summary": summary_json(found.summary),
        "tags": {name: totals_json(totals) for name, totals in found.tags.items()},
        "risk_area": str(found.area),
        "diff": diff_json(found.diff) if found.diff is not None else None,
    }
    body = json_line(head, indent=2)
    file.write(body.removesuffix("}").rstrip() + ',\n  "cases": [')
    for number, judged in enumerate(found.run.judged()):
        file.write(",\n    " if number else "\n    ")
        file.write(json_line(_case_json(judged)))
    file.write("\n  ]\n}\n")


def _header_json(header: Header) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(asdict(header), default=str))
    return plain


def _case_json(judged: Judged) -> dict[str, Any]:
    entry, outcome = judged.entry, judged.outcome
    case, score, answer = outcome.case, outcome.score, outcome.answer
    return {
        "suite": entry.suite,
        "id": entry.case,
        "repeat": entry.repeat,
        "type": case.type,
        "kind": case.kind,
        "tags": list(case.tags),
        "question": case.question,
        "followup_of": case.followup_of,
        "expected": expected_text(case),
        "verdict": score.verdict.value,
        "reason": score.reason,
        "checked_wrong": score.checked_wrong,
        "stated_wrong": score.stated_wrong,
        "verdict_stated": outcome.stated.verdict.value,
        "confidence": str(confidence_of(answer)) if answer is not None else None,
        "gaps": [asdict(gap) for gap in gaps(outcome)],
        "aspects": _plain(asdict(aspects(case, answer))) if answer is not None else None,
        "seconds": entry.seconds,
        "tokens": entry.tokens,
        "calls": entry.calls,
        "cost": str(entry.cost) if entry.cost is not None else None,
        "answer": entry.answer,
    }


def _plain(value: Any) -> Any:
    """Decimals as text; the rest as it is."""
    return json.loads(json.dumps(value, default=str))
