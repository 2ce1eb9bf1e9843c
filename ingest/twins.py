"""The same figure in another edition of a report: a Word file and the PDF made of it, say."""

from __future__ import annotations

from rapidfuzz import fuzz

from ingest.model import Document, Figure
from ingest.reading.text import compact

_ALIKE = 60.0  # of 100; below it two figures are about different things


def twin_of(figure: Figure, document: Document, other: Document) -> Figure | None:
    """The figure of `other` that is `figure` of `document`; None where none is surely it.

    The value and its unit must be the same, and the words about it alike. Of equals, the one that
    is as far on among its equals as `figure` is.
    """
    alike = [
        (likeness, each)
        for each in other.figures
        if _same_value(each, figure) and (likeness := _likeness(each, figure)) >= _ALIKE
    ]
    if not alike:
        return None
    best = max(likeness for likeness, _ in alike)
    equals = [each for likeness, each in alike if likeness == best]
    before = sum(
        _same_value(each, figure) and _likeness(each, figure) == 100.0
        for each in document.figures[: figure.no]
    )
    return equals[min(before, len(equals) - 1)]


def _same_value(first: Figure, second: Figure) -> bool:
    a, b = first.quantity, second.quantity
    return (a.value, a.unit, compact(a.printed)) == (b.value, b.unit, compact(b.printed))


def _likeness(first: Figure, second: Figure) -> float:
    """How alike the words about two figures are, 0 to 100."""
    return fuzz.ratio(_about(first), _about(second))


def _about(figure: Figure) -> str:
    words = (*figure.row_path, *figure.column_path) or (figure.sentence or figure.metric,)
    return compact("|".join(words))
