"""Names of a question by what is known of names: old names, names that the user gave, parted ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

from index.aliases import Alias, StatedName
from ingest.identity.renames import WORK_END
from qa.compare.model import State
from qa.model import PartRef
from qa.naming.catalogue import Catalogue, catalogue_of
from qa.naming.identity import PROJECT, UNIT, Identities, NameFact
from qa.naming.name_facts import Aliases, name_facts
from qa.naming.names import NameMatch, Names

_LEAST = 3  # characters of a name that is looked for in a question
_PLACE = 2  # of a place without its level (青棠 of 青棠区)
_STEM = 2  # of a short name without its word for project (旧改 of 旧改项目)
_BELOW = 0.05  # how much less sure the other names of a body are than the one that is said


def _borne(name: str, bearing: Collection[str]) -> bool:
    """Whether a report bears the name with its city before it: 澜州市枫溪区就业局 for 枫溪区就业局."""
    return any(each.endswith(name) for each in bearing)


class KnownNames:
    """What reports state and the user decided, ready for questions over one catalogue."""

    def __init__(self, catalogue: Catalogue, facts: Sequence[NameFact]) -> None:
        self.identities = Identities(catalogue, facts)
        self._catalogue = catalogue
        self._parted = frozenset(
            frozenset((fact.first, fact.second)) for fact in facts if fact.state is State.PARTED
        )
        self._spelled = self._strange(facts)

    def _strange(self, facts: Sequence[NameFact]) -> list[tuple[str, str]]:
        """Names that no report bears, each with the report's name for it; the longest first."""
        known: dict[str, str] = {}
        for fact in facts:
            if fact.state not in (State.CONFIRMED, State.USER):
                continue
            bearing = self._catalogue.parts_of
            if fact.kind == PROJECT:
                bearing = self._catalogue.parts_of_project
            for name, other in ((fact.first, fact.second), (fact.second, fact.first)):
                if name in bearing or len(name) < _LEAST or _borne(name, bearing):
                    continue
                group = self._group(fact.kind, other)
                found = next((each for each in group if each in bearing), None)
                if found is not None:
                    known.setdefault(name, found)
        return sorted(known.items(), key=lambda pair: -len(pair[0]))

    def _group(self, kind: str, name: str) -> tuple[str, ...]:
        if kind == UNIT:
            return self.identities.units(name)[0]
        owners = self._catalogue.owners.get(name, set())
        return self.identities.projects(name, sorted(owners))[0]

    def respelled(self, question: str) -> str:
        """The question with names that no report bears put as the reports spell them.

        A name inside a longer one that the reports do bear stays.
        """
        for name, known in self._spelled:
            if name in question and known not in question:
                question = _put_for(name, known, question)
                continue
            stem = WORK_END.sub("", name)
            if stem != name and len(stem) >= _STEM and known not in question:
                question = _with_stem(question, stem, known)
        return question

    def widened(self, names: Names) -> Names:
        """The names with the other names of each body and project; parted ones taken out."""
        entities = self._with_others(names.entities, UNIT)
        projects = self._with_others(names.projects, PROJECT)
        return replace(names, entities=entities, projects=projects)

    def _with_others(self, matches: Sequence[NameMatch], kind: str) -> tuple[NameMatch, ...]:
        kept = [match for match in matches if not self._taken_apart(match, matches)]
        found = {(match.start, match.name): match for match in kept}
        for match in kept:
            for other in self._joined(match.name, kind):
                parts = self._parts(other, kind)
                if parts:
                    score = round(match.score - _BELOW, 2)
                    added = replace(match, name=other, parts=parts, score=score)
                    found.setdefault((match.start, other), added)
        return tuple(found.values())

    def _joined(self, name: str, kind: str) -> tuple[str, ...]:
        """Names that are surely the same; a guess takes no part in an answer."""
        if kind == UNIT:
            names, how = self.identities.units(name)
        else:
            owners = sorted(self._catalogue.owners.get(name, set()))
            units = [each for owner in owners for each in self.identities.units(owner)[0]]
            names, how = self.identities.projects(name, units)
        guessed = {frozenset((each.first, each.second)) for each in how if each.guessed}
        said = {
            frozenset((each.first, each.second))
            for each in how
            if each.state is not State.GUESSED and (kind == UNIT or self.identities.stated(each))
        }
        reached = {name}
        for _ in names:
            for pair in said - guessed:
                if pair & reached:
                    reached |= pair
        return tuple(each for each in names if each in reached and each != name)

    def once_called(self, name: str) -> tuple[str, ...]:
        """Other names of a project that a report or the user states, kept though words differ.

        More than `widened` takes: a report may call a project 建设 in one year and 运维 in the next.
        """
        owners = sorted(self._catalogue.owners.get(name, set()))
        units = [each for owner in owners for each in self.identities.units(owner)[0]]
        names, how = self.identities.projects(name, units)
        sure = [
            {each.first, each.second}
            for each in how
            if not each.guessed or self.identities.stated(each)
        ]
        reached = {name}
        for _ in names:
            reached |= {one for pair in sure if pair & reached for one in pair}
        bearing = self._catalogue.parts_of_project
        return tuple(each for each in names if each in reached - {name} and each in bearing)

    def parts_of_project(self, name: str) -> tuple[tuple[int, int], ...]:
        """The parts of the catalogue that bear a project's name."""
        return self._catalogue.parts_of_project.get(name, ())

    def _parts(self, name: str, kind: str) -> tuple[tuple[int, int], ...]:
        known = self._catalogue.parts_of if kind == UNIT else self._catalogue.parts_of_project
        return known.get(name, ())

    def _taken_apart(self, match: NameMatch, matches: Sequence[NameMatch]) -> bool:
        """A less sure reading of a stretch that the user parted from the surest one."""
        return any(
            frozenset((match.name, other.name)) in self._parted and other.score > match.score
            for other in matches
            if (other.start, other.end) == (match.start, match.end)
        )


def _put_for(name: str, known: str, question: str) -> str:
    """The question with a name as the reports spell it, where it stands by itself.

    区卫健局, which a report calls its own, is none of 越秀区卫健局, but one of 青棠区卫健局, if that is its place.
    """
    if not _LEVEL.match(name):
        return question.replace(name, known)
    told, *rest = question.split(name)
    for after in rest:
        own = _own_place(told, name[0], known)
        alone = own or _ALONE.search(told)
        told = f"{told[: len(told) - len(own)]}{known if alone else name}{after}"
    return told


def _own_place(before: str, level: str, known: str) -> str:
    """The place of a known body at the end of a text, as far as its level (青棠 of 青棠|区)."""
    ends = (before[-n:] for n in range(min(len(before), len(known)), _PLACE - 1, -1))
    return next((end for end in ends if f"{end}{level}" in known), "")


_ALONE = re.compile(r"(?:^|[^\u4e00-\u9fff]|[的由在对向是为与和及了问请看查从给被按据比跟同度])$")
_LEVEL = re.compile("[省市县区镇乡旗州街]")


def _with_stem(question: str, stem: str, known: str) -> str:
    """The question with a short name's stem as the full name, where it is no part of a word of that.

    In 老旧改造 stands 旧改, and means nothing of its own there.
    """
    at = question.find(stem)
    if at < 0:
        return question
    end = at + len(stem)
    around = (question[max(0, at - 1) : at + 1], question[end - 1 : end + 1])
    if any(len(pair) > 1 and pair in known for pair in around):
        return question
    return question[:at] + known + question[end:]


class Part(Protocol):
    """A part of a loaded report, as the library lists it."""

    @property
    def report(self) -> int: ...
    @property
    def part(self) -> int: ...
    @property
    def report_name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def entity(self) -> str: ...
    @property
    def carriers(self) -> tuple[str, ...]: ...
    @property
    def project(self) -> str: ...
    @property
    def year(self) -> str: ...


class Listed(Protocol):
    """What lists the parts of a library."""

    def parts(self) -> Sequence[Part]: ...


@runtime_checkable
class Aliased(Protocol):
    """A library that knows what is said of names."""

    @property
    def aliases(self) -> Aliases: ...


def part_ref(part: Part) -> PartRef:
    """A part of the library as the planner's catalogue entry."""
    return PartRef(
        part.report,
        part.part,
        part.report_name,
        part.kind,
        part.title,
        part.entity,
        part.project,
        part.year,
        part.carriers,
    )


class LibraryNames:
    """The catalogue of a library and what is known of its names, kept while they are the same."""

    def __init__(self, library: Listed) -> None:
        self._library = library
        self._listed: Sequence[Part] = ()
        self._parts: tuple[PartRef, ...] = ()
        self._said: tuple[Sequence[StatedName], Sequence[Alias]] = ((), ())
        self._facts: tuple[NameFact, ...] = ()
        self._known: KnownNames | None = None

    def parts(self) -> tuple[PartRef, ...]:
        """The catalogue: the same tuple as long as the library lists the same."""
        listed = self._library.parts()
        if listed is not self._listed:
            self._listed, self._known = listed, None
            self._parts = tuple(part_ref(part) for part in listed)
        return self._parts

    def facts(self) -> tuple[NameFact, ...]:
        """What reports state and the user decided of names, as it is now."""
        if not isinstance(self._library, Aliased):
            return ()
        said = (self._library.aliases.stated(), self._library.aliases.decided())
        if said != self._said:
            self._said, self._known = said, None
            self._facts = name_facts(self._library.aliases)
        return self._facts

    def identities(self) -> Identities | None:
        """The names of the catalogue as `parts` gave it last, with what is said of them."""
        known = self.known()
        return None if known is None else known.identities

    def known(self) -> KnownNames | None:
        """What is known of the names of the catalogue as `parts` gave it last; None for nothing."""
        facts = self.facts()
        if self._known is None and facts:
            self._known = KnownNames(catalogue_of(self._parts), facts)
        return self._known
