"""The plan of an answer: which figures, which operation, shown how. A small closed language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.model import Direction, Role
from ingest.quantity import Dimension, Unit
from qa.model import PartKey
from qa.question.ellipsis import Named
from qa.texts.model import TextKind


class Operation(StrEnum):
    LOOKUP = "lookup"
    CHANGE = "change"  # amount of change against the year before or the budget
    GROWTH = "growth"  # rate of that change
    DIFFERENCE = "difference"
    DEDUCTION = "deduction"  # marks lost: stated, or full mark − score
    RATIO = "ratio"
    COMPLETION = "completion"  # a completion rate, stated or actual ÷ target
    SHARE = "share"
    SUM = "sum"
    AVERAGE = "average"
    RANK = "rank"
    FILTER = "filter"  # which rows or projects meet a condition
    COUNT = "count"
    TEXT = "text"
    VERIFY = "verify"


class Order(StrEnum):
    MOST = "most"
    LEAST = "least"


@dataclass(frozen=True, slots=True)
class Target:
    """One figure that is asked for.

    Attributes:
        key: the words that name it, without names, years and question words.
        role: the role asked for, or None when the words alone decide.
        dimension: what it must measure, or None.
        noun: the counted noun or measure word asked for (几次: 次).
        basis: what a change is measured against (上年, 预算), or "".
        label: how the asker calls it, for the answer.
        where: the enclosing phrase, which the figure must answer to.
        part: a part of what is asked for before it (其中…).
        said: of several asks, what the question says of this one; "" for the whole question.
    """

    key: str
    role: Role | None = None
    dimension: Dimension | None = None
    noun: str = ""
    basis: str = ""
    label: str = ""
    aside: str = ""  # another name that the question gives in brackets
    beside: str = ""  # words before a quoted name: context for this target alone
    synonyms: bool = True  # whether other names of it may stand in where it finds nothing
    measure: str = ""  # the measure that it says and nothing else (see `qa.planning.carried`)
    carried: str = ""  # its subject, said before another measure of the same list
    where: str = ""  # what the question puts around it (项目支出中, …): part of `key` as well
    part: bool = False  # 其中…: of what is asked for before it
    said: str = ""  # of several asks, what the question says of this one


@dataclass(frozen=True, slots=True)
class Plan:
    """What to compute for a question."""

    question: str
    text: str  # the question in the trade's words, names and years blanked out
    operation: Operation
    targets: tuple[Target, ...]
    context: str = ""
    years: tuple[str, ...] = ()
    basis_years: tuple[str, ...] = ()  # named only to compare with (比2021年)
    parts: tuple[PartKey, ...] = ()  # the parts in scope; empty: all
    projects: tuple[tuple[str, tuple[PartKey, ...]], ...] = ()
    entities: tuple[str, ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()  # bodies named one by one, each with its other names
    projects_apart: tuple[tuple[str, ...], ...] = ()  # projects at each place, like `apart`
    unit: Unit | None = None
    order: Order | None = None
    top: int = 1
    nth: int = 1  # the place asked for, from the extreme
    text_kind: TextKind | None = None
    text_targets: tuple[tuple[TextKind, Target], ...] = ()  # asked beside figures
    claimed: Direction = Direction.NONE  # a direction that the question takes for granted
    numbers: tuple[str, ...] = ()  # figures that the question quotes
    unknown: tuple[str, ...] = ()  # bodies named that are not in the library
    only_told_of: tuple[str, ...] = ()  # such bodies that the reports of others name in a row
    memory: str = ""  # what the turn before was about
    must: tuple[str, ...] = ()  # names and codes that the figure itself has to bear
    lenient: bool = False  # translated: words that the reports nowhere use do not count
    named: tuple[Named, ...] = ()  # where the question names units, projects and years
    completed: bool = False  # the question is a follow-up put in full
    renamed: str = ""  # the name that it puts in the place of another: the figure has to bear it
    inherited: tuple[str, ...] = ()  # what a follow-up took over, for display
    about: bool = False  # what is near the amount will do: 大约多少
    left: str = (
        ""  # what was worked out before this follow-up, which says nothing else of another thing
    )

    @property
    def project_parts(self) -> tuple[PartKey, ...]:
        """The parts of the projects that the question names."""
        return tuple(key for _, its in self.projects for key in its)

    @property
    def without_bodies(self) -> str:
        """The question with a bar for each body and year that it names; projects stay."""
        characters = list(self.question)
        for named in self.named:
            if named.kind != "project":
                characters[named.start : named.end] = "|" * (named.end - named.start)
        return "".join(characters)

    @property
    def asked_parts(self) -> tuple[PartKey, ...]:
        """The parts of the projects named; where none is, all in scope."""
        return self.project_parts or self.parts
