"""Ranking places of a report by how much of a question they cover, and making findings of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from qa.texts.index import OWN, Index, Segment, index_of, scope_parts
from qa.texts.model import Confidence, Place, ScopedDocument, TextFinding
from qa.texts.terms import Coverage, Profile, squeezed

_CLOSE_LOOK = 80  # segments whose coverage is computed in full
HIGH_SHARE, MEDIUM_SHARE, LOW_SHARE = 0.92, 0.78, 0.55
NOTHING_ASKED = Coverage(1.0, 1.0, (), ())


@dataclass(frozen=True, slots=True)
class Hit:
    """A segment and how much of the question it covers."""

    segment: Segment
    coverage: Coverage

    @property
    def order(self) -> tuple[float, float]:
        return (-round(self.coverage.share, 3), -round(self.coverage.depth, 3))


def confidence_of(share: float) -> Confidence | None:
    """The confidence that a share of covered words allows; None: do not show."""
    if share >= HIGH_SHARE:
        return Confidence.HIGH
    if share >= MEDIUM_SHARE:
        return Confidence.MEDIUM
    return Confidence.LOW if share >= LOW_SHARE else None


def lower(confidence: Confidence, steps: int = 1) -> Confidence:
    """The confidence one step down, at the least LOW."""
    order = tuple(Confidence)
    return order[min(confidence.rank + steps, len(order) - 1)]


def behind(found: list[TextFinding], margin: float = 0.04) -> list[TextFinding]:
    """The findings, those clearly behind the best no longer HIGH."""
    best = max((f.score for f in found), default=0.0)
    return [
        replace(f, confidence=lower(f.confidence))
        if f.confidence is Confidence.HIGH and f.score < best - margin
        else f
        for f in found
    ]


def segments_in(scope: ScopedDocument) -> Iterable[Segment]:
    """The segments of the parts in scope."""
    wanted = scope_parts(scope)
    found = index_of(scope.document).segments
    return (s for s in found if wanted is None or s.part in wanted)


def ranked(
    scope: ScopedDocument,
    profile: Profile,
    accept: Callable[[Segment], bool] = lambda _: True,
    floor: float = LOW_SHARE,
) -> list[Hit]:
    """Accepted segments that cover at least `floor` of the question, best first."""
    index = index_of(scope.document)
    if profile.empty:
        return [Hit(s, NOTHING_ASKED) for s in segments_in(scope) if accept(s)]
    weights: defaultdict[int, float] = defaultdict(float)
    for pair in sorted(profile.pairs):
        rarity = index.rarity(pair)
        found = index.postings.get(pair, frozenset())
        for no in found:
            weights[no] += rarity
        for block in {index.segments[no].place.block for no in found}:
            for no in index.by_block[block] if index.block_own[block] else ():
                weights[no] += 0.5 * rarity  # what stands beside it in its paragraph
    wanted = scope_parts(scope)
    chosen = [
        segment
        for no, _ in sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        if wanted is None or index.segments[no].part in wanted
        if accept(segment := index.segments[no])
    ]
    hits = [Hit(s, index.cover(profile, s)) for s in chosen[:_CLOSE_LOOK]]
    hits = [hit for hit in hits if hit.coverage.share >= floor]
    return sorted(hits, key=lambda hit: (*hit.order, hit.segment.no))


def text_at(index: Index, place: Place) -> str:
    """The verbatim text of a place."""
    return source_text(index, place)[place.start : place.end]


def source_text(index: Index, place: Place) -> str:
    """The whole block or cell that a place points into."""
    if place.table is None or place.row is None or place.column is None:
        return index.document.blocks[place.block].text
    table = index.document.tables[place.table]
    grid = table.rows if place.row >= 0 else table.header
    return grid[place.row if place.row >= 0 else -1 - place.row][place.column].text


def make_finding(
    scope: ScopedDocument,
    place: Place,
    confidence: Confidence,
    coverage: Coverage = NOTHING_ASKED,
    *,
    answer: str | None = None,
    items: tuple[str, ...] = (),
    item_places: tuple[Place, ...] = (),
    conflict: str = "",
    complete: bool = True,
) -> TextFinding:
    """A finding whose quote is the text at `place`; the answer defaults to the whole quote."""
    index = index_of(scope.document)
    quote = text_at(index, place)
    block = index.document.blocks[place.block]
    return TextFinding(
        report=scope.report,
        document=scope.name,
        part=index.parts[place.block],
        block=place.block,
        start=place.start,
        end=place.end,
        quote=quote,
        answer=quote if answer is None else answer,
        confidence=confidence,
        items=items,
        section_path=index.document.section_path(block.section) or index.outline.titles(block.no),
        matched=coverage.matched,
        missing=coverage.missing,
        conflict=conflict,
        complete=complete,
        table=place.table,
        row=place.row,
        column=place.column,
        score=round(coverage.depth, 4),
        item_places=item_places,
    )


def is_prose(segment: Segment) -> bool:
    return segment.place.table is None


def focus(profile: Profile, text: str) -> tuple[int, int]:
    """The clause between commas that covers most of the question."""
    stops = [0, *(m.end() for m in re.finditer("[，,；;]", text)), len(text)]
    spans = [(a, b) for a, b in pairwise(stops) if a < b]
    return max(
        spans, key=lambda s: (profile.cover(((OWN, squeezed(text[slice(*s)])),)).share, -s[0])
    )
