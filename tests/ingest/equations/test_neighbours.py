"""Operands in the neighbouring words, row or annex: changes, superlatives, scores, grades."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from ingest.model import Document, Verdict
from ingest.pipeline import read_document

EXACT, FAILS, ROUNDING = Verdict.EXACT, Verdict.FAILS, Verdict.ROUNDING
HEAD = "2023年度河道整治项目支出绩效评价报告\n\n一、情况说明\n\n"


class Case(NamedTuple):
    name: str
    text: str
    family: str
    stated: str
    verdict: Verdict


def read(text: str, head: str = HEAD) -> Document:
    return read_document((head + text + "\n").encode(), "评价2023.txt")


def judged(document: Document) -> list[tuple[str, str, Verdict]]:
    figures = document.figures
    return [(e.family, figures[e.stated].quantity.printed, e.verdict) for e in document.equations]


YEARS = "\n\n单位：万元\n\n项目\t2022年决算数\t2023年决算数\n人员经费\t597.21\t628.43\n公用经费\t118.76\t110.38\n"
AREAS = (
    "\n\n地区\t培训人次\t补贴金额（万元）\n甲河区\t2,210\t300.10\n乙山县\t1,586\t410.20\n丙川县\t454\t80.30\n"
    "合计\t4,250\t790.60\n"
)
SHEET = (
    "\n\n附表 绩效评价评分表\n\n一级指标\t三级指标\t分值\t得分\n"
    "过程\t制度执行有效性\t40\t{}\n产出\t工程监理到位情况\t60\t57\n"
    "合计\t\t100\t95\n"
)
BANDS = "\n\n90分（含）以上为优，80分（含）至90分为良，60分（含）至80分为中，60分以下为差。"
GRADED = "\n\n序号\t项目名称\t得分\t等级\n1\t校舍维修\t95.05\t{}\n2\t设备购置\t84.30\t良\n" + BANDS
SIGNS = "综合得分{}分，等级为“良”。\n\n得分≥90分为“优”，80分≤得分<90分为“良”，60分≤得分<80分为“中”，得分<60分为“差”。"
CASES = (
    # from … to …, by …
    Case("points", "线上领申率由62%提高到91%，提高29个百分点。", "change", "29", EXACT),
    Case("points_fail", "线上领申率由62%提高到91%，提高19个百分点。", "change", "19", FAILS),
    Case("amounts", "人均补助标准由84元提高到89元，每人增加5元。", "change", "5", EXACT),
    Case("amounts_and_rate", "标准由84元提高到89元，增加5元，增长7.95%。", "growth", "7.95", FAILS),
    Case("down", "办理时间由5.2天缩短至3.1天，缩短2.8天。", "change", "2.8", FAILS),
    Case("fall_as_a_rate", "投诉由125起降至108起，下降13.6%。", "growth", "13.6", EXACT),
    # a row of two years
    Case("row", "与2022年相比，人员经费增加31.22万元。" + YEARS, "change", "31.22", EXACT),
    Case("row_direction", "与2022年相比，公用经费增加8.38万元。" + YEARS, "change", "8.38", FAILS),
    # the most and the least
    Case(
        "most", "从地区看，甲河区培训人次最多，为2,210人次。" + AREAS, "superlative", "2,210", EXACT
    ),
    Case(
        "most_fails",
        "从地区看，甲河区培训人次最多，为2,120人次。" + AREAS,
        "superlative",
        "2,120",
        FAILS,
    ),
    Case("least", "丙川县补贴金额最少，为83.30万元。" + AREAS, "superlative", "83.30", FAILS),
    # proportional scores
    Case("by_rate", "按“预算执行率×6”计分，预算执行率95.72%，得5.74分。", "rubric", "5.74", EXACT),
    Case(
        "by_rate_fails",
        "按“预算执行率×6”计分，预算执行率95.72%，得5.47分。",
        "rubric",
        "5.47",
        FAILS,
    ),
    Case(
        "by_formula",
        "计分公式为“预算执行率×8分”，预算执行率82.51%，得6.6分。",
        "rubric",
        "6.6",
        EXACT,
    ),
    # text and score sheet
    Case(
        "sheet",
        "1.制度执行有效性：分值40分，得38分。" + SHEET.format(38),
        "indicator_score",
        "38",
        EXACT,
    ),
    Case(
        "sheet_fails",
        "1.制度执行有效性：分值40分，得36分。" + SHEET.format(38),
        "indicator_score",
        "36",
        FAILS,
    ),
    Case("total", "综合评价得分95分，等级为“优”。" + SHEET.format(38), "total_score", "95", EXACT),
    Case(
        "total_fails",
        "综合评价得分96分，等级为“优”。" + SHEET.format(38),
        "total_score",
        "96",
        FAILS,
    ),
    # grades
    Case("grade_in_a_row", "三、结果" + GRADED.format("优"), "grade", "95.05", EXACT),
    Case("grade_in_a_row_fails", "三、结果" + GRADED.format("良"), "grade", "95.05", FAILS),
    Case("bands_in_signs", SIGNS.format("86.4"), "grade", "86.4", EXACT),
    Case("bands_in_signs_fail", SIGNS.format("78.4"), "grade", "78.4", FAILS),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_claim_is_found_and_judged(case: Case) -> None:
    found = judged(read(case.text))
    assert (case.family, case.stated, case.verdict) in found, found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_else_fails(case: Case) -> None:
    failing = {stated for _, stated, verdict in judged(read(case.text)) if verdict is FAILS}
    assert failing <= ({case.stated} if case.verdict is FAILS else set())


SILENT = {
    "down_to_a_target": "投诉由125起降至108起，下降13.6%，达到下降15%的目标。",
    "from_one_place_to_another": "里程由南段8公里延长至12公里，全线提高标准3项。",
    "two_of_one_name": "与2022年相比，公用经费增加8.38万元。"
    + YEARS
    + "\n\n"
    + YEARS.replace("118.76", "98.20"),
    "against_the_budget": "比年初预算，公用经费增加8.38万元。" + YEARS,
    "most_of_another_kind": "甲河区线下培训人次最多，为1,920人次。"
    + AREAS.replace("培训人次", "总人次"),
    "not_the_most_in_the_table": "乙山县培训人次最多，为1,200人次。" + AREAS,
    "capped": "按“预算执行率×6”计分，最高5分，预算执行率95.72%，得5分。",
    "another_rate": "按“预算执行率×6”计分，资金到位率95.72%，得5分。",
    "self_and_review": "复核综合得分96分。" + SHEET.format(38),
    "last_year": "与2022年度同类项目综合得分81.35分相比有提高。" + SHEET.format(38),
    "another_full_mark": "1.制度执行有效性：分值30分，得28分。" + SHEET.format(38),
    "two_rows_of_a_name": "1.制度执行有效性：分值40分，得36分。"
    + SHEET.format(38)
    + SHEET.format(35).replace("100\t95", "100\t92"),
    "no_bands": "三、结果" + GRADED.format("良").replace(BANDS, ""),
}


@pytest.mark.parametrize("name", SILENT)
def test_true_statements_stay_silent(name: str) -> None:
    assert [each for each in judged(read(SILENT[name])) if each[2] is FAILS] == []


def test_the_summary_is_held_against_the_forms() -> None:
    head = "某市教育局2023年度项目支出绩效自评情况公开\n\n一、自评情况\n\n"
    form = (
        "### 项目支出绩效自评表（{no}）\n\n（2023年度）\n\n"
        "| 项目名称 | {name} |\n|---|---|\n| 主管部门 | 某市教育局 |\n\n"
        "| 一级指标 | 三级指标 | 分值 | 得分 |\n|---|---|---|---|\n| 产出 | 完成数 | 60 | {score} |\n"
        "| 效益 | 知晓率 | 40 | 38 |\n| 总分 |  | 100 | {total} |\n\n"
    )
    text = (
        "| 序号 | 项目名称 | 得分 |\n|---|---|---|\n| 1 | 校舍维修改造 | 96 |\n| 2 | 校车安全运营 | 95 |\n\n"
        "## 二、自评表\n\n"
        + form.format(no=1, name="校舍维修改造", score=58, total=96)
        + form.format(no=2, name="校车安全运营", score=59, total=97)
    )
    found = [each for each in judged(read(text, head)) if each[0] == "project_score"]
    assert found == [("project_score", "96", EXACT), ("project_score", "95", FAILS)]
