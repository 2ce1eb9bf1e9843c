"""Reading DOCX files: paragraphs, tables, text boxes and notes in the order of the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.content import Content, ContentBuilder, PageProgress, silent
from ingest.readers.docx_lists import DocxLists
from ingest.readers.docx_runs import RunReader
from ingest.readers.docx_styles import Styles
from ingest.readers.docx_tables import GridRow, grid_rows
from ingest.readers.errors import UnreadableFile
from ingest.readers.fields import Fields
from ingest.readers.ooxml import Package, W, child_value, open_package, switched
from ingest.readers.pages import Pages
from ingest.readers.word import (
    Look,
    Segment,
    WordCell,
    WordItem,
    WordParagraph,
    WordTable,
    as_note,
    character_widths,
)
from ingest.readers.word_writer import WordWriter

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAIN = "word/document.xml"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)


def read_docx(data: bytes, name: str, progress: PageProgress = silent) -> Content:
    """The text of a Word document as it is shown, with automatic numbers, without what is
    deleted, hidden, or stands in headers and footers.

    Args:
        data: the whole file.
        name: its name, for messages.
        progress: told of the pages at the end, where the file keeps page breaks.

    Raises:
        UnreadableFile: `data` is damaged or hostile; the message is one line for the user.
    """
    package = open_package(data, name)
    main = package.relations().get("officeDocument", _MAIN)
    root = package.part(main)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise UnreadableFile(f"{name}：不是完整的 Word 文档；请在办公软件中打开并另存后再加入")
    walker = _walker(package, main, body)
    items = list(walker.blocks(body, ""))
    builder = ContentBuilder()
    pages = walker.pages.count
    WordWriter(builder, paged=pages is not None).write(items)
    walker.look.chunks = sum(1 for _ in body.iter(W + "altChunk"))
    walker.look.report(builder)
    if pages is not None:
        progress(pages, pages)
    return builder.finish(MEDIA_TYPE, pages=pages)


def _walker(package: Package, main: str, body: etree._Element) -> _Walker:
    related = package.relations(main)
    styles = Styles.read(_related(package, related, "styles"))
    lists = DocxLists.read(_related(package, related, "numbering"), styles)
    notes: dict[tuple[str, str], etree._Element] = {}
    for kind in ("footnote", "endnote"):
        root = _related(package, related, f"{kind}s")
        for note in root.iter(W + kind) if root is not None else ():
            notes[kind, str(note.get(W + "id") or "")] = note
    sections = [
        child_value(section, "type") or "nextPage"
        for path in (f".//{W}pPr/{W}sectPr", f"{W}sectPr")
        for section in body.iterfind(path)
    ]
    return _Walker(styles, lists, notes, sections)


def _related(package: Package, related: dict[str, str], kind: str) -> etree._Element | None:
    return package.part(related[kind]) if kind in related else None


@dataclass(slots=True)
class _Walker:
    """Walks the blocks of a document from the top; all counts go on from block to block."""

    styles: Styles
    lists: DocxLists
    note_elements: dict[tuple[str, str], etree._Element]
    sections: list[str]  # how each section begins
    fields: Fields = field(default_factory=Fields)
    pages: Pages = field(default_factory=Pages)
    look: Look = field(default_factory=Look)
    _section: int = 0
    _notes: dict[str, int] = field(default_factory=dict)

    def blocks(self, container: etree._Element, inside: str) -> Iterator[WordItem]:
        """The items of the body (`inside` is "") or of the cell, box or note at that path."""
        paragraphs = tables = 0
        reader: RunReader | None = None
        for element in _unwrapped(container):
            if element.tag == W + "tbl":
                tables += 1
                path = f"t{tables}"
                yield self._table(element, f"{inside}/{path}" if inside else path)
                continue
            paragraphs += 1
            if reader is None:
                path = inside or f"p{paragraphs}"
                reader = self._reader()
            self._begin(element)
            reader.read(element)
            if not _mark_deleted(element):
                yield from self._finish(element, reader, path, within=bool(inside))
                reader = None

    def _reader(self) -> RunReader:
        return RunReader(self.styles, self.fields, self.pages, self.look)

    def _begin(self, paragraph: etree._Element) -> None:
        if switched(paragraph.find(W + "pPr"), "pageBreakBefore"):
            self.pages.begin()

    def _finish(
        self, paragraph: etree._Element, reader: RunReader, path: str, *, within: bool
    ) -> Iterator[WordItem]:
        """The paragraph that ends with the mark of `paragraph`, its text boxes and its notes."""
        properties = paragraph.find(W + "pPr")
        segments = reader.segments
        text = "".join(segment.text for segment in segments)
        indent = _indent(properties)
        mark = properties.find(W + "rPr") if properties is not None else None
        if text.strip() or not switched(mark, "vanish"):
            number = self.lists.number(properties)
            if number and (text.strip() or within):
                page = segments[0].page if segments else self.pages.page
                segments = [Segment(number, page), *segments]
                indent = 0  # that of its list
        contents = self.styles.is_contents(properties)
        heading = 0 if contents else self.styles.heading(properties)
        yield WordParagraph(tuple(segments), path, heading, indent, contents=contents)
        if not within:
            self.pages.end_paragraph()
        for box in reader.boxes:
            yield from self.blocks(box, path)
        for kind, identity in reader.notes:
            yield from self._note(kind, identity)
        if properties is not None and properties.find(W + "sectPr") is not None:
            self._end_section()

    def _end_section(self) -> None:
        self._section += 1
        following = self.sections[self._section : self._section + 1]
        if following and following[0] not in ("continuous", "nextColumn"):
            self.pages.turn()

    def _note(self, kind: str, identity: str) -> Iterator[WordItem]:
        element = self.note_elements.pop((kind, identity), None)
        if element is None:
            return
        self._notes[kind] = self._notes.get(kind, 0) + 1
        yield from as_note(self.blocks(element, f"{kind[0]}{self._notes[kind]}"))

    def _table(self, table: etree._Element, path: str) -> WordTable:
        rows: list[tuple[WordCell, ...]] = []
        for number, row in enumerate(grid_rows(table), start=1):
            rows.append(self._row(row, f"{path}/r{number}"))
        return WordTable(tuple(rows), path)

    def _row(self, row: GridRow, path: str) -> tuple[WordCell, ...]:
        """The cells of a row, each beginning on the page on which the row begins."""
        first = last = self.pages.page
        cells: list[WordCell] = []
        for cell in row:
            self.pages.page = first
            items = tuple(self.blocks(cell.element, f"{path}/c{cell.column + 1}"))
            cells.append(WordCell(cell.column, cell.span, items))
            segments = [
                s for item in items if isinstance(item, WordParagraph) for s in item.segments
            ]
            last = max(last, self.pages.page)
            if segments and len(cells) == 1:
                first = segments[0].page
        self.pages.page = last
        self.pages.end_paragraph(beside=max(len(row), 1))
        return tuple(cells)


def _unwrapped(container: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of a container, those in content controls and insertions too."""
    for element in container:
        if element.tag in (W + "p", W + "tbl"):
            yield element
        elif element.tag in _WRAPPERS:
            if element.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
                yield from _unwrapped(element)
        elif element.tag == _MC + "AlternateContent":
            yield from _unwrapped(element[0] if len(element) else element)


def _indent(properties: etree._Element | None) -> int:
    """How far in a paragraph is printed that stands at the left."""
    own = properties.find(W + "ind") if properties is not None else None
    if own is None or child_value(properties, "jc") not in (None, "left", "start", "both"):
        return 0
    total = 0
    for names in (("left", "start"), ("firstLine",)):
        for name in names:
            twips, hundredths = own.get(W + name), own.get(f"{W}{name}Chars")
            if twips is not None or hundredths is not None:
                total += character_widths(_whole(twips), _whole(hundredths))
                break
    return total


def _whole(value: str | None) -> int:
    return int(value) if value is not None and value.isdecimal() else 0


def _mark_deleted(paragraph: etree._Element) -> bool:
    """True where the end of the paragraph is deleted: it goes on with the next one."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and (
        mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None
    )
