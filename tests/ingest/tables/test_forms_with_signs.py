"""Self-evaluation forms with a column of signs and one of units, and a last row of another shape."""

from __future__ import annotations

import pytest

from ingest.model import Role
from tests.ingest.tables.test_table_layouts import read, told

FORM = """2022年度项目支出绩效自评表
部门：青山县明亮中学
项目名称\t营养改善计划
绩效指标
一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t实际完成值\t分值\t得分\t偏差原因
产出指标\t数量指标\t受资助人数\t≧\t735\t人次\t740\t10\t10\t
\t时效指标\t资金到位及时率\t≧\t100\t%\t100%\t10\t7\t到位较晚
\t成本指标\t补助标准达标率\t═\t100\t%\t100%\t10\t10\t
满意度指标\t服务对象满意度\t学生满意度\t≧\t95\t%\t98%\t10\t10\t
总分\t40\t37\t优
"""


@pytest.mark.parametrize(
    ("row", "column", "shown"),
    [
        ("受资助人数", "指标值", "735人次 target 2022"),
        ("受资助人数", "实际完成值", "740人次 actual 2022"),
        ("资金到位及时率", "得分", "7分 score 2022"),
        ("补助标准达标率", "指标值", "100% target 2022"),
        ("总分", "分值", "40分 full_mark 2022"),
        ("总分", "得分", "37分 score 2022"),
    ],
)
def test_signs_name_no_row_and_sums_stand_under_their_columns(
    row: str, column: str, shown: str
) -> None:
    assert told(read(FORM), row, column) == shown


def test_a_sign_bounds_what_is_aimed_at() -> None:
    signs = {
        figure.row_path[-1]: figure.quantity.approx
        for figure in read(FORM).figures
        if figure.role is Role.TARGET
    }
    assert signs == {
        "受资助人数": "≥",
        "资金到位及时率": "≥",
        "补助标准达标率": "",
        "学生满意度": "≥",
    }


def test_a_sum_that_stands_right_stays() -> None:
    form = FORM.replace("总分\t40\t37\t优", "总分\t\t\t\t\t\t\t40\t37\t优")
    assert told(read(form), "总分", "得分") == "37分 score 2022"


BLANKS = """2022年度项目支出绩效自评表
项目名称\t养殖场建设项目
一级指标\t二级指标\t三级指标\t年度指标值\t全年实际值\t分值\t得分
产出指标\t数量指标\t化粪池（≥**立方米）\t63\t63\t5\t5
\t质量指标\t低保标准（≥**元/人·月）\t>=530元/人*月\t583元/人*月\t5\t5
"""


@pytest.mark.parametrize(
    ("row", "column", "shown"),
    [
        ("化粪池（≥立方米）", "全年实际值", "63立方米 actual 2022"),
        ("低保标准（≥元/人·月）", "年度指标值", "530元/人·月 target 2022"),
        ("低保标准（≥元/人·月）", "全年实际值", "583元/人·月 actual 2022"),
    ],
)
def test_units_of_a_forms_blanks(row: str, column: str, shown: str) -> None:
    assert told(read(BLANKS), row, column) == shown


LEAD = """某县2022年“三公”经费决算要点

全县决算583.83万元。明细（万元）：
项目\t2022年决算\t比2021年增减\t增减率
公务接待费\t201.25\t15.18\t8.15%
公务用车费\t382.58\t-42.08\t-9.9%
"""


def test_a_change_since_a_year_is_of_the_year_of_its_table() -> None:
    assert told(read(LEAD), "公务接待费", "比2021年增减") == "15.18万元 change 2022"
