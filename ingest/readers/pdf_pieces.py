"""What the lines of a page print of cells: pieces of text with white between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.model import Cell
from ingest.readers.lines import is_page_number
from ingest.readers.pdf_words import (
    Run,
    em,
    extent,
    lead_width,
    segments_of,
    spaced,
    text_of,
)
from ingest.reading.text import compact
from ingest.structure.markers import is_note, is_table_label, is_table_number
from ingest.tables.cellsyntax import is_numeric
from ingest.tables.columns import is_year
from ingest.tables.headers import header_like, numbering_row

Band = tuple[float, float]

GAP = 0.55  # ems of white between two cells of a line
_TIGHT = 0.2  # … between two cells of a table, where the file draws two strings
_LEADER = re.compile(r"[.．·…]{3,}")
_SENTENCE = 60  # no cell of a line of figures is longer
WRAP = 1.6  # ems from one line of a cell to the next


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
    def heads(self) -> bool:
        """It reads as a header: another table begins."""
        return len(self.pieces) > 2 and header_like([Cell(piece.text) for piece in self.pieces])

    @property
    def numbers_columns(self) -> bool:
        """It is the line of a header that numbers the columns: 栏次 1 2 3. The end of a narrow
        header beside it may stand on it too."""
        numbers = [piece for piece in self.pieces if piece.text.isdecimal()]
        named = [piece for piece in self.pieces if piece.text in ("栏次", "行次")]
        if not numbers or any(len(piece.text) > 2 for piece in [*numbers, *named]):
            return False
        if named and all(len(piece.text) <= 2 for piece in self.pieces):
            return True
        return numbering_row([Cell(piece.text) for piece in self.pieces])

    @property
    def outside(self) -> bool:
        """It belongs to no table: a caption, a note, a page number, an entry of the contents."""
        text = self.text
        return (
            is_table_label(text)
            or is_table_number(text)
            or is_note(text)
            or is_page_number(text, bare=False)
            or _LEADER.search(text) is not None
            or any(is_table_label(piece.text) for piece in self.pieces)
        )


def piece_line(line: Run) -> PieceLine | None:
    """The pieces of a printed line; None for a blank one."""
    pieces = [piece_of(segment) for segment in segments_of(line, GAP)]
    return PieceLine(pieces) if pieces else None


def tightened(line: PieceLine) -> PieceLine:
    """A line of a table with its pieces cut where the file draws two strings and leaves a little
    white: in running text that is justifying, here it is the white between two cells."""
    return PieceLine([piece_of(part) for piece in line.pieces for part in _parted(piece.run)])


def piece_of(run: Run) -> Piece:
    """A run of characters on one line as a piece."""
    left, top, right, _ = extent(run)
    text = compact(text_of(spaced(run)))
    return Piece(run, left, right, top, run[0].base, em(run), text)


def _parted(segment: Run) -> Iterable[Run]:
    part: Run = []
    for glyph in segment:
        last = next((g for g in reversed(part) if g.text != " "), None)
        if (
            last is not None
            and glyph.text != " "
            and glyph.run != last.run
            and glyph.left - last.right > _TIGHT * glyph.size
            and not (last.text in "0123456789,." and glyph.text in ",.")
            and not (last.text in ",." and glyph.text.isdigit())
        ):
            yield part
            part = []
        part.append(glyph)
    if part:
        yield part


def leading_of(lines: Sequence[PieceLine]) -> float:
    """The least step between two texts that begin or centre below each other, in points."""
    steps = [
        low.base - up.base
        for index, line in enumerate(lines)
        for up in line.pieces
        for lower in lines[index + 1 : index + 4]
        for low in lower.pieces
        if 0.9 * low.size < low.base - up.base
        and (abs(up.left - low.left) < 1 or abs(up.middle - low.middle) < 1)
        and not (up.numeric or low.numeric)
    ]
    return min(steps, default=WRAP * lines[0].size)
