"""What a model may choose from: units, projects, years and metrics that exist, each under an id."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.model import Document
from ingest.reading.text import fold
from qa.llm.places import Places, places_for
from qa.model import PartRef
from qa.plan import Plan
from qa.words.synonyms import canonical, expand

_UNITS, _PROJECTS, _METRICS, _YEARS = 20, 20, 40, 12
_REPORTS = 12
_READ = 30  # reports whose places are looked through; of more, those nearest by name
_LONGEST_NAME = 40
_HAN = re.compile(r"[\u3400-\u9fff]")
_YEAR = re.compile(r"(?:19|20)\d\d\s*年度?")

Documents = Callable[[int], Document]


@dataclass(frozen=True, slots=True)
class Menu:
    """The catalogue of one question. Ids mean nothing outside it.

    `names` are all metric names of the reports in scope, a few of which have an id.
    """

    units: Mapping[str, str]
    projects: Mapping[str, str]
    years: tuple[str, ...]
    metrics: Mapping[str, str]
    names: frozenset[str]
    places: Places = field(default_factory=Places)

    def metric(self, chosen: str) -> str | None:
        """The metric of an id or of its own name; None for one that no report has."""
        bare = fold(chosen).strip()
        return self.metrics.get(bare, bare if bare in self.names else None)


class Names:
    """The metric names of documents, read once each."""

    def __init__(self, document: Documents) -> None:
        self.document = document
        self._read: dict[int, Counter[str]] = {}

    def of(self, reports: Iterable[int]) -> Counter[str]:
        """How often each name labels a figure in these reports."""
        total: Counter[str] = Counter()
        for report in reports:
            if report not in self._read:
                self._read[report] = names_of(self.document(report))
            total += self._read[report]
        return total


def names_of(document: Document) -> Counter[str]:
    """What the figures of a document are called, in sentences and tables; without years and body."""
    bodies = {part.entity.value for part in document.parts if part.entity.value}
    found: Counter[str] = Counter()
    for figure in document.figures:
        labels = (*figure.row_path[-1:], *figure.column_path[-1:])
        labels = labels if figure.locator.table is not None else (figure.metric,)
        found.update(name for label in labels if (name := _name(label, bodies)))
    return found


def _name(label: str, bodies: Collection[str]) -> str:
    """A label as the name of a metric; "" where it is none: too long, or hardly any Chinese."""
    bare = re.sub(r"\s+", "", _YEAR.sub("", fold(label)))
    for body in bodies:
        bare = bare.removeprefix(body)
    bare = bare.strip("的，。、：:；;（）()")
    chinese = len(_HAN.findall(bare))
    return bare if 2 <= len(bare) <= _LONGEST_NAME and chinese * 2 > len(bare) else ""


def menu_for(
    question: str,
    plan: Plan,
    parts: Sequence[PartRef],
    names: Names,
    before: Sequence[str] = (),
) -> Menu:
    """The catalogue of a question: what the asker named, else what is nearest to the words.

    Args:
        plan: how the rules read the question; its scope is kept.
        parts: every part of the library.
    """
    scope = set(plan.parts) or {part.key for part in parts}
    inside = [part for part in parts if part.key in scope]
    units = _nearest(question, (p.entity for p in inside), _UNITS)
    projects = _nearest(question, (p.project for p in inside), _PROJECTS)
    known = names.of(_reports(question, inside))
    asked = canonical(question)
    near = _nearest(" ".join([asked, *expand(asked)]), known, _METRICS // 2, known)
    often = [name for name, _ in known.most_common(_METRICS)]
    metrics = list(dict.fromkeys([*near, *often]))[:_METRICS]
    return Menu(
        units=_numbered("u", units),
        projects=_numbered("p", projects),
        years=_years(plan, inside),
        metrics=_numbered("m", metrics),
        names=frozenset(known),
        places=_places(question, before, plan, parts, names),
    )


def _places(
    question: str, before: Sequence[str], plan: Plan, parts: Sequence[PartRef], names: Names
) -> Places:
    """Passages and tables of the bodies that are asked for, of whatever year; of all where none is."""
    asked = {part.entity for part in parts if part.key in set(plan.parts)} | set(plan.entities)
    own = [
        part
        for part in parts
        if not plan.entities
        or (part.entity and any(one in part.entity or part.entity in one for one in asked))
    ]
    reports = dict.fromkeys(part.report for part in own)
    if len(reports) > _READ:
        reports = dict.fromkeys(_reports(question, own))
    return places_for(question, before, plan, own, list(reports), names.document)


def _reports(question: str, parts: Sequence[PartRef]) -> list[int]:
    """The reports whose names are read: those of the units nearest to the question."""
    order = _nearest(question, (part.entity for part in parts), len(parts))
    place = {name: number for number, name in enumerate(order)}
    ranked = sorted(parts, key=lambda part: place.get(part.entity, len(place)))
    return list(dict.fromkeys(part.report for part in ranked))[:_REPORTS]


def _years(plan: Plan, parts: Sequence[PartRef]) -> tuple[str, ...]:
    """Years of the reports and the ones before, which they compare with; and those asked for."""
    known = {part.year for part in parts if part.year.isdecimal()}
    before = {str(int(year) - 1) for year in known}
    return tuple(sorted(known | before | set(plan.years) | set(plan.basis_years))[-_YEARS:])


def _nearest(
    question: str, names: Iterable[str], most: int, often: Mapping[str, int] | None = None
) -> list[str]:
    """The names that share most pairs of characters with the question, then the most frequent."""
    pairs = _pairs(fold(question))

    def rank(name: str) -> tuple[float, int, str]:
        own = _pairs(name)
        shared = len(own & pairs) ** 2 / len(own) if own else 0.0
        return (-shared, -(often or {}).get(name, 0), name)

    return sorted({name for name in names if name.strip()}, key=rank)[:most]


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _numbered(letter: str, names: Sequence[str]) -> dict[str, str]:
    return {f"{letter}{number}": name for number, name in enumerate(names, 1)}
