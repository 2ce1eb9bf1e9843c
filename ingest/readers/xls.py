"""Reading workbooks in the binary format of Excel 97–2003 (.xls)."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import TextIO

import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.formatting import XF
from xlrd.sheet import Cell
from xlrd.sheet import Sheet as XlsSheet

from ingest.readers.content import Content, PageProgress, raised, silent
from ingest.readers.errors import UnreadableFile
from ingest.readers.number_format import BUILT_IN, GENERAL, shown_number, shown_text
from ingest.readers.sheets import Address, Area, Sheet, runs_of
from ingest.readers.workbook import recalculate, write_workbook
from ingest.readers.xls_formulas import doubtful_formulas
from ingest.readers.xlsx import read_sheets as read_xlsx_sheets

MEDIA_TYPE = "application/vnd.ms-excel"
_LOCAL = frozenset((14, 22, *range(27, 37), *range(50, 59)))  # formats that differ by language
_SUPERSCRIPT = 1
# What xlrd lets through where the records of a file contradict each other.
_DAMAGE = (
    XLRDError, CompDocError, struct.error, ArithmeticError, AssertionError, AttributeError, EOFError,
    LookupError, OSError, TypeError, UnicodeError, ValueError,
)  # fmt: skip


def read_xls(data: bytes, name: str, progress: PageProgress = silent) -> Content:
    """The tables and texts of a workbook, sheet by sheet, as the sheets show them.

    Args:
        data: the whole file.
        name: its name, for messages.
        progress: told of sheets.

    Raises:
        UnreadableFile: `data` is damaged, or locked by a password.
    """
    sheets = read_sheets(data, name, progress)
    return write_workbook(
        sheets, lambda: read_xlsx_sheets(recalculate(data, "xls"), name), MEDIA_TYPE
    )


def read_sheets(data: bytes, name: str, progress: PageProgress = silent) -> list[Sheet]:
    """The sheets of a workbook in its order.

    Raises:
        UnreadableFile: as `read_xls`.
    """
    try:
        # xlrd prints what it finds odd.
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            return list(_sheets(_open(data, nowhere), doubtful_formulas(data), progress))
    except _DAMAGE as error:
        if "encrypted" in str(error).lower() or "password" in str(error).lower():
            raise UnreadableFile(
                f"{name}：文件有密码（需要密码）；请在 WPS 或 Office 中去掉密码并另存后再加入"
            ) from error
        raise UnreadableFile(
            f"{name}：工作簿不完整或已损坏；请重新下载，或在 WPS、Excel 中另存为 .xlsx 后再加入"
        ) from error


def _open(data: bytes, log: TextIO) -> Book:
    book = xlrd.open_workbook(file_contents=data, formatting_info=True, on_demand=True, logfile=log)
    if book.biff_version >= 80 or book.codepage:
        return book
    return xlrd.open_workbook(  # an old one whose texts do not say their encoding
        file_contents=data, formatting_info=True, on_demand=True, logfile=log,
        encoding_override="gb18030",
    )  # fmt: skip


def _sheets(
    book: Book, doubtful: dict[int, frozenset[Address]], progress: PageProgress
) -> Iterator[Sheet]:
    for index in range(book.nsheets):
        reader = _SheetReader(book, book.sheet_by_index(index))
        yield reader.read(doubtful.get(index, frozenset()))
        book.unload_sheet(index)
        progress(index + 1, book.nsheets)


class _SheetReader:
    """Reads the cells of one sheet."""

    def __init__(self, book: Book, source: XlsSheet) -> None:
        self._book = book
        self._source = source
        self._sheet = Sheet(source.name, source.visibility != 0)

    def read(self, doubtful: frozenset[Address]) -> Sheet:
        """The sheet with all that its cells show.

        Args:
            doubtful: formulas whose values the program that wrote the file did not calculate.
        """
        source, sheet = self._source, self._sheet
        for row in range(source.nrows):
            self._read_row(row, doubtful)
        for top, bottom, left, right in source.merged_cells:
            sheet.merge(Area(top, left, bottom - 1, right - 1))
        sheet.hidden_rows = {row for row, info in source.rowinfo_map.items() if info.hidden} & {
            address.row for address in sheet.texts
        }
        sheet.hidden_columns = list(
            runs_of(column for column, info in sorted(source.colinfo_map.items()) if info.hidden)
        )
        return sheet

    def _read_row(self, row: int, doubtful: frozenset[Address]) -> None:
        ruled: list[int] = []
        shown = False
        for column, cell in enumerate(self._source.row(row)):
            style = self._style(cell)
            if style is not None and _is_ruled(style):
                ruled.append(column)
            address = Address(row, column)
            if address in doubtful:
                wanting = self._sheet.doubtful if cell.value else self._sheet.uncalculated
                wanting.append(address)
            if address in doubtful and not cell.value:
                continue
            if text := self._shown(cell, address, style).strip("\x00"):
                self._sheet.texts[address] = text
                shown = True
        self._sheet.note_borders(row, runs_of(ruled), has_text=shown)

    def _style(self, cell: Cell) -> XF | None:
        index, styles = cell.xf_index, self._book.xf_list
        return styles[index] if index is not None and 0 <= index < len(styles) else None

    def _shown(self, cell: Cell, address: Address, style: XF | None) -> str:
        match cell.ctype:
            case xlrd.XL_CELL_TEXT:
                text = shown_text(self._raised(str(cell.value), address), self._format(style))
                return text if text.strip() else ""
            case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
                number = Decimal(repr(cell.value))
                date1904 = self._book.datemode == 1
                text = shown_number(number, self._format(style), date1904=date1904)
                if not text.strip() and number:
                    self._sheet.blanked.append(address)
                return text
            case xlrd.XL_CELL_BOOLEAN:
                return "TRUE" if cell.value else "FALSE"
            case xlrd.XL_CELL_ERROR:
                return xlrd.error_text_from_code.get(int(cell.value), "#ERROR!")
        return ""

    def _format(self, style: XF | None) -> str:
        if style is None:
            return GENERAL
        if style.format_key in _LOCAL:
            return BUILT_IN[style.format_key]
        known = self._book.format_map.get(style.format_key)
        return known.format_str if known is not None else BUILT_IN.get(style.format_key, GENERAL)

    def _raised(self, text: str, address: Address) -> str:
        """A text with its superscript digits as such."""
        runs = self._source.rich_text_runlist_map.get(address)
        if not runs:
            return text
        bounds = [(0, -1), *runs, (len(text), -1)]
        parts: list[str] = []
        for (start, font), (end, _) in pairwise(bounds):
            piece = text[start:end]
            small = font >= 0 and self._book.font_list[font].escapement == _SUPERSCRIPT
            parts.append(raised(piece) if small else piece)
        return "".join(parts)


def _is_ruled(style: XF) -> bool:
    border = style.border
    if border is None:
        return False
    sides = (
        border.left_line_style, border.right_line_style,
        border.top_line_style, border.bottom_line_style,
    )  # fmt: skip
    return sum(bool(side) for side in sides) >= 2
