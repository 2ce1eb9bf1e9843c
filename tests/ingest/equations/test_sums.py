"""Claims inside and between tables: each family exact, rounded and failing; and what stays silent."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from ingest.model import Document, Verdict
from ingest.pipeline import read_document

EXACT, ROUNDING, FAILS = Verdict.EXACT, Verdict.ROUNDING, Verdict.FAILS


class Claim(NamedTuple):
    family: str
    stated: str
    verdict: Verdict


def read(text: str) -> Document:
    return read_document(f"2023年度某县某局部门决算\n\n{text}\n".encode(), "某局2023.txt")


def table(rows: str, *, title: str = "", unit: str = "万元") -> str:
    """Tab-separated rows out of lines whose cells are parted by bars."""
    lines = [line.strip() for line in rows.strip().splitlines()]
    body = "\n".join("\t".join(cell.strip() for cell in line.split("|")) for line in lines)
    caption = f"{title}\n\n" if title else ""
    measure = f"单位：{unit}\n\n" if unit else ""
    return f"{caption}{measure}{body}\n"


def claims(document: Document) -> list[Claim]:
    figures = document.figures
    return [
        Claim(e.family, figures[e.stated].quantity.printed, e.verdict) for e in document.equations
    ]


def failing(document: Document) -> list[Claim]:
    return [claim for claim in claims(document) if claim.verdict is FAILS]


CODES = """
科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
 | 合计 | 640.15 | 402.10 | 238.05
205 | 教育支出 | 520.05 | 300.00 | 220.05
20502 | 普通教育 | 520.05 | 300.00 | 220.05
2050201 | 学前教育 | 200.02 | 120.00 | 80.02
2050202 | 小学教育 | 320.04 | 180.00 | 140.04
208 | 社会保障和就业支出 | 120.10 | 102.10 | 18.00
20805 | 行政事业单位养老支出 | 120.10 | 102.10 | 18.00
2080505 | 养老保险缴费 | 80.10 | 80.10 | 0.00
2080506 | 职业年金缴费 | 40.00 | 22.00 | 18.00
"""

SLIPS = [
    # (family, the slip as old → new, stated digits that fail with it)
    ("hierarchy_sum", ("200.02 |", "210.02 |"), "520.05"),
    ("total_row", ("640.15", "641.15"), "641.15"),
    ("column_sum", ("640.15", "641.15"), "641.15"),
    ("hierarchy_sum", ("| 22.00 |", "| 28.00 |"), "102.10"),
]


def test_a_form_by_subject_codes_holds_within_rounding() -> None:
    document = read(table(CODES, title="支出决算表"))
    found = claims(document)
    assert failing(document) == []
    assert Claim("hierarchy_sum", "520.05", ROUNDING) in found  # 200.02 + 320.04 = 520.06
    assert Claim("hierarchy_sum", "120.10", EXACT) in found
    assert Claim("total_row", "640.15", EXACT) in found
    assert Claim("total_row", "402.10", EXACT) in found
    assert Claim("column_sum", "640.15", EXACT) in found
    assert Claim("column_sum", "520.05", EXACT) in found


@pytest.mark.parametrize(("family", "slip", "stated"), SLIPS)
def test_a_slip_in_a_form_is_found(family: str, slip: tuple[str, str], stated: str) -> None:
    assert CODES.count(slip[0]) == 1
    document = read(table(CODES.replace(*slip), title="支出决算表"))
    assert Claim(family, stated, FAILS) in claims(document)


def test_columns_of_zeros_are_not_claimed() -> None:
    document = read(
        table("""
        科目名称 | 本年支出合计 | 基本支出 | 经营支出
        公共安全支出 | 12.00 | 12.00 | 0.00
        国防支出 | 0.00 | 0.00 | 0.00
        合计 | 12.00 | 12.00 | 0.00
        """)
    )
    assert all(claim.stated != "0.00" for claim in claims(document))
    assert failing(document) == []


def test_a_plain_list_and_its_total() -> None:
    rows = """
    支出类别 | 金额
    宣传印刷 | 12.30
    场地租赁 | 8.45
    专家劳务 | 3.20
    合计 | 23.95
    """
    assert Claim("total_row", "23.95", EXACT) in claims(read(table(rows)))
    assert failing(read(table(rows.replace("23.95", "24.95")))) == [
        Claim("total_row", "24.95", FAILS)
    ]


def test_a_total_off_by_the_last_digit_is_rounding() -> None:
    rows = """
    支出类别 | 金额
    货物 | 148.28
    工程 | 0.00
    服务 | 788.45
    合计 | 936.74
    """
    assert claims(read(table(rows))) == [Claim("total_row", "936.74", ROUNDING)]


EXCERPT = """
支出类别 | 金额
办公费 | 12.30
差旅费 | 8.45
合计 | 90.95
"""


def test_an_excerpt_is_not_accused() -> None:
    assert failing(read(table(EXCERPT, title="主要项目支出情况（节选）"))) == []
    assert failing(read(table(EXCERPT, title="项目支出情况"))) != []


def test_rates_prices_and_targets_are_not_added() -> None:
    document = read(
        table("""
        设备 | 单价 | 数量（台） | 金额 | 占比
        打印机 | 0.35 | 4 | 1.40 | 25.9%
        投影仪 | 0.80 | 5 | 4.00 | 74.1%
        合计 | 1.20 | 9 | 5.40 | 100%
        """)
    )
    assert failing(document) == []
    assert Claim("total_row", "5.40", EXACT) in claims(document)


INCLUDING = """
项目 | 预算数 | 决算数
因公出国（境）费 | 0.00 | 0.00
公务用车购置及运行维护费 | 40.00 | 29.85
其中：公务用车购置费 | 18.00 | 18.00
公务用车运行维护费 | 22.00 | 11.85
公务接待费 | 8.60 | 5.37
合计 | 48.60 | 35.22
"""


def test_rows_after_including_belong_to_the_row_above_as_far_as_they_add_up() -> None:
    document = read(table(INCLUDING))
    found = claims(document)
    assert failing(document) == []
    assert Claim("hierarchy_sum", "40.00", EXACT) in found
    assert Claim("total_row", "48.60", EXACT) in found
    assert Claim("total_row", "35.22", EXACT) in found


def test_a_part_of_one_child_only_is_no_contradiction() -> None:
    document = read(
        table("""
        资金来源 | 预算数 | 执行数
        资金总额 | 50.00 | 60.00
        其中：财政拨款 | 50.00 | 40.00
        """)
    )
    assert failing(document) == []


def test_numbered_rows_and_their_parts() -> None:
    rows = """
    序号 | 项目 | 金额
    一 | 信息系统运维 | 30.00
    1 | 门户网站 | 12.00
    2 | 业务系统 | 18.00
    二 | 网络租赁 | 25.50
    3 | 互联网出口 | 25.50
     | 合计 | 55.50
    """
    document = read(table(rows))
    assert failing(document) == []
    assert Claim("hierarchy_sum", "30.00", EXACT) in claims(document)
    assert Claim("total_row", "55.50", EXACT) in claims(document)


def test_numbered_and_unnumbered_rows_together_are_not_accused() -> None:
    document = read(
        table("""
        项目 | 金额
        一、基本支出 | 100.00
        人员经费 | 80.00
        公用经费 | 20.00
        二、项目支出 | 50.00
        合计 | 150.00
        """)
    )
    assert failing(document) == []


TOTALS = """
收入 |  | 支出 |
项目 | 决算数 | 项目 | 决算数
一、一般公共预算财政拨款收入 | 610.00 | 一、教育支出 | 520.05
二、政府性基金预算财政拨款收入 | 20.00 | 二、社会保障和就业支出 | 120.10
八、其他收入 | 8.15 | 三、其他支出 | 0.00
本年收入合计 | 638.15 | 本年支出合计 | 640.15
使用非财政拨款结余 | 0.00 | 结余分配 | 0.00
年初结转和结余 | 5.00 | 年末结转和结余 | 3.00
总计 | 643.15 | 总计 | 643.15
"""


def test_income_is_expenditure_and_carry_over() -> None:
    document = read(table(TOTALS, title="收入支出决算总表"))
    found = claims(document)
    assert failing(document) == []
    assert Claim("total_row", "638.15", EXACT) in found
    assert Claim("total_row", "640.15", EXACT) in found
    assert found.count(Claim("total_row", "643.15", EXACT)) == 2
    assert Claim("form_tie", "643.15", EXACT) in found


def test_a_slip_in_the_carry_over_is_found() -> None:
    wrong = TOTALS.replace("年末结转和结余 | 3.00", "年末结转和结余 | 8.00")
    assert Claim("total_row", "643.15", FAILS) in claims(
        read(table(wrong, title="收入支出决算总表"))
    )


def test_forms_are_tied_to_each_other() -> None:
    forms = "\n\n".join(
        (
            table(TOTALS, title="收入支出决算总表"),
            table(CODES, title="支出决算表"),
        )
    )
    assert Claim("form_tie", "640.15", EXACT) in claims(read(forms))
    slipped = forms.replace("本年支出合计\t640.15", "本年支出合计\t604.15")
    assert slipped != forms
    assert Claim("form_tie", "640.15", FAILS) in claims(read(slipped))


THREE_PUBLIC = """
预算数 | | | | | | 决算数 | | | | |
合计 | 因公出国费 | 公务用车购置及运行费 | | | 公务接待费 | 合计 | 因公出国费 | 公务用车购置及运行费 | | | 公务接待费
 | | 小计 | 公务用车购置费 | 公务用车运行费 | | | | 小计 | 公务用车购置费 | 公务用车运行费 |
1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12
8.10 | 0.00 | 6.60 | 0.00 | 6.60 | 1.50 | 5.34 | 0.00 | 3.98 | 0.00 | 3.98 | 1.36
"""


def test_the_three_public_expenses() -> None:
    title = "财政拨款“三公”经费支出决算表"
    document = read(table(THREE_PUBLIC, title=title))
    found = claims(document)
    assert failing(document) == []
    assert Claim("column_sum", "8.10", EXACT) in found
    assert Claim("column_sum", "5.34", EXACT) in found
    assert Claim("column_sum", "3.98", EXACT) in found
    wrong = read(table(THREE_PUBLIC.replace("| 1.36", "| 1.63"), title=title))
    assert Claim("column_sum", "5.34", FAILS) in claims(wrong)


FUNDS = """
资金来源 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
年度资金总额 | 1,500.00 | 1,540.00 | 1,401.40 | 10 | 91.0% | 9.1
"""

INDICATORS = """
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标（50分） | 数量指标 | 培训人次 | ≥300人次 | 285人次 | 20 | 19
 |  | 检查企业 | ≥150家 | 168家 | 30 | 30
效益指标（40分） | 社会效益指标 | 投诉量 | ≤10件 | 0件 | 40 | 38.5
总分 |  |  |  |  | 100 | 96.6
"""


def test_rates_in_the_table_of_funds() -> None:
    assert Claim("completion", "91.0", EXACT) in claims(read(table(FUNDS)))
    wrong = read(table(FUNDS.replace("91.0%", "97.0%")))
    assert failing(wrong) == [Claim("completion", "97.0", FAILS)]


def test_a_rate_of_the_initial_budget_is_accepted() -> None:
    document = read(table(FUNDS.replace("91.0%", "93.4%")))
    assert claims(document) == [Claim("completion", "93.4", EXACT)]


def test_scores_add_up_with_the_marks_of_the_table_of_funds() -> None:
    both = table(FUNDS) + "\n\n绩效指标\n\n" + table(INDICATORS, unit="")
    document = read(both)
    found = claims(document)
    assert failing(document) == []
    assert Claim("score_sum", "100", EXACT) in found
    assert Claim("score_sum", "96.6", EXACT) in found
    assert Claim("score_sum", "50", EXACT) in found
    assert Claim("score_sum", "40", EXACT) in found
    wrong = read(both.replace("96.6", "98.6"))
    assert failing(wrong) == [Claim("score_sum", "98.6", FAILS)]


def test_scores_are_not_accused_where_marks_are_missing() -> None:
    assert failing(read(table(INDICATORS, unit=""))) == []


def test_marks_are_accused_where_the_scores_add_up() -> None:
    rows = """
    指标 | 分值 | 得分
    决策 | 20 | 18.5
    过程 | 20 | 17.6
    产出 | 35 | 32.4
    效益 | 25 | 23.1
    合计 | 100 | 91.6
    """
    assert failing(read(table(rows, unit=""))) == []
    assert failing(read(table(rows.replace("| 35 |", "| 53 |"), unit=""))) == [
        Claim("score_sum", "100", FAILS)
    ]
    assert failing(read(table(rows.replace("| 91.6", "| 96.1"), unit=""))) == [
        Claim("score_sum", "96.1", FAILS)
    ]


RATES = """
区县 | 分配资金 | 实际支出 | 执行率
东城区 | 2,820.00 | 2,796.00 | 99.1%
西城区 | 2,444.00 | 2,402.40 | 98.3%
临江县 | 1,974.00 | 1,932.00 | 97.9%
"""

COMPARED = """
科目 | 2023年决算数 | 2022年决算数 | 增减额 | 增长率
办公费 | 12.00 | 10.00 | 2.00 | 20.0%
差旅费 | 8.00 | 10.00 | -2.00 | -20.0%
培训费 | 3.30 | 3.00 | 0.30 | 10.0%
"""

SHARED = """
来源 | 金额 | 占比
中央 | 600.00 | 50.0%
省级 | 400.00 | 33.3%
市级 | 200.00 | 16.7%
合计 | 1,200.00 | 100.0%
"""

MARKED = """
指标 | 分值 | 得分 | 得分率
决策 | 20 | 18.5 | 92.5%
过程 | 20 | 17.6 | 88.0%
产出 | 60 | 55.5 | 92.5%
"""


@pytest.mark.parametrize(
    ("rows", "family", "right", "wrong"),
    [
        (COMPARED, "growth", "20.0%\n差", "25.0%\n差"),
        (COMPARED, "change", "0.30", "0.80"),
        (SHARED, "share", "33.3%", "38.3%"),
        (MARKED, "score_rate", "88.0%", "86.0%"),
    ],
    ids=["growth", "change", "share", "score_rate"],
)
def test_rates_of_a_column_are_checked_row_by_row(
    rows: str, family: str, right: str, wrong: str
) -> None:
    unit = "" if family == "score_rate" else "万元"
    assert failing(read(table(rows, unit=unit))) == []
    assert any(claim.family == family for claim in claims(read(table(rows, unit=unit))))
    slipped = read(table(rows.replace(right, wrong), unit=unit))
    assert [claim.family for claim in failing(slipped)] == [family]


def test_execution_rates_of_allotted_funds_are_not_accused() -> None:
    assert failing(read(table(RATES))) == []


def test_sections_with_marks_add_up() -> None:
    body = """
四、绩效指标分析

（一）项目管理指标分析

指标分值20分，评价得分16分，得分率80%。

1. 资金管理

指标分值12分，评价得分9分，得分率75%。

2. 业务管理

指标分值8分，评价得分7分，得分率87.5%。
"""
    assert failing(read(body)) == []
    found = claims(read(body))
    assert Claim("score_sum", "20", EXACT) in found
    assert Claim("score_sum", "16", EXACT) in found
    wrong = read(body.replace("评价得分16分，得分率80%", "评价得分18分，得分率90%"))
    assert failing(wrong) == [Claim("score_sum", "18", FAILS)]


def test_sections_that_leave_a_part_out_are_not_accused() -> None:
    body = """
四、绩效指标分析

（一）项目管理指标分析

指标分值20分，评价得分16分，得分率80%。

1. 资金管理

指标分值12分，评价得分9分，得分率75%。
"""
    assert failing(read(body)) == []


SENTENCE = "\n\n三、情况说明\n\n基本支出402.1万元，占本年支出的62.8%。项目支出238.05万元。\n"


def test_a_sentence_and_its_table() -> None:
    found = claims(read(table(CODES, title="支出决算表") + SENTENCE))
    assert Claim("same_fact", "402.1", EXACT) in found
    assert Claim("same_fact", "238.05", EXACT) in found
    slipped = SENTENCE.replace("238.05", "283.05")
    document = read(table(CODES, title="支出决算表") + slipped)
    assert Claim("same_fact", "283.05", FAILS) in claims(document)


def test_a_figure_is_not_tied_to_another_scope_or_role() -> None:
    text = SENTENCE.replace("基本支出402.1万元", "基本支出比上年增加402.1万元")
    document = read(table(CODES, title="支出决算表") + text)
    assert Claim("same_fact", "402.1", EXACT) not in claims(document)
    other = read(table(CODES, title="支出决算表") + "\n\n三、说明\n\n培训费支出402.1万元。\n")
    assert Claim("same_fact", "402.1", EXACT) not in claims(other)


def test_income_is_not_tied_to_a_total_of_expenditure() -> None:
    document = read(table(CODES, title="支出决算表") + "\n\n三、说明\n\n事业收入640.15万元。\n")
    assert all(claim.family != "same_fact" for claim in claims(document))


def test_a_total_is_found_across_units() -> None:
    rows = """
    项目 | 支付金额（元）
    专线租用 | 2123592.15
    网站运维 | 180000
    合计 | 2303592.15
    """
    text = table(rows, unit="") + "\n\n三、说明\n\n全年实际支出230.36万元。\n"
    assert Claim("same_fact", "230.36", EXACT) in claims(read(text))


FORM_TOTAL = """
科目编码 | 科目名称 | 决算数
301 | 工资福利支出 | 90.00
30101 | 基本工资 | 60.00
30102 | 津贴补贴 | 30.00
302 | 商品和服务支出 | 12.00
30201 | 办公费 | 7.00
30202 | 印刷费 | 5.00
 | 合计 | 102.00
"""
PROJECTS = """
项目名称 | 年初预算数 | 调整数 | 全年预算数 | 执行数 | 结余
低保 | 2,140.00 | 186.20 | 2,326.20 | 2,308.56 | 17.64
特困 | 980.00 | -42.00 | 938.00 | 921.64 | 16.36
临时救助 | 150.00 | 38.00 | 188.00 | 187.49 | 0.51
两项补贴 | 512.00 | 24.60 | 536.60 | 536.13 | 0.47
"""
PRICES = """
培训类型 | 人次 | 标准（元/人次） | 金额（元） | 折合（万元）
岗位培训 | 3,120 | 800 | 2,496,000.00 | 249.60
学徒制 | 246 | 5,000 | 1,230,000.00 | 123.00
就业培训 | 1,875 | 1,500 | 2,812,500.00 | 281.25
创业培训 | 640 | 2,000 | 1,280,000.00 | 128.00
"""
TASKS = """
县区 | 小修计划 | 小修完成 | 中修计划 | 中修完成 | 中修完成率
甲县 | 412.6 | 412.6 | 12.0 | 12.0 | 100.00%
乙县 | 536.0 | 536.0 | 14.0 | 11.2 | 80.00%
丙县 | 478.5 | 452.1 | 13.0 | 4.9 | 37.69%
丁县 | 702.4 | 702.4 | 17.0 | 12.0 | 70.59%
戊县 | 517.0 | 517.0 | 15.0 | 12.0 | 80.00%
"""
SOURCES = """
资金 | 全年预算数 | 全年执行数
年度资金总额 | 1,540.00 | 1,401.40
其中：当年财政拨款 | 1,500.00 | 1,401.40
上年结转资金 | 40.00 | 0.00
"""
OFFICIAL = """
项目 | 全年预算数 | 决算数
“三公”经费合计 | 246,000.00 | 226,510.35
因公出国（境）费 |  |
公务用车购置及运行维护费 | 234,000.00 | 220,362.35
其中：公务用车购置费 | 182,000.00 | 178,600.00
公务用车运行维护费 | 52,000.00 | 41,762.35
公务接待费 | 12,000.00 | 6,148.00
会议费 | 20,000.00 | 14,260.00
培训费 | 60,000.00 | 46,385.50
"""
BLANKS = """
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
205 | 教育支出 | 520.05 | 300.00 | 220.05
208 | 社会保障和就业支出 | 102.10 | 102.10 |
213 | 农林水支出 | 18.00 |  | 18.00
"""
YIELDS = """
作物 | 建成前亩产（公斤） | 建成后亩产（公斤） | 增产（公斤）
水稻 | 1,062 | 1,118 | 56
小麦 | 688 | 731 | 43
玉米 | 842 | 880 | 38
"""
POINTS = """
指标 | 2022年 | 2023年 | 增减 | 增幅
检查人数（人） | 41,206 | 43,867 | 2,661 | 6.46%
管理人数（人） | 23,618 | 23,105 | -513 | -2.17%
随访人数（人） | 44,972 | 45,230 | 258 | 0.57%
签约服务覆盖率（%） | 71.2 | 73.5 | 2.3 | —
"""
TABLE_SLIPS = {
    # name: (rows, the slip as old → new, what fails)
    "total_of_a_form_with_codes": (FORM_TOTAL, ("| 102.00", "| 102.20"), ("total_row", "102.20")),
    "lone_family_of_codes_under_a_total_that_holds": (
        FORM_TOTAL,
        ("| 7.00", "| 7.10"),
        ("hierarchy_sum", "12.00"),
    ),
    "sum_of_two_columns": (PROJECTS, ("| 188.00", "| 198.00"), ("column_relation", "198.00")),
    "price_by_number": (
        PRICES,
        ("1,280,000.00", "1,820,000.00"),
        ("column_relation", "1,820,000.00"),
    ),
    "one_amount_in_two_units": (PRICES, ("281.25", "218.25"), ("column_relation", "218.25")),
    "rate_of_its_own_two_columns": (TASKS, ("37.69%", "39.67%"), ("column_relation", "39.67")),
    "all_sources_of_a_fund": (SOURCES, ("| 40.00", "| 400.00"), ("hierarchy_sum", "1,540.00")),
    "the_three_official_expenses_before_others": (
        OFFICIAL,
        ("226,510.35", "226,501.35"),
        ("total_row", "226,501.35"),
    ),
    "blank_cells_in_a_sum_of_columns": (
        BLANKS,
        ("| 18.00 |", "| 81.00 |"),
        ("column_sum", "81.00"),
    ),
    "before_and_after": (YIELDS, ("| 43", "| 34"), ("change", "34")),
    "difference_of_two_years": (POINTS, ("2,661", "2,611"), ("change", "2,611")),
}


@pytest.mark.parametrize("name", TABLE_SLIPS)
def test_a_slip_in_a_table_is_found_and_the_table_without_it_holds(name: str) -> None:
    rows, (old, new), (family, stated) = TABLE_SLIPS[name]
    unit = "" if rows in (PRICES, TASKS, YIELDS, POINTS) else "万元"
    assert failing(read(table(rows, unit=unit))) == []
    assert rows.count(old) == 1
    assert Claim(family, stated, FAILS) in failing(read(table(rows.replace(old, new), unit=unit)))


TABLE_TRAPS = {
    "total_named_after_one_scope": """
        项目 | 2022年决算数 | 2023年决算数
        “三公”经费 | 10.07 | 9.00
        其中：公务用车运行维护费 | 6.12 | 5.87
        公务接待费 | 3.95 | 3.13
        基本支出 | 715.98 | 738.81
        一般公共预算支出合计 | 4,471.63 | 5,327.31
        """,
    "rate_capped_at_full": """
        指标 | 计划数（人） | 完成数（人） | 完成率
        培训 | 300 | 285 | 95.00%
        检查 | 400 | 380 | 95.00%
        走访 | 250 | 200 | 80.00%
        回访 | 150 | 168 | 100.00%
        """,
    "columns_that_add_up_by_chance_in_two_rows": """
        县区 | 甲类 | 乙类 | 丙类
        东县 | 12.00 | 8.00 | 20.00
        西县 | 10.00 | 5.00 | 15.00
        南县 | 9.00 | 7.00 | 31.00
        北县 | 4.00 | 3.00 | 18.00
        """,
    "initial_budget_where_a_row_was_adjusted": """
        项目 | 年初预算数 | 全年预算数 | 执行数 | 执行率
        甲 | 100.00 | 100.00 | 90.00 | 90.00%
        乙 | 200.00 | 200.00 | 150.00 | 75.00%
        丙 | 300.00 | 300.00 | 270.00 | 90.00%
        丁 | 630.00 | 515.00 | 462.16 | 89.74%
        """,
}


@pytest.mark.parametrize("name", TABLE_TRAPS)
def test_true_tables_stay_silent(name: str) -> None:
    assert failing(read(table(TABLE_TRAPS[name]))) == []


def test_the_change_of_a_rate_is_a_difference() -> None:
    found = [claim for claim in claims(read(table(POINTS, unit=""))) if claim.stated == "2.3"]
    assert found == [Claim("change", "2.3", EXACT)]


MARKS = table(FUNDS) + "\n\n绩效指标\n\n" + table(INDICATORS, unit="")


def test_a_mark_is_accused_where_the_scores_add_up_with_the_table_of_funds() -> None:
    assert failing(read(MARKS)) == []
    wrong = read(MARKS.replace("\t20\t19", "\t25\t19"))
    assert Claim("score_sum", "100", FAILS) in failing(wrong)


def test_a_grade_beside_its_score_in_a_table() -> None:
    bands = "\n\n注：得分90分（含）以上为优，80（含）-90分为良，60分以下为差。\n"
    rows = """
    项目名称 | 得分 | 等级
    两癌检查 | 97.53 | 优
    卫生室建设 | 85.05 | 良
    """
    assert failing(read(table(rows, unit="") + bands)) == []
    wrong = read(table(rows.replace("85.05", "95.05"), unit="") + bands)
    assert failing(wrong) == [Claim("grade", "95.05", FAILS)]


STATIONS = """
站点 | 实有人数 | 经费（万元）
林业站 | 3,142 | 120.50
水利站 | 2,860 | 98.30
农技站 | 1,975 | 77.20
合计 | 7,977 | 296.00
"""


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        ("林业站实有3,412人，居各站之首。", ["3,412"]),
        ("林业站实有3,142人，居各站之首。", []),
        ("水利站实有3,412人，居各站之首。", []),  # another row
        ("林业站3,142人，其中外聘3,412人次。", []),  # its own number is printed too
    ],
    ids=["swapped", "right", "another row", "said besides"],
)
def test_a_number_of_a_table_misprinted_in_words(words: str, stated: list[str]) -> None:
    document = read(words + "\n\n" + table(STATIONS, unit=""))
    assert [claim.stated for claim in failing(document)] == stated


BOTH_FORMS = "\n\n".join(
    (table(TOTALS, title="收入支出决算总表"), table(CODES, title="支出决算表"))
)


@pytest.mark.parametrize(
    ("slip", "stated"),
    [
        (("一、教育支出\t520.05", "一、教育支出\t520.07"), "520.07"),
        (("三、其他支出\t0.00", "三、其他支出\t0.01"), "0.01"),  # no such function in the form
    ],
    ids=["another amount", "not listed"],
)
def test_functions_of_spending_are_tied_to_the_form_that_details_them(
    slip: tuple[str, str], stated: str
) -> None:
    assert Claim("form_tie", "520.05", EXACT) in claims(read(BOTH_FORMS))
    assert failing(read(BOTH_FORMS)) == []
    assert BOTH_FORMS.count(slip[0]) == 1
    assert Claim("form_tie", stated, FAILS) in failing(read(BOTH_FORMS.replace(*slip)))


def test_a_function_under_another_name_accuses_no_row_of_the_main_form() -> None:
    renamed = BOTH_FORMS.replace("205\t教育支出", "205\t教育体育支出")
    assert failing(read(renamed)) == []


PAYMENTS = """
序号 | 项目名称 | 支付金额（元）
1 | 短信 | 8488.95
2 | 电费 | 946767.18
3 | 维修 | 49438
 | 合计 | 1004694.13
"""


def test_amounts_to_the_cent_are_not_rounded() -> None:
    assert failing(read(table(PAYMENTS, unit=""))) == []
    wrong = PAYMENTS.replace("946767.18", "946767.20")
    assert failing(read(table(wrong, unit=""))) == [Claim("total_row", "1004694.13", FAILS)]
    care = PAYMENTS.replace("946767.18", "946767.19")
    assert failing(read(table(care, unit=""))) == []


MILEAGE = """
县区 | 日常养护计划 | 日常养护完成
红岩县 | 412.6 | 412.6
白沙县 | 648.3 | 648.3
渠口县 | 478.5 | 252.1
合计 | 1,539.4 | 1,313.0
"""


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        # The header of a total names its column in another order than the sentence.
        ("全年实际完成日常养护里程1,331.0公里。", ["1,331.0"]),
        ("全年实际完成日常养护里程1,313.0公里。", []),
        ("全年计划日常养护里程1,331.0公里。", []),  # planned, not done
    ],
    ids=["swapped", "right", "another column"],
)
def test_a_total_misprinted_in_words(words: str, stated: list[str]) -> None:
    document = read(words + "\n\n" + table(MILEAGE, unit="公里"))
    assert [claim.stated for claim in failing(document)] == stated
