"""Reports held against one another: last year, carry-over, renamed bodies, one project in two."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from ingest.model import Document, Verdict
from ingest.pipeline import read_document
from qa.compare.across import AcrossClaim, across

EXACT, ROUNDING, FAILS = Verdict.EXACT, Verdict.ROUNDING, Verdict.FAILS
BODY = "云岭市水务局"


def accounts(year: int, text: str, body: str = BODY) -> Document:
    head = f"{year}年度{body}部门决算\n\n一、情况说明\n\n"
    return read_document((head + text + "\n").encode(), f"{body}{year}.txt")


def evaluation(kind: str, text: str) -> Document:
    head = f"云岭市水务局2023年河道整治项目{kind}报告\n\n项目名称：河道整治项目\n\n主管部门：{BODY}\n\n一、资金情况\n\n"
    return read_document((head + text + "\n").encode(), f"{kind}.txt")


def found(*documents: Document) -> tuple[AcrossClaim, ...]:
    return across(dict(enumerate(documents)))


class Case(NamedTuple):
    name: str
    before: str
    now: str
    family: str
    metric: str
    verdict: Verdict


CASES = (
    Case(
        "change_exact",
        "机关运行经费支出116.16万元。",
        "机关运行经费支出119.82万元，比上年增加3.66万元，增长3.15%。",
        "last_year",
        "机关运行经费",
        EXACT,
    ),
    Case(
        "change_within_rounding",
        "机关运行经费支出116.16万元。",
        "机关运行经费支出119.82万元，比上年增加3.67万元，增长3.16%。",
        "last_year",
        "机关运行经费",
        ROUNDING,
    ),
    Case(
        "change_fails",
        "机关运行经费支出116.16万元。",
        "机关运行经费支出119.82万元，比上年增加9.66万元，增长8.77%。",
        "last_year",
        "机关运行经费",
        FAILS,
    ),
    Case(
        "direction_fails",
        "治理水土流失面积61.4平方公里。",
        "治理水土流失面积58.9平方公里，比上年增加2.5平方公里。",
        "last_year",
        "治理水土流失面积",
        FAILS,
    ),
    Case(
        "compared_before_the_subject",
        "2022年度收入合计5,217.31万元。",
        "2023年度收入合计5,078.54万元。与上年相比，收入合计减少183.77万元，下降3.49%。",
        "last_year",
        "本年收入",
        FAILS,
    ),
    Case(
        "column_of_last_year",
        "公务接待费2.89万元。",
        "单位：万元\n\n项目\t预算数\t决算数\t上年决算数\n公务接待费\t4.00\t2.15\t2.98\n会议费\t3.00\t2.20\t2.10\n",
        "last_year",
        "公务接待费",
        FAILS,
    ),
    Case(
        "carried_over",
        "年末结转和结余239.60万元。",
        "年初结转和结余239.60万元。",
        "carry_over",
        "年初结转和结余",
        EXACT,
    ),
    Case(
        "carried_over_fails",
        "年末结转和结余239.60万元。",
        "年初结转和结余236.90万元。",
        "carry_over",
        "年初结转和结余",
        FAILS,
    ),
    Case(
        "level",
        "机关运行经费支出116.16万元。",
        "机关运行经费支出116.16万元，与上年持平。",
        "last_year",
        "机关运行经费",
        EXACT,
    ),
    Case(
        "level_fails",
        "机关运行经费支出116.16万元。",
        "机关运行经费支出119.82万元，与上年决算数持平。",
        "last_year",
        "机关运行经费",
        FAILS,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_this_year_is_held_against_the_last(case: Case) -> None:
    claims = found(accounts(2022, case.before), accounts(2023, case.now))
    assert [(c.family, c.metric, c.verdict) for c in claims] == [
        (case.family, case.metric, case.verdict)
    ]
    (claim,) = claims
    assert claim.stated.report == 1
    assert claim.operands[-1].report == 0


# Pairs of reports of which nothing can be said against one another.
SILENT = {
    "another_body": (accounts(2022, CASES[2].before, "云岭市教育局"), accounts(2023, CASES[2].now)),
    "another_place": (
        accounts(2022, CASES[2].before, "松坪市水务局"),
        accounts(2023, CASES[2].now),
    ),
    "two_years_apart": (accounts(2021, CASES[2].before), accounts(2023, CASES[2].now)),
    "its_own_level_only": (
        accounts(2022, CASES[2].before, "云岭市水务局（本级）"),
        accounts(2023, CASES[2].now),
    ),
    "against_the_budget": (
        accounts(2022, "机关运行经费支出116.16万元。"),
        accounts(2023, "机关运行经费支出119.82万元，比年初预算增加9.66万元，增长8.77%。"),
    ),
    "a_name_of_two_values": (
        accounts(2022, "机关运行经费支出116.16万元。\n\n二、下属\n\n机关运行经费支出16.40万元。"),
        accounts(2023, CASES[2].now),
    ),
    "income_is_not_spending": (
        accounts(2022, "财政拨款收入500.00万元。"),
        accounts(2023, "财政拨款支出450.00万元，比上年增加20.00万元，增长4.65%。"),
    ),
    "restated": (
        accounts(2022, "机关运行经费支出116.16万元。"),
        accounts(2023, "按同口径计算，机关运行经费支出119.82万元，比上年增加9.66万元，增长8.77%。"),
    ),
    "a_bare_name": (
        accounts(2022, "支出116.16万元。"),
        accounts(2023, "支出119.82万元，比上年增加9.66万元，增长8.77%。"),
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_other_reports_stay_silent(name: str) -> None:
    assert [claim.message for claim in found(*SILENT[name]) if claim.verdict is FAILS] == []


RENAMED = (
    "2023年机构改革，原云岭市水利局更名为云岭市水务局。\n\n",
    "云岭市水务局（原云岭市水利局）负责全市水务。\n\n",
)


@pytest.mark.parametrize("words", RENAMED)
def test_a_renamed_body_is_the_same_body(words: str) -> None:
    old = accounts(2022, CASES[2].before, "云岭市水利局")
    new = accounts(2023, words + CASES[2].now)
    (claim,) = found(old, new)
    assert claim.verdict is FAILS
    assert claim.aligned == "云岭市水利局 → 云岭市水务局（报告写明更名）"
    assert found(old, accounts(2023, CASES[2].now)) == ()


def test_a_joining_word_makes_no_other_body() -> None:
    old = accounts(2022, CASES[2].before, "云岭市政务服务数据管理局")
    (claim,) = found(old, accounts(2023, CASES[2].now, "云岭市政务服务和数据管理局"))
    assert claim.aligned.endswith("（名称相近）")


@pytest.mark.parametrize(
    ("theirs", "verdicts"),
    [
        ("全年预算500.00万元，实际支出450.00万元，预算执行率90%。", {EXACT}),
        ("全年预算500.00万元，实际支出400.00万元，预算执行率80%。", {EXACT, FAILS}),
        ("全年预算600.00万元，实际支出300.00万元，预算执行率50%。", set()),
    ],
)
def test_one_project_in_two_reports(theirs: str, verdicts: set[Verdict]) -> None:
    ours = "全年预算500.00万元，实际支出450.00万元，预算执行率90%。"
    claims = found(evaluation("绩效评价", ours), evaluation("绩效自评", theirs))
    assert {claim.verdict for claim in claims} == verdicts


def test_values_are_in_the_unit_of_the_stated_figure() -> None:
    (claim,) = found(accounts(2022, CASES[2].before), accounts(2023, CASES[2].now))
    assert (str(claim.value), str(claim.low), str(claim.high)) == ("3.66", "3.650", "3.670")
    assert "据此应为增加3.66万元" in claim.message


def calls(work: Callable[[], object]) -> int:
    counted = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


def test_the_work_grows_with_the_library_and_no_faster() -> None:
    def library(size: int) -> list[Document]:
        bodies = [f"第{number}中心医院" for number in range(size)]
        return [accounts(2022, CASES[2].before, b) for b in bodies] + [
            accounts(2023, CASES[2].now, b) for b in bodies
        ]

    few, many = library(6), library(60)
    assert calls(lambda: found(*many)) <= 1.3 * 10 * calls(lambda: found(*few))
