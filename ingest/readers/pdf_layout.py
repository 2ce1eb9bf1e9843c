"""The printed lines of a page outside its tables, in reading order, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.model import Box
from ingest.readers.content import Snippet
from ingest.readers.pdf_ink import Frame
from ingest.readers.pdf_words import (
    Run,
    em,
    extent,
    lead_width,
    segments_of,
    snippets_of,
    spaced,
    text_of,
)
from ingest.reading.text import compact
from ingest.structure.markers import is_table_label

GAP = 1.8  # ems of white that part a line into segments
_COLUMN_LINES = 6  # lines at the least that a column of a page holds


@dataclass(slots=True)
class TextLine:
    """A printed line, or what one column of the page holds of it.

    `column` tells lines of one measure: (number of columns, which). `wide` says that blanks
    part it: a caption with the unit at the right, a line of a table of contents.
    """

    page: int
    snippets: list[Snippet]
    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    width: float  # of the page
    height: float
    column: tuple[int, int] = (1, 0)
    wide: bool = False
    lead: float = 0.0  # width of the first piece that cannot be broken

    @property
    def key(self) -> str:
        return compact(self.text)


def text_line(
    segments: Sequence[Run], page: int, frame: Frame, column: tuple[int, int] = (1, 0)
) -> TextLine:
    """One line out of the segments that it is printed in."""
    snippets: list[Snippet] = []
    for segment in segments:
        if snippets:
            snippets[-1] = Snippet(snippets[-1].text + "  ", snippets[-1].place)
        snippets.extend(snippets_of(spaced(segment), page, frame))
    glyphs = [glyph for segment in segments for glyph in segment if glyph.text != " "]
    left, top, right, bottom = extent(glyphs)
    return TextLine(
        page,
        snippets,
        "".join(snippet.text for snippet in snippets),
        left,
        right,
        top,
        bottom,
        em(glyphs),
        frame.width,
        frame.height,
        column,
        len(segments) > 1,
        lead_width(glyphs),
    )


def gutter_of(lines: Sequence[Run], frame: Frame, before: float | None = None) -> float | None:
    """The middle of the white between two columns of running text; None on other pages.

    `before` is that of the page before: a page with few lines has it too if none lies across.
    """
    rows = _segmented(lines)
    found = _gutter(rows, frame)
    if found is None and before is not None and rows:
        boxes = [extent(segment) for row in rows for segment in row]
        if all(box[2] <= before or box[0] >= before for box in boxes):
            return before
    return found


def _segmented(lines: Sequence[Run]) -> list[list[Run]]:
    segments = (segments_of(line, GAP) for line in lines)
    return [line for line in segments if line]


def page_lines(
    lines: Sequence[Run],
    page: int,
    frame: Frame,
    gutter: float | None = None,
    tables: Sequence[Box] = (),
) -> list[TextLine]:
    """The lines in reading order: where the page is set in two columns (`gutter` is the middle
    between them), one after the other, down to the next line or table that lies across both."""
    rows = _segmented(lines)
    if gutter is None:
        return [text_line(part, page, frame) for row in rows for part in _captions(row)]
    across = sorted(top for left, top, right, _ in tables if left < gutter < right)
    ordered: list[TextLine] = []
    sides: tuple[list[TextLine], list[TextLine]] = ([], [])
    for row in rows:
        top = min(extent(segment)[1] for segment in row)
        left = [segment for segment in row if extent(segment)[2] <= gutter]
        right = [segment for segment in row if extent(segment)[0] >= gutter]
        if across and across[0] < top:
            ordered += [*sides[0], *sides[1]]
            sides = ([], [])
            across = [table for table in across if table >= top]
        if len(left) + len(right) < len(row):
            ordered += [*sides[0], *sides[1], text_line(row, page, frame)]
            sides = ([], [])
            continue
        for index, part in enumerate((left, right)):
            if part:
                sides[index].append(text_line(part, page, frame, (2, index)))
    return [*ordered, *sides[0], *sides[1]]


def _captions(row: list[Run]) -> list[list[Run]]:
    """The segments of a line one by one where one says the unit or the body of a table."""
    if len(row) > 1 and any(is_table_label(text_of(segment)) for segment in row):
        return [[segment] for segment in row]
    return [row]


def _gutter(rows: Sequence[list[Run]], frame: Frame) -> float | None:
    """The middle of the white between two columns of running text; None on other pages."""
    boxes = [extent(segment) for row in rows for segment in row]
    for step in range(-6, 7):
        middle = frame.width * (0.5 + step / 100)
        left = [box for box in boxes if box[2] <= middle]
        right = [box for box in boxes if box[0] >= middle]
        crossing = len(boxes) - len(left) - len(right)
        if crossing > 0.2 * len(boxes) or min(len(left), len(right)) < _COLUMN_LINES:
            continue
        beside = sum(
            any(extent(part)[2] <= middle for part in row)
            and any(extent(part)[0] >= middle for part in row)
            for row in rows
        )
        apart = not crossing and beside < 0.5 * min(len(left), len(right))
        needed = 1 if apart else 3 if crossing else 2
        if all(_runs_on(side, frame.width) >= needed for side in (left, right)):
            return (max(box[2] for box in left) + min(box[0] for box in right)) / 2
    return None


def _runs_on(boxes: Sequence[Box], page: float) -> int:
    """How many lines below each other reach from one margin of a wide column to the other."""
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    if right - left < 0.25 * page:
        return 0
    longest = run = 0
    for box in sorted(boxes, key=lambda b: b[1]):
        full = box[2] - box[0] > 0.85 * (right - left)
        run = run + 1 if full else 0
        longest = max(longest, run)
    return longest
