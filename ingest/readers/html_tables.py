"""Tables of web pages: which hold data and which lay out a page; their cells as a grid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.readers.content import raised
from ingest.readers.html_tree import BLOCKS, Element, one_line, tag, walk
from ingest.readers.sheets import Area
from ingest.tables.grid import MAX_COLUMNS

_MAX_SPAN = 100_000
_OWN_CELLS = 6  # filled cells by which a table with tables inside is one of data itself
_ARTICLE = 500  # characters, from which a cell of paragraphs may hold a page's whole text
_PARAGRAPHS = 3
_ROWS = {"thead": 0, "tbody": 1, "tr": 1, "tfoot": 2}
_BREAK = "\u2028"


class HtmlCell(NamedTuple):
    """A cell, the cells of the grid that it covers, and what it shows."""

    element: Element
    area: Area
    text: str


@dataclass(slots=True)
class Tables:
    """The tables of a page. `skipped` are the elements that are not read."""

    skipped: set[Element]
    _data: set[Element] = field(default_factory=set)
    _known: dict[Element, list[HtmlCell]] = field(default_factory=dict)

    @property
    def data(self) -> Set[Element]:
        """The tables of rows and columns."""
        return self._data

    def find(self, root: Element) -> None:
        """Tell tables of data from tables that lay out the page, the inner ones first."""
        for table in reversed([each for each in root.iter("table") if each not in self.skipped]):
            if self._holds_data(table):
                self._data.add(table)

    def _holds_data(self, table: Element) -> bool:
        if table.get("role") in ("presentation", "none"):
            return False
        # A page laid out by tables in tables has one cell a row; its text is not needed.
        if not _wide(_widths(area for _, area in self._areas(table))):
            return False
        filled = [cell for cell in self.cells(table) if cell.text]
        widths = _widths(cell.area for cell in filled)
        wide = _wide(widths)
        if not wide or (wide == 1 and len(widths) > 1):
            return False
        total = sum(len(cell.text) for cell in filled)
        if any(_is_article(cell, total) for cell in filled):
            return False
        inner = any(each in self._data for each in table.iter("table"))
        return not inner or len(filled) >= _OWN_CELLS

    def _rows(self, table: Element) -> list[Element]:
        """The rows of a table itself, the head first and the foot last."""
        rows: list[tuple[int, Element]] = []
        for part in table:
            if tag(part) not in _ROWS or part in self.skipped:
                continue
            own = [part] if tag(part) == "tr" else part.findall("tr")
            rows.extend((_ROWS[tag(part)], row) for row in own if row not in self.skipped)
        return [row for _, row in sorted(rows, key=lambda pair: pair[0])]

    def _cells(self, row: Element) -> Iterator[Element]:
        for cell in row:
            if tag(cell) in ("td", "th") and cell not in self.skipped:
                yield cell

    def cells(self, table: Element) -> list[HtmlCell]:
        """The cells of a table, blank ones too, each at its first row and column."""
        if table not in self._known:
            self._known[table] = [
                HtmlCell(cell, area, self.text(cell)) for cell, area in self._areas(table)
            ]
        return self._known[table]

    def _areas(self, table: Element) -> list[tuple[Element, Area]]:
        found: list[tuple[Element, Area]] = []
        rows = self._rows(table)
        reach: dict[int, int] = {}  # column → the last row that a cell above covers
        for number, row in enumerate(rows):
            column = 0
            for cell in self._cells(row):
                while reach.get(column, -1) >= number:
                    column += 1
                if column >= MAX_COLUMNS:
                    break
                down = min(_span(cell, "rowspan") or len(rows), len(rows) - number)
                across = min(_span(cell, "colspan") or 1, MAX_COLUMNS - column)
                area = Area(number, column, number + down - 1, column + across - 1)
                reach.update(dict.fromkeys(range(area.left, area.right + 1), area.bottom))
                found.append((cell, area))
                column += across
        return found

    def text(self, cell: Element) -> str:
        """What a cell shows, in one line; tables of data inside it are left out."""
        parts: list[str] = []
        high = 0
        for element, into in walk(cell, self.skipped, self._data):
            name = tag(element)
            high += (name == "sup") * (1 if into else -1)
            if name == "br" or name in BLOCKS:
                parts.append(_BREAK)
            if into:
                text = element.text if element not in self._data else None
            else:
                text = element.tail if element is not cell else None
            if text:
                parts.append(raised(text) if high else text)
        lines = [one_line(line).strip(" ") for line in "".join(parts).split(_BREAK)]
        return " ".join(line for line in lines if line.strip("\xa0\u3000"))

    def inner(self, table: Element) -> list[Element]:
        """The tables of data inside a table, those inside them left out."""
        found: list[Element] = []
        for each in table.iter("table"):
            outside = not any(above in found for above in each.iterancestors("table"))
            if each is not table and each in self._data and outside:
                found.append(each)
        return found


def _widths(areas: Iterable[Area]) -> Counter[int]:
    """Rows, and how many cells reach into each."""
    return Counter(row for area in areas for row in range(area.top, area.bottom + 1))


def _wide(widths: Mapping[int, int]) -> int:
    """How many rows have two cells or more."""
    return sum(width >= 2 for width in widths.values())


def _is_article(cell: HtmlCell, total: int) -> bool:
    """True for a cell that holds the text of a whole page; `total` is the table's text."""
    if len(cell.text) < max(_ARTICLE, 0.6 * total):
        return False
    return sum(1 for _ in cell.element.iter("p", "div", "br")) >= _PARAGRAPHS


def _span(cell: Element, name: str) -> int:
    digits = str(cell.get(name) or "1").strip()
    if not (digits.isascii() and digits.isdecimal()):
        return 1
    return min(int(digits), _MAX_SPAN) if len(digits) < len(str(_MAX_SPAN)) else _MAX_SPAN
