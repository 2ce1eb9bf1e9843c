"""Sheets of a workbook and rows of a CSV file, safe to open in any spreadsheet.

Every text is written as text: one that starts like a formula stays inert.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ui.texts import t

Value = str | int | Decimal | None
Row = Sequence[Value]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
# What XML 1.0 cannot hold, and what changes the direction of the text around it.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_LONGEST = 32_000  # characters that a cell may hold, a little less
_MOST_ROWS = 1_000_000  # that a sheet may hold, a little less
_THIN = Side(style="thin", color="C3C8CD")
_HEAD = Border(bottom=Side(style="medium", color="14171A"))
_CELL = Border(bottom=_THIN)
_RED = "B00020"


def new_book() -> Workbook:
    """An empty workbook, written sheet by sheet and row by row."""
    book = Workbook(write_only=True)
    book.properties.creator = "Gouji"
    return book


def cell_of(sheet: Worksheet, value: Value, *, head: bool = False, red: bool = False) -> Cell:
    """A cell; a Decimal is a number with the decimals that it has, grouped by thousands."""
    cell = WriteOnlyCell(sheet)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    cell.border = _HEAD if head else _CELL
    cell.font = Font(bold=head, color=_RED if red else None)
    if isinstance(value, str):
        text = _UNFIT.sub("", value)[:_LONGEST]
        cell.value = text
        cell.data_type = "s"
        if _like_a_formula(text):
            cell.quotePrefix = True
        return cell
    cell.value = value
    if isinstance(value, Decimal):
        cell.number_format = _format(value)
        cell.alignment = Alignment(vertical="top", horizontal="right")
    return cell


def _format(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _like_a_formula(text: str) -> bool:
    """A spreadsheet may drop what a text begins with before it looks for a formula."""
    return text.startswith(_FORMULA) or text.lstrip(" \u3000\ufeff\n").startswith(_FORMULA)


def append(sheet: Worksheet, row: Row, *, head: bool = False) -> None:
    """Add a row."""
    sheet.append([cell_of(sheet, value, head=head) for value in row])


def new_sheet(book: Workbook, title: str, widths: Sequence[int]) -> Worksheet:
    """A sheet that prints on A4 across, its first row again on each page."""
    sheet: Worksheet = book.create_sheet(title)
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return sheet


def listed(
    book: Workbook, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Row]
) -> None:
    """A sheet with a head of columns (name and width), a filter, and a row each."""
    sheet = new_sheet(book, title, [width for _, width in columns])
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    append(sheet, [t(name) for name, _ in columns], head=True)
    last = 1
    for row in rows:
        if last == _MOST_ROWS:
            append(sheet, [t("行数已达上限，其余未列；请分批核查。")])
            break
        append(sheet, row)
        last += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"


def write_csv(path: Path, rows: Iterable[Row]) -> None:
    """Rows as UTF-8 with a mark that spreadsheets know it by; formulas are quoted away."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        for row in rows:
            writer.writerow([inert(value) for value in row])


def inert(value: Value) -> str:
    """A value as text of one line; one that starts like a formula stands behind an apostrophe."""
    if isinstance(value, Decimal):
        return format(value, "f")
    text = "" if value is None else _UNFIT.sub("", str(value))
    harmless = not _like_a_formula(text) or _NUMBER.fullmatch(text)
    line = " ".join(text.splitlines())
    return line if harmless else f"'{line}"
