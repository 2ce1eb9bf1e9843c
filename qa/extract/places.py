"""Places of the reports in scope that cover most of a question's words, rare words first."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.model import Document, Figure
from qa.figures.evidence import Evidence
from qa.model import PartKey
from qa.texts.index import Index, Segment, index_of, row_text
from qa.texts.terms import Coverage, Profile, make_profile, squeezed
from qa.words.matching import grams

_CLOSE_LOOK = 40  # places of one report whose coverage is computed in full
_LEAST = 0.3  # rarity of a word that stands everywhere
_BESIDE = 0.5  # what a word adds to the other clauses of its paragraph
# How much a word counts by where it stands: beside the answer, in its sentence or all its labels,
# in the headings, elsewhere in the paragraph or row, in the names of the report.
NEAR, OWN, LABEL, AROUND, NAMES = 1.0, 0.92, 0.85, 0.75, 0.6
_STOPS = re.compile(r"[,，;；:：。（）()]")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that may answer: a clause or a cell, or a figure in one.

    Attributes:
        figure: the figure that is meant; None where the words themselves are.
        near: squeezed text of the figure's clause, or of a cell with its own labels.
        local: the same with its sentence or all labels, and its headings.
        around: its paragraph or row.
        names: title, unit, project and file name of its report.
        coverage: of the question's words by all of these, the nearest counting most.
    """

    report: int
    document: Document
    segment: Segment
    figure: Figure | None
    near: str
    local: str
    around: str
    names: str
    coverage: Coverage

    @property
    def part(self) -> PartKey:
        return (self.report, self.segment.part)

    @property
    def year(self) -> str:
        """The figure's period, else the year of its part."""
        own = self.figure.period if self.figure is not None else ""
        return own or self.document.part_of(self.segment.place.block).year

    @property
    def says(self) -> object:
        """What it answers: equal for places that say the same."""
        if self.figure is None:
            return squeezed(self.segment.text)
        quantity = self.figure.quantity
        return (quantity.base, quantity.unit.dimension)

    def named(self, asked: frozenset[str]) -> float:
        """Share of the figure's own name that the question's grams hold; 1 where words answer."""
        figure = self.figure
        if figure is None:
            return 1.0
        cell = figure.locator.table is not None and not figure.subject
        own = (*figure.row_path[-1:], *figure.column_path) if cell else (figure.metric,)
        name = grams(" ".join(own))
        return len(name & asked) / len(name) if name else 0.0


class Scope:
    """The reports that are searched, with the rarity of words over all of them."""

    def __init__(self, evidence: Evidence, keys: Collection[PartKey]) -> None:
        self._reports = [
            (report, index_of(evidence.document(report)), frozenset(parts))
            for report, parts in evidence.scoped(keys)
        ]
        self._total = 1 + sum(len(index.segments) for _, index, _ in self._reports)

    def profile(self, terms: Sequence[str]) -> Profile:
        """The words of a question, weighed for these reports."""
        return make_profile(terms, self._rarity)

    def spots(self, profile: Profile, *, figures: bool) -> Iterator[Spot]:
        """Clauses and cells, or the figures in them, that share words with the question."""
        worth = {pair: self._rarity(pair) for pair in profile.pairs | profile.synonyms}
        for report, index, parts in self._reports:
            for segment in _shortlist(index, parts, worth):
                if figures:
                    for figure in _figures_at(index, segment):
                        yield _spot(report, index, segment, figure, profile)
                elif not segment.is_heading:
                    yield _spot(report, index, segment, None, profile)

    def _rarity(self, pair: str) -> float:
        """As `Index.rarity`, over all reports."""
        if not pair:
            return math.log(self._total + 1)
        count = sum(
            index.counts.get(pair) or len(index.postings.get(pair, ()))
            for _, index, _ in self._reports
        )
        return max(_LEAST, math.log((self._total + 1) / (count + 0.5))) if count else 0.0


def _shortlist(index: Index, parts: frozenset[int], worth: Mapping[str, float]) -> list[Segment]:
    """The segments that hold the rarest words, with those that stand beside them."""
    weights: defaultdict[int, float] = defaultdict(float)
    for pair in sorted(worth):
        found = index.postings.get(pair, frozenset())
        for number in found:
            weights[number] += worth[pair]
        for block in {index.segments[number].place.block for number in found}:
            for number in index.by_block[block] if index.block_own[block] else ():
                weights[number] += _BESIDE * worth[pair]
    order = sorted(weights, key=lambda number: (-weights[number], number))
    inside = (index.segments[number] for number in order)
    return [segment for segment in inside if segment.part in parts][:_CLOSE_LOOK]


_Place = tuple[int, int | None, int | None]


@lru_cache(maxsize=64)
def _by_place(index: Index) -> dict[_Place, tuple[Figure, ...]]:
    found: defaultdict[_Place, list[Figure]] = defaultdict(list)
    for figure in index.document.figures:
        found[figure.block, figure.locator.row, figure.locator.column].append(figure)
    return {place: tuple(figures) for place, figures in found.items()}


def _figures_at(index: Index, segment: Segment) -> Iterator[Figure]:
    place = segment.place
    for figure in _by_place(index).get((place.block, place.row, place.column), ()):
        if place.table is not None or place.start <= figure.start < place.end:
            yield figure


def _spot(
    report: int, index: Index, segment: Segment, figure: Figure | None, profile: Profile
) -> Spot:
    document, place = index.document, segment.place
    near, own, around = segment.own, segment.own, index.block_own[place.block]
    if place.table is not None:
        table, row, column = document.tables[place.table], place.row or 0, place.column or 0
        tips = (*table.row_at(row, column).path[-1:], *table.columns[column].path, segment.text)
        near, own = squeezed("\n".join(tips)), f"{segment.own}\n{segment.label}"
        around = row_text(table, row)
    elif figure is not None:
        near = squeezed(_clause_of(segment, figure))
    if figure is not None:
        unit = figure.quantity.unit
        near = f"{near}\n{squeezed(f'{figure.metric} {unit.symbol} {unit.noun}')}"
    names = _names(document, place.block)
    layers = ((NEAR, near), (OWN, own), (LABEL, segment.label), (AROUND, around), (NAMES, names))
    local = f"{near}\n{own}\n{segment.label}"
    coverage = profile.cover(layers)
    return Spot(report, document, segment, figure, near, local, around, names, coverage)


def _names(document: Document, block: int) -> str:
    part = document.part_of(block)
    facts = (part.title.value, part.entity.value, part.project.value, document.name)
    return squeezed("\n".join(facts))


def _clause_of(segment: Segment, figure: Figure) -> str:
    """The clause between commas that a figure stands in."""
    text, first = segment.text, segment.place.start
    start, end = max(figure.start - first, 0), min(max(figure.end - first, 0), len(text))
    low = max((stop.end() for stop in _STOPS.finditer(text, 0, start)), default=0)
    stop = _STOPS.search(text, end)
    return text[low : stop.start() if stop else len(text)]
