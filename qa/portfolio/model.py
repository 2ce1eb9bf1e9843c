"""Portfolios: one metric over all reports of a year, ranked, added up and spread out.

Every row carries the value as it is shown elsewhere, with its check and its place. What is not in
the rows is in the gaps, each with its reason; nothing is left out silently.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ingest.quantity import Unit
from qa.model import Check, PartRef, Value
from qa.plan import Order
from qa.present import Computed, grouped, plain


class Metric(StrEnum):
    """What is compared over the reports."""

    EXECUTION = "execution"  # 预算执行率: stated, or payments ÷ budget
    ADJUSTMENT = "adjustment"  # 预算调整额: adjusted − initial, signed
    ADJUSTMENT_RATE = "adjustment_rate"  # 预算调整率, signed
    SCORE = "score"
    SCORE_RATE = "score_rate"  # score ÷ full mark
    GRADE = "grade"
    AMOUNT = "amount"  # money, named by words: 三公, 机关运行经费, 基本支出
    EXCESS = "excess"  # final − budget of such an amount


class Over(StrEnum):
    """What the rows are."""

    UNITS = "units"
    PROJECTS = "projects"


class Reason(StrEnum):
    """Why a report of the year is not in the ranking."""

    NOT_STATED = "not_stated"
    UNIT_UNCLEAR = "unit_unclear"  # the number stands without 元 or 万元
    BODY_UNCLEAR = "body_unclear"  # the report does not say whose it is
    SCOPE_DIFFERS = "scope_differs"
    AMBIGUOUS = "ambiguous"  # several values, and nothing decides
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Scope:
    """口径: the fund that a value is limited to, "" for all; and what it is measured on.

    `basis` is 年初预算 where a rate is on the budget at the start of the year, 自评 or 评价 for
    scores, 支出 or 预算 for a project's amount, else "".
    """

    fund: str = ""
    basis: str = ""

    @property
    def name(self) -> str:
        return "、".join(filter(None, (self.fund or "全口径", self.basis)))


@dataclass(frozen=True, slots=True)
class Condition:
    """``超过100万元``: a test on values in the base unit, and how it was said."""

    said: str
    holds: Callable[[Decimal], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question over a portfolio.

    Attributes:
        metric: what is compared.
        over: units or projects.
        years: the years reported; empty for all.
        words: the name of the amount, for AMOUNT and EXCESS.
        scope: the fund that is asked for; None takes the one that most reports give.
        order: which end comes first; None lists from the highest.
        top: how many ranks are shown; None shows all.
        condition: which values are shown.
        unit: the unit to show money in.
        size: rank by the size of a change, whatever its direction.
        grade: the grade that rows are to have, "" for any.
        other: show the rows that have another grade instead.
        both: show the other end of the ranking as well.
        count: how many units or projects the question says there are; None where it does not.
        implied: that all projects are meant is not said (得分最低的项目), so that it may be the rows
            of a table as well.
        extremes: the ends of the ranking that are asked for beside the rows.
        totals: the labels of the totals that are asked for beside the rows.
    """

    metric: Metric
    over: Over
    years: tuple[str, ...] = ()
    words: str = ""
    scope: str | None = None
    order: Order | None = None
    top: int | None = None
    condition: Condition | None = None
    unit: Unit | None = None
    size: bool = False
    grade: str = ""
    other: bool = False
    both: bool = False
    count: int | None = None
    implied: bool = False
    extremes: tuple[Order, ...] = ()
    totals: tuple[str, ...] = ()

    @property
    def beside(self) -> bool:
        """Whether something is asked of the rows beside the rows themselves."""
        return bool(self.extremes or self.totals)


@dataclass(frozen=True, slots=True)
class Fact:
    """A value of the metric that a report gives, in a scope.

    `amount` is the number with its unit and interval, None for a grade. `against` names what
    speaks against it: the value is then shown and never ranked. `stated` is the amount as the
    report gives it, where it was converted for the ranking.
    """

    scope: Scope
    value: Value
    amount: Computed | None
    against: str = ""
    stated: Computed | None = None

    @property
    def given(self) -> Computed | None:
        """The amount in the unit and with the digits that the report gives."""
        return self.stated or self.amount

    @property
    def printed(self) -> str:
        """The number with its unit as the report gives it, its thousands parted."""
        if self.stated is not None:
            return f"{grouped(plain(self.stated.value))}{self.stated.unit.symbol}"
        return f"{grouped(self.value.number)}{self.value.unit}"

    @property
    def base(self) -> Decimal | None:
        """The number in the base unit of its dimension."""
        return None if self.amount is None else self.amount.value * self.amount.unit.factor


@dataclass(frozen=True, slots=True)
class Lacking:
    """Why a part of a report gives no value: the reason, and the values that were found."""

    reason: Reason
    words: str
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One unit or project: its value, and its rank among all that could be ranked."""

    rank: int
    entity: str
    project: str
    year: str
    fact: Fact
    reports: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.entity}“{self.project}”" if self.project else self.entity


@dataclass(frozen=True, slots=True)
class Gap:
    """One unit or project without a rank, and why; contradicted values are shown."""

    entity: str
    project: str
    year: str
    reports: tuple[str, ...]
    reason: Reason
    words: str
    values: tuple[Value, ...] = ()

    @property
    def name(self) -> str:
        who = f"{self.entity}“{self.project}”" if self.project else self.entity
        return who or "、".join(self.reports)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum or an average over ranked rows: of all of them, or of one unit's projects.

    `note` says how it was rounded, or that its addends are printed to different digits.
    """

    label: str
    count: int
    number: str
    unit: str
    formula: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """How many rows lie in a stretch of values, or have one grade."""

    label: str
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Lowest, quartiles and highest, as text in `unit`."""

    lowest: str
    lower: str
    median: str
    upper: str
    highest: str
    unit: str


@dataclass(frozen=True, slots=True)
class Covered:
    """Of the loaded reports of the year: those in question, those used, and those of other kinds."""

    reports: int
    used: int
    outside: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    """One metric over all reports of a year.

    `rows` are all that could be ranked, in order; `shown` are those that the question asks to see.
    """

    asked: Asked
    title: str
    scope: Scope
    rows: tuple[Row, ...]
    shown: tuple[Row, ...]
    gaps: tuple[Gap, ...]
    totals: tuple[Total, ...]
    bands: tuple[Band, ...]
    spread: Spread | None
    covered: Covered
    warnings: tuple[str, ...]

    @property
    def contradicted(self) -> tuple[Gap, ...]:
        return tuple(gap for gap in self.gaps if gap.reason is Reason.CONTRADICTED)


@dataclass(frozen=True, slots=True)
class Member:
    """A part of a report that a portfolio asks, with what it gives."""

    part: PartRef
    facts: tuple[Fact, ...]
    lacking: Lacking | None = None


BETTER = {Check.EXACT: 0, Check.ROUNDING: 1, Check.DERIVED: 2, Check.STATED: 3, Check.FAILS: 4}
"""Checks from the surest on."""
