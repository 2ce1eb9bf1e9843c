"""Workbooks as their sheets show them."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from ingest.files import read_bytes
from ingest.model import BlockKind, Document
from ingest.pipeline import read_document
from ingest.readers import libreoffice
from ingest.readers.errors import UnreadableFile
from ingest.readers.libreoffice import ConversionError
from ingest.reading.text import compact
from tests.ingest.book_maker import FRAME, Value, put, sample, saved

SHARED = Path(__file__).resolve().parents[4] / "shared"


def book(rows: Sequence[Sequence[Value]], *, framed: bool = False, **options: str) -> Document:
    made = Workbook()
    put(made.worksheets[0], rows, framed=framed, **options)  # type: ignore[arg-type]
    return read_bytes(saved(made), "表.xlsx")


def grids(document: Document) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row] for row in (*table.header, *table.rows)]
        for table in document.tables
    ]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.table is None]


def problems(document: Document) -> dict[str, str]:
    return {problem.code: problem.message for problem in document.problems}


def check_anchors(document: Document) -> None:
    for before, after in pairwise(document.anchors):
        assert before.start < before.end <= after.start
    for table in document.tables:
        for row in (*table.header, *table.rows):
            for cell in row:
                assert "".join(document.text[a:b] for a, b in cell.spans) == cell.text
                assert len(document.places(cell.spans)) == bool(cell.text)


def test_the_sample_as_a_whole() -> None:
    document = read_document(saved(sample()), "决算.xlsx")
    check_anchors(document)
    assert document.encoding == ""
    assert [compact(table.title) for table in document.tables] == [
        "2023年度部门收入支出决算总表", "表1资金情况", "表2人员情况", "", "数值", "(隐藏的工作表)底稿",
    ]  # fmt: skip
    part = document.parts[0]
    assert (part.title.value, part.entity.value, part.year) == (
        "2023年度部门收入支出决算总表", "某市水务局", "2023",
    )  # fmt: skip
    found = {f.quantity.printed: f for f in document.figures if f.locator.table == 0}
    assert found["514.21"].row_path == ("住房保障支出",)
    assert found["514.21"].column_path == ("支出", "决算数")
    assert found["514.21"].quantity.unit.symbol == "万元"
    place = document.places(found["514.21"].locator.spans)[0]
    assert (place.sheet, place.path) == ("公开01表", "F7")


def test_hidden_things_are_read_and_named() -> None:
    document = read_bytes(saved(sample()), "决算.xlsx")
    found = problems(document)
    assert "“底稿”是隐藏的" in found["hidden_sheet"]
    assert "“公开01表”的第 7 行是隐藏的" in found["hidden_rows"]
    assert "“数值”的第 B 列是隐藏的" in found["hidden_columns"]
    last = document.blocks[-1]
    assert document.section_path(last.section) == ("（隐藏的工作表）底稿",)


def test_each_sheet_is_a_section_of_its_own() -> None:
    document = read_bytes(saved(sample()), "决算.xlsx")
    paths = [document.section_path(document.blocks[t.block].section) for t in document.tables]
    assert paths == [
        ("公开01表",), ("Sheet2",), ("Sheet2",), ("Sheet2",), ("数值",), ("（隐藏的工作表）底稿",),
    ]  # fmt: skip


def test_a_sheet_alone_needs_no_heading() -> None:
    document = book([["表1 收支情况"], ["项目", "金额"], ["办公费", "1.5"]])
    assert texts(document) == ["表1 收支情况"]
    named = Workbook()
    named.worksheets[0].title = "附表"
    put(named.worksheets[0], [["项目", "金额"], ["办公费", "1.5"]])
    assert texts(read_bytes(saved(named), "表.xlsx")) == ["附表"]


def test_what_cells_show() -> None:
    grid = grids(read_bytes(saved(sample()), "决算.xlsx"))[4]
    assert [row[1] for row in grid] == [
        "数值", "-", "-12.50", "12.5%", "2023年12月31日", "2010301", "#REF!", "=1+1", "TRUE",
    ]  # fmt: skip


def test_titles_units_and_notes_leave_the_table() -> None:
    rows: list[list[Value]] = [
        ["2023年度支出决算表", None, None],
        [None, None, "金额单位：元"],
        ["科目编码", "科目名称", "金额"],
        ["201", "一般公共服务支出", "100.00"],
        ["2010301", "行政运行", "100.00"],
        ["注：本表反映本年支出。", None, None],
        ["填表人：张三", "联系电话：1234", "填表日期：2024年2月"],
    ]
    document = book(rows)
    assert len(document.tables) == 1
    assert len(document.tables[0].rows) == 2
    assert document.tables[0].title == "2023年度支出决算表"
    assert document.tables[0].unit is not None
    assert document.tables[0].unit.symbol == "元"
    kinds = Counter(block.kind for block in document.blocks)
    assert kinds[BlockKind.NOTE] == 1


def test_a_framed_form_stays_one_table() -> None:
    rows: list[list[Value]] = [
        ["项目支出绩效自评表", None, None, None],
        ["项目名称", "运维项目", "主管部门", "某局"],
        ["年度总体目标", None, None, None],
        ["一级指标", "二级指标", "指标值", "得分"],
        ["产出指标", "数量指标", "≥90", "10.00"],
        [None, None, None, None],
        ["总分", None, None, "10.00"],
    ]
    made = Workbook()
    put(made.worksheets[0], rows[:1])
    put(made.worksheets[0], rows[1:], top=2, framed=True)
    made.worksheets[0].merge_cells("A1:D1")
    document = read_bytes(saved(made), "自评.xlsx")
    assert [block.text for block in document.blocks if block.kind is BlockKind.TITLE] == [
        "项目支出绩效自评表"
    ]
    assert sum(len(grid) for grid in grids(document)) == 5


@pytest.mark.parametrize(
    ("title", "header"),
    [
        (["表2 人员情况"], ["科室", "在岗"]),
        (["人员情况"], ["科室", "人数（人）"]),
        (["人员情况"], ["科室名称", "编制数"]),
        (["人员情况", None], ["科室", "在岗"]),
    ],
)
def test_a_title_right_below_a_table_begins_another(
    title: list[Value], header: list[Value]
) -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    put(sheet, [["项目", "预算数", "执行数"], ["甲", "1.0", "2.0"], ["乙", "3.0", "4.0"]])
    put(sheet, [title, header, ["办公室", "5"]], top=4)
    if len(title) > 1:
        sheet.merge_cells("A4:B4")
    document = read_bytes(saved(made), "表.xlsx")
    assert [len(grid) for grid in grids(document)] == [3, 2]
    assert document.tables[1].title.endswith("人员情况")


def test_groups_of_rows_stay_in_their_table() -> None:
    rows: list[list[Value]] = [
        ["指标", "目标", "完成", "得分"], ["一、产出指标"], ["数量", "5", "6", "10"],
        ["二、效益指标"], ["社会效益", "提升", "已提升", "8"], ["可持续", "1", "1", "2"],
        ["满意度指标"], ["群众满意度", "95%", "96%", "10"],
    ]  # fmt: skip
    made = Workbook()
    put(made.worksheets[0], rows)
    for row in (2, 4, 7):
        made.worksheets[0].merge_cells(start_row=row, end_row=row, start_column=1, end_column=4)
    assert [len(grid) for grid in grids(read_bytes(saved(made), "表.xlsx"))] == [8]


def test_sums_below_a_blank_row_belong_to_the_table() -> None:
    document = book(
        [
            ["项目", "数量", "金额"],
            ["甲", "1", "2.0"],
            [None],
            ["合计", "1", "2.0"],
            [None],
            ["说明", "3"],
        ]
    )
    assert [len(grid) for grid in grids(document)] == [3, 1]


def test_tables_in_a_row_are_never_joined() -> None:
    rows: list[list[Value]] = [
        ["项目", "金额"],
        ["甲", "1.0"],
        [None],
        [None],
        ["乙", "2.0"],
        ["丙", "3.0"],
    ]
    assert len(book(rows).tables) == 2
    made = Workbook()
    put(made.worksheets[0], [["项目", "金额"], ["甲", "1.0"]])
    put(made.create_sheet("Sheet2"), [["项目", "金额"], ["甲", "1.0"]])
    assert len(read_bytes(saved(made), "表.xlsx").tables) == 2


def test_tables_of_unlike_height_beside_each_other() -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    put(sheet, [["表1 收入"], [None, "单位：元"], ["项目", "金额"], ["甲", "1"], ["合计", "1"]])
    right: list[list[Value]] = [["表2 支出"], ["科目编码", "科目名称", "金额"]]
    right += [[str(201 + n), f"科目{n}", f"{n}.00"] for n in range(8)]
    put(sheet, right, left=5)
    document = read_bytes(saved(made), "表.xlsx")
    assert [table.title for table in document.tables] == ["表1 收入", "表2 支出"]
    assert [len(grid) for grid in grids(document)] == [3, 9]


@pytest.mark.parametrize(
    "right", [["决算数", "3.0", "4.0"], ["说明", "见附件", "无"], ["完成率", "50%", "98%"]]
)
def test_a_blank_column_does_not_tear_figures_from_their_labels(right: list[str]) -> None:
    rows: list[list[Value]] = [["项目", "预算数"], ["甲", "1.0"], ["乙", "2.0"]]
    rows = [
        [*row, None, text, "备注" if not n else None]
        for n, (row, text) in enumerate(zip(rows, right, strict=True))
    ]
    assert grids(book(rows))[0][1] == ["甲", "1.0", right[1], ""]


def test_merged_cells_speak_once() -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    put(sheet, [["指标", "内容", "得分"], ["产出", "数量", "1.0"], ["残留", "质量", "2.0"]])
    sheet.merged_cells.add("A2:A3")  # its covered cell keeps a text that no one sees
    document = read_bytes(saved(made), "表.xlsx")
    assert grids(document)[0][2] == ["", "质量", "2.0"]


def test_columns_of_a_fine_grid_in_which_nothing_begins_are_left_out() -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    put(sheet, [["项目", None, None, "金额"], ["办公费", None, None, "1.0"]], framed=True)
    for row in (1, 2):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
    assert grids(read_bytes(saved(made), "表.xlsx")) == [[["项目", "金额"], ["办公费", "1.0"]]]


def test_rich_text_keeps_footnote_marks_apart() -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    small = InlineFont(vertAlign="superscript")
    put(sheet, [["项目", "金额"], ["收入", None]])
    sheet["B2"].value = CellRichText("100", TextBlock(small, "1"))
    document = read_bytes(saved(made), "表.xlsx")
    assert grids(document)[0][1] == ["收入", "100¹"]


def test_a_cell_of_several_sentences_is_several_paragraphs() -> None:
    document = book([["一、总体情况\n全年支出1.5亿元。\n二、增减变化\n比上年增加0.5亿元。"]])
    assert texts(document) == [
        "一、总体情况",
        "全年支出1.5亿元。",
        "二、增减变化",
        "比上年增加0.5亿元。",
    ]


def test_formulas_without_values_are_blank_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(data: bytes, suffix: str, target: str) -> bytes:
        raise ConversionError("本机没有安装 LibreOffice")

    monkeypatch.setattr(libreoffice, "convert", missing)
    document = book([["项目", "金额"], ["甲", 1.0], ["合计", "=SUM(B2:B2)"]])
    assert grids(document) == [[["项目", "金额"], ["甲", "1"], ["合计", ""]]]
    message = problems(document)["formulas"]
    assert "“Sheet”" in message
    assert "（B3）" in message
    assert "按空白读入（本机没有安装 LibreOffice）" in message


def test_formulas_are_calculated_where_libreoffice_can(monkeypatch: pytest.MonkeyPatch) -> None:
    again = Workbook()
    put(
        again.worksheets[0],
        [["项目", "金额"], ["甲", 99.0], ["合计", 1.0], [None, "=A1"]],
        format="0.00",
    )
    monkeypatch.setattr(libreoffice, "convert", lambda *_: saved(again))
    made = Workbook()
    put(made.worksheets[0], [["项目", "金额"], ["甲", 1.0], ["合计", "=SUM(B2:B2)"], [None, "=A1"]])
    document = read_bytes(saved(made), "表.xlsx")
    assert grids(document) == [[["项目", "金额"], ["甲", "1"], ["合计", "1.00"]]]
    messages = [problem.message for problem in document.problems]
    assert "（B3），已由 LibreOffice 重新计算" in messages[0]
    assert "（B4），这些单元格按空白读入" in messages[1]


def unsettled(*values: str) -> bytes:
    """A workbook of a program that cannot calculate: formulas with these values, to be mended."""
    rows = '<row r="1"><c r="A1" t="str"><v>项目</v></c><c r="B1" t="str"><v>金额</v></c></row>'
    rows += "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>甲{n}</t></is></c>'
        f'<c r="B{n}"><f>1+1</f><v>{value}</v></c></row>'
        for n, value in enumerate(values, 2)
    )
    book = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="表" sheetId="1" r:id="rId1"/></sheets><calcPr fullCalcOnLoad="1"/></workbook>'
    )
    return by_hand(rows, parts={"xl/workbook.xml": book})


def test_values_that_are_to_be_calculated_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    data = unsettled("0", "7", "2")
    again = Workbook()
    again.worksheets[0].title = "表"
    put(again.worksheets[0], [["项目", "金额"], ["甲2", 2.0], ["甲3", 2.0], ["甲4", 2.0]])
    monkeypatch.setattr(libreoffice, "convert", lambda *_: saved(again))
    document = read_bytes(data, "表.xlsx")
    assert grids(document) == [[["项目", "金额"], ["甲2", "2"], ["甲3", "2"], ["甲4", "2"]]]
    messages = [problem.message for problem in document.problems]
    assert "没有保存计算结果（B2），已由" in messages[0]
    assert "已过时（B3），已由" in messages[1]

    def missing(*_: object) -> bytes:
        raise ConversionError("本机没有安装 LibreOffice")

    monkeypatch.setattr(libreoffice, "convert", missing)
    document = read_bytes(data, "表.xlsx")
    assert grids(document) == [[["项目", "金额"], ["甲2", ""], ["甲3", "7"], ["甲4", "2"]]]
    messages = [problem.message for problem in document.problems]
    assert "（B2），这些单元格按空白读入" in messages[0]
    assert "（B3、B4），读入的是文件里保存的结果，可能已过时" in messages[1]


def test_libreoffice_really_calculates() -> None:
    if libreoffice.program() is None:
        pytest.skip("LibreOffice is not installed")
    document = book([["项目", "金额"], ["甲", 1.5], ["合计", "=SUM(B2:B2)*2"]])
    assert grids(document)[0][2] == ["合计", "3"]


# Sheets that are written by hand, to be hostile or odd

SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
    '2006/main">{cols}<sheetData>{rows}</sheetData>{merges}</worksheet>'
)


def by_hand(
    rows: str, *, cols: str = "", merges: str = "", parts: Mapping[str, str] | None = None
) -> bytes:
    made = io.BytesIO(saved(Workbook()))
    result = io.BytesIO()
    replaced = {
        "xl/worksheets/sheet1.xml": SHEET.format(cols=cols, rows=rows, merges=merges),
        **(parts or {}),
    }
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, replaced.get(name, old.read(name)))
    return result.getvalue()


ONE = '<c r="B1"><v>1</v></c></row>'
TWO = '<row r="1"><c r="A1" t="inlineStr"><is><t>项目</t></is></c><c r="B1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("rows", "grid"),
    [
        (TWO, [["项目", "1"]]),
        ('<row><c t="str"><v>a</v></c><c><v>2</v></c></row>', [["a", "2"]]),
        ('<row r="9"><c r="XFD9"><v>2</v></c><c r="A9"><v>1</v></c></row>', [["1", "2"]]),
        (
            '<row r="1"><c r="C1" t="str"><f>""</f><v></v></c><c r="A1"><v>2</v></c>' + ONE,
            [["2", "1"]],
        ),
        ('<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c>' + ONE, [["#DIV/0!", "1"]]),
        ('<row r="1"><c r="A1" t="b"><v>0</v></c>' + ONE, [["FALSE", "1"]]),
        ('<row r="1"><c r="A1" t="d"><v>2023-12-31T00:00:00</v></c>' + ONE, [["2023-12-31", "1"]]),
        ('<row r="1"><c r="A1"><v>NaN</v></c>' + ONE, [["NaN", "1"]]),
        ('<row r="1"><c r="A1"><v>abc</v></c><c r="C1" t="s"><v>99</v></c>' + ONE, [["abc", "1"]]),
        ('<row r="1"><c r="A1" s="77"><v>5</v></c>' + ONE, [["5", "1"]]),
        ('<row r="x"><c r="A0" s="y"><v>1E999999</v></c>' + ONE, [["1E999999", "1"]]),
        (
            f'<row r="1"><c r="A{"9" * 5000}" t="s"><v>{"9" * 5000}</v></c><c><v>3</v></c><c><v>4</v></c></row>',
            [["3", "4"]],
        ),
        (
            '<row r="1"><c r="A1" t="inlineStr"><is><r><t>甲</t></r><rPh sb="0" eb="1"><t>jia</t>'
            "</rPh></is></c>" + ONE,
            [["甲", "1"]],
        ),
        (
            '<row r="1"><c r="A1" t="inlineStr"><is><t>甲_x000D_乙</t></is></c>' + ONE,
            [["甲乙", "1"]],
        ),
    ],
)
def test_odd_cells(rows: str, grid: list[list[str]]) -> None:
    assert grids(read_bytes(by_hand(rows), "表.xlsx")) == [grid]


def test_enormous_merges_columns_and_far_cells_cost_nothing() -> None:
    data = by_hand(
        TWO + '<row r="1048576"><c r="XFD1048576" s="0"/></row>',
        cols='<cols><col min="1" max="16384" hidden="1"/></cols>',
        merges='<mergeCells><mergeCell ref="A1:A1048576"/><mergeCell ref="C1:XFD1048576"/></mergeCells>',
    )
    document = read_bytes(data, "表.xlsx")
    assert grids(document) == [[["项目", "1"]]]
    assert "第 A、B 列" in problems(document)["hidden_columns"]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"}, "sheet1.xml 不完整或已损坏"),
        ({"xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY b "c">]><worksheet><row/></worksheet>'}, "DTD"),
        ({"xl/workbook.xml": "<workbook><sheets/></workbook>"}, "没有工作表"),
        ({"xl/worksheets/sheet1.xml": "<worksheet/>"}, "没有文字"),
    ],
)  # fmt: skip
def test_damaged_parts_are_one_line(parts: dict[str, str], message: str) -> None:
    with pytest.raises(UnreadableFile, match=message) as caught:
        read_bytes(by_hand("", parts=parts), "表.xlsx")
    assert str(caught.value).startswith("表.xlsx：")
    assert "\n" not in str(caught.value)


def test_strict_workbooks() -> None:
    data = io.BytesIO(by_hand(TWO))
    strict = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            for usual, other in (
                (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
                (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
            ):  # fmt: skip
                text = text.replace(usual, other)
            new.writestr(name, text)
    assert grids(read_bytes(strict.getvalue(), "表.xlsx")) == [[["项目", "1"]]]


def test_numbers_hidden_by_their_format_are_named() -> None:
    document = book([["项目", "金额"], ["甲", 5.0], ["乙", "1"]], format=";;;")
    assert "B2" in problems(document)["blanked"]


def test_a_frame_that_goes_on_for_ever_costs_nothing() -> None:
    made = Workbook()
    put(made.worksheets[0], [["项目", "金额"], ["甲", "1.0"]], framed=True)
    for row in range(3, 3000):
        made.worksheets[0].cell(row, 1).border = FRAME
    assert [len(grid) for grid in grids(read_bytes(saved(made), "表.xlsx"))] == [2]


# The shared workbooks


def shared(name: str) -> bytes:
    path = SHARED / "parsing" / name
    if not path.is_file():
        pytest.skip(f"{path} is absent")
    return path.read_bytes()


def figures(document: Document, tables: int) -> Counter[tuple[str, str, str, str]]:
    return Counter(
        (
            str(figure.quantity.value),
            figure.quantity.unit.symbol,
            compact("/".join(figure.row_path)),
            compact("/".join(figure.column_path)),
        )
        for figure in document.figures
        if figure.locator.table is not None and figure.locator.table < tables
    )


@pytest.mark.parametrize(
    "name",
    ["juesuan_tables.xlsx", "juesuan_tables.xls", "bad/xls_named.xlsx", "bad/xlsx_named.xls"],
)
def test_the_nine_tables_give_the_figures_of_the_text_edition(name: str) -> None:
    text = next((SHARED / "reports").glob("003*.txt"), None)
    if text is None:
        pytest.skip("the text edition is absent")
    expected = figures(read_document(text.read_bytes(), text.name), 9)
    assert figures(read_document(shared(name), name), 9) == expected
    assert sum(expected.values()) > 700


def test_quirks() -> None:
    document = read_bytes(shared("quirks_recalc.xlsx"), "quirks.xlsx")
    assert grids(document)[0][1] == [
        "项目1",
        "6.91",
        "4.03",
        "58.3%",
        "2023年12月31日",
        "2010300",
        "第一行 第二行",
    ]
    assert dict(grids(document)[1]) == {
        "负数": "(12.50)", "千分位万元": "75,118.90", "文本数字": "7,511.89", "错误值": "#DIV/0!",
        "浮点": "0.3", "科目编码(数值)": "2010301", "前导零": "007",
    }  # fmt: skip
