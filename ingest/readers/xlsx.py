"""Reading Office Open XML workbooks (.xlsx, .xlsm): what their sheets show."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from ingest.readers.content import Content, PageProgress, silent
from ingest.readers.number_format import shown_number, shown_text
from ingest.readers.ooxml import open_package
from ingest.readers.sheets import Address, Area, Sheet, read_address, runs_of
from ingest.readers.workbook import recalculate, write_workbook
from ingest.readers.xlsx_parts import Book, Entry, elements, local, open_book, rich_text, whole

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZEROS = ("0", "0.0")
_MAX_EXPONENT = 308  # of the numbers that spreadsheets know


def read_xlsx(data: bytes, name: str, progress: PageProgress = silent) -> Content:
    """The tables and texts of a workbook, sheet by sheet, as the sheets show them.

    Formulas are never carried out: the values that the file holds are read.

    Args:
        data: the whole file.
        name: its name, for messages.
        progress: told of sheets.

    Raises:
        UnreadableFile: `data` is damaged, locked or would unpack to too much.
    """
    sheets = read_sheets(data, name, progress)
    return write_workbook(sheets, lambda: read_sheets(recalculate(data, "xlsx"), name), MEDIA_TYPE)


def read_sheets(data: bytes, name: str, progress: PageProgress = silent) -> list[Sheet]:
    """The sheets of a workbook in its order.

    Raises:
        UnreadableFile: as `read_xlsx`.
    """
    book = open_book(open_package(data, name))
    sheets: list[Sheet] = []
    for entry in book.entries:
        sheets.append(_SheetReader(book, entry).read())
        progress(len(sheets), len(book.entries))
    return sheets


class _SheetReader:
    """Reads the cells of one sheet, row by row."""

    def __init__(self, book: Book, entry: Entry) -> None:
        self._book = book
        self._part = entry.part
        self._sheet = Sheet(entry.name, entry.hidden)
        self._row = -1

    def read(self) -> Sheet:
        """The sheet with all that its cells show."""
        areas: list[Area] = []
        for element in elements(self._book.package, self._part, "row", "col", "mergeCell"):
            match local(element):
                case "row":
                    self._read_row(element)
                case "col" if element.get("hidden") in ("1", "true"):
                    first, last = (whole(element.get(side), 1) for side in ("min", "max"))
                    self._sheet.hidden_columns.append((first - 1, last - 1))
                case "mergeCell":
                    first_cell, _, last_cell = str(element.get("ref") or "").partition(":")
                    corners = read_address(first_cell), read_address(last_cell)
                    if corners[0] is not None and corners[1] is not None:
                        areas.append(Area(*corners[0], *corners[1]))
        for area in areas:
            self._sheet.merge(area)
        return self._sheet

    def _read_row(self, row: etree._Element) -> None:
        self._row = whole(row.get("r"), self._row + 2) - 1
        column, texts = -1, 0
        ruled: list[int] = []
        for cell in row:
            address = read_address(str(cell.get("r") or ""))
            column = address.column if address is not None else column + 1
            style = whole(cell.get("s"))
            if self._book.styles.is_ruled(style):
                ruled.append(column)
            if len(cell):
                texts += self._read_cell(cell, Address(self._row, column), style)
        self._sheet.note_borders(self._row, runs_of(ruled), has_text=bool(texts))
        if texts and row.get("hidden") in ("1", "true"):
            self._sheet.hidden_rows.add(self._row)

    def _read_cell(self, cell: etree._Element, address: Address, style: int) -> bool:
        """Note what the cell shows; False where it shows nothing."""
        parts = {local(child): child for child in cell}
        value = parts["v"].text or "" if "v" in parts else ""
        kind = str(cell.get("t") or "n")
        if "f" in parts and self._is_open(value, kind, stored="v" in parts):
            self._sheet.uncalculated.append(address)
            return True
        if "f" in parts and self._book.unsettled:
            self._sheet.doubtful.append(address)
        code = self._book.styles.format(style)
        match kind:
            case "s":
                index = whole(value, len(self._book.strings))
                known = index < len(self._book.strings)
                text = shown_text(self._book.strings[index] if known else "", code)
            case "inlineStr":
                text = shown_text(rich_text(parts["is"]) if "is" in parts else "", code)
            case "str":
                text = shown_text(value, code)
            case "b":
                text = ("FALSE", "TRUE")[value == "1"] if value else ""
            case "d":
                text = _iso_date(value)
            case "e":
                text = value
            case _:
                text = self._shown(value, code, address)
        if not text.strip():
            return False
        self._sheet.texts[address] = text
        return True

    def _is_open(self, value: str, kind: str, *, stored: bool) -> bool:
        """True for a formula without a value, or with a zero that nobody calculated."""
        if kind == "str":
            return not stored
        return not value or (self._book.unsettled and kind == "n" and value in _ZEROS)

    def _shown(self, value: str, code: str, address: Address) -> str:
        if not value:
            return ""
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        if not number.is_finite() or (number and abs(number.adjusted()) > _MAX_EXPONENT):
            return value
        text = shown_number(number, code, date1904=self._book.date1904)
        if not text.strip() and number:
            self._sheet.blanked.append(address)
        return text


def _iso_date(value: str) -> str:
    """A date cell without its time at midnight."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    day = f"{moment.year}-{moment.month:02d}-{moment.day:02d}"
    return day if moment.time().isoformat() == "00:00:00" else f"{day} {moment.time().isoformat()}"
