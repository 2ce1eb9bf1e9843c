"""Stated counts: against their kinds, the rows of a table, a list; and the traps, silent."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from ingest.model import Document, Verdict
from ingest.pipeline import read_document

EXACT, FAILS = Verdict.EXACT, Verdict.FAILS
HEAD = "2023年度某市某局部门决算\n\n一、情况说明\n\n"


class Case(NamedTuple):
    name: str
    text: str
    family: str
    stated: str
    verdict: Verdict


def read(text: str) -> Document:
    return read_document((HEAD + text + "\n").encode(), "某局2023.txt")


PROJECTS = "\n\n序号\t项目名称\t执行数（万元）\n1\t校舍维修\t120.50\n2\t设备购置\t80.00\n3\t教师培训\t15.20\n"
INDICATORS = (
    "\n\n序号\t一级指标\t二级指标\t指标值\n1\t产出指标\t拨付率\t91%\n2\t\t接口流量\t4G\n"
    "3\t效益指标\t可用率\t99%\n4\t\t运行率\t99%\n5\t满意度指标\t群众满意度\t95%\n"
)
CASES = (
    # kinds of a whole
    Case("levels", "34个项目，其中一级项目9个，二级项目19个，涉及资金6万元。", "count_parts", "34", FAILS),
    Case("bodies", "下属单位10个，其中行政单位4个、事业单位5个。", "count_parts", "10", FAILS),
    Case("named_after", "下属单位10个，其中4个行政单位、5个事业单位。", "count_parts", "10", FAILS),
    Case("others_last", "车辆9辆，其中机要用车1辆、其他用车7辆。", "count_parts", "9", FAILS),
    Case("in_service", "人员56人，其中在职40人，离退休15人。", "count_parts", "56", FAILS),
    Case("done_or_not", "检查20个项目，其中已完成18个，未完成3个。", "count_parts", "20", FAILS),
    Case("including", "办理案件300件，包括民事200件、刑事90件。", "count_parts", "300", FAILS),
    Case("posts_too_many", "编制120名，其中行政编制40名、事业编制85名。", "count_parts", "120", FAILS),
    Case("grades", "对5个项目开展自评。自评结果：“优”4个、“良”2个。", "count_parts", "5", FAILS),
    Case("grades_hold", "对5个项目开展自评。自评结果：“优”4个、“良”1个。", "count_parts", "5", EXACT),
    # rows of the table that follows
    Case("rows", "安排财政项目3个，执行情况如下表。" + PROJECTS, "row_count", "3", EXACT),
    Case("rows_fail", "安排财政项目4个，执行情况如下表。" + PROJECTS, "row_count", "4", FAILS),
    Case(
        "rows_of_a_group",
        "设置绩效指标5个，包括产出指标2个和效益指标3个，完成情况如下。" + INDICATORS,
        "row_count",
        "3",
        FAILS,
    ),
    Case(
        "rows_of_another_group",
        "设置绩效指标5个，包括产出指标2个和效益指标3个，完成情况如下。" + INDICATORS,
        "row_count",
        "2",
        EXACT,
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_count_is_judged(case: Case) -> None:
    document = read(case.text)
    found = [
        (e.family, document.figures[e.stated].quantity.printed, e.verdict)
        for e in document.equations
    ]
    assert (case.family, case.stated, case.verdict) in found, found


SILENT = {
    "kinds_that_may_not_be_all": "项目34个，其中民生项目9个，基建项目19个。",
    "posts_with_a_kind_unsaid": "编制120名，其中行政编制40名、事业编制75名。",
    "overlapping_kinds": "教职工1,305人，其中专任教师962人，具有博士学位教师418人。",
    "levels_of_indicators": "设置19个指标，其中一级指标4个，二级指标10个，三级指标19个。",
    "open_list": "培训20个班次，包括线上8个班次、线下10个班次等。",
    "mainly": "办理案件300件，主要包括民事200件、刑事90件。",
    "other_things": "下设15个科室，其中行政编制40个、事业编制20个。",
    "a_part_in_brackets": "在职120人，其中行政80人（含工勤5人）、事业40人。",
    "another_total_later": "男教师40人、女教师60人，共设教研室8个，其中文科3个。",
    "some_rows_only": "安排财政项目14个，主要项目执行情况如下表。" + PROJECTS,
    "one_of_two_counts_fits": "安排财政项目14个，其中重点项目3个，执行情况如下表。" + PROJECTS,
    "counts_other_things": "安排资金用于4个学院，执行情况如下表。" + PROJECTS,
    "no_word_points_at_the_table": "上年安排财政项目4个。" + PROJECTS,
}


@pytest.mark.parametrize("name", SILENT)
def test_true_counts_stay_silent(name: str) -> None:
    document = read(SILENT[name])
    assert [(e.family, e.formula) for e in document.equations if e.verdict is FAILS] == []


def test_counted_rows_are_kept_as_places() -> None:
    document = read("安排财政项目4个，执行情况如下表。" + PROJECTS)
    (equation,) = (e for e in document.equations if e.family == "row_count")
    texts = ["".join(document.text[low:high] for low, high in p.spans) for p in equation.places]
    assert texts == ["校舍维修", "设备购置", "教师培训"]


RUBRIC = "\n\n指标\t分值\t评分标准\t得分\n财务管理\t{mark}\t{criterion}\t{score}\n制度建设\t3\t制度健全得3分。\t3\n"


@pytest.mark.parametrize(
    ("criterion", "mark", "score", "verdict"),
    [
        ("资料完整得2分；资料不全的酌情扣分。", "7", "6", FAILS),
        ("资料完整得7分，基本完整得4分，不完整不得分。", "7", "6", EXACT),
        ("制度健全得3分；执行有效得4分。", "7", "6", EXACT),
        ("资料完整得2分；资料不全的酌情扣分。", "7", "2", None),
        ("每完成一项得2分。", "7", "6", None),
        ("得分=执行率×7，低于60%得2分。", "7", "6", None),
        ("完成得5分以上，部分完成得2分。", "7", "6", None),
    ],
)
def test_a_score_against_its_criterion(
    criterion: str, mark: str, score: str, verdict: Verdict | None
) -> None:
    document = read(RUBRIC.format(criterion=criterion, mark=mark, score=score))
    own = [e for e in document.equations if e.family == "rubric_most"]
    found = [e.verdict for e in own if document.figures[e.stated].quantity.printed == mark]
    assert found == ([] if verdict is None else [verdict])
