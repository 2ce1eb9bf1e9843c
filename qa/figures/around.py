"""What a figure is told as a part of: its sentence, the headings above it, its table's labels."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.reading.text import fold
from qa.figures.evidence import Candidate


def told_with(candidate: Candidate, lead: int | None = None) -> Iterator[str]:
    """The texts that stand with a figure, its own name and sentence first.

    Args:
        candidate: the figure.
        lead: of a paragraph so many characters, which say what it is about; None for all of it.
    """
    figure, document = candidate.figure, candidate.document
    yield figure.metric
    yield figure.sentence
    yield from document.section_path(figure.section)
    if figure.locator.table is None:
        yield fold(document.blocks[figure.block].text[:lead])
    else:
        yield document.tables[figure.locator.table].title
        yield from figure.row_path
        yield from figure.column_path
