"""Answers as JSON (the output of `gouji ask --json`) read back into values, strictly."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from qa.model import Answer, Check, Coverage, EquationNote, Outcome, Reservation, Source, Value


class AnswerFormatError(ValueError):
    """A JSON answer breaks the published format; the message names the field."""


def _outcome(value: object) -> object:
    return Outcome(value) if isinstance(value, str) else value


def _check(value: object) -> object:
    return Check(value) if isinstance(value, str) else value


def _seconds(value: object) -> object:
    return float(value) if isinstance(value, int | Decimal) else value


class _Wire(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class _Source(_Wire):
    report: str
    quote: str
    page: int | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    start: int = 0
    end: int = 0
    cell: str | None = None

    def value(self) -> Source:
        return Source(**self.model_dump())


class _Value(_Wire):
    label: str
    number: str
    unit: str
    period: str
    entity: str
    project: str | None
    metric: str
    check: Annotated[Check, BeforeValidator(_check)]
    formula: str = ""
    recomputed: str | None = None
    other: str | None = None
    sources: list[_Source] = []
    doubtful: bool = False
    approx: str = ""
    direction: str = ""

    def value(self) -> Value:
        fields = self.model_dump(exclude={"sources"})
        return Value(**fields, sources=tuple(source.value() for source in self.sources))


class _Equation(_Wire):
    name: str
    formula: str
    verdict: str


class _Doubt(_Wire):
    kind: str
    text: str


class _Coverage(_Wire):
    reports: int = 0
    used: int = 0
    missing: list[str] = []


class _Answer(_Wire):
    question: str
    outcome: Annotated[Outcome, BeforeValidator(_outcome)]
    text: str
    id: str | int | None = None
    values: list[_Value] = []
    citations: list[_Source] = []
    equations: list[_Equation] = []
    coverage: _Coverage = _Coverage()
    reason: str = ""
    choices: list[str] = []
    planner: str = "rules"
    seconds: Annotated[float, BeforeValidator(_seconds)] = 0.0
    confidence: str | None = None
    doubts: list[_Doubt] = []


def answer_from_json(data: Mapping[str, Any]) -> Answer:
    """The Answer that a JSON object stands for (the `id` of a batch line is left out).

    Raises:
        AnswerFormatError: a field is missing, unknown or of the wrong type.
    """
    try:
        wire = _Answer.model_validate(dict(data))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise AnswerFormatError(f"答案 JSON 的 {where}：{first['msg']}") from error
    return Answer(
        question=wire.question,
        outcome=wire.outcome,
        text=wire.text,
        values=tuple(value.value() for value in wire.values),
        citations=tuple(source.value() for source in wire.citations),
        equations=tuple(EquationNote(e.name, e.formula, e.verdict) for e in wire.equations),
        coverage=Coverage(wire.coverage.reports, wire.coverage.used, tuple(wire.coverage.missing)),
        reason=wire.reason,
        choices=tuple(wire.choices),
        planner=wire.planner,
        seconds=wire.seconds,
        confidence=None if wire.confidence is None else Decimal(wire.confidence),
        doubts=tuple(Reservation(each.kind, each.text) for each in wire.doubts),
    )
