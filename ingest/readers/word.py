"""What Word files hold, DOCX and DOC alike: paragraphs, and tables with items in their cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.readers.content import ContentBuilder
from ingest.structure.markers import is_note, is_table_label

_NOTE_LEAD = "注："
_CHARACTER = 210  # the width of one in twentieths of a point, in the usual print of tables


@dataclass(slots=True)
class Look:
    """What is noticed beside the text while a document is read."""

    pictures: int = 0
    objects: int = 0
    chunks: int = 0

    def report(self, builder: ContentBuilder) -> None:
        """Say what holds text that was not read."""
        if self.pictures:
            builder.problem(
                "pictures", f"文档里有 {self.pictures} 张图片或图表，其中的文字没有读出"
            )
        if self.objects:
            builder.problem(
                "objects", f"文档里嵌入了 {self.objects} 个对象（表格、公式等），其内容没有读出"
            )
        if self.chunks:
            builder.problem(
                "objects", f"文档里并入了 {self.chunks} 份其他格式的文档，其内容没有读出"
            )


class Segment(NamedTuple):
    """Characters of a paragraph on one page (from 1)."""

    text: str
    page: int


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph with its list number. Tabs are ``\\t``, line breaks inside it ``\\n``.

    `heading` is 1 for a title, 2 for the first level of headings, 0 for text. `indent` is how far
    in it is printed by its own format, in widths of a character. A `note` is a footnote or
    endnote, `contents` a line of a table of contents that the word processor made.
    """

    segments: tuple[Segment, ...]
    path: str
    heading: int = 0
    indent: int = 0
    note: bool = False
    contents: bool = False

    @property
    def text(self) -> str:
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell, at its first grid column (from 0); `span` is how many columns it takes.

    Cells that a merged cell above covers are left out.
    """

    column: int
    span: int
    items: tuple[WordItem, ...]


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table; every row has its cells in order, and may leave columns out."""

    rows: tuple[tuple[WordCell, ...], ...]
    path: str

    @property
    def width(self) -> int:
        return max((cell.column + cell.span for row in self.rows for cell in row), default=0)


WordItem = WordParagraph | WordTable


def character_widths(twips: int, hundredths: int | None = None) -> int:
    """An indent in widths of a character; `hundredths` of one where the file says so."""
    return max(round(hundredths / 100 if hundredths else twips / _CHARACTER), 0)


def as_note(items: Iterable[WordItem]) -> Iterator[WordParagraph]:
    """The paragraphs of a footnote or endnote, the first opened with 注： if it does not do so."""
    opened = False
    for paragraph in paragraphs_of(items):
        lead = () if opened or is_note(paragraph.text) else (_NOTE_LEAD,)
        first = [Segment(text, paragraph.segments[0].page) for text in lead]
        yield WordParagraph((*first, *paragraph.segments), paragraph.path, note=True)
        opened = True


def paragraphs_of(items: Iterable[WordItem]) -> Iterator[WordParagraph]:
    """The paragraphs of the items that hold text, those of tables in reading order."""
    for item in items:
        if isinstance(item, WordParagraph):
            if item.text.strip():
                yield item
        else:
            for row in item.rows:
                for cell in row:
                    yield from paragraphs_of(cell.items)


def filled_cells(row: Sequence[WordCell]) -> list[WordCell]:
    """The cells of a row that hold text."""
    return [cell for cell in row if next(paragraphs_of(cell.items), None) is not None]


def _text(cell: WordCell) -> str:
    return " ".join(paragraph.text for paragraph in paragraphs_of(cell.items))


def is_frame(table: WordTable) -> bool:
    """True for a table that only lays text out: no row has two cells that go together.

    Frames around a text or a table, a single column, lines such as 部门：… and 单位：万元 set
    apart by an invisible table.
    """
    rows = [filled_cells(row) for row in table.rows]
    if all(len(row) <= 1 or all(is_table_label(_text(cell)) for cell in row) for row in rows):
        return True
    cells = [cell for row in rows for cell in row]
    holders = [c for c in cells if any(is_inner_table(item) for item in c.items)]
    return 2 * len(holders) > len(cells)


def is_inner_table(item: WordItem) -> bool:
    """True for a table inside a cell with rows and columns of its own."""
    if not isinstance(item, WordTable):
        return False
    return len([row for row in item.rows if len(filled_cells(row)) > 1]) > 1
