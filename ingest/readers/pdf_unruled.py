"""Finding tables without vertical rules: lines in which numbers stand apart, below each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.cellsyntax import is_numeric, is_placeholder
from ingest.columns import is_year
from ingest.headers import numbering_row
from ingest.markers import is_note, is_table_label
from ingest.model import Cell
from ingest.readers.lines import is_page_number
from ingest.readers.pdf_ink import Rule
from ingest.readers.pdf_words import (
    Run,
    em,
    extent,
    lead_width,
    segments_of,
    spaced,
    text_of,
)
from ingest.text import compact

GAP = 0.55  # ems of white between two cells of a line
_LEADER = re.compile(r"[.．·…]{3,}")
_STEP = 3.2  # ems from one line of a table to the next
_HEADER_LINES = 8  # above the first row of figures
_WRAP = 1.6  # ems from one line of a cell to the next
_SENTENCE = 60  # no cell of a line of figures is longer


@dataclass(slots=True)
class Piece:
    """What one line prints of one cell."""

    run: Run
    left: float
    right: float
    top: float
    base: float
    size: float
    text: str  # compact

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def lead(self) -> float:
        """The width of its first character, or of the Latin word or number that it opens with."""
        return lead_width(self.run)

    @property
    def numeric(self) -> bool:
        return is_numeric(self.text) and not is_year(self.text)

    @property
    def holds_value(self) -> bool:
        return self.numeric or (is_placeholder(self.text) and self.text != "")


@dataclass(slots=True)
class PieceLine:
    """A printed line as its pieces from left to right."""

    pieces: list[Piece]

    @property
    def base(self) -> float:
        return max(piece.base for piece in self.pieces)

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)

    @property
    def top(self) -> float:
        return min(piece.top for piece in self.pieces)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return self.pieces[-1].right

    @property
    def figures(self) -> int:
        return sum(piece.numeric for piece in self.pieces)

    @property
    def anchors(self) -> bool:
        """It is a row of a table for certain: a number apart from the text before it."""
        return (
            len(self.pieces) > 1
            and self.figures > 0
            and not self.outside
            and not self.numbers_columns
            and max(len(piece.text) for piece in self.pieces) <= _SENTENCE
        )

    @property
    def numbers_columns(self) -> bool:
        """It is the line of a header that numbers the columns: 栏次 1 2 3."""
        return numbering_row([Cell(piece.text) for piece in self.pieces])

    @property
    def outside(self) -> bool:
        """It belongs to no table: a caption, a note, a page number, an entry of the contents."""
        text = self.text
        return (
            is_table_label(text)
            or is_note(text)
            or is_page_number(text, bare=False)
            or _LEADER.search(text) is not None
            or any(is_table_label(piece.text) for piece in self.pieces)
        )


@dataclass(frozen=True, slots=True)
class Region:
    """Lines ``first <= n < last`` of a page that make a table; `body` is its first row below the
    header. `rules` are the heights of its rules, `sides` their ends, where it has some."""

    first: int
    body: int
    last: int
    rules: tuple[float, ...] = ()
    sides: tuple[float, float] | None = None


def piece_line(line: Run) -> PieceLine | None:
    """The pieces of a printed line; None for a blank one."""
    pieces: list[Piece] = []
    for segment in segments_of(line, GAP):
        left, top, right, _ = extent(segment)
        text = compact(text_of(spaced(segment)))
        pieces.append(Piece(segment, left, right, top, segment[0].base, em(segment), text))
    return PieceLine(pieces) if pieces else None


def find_regions(lines: Sequence[PieceLine], rules: Sequence[Rule]) -> list[Region]:
    """The tables among the lines of a page."""
    regions: list[Region] = []
    index = 0
    while index < len(lines):
        if not lines[index].anchors:
            index += 1
            continue
        region = _region(lines, rules, index, regions[-1].last if regions else 0)
        if region is not None:
            regions.append(region)
        index = region.last if region else index + 1
    return regions


def _region(
    lines: Sequence[PieceLine], rules: Sequence[Rule], anchor: int, floor: int
) -> Region | None:
    last = _end(lines, anchor)
    rows = [line for line in lines[anchor:last] if line.anchors]
    left, right = min(line.left for line in rows), max(line.right for line in rows)
    across = [
        rule
        for rule in rules
        if min(rule.end, right) - max(rule.start, left) >= 0.7 * (right - left)
        and rule.end - rule.start <= 1.6 * (right - left) + 40
    ]
    first = _start(lines, across, anchor, floor)
    if not _is_table(rows, lines[first:anchor], bool(across)):
        return None
    top, bottom = lines[first].base - 2.5 * lines[first].size, lines[last - 1].base + 20
    near = [rule for rule in across if top <= rule.at <= bottom]
    sides = (min(r.start for r in near), max(r.end for r in near)) if near else None
    body = _body(lines, near, first, anchor)
    return Region(first, body, last, tuple(rule.at for rule in near), sides)


def _end(lines: Sequence[PieceLine], anchor: int) -> int:
    """The line after the last row; lines between rows belong to them, lines below wraps only."""
    last = anchor + 1
    index = anchor + 1
    left, right = lines[anchor].left, lines[anchor].right
    while index < len(lines):
        line, before = lines[index], lines[index - 1]
        if line.outside or line.base - before.base > _STEP * max(line.size, before.size):
            break
        if line.anchors:
            last = index + 1
            left, right = min(left, line.left), max(right, line.right)
        elif max(piece.width for piece in line.pieces) > 0.6 * (right - left) or index - last >= 4:
            break
        index += 1
    steps = [b.base - a.base for a, b in pairwise(lines[anchor:last])]
    reach = max(_WRAP * lines[last - 1].size, 1.1 * min(steps, default=0.0))
    while last < len(lines) and _wraps(lines[last], lines[last - 1], reach):
        last += 1
    return last


def _wraps(line: PieceLine, above: PieceLine, reach: float) -> bool:
    """True when a line below the last row only carries on texts of that row."""
    if line.outside or line.base - above.base > reach:
        return False
    return all(
        any(
            piece.left >= upper.left - 0.5 * piece.size
            and piece.right <= upper.right + 0.5 * piece.size
            and abs(piece.size - upper.size) < 0.1 * piece.size
            for upper in above.pieces
        )
        for piece in line.pieces
    )


def _start(lines: Sequence[PieceLine], rules: Sequence[Rule], anchor: int, floor: int) -> int:
    """The first line of the header: below the uppermost rule, or the lines in several pieces."""
    lowest = max(floor, anchor - _HEADER_LINES)
    first = anchor
    for index in range(anchor - 1, lowest - 1, -1):
        line, below = lines[index], lines[index + 1]
        if line.outside or below.base - line.base > 1.5 * _STEP * below.size:
            break
        ruled = any(rule.at < line.base for rule in rules if rule.at > line.base - 3 * line.size)
        if len(line.pieces) > 1 or ruled:
            first = index
        elif not any(rule.at < line.base for rule in rules):
            break
    return first


def _body(lines: Sequence[PieceLine], rules: Sequence[Rule], first: int, anchor: int) -> int:
    """The first line below the header: below its rule, or below the line that numbers columns."""
    for index in range(anchor, first, -1):
        above = lines[index - 1]
        ruled = any(above.base < rule.at < lines[index].base for rule in rules)
        if above.numbers_columns or ruled:
            return index
    return anchor


def _is_table(rows: Sequence[PieceLine], header: Sequence[PieceLine], ruled: bool) -> bool:
    if _is_contents(rows):
        return False
    figures = max(row.figures for row in rows)
    columns = max(len(row.pieces) for row in rows)
    if columns < 3:
        return len(rows) >= (2 if ruled or header else 4)
    return len(rows) >= 2 or (figures >= 2 and bool(header))


def _is_contents(rows: Sequence[PieceLine]) -> bool:
    pages = [row.pieces[-1].text for row in rows]
    if not all(page.isdecimal() and len(page) <= 3 for page in pages):
        return False
    numbers = [int(page) for page in pages]
    return numbers == sorted(numbers) and all(row.figures == 1 for row in rows)
