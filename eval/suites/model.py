"""Suites as values: questions, what is known of their answers, and what a file has wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Cite = Literal["report", "page", "quote"]
TextKind = Literal["text_contains", "any_of", "list"]


@dataclass(frozen=True, slots=True, order=True)
class SuiteProblem:
    """One thing that is wrong with a suite file, at its line (0: with the file as a whole)."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}：{self.message}"


class SuiteError(ValueError):
    """A suite file cannot be used; the message has a line for each of `problems`."""

    def __init__(self, problems: Iterable[SuiteProblem] | str) -> None:
        self.problems = () if isinstance(problems, str) else tuple(problems)
        super().__init__(
            problems if isinstance(problems, str) else "\n".join(map(str, self.problems))
        )


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a figure may be from the expected one: in its unit, or as a share of its size."""

    size: Decimal
    relative: bool = False

    def of(self, value: Decimal) -> Decimal:
        """The permitted distance from `value`, in the unit of `value`."""
        return abs(value) * self.size if self.relative else self.size

    def __str__(self) -> str:
        size = self.size * 100 if self.relative else self.size
        return f"±{size.normalize():f}" + ("%" if self.relative else "")


@dataclass(frozen=True, slots=True)
class Amount:
    """An expected figure: the number as written in the suite (its decimals count) and its unit.

    With a `tolerance` the decimals count no more, the distance does.
    """

    number: str
    unit: str
    tolerance: Tolerance | None = None

    @property
    def value(self) -> Decimal:
        return Decimal(self.number)

    def __str__(self) -> str:
        return f"{self.number}{self.unit}" + (f"（{self.tolerance}）" if self.tolerance else "")


@dataclass(frozen=True, slots=True)
class NumberExpected:
    """The first number of the answer equals one of `amounts` (the first is the preferred one)."""

    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A figure of a series under its label."""

    label: str
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class SeriesExpected:
    """Every labelled figure is given under the right label."""

    items: tuple[Labelled, ...]


@dataclass(frozen=True, slots=True)
class TextExpected:
    """All (`need_all`) or at least one of `strings` stand in the answer.

    `kind` keeps the suite's word for it: text_contains, any_of or list.
    """

    strings: tuple[str, ...]
    need_all: bool
    kind: TextKind


@dataclass(frozen=True, slots=True)
class AbstainExpected:
    """The reports do not say: no figure may be given."""


@dataclass(frozen=True, slots=True)
class ContradictionExpected:
    """The report contradicts itself: `stated` and one of `recomputed` must both be shown."""

    stated: str
    recomputed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClarifyExpected:
    """The question is open: ready choices are offered, or one of `accept` is given."""

    accept: tuple[Amount, ...] = ()


Expectation = (
    NumberExpected
    | SeriesExpected
    | TextExpected
    | AbstainExpected
    | ContradictionExpected
    | ClarifyExpected
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Where the suite's author found the answer."""

    file: str
    quote: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what is known about its answer.

    `kind` is its number among the kinds of question that readers ask (1 to 30); `paraphrases` are
    further wordings with the same answer, each with its style; with `cite` the answer is right
    only if it also names the source, as closely as that; `derive` and `check` are the author's
    arithmetic, `pending` means that nobody has looked at the case since it was drafted.
    """

    id: str
    type: str
    question: str
    expect: Expectation
    style: str = ""
    must_not_flag: bool = False
    followup_of: str | None = None
    note: str = ""
    source: tuple[Quote, ...] = ()
    line: int = 0
    kind: int | None = None
    paraphrases: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    cite: Cite | None = None
    derive: str | None = None
    check: tuple[str, ...] = ()
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Suite:
    """The cases of one file, in the order in which they are asked."""

    name: str
    cases: tuple[Case, ...]
