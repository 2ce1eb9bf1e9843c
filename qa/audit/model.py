"""What an audit finds: a slip of a report, as a frozen value that screens and papers show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.model import Span
from qa.model import Source


class Severity(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Slip(StrEnum):
    """The likely kind of slip, told by deterministic tests; docs/audit.md explains each."""

    UNIT = "unit"  # 元 for 万元, 万元 for 亿元
    SIGN = "sign"  # minus for plus, 减少 for 增加
    POINT = "point"  # ten, a hundred or a thousand times too much or too little
    TRANSPOSED = "transposed"  # two digits changed places
    DIGIT = "digit"  # one digit differs
    DROPPED = "dropped"  # a digit is missing
    DOUBLED = "doubled"  # a digit is one too many
    STALE = "stale"  # the value of an earlier draft, still standing elsewhere as well
    BASE = "base"  # a rate of another base than the one it names
    MULTIPLIER = "multiplier"  # the scoring formula multiplies by another full mark
    ROUNDING = "rounding"  # off by the last digit, beyond what rounding allows
    MISREAD = "misread"  # no slip of the report: a digit of a scan that was not surely read
    UNKNOWN = ""


class Backing(StrEnum):
    """Which side of a contradiction the report's other equations confirm."""

    RECOMPUTED = "recomputed"  # what the value was recomputed from, not the value
    STATED = "stated"  # the value; one of those that it was recomputed from may be wrong
    BOTH = "both"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure of the equation as printed, with its place."""

    number: str
    unit: str
    metric: str
    source: Source
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rival:
    """A figure that may be wrong instead, and what it would have to be for all to hold."""

    operand: Operand
    right: str


@dataclass(frozen=True, slots=True)
class EquationLine:
    """An equation in words: ``stated = formula``, its family and its verdict."""

    family: str
    formula: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What else the report says about a contradiction.

    `support` are equations that hold and speak for the recomputed value, `stated_support` those
    that speak for the stated one. `rivals` are operands of which one is likelier to be wrong than
    the stated value, each with what it would have to be.
    """

    backing: Backing = Backing.NEITHER
    support: tuple[EquationLine, ...] = ()
    stated_support: tuple[EquationLine, ...] = ()
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One slip, however many equations it breaks.

    `stated`, `recomputed` and `difference` are shown with their units; the difference has the
    sign of stated − recomputed. `interval` is what the printed digits of the other figures allow,
    "" where that is a single value. `source` is the stated figure's place, `mark` the raw offsets
    of the figure itself, `repeated` where the same slip stands again. `equation` is the one that
    tells most; `also` are the others that the same slip breaks. `backwards` is whether the
    equation uses the figure, which is then solved for. `figures` are the figure numbers of the
    slip, `equations` and `assertions` the numbers of what it breaks; all are empty for findings
    across reports.
    """

    family: str
    severity: Severity
    metric: str
    stated: str
    recomputed: str
    source: Source
    mark: Span
    section: tuple[str, ...]
    operands: tuple[Operand, ...]
    equation: EquationLine
    message: str
    difference: str = ""
    direction: str = ""  # high, low, or "" where neither can be said
    interval: str = ""
    evidence: Evidence = Evidence()
    slip: Slip = Slip.UNKNOWN
    slip_note: str = ""
    also: tuple[EquationLine, ...] = ()
    repeated: tuple[Source, ...] = ()
    backwards: bool = False
    figures: tuple[int, ...] = ()
    equations: tuple[int, ...] = ()
    assertions: tuple[int, ...] = ()
