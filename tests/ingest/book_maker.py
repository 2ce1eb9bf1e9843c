"""A workbook of all that sheets do, for the tests of both workbook formats.

``python -m tests.ingest.book_maker`` writes tests/ingest/data/sample.xls anew, with LibreOffice.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

DATA = Path(__file__).with_name("data") / "sample.xls"
Value = str | float | datetime | None
MONEY = "#,##0.00"
ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '
_THIN = Side(style="thin")
FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def put(
    sheet: Worksheet,
    rows: Sequence[Sequence[Value]],
    *,
    top: int = 1,
    left: int = 1,
    format: str = "General",  # noqa: A002 - as the field is called
    framed: bool = False,
) -> None:
    """Write rows of values at a cell; numbers get the format."""
    for row, values in enumerate(rows, top):
        for column, value in enumerate(values, left):
            cell = sheet.cell(row, column)
            if isinstance(value, int | float):
                cell.number_format = format
            if value is not None:
                cell.value = value
            if framed:
                cell.border = FRAME


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def sample() -> Workbook:
    """The workbook."""
    book = Workbook()
    _final_accounts(book.create_sheet("公开01表"))
    _several(book.create_sheet("Sheet2"))
    _values(book.create_sheet("数值"))
    hidden = book.create_sheet("底稿", 0)
    put(hidden, [["项目", "金额"], ["旧数", 1.0], ["旧数二", 2.0]])
    hidden.sheet_state = "hidden"
    del book["Sheet"]
    return book


def _final_accounts(sheet: Worksheet) -> None:
    put(sheet, [["2023年度部门收入支出决算总表"], ["部门：某市水务局", *[None] * 4, "单位：万元"]])
    sheet.merge_cells("A1:F1")
    put(
        sheet,
        [
            ["收入", None, None, "支出", None, None],
            ["项目", "行次", "决算数", "项目", "行次", "决算数"],
        ],
        top=3,
        framed=True,
    )
    sheet.merge_cells("A3:C3")
    sheet.merge_cells("D3:F3")
    put(
        sheet,
        [
            ["一、一般公共预算财政拨款收入", 1.0, 7511.89, "一、一般公共服务支出", 3.0, 7000.0],
            [None, None, None, None, None, None],
            ["二、其他收入", 2.0, 2.32, "二、住房保障支出", 4.0, 514.21],
            ["本年收入合计", 5.0, 7514.21, "本年支出合计", 6.0, 7514.21],
        ],
        top=5,
        format=MONEY,
        framed=True,
    )
    for row in (5, 7, 8):
        for column in ("B", "E"):
            sheet[f"{column}{row}"].number_format = "0"
    put(sheet, [["注：本表反映部门本年度的总收支情况。"]], top=9)
    sheet.row_dimensions[7].hidden = True


def _several(sheet: Worksheet) -> None:
    put(sheet, [["表1 资金情况"], ["项目", "预算数（万元）", "执行数（万元）", "执行率"]])
    put(sheet, [["运维项目", 120.0, 60.5], ["培训项目", 8.0, 8.0]], top=3, format="0.00")
    put(sheet, [[0.50416667], [1.0]], top=3, left=4, format="0.00%")
    put(sheet, [["合计", 128.0, 68.5, 0.535]], top=6, format="0.00")
    sheet["D6"].number_format = "0.00%"
    put(sheet, [["表2 人员情况"], ["科室", "人数（人）"], ["办公室", 5.0], ["审批科", 4.0]], top=8)
    put(sheet, [["资产名称", "数量（台）"], ["服务器", 12.0], ["打印机", 3.0]], top=9, left=5)


def _values(sheet: Worksheet) -> None:
    put(
        sheet,
        [
            ["名称", "数值"],
            ["会计零", 0.0],
            ["会计负数", -12.5],
            ["比例", 0.125],
            ["日期", 45291.0],
            ["编码", 2010301.0],
            ["错误", "#REF!"],
            ["像公式的文字", "=1+1"],
            ["真", True],
        ],
    )
    sheet["B7"].data_type = "e"
    sheet["B8"].data_type = "s"
    for cell, code in (("B2", ACCOUNTING), ("B3", ACCOUNTING), ("B4", "0.0%")):
        sheet[cell].number_format = code
    sheet["B5"].number_format = 'yyyy"年"m"月"d"日"'
    sheet.column_dimensions["B"].hidden = True


if __name__ == "__main__":
    from ingest.readers.libreoffice import convert

    DATA.write_bytes(convert(saved(sample()), "xlsx", "xls"))
