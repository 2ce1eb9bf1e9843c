"""Totals whose rows are printed in many ways: what is true raises no alarm, slips still do."""

from __future__ import annotations

import pytest

from ingest.model import Verdict
from ingest.pipeline import read_document

HEAD = "2023年度某县某局部门决算\n\n一、情况说明\n\n"

PER_UNIT = (
    "补助分配表\n\n县区\t户数（户）\t每户补助（元）\n东区\t120\t2,800\n西区\t80\t3,100\n南区\t100\t2,950\n"
    "合计\t300\t2,930\n"
)
RATES = "库存情况如下。\n\n甲\t4,000\t3,800\t95.00\n乙\t2,000\t1,880\t94.00\n合计\t6,000\t5,680\t94.67\n"
DIVIDED = (
    "资金表\n\n单位：万元\n\n项目\t预算数\n基本支出\t500.00\n项目支出\t300.00\n校舍维修\t120.00\n设备购置\t110.00\n"
    "教师培训\t70.00\n合计\t800.00\n"
)
TWICE = (
    "资金表\n\n单位：万元\n\n项目\t金额\n北片\t300.00\n甲村\t120.00\n乙村\t180.00\n南片\t200.00\n丙村\t80.00\n"
    "丁村\t120.00\n合计\t500.00\n"
)
DASHES = (
    "收入支出决算总表\n\n单位：万元\n\n收入项目\t决算数\t支出项目\t决算数\n财政拨款收入\t900.00\t教育支出\t500.00\n"
    "其他收入\t60.00\t社会保障支出\t200.00\n—\t—\t卫生健康支出\t110.00\n—\t—\t住房保障支出\t130.00\n"
    "本年收入合计\t960.00\t本年支出合计\t940.00\n年初结转和结余\t30.00\t年末结转和结余\t50.00\n"
    "总计\t990.00\t总计\t990.00\n"
)
IN_ONE_COLUMN = (
    "收支情况表\n\n单位：万元\n\n项目\t2023年\t2022年\n财政拨款收入\t900.00\t850.00\n其他收入\t60.00\t40.00\n"
    "本年收入合计\t960.00\t890.00\n年初结转和结余\t30.00\t55.00\n本年支出合计\t940.00\t915.00\n"
    "年末结转和结余\t50.00\t30.00\n总计\t990.00\t945.00\n"
)
TOTALS_ONLY = (
    "收支平衡表\n\n单位：万元\n\n收方\t金额\t支方\t金额\n本年收入合计\t960.00\t本年支出合计\t940.00\n"
    "使用非财政拨款结余\t15.00\t结余分配\t5.00\n年初结转和结余\t30.00\t年末结转和结余\t60.00\n总计\t1,005.00\t总计\t1,005.00\n"
)
OPENING_TOO = (
    "财政拨款支出决算表\n\n单位：万元\n\n支出项目\t金额\n教育支出\t500.00\n卫生健康支出\t110.00\n本年支出合计\t610.00\n"
    "年初结转和结余\t30.00\n年末结转和结余\t45.00\n总计\t655.00\n"
)
TRUE = {
    "so_much_for_each": PER_UNIT,
    "rates_without_a_header": RATES,
    "a_row_with_its_parts_below": DIVIDED,
    "areas_with_their_villages": TWICE,
    "dashes_beside_the_last_rows": DASHES,
    "income_and_spending_in_one_column": IN_ONE_COLUMN,
    "no_rows_above_the_first_total": TOTALS_ONLY,
    "both_ends_of_the_year": OPENING_TOO,
}


def failing(text: str) -> list[tuple[str, str]]:
    document = read_document((HEAD + text).encode(), "某局2023.txt")
    return [
        (e.family, document.figures[e.stated].quantity.printed)
        for e in document.equations
        if e.verdict is Verdict.FAILS and e.family == "total_row"
    ]


@pytest.mark.parametrize("text", TRUE.values(), ids=TRUE)
def test_what_is_true_raises_no_alarm(text: str) -> None:
    assert failing(text) == []


FALSE = {
    "a_count_beside_so_much_for_each": (PER_UNIT.replace("\t300\t", "\t330\t"), "330"),
    "a_plain_sum": (
        "资金表\n\n单位：万元\n\n项目\t金额\n甲\t120.50\n乙\t110.20\n丙\t70.30\n合计\t310.00\n",
        "310.00",
    ),
    "a_sum_a_tenth_as_large": (
        "资金表\n\n单位：万元\n\n项目\t金额\n"
        + "".join(f"第{n}村\t{100 + n}.00\n" for n in range(1, 10))
        + "合计\t94.50\n",
        "94.50",
    ),
}


@pytest.mark.parametrize(("text", "stated"), FALSE.values(), ids=FALSE)
def test_the_slip_is_still_found(text: str, stated: str) -> None:
    assert ("total_row", stated) in failing(text)
