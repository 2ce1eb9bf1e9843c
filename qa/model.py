"""Answers: a closed set of outcomes over values that were recomputed before being shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Outcome(StrEnum):
    ANSWERED = "answered"
    CONTRADICTED = "contradicted"  # stated value and the competing one, both shown
    CLARIFY = "clarify"  # two to four choices
    ABSTAINED = "abstained"

    @property
    def given(self) -> bool:
        """Whether something is shown as an answer."""
        return self in (Outcome.ANSWERED, Outcome.CONTRADICTED)


class Check(StrEnum):
    """How far a shown value was verified."""

    EXACT = "exact"  # re-read from the source, and an equation over other figures gives it exactly
    ROUNDING = "rounding"  # re-read, and such an equation holds within the printed precision
    STATED = "stated"  # re-read from the source; no equation to check it by
    DERIVED = "derived"  # computed from figures that were re-read
    FAILS = "fails"  # an equation that it takes part in fails


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a report; `quote` stands verbatim in it from `start` to `end`.

    `cell` is that of a workbook's sheet: ``公开01表!B7``. `sha256` and `figure` lead back to the
    report and to the figure in it, where the place is that of a figure; they tell no two places
    apart.
    """

    report: str
    quote: str
    start: int
    end: int
    page: int | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    cell: str | None = None
    sha256: str = field(default="", compare=False)
    figure: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Value:
    """A number (as text, rendered from a Decimal) or, with an empty unit, a short text."""

    label: str
    number: str
    unit: str
    period: str
    entity: str
    project: str | None
    metric: str
    check: Check
    formula: str = ""
    recomputed: str | None = None
    other: str | None = None
    sources: tuple[Source, ...] = ()
    doubtful: bool = False  # its digits were not surely recognised: see the original page
    approx: str = ""  # ≤, 近, 约, 余, … as printed with the number
    direction: str = ""  # of a change: 增加/减少 (增长/下降 of a rate); the number may have no sign


@dataclass(frozen=True, slots=True)
class EquationNote:
    name: str
    formula: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many loaded reports were in scope, how many gave figures, and what is missing."""

    reports: int = 0
    used: int = 0
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reservation:
    """A reason why an answer may miss the question: its kind (docs/calibration.md), and in words."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown for a question. The asked values come first in `values`."""

    question: str
    outcome: Outcome
    text: str
    values: tuple[Value, ...] = ()
    citations: tuple[Source, ...] = ()
    equations: tuple[EquationNote, ...] = ()
    coverage: Coverage = Coverage()
    reason: str = ""
    choices: tuple[str, ...] = ()
    planner: str = "rules"
    seconds: float = 0.0
    remarks: tuple[str, ...] = ()  # what `text` closes with: needed to read the values rightly
    inherited: tuple[str, ...] = ()  # what a follow-up took over; `text` opens with it
    confidence: Decimal | None = None  # 0 to 1 that it answers what was asked; None: not judged
    doubts: tuple[Reservation, ...] = ()  # why the confidence is not higher


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader narrowed a question to; None leaves that side open.

    `kind` is a value of `ingest.model.ReportKind`, `report` a report's name or part of it. `english`
    is no restriction: the question as it was typed, where what is asked is its translation.
    """

    unit: str | None = None
    year: str | None = None
    project: str | None = None
    kind: str | None = None
    report: str | None = None
    english: str = ""


PartKey = tuple[int, int]  # (report id, part number)


@dataclass(frozen=True, slots=True)
class PartRef:
    """A part of a loaded report, as the planner sees it in the catalogue."""

    report: int
    part: int
    report_name: str
    kind: str
    title: str
    entity: str
    project: str
    year: str
    carriers: tuple[str, ...] = ()  # other units that it states itself to be of (实施单位)

    @property
    def key(self) -> PartKey:
        return (self.report, self.part)
