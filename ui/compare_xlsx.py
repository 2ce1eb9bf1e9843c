"""A comparison as a workbook: 比较 (as on the screen), 明细 (a row a cell with its place), 请注意.

Numbers are numbers with the decimals that the reports print; every text is written as text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from qa.compare.model import Change, Comparison, Derived, Kind, Row
from qa.model import Check
from ui import sheets
from ui.compare_flat import (
    COLUMNS,
    check_words,
    derived_number,
    lines_of,
    number_of,
    values_of,
)
from ui.compare_view import grouped
from ui.texts import t

KIND_WORDS = {
    Kind.CONTRADICTION: "矛盾",
    Kind.SCOPE: "口径",
    Kind.UNIT: "计量单位",
    Kind.REPORT_KIND: "报告种类",
    Kind.NAME: "名称",
    Kind.GUESS: "推测",
    Kind.RENAMED: "名称对应",
    Kind.MISSING: "缺",
    Kind.UNCLEAR: "不确定",
    Kind.IMPLIED: "推算",
    Kind.DOUBTFUL: "识别存疑",
    Kind.RESTATED: "口径调整",
    Kind.BASE: "不可比",
}


def write_xlsx(comparison: Comparison, path: Path) -> None:
    """Write the workbook to `path`, in the current language."""
    book = sheets.new_book()
    _overview(book, comparison)
    sheets.listed(book, t("明细"), COLUMNS, map(values_of, lines_of(comparison)))
    if comparison.warnings:
        columns = [("事项", 14), ("年度", 10), ("说明", 110)]
        sheets.listed(book, t("请注意"), columns, _cautions(comparison))
    book.save(path)


def _overview(book: Workbook, comparison: Comparison) -> None:
    """The tables of the screen: values, changes, growth, shares, by year."""
    years = comparison.columns
    sheet = sheets.new_sheet(book, t("比较"), [40, *([18] * (len(years) + 2))])
    sheets.append(sheet, [comparison.question or t("比较")], head=True)
    for head, labels, rows in grouped(comparison):
        sheets.append(sheet, [])
        last = [t("首尾增减"), t("首尾增长（%）")] if len(years) > 2 else []
        sheets.append(
            sheet, [head, *(t("{year}年", year=year) for year in years), *last], head=True
        )
        for label, row in zip(labels, rows, strict=True):
            for line in _lines(sheet, label, row):
                sheet.append(line)
    sheets.append(sheet, [])
    words = t(
        "范围 {reports} 份报告，用到 {used} 份", reports=comparison.reports, used=comparison.used
    )
    sheets.append(sheet, [words])


def _lines(sheet: Worksheet, label: str, row: Row) -> Iterator[list[Cell]]:
    """The row's values, then what was computed from them, a line each where there is any."""
    values = [
        sheets.cell_of(sheet, number_of(cell), red=cell.contradicted)
        if cell.value is not None
        else sheets.cell_of(sheet, check_words(cell))
        for cell in row.cells
    ]
    overall = [_computed(sheet, each) for each in _both(row.overall)] if row.overall else []
    yield [sheets.cell_of(sheet, label), *values, *overall]
    ends = {change.end: change for change in row.changes}
    changes = [ends.get(cell.period) for cell in row.cells]
    computed: tuple[tuple[str, list[Derived | None]], ...] = (
        ("  增减", [change.amount if change else None for change in changes]),
        ("  增长率（%）", [change.growth if change else None for change in changes]),
        ("  占所列各行合计（%）", [cell.share for cell in row.cells]),
    )
    for name, numbers in computed:
        if any(number is not None for number in numbers):
            yield [
                sheets.cell_of(sheet, t(name)),
                *(_computed(sheet, number) for number in numbers),
            ]


def _both(change: Change | None) -> tuple[Derived | None, Derived | None]:
    return (change.amount, change.growth) if change else (None, None)


def _computed(sheet: Worksheet, derived: Derived | None) -> Cell:
    failed = derived is not None and derived.check is Check.FAILS
    return sheets.cell_of(sheet, derived_number(derived), red=failed)


def _cautions(comparison: Comparison) -> Iterator[sheets.Row]:
    for caution in comparison.warnings:
        yield [t(KIND_WORDS[caution.kind]), caution.period, caution.text]
