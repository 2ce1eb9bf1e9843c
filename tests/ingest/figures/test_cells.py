"""What each cell of a table is: role from its header, its row's label and its kind of quantity."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.figures.cells import CellFigure, header_role, table_figures, title_year
from ingest.model import Cell, Column, ColumnRole, Direction, Role, Row, Table
from ingest.quantity import PERCENT, WAN_YUAN, Unit

LABEL, VALUE, TEXT = ColumnRole.LABEL, ColumnRole.VALUE, ColumnRole.TEXT


def table(
    columns: list[tuple[str, ColumnRole, Unit | None]],
    *rows: list[str],
    unit: Unit | None = None,
    paths: list[tuple[str, ...]] | None = None,
) -> Table:
    """A table with one header row, its rows named by their first cell."""
    made = tuple(
        Column(tuple(part for part in header.split("/") if part), role, own)
        for header, role, own in columns
    )
    cells = tuple(tuple(Cell(text, ((0, len(text)),)) for text in row) for row in rows)
    labels = paths or [(row[0],) for row in rows]
    return Table(
        no=0,
        block=0,
        title="",
        unit=unit,
        columns=made,
        rows=cells,
        row_infos=tuple(Row(path) for path in labels),
    )


def only(figures: list[CellFigure]) -> CellFigure:
    assert len(figures) == 1, figures
    return figures[0]


HEADERS = [
    ("得分", Role.SCORE),
    ("自评得分", Role.SCORE),
    ("评价得分", Role.SCORE),
    ("得分率", Role.SCORE_RATE),
    ("分值", Role.FULL_MARK),
    ("权重", Role.FULL_MARK),
    ("标准分", Role.FULL_MARK),
    ("扣分", Role.DEDUCTION),
    ("执行率", Role.COMPLETION),
    ("预算执行率（%）", Role.COMPLETION),
    ("完成比例", Role.COMPLETION),
    ("占比", Role.SHARE),
    ("占支出总额比重", Role.SHARE),
    ("增长率", Role.GROWTH),
    ("比上年增减（%）", Role.GROWTH),
    ("同比", Role.GROWTH),
    ("增减额", Role.CHANGE),
    ("同比增加额", Role.CHANGE),
    ("决算数比预算数增减额", Role.CHANGE),
    ("预算调整数", Role.ADJUSTMENT),
    ("调整后预算数", Role.BUDGET),
    ("年初预算数", Role.BUDGET),
    ("全年预算数", Role.BUDGET),
    ("全年执行数", Role.VALUE),
    ("决算数", Role.VALUE),
    ("上年决算数", Role.VALUE),
    ("预算执行数", Role.VALUE),
    ("年度指标值", Role.TARGET),
    ("目标值", Role.TARGET),
    ("计划完成值", Role.TARGET),
    ("实际完成值", Role.ACTUAL),
    ("目标完成情况", Role.ACTUAL),
    ("实际完成指标值", Role.ACTUAL),
    ("一般公共预算财政拨款", Role.VALUE),
    ("政府性基金预算财政拨款收入", Role.VALUE),
    ("基本支出", Role.VALUE),
    ("金额", Role.VALUE),
]


@pytest.mark.parametrize(("header", "role"), HEADERS, ids=[header for header, _ in HEADERS])
def test_header_gives_the_role(header: str, role: Role) -> None:
    assert header_role((header,)) is role


@pytest.mark.parametrize(
    ("path", "role"),
    [
        (("预算数", "合计"), Role.BUDGET),
        (("决算数", "公务接待费"), Role.VALUE),
        (("2023年", "预算数"), Role.BUDGET),
        (("项目预算执行情况", "执行率"), Role.COMPLETION),
        (("预算数", "公务用车购置及运行维护费", "小计"), Role.BUDGET),
    ],
)
def test_the_innermost_header_that_says_something_wins(path: tuple[str, ...], role: Role) -> None:
    assert header_role(path) is role


def test_a_cell_takes_unit_labels_and_year_from_its_table() -> None:
    figure = only(
        list(
            table_figures(
                table(
                    [("科目", LABEL, None), ("2022年度/决算数", VALUE, WAN_YUAN)],
                    ["卫生健康支出", "1,204.50"],
                )
            )
        )
    )
    assert figure.quantity.value == Decimal("1204.50")
    assert figure.quantity.unit == WAN_YUAN
    assert figure.role is Role.VALUE
    assert figure.year == "2022"
    assert not figure.previous_year
    assert figure.row_path == ("卫生健康支出",)
    assert figure.column_path == ("2022年度", "决算数")
    assert (figure.start, figure.end) == (0, len("1,204.50"))


def test_last_year_is_read_from_the_header() -> None:
    made = table(
        [("科目", LABEL, None), ("上年决算数", VALUE, WAN_YUAN), ("本年决算数", VALUE, WAN_YUAN)],
        ["事业收入", "10.00", "12.00"],
    )
    assert [figure.previous_year for figure in table_figures(made)] == [True, False]


def test_a_row_may_be_a_year() -> None:
    made = table(
        [("年度", LABEL, None), ("拨款", VALUE, WAN_YUAN)], ["2021年", "8"], ["2022年度", "9"]
    )
    assert [figure.year for figure in table_figures(made)] == ["2021", "2022"]


def test_a_name_that_holds_a_year_is_no_year() -> None:
    made = table(
        [("项目", LABEL, None), ("金额", VALUE, WAN_YUAN)], ["2022年数据中心运维项目", "25.48"]
    )
    assert only(list(table_figures(made))).year == ""


FORM = [
    ("年初预算", "48.00万元", Role.BUDGET),
    ("调整后预算", "45.60万元", Role.BUDGET),
    ("支出决算", "44.92万元", Role.VALUE),
    ("预算执行率", "98.5%", Role.COMPLETION),
    ("自评得分", "96分", Role.SCORE),
    ("项目支出", "12.00万元", Role.VALUE),
]


@pytest.mark.parametrize(("label", "text", "role"), FORM, ids=[label for label, *_ in FORM])
@pytest.mark.parametrize("header", ["", "金额", "内容"])
def test_in_a_form_the_label_gives_the_role(header: str, label: str, text: str, role: Role) -> None:
    made = table([("", LABEL, None), (header, TEXT, None)], [label, text])
    assert only(list(table_figures(made))).role is role


@pytest.mark.parametrize(
    ("header", "text", "unit", "role"),
    [
        ("同比", "12.5", WAN_YUAN, Role.CHANGE),
        ("同比", "12.5%", None, Role.GROWTH),
        ("增减", "-3.2", PERCENT, Role.GROWTH),
        ("完成预算", "85.00", WAN_YUAN, Role.VALUE),
        ("完成预算", "85.0%", None, Role.COMPLETION),
        ("比例", "40%", None, Role.SHARE),
    ],
)
def test_the_kind_of_quantity_settles_what_a_header_leaves_open(
    header: str, text: str, unit: Unit | None, role: Role
) -> None:
    made = table([("项目", LABEL, None), (header, VALUE, unit)], ["办公费", text])
    assert only(list(table_figures(made))).role is role


def test_signs_give_the_direction_of_changes_only() -> None:
    made = table(
        [("科目", LABEL, None), ("决算数", VALUE, WAN_YUAN), ("增减额", VALUE, WAN_YUAN)],
        ["其他收入", "-1.00", "-2.00"],
        ["利息收入", "3.00", "2.00"],
    )
    directions = [figure.direction for figure in table_figures(made)]
    assert directions == [Direction.NONE, Direction.DOWN, Direction.NONE, Direction.UP]


def test_labels_codes_and_line_numbers_are_no_figures() -> None:
    made = table(
        [
            ("科目编码", ColumnRole.CODE, None),
            ("科目名称", LABEL, None),
            ("行次", ColumnRole.LINE, None),
            ("金额", VALUE, WAN_YUAN),
        ],
        ["2080505", "养老保险缴费", "12", "75.21"],
    )
    assert only(list(table_figures(made))).quantity.value == Decimal("75.21")


def test_the_mark_in_a_label_is_a_full_mark() -> None:
    made = table([("一级指标", LABEL, None), ("得分", VALUE, None)], ["项目管理（27分）", "20.38"])
    mark, score = table_figures(made)
    assert (mark.role, mark.quantity.value, mark.row_path) == (
        Role.FULL_MARK,
        Decimal(27),
        ("项目管理",),
    )
    assert (score.role, score.quantity.unit.symbol) == (Role.SCORE, "分")
    text = "项目管理（27分）"
    assert text[mark.start : mark.end] == "27分"


def test_numbers_in_sentences_are_read_with_the_row_as_heading() -> None:
    made = table(
        [("指标", LABEL, None), ("完成情况", TEXT, None)],
        ["管网改造长度", "全年改造供水管网36.5公里，占计划的104%。"],
    )
    length, rate = table_figures(made)
    assert (length.role, length.quantity.value) == (Role.ACTUAL, Decimal("36.5"))
    assert length.row_path == ("管网改造长度",)
    assert rate.role is Role.SHARE


@pytest.mark.parametrize("text", ["", "/", "—", "--", "无"])
def test_placeholders_hold_nothing(text: str) -> None:
    made = table([("科目", LABEL, None), ("金额", VALUE, WAN_YUAN)], ["租赁费", text])
    assert list(table_figures(made)) == []


def test_a_bare_number_in_a_column_of_sentences_is_a_list_number() -> None:
    made = table([("指标", LABEL, None), ("说明", TEXT, None)], ["覆盖率", "3"])
    assert list(table_figures(made)) == []


def test_a_money_cell_printed_with_its_own_unit_keeps_it() -> None:
    made = table([("项目", LABEL, None), ("金额", VALUE, WAN_YUAN)], ["合同价", "350,000元"])
    figure = only(list(table_figures(made)))
    assert figure.quantity.base == Decimal(350_000)


def test_rows_state_the_unit_that_the_table_lacks() -> None:
    made = table(
        [("指标", LABEL, None), ("2023年", VALUE, None)],
        ["发放补贴（万元）", "120.5"],
        ["受益农户（户）", "860"],
    )
    money, households = table_figures(made)
    assert money.quantity.unit == WAN_YUAN
    assert households.quantity.unit.noun == "户"


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("表2 2022年分县（区）情况", "2022"),
        ("2022年度收入决算表", "2022"),
        ("表1 2022—2024年资金到位与支出", ""),
        ("2023年末固定资产情况", ""),
        ("2023年1月至6月支出进度", ""),
        ("2022年与2023年投入对比", ""),
        ("财政拨款支出决算表", ""),
    ],
)
def test_year_that_a_table_is_about(title: str, year: str) -> None:
    assert title_year(title) == year
