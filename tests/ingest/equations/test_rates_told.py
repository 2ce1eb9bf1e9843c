"""Rates that a report states twice, and totals of score forms; made-up reports."""

from __future__ import annotations

import pytest

from ingest.model import Verdict
from ingest.pipeline import read_document

_SHEET = """
附件 评分表

| 一级指标 | 三级指标 | 分值 | 实际完成值 | 得分 |
| --- | --- | --- | --- | --- |
| 过程 | 预算执行率 | 10 | 93.21% | 9.3 |
| 产出 | 培训人数 | 10 | 420人 | 10 |
"""
_FORM = """
项目支出绩效自评表

单位：万元

| 资金 | 全年预算数 | 全年执行数 | 执行率 |
| --- | --- | --- | --- |
| 年度资金总额 | 420.00 | 386.40 | 92.0% |
"""


def twice(text: str) -> list[tuple[str, str]]:
    """The statements of one fact that differ: the digits of both."""
    head = "青禾县民政局2023年度部门整体支出绩效自评报告\n\n一、资金使用情况\n\n"
    document = read_document(f"{head}{text}".encode(), "报告2023.md")
    figures = document.figures
    return [
        (figures[e.stated].quantity.printed, figures[e.operands[0]].quantity.printed)
        for e in document.equations
        if e.family == "same_fact" and e.verdict is Verdict.FAILS
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全年实际支出3,496.93万元，预算执行率为94.86%。\n" + _SHEET, [("94.86", "93.21")]),
        ("全年实际支出3,496.93万元，预算执行率为93.21%。\n" + _SHEET, []),
        # One of the places agrees: the other rate may be of something else.
        ("上半年预算执行率为91.00%。\n\n全年预算执行率93.21%。\n" + _SHEET, []),
        ("培训项目预算执行率为94.86%。\n" + _SHEET, []),  # of a project
        ("全年预算数420.00万元，执行数386.40万元，完成预算的95.2%。\n" + _FORM, [("95.2", "92.0")]),
        ("全年预算数420.00万元，执行数386.40万元，完成预算的92.0%。\n" + _FORM, []),
        ("全年预算数410.00万元，执行数386.40万元，完成预算的94.2%。\n" + _FORM, []),
    ],
)
def test_rates_of_one_thing(text: str, found: list[tuple[str, str]]) -> None:
    assert twice(text) == found


_INDICATORS = """青禾县文化馆2023年度项目支出绩效自评表

项目名称：公益培训

| 项目资金（万元） | 全年预算数 | 全年执行数 | 执行率 | 得分 |
| --- | --- | --- | --- | --- |
| 年度资金总额 | 520.00 | 374.40 | 72.0% | 7.2 |

| 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| --- | --- | --- | --- | --- | --- |
| 产出指标 | 培训期数 | 83期 | 83期 | 30 | 30 |
| 产出指标 | 培训人数 | 900人 | 750人 | 30 | 25 |
| 效益指标 | 满意度 | ≥90% | 95% | 30 | 30 |
| 总分 |  |  |  | 100 | {total} |
"""


@pytest.mark.parametrize(("total", "verdict"), [("92.2", Verdict.EXACT), ("94.2", Verdict.FAILS)])
def test_the_score_of_the_funds_without_a_mark_counts(total: str, verdict: Verdict) -> None:
    document = read_document(_INDICATORS.format(total=total).encode(), "表2023.md")
    sums = [e for e in document.equations if e.family == "score_sum"]
    assert [(document.figures[e.stated].quantity.printed, e.verdict) for e in sums] == [
        (total, verdict)
    ]
