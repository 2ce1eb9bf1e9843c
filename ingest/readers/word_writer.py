"""Writing out what a Word file holds as Content: frames become text, notes find their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.model import Place
from ingest.readers.content import ContentBuilder, Snippet
from ingest.readers.word import (
    Segment,
    WordCell,
    WordItem,
    WordParagraph,
    WordTable,
    filled_cells,
    is_frame,
    is_inner_table,
    paragraphs_of,
)
from ingest.readers.word_tabs import TabRow, is_tab_table, tab_rows
from ingest.structure.markers import (
    ends_sentence,
    is_annex,
    is_contents_title,
    is_note,
    is_table_label,
    is_table_number,
    read_marker,
)

_MAX_HEADING = 80
_MAX_CAPTION = 70


@dataclass(slots=True)
class WordWriter:
    """Writes items to `builder`; pages are given to them only where `paged`."""

    builder: ContentBuilder
    paged: bool
    _gap: int = 0
    _notes: list[WordParagraph] = field(default_factory=list)
    _announced: bool = False  # 目录 was written, or a line of it
    _captioned: bool = False  # the text just written may be the caption of a table

    def write(self, items: Sequence[WordItem]) -> None:
        """The items in order. Notes of a caption follow its table."""
        self._items(items)
        self._flush()

    def _items(self, items: Sequence[WordItem]) -> None:
        index = 0
        while index < len(items):
            rows = tab_rows(items, index)
            run = items[index : index + max(len(rows), 1)]
            if is_tab_table(rows):
                self._tabbed(rows, [item.path for item in run])
            else:
                for item in run:
                    self._item(item)
            index += len(run)

    def _item(self, item: WordItem) -> None:
        if isinstance(item, WordTable):
            self._table(item)
        elif item.note:
            self._notes.append(item)
            if not self._captioned:
                self._flush()
        elif not item.contents or self._announced:  # else its lines would pass for headings
            self._body(item)

    def _tabbed(self, rows: Sequence[TabRow], paths: Sequence[str]) -> None:
        grid = [
            [[Snippet(text, self._place(path, page)) for text, page in cell] for cell in row]
            for row, path in zip(rows, paths, strict=True)
        ]
        page = rows[0][0][0].page if self.paged else None
        self.builder.table(grid, page=page, gap=self._gap)
        self._gap = 0
        self._captioned = False
        self._flush()

    def _body(self, paragraph: WordParagraph) -> None:
        text = paragraph.text
        if not text.strip():
            self._gap += 1
            return
        self._announced = paragraph.contents or is_contents_title(text)
        if not is_table_label(text):
            self._flush()
        self._captioned = len(text) <= _MAX_CAPTION and not ends_sentence(text)
        for line in _lines(paragraph):
            self._paragraph(line, paragraph)

    def _paragraph(self, line: Sequence[Segment], of: WordParagraph) -> None:
        text = "".join(segment.text for segment in line)
        if not text.strip():
            return
        heading = of.heading if len(text) <= _MAX_HEADING and not text.endswith("。") else 0
        snippets = [Snippet(part, self._place(of.path, page)) for part, page in line]
        first = line[0].page if self.paged else None
        self.builder.paragraph(snippets, page=first, heading=heading, gap=self._gap)
        self._gap = 0

    def _flush(self) -> None:
        notes, self._notes = self._notes, []
        for note in notes:
            for line in _lines(note):
                self._paragraph(line, note)
        if notes:
            self._gap = max(self._gap, 1)  # the text after a note is none

    def _place(self, path: str, page: int) -> Place:
        return Place(page=page if self.paged else None, path=path)

    def _table(self, table: WordTable) -> None:
        if is_frame(table):
            for row in table.rows:
                self._frame_row(filled_cells(row))
            return
        width = table.width
        notes: list[WordParagraph] = []
        inner: list[WordTable] = []
        grid: list[list[list[Snippet]]] = []
        for row in table.rows:
            line: list[list[Snippet]] = [[] for _ in range(width)]
            for cell in row:
                line[cell.column].extend(self._cell(cell, notes, inner))
            grid.append(line)
        first = next(paragraphs_of([table]), None)
        page = first.segments[0].page if first is not None and self.paged else None
        self.builder.table(grid, page=page, gap=self._gap)
        self._gap = 0
        self._notes.extend(notes)
        self._captioned = False
        self._flush()
        self._items(inner)

    def _frame_row(self, row: Sequence[WordCell]) -> None:
        if len(row) < 2:
            for cell in row:
                self._items(cell.items)
            return
        if any(isinstance(item, WordTable) for cell in row for item in cell.items):
            for cell in row:
                self._items(cell.items)
            return
        segments: list[Segment] = []
        for cell in row:
            for paragraph in paragraphs_of(cell.items):
                space = [Segment("    ", paragraph.segments[0].page)] if segments else []
                segments.extend((*space, *paragraph.segments))
        first = next(paragraphs_of(row[0].items))
        self._paragraph(segments, first)

    def _cell(
        self, cell: WordCell, notes: list[WordParagraph], inner: list[WordTable]
    ) -> list[Snippet]:
        snippets: list[Snippet] = []
        for item in cell.items:
            if isinstance(item, WordTable) and not is_frame(item) and is_inner_table(item):
                inner.append(item)
                continue
            for paragraph in paragraphs_of([item]):
                if paragraph.note:
                    notes.append(paragraph)
                    continue
                if snippets:
                    snippets.append(Snippet("\n", snippets[-1].place))
                elif paragraph.indent:
                    place = self._place(paragraph.path, paragraph.segments[0].page)
                    snippets.append(Snippet("\u3000" * paragraph.indent, place))
                for text, page in _without_breaks(paragraph.segments):
                    snippets.append(Snippet(text, self._place(paragraph.path, page)))
        return snippets


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _opens(text: str) -> bool:
    """True when a line is the start of a paragraph of its own."""
    return (
        read_marker(text) is not None
        or is_note(text)
        or is_table_label(text)
        or is_table_number(text)
    )


def _parts(before: str, after: str) -> bool:
    """True when a line break inside a paragraph stands between two paragraphs."""
    return (
        ends_sentence(before)
        or is_annex(before.strip())
        or is_contents_title(before.strip())
        or is_table_label(before.strip())
        or _opens(after.strip())
    )


def _broken(segments: Sequence[Segment]) -> list[list[Segment]]:
    lines: list[list[Segment]] = [[]]
    for text, page in segments:
        first, *rest = text.split("\n")
        lines[-1].append(Segment(first, page))
        lines.extend([Segment(part, page)] for part in rest)
    return [line for line in lines if any(part.text.strip() for part in line)]


def _joined(first: list[Segment], second: list[Segment]) -> list[Segment]:
    """Two lines of one paragraph; Chinese goes on without a space."""
    before = "".join(part.text for part in first).rstrip(" \u3000\t")
    after = "".join(part.text for part in second).lstrip(" \u3000\t")
    if _is_han(before[-1:]) and _is_han(after[:1]):
        return [*first, *second]
    return [*first, Segment(" ", second[0].page), *second]


def _lines(paragraph: WordParagraph) -> list[list[Segment]]:
    """The paragraphs that line breaks inside a paragraph make of it."""
    broken = _broken(paragraph.segments)
    if not broken:
        return []
    lines = [broken[0]]
    for before, after in pairwise(broken):
        if _parts("".join(p.text for p in before), "".join(p.text for p in after)):
            lines.append(after)
        else:
            lines[-1] = _joined(lines[-1], after)
    return lines


def _without_breaks(segments: Sequence[Segment]) -> list[Segment]:
    broken = _broken(segments)
    joined: list[Segment] = []
    for line in broken:
        joined = _joined(joined, line) if joined else line
    return joined
