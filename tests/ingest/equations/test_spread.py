"""Rates and changes whose operands stand in the sentence before or the next."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from ingest.model import Document, Verdict
from ingest.pipeline import read_document

EXACT, FAILS, ROUNDING = Verdict.EXACT, Verdict.FAILS, Verdict.ROUNDING
HEAD = "2023年度某市文化馆项目支出绩效评价报告\n\n一、情况说明\n\n"


class Case(NamedTuple):
    name: str
    text: str
    family: str
    stated: str
    verdict: Verdict


def judged(text: str) -> list[tuple[str, str, Verdict]]:
    document: Document = read_document((HEAD + text + "\n").encode(), "评价2023.txt")
    figures = document.figures
    return [(e.family, figures[e.stated].quantity.printed, e.verdict) for e in document.equations]


VISITS = "2022年接待游客400万人次。2023年接待游客500万人次，"
PAID = "全年预算{}万元。执行数{}万元。预算执行率{}%。"
PARTS = "支出总额500万元。其中基本支出{}万元，占{}%。"
MOVED = "年初预算100万元。年中{}万元。调整后预算{}万元。"
CASES = (
    Case("growth", VISITS + "增长25%。", "growth", "25", EXACT),
    Case("growth_fails", VISITS + "增长35%。", "growth", "35", FAILS),
    Case("growth_rounds", VISITS.replace("400", "396") + "增长26.3%。", "growth", "26.3", EXACT),
    Case("growth_sign", VISITS + "下降25%。", "growth", "25", FAILS),
    Case("growth_next", VISITS[:-1] + "。同比增长25%。", "growth", "25", EXACT),
    Case("growth_next_fails", VISITS[:-1] + "。同比增长52%。", "growth", "52", FAILS),
    Case("change", VISITS + "比上年增加100万人次。", "change", "100", EXACT),
    Case("change_fails", VISITS + "比上年增加10万人次。", "change", "10", FAILS),
    Case("completion", PAID.format(100, 90, 90), "completion", "90", EXACT),
    Case("completion_fails", PAID.format(100, 90, 95), "completion", "95", FAILS),
    Case("completion_rounds", PAID.format(300, 200, 66.7), "completion", "66.7", EXACT),
    Case("share", PARTS.format(300, 60), "share", "60", EXACT),
    Case("share_fails", PARTS.format(300, 70), "share", "70", FAILS),
    Case("planned", "计划培训500人次。实际培训450人次，完成率90%。", "completion", "90", EXACT),
    Case(
        "planned_fails", "计划培训500人次。实际培训450人次，完成率95%。", "completion", "95", FAILS
    ),
    Case("adjusted", MOVED.format("追加20", 120), "adjustment", "120", EXACT),
    Case("adjusted_fails", MOVED.format("追加20", 130), "adjustment", "130", FAILS),
    Case("cut", MOVED.format("调减20", 80), "adjustment", "80", EXACT),
    Case("cut_fails", MOVED.format("调减20", 120), "adjustment", "120", FAILS),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_claim_is_found_and_judged_once(case: Case) -> None:
    found = judged(case.text)
    assert found.count((case.family, case.stated, case.verdict)) == 1, found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_else_fails(case: Case) -> None:
    failing = {stated for _, stated, verdict in judged(case.text) if verdict is FAILS}
    assert failing <= ({case.stated} if case.verdict is FAILS else set())


SILENT = {
    "another_subject": VISITS + "门票收入增长35%。",
    "another_subject_next": VISITS[:-1] + "。门票收入同比增长35%。",
    "a_part_of_it": VISITS + "其中外地游客增长35%。",
    "against_the_plan": VISITS + "比计划增长11%。",
    "against_the_budget": VISITS + "较年初预算增长11%。",
    "against_an_earlier_year": VISITS + "较2019年增长11%。",
    "two_values_of_the_name": VISITS + "2023年接待游客50万人次，增长35%。",
    "not_the_year_before": VISITS.replace("2022", "2020") + "增长35%。",
    "another_name": VISITS.replace("2022年接待游客", "2022年接待团队") + "增长35%。",
    "about": VISITS + "增长近30%。",
    "on_average": "2021年培训2,000人次。2023年培训2,420人次，年均增长10%。",
    "per_month": "2022年培训2,000人次。2023年培训2,420人次，月均增长3%。",
    "two_budgets": "项目一全年预算100万元。项目二全年预算80万元。执行数90万元。预算执行率112%。",
    "two_payments": "全年预算100万元。上半年执行数30万元。全年执行数90万元。预算执行率90%。",
    "another_rate": "全年预算100万元。执行数90万元。资金到位率100%。",
    "of_another_body": "全年预算100万元。执行数90万元。甲区预算执行率95%。",
    "of_the_budget_paid_in": "全年预算100万元。到位95万元。执行数90万元。预算执行率94.74%。",
    "share_of_another_whole": "支出总额500万元。其中基本支出300万元，占部门支出的40%。",
    "a_part_of_a_part": "支出总额500万元。其中基本支出300万元，项目支出200万元，占40%。",
    "not_a_total": "日常公用支出500万元。其中办公费30万元，占本年的1%。",
    "planned_another": "计划培训500人次。实际服务450人次，完成率100%。",
    "more_than_planned": "计划培训500人次。实际培训550人次，完成率100%。",
    "carried_over": "年初预算100万元。上年结转30万元。年中追加20万元。调整后预算150万元。",
    "two_adjustments_of_sorts": "年初预算100万元。年中追加20万元，全部用于培训。调整后预算120万元。",
    "amount_not_moved": "年初预算100万元。项目涉及金额30万元。调整后预算120万元。",
}


@pytest.mark.parametrize("name", SILENT)
def test_true_statements_stay_silent(name: str) -> None:
    assert [each for each in judged(SILENT[name]) if each[2] is FAILS] == []
