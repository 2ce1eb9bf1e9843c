"""Writing a web page out as the paragraphs and tables of a document."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.model import Place
from ingest.readers.content import ContentBuilder, Snippet, raised
from ingest.readers.html_tables import HtmlCell, Tables
from ingest.readers.html_tree import BLOCKS, Element, Paths, all_text, one_line, tag, walk
from ingest.readers.sheet_layout import write_rows
from ingest.readers.sheets import Address, Sheet
from ingest.structure.markers import read_marker

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MAX_HEADING = 80
_BLANK = " \xa0\u3000"


@dataclass(slots=True)
class PageWriter:
    """Writes the shown elements of a page, in order.

    Attributes:
        builder: takes the paragraphs and tables.
        skipped: elements that are not written.
        part: the name of the page among the pages of one file; "" where it is alone.
        workbook: the page is a saved workbook: its tables hold titles and several tables.
    """

    builder: ContentBuilder
    skipped: set[Element]
    part: str = ""
    workbook: bool = False
    _paths: Paths = field(default_factory=Paths)
    _text: list[str] = field(default_factory=list)
    _open: list[Element] = field(default_factory=list)  # blocks that we are in
    _raised: int = 0
    _numbers: dict[Element, int] = field(default_factory=dict)  # last numbers of ordered lists

    def write(self, root: Element) -> None:
        """Write all that is shown below `root`."""
        tables = Tables(self.skipped)
        tables.find(root)
        for element, into in walk(root, self.skipped, tables.data):
            name = tag(element)
            if name in BLOCKS or name == "br":
                self._flush()
            if into:
                self._enter(element, name)
                if element in tables.data:
                    self._write_table(tables, element)
                else:
                    self._add(element.text)
            else:
                self._leave(name)
                self._add(element.tail if element is not root else None)
        self._flush()

    def _enter(self, element: Element, name: str) -> None:
        if name in BLOCKS:
            self._open.append(element)
        self._raised += name == "sup"
        if name == "li":
            self._text.append(self._number(element))

    def _leave(self, name: str) -> None:
        if name in BLOCKS:
            self._open.pop()
        self._raised -= name == "sup"

    def _add(self, text: str | None) -> None:
        if text:
            self._text.append(raised(text) if self._raised else text)

    def _number(self, item: Element) -> str:
        """The number that a browser shows before an item of an ordered list."""
        above = item.getparent()
        if above is None or tag(above) != "ol" or "none" in str(above.get("style") or ""):
            return ""
        first = _whole(above.get("start"), 1)
        number = _whole(item.get("value"), self._numbers.get(above, first - 1) + 1)
        self._numbers[above] = number
        own = one_line(all_text(item)).strip(_BLANK)
        return "" if read_marker(own) else f"{number}. "

    def _flush(self) -> None:
        """End the paragraph under way."""
        text = one_line("".join(self._text)).strip(" ")
        self._text = []
        if not text.strip(_BLANK) or not self._open:
            return
        block = self._open[-1]
        level = next((_HEADINGS[t] for e in reversed(self._open) if (t := tag(e)) in _HEADINGS), 0)
        self.builder.paragraph(
            [Snippet(text, self._place(block))], heading=level if len(text) <= _MAX_HEADING else 0
        )

    def _place(self, element: Element) -> Place:
        return Place(sheet=self.part, path=self._paths.of(element))

    def _write_table(self, tables: Tables, table: Element) -> None:
        for caption in table.iterchildren("caption"):
            self._text.append(tables.text(caption))
            self._flush()
        cells = tables.cells(table)
        if self.workbook:
            self._write_sheet(cells)
        else:
            self._write_grid(cells)
        for inner in tables.inner(table):
            self._write_table(tables, inner)

    def _write_grid(self, cells: list[HtmlCell]) -> None:
        """The cells by rows; columns in which no cell begins are left out."""
        columns = sorted({cell.area.left for cell in cells})
        rows: dict[int, dict[int, HtmlCell]] = {}
        for cell in cells:
            rows.setdefault(cell.area.top, {})[cell.area.left] = cell
        self.builder.table(
            [
                [
                    [Snippet(row[column].text, self._place(row[column].element))]
                    if column in row
                    else []
                    for column in columns
                ]
                for _, row in sorted(rows.items())
            ]
        )

    def _write_sheet(self, cells: list[HtmlCell]) -> None:
        sheet = Sheet("")
        elements: dict[Address, Element] = {}
        for cell in cells:
            if not cell.text:
                continue
            first = Address(cell.area.top, cell.area.left)
            sheet.texts[first] = cell.text
            sheet.merges[first] = cell.area
            elements[first] = cell.element
        write_rows(self.builder, sheet, lambda address: self._place(elements[address]))


def _whole(value: object, default: int) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else default
