"""Which names of units and projects are one over the years: by what reports and the user say, by
spelling, and by likeness where nothing speaks against it.

Pure. What is known only by likeness is a guess and is given as one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz.distance import OSA

from qa.compare.model import Alignment, State
from qa.model import Source
from qa.naming.bodies import bare, close, read_body
from qa.naming.catalogue import Catalogue
from qa.naming.identity_vetoes import project_veto, unit_veto
from qa.naming.projects import read_project
from qa.words.matching import squeeze

UNIT, PROJECT = "unit", "project"
_GENERAL = re.compile(r"(?:专项|项目|资金|经费|工程|课题)+$")
_YEAR = re.compile(r"20\d\d\s*(?:[-—–~至到]\s*(?:20)?\d\d)?\s*年?度?")
_LEAST = 4  # characters of a project's name that is recognised again
_LIKE = 0.75
_BY = {State.USER: 0, State.PARTED: 0, State.CONFIRMED: 1, State.GUESSED: 2}
_MOST = 60  # names that one name is held against


@dataclass(frozen=True, slots=True)
class NameFact:
    """What a report or the user says of two names.

    Attributes:
        kind: ``unit`` or ``project``.
        first: the earlier name, second: the later one.
        state: confirmed by a report, by the user, or parted by the user.
        how: how it is known, in Chinese.
        entity: the unit of the report that says it; a name without a place is of its place.
        sources: where it stands.
    """

    kind: str
    first: str
    second: str
    state: State
    how: str
    entity: str = ""
    sources: tuple[Source, ...] = ()


class Identities:
    """The names of a catalogue, with what is said of them."""

    def __init__(self, catalogue: Catalogue, facts: Iterable[NameFact] = ()) -> None:
        self.catalogue = catalogue
        self._facts: dict[tuple[str, frozenset[str]], NameFact] = {}
        self._partners: dict[tuple[str, str], set[str]] = defaultdict(set)
        for fact in sorted(facts, key=lambda each: _BY[each.state]):
            self._add(fact)

    def spelled(self, fact: NameFact) -> tuple[str, str]:
        """The two names of a fact as the catalogue has them."""
        return (
            self._known(fact.kind, fact.first, fact.entity),
            self._known(fact.kind, fact.second, fact.entity),
        )

    def _add(self, fact: NameFact) -> None:
        """What the user says comes first and stays."""
        first, second = self.spelled(fact)
        pair = (fact.kind, frozenset((first, second)))
        if first == second or pair in self._facts:
            return
        self._facts[pair] = fact
        if fact.state is not State.PARTED:
            self._partners[fact.kind, first].add(second)
            self._partners[fact.kind, second].add(first)

    def _known(self, kind: str, name: str, entity: str) -> str:
        """The catalogue's name for one that a report prints, with the place that it leaves out."""
        if kind == PROJECT:
            return name
        if name in self.catalogue.parts_of:
            return name
        body, own = read_body(name), read_body(entity)
        regions = body.regions or own.regions
        if not regions:
            return name
        for other in self.catalogue.at_place(regions[-1]):
            if bare(other.core) == bare(body.core):
                return other.name
        return name

    # ---- units

    def units(self, name: str) -> tuple[tuple[str, ...], tuple[Alignment, ...]]:
        """All names of the body called `name`, it first, and how each was found."""
        return self._group(UNIT, name, self._unit_candidates, self.unit_link)

    def _unit_candidates(self, name: str) -> Iterator[str]:
        body = read_body(name)
        if body.regions:
            yield from (other.name for other in self.catalogue.at_place(body.regions[-1]))
        else:
            yield from (other.name for other in self.catalogue.by_core(body.core))

    def unit_link(self, left: str, right: str) -> Alignment | None:
        """How two names of units are one; None where they are not, or nothing says so."""
        said = self._facts.get((UNIT, frozenset((left, right))))
        if said is not None:
            return _said(said)
        if unit_veto(left, right):
            return None
        a, b = read_body(left), read_body(right)
        if bare(a.core) == bare(b.core):
            pair = self._ordered(left, right)
            return Alignment(UNIT, *pair, State.SPELLED, "名称只是写法不同")
        years = self.catalogue.years
        if not close(a.core, b.core) or years.get(left, set()) & years.get(right, set()):
            return None
        return Alignment(UNIT, *self._ordered(left, right), State.GUESSED, "名称相近，年度不重叠")

    def _ordered(self, left: str, right: str) -> tuple[str, str]:
        """The earlier name first, by the years of their reports."""
        years = self.catalogue.years
        first, second = (min(years.get(name) or {""}) for name in (left, right))
        return (right, left) if second < first else (left, right)

    # ---- projects

    def projects(
        self, name: str, units: Collection[str]
    ) -> tuple[tuple[str, ...], tuple[Alignment, ...]]:
        """All names of the project `name` of a body with the names `units`, it first."""
        owned = [each for unit in units for each in self._projects_of.get(unit, ())]
        return self._group(
            PROJECT, name, lambda current: self._near(current, owned), self.project_link
        )

    def _near(self, name: str, owned: Sequence[str]) -> Iterator[str]:
        """Of a unit's projects those that may be `name`; all of them where they are few."""
        if len(owned) <= _MOST:
            yield from owned
            return
        near = {project.name for project in self.catalogue.projects.candidates(name, _MOST)}
        yield from (each for each in owned if each in near)

    @cached_property
    def _projects_of(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for project, owners in self.catalogue.owners.items():
            for owner in owners:
                found[owner][project] = None
        return {owner: tuple(sorted(names)) for owner, names in found.items()}

    def project_link(self, left: str, right: str) -> Alignment | None:
        """How two names of projects of one unit are one."""
        said = self._facts.get((PROJECT, frozenset((left, right))))
        if said is not None and said.state is not State.CONFIRMED:
            return _said(said)
        years = self.catalogue.project_years
        nothing: set[str] = set()
        a, b = years.get(left, nothing), years.get(right, nothing)
        veto = project_veto(left, right, a, b)
        if said is not None:
            return _said(said, guessed=bool(veto))
        if veto:
            return None
        first, second = (left, right) if min(a or {""}) <= min(b or {""}) else (right, left)
        x, y = plain_project(left), plain_project(right)
        if x == y and len(x) >= _LEAST:
            how = (
                "名称只差年度" if _YEAR.sub("", left) == _YEAR.sub("", right) else "名称只差通用词"
            )
            return Alignment(PROJECT, first, second, State.SPELLED, how)
        if a & b or not _alike(x, y):
            return None
        return Alignment(PROJECT, first, second, State.GUESSED, "同一单位、名称相近，年度不重叠")

    def stated(self, alignment: Alignment) -> bool:
        """Whether a report or the user says so, not only the spelling."""
        pair = frozenset((alignment.first, alignment.second))
        return (alignment.kind, pair) in self._facts

    # ---- both

    def said_of(self, kind: str, name: str) -> tuple[str, ...]:
        """The names that a report or the user says are another name of one."""
        return tuple(sorted(self._partners.get((kind, name), ())))

    def parted(self, kind: str, left: str, right: str) -> bool:
        """Whether the user said of two names that they are two."""
        said = self._facts.get((kind, frozenset((left, right))))
        return said is not None and said.state is State.PARTED

    def _group(
        self,
        kind: str,
        name: str,
        candidates: Callable[[str], Iterator[str]],
        link: Callable[[str, str], Alignment | None],
    ) -> tuple[tuple[str, ...], tuple[Alignment, ...]]:
        """The names reached from one; a guess is never reached over another guess."""
        names: dict[str, bool] = {name: False}  # by whether it was guessed
        found: list[Alignment] = []
        queue = [name]
        while queue:
            current = queue.pop(0)
            others = dict.fromkeys(
                (*sorted(self._partners.get((kind, current), ())), *candidates(current))
            )
            for other in others:
                if other in names:
                    continue
                how = link(current, other)
                if how is None or (how.guessed and names[current]):
                    continue
                if how.guessed and self._parted(kind, names, other):
                    continue
                names[other] = names[current] or how.guessed
                found.append(how)
                queue.append(other)
        return tuple(names), tuple(found)

    def _parted(self, kind: str, names: Iterable[str], other: str) -> bool:
        """Whether the user parted a name from one of those that it would be guessed to be."""
        return any(self.parted(kind, name, other) for name in names)

    def links(self) -> Iterator[Alignment]:
        """All pairs of the catalogue's names that are taken for one, stated ones too."""
        seen: set[frozenset[str]] = set()
        for body in self.catalogue.bodies:
            others = self._unit_candidates(body.name)
            yield from _linked(body.name, others, self.unit_link, seen)
        owners: set[str] = set()
        for owner in self._projects_of:
            if owner in owners:
                continue
            group = self.units(owner)[0]
            owners.update(group)
            owned = [name for unit in group for name in self._projects_of.get(unit, ())]
            for name in owned:
                yield from _linked(name, self._near(name, owned), self.project_link, seen)


def _linked(
    name: str,
    others: Iterable[str],
    link: Callable[[str, str], Alignment | None],
    seen: set[frozenset[str]],
) -> Iterator[Alignment]:
    for other in others:
        pair = frozenset((name, other))
        if other != name and pair not in seen:
            seen.add(pair)
            how = link(name, other)
            if how is not None:
                yield how


def _said(fact: NameFact, *, guessed: bool = False) -> Alignment | None:
    if fact.state is State.PARTED:
        return None
    state = State.GUESSED if guessed else fact.state
    return Alignment(fact.kind, fact.first, fact.second, state, fact.how, fact.sources)


@lru_cache(maxsize=65536)
def plain_project(name: str) -> str:
    """A project's name without place, years, marks and the words that only say that it is one."""
    project = read_project(name)
    text = project.text
    for place in project.places:
        text = text.replace(place.text, "", 1)
    return _GENERAL.sub("", squeeze(_YEAR.sub("", text)))


def _alike(left: str, right: str) -> bool:
    """Most characters in the same order, and none that tells one project from another."""
    short, long = sorted((left, right), key=len)
    if len(short) < _LEAST:
        return False
    if any(char.isdigit() for char in set(left) ^ set(right)):
        return False
    return 1 - OSA.distance(short, long) / len(long) >= _LIKE
