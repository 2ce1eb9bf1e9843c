"""What the text finders need of one report, prepared once: segments, labels, rarity, outline."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.model import BlockKind, Document, Table
from qa.texts.model import Place, ScopedDocument
from qa.texts.outline import Outline, build_outline
from qa.texts.terms import Coverage, Profile, make_profile, pairs, squeezed, squeezed_twice

OWN, LABEL, AROUND = 1.0, 0.95, 0.8  # how much a word counts in the text itself, above it, beside
_CACHED_REPORTS = 64
_STOP = re.compile(r"[。！？!?；;]+[”’」』)）]*|(?<=[\u4e00-\u9fff])\.(?=[\s\u4e00-\u9fff]|$)")


@dataclass(frozen=True, slots=True)
class Segment:
    """A clause of a paragraph (between full stops or semicolons), or a cell."""

    no: int
    place: Place
    text: str  # verbatim
    own: str  # squeezed
    label: str  # squeezed: headings, or row and column labels with the table's title
    part: int
    is_heading: bool = False


@dataclass(frozen=True, eq=False)
class Index:
    """A report, prepared for the finders."""

    document: Document
    outline: Outline
    segments: tuple[Segment, ...]
    parts: tuple[int, ...]  # per block: its innermost part
    block_own: tuple[str, ...]  # per block: its squeezed text
    postings: dict[str, frozenset[int]]  # pair → segments whose text or label has it
    counts: dict[str, int]  # pair → number of segments whose own text has it
    by_block: dict[int, tuple[int, ...]]

    def rarity(self, pair: str) -> float:
        """Inverse frequency of a pair in the report, at least 0.3; 0 when it is not there.

        An empty pair gives the weight of a word that the report does not have.
        """
        total = len(self.segments) + 1
        if not pair:
            return math.log(total + 1)
        count = self.counts.get(pair) or len(self.postings.get(pair, ()))
        return max(0.3, math.log((total + 1) / (count + 0.5))) if count else 0.0

    def around(self, segment: Segment) -> str:
        """The squeezed text of the paragraph (cells: of the row) that the segment stands in."""
        if segment.place.table is None:
            return self.block_own[segment.place.block]
        return row_text(self.document.tables[segment.place.table], segment.place.row or 0)

    def cover(self, profile: Profile, segment: Segment) -> Coverage:
        """How much of the question the segment covers, with its headings and its paragraph."""
        near = ((OWN, segment.own), (LABEL, segment.label))
        whole = profile.cover((*near, (AROUND, self.around(segment))))
        if segment.place.table is None:
            return whole
        # Other cells of a row help to find the row, but what they say is not what this one says.
        close = profile.cover(near)
        share, depth = (close.share + whole.share) / 2, (close.depth + whole.depth) / 2
        return Coverage(share, depth, close.matched, close.missing)


class _Key:
    """A document as a cache key: equal when it was read alike from the same bytes."""

    __slots__ = ("document", "hash")

    def __init__(self, document: Document) -> None:
        self.document = document
        self.hash = hash((document.sha256, document.name, len(document.blocks)))

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Key):
            return NotImplemented
        a, b = self.document, other.document
        return a is b or (
            (a.sha256, a.name) == (b.sha256, b.name)
            and a.blocks == b.blocks
            and a.tables == b.tables
            and a.parts == b.parts
            and a.sections == b.sections
        )


def index_of(document: Document) -> Index:
    """The prepared report; the last 64 are kept."""
    return _index(_Key(document))


@lru_cache(maxsize=_CACHED_REPORTS)
def _index(key: _Key) -> Index:
    document = key.document
    outline = build_outline(document)
    parts = _parts(document)
    segments = _segments(document, outline, parts)
    postings: defaultdict[str, set[int]] = defaultdict(set)
    counts: Counter[str] = Counter()
    by_block: defaultdict[int, list[int]] = defaultdict(list)
    for segment in segments:
        own = set(pairs(segment.own))
        counts.update(own)
        by_block[segment.place.block].append(segment.no)
        for pair in own.union(pairs(segment.label)):
            postings[pair].add(segment.no)
    return Index(
        document=document,
        outline=outline,
        segments=segments,
        parts=parts,
        block_own=tuple(squeezed(block.text) for block in document.blocks),
        postings={pair: frozenset(found) for pair, found in postings.items()},
        counts=dict(counts),
        by_block={block: tuple(found) for block, found in by_block.items()},
    )


def _parts(document: Document) -> tuple[int, ...]:
    numbers = [0] * len(document.blocks)
    for part in sorted(document.parts, key=lambda p: (p.first_block, -p.last_block)):
        for block in range(part.first_block, min(part.last_block, len(numbers))):
            numbers[block] = part.no
    return tuple(numbers)


def split_clauses(text: str) -> list[tuple[int, int]]:
    """Places of the clauses of a paragraph: they end after 。！？；."""
    found: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        if text[start : stop.end()].strip():
            found.append((start, stop.end()))
            start = stop.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return [trim(text, low, high) for low, high in found]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The place without blanks at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _segments(document: Document, outline: Outline, parts: Sequence[int]) -> tuple[Segment, ...]:
    found: list[Segment] = []
    for block in document.blocks:
        titles = outline.titles(block.no)
        part = parts[block.no]
        if block.table is not None:
            table = document.tables[block.table]
            for place, text, label in _cells(table, titles):
                found.append(Segment(len(found), place, text, squeezed_twice(text), label, part))
        elif block.kind is not BlockKind.CONTENTS:
            label = squeezed("\n".join((*document.section_path(block.section), *titles)))
            heading = block.kind in (BlockKind.TITLE, BlockKind.HEADING)
            for start, end in split_clauses(block.text):
                text = block.text[start:end]
                place = Place(block.no, start, end)
                found.append(
                    Segment(len(found), place, text, squeezed_twice(text), label, part, heading)
                )
    return tuple(found)


def _cells(table: Table, titles: Sequence[str]) -> list[tuple[Place, str, str]]:
    found = []
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if not any(ch.isalpha() or ch.isdigit() for ch in cell.text):
                continue
            label = squeezed("\n".join((*row_labels(table, r, c), *column_path(table, c))))
            heads = squeezed("\n".join((table.title, *titles[-1:])))
            for start, end in split_clauses(cell.text):
                place = Place(table.block, start, end, table.no, r, c)
                found.append((place, cell.text[start:end], f"{label}\n{heads}"))
    return found


def row_labels(table: Table, row: int, column: int = 0) -> tuple[str, ...]:
    """Label path of the row that the cell belongs to."""
    return table.row_at(row, column).path


def column_path(table: Table, column: int) -> tuple[str, ...]:
    """Header path of the column."""
    return table.columns[column].path


@lru_cache(maxsize=8192)
def _joined(cells: tuple[str, ...]) -> str:
    return squeezed("\n".join(cells))


def row_text(table: Table, row: int) -> str:
    """The squeezed text of a row with its labels."""
    return _joined((*row_labels(table, row), *(cell.text for cell in table.rows[row])))


def scope_parts(scope: ScopedDocument) -> frozenset[int] | None:
    return None if scope.parts is None else frozenset(scope.parts)


def names_of(scope: ScopedDocument) -> frozenset[str]:
    """Pairs of the names of the report's parts in scope: its unit, project and title."""
    wanted = scope_parts(scope)
    names: set[str] = set()
    for part in scope.document.parts:
        if wanted is None or part.no in wanted:
            for fact in (part.entity, part.project, part.title):
                names.update(pairs(squeezed(fact.value)))
    return frozenset(names)


def profile_for(scope: ScopedDocument, terms: Sequence[str]) -> Profile:
    """The question's terms, weighed for this report; without its place before them (某市助餐点)."""
    places = _places_of(scope)
    bare = [
        next(
            (term[len(p) :] for p in places if term.startswith(p) and len(term) > len(p) + 1), term
        )
        for term in terms
    ]
    return make_profile(bare, index_of(scope.document).rarity, names_of(scope))


_PLACE = re.compile(r"[\u4e00-\u9fff]{2,3}?[省市县区州旗]")


def _places_of(scope: ScopedDocument) -> tuple[str, ...]:
    """Provinces, cities and districts that the units of the report are named after."""
    found = [p for part in scope.document.parts for p in _PLACE.findall(part.entity.value)[:2]]
    return tuple(dict.fromkeys(found))
