"""Named cases of alarms once raised over what is true, and of the slips that must still be found."""

from __future__ import annotations

import pytest

from ingest.model import Verdict
from ingest.pipeline import read_document

HEAD = "2023年度某县某局部门决算\n\n一、情况说明\n\n"

EXPENSES = """财政拨款“三公”经费支出决算表

单位：万元

统计口径\t合计\t因公出国（境）费\t公务用车购置及运行维护费小计\t公务用车购置费\t公务用车运行维护费\t公务接待费
预算数\t14.50\t0.00\t10.00\t0.00\t10.00\t4.50
决算数\t12.24\t0.00\t9.36\t0.00\t9.36\t2.87
"""
AVERAGES = """补贴情况

方式\t户数\t补贴金额（万元）\t户均（元）\t场均人次
甲类\t2,000\t200.00\t1000.00\t30
乙类\t1,000\t150.00\t1500.00\t50
丙类\t2,000\t100.00\t500.00\t40
合计\t5,000\t450.00\t900.00\t38
"""
SHEET = """评分表

一级指标\t三级指标\t分值\t得分
过程\t资金使用合规性\t6\t5
过程\t制度健全性\t4\t4
"""

TRUE = {
    "official_expenses_with_named_columns": EXPENSES,
    "averages_are_not_added": AVERAGES,
    "parts_of_a_part_in_brackets": (
        "全年收入总计3,562.42万元，其中本年收入3,325.88万元（财政拨款3,284.62万元、"
        "其他收入41.26万元），上年结转236.54万元。\n"
    ),
    "people_and_office_are_not_all_expenditure": (
        "全年支出3,396.02万元。其中人员经费1,463.82万元，占43.10%；公用经费221.76万元，"
        "占6.53%；项目支出1,710.44万元，占50.37%。\n"
    ),
    "a_full_mark_before_the_deduction": (
        f"{SHEET}\n二、指标分析\n\n2.资金使用合规性：6分，列支招待费0.38万元，扣1分。\n"
    ),
}

FALSE = [
    ("column_sum", EXPENSES.replace("12.24", "12.42"), "12.42"),
    ("column_sum", EXPENSES.replace("9.36\t0.00\t9.36", "9.63\t0.00\t9.36"), "9.63"),
    ("total_row", AVERAGES.replace("450.00", "540.00"), "540.00"),
    (
        "sentence_sum",
        "基本支出1,685.58万元，其中人员经费1,643.82万元，公用经费221.76万元。\n",
        "1,685.58",
    ),
    (
        "indicator_score",
        f"{SHEET}\n二、指标分析\n\n2.资金使用合规性：分值6分，得4分，列支招待费0.38万元。\n",
        "4",
    ),
]


def _failing(text: str) -> list[tuple[str, str]]:
    document = read_document((HEAD + text).encode(), "某局2023.txt")
    return [
        (e.family, document.figures[e.stated].quantity.printed)
        for e in document.equations
        if e.verdict is Verdict.FAILS
    ]


@pytest.mark.parametrize("text", TRUE.values(), ids=TRUE)
def test_what_is_true_raises_no_alarm(text: str) -> None:
    assert _failing(text) == []


@pytest.mark.parametrize(("family", "text", "stated"), FALSE)
def test_the_slip_is_still_found(family: str, text: str, stated: str) -> None:
    assert (family, stated) in _failing(text)
