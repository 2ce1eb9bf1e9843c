"""Documents as if they had been recognised: a text report whose chosen numbers have low scores."""

from __future__ import annotations

from dataclasses import replace

from ingest.assertions.families import find_assertions
from ingest.equations.doubts import settled
from ingest.equations.families import find_equations
from ingest.figures.finding import find_figures
from ingest.files import read_bytes
from ingest.model import Anchor, Document, Place


def scanned_document(text: str, *unsure: str, score: float = 0.4) -> Document:
    """The report in `text`, every printing of the `unsure` strings recognised with `score`."""
    document = read_bytes(text.encode(), "扫描.txt")
    anchors = tuple(
        Anchor(start, start + len(word), Place(1, (0, 0, 10, 10), score=score))
        for word in unsure
        for start in _places(document.text, word)
    )
    document = replace(document, anchors=tuple(sorted(anchors, key=lambda each: each.start)))
    document = replace(document, figures=find_figures(document))
    document = replace(document, equations=find_equations(document))
    return settled(replace(document, assertions=find_assertions(document)))


def _places(text: str, word: str) -> list[int]:
    found: list[int] = []
    start = text.find(word)
    while start >= 0:
        found.append(start)
        start = text.find(word, start + 1)
    return found
