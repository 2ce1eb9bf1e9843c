"""A document's texts by place: every paragraph, heading and table cell, with its sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from ingest.equations.book import Book
from ingest.figures.prose import sentences
from ingest.model import (
    Assertion,
    BlockKind,
    Document,
    Figure,
    Locator,
    Part,
    Said,
    Table,
    Verdict,
    slice_spans,
)
from ingest.reading.text import fold, tidy

_Place = tuple[int, int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, heading or cell; `folded` has the offsets of `raw`."""

    raw: str
    folded: str
    block: int
    section: int
    part: int
    kind: BlockKind
    locator: Locator

    def said(self, start: int, end: int, figure: int | None = None) -> Said:
        """The characters ``start..end`` as one side of an assertion, blanks at the ends left out."""
        inside = self.raw[start:end]
        start += len(inside) - len(inside.lstrip())
        end = start + len(inside.strip())
        spans = slice_spans(self.locator.spans, start, end)
        text = tidy(self.raw[start:end])
        return Said(text, replace(self.locator, spans=spans), self.block, figure)


class Sentence(NamedTuple):
    """A sentence of a text: ``text.folded[start:end]``.

    `words` has no white space, which broken lines leave in Chinese text; `offsets` place its
    characters in the sentence where some was left out.
    """

    text: Text
    start: int
    end: int
    words: str
    offsets: tuple[int, ...] = ()

    def said(self, start: int, end: int, figure: int | None = None) -> Said:
        """A piece of the sentence, by offsets into `words`."""
        return self.text.said(self.at(start), self.at(end - 1) + 1, figure)

    def at(self, offset: int) -> int:
        """Where the character at an offset into `words` stands in the text."""
        return self.start + (self.offsets[offset] if self.offsets else offset)


def _sentence(text: Text, start: int, end: int) -> Sentence:
    words = text.folded[start:end]
    solid = "".join(words.split())
    if len(solid) == len(words):
        return Sentence(text, start, end, words)
    offsets = tuple(index for index, char in enumerate(words) if not char.isspace())
    return Sentence(text, start, end, solid, offsets)


class Texts:
    """The texts of one document, each order made once and in one pass."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def document(self) -> Document:
        return self.book.document

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Per block, the innermost part that it belongs to."""
        inner = [self.document.parts[0]] * len(self.document.blocks)
        for part in sorted(self.document.parts, key=lambda p: (p.first_block, -p.last_block)):
            for block in range(part.first_block, min(part.last_block, len(inner))):
                inner[block] = part
        return tuple(inner)

    @cached_property
    def prose(self) -> tuple[Text, ...]:
        """Titles, headings, paragraphs, captions and notes, in reading order."""
        return tuple(
            Text(
                block.text,
                fold(block.text),
                block.no,
                block.section,
                self.parts[block.no].no,
                block.kind,
                Locator(block.spans, block.page),
            )
            for block in self.document.blocks
            if block.text and block.kind is not BlockKind.CONTENTS
        )

    @cached_property
    def by_block(self) -> dict[int, Text]:
        """The texts of the prose by block."""
        return {text.block: text for text in self.prose}

    @cached_property
    def _positions(self) -> dict[int, int]:
        return {text.block: position for position, text in enumerate(self.prose)}

    def prose_after(self, block: int, count: int) -> tuple[Text, ...]:
        """The text of a block and those after it, `count` at most."""
        start = self._positions.get(block)
        return () if start is None else self.prose[start : start + count]

    @cached_property
    def cells(self) -> tuple[Text, ...]:
        """The cells of table bodies that are not empty, in reading order."""
        return tuple(text for table in self.document.tables for text in self._cells_of(table))

    def _cells_of(self, table: Table) -> Iterator[Text]:
        block = self.document.blocks[table.block]
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row):
                if cell.text and cell.spans:
                    yield Text(
                        cell.text,
                        fold(cell.text),
                        block.no,
                        block.section,
                        self.parts[block.no].no,
                        BlockKind.TABLE,
                        Locator(cell.spans, block.page, table.no, r, c),
                    )

    @cached_property
    def grid(self) -> dict[tuple[int, int, int], Text]:
        """The cells by table, row and column."""
        return {
            (place.table, place.row or 0, place.column or 0): text
            for text in self.cells
            for place in [text.locator]
            if place.table is not None
        }

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of all texts, those of cells after those of the prose."""
        return tuple(
            _sentence(text, start, end)
            for text in (*self.prose, *self.cells)
            for start, end in sentences(text.folded)
        )

    @cached_property
    def _figures(self) -> dict[_Place, list[Figure]]:
        found: dict[_Place, list[Figure]] = defaultdict(list)
        for figure in self.document.figures:
            place = figure.locator
            found[figure.block, place.table, place.row, place.column].append(figure)
        return dict(found)

    @cached_property
    def _texts(self) -> dict[_Place, Text]:
        return {
            (text.block, place.table, place.row, place.column): text
            for text in (*self.prose, *self.cells)
            for place in [text.locator]
        }

    def text_of(self, figure: Figure) -> Text:
        """The paragraph or cell that prints a figure."""
        place = figure.locator
        return self._texts[figure.block, place.table, place.row, place.column]

    def figures(self, text: Text) -> list[Figure]:
        """The figures that a text prints, in order."""
        place = text.locator
        return self._figures.get((text.block, place.table, place.row, place.column), [])


def said_of(figure: Figure) -> Said:
    """A figure as one side of an assertion: printed digits and unit."""
    quantity = figure.quantity
    shown = f"{quantity.approx}{''.join(quantity.printed.split())}{quantity.unit.symbol}"
    return Said(shown, figure.locator, figure.block, figure.no)


def contrary(
    family: str,
    part: int,
    subject: str,
    stated: Said,
    others: tuple[Said, ...],
    recomputed: str = "",
    message: str = "",
) -> Assertion:
    """An assertion that the others speak against; numbered when all are found."""
    against = recomputed or others[0].text
    words = message or f"{subject}：此处写“{stated.text}”，另一处写“{against}”，两处不一致。"
    return Assertion(0, family, subject, Verdict.FAILS, part, stated, others, against, words)


def agreed(
    family: str, part: int, subject: str, stated: Said, others: tuple[Said, ...]
) -> Assertion:
    """An assertion that the others confirm."""
    words = f"{subject}：“{stated.text}”与另一处“{others[0].text}”一致。"
    return Assertion(0, family, subject, Verdict.EXACT, part, stated, others, others[0].text, words)
