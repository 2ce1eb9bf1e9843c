"""Which units and projects of several reports are one: by their names, by spellings of one name, and
by what a report or the user says. What is only alike is not joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qa.compare.across_facts import body_key, project_key
from qa.compare.model import Alignment
from qa.figures.evidence import Evidence
from qa.model import PartKey, PartRef
from qa.naming.bodies import bare, read_body
from qa.naming.catalogue import catalogue_of
from qa.naming.identity import PROJECT, UNIT, Identities, plain_project
from qa.naming.known_names import Aliased
from qa.naming.name_facts import name_facts
from qa.portfolio.model import Asked, Over


@dataclass(frozen=True, slots=True)
class Same:
    """What the parts of reports share that are about one unit, or one project.

    `spelled` are the pairs of names that were joined because they are spelled alike: nobody says it.
    """

    keys: Mapping[PartKey, Hashable]
    spelled: frozenset[frozenset[str]] = frozenset()


def same_names(asked: Asked, evidence: Evidence, parts: Sequence[PartRef]) -> Same:
    """What parts are about one thing; a unit's own level (本级) is another one than the whole."""
    names = _identities(evidence)
    units = _units(names, parts)
    unit_of = units.keys()
    keys: dict[PartKey, Hashable] = {}
    by_unit: dict[Hashable, list[PartRef]] = defaultdict(list)
    for part in parts:
        keys[part.key] = key = (unit_of[part.entity], body_key(part.entity, part.title)[2])
        by_unit[key].append(part)
    spelled = set(units.spelled)
    if asked.over is Over.PROJECTS:
        for unit, owned in by_unit.items():
            projects = _projects(names, owned)
            project_of = projects.keys()
            keys |= {part.key: (unit, project_of[part.project]) for part in owned}
            spelled |= projects.spelled
    return Same(keys, frozenset(spelled))


def _identities(evidence: Evidence) -> Identities:
    library = evidence.library
    facts = name_facts(library.aliases) if isinstance(library, Aliased) else ()
    return Identities(catalogue_of(evidence.parts), facts)


def _never(_left: str, _right: str) -> bool:
    return False


@dataclass(slots=True)
class _Groups:
    """Names that are put together pair by pair, but never two that the user parted."""

    names: Identities
    kind: str
    group: dict[str, list[str]]
    spelled: set[frozenset[str]] = field(default_factory=set)

    def join(self, left: str, right: str, apart: Callable[[str, str], bool] = _never) -> bool:
        """Puts two names and all that are one with them together, unless two of them are apart."""
        one, other = self.group[left], self.group[right]
        pairs = [(a, b) for a in one for b in other] if one is not other else []
        if any(self.names.parted(self.kind, a, b) or apart(a, b) for a, b in pairs):
            return False
        if pairs:
            one += other
            self.group |= dict.fromkeys(other, one)
        return bool(pairs)

    def follow(self, each: Alignment | None, apart: Callable[[str, str], bool] = _never) -> None:
        """Joins what an alignment takes for one and is no mere guess."""
        if each is None or each.guessed or not {each.first, each.second} <= self.group.keys():
            return
        stated = self.names.stated(each)
        if self.join(each.first, each.second, _never if stated else apart) and not stated:
            self.spelled.add(frozenset((each.first, each.second)))

    def join_alike(self, key: Callable[[str], Hashable]) -> None:
        for left, right in _alike(self.group, key):
            self.join(left, right)

    def keys(self) -> dict[str, str]:
        """For each name the first of those that are one with it."""
        return {name: group[0] for name, group in self.group.items()}


def _alike(names: Iterable[str], key: Callable[[str], Hashable]) -> list[tuple[str, str]]:
    """Neighbours among the names that share a key."""
    found: dict[Hashable, list[str]] = defaultdict(list)
    for name in names:
        found[key(name)].append(name)
    return [pair for group in found.values() for pair in pairwise(group)]


def _units(names: Identities, parts: Sequence[PartRef]) -> _Groups:
    own = dict.fromkeys(part.entity for part in parts)
    groups = _Groups(names, UNIT, {name: [name] for name in own})
    groups.join_alike(lambda name: body_key(name)[:2])
    for left, right in _alike(filter(None, own), _place_and_core):
        groups.follow(names.unit_link(left, right))
    _join_said(groups, own, names.unit_link)
    return groups


def _place_and_core(name: str) -> tuple[str, str]:
    body = read_body(name)
    return (body.regions[-1].stem if body.regions else "", bare(body.core))


def _join_said(
    groups: _Groups, own: Iterable[str], link: Callable[[str, str], Alignment | None]
) -> None:
    """Joins names that a report or the user says are one, over names that no report bears too."""
    for name in own:
        reached, queue = {name}, [name]
        while queue:
            current = queue.pop()
            for other in groups.names.said_of(groups.kind, current):
                each = link(current, other) if other not in reached else None
                if each is not None and not each.guessed:
                    reached.add(other)
                    queue.append(other)
        for other in sorted(reached - {name}):
            if other in groups.group:
                groups.join(name, other)


def _projects(names: Identities, parts: Sequence[PartRef]) -> _Groups:
    """The projects of one unit; what is only spelled alike is two projects within one report."""
    own = dict.fromkeys(part.project for part in parts)
    reports: dict[str, set[int]] = defaultdict(set)
    for part in parts:
        reports[part.project].add(part.report)

    def in_one_report(left: str, right: str) -> bool:
        both = reports[left] & reports[right]
        return bool(both) and project_key(left) != project_key(right)

    groups = _Groups(names, PROJECT, {name: [name] for name in own})
    groups.join_alike(project_key)
    for left, right in _alike(own, plain_project):
        groups.follow(names.project_link(left, right), in_one_report)
    _join_said(groups, own, names.project_link)
    return groups
