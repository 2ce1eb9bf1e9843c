"""A comparison as a pure value: rows of subjects and metrics, columns of years, each cell checked.

Every number in it is a figure of a report or was computed from such figures; the command line, the
page and other programs show it, none of them computes.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ingest.quantity import Quantity, Unit
from qa.model import Check, Source, Value


class Origin(StrEnum):
    """Which report a cell's value comes from."""

    OWN = "own"  # the subject's report for that year
    LATER = "later"  # stated for that year by a report for another year
    IMPLIED = "implied"  # the next year's value less its stated change
    MISSING = "missing"
    UNCLEAR = "unclear"  # several figures fit and nothing decides between them


class Kind(StrEnum):
    """What a warning is about."""

    CONTRADICTION = "contradiction"  # reports, or a report and itself, say two values
    SCOPE = "scope"  # the cells of a row do not count the same things
    UNIT = "unit"  # printed in different units of account
    REPORT_KIND = "report_kind"  # taken from reports of different kinds
    NAME = "name"  # the reports name the figure differently
    GUESS = "guess"  # two names were taken for one by their likeness
    RENAMED = "renamed"  # two names are one by what a report or the user says
    MISSING = "missing"  # no value for a year
    UNCLEAR = "unclear"
    IMPLIED = "implied"  # worked out, or taken from another year's report
    DOUBTFUL = "doubtful"  # not surely recognised
    RESTATED = "restated"  # the later report says that it counts otherwise than before
    BASE = "base"  # no rate of growth from a base of nothing or less


class State(StrEnum):
    """How far it is settled that two names are one."""

    CONFIRMED = "confirmed"  # reports say so, or give both one code; quoted
    SPELLED = "spelled"  # spellings of one name: treated as one, but nobody says so
    USER = "user"  # the user said so
    GUESSED = "guessed"  # close names; shown as a guess everywhere
    PARTED = "parted"  # the user said that they are two


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two names taken for one body or project, how that is known, and where it stands.

    `kind` is ``unit`` or ``project``; `first` is the earlier name where that is known. `how` says
    it in Chinese.
    """

    kind: str
    first: str
    second: str
    state: State
    how: str
    sources: tuple[Source, ...] = ()

    @property
    def guessed(self) -> bool:
        return self.state is State.GUESSED

    @property
    def open(self) -> bool:
        """Whether it rests on the names alone, so that a person may still confirm or reject it."""
        return self.state in (State.GUESSED, State.SPELLED)


@dataclass(frozen=True, slots=True)
class Derived:
    """A number computed from cells: printed `number`, exact `value` and its interval in `unit`."""

    number: str
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    unit: Unit
    formula: str
    check: Check


@dataclass(frozen=True, slots=True)
class Rival:
    """A competing value of a cell: as printed with its unit, in which words, where."""

    shown: str
    message: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One subject's metric in one year.

    Attributes:
        value: number in the row's unit, check, formula, sources; None where there is none.
        quantity: the same with its interval, in the row's unit.
        printed: the number as the report prints it, with its unit.
        entity: the unit's name in the report that gives the value.
        project: the project's name there, or "".
        name: what the report calls the figure.
        rivals: competing values, of this or another report.
        guessed: its report bears a name that is taken for the subject's by a guess.
        share: of the total of the rows that it may be added with.
        notes: what a reader must know about it.
    """

    period: str
    origin: Origin
    value: Value | None = None
    quantity: Quantity | None = None
    printed: str = ""
    entity: str = ""
    project: str = ""
    name: str = ""
    scope: tuple[str, ...] = ()
    report_kind: str = ""
    rivals: tuple[Rival, ...] = ()
    guessed: bool = False
    share: Derived | None = None
    notes: tuple[str, ...] = ()

    @property
    def contradicted(self) -> bool:
        return bool(self.rivals) or (self.value is not None and self.value.check is Check.FAILS)


@dataclass(frozen=True, slots=True)
class Change:
    """From one year's cell to another's. `growth` is None where no rate can be given: see `note`."""

    start: str
    end: str
    amount: Derived | None
    growth: Derived | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A subject's metric over the years. `cells` run parallel to the columns of the comparison.

    `changes` lead from each year that has a value to the next that has one; where there are more
    than two such years, `overall` leads from the first to the last.
    """

    entity: str
    project: str
    metric: str
    unit: Unit | None
    cells: tuple[Cell, ...]
    changes: tuple[Change, ...] = ()
    overall: Change | None = None

    @property
    def label(self) -> str:
        who = f"{self.entity}“{self.project}”" if self.project else self.entity
        return f"{who} {self.metric}".strip()


@dataclass(frozen=True, slots=True)
class Caution:
    """What a reader must know before reading across: one sentence, of which row and year."""

    kind: Kind
    text: str
    row: int | None = None
    period: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows over `columns` (years). Without rows, `reason` says why, and `choices` what to name.

    `missing` lists the cells without a value in words; `reports` is how many reports were in
    scope, `used` how many gave a value.
    """

    question: str
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    warnings: tuple[Caution, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    missing: tuple[str, ...] = ()
    reports: int = 0
    used: int = 0
    reason: str = ""
    choices: tuple[str, ...] = ()

    @property
    def guesses(self) -> tuple[Alignment, ...]:
        return tuple(each for each in self.alignments if each.guessed)

    @property
    def contradicted(self) -> bool:
        return any(cell.contradicted for row in self.rows for cell in row.cells)
