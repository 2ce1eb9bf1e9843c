"""Whom a comparison is about: units and projects with all their names, and their parts by year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.model import ReportKind
from qa.compare.model import Alignment
from qa.model import PartKey, PartRef
from qa.naming.identity import Identities
from qa.naming.identity_vetoes import level_veto

# Which reports on a unit are asked first: accounts before evaluations before budgets.
_TIERS: tuple[frozenset[str], ...] = (
    frozenset({ReportKind.FINAL_ACCOUNTS.value}),
    frozenset({ReportKind.UNIT_SELF_EVALUATION.value, ReportKind.OTHER.value}),
    frozenset({ReportKind.BUDGET.value}),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A unit, or a project of it, by the name that is shown, with its parts."""

    entity: str
    project: str
    names: tuple[str, ...]
    parts: tuple[PartRef, ...]
    alignments: tuple[Alignment, ...] = ()

    def guessed(self, entity: str, project: str) -> bool:
        """Whether a report on these names is the subject's by a guess alone."""
        return self._unsure(self.entity, entity) or self._unsure(self.project, project)

    def _unsure(self, shown: str, name: str) -> bool:
        """True where the two names are joined, and not without a guess."""
        reached, grown = {shown}, True
        while grown:
            pairs = [{each.first, each.second} for each in self.alignments if not each.guessed]
            found = {one for pair in pairs if pair & reached for one in pair} | reached
            reached, grown = found, found != reached
        known = {one for each in self.alignments for one in (each.first, each.second)}
        return bool(name) and name in known and name not in reached

    @property
    def years(self) -> tuple[str, ...]:
        return tuple(sorted({part.year for part in self.parts if part.year}))

    def tiers(self, year: str) -> tuple[tuple[PartKey, ...], ...]:
        """The parts for a year, those to be asked first in front; a tier has one or more."""
        of_year = [part for part in self.parts if part.year == year]
        if self.project:
            return (tuple(part.key for part in of_year),) if of_year else ()
        kinds = (tuple(p.key for p in of_year if p.kind in tier) for tier in _TIERS)
        return tuple(keys for keys in kinds if keys)

    def others(self, year: str) -> tuple[PartKey, ...]:
        """The parts of other years, the year after first: they may state the year's value."""
        found = [part for part in self.parts if part.year and part.year != year]
        return tuple(part.key for part in sorted(found, key=lambda part: _distance(part, year)))


def _distance(part: PartRef, year: str) -> tuple[int, str]:
    if not (part.year.isdigit() and year.isdigit()):
        return (99, part.year)
    gap = int(part.year) - int(year)
    return (gap if gap > 0 else 50 - gap, part.year)


def unit_subjects(
    names: Iterable[str], identities: Identities, refs: Mapping[PartKey, PartRef]
) -> list[Subject]:
    """The units of some names, each once; a unit's own level alone is a subject of its own."""
    found: list[Subject] = []
    taken: set[str] = set()
    for name in names:
        if name in taken:
            continue
        group, alignments = identities.units(name)
        taken |= set(group)
        keys = (key for each in group for key in identities.catalogue.parts_of.get(each, ()))
        parts = [refs[key] for key in keys if not refs[key].project]
        found += _by_level(group, parts, alignments)
    return found


def _by_level(
    names: tuple[str, ...], parts: list[PartRef], alignments: tuple[Alignment, ...]
) -> list[Subject]:
    """One subject, or two where some reports are of the unit's own level and others of all of it."""
    whole = [p for p in parts if not level_veto(p.title + p.entity, "")]
    own = [p for p in parts if level_veto(p.title + p.entity, "")]
    sides = [side for side in (whole, own) if side]
    return [Subject(_latest(side), "", names, tuple(side), alignments) for side in sides]


def _latest(parts: Iterable[PartRef]) -> str:
    """The name in the latest report."""
    return max(parts, key=lambda part: (part.year, -part.report)).entity


def project_subjects(
    names: Iterable[str], identities: Identities, refs: Mapping[PartKey, PartRef]
) -> list[Subject]:
    """The projects of some names, each once and for each unit that has one of the name."""
    found: list[Subject] = []
    taken: set[PartKey] = set()
    for name in names:
        for entity in _owners(name, identities, refs):
            units, how_units = identities.units(entity) if entity else (("",), ())
            group, how = identities.projects(name, units)
            keys = [
                key
                for each in group
                for key in identities.catalogue.parts_of_project.get(each, ())
                if refs[key].entity in units or not refs[key].entity
            ]
            fresh = [refs[key] for key in dict.fromkeys(keys) if key not in taken]
            taken |= set(keys)
            if fresh:
                last = max(fresh, key=lambda part: (part.year, -part.report))
                used = {part.entity for part in fresh}
                aligned = [each for each in how_units if {each.first, each.second} <= used]
                found.append(
                    Subject(last.entity, last.project, group, tuple(fresh), (*how, *aligned))
                )
    return found


def _owners(name: str, identities: Identities, refs: Mapping[PartKey, PartRef]) -> tuple[str, ...]:
    keys = identities.catalogue.parts_of_project.get(name, ())
    return tuple(dict.fromkeys(refs[key].entity for key in keys))
