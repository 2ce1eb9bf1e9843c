"""Tables with drawn lines, groups of rows, bands of rows, and rows that tell names and numbers by turns."""

from __future__ import annotations

import pytest

from ingest.model import ColumnRole, Document
from tests.ingest.book_maker import Value
from tests.ingest.tables.test_parting import sheets
from tests.ingest.tables.test_table_layouts import of, read, told

DRAWN = """2023年度某县粮食储备补贴绩效评价报告

表2 2023年度补贴资金支出明细表（单位：元）
{0}
承储企业           保管费      轮换费用    合计
{0}
中心粮库          1,086,000    478,000   1,564,000
白石渡粮站          420,000    216,000     636,000
{0}
合计              1,506,000    694,000   2,200,000
{0}

　　保管费按季拨付。
"""


@pytest.mark.parametrize(
    "line",
    ["-" * 48, "=" * 48, "─" * 24, "----------  -----------  ---------  ----------"],
    ids=["dashes", "double", "box", "one_per_column"],
)
def test_lines_drawn_around_the_header(line: str) -> None:
    document = read(DRAWN.format(line))
    (table,) = document.tables
    assert table.title == "表2 2023年度补贴资金支出明细表"
    assert told(document, "白石渡粮站", "轮换费用") == "216,000元 value 2023"
    assert table.row_infos[-1].total


TWO_LINES = """某市造林补助项目2022年度绩效评价报告

表1 分县任务完成情况
----------------------------------------------------------
县区       计划面积（亩）  合格面积（亩）  补助资金（万元）
                                           下达    兑付
----------------------------------------------------------
东山县       12000          11200          360     336
南屏县        8500           8120          255     243.6
西林区        4200           3650          126     109.5
----------------------------------------------------------
合计         24700          22970          741     689.1
"""


@pytest.mark.parametrize(
    ("column", "shown"),
    [("下达", "360万元"), ("兑付", "336万元"), ("合格面积（亩）", "11200亩")],
)
def test_a_header_of_two_lines_between_drawn_ones(column: str, shown: str) -> None:
    (figure,) = of(read(TWO_LINES), "东山县", column)
    assert f"{figure.quantity.printed}{figure.quantity.unit.symbol}" == shown


def test_placeholders_in_a_row_are_no_line() -> None:
    rows = ("项目     甲     乙     丙", "供水     12     13     14", "排水     --     --     --")
    text = "\n".join(("某县情况", "", *rows, "供热     15     16     17", ""))
    (table,) = read(text).tables
    assert [row[0].text for row in table.rows] == ["供水", "排水", "供热"]


GROUPED = """2023年水库除险加固项目绩效评价报告

表3 主要工程量完成情况

水库\t{header}\t计量单位\t设计量\t完成量
石塘水库\t上游护坡\t平方米\t6850\t6850
{again}\t溢洪道改建\t米\t86\t84
大坳水库\t上游护坡\t平方米\t9270\t7416
{again2}\t溢洪道改建\t米\t125\t96
"""


@pytest.mark.parametrize("header", ["工程内容", "支持方向", "建设内容"])
@pytest.mark.parametrize("merged", [False, True], ids=["blank", "repeated"])
def test_names_that_come_back_in_each_group(header: str, merged: bool) -> None:
    again = ("石塘水库", "大坳水库") if merged else ("", "")
    document = read(GROUPED.format(header=header, again=again[0], again2=again[1]))
    (table,) = document.tables
    assert [c.role for c in table.columns[:3]] == [
        ColumnRole.LABEL,
        ColumnRole.LABEL,
        ColumnRole.TEXT,
    ]
    (done,) = [f for f in document.figures if f.quantity.printed == "96"]
    assert done.row_path == ("大坳水库", "溢洪道改建")
    assert done.quantity.unit.symbol == "米"


@pytest.mark.parametrize("header", ["完成情况", "建设地点", "实施方式"])
def test_what_is_said_of_a_row_names_no_row(header: str) -> None:
    document = read(GROUPED.format(header=header, again="", again2=""))
    assert document.tables[0].columns[1].role is ColumnRole.TEXT


def test_months_name_rows() -> None:
    document = read(
        "2023年助餐情况\n\n月份\t2022年\t2023年\n1月\t24,810\t27,460\n2月\t21,370\t26,980\n3月\t28,640\t33,150\n"
    )
    (figure,) = [f for f in document.figures if f.quantity.printed == "21,370"]
    assert (figure.row_path, figure.period) == (("2月",), "2022")


BOUGHT = """2023年设备购置明细表（单位：元）

设备名称\t单位\t数量\t中标单价\t合同金额
麻醉机\t台\t3\t306,800\t920,400
胃镜系统\t套\t1\t960,000\t960,000
"""


def test_the_unit_of_a_row_is_that_of_its_count() -> None:
    document = read(BOUGHT)
    assert told(document, "麻醉机", "数量") == "3台 value 2023"
    assert told(document, "麻醉机", "中标单价") == "306,800元 value 2023"


def test_the_unit_of_a_row_where_years_are_compared() -> None:
    rows = (
        "指标\t单位\t2022年\t2023年",
        "预算收入\t万元\t310.20\t318.40",
        "培训人数\t人\t212\t230",
    )
    document = read("\n".join(("2023年指标情况表（单位：万元）", "", *rows, "")))
    (figure,) = of(document, "培训人数", "2023年")
    assert figure.quantity.unit.symbol == "人"


def _form() -> Document:
    rows: list[list[Value]] = [
        ["项目名称", "设备更新", None, "主管部门", "某县农业农村局", None, None],
        ["资金（万元）", "年初预算数", 120, "全年预算数", 112.5, "全年执行数", 112.05],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标", "质量指标", "验收合格率", "100%", "98%", 20, 18],
        ["效益指标", "社会效益", "设备利用率", "≥80%", "76.4%", 15, 14],
        ["总分", None, None, None, None, 35, 32],
    ]
    return sheets({"自评表": rows})


def test_names_and_numbers_by_turns_above_a_header() -> None:
    document = _form()
    assert told(document, "设备利用率", "实际完成值").startswith("76.4% actual")
    (spent,) = [f for f in document.figures if f.row_path == ("全年执行数",)]
    assert f"{spent.quantity.printed}{spent.quantity.unit.symbol}" == "112.05万元"
    assert spent.column_path == ()


BANDS = """某市交通运输局2022年度部门决算

表3 “三公”经费支出决算表
单位：万元
2022年度预算数\t\t\t\t\t
合计\t因公出国（境）费\t公务用车购置及运行维护费\t\t\t公务接待费
\t\t小计\t购置费\t运行维护费\t
142.00\t0.00\t128.00\t36.00\t92.00\t14.00
2022年度决算数\t\t\t\t\t
118.37\t0.00\t110.65\t35.16\t75.49\t7.72
"""


@pytest.mark.parametrize(
    ("band", "number", "role"),
    [("2022年度预算数", "92.00", "budget"), ("2022年度决算数", "75.49", "value")],
)
def test_bands_say_what_the_rows_below_them_are(band: str, number: str, role: str) -> None:
    document = read(BANDS)
    assert told(document, band, "运行维护费") == f"{number}万元 {role} 2022"
