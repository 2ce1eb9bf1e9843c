"""One fact told in other words by a sentence and a table; made-up reports."""

from __future__ import annotations

import pytest

from ingest.model import Document, Verdict
from ingest.pipeline import read_document

_HEAD = "青禾县2023年老旧小区改造项目绩效评价报告\n\n一、项目概况\n\n"
_TABLE = """
表1 2023年各镇完成情况

| 镇 | 完成小区（个） | 惠及户数（户） | 改造面积（万平方米） | 排查隐患（处） |
| --- | --- | --- | --- | --- |
| 东镇 | 22 | 3,120 | 41.20 | 118 |
| 西镇 | 39 | 4,878 | 52.30 | 206 |
| 合计 | 61 | 7,998 | 93.50 | 324 |

附件1 指标评分表

| 一级指标 | 三级指标 | 分值 | 实际完成值 | 得分 |
| --- | --- | --- | --- | --- |
| 产出 | 雨污管网更新长度 | 10 | 36.4公里 | 9.2 |
| 效益 | 居民对改造的满意度 | 10 | 91.6% | 9.5 |
"""


def told(sentence: str) -> tuple[Document, dict[str, tuple[str, Verdict]]]:
    """What the tables say of each figure of a sentence: the cell's digits and how the two stand."""
    document = read_document(f"{_HEAD}{sentence}\n{_TABLE}".encode(), "报告2023.md")
    figures = document.figures
    found = {
        figures[e.stated].quantity.printed: (figures[e.operands[0]].quantity.printed, e.verdict)
        for e in document.equations
        if e.family == "same_fact"
    }
    return document, found


@pytest.mark.parametrize(
    ("sentence", "printed", "cell", "verdict"),
    [
        ("全县计划改造小区65个，实际完成小区61个。", "61", "61", Verdict.EXACT),
        ("全县计划改造小区65个，实际完成小区63个。", "63", "61", Verdict.FAILS),
        ("改造惠及户数7,898户，群众反映良好。", "7,898", "7,998", Verdict.FAILS),
        ("全年改造面积95.30万平方米。", "95.30", "93.50", Verdict.FAILS),
        ("共排查隐患324处。", "324", "324", Verdict.EXACT),
        ("更新雨污管网34.6公里。", "34.6", "36.4", Verdict.FAILS),
        ("居民对改造的满意度为93.6%。", "93.6", "91.6", Verdict.FAILS),
    ],
)
def test_a_sentence_and_a_table_in_other_words(
    sentence: str, printed: str, cell: str, verdict: Verdict
) -> None:
    _, found = told(sentence)
    assert found[printed] == (cell, verdict)


@pytest.mark.parametrize(
    "sentence",
    [
        "全县计划改造小区65个。",  # planned
        "力争到年底改造面积达到98.00万平方米。",
        "其中新增惠及户数7,100户。",  # a part
        "上年改造面积92.10万平方米。",  # another year
        "共排查隐患120处。",  # too far off to be the same
        "雨污管网更新长度：10分，按完成比例计，得9.2分。",  # its full mark
        "更新雨污管网40公里以上。",  # a bound
    ],
)
def test_what_is_another_thing_stays_silent(sentence: str) -> None:
    document, _ = told(sentence)
    assert not [e for e in document.equations if e.verdict is Verdict.FAILS]


def test_the_score_of_another_evaluation_is_no_slip_of_the_self_evaluation() -> None:
    text = (
        "2023年度青禾县林业局部门决算\n\n一、绩效情况\n\n"
        "对2个项目开展绩效自评。委托第三方对“虫害综合防治”项目开展重点评价，得分88.6分。\n\n"
        "项目名称\t自评得分\n虫害综合防治\t93.5\n造林补助\t92.0\n"
    )
    document = read_document(text.encode(), "决算.txt")
    assert not [e for e in document.equations if e.verdict is Verdict.FAILS]


_STAGES = """
表2 部门支出情况（单位：万元）

| 项目 | 年初预算 | 全年预算 | 全年执行数 |
| --- | --- | --- | --- |
| 基本支出 | 3,260.50 | 3,318.20 | 3,305.44 |
| 项目支出 | 9,190.10 | 9,862.20 | 9,084.14 |
| 合计 | 12,450.60 | 13,180.40 | 12,389.58 |
"""


@pytest.mark.parametrize(
    "sentence",
    [
        "年初预算12,450.60万元，其中基本支出3,260.50万元，项目支出9,190.10万元。",
        "年中调增后全年预算13,180.40万元，其中基本支出3,318.20万元、项目支出9,862.20万元。",
        "全年执行数12,389.58万元，其中基本支出3,305.44万元，项目支出9,084.14万元。",
    ],
)
def test_parts_of_a_budget_are_held_against_no_spending(sentence: str) -> None:
    document = read_document(f"{_HEAD}{sentence}\n{_STAGES}".encode(), "报告2023.md")
    assert [e.formula for e in document.equations if e.verdict is Verdict.FAILS] == []
