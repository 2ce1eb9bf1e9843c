"""What a reader finds in a file: one text, its pieces in reading order, and where each stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.model import Anchor, BlockKind, Cell, Place, Problem
from ingest.structure.blocks import Piece
from ingest.structure.joining import Paragraph
from ingest.tables.cellsyntax import make_cell
from ingest.tables.grid import Fragment

PageProgress = Callable[[int, int], None]
"""Called with the pages (sheets, where a format has no pages) that are done and their total."""


def silent(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file as its reader gives it, before titles, sections and tables are told apart.

    `text` and `anchors` become the Document's; `pieces` are slices of `text` in reading order.
    `encoding` is "" for formats that are no plain text.
    """

    text: str
    pieces: tuple[Piece, ...]
    media_type: str
    encoding: str = ""
    anchors: tuple[Anchor, ...] = ()
    pages: int | None = None
    problems: tuple[Problem, ...] = ()


class Snippet(NamedTuple):
    """Characters with one place in the original: a printed line, a word, a cell's text."""

    text: str
    place: Place


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """Superscript as text: a footnote's number never joins the number that it stands behind."""
    return text.translate(_RAISED)


_FLAT = str.maketrans(dict.fromkeys("\t\n\r\v\f\x85\u2028\u2029", " "))


@dataclass(slots=True)
class ContentBuilder:
    """Writes out the text of a document, one paragraph or table row a line, cells between tabs.

    Breaks inside a snippet become spaces, so that the text's own breaks are those of paragraphs
    and rows only. Snippets of one paragraph or cell follow each other without a break.
    """

    _parts: list[str] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _anchors: list[Anchor] = field(default_factory=list)
    _problems: list[Problem] = field(default_factory=list)
    _length: int = 0

    def paragraph(
        self,
        snippets: Sequence[Snippet],
        *,
        page: int | None = None,
        heading: int = 0,
        gap: int = 0,
        kind: BlockKind | None = None,
    ) -> None:
        """A paragraph or heading; nothing where the snippets are blank.

        Args:
            snippets: its text in order.
            page: the page on which it begins, from 1.
            heading: the outline level that the format gives it (0: none).
            gap: blank lines before it.
            kind: what it is, where the format itself says so; None lets its words decide.
        """
        start = self._length
        self._write(snippets)
        cell = make_cell(self._since(start), 0, self._length - start)
        if cell.text:
            spans = tuple((start + low, start + high) for low, high in cell.spans)
            self._pieces.append(Paragraph(cell.text, spans, page, gap, heading, kind))
        self._end("\n")

    def table(
        self,
        rows: Sequence[Sequence[Sequence[Snippet]]],
        *,
        page: int | None = None,
        gap: int = 0,
        opens: bool = False,
    ) -> None:
        """The rows of a table, each cell a sequence of snippets; blank rows are left out.

        A merged cell's text stands in its first cell, the others being empty; every row has a
        cell for each column. A table that `opens` never carries on the one before it; else its
        rows decide whether it is the rest of a table that a page end has cut.
        """
        written = [self._row(row) for row in rows]
        kept = tuple(cells for cells in written if any(cell.text for cell in cells))
        if kept:
            self._pieces.append(Fragment(kept, page, gap, opens))

    def problem(self, code: str, message: str) -> None:
        """A flaw of the file that does not stop its reading."""
        self._problems.append(Problem(code, message))

    def finish(self, media_type: str, *, pages: int | None = None) -> Content:
        """The content so far."""
        return Content(
            text="".join(self._parts),
            pieces=tuple(self._pieces),
            media_type=media_type,
            anchors=tuple(self._anchors),
            pages=pages,
            problems=tuple(self._problems),
        )

    def _row(self, row: Sequence[Sequence[Snippet]]) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        for index, snippets in enumerate(row):
            if index:
                self._end("\t")
            start = self._length
            self._write(snippets)
            own = make_cell(self._since(start), 0, self._length - start)
            spans = tuple((start + low, start + high) for low, high in own.spans)
            cells.append(Cell(own.text, spans, own.indent))
        self._end("\n")
        return tuple(cells)

    def _write(self, snippets: Sequence[Snippet]) -> None:
        for text, place in snippets:
            if text:
                end = self._length + len(text)
                self._anchors.append(Anchor(self._length, end, place))
                self._parts.append(text.translate(_FLAT))
                self._length = end

    def _since(self, start: int) -> str:
        found: list[str] = []
        length = self._length
        for part in reversed(self._parts):
            if length <= start:
                break
            found.append(part)
            length -= len(part)
        return "".join(reversed(found))

    def _end(self, mark: str) -> None:
        self._parts.append(mark)
        self._length += 1
