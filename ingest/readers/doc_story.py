"""The items of a binary Word document: its paragraphs and tables, text boxes and notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.readers.doc_anchors import Anchors, read_anchors
from ingest.readers.doc_changes import (
    ParagraphFormat,
    RunFormat,
    changes,
    paragraph_format,
    run_format,
)
from ingest.readers.doc_file import DocFile, Story, u16
from ingest.readers.doc_styles import DocStyle, read_fonts, read_lists, read_styles
from ingest.readers.doc_tables import placed_rows, row_shape
from ingest.readers.fields import Fields
from ingest.readers.lists import ListCounter
from ingest.readers.pages import Pages
from ingest.readers.symbols import shown_text, symbol
from ingest.readers.word import (
    Look,
    Segment,
    WordCell,
    WordItem,
    WordParagraph,
    WordTable,
    as_note,
)

_END = re.compile(r"[\r\x07\x0c]")
_PIECE = re.compile(r"[\x00-\x08\x0b-\x1f]|[^\x00-\x08\x0b-\x1f]+")
_HALF = re.compile(r"[\ud800-\udfff]")
_PLAIN = RunFormat()


@dataclass(slots=True)
class _Mark:
    """A paragraph: its characters, and what its end mark says."""

    start: int
    end: int
    mark: str
    style: DocStyle
    format: ParagraphFormat


@dataclass(slots=True)
class _Row:
    cells: list[list[_Node]]
    end: _Mark


@dataclass(slots=True)
class _Table:
    """A table under way: its rows, and the cells and paragraphs of the row under way."""

    rows: list[_Row] = field(default_factory=list)
    cells: list[list[_Node]] = field(default_factory=list)
    nodes: list[_Node] = field(default_factory=list)


_Node = _Mark | _Table


@dataclass(slots=True)
class DocWalker:
    """Walks the stories of a document; all counts go on from paragraph to paragraph."""

    file: DocFile
    fields: Fields = field(default_factory=Fields)
    pages: Pages = field(default_factory=Pages)
    look: Look = field(default_factory=Look)
    _styles: list[DocStyle] = field(default_factory=list)
    _fonts: list[str] = field(default_factory=list)
    _counter: ListCounter = field(default_factory=lambda: ListCounter({}))
    anchors: Anchors = field(init=False)
    _run_starts: list[int] = field(default_factory=list)
    _formats: dict[bytes, tuple[DocStyle, ParagraphFormat]] = field(default_factory=dict)
    _run_formats: dict[bytes, RunFormat] = field(default_factory=dict)
    _noted: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._styles = read_styles(self.file)
        self._fonts = read_fonts(self.file)
        self._counter = ListCounter(read_lists(self.file))
        self._run_starts = [run.start for run in self.file.runs]
        self.anchors = read_anchors(self.file)

    def items(self) -> Iterator[WordItem]:
        """The items of the body, in order."""
        yield from self._story(self.file.body, "")

    def _story(self, story: Story, inside: str) -> Iterator[WordItem]:
        yield from self._items(_nested(self._marks(story)), inside)

    def _marks(self, story: Story) -> Iterator[_Mark]:
        start = story.start
        for found in _END.finditer(self.file.text, story.start, story.end):
            at = found.start()
            if found.group() == "\x0c" and at + 1 not in self.anchors.sections:
                continue  # a page break inside a paragraph
            yield _Mark(start, at, found.group(), *self._format(at))
            start = at + 1
        if start < story.end:
            yield _Mark(start, story.end, "\r", *self._format(story.end - 1))

    def _format(self, cp: int) -> tuple[DocStyle, ParagraphFormat]:
        own = self.file.paragraph(cp)
        if own not in self._formats:
            number = u16(own, 0)
            style = self._styles[number] if number < len(self._styles) else DocStyle()
            made = list(changes(own[2:], self.file.data))
            self._formats[own] = style, paragraph_format(style.format, made)
        return self._formats[own]

    def _items(self, nodes: Sequence[_Node], inside: str) -> Iterator[WordItem]:
        paragraphs = tables = 0
        reader: _Reader | None = None
        path = inside
        for node in nodes:
            if isinstance(node, _Table):
                tables += 1
                path = f"t{tables}"
                yield self._table(node, f"{inside}/{path}" if inside else path)
                continue
            paragraphs += 1
            if reader is None:
                path = inside or f"p{paragraphs}"
                reader = _Reader(self, node.style)
            if node.format.page_before:
                self.pages.begin()
            reader.read(node.start, node.end)
            self.fields.end_paragraph()
            if node.mark == "\r" and not inside and self.run(node.end)[1].deleted:
                continue  # the end is deleted: the paragraph goes on with the next one
            yield from self._finish(node, reader, path, within=bool(inside))
            reader = None

    def _finish(
        self, node: _Mark, reader: _Reader, path: str, *, within: bool
    ) -> Iterator[WordItem]:
        segments = reader.segments
        text = "".join(segment.text for segment in segments)
        indent = node.format.indent
        if node.format.list_use and (text.strip() or not self.run(node.end)[1].hidden):
            level = node.format.list_level or 0
            number = self._counter.number(str(node.format.list_use), level)
            if number and (text.strip() or within):
                page = segments[0].page if segments else self.pages.page
                segments = [Segment(number, page), *segments]
                indent = 0  # that of its list
        contents = node.style.contents
        yield WordParagraph(tuple(segments), path, _heading(node), indent, contents=contents)
        if not within:
            self.pages.end_paragraph()
        for story in reader.boxes:
            yield from self._story(story, path)
        for kind, story in reader.notes:
            yield from self._note(kind, story)
        if node.mark == "\x0c" and self.anchors.sections[node.end + 1]:
            self.pages.turn()

    def _note(self, kind: str, story: Story) -> Iterator[WordItem]:
        self._noted[kind] = self._noted.get(kind, 0) + 1
        yield from as_note(self._story(story, f"{kind}{self._noted[kind]}"))

    def _table(self, table: _Table, path: str) -> WordTable:
        shapes = [row_shape(row.end.format.table, len(row.cells)) for row in table.rows]
        rows: list[tuple[WordCell, ...]] = []
        for number, (row, places) in enumerate(
            zip(table.rows, placed_rows(shapes), strict=True), start=1
        ):
            cells: list[WordCell] = []
            for cell, column, span in places:
                if cell < len(row.cells):
                    inside = f"{path}/r{number}/c{column + 1}"
                    items = tuple(self._items(row.cells[cell], inside))
                    cells.append(WordCell(column, span, items))
            self.pages.end_paragraph(beside=max(len(cells), 1))
            rows.append(tuple(cells))
        return WordTable(tuple(rows), path)

    def run(self, cp: int) -> tuple[int, RunFormat]:
        """Where the run at `cp` ends, and its format."""
        index = bisect_right(self._run_starts, cp) - 1
        if index < 0 or cp >= self.file.runs[index].end:
            following = self._run_starts[index + 1 : index + 2]
            return (following[0] if following else len(self.file.text)), _PLAIN
        run = self.file.runs[index]
        if run.changes not in self._run_formats:
            made = list(changes(run.changes, self.file.data))
            self._run_formats[run.changes] = run_format(made)
        return run.end, self._run_formats[run.changes]

    def hides(self, style: int | None) -> bool:
        """True for a style of characters whose text is hidden."""
        return style is not None and style < len(self._styles) and self._styles[style].hidden

    def font(self, number: int | None) -> str:
        """The name of a font; "" for an unknown one."""
        known = number is not None and number < len(self._fonts)
        return self._fonts[number or 0] if known else ""


def _heading(node: _Mark) -> int:
    outline = node.format.outline
    if outline != node.style.format.outline and outline is not None:
        return outline + 2 if outline < 9 else 0
    return node.style.heading


def _nested(marks: Iterator[_Mark]) -> list[_Node]:
    """The paragraphs of a story, those of tables gathered into them."""
    body: list[_Node] = []
    open_tables: list[_Table] = []

    def close(depth: int) -> None:
        while len(open_tables) > depth:
            table = open_tables.pop()
            if table.nodes or table.cells:  # a row without its end mark
                cells = [*table.cells, table.nodes] if table.nodes else table.cells
                last = _last_mark(cells)
                if last is not None:
                    table.rows.append(_Row(cells, last))
            (open_tables[-1].nodes if open_tables else body).append(table)

    for mark in marks:
        depth = mark.format.depth or (1 if mark.mark == "\x07" else 0)
        close(depth)
        while len(open_tables) < depth:
            open_tables.append(_Table())
        if not open_tables:
            body.append(mark)
            continue
        table = open_tables[-1]
        if mark.format.row_end:
            if table.nodes:
                table.cells.append(table.nodes)
            table.rows.append(_Row(table.cells, mark))
            table.cells, table.nodes = [], []
            continue
        table.nodes.append(mark)
        if (mark.mark == "\x07" and depth == 1) or mark.format.cell_end:
            table.cells.append(table.nodes)
            table.nodes = []
    close(0)
    return body


def _last_mark(cells: Sequence[Sequence[_Node]]) -> _Mark | None:
    marks = [node for cell in cells for node in cell if isinstance(node, _Mark)]
    return marks[-1] if marks else None


def _paired(text: str) -> str:
    """`text` with the halves of characters beyond U+FFFF put together."""
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", errors="replace")


@dataclass(slots=True)
class _Reader:
    """Collects the text of one paragraph, the text boxes anchored in it and its notes."""

    walker: DocWalker
    style: DocStyle
    segments: list[Segment] = field(default_factory=list)
    boxes: list[Story] = field(default_factory=list)
    notes: list[tuple[str, Story]] = field(default_factory=list)

    def read(self, start: int, end: int) -> None:
        """The characters from `start` to `end`."""
        while start < end:
            last, shape = self.walker.run(start)
            last = max(min(last, end), start + 1)
            for found in _PIECE.finditer(self.walker.file.text, start, last):
                self._piece(found.group(), found.start(), shape)
            start = last

    def _piece(self, text: str, cp: int, shape: RunFormat) -> None:
        fields = self.walker.fields
        if text == "\x13":
            fields.begin()
        elif text == "\x14":
            fields.separate()
        elif text == "\x15":
            self._add(fields.end(), shape)
        elif not fields.shown:
            fields.instruct(text)
        elif shape.deleted or self._hidden(shape):
            return
        elif text < " " and text not in "\t\n":
            self._special(text, cp, shape)
        elif shape.symbol is not None:
            number, code = shape.symbol
            self._add(symbol(code, self.walker.font(number)) * len(text), shape)
        else:
            self._add(text, shape)

    def _hidden(self, shape: RunFormat) -> bool:
        if shape.hidden is not None:
            return bool(shape.hidden)
        return self.style.hidden or self.walker.hides(shape.style)

    def _special(self, mark: str, cp: int, shape: RunFormat) -> None:
        if mark in "\x0b\x0e":
            self._add("\n", shape)
        elif mark == "\x0c":
            self.walker.pages.turn()
        elif mark == "\x1e":
            self._add("-", shape)
        elif mark == "\x02":
            note = self.walker.anchors.notes.pop(cp, None)
            if note is not None:
                self.notes.append(note)
        elif mark == "\x08":
            box = self.walker.anchors.boxes.pop(cp, None)
            if box is not None:
                self.boxes.append(box)
        elif mark == "\x01" and shape.special and not shape.binary:
            self._picture(self.walker.fields.kind)

    def _picture(self, field: str) -> None:
        if field in ("EMBED", "LINK"):
            self.walker.look.objects += 1
        elif field != "SHAPE":
            self.walker.look.pictures += 1

    def _add(self, text: str, shape: RunFormat) -> None:
        if not text or shape.deleted or self._hidden(shape) or not self.walker.fields.shown:
            return
        font = self.walker.font(shape.font)
        text = shown_text(_paired(text), font=font, raised=shape.raised)
        pages = self.walker.pages
        pages.write(text)
        if self.segments and self.segments[-1].page == pages.page:
            text = self.segments.pop().text + text
        if text:
            self.segments.append(Segment(text, pages.page))
