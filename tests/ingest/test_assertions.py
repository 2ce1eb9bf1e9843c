"""Claims in words: each family confirmed and contradicted; and the traps, silent."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from ingest.assertions import ASSERTIONS
from ingest.model import Assertion, Document, Verdict
from ingest.pipeline import read_document

EXACT, FAILS = Verdict.EXACT, Verdict.FAILS
HEAD = "2023年度某市某局部门决算\n\n一、情况说明\n\n"


def read(text: str) -> Document:
    return read_document((HEAD + text + "\n").encode(), "某局2023.txt")


class Case(NamedTuple):
    """An assertion that must be found: family, a piece of the stated words, verdict, other side."""

    name: str
    text: str
    family: str
    stated: str
    verdict: Verdict
    other: str


STATES = (
    "\n\n序号\t项目名称\t服务内容\t完成情况\n1\t常务会议室智能化维护项目\t设备维护保养\t2023年11月1日验收。\n"
    "2\t门户网站技术运维项目\t网站运行维护\t该项目尚在服务期内，服务正常。\n"
    "3\t机房空调采购项目\t采购空调\t未见验收材料\n"
)
CLASSES = "\n\n一级指标\t二级指标\t指标值\n产出指标\t数量指标\t完成六项任务\n效益指标\t社会效益\t保障网络光纤通畅。\n"
AIMS = (
    "（1）提升工作效率\n\n指标值“开发系统功能，推进信息化”，已经达到。\n\n三级指标\t预期指标值\t完成情况\n"
    "提升服务质量\t定期维护系统，保障服务开展\t已完成\n提升工作效率\t{aim}\t已完成\n"
)
CASES = (
    Case(
        "still_in_service_but_accepted",
        "除常务会议室智能化维护项目尚在服务期外，其他项目均已验收。" + STATES,
        "outstanding", "智能化维护项目尚在服务期", FAILS, "2023年11月1日验收",
    ),
    Case(
        "not_accepted_but_accepted",
        "常务会议室智能化维护项目未完成验收。" + STATES,
        "outstanding", "未完成验收", FAILS, "2023年11月1日验收",
    ),
    Case(
        "still_in_service_as_the_table_says",
        "其中门户网站技术运维项目仍在服务期内。" + STATES,
        "outstanding", "在服务期内", EXACT, "尚在服务期内",
    ),
    Case(
        "benefit_of_another_class",
        "经济效益指标指标值为“保障网络光纤通畅”，难以衡量。" + CLASSES,
        "indicator_class", "经济效益指标", FAILS, "社会效益",
    ),
    Case(
        "benefit_of_its_class",
        "社会效益指标指标值为“保障网络光纤通畅”，难以衡量。" + CLASSES,
        "indicator_class", "社会效益指标", EXACT, "社会效益",
    ),
    Case(
        "aim_of_another_indicator",
        AIMS.format(aim="定期维护系统，保障服务开展"),
        "indicator_aim", "定期维护系统", FAILS, "开发系统功能",
    ),
    Case(
        "one_aim_in_two_places",
        AIMS.format(aim="开发系统功能，推进信息化"),
        "indicator_aim", "开发系统功能", EXACT, "开发系统功能",
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_assertion_is_found_and_judged(case: Case) -> None:
    found = read(case.text).assertions
    assert any(_fits(assertion, case) for assertion in found), found


def _fits(assertion: Assertion, case: Case) -> bool:
    return (
        assertion.family == case.family
        and assertion.verdict is case.verdict
        and case.stated in assertion.stated.text
        and any(case.other in said.text for said in assertion.others)
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_else_fails(case: Case) -> None:
    failing = {a.family for a in read(case.text).assertions if a.verdict is FAILS}
    assert failing <= ({case.family} if case.verdict is FAILS else set())


# True statements that a naive check calls contradictory.
SILENT = {
    "accepted_after_the_day_spoken_of": "截至2023年6月30日，常务会议室智能化维护项目尚未验收。"
    + STATES,
    "no_papers_is_not_accepted": "机房空调采购项目尚未验收。" + STATES,
    "another_project": "智能化维护平台项目尚未验收。" + STATES,
    "payment_is_not_acceptance": "常务会议室智能化维护项目尚未支付尾款。" + STATES,
    "aim_in_another_wording": AIMS.format(aim="开发系统功能，推进信息化建设"),
    "two_aims_and_no_third": AIMS.format(aim="优化流程，缩短办理时间"),
}


@pytest.mark.parametrize("name", SILENT)
def test_true_statements_stay_silent(name: str) -> None:
    failing = [a.message for a in read(SILENT[name]).assertions if a.verdict is FAILS]
    assert failing == []


def test_assertions_are_numbered_and_stand_in_the_text() -> None:
    document = read("\n\n".join(case.text for case in CASES))
    assert [a.no for a in document.assertions] == list(range(len(document.assertions)))
    for assertion in document.assertions:
        for said in (assertion.stated, *assertion.others):
            raw = "".join(document.text[low:high] for low, high in said.locator.spans)
            assert "".join(raw.split()) == "".join(said.text.split())


def test_every_family_has_a_docstring_with_source_example_and_limits() -> None:
    for family in ASSERTIONS:
        text = family.__doc__ or ""
        for word in ("来源：", "例：", "边界："):
            assert word in text, family.__name__
