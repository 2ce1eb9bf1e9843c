"""What a list of a report is, and what the readers of lists share."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.texts.index import Index, trim
from qa.texts.model import Place
from qa.texts.terms import squeezed

RUN_ON = ("is", "circled", "first")  # numbers that go on inside a paragraph


@dataclass(frozen=True, slots=True)
class ListSource:
    """A list of a report: what it is a list of, its entries, and how sure its extent is."""

    owner: str  # squeezed: the words that introduce it
    label: str  # squeezed: headings or the table's title
    quote: Place  # introduction, or heading, in the report
    items: tuple[Place, ...]
    part: int
    complete: bool
    kind: str  # "headings", "marked", "inline", "column", "group", "paragraphs"
    node: int | None = None


def heads(index: Index, block: int) -> str:
    """Squeezed headings around a block."""
    document = index.document
    section = document.section_path(document.blocks[block].section)
    return squeezed("\n".join((*section, *index.outline.titles(block))))


def item_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The first sentence of an entry, without its final stop."""
    start, end = trim(text, start, end)
    stop = re.compile(r"[。！？]").search(text, start + 2, end)
    high = stop.start() if stop else end
    while high > start and text[high - 1] in "；;。：:，, ":
        high -= 1
    return start, high
