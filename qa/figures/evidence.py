"""Figures that a target may mean: found in scope, scored, grouped by equal value."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from ingest import interval
from ingest.interval import Interval
from ingest.model import Document, Figure, Part, Role
from ingest.quantity import Dimension
from qa.figures.fitting import excluded_names, fits, named_so, period_fits
from qa.figures.matches import Match, match_figures
from qa.figures.weighing import EVALUATED, adjustment, by_others, other_stage, stage_of
from qa.figures.word_index import FigureIndex, FigureIndexCache
from qa.model import PartKey, PartRef
from qa.part_index import index_of
from qa.plan import Plan, Target
from qa.planning.carried import ending_measure
from qa.words.matching import squeeze

_HELD = 64  # documents that one question keeps at hand


class Catalogue(Protocol):
    """What evidence needs of a library."""

    def document(self, report: int) -> Document: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure that may be meant, with its document, and how well it fits."""

    report: int
    document: Document
    figure: Figure
    match: Match
    score: float

    @classmethod
    def sure(cls, report: int, document: Document, figure: Figure) -> Candidate:
        """A figure that was found by its place, not by how well its words fit."""
        return cls(report, document, figure, Match(figure.no, 1, 1, 0, 1, 1), 0.0)

    @property
    def part(self) -> Part:
        return self.document.part_of(self.figure.block)

    @property
    def period(self) -> str:
        return self.figure.period or self.part.year


@dataclass(frozen=True, slots=True)
class Cluster:
    """Candidates that say the same thing: equal value, role class, period and unit."""

    best: Candidate
    members: tuple[Candidate, ...]

    @property
    def score(self) -> float:
        return self.best.score + 0.02 * min(len(self.members) - 1, 3)

    @property
    def finest(self) -> Candidate:
        """The member that is printed most exactly, to work with; the best of equally exact ones."""
        own = interval.of(self.best.figure.quantity)
        ranges = {id(each): interval.of(each.figure.quantity) for each in self.members}
        inside = [each for each in self.members if ranges[id(each)].within(own)]
        return min(
            inside or [self.best],
            key=lambda each: (ranges[id(each)].width, each is not self.best),
        )


class Evidence:
    """Figures of the reports in scope of a plan, scored against its targets."""

    def __init__(self, catalogue: Catalogue, parts: Sequence[PartRef]) -> None:
        self._catalogue = catalogue
        self.names = index_of(parts)
        self.parts = self.names.parts
        self._documents: dict[int, Document] = {}

    @property
    def library(self) -> Catalogue:
        """Where the documents come from."""
        return self._catalogue

    def ref(self, key: PartKey) -> PartRef:
        return self.names.refs[key]

    def document(self, report: int) -> Document:
        """The report, read whole; one question asks for it once."""
        found = self._documents.get(report)
        if found is None:
            if len(self._documents) >= _HELD:
                self._documents.clear()
            found = self._documents[report] = self._catalogue.document(report)
        return found

    def index(self, report: int) -> FigureIndex:
        """The report's figure index, built once per document."""
        return FigureIndexCache.get(self.document(report))

    def scoped(self, keys: Collection[PartKey]) -> Iterator[tuple[int, set[int]]]:
        """Reports with the numbers of their parts in scope."""
        reports: dict[int, set[int]] = {}
        for report, part in keys or self.names.keys:
            reports.setdefault(report, set()).add(part)
        yield from reports.items()

    def candidates(
        self,
        target: Target,
        plan: Plan,
        *,
        years: Collection[str] = (),
        keys: Collection[PartKey] | None = None,
        keep: Callable[[Figure], bool] | None = None,
    ) -> list[Candidate]:
        """Figures for a target, best first; at most 200."""
        found: list[Candidate] = []
        excluded = excluded_names(plan.text)
        against = other_stage(target.key)
        scored = target.role is Role.SCORE and bool(EVALUATED.search(target.label))
        key = _BY_WHOM.sub("", target.key) if scored else target.key
        spent = target.role is not Role.BUDGET and ending_measure(target.key) == "支出"
        for report, parts in self.scoped(plan.parts if keys is None else keys):
            index = self.index(report)
            document = index.document
            allowed = {
                figure.no
                for figure in document.figures
                if figure.part in parts
                and period_fits(figure, document, years)
                and fits(figure, target)
                and (keep is None or keep(figure))
                and not (spent and figure.role is Role.BUDGET)
                and not (against and stage_of(figure) == against)
                and not (scored and by_others(document, figure, target.label))
                and not (excluded and named_so(figure, excluded))
            }
            for match in match_figures(
                index, key, f"{plan.context} {target.beside}", allowed, lenient=plan.lenient
            )[:80]:
                figure = document.figures[match.figure]
                score = match.score + adjustment(document, figure, target, plan)
                found.append(Candidate(report, document, figure, match, score))
        return sorted(found, key=lambda c: (-c.score, c.report, c.figure.no))[:200]


# By whom it was rated tells scores apart (`by_others`) and stands nowhere beside them.
_BY_WHOM = re.compile(r"第三方(?:机构)?|(?:财政|上级)(?=(?:重点)?(?:绩效)?评价)")


def clusters(candidates: Sequence[Candidate]) -> list[Cluster]:
    """Candidates grouped by what they say, best group first."""
    groups: list[list[Candidate]] = []
    alike: defaultdict[_Kind, list[tuple[Interval, list[Candidate]]]] = defaultdict(list)
    for candidate in candidates:
        value = interval.of(candidate.figure.quantity)
        near = alike[_kind(candidate)]
        group = next((members for first, members in near if first.overlaps(value)), None)
        if group is None:
            group = []
            groups.append(group)
            near.append((value, group))
        group.append(candidate)
    made = [Cluster(group[0], tuple(group)) for group in groups]
    return sorted(made, key=lambda cluster: -cluster.score)


_VALUE_ROLES = frozenset({Role.VALUE, Role.ACTUAL, Role.BUDGET, Role.COMPLETION})


class _Kind(NamedTuple):
    """What two figures must have in common to state one value."""

    dimension: Dimension
    noun: str
    period: str
    role: Role
    body: str


def _kind(candidate: Candidate) -> _Kind:
    figure, unit = candidate.figure, candidate.figure.quantity.unit
    role = Role.VALUE if figure.role in _VALUE_ROLES else figure.role
    body = squeeze(candidate.part.entity.value)
    return _Kind(unit.dimension, unit.noun, candidate.period, role, body)


def says_same(left: Candidate, right: Candidate) -> bool:
    """True when two figures state one value of one kind for one period and unit."""
    if _kind(left) != _kind(right):
        return False
    return interval.of(left.figure.quantity).overlaps(interval.of(right.figure.quantity))
