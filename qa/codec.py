"""Answers and batch questions as JSON: the one place where their wire shape is written down.

Numbers travel as text, as they were rendered from Decimals; nothing here rounds or converts.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any, TypeGuard

from qa.model import Answer, Source, Value

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class QuestionLineError(ValueError):
    """A line of a batch file is no question; the message says why and `id` which, if it says so."""

    def __init__(self, message: str, identity: str | int | None = None) -> None:
        super().__init__(message)
        self.id = identity


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """A line of a batch file. `unknown` names the keys that mean nothing here."""

    id: str | int
    question: str
    followup_of: str | int | None = None
    unknown: tuple[str, ...] = ()


def read_question_line(line: bytes) -> BatchQuestion:
    """One line of a batch file: ``{"id": …, "question": "…", "followup_of": …}`` in UTF-8.

    Raises:
        QuestionLineError: it is no UTF-8, no JSON object, or lacks a usable id or question.
    """
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise QuestionLineError(f"不是 UTF-8 的 JSON：{error}") from error
    if not isinstance(found, dict):
        raise QuestionLineError('每行应为一个 JSON 对象，如 {"id": "1", "question": "…"}')
    identity, question = found.get("id"), found.get("question")
    if not _is_id(identity):
        raise QuestionLineError("缺少 id（文字或整数）")
    if not isinstance(question, str) or not question.strip():
        raise QuestionLineError("缺少 question（非空文字）", identity)
    previous = found.get("followup_of")
    if previous is not None and not _is_id(previous):
        raise QuestionLineError("followup_of 应为前面某个问题的 id", identity)
    unknown = tuple(sorted(found.keys() - {"id", "question", "followup_of"}))
    return BatchQuestion(identity, question, previous, unknown)


def _is_id(value: object) -> TypeGuard[str | int]:
    return isinstance(value, str | int) and not isinstance(value, bool)


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """The answer as plain JSON values; `choices` only where there is something to choose.

    `confidence` and `doubts` only where the last gate has judged the answer.
    """
    shown: dict[str, Any] = {
        "question": answer.question,
        "outcome": answer.outcome.value,
        "text": answer.text,
        "values": [value_to_json(value) for value in answer.values],
        "citations": [
            {"report": cited.report, "page": cited.page, "quote": cited.quote}
            for cited in answer.citations
        ],
        "equations": [asdict(equation) for equation in answer.equations],
        "coverage": {
            "reports": answer.coverage.reports,
            "used": answer.coverage.used,
            "missing": list(answer.coverage.missing),
        },
        "reason": answer.reason,
        "planner": answer.planner,
        "seconds": round(answer.seconds, 3),
    }
    if answer.confidence is not None:
        shown["confidence"] = format(answer.confidence, "f")
    if answer.doubts:
        shown["doubts"] = [asdict(doubt) for doubt in answer.doubts]
    if answer.choices:
        shown["choices"] = list(answer.choices)
    return shown


def value_to_json(value: Value) -> dict[str, Any]:
    """A value; `doubtful` only where it is, `direction` only of a change, `approx` as printed."""
    shown: dict[str, Any] = {
        "label": value.label,
        "number": value.number,
        "unit": value.unit,
        "period": value.period,
        "entity": value.entity,
        "project": value.project,
        "metric": value.metric,
        "check": value.check.value,
        "formula": value.formula,
        "recomputed": value.recomputed,
        "other": value.other,
        "sources": [source_to_json(source) for source in value.sources],
    }
    if value.approx:
        shown["approx"] = value.approx
    if value.direction:
        shown["direction"] = value.direction
    return {**shown, "doubtful": True} if value.doubtful else shown


def source_to_json(source: Source) -> dict[str, Any]:
    """A place; `cell` only where the report is a workbook."""
    shown: dict[str, Any] = {
        "report": source.report,
        "page": source.page,
        "table": source.table,
        "row": source.row,
        "column": source.column,
        "quote": source.quote,
        "start": source.start,
        "end": source.end,
    }
    return {**shown, "cell": source.cell} if source.cell else shown


def json_line(value: object, *, indent: int | None = None) -> str:
    """`value` as JSON with Chinese left readable and nothing that a terminal would act on.

    Control characters and undecodable parts of file names are escaped, so the text can always
    be encoded as UTF-8 and stays on one line when `indent` is None.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
