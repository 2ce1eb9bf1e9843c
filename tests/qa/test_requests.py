"""Requests as official letters put them, and questions as they are said aloud, in the usual form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.asking import usual_form
from qa.requests import as_question


@pytest.mark.parametrize(
    ("request_", "question"),
    [
        ("请提供某局2023年度公务接待费决算数。", "某局2023年度公务接待费决算数是多少？"),
        ("请核实某局2023年度接待批次、接待人数。", "某局2023年度接待批次、接待人数各是多少？"),
        ("依据某局2023年度部门决算报告，请列明本年支出合计。", "某局2023年度本年支出合计是多少？"),
        (
            "根据某局2023年度决算，请推算其2022年度项目支出金额。",
            "某局2022年度项目支出金额是多少？",
        ),
        (
            "请以元为单位提供某馆2023年古籍修复费支出金额。",
            "某馆2023年古籍修复费支出金额是多少元？",
        ),
        ("请分年度列示某局2021—2023年公务接待费。", "某局2021—2023年公务接待费各是多少？"),
        ("请汇总某区三个街道的补贴金额。", "某区三个街道的补贴金额合计是多少？"),
        ("请说明某项目未按期完工的原因。", "某项目未按期完工的原因是什么？"),
        ("请提供某工程的竣工验收日期。", "某工程的竣工验收的日期是什么时候？"),
        ("请告知某项目评价组组长的姓名。", "某项目评价组组长是谁？"),
        ("请提供某项目评价的第三方机构名称。", "某项目评价的第三方机构是哪家？"),
        ("请列明承担评价的第三方机构名称。", "承担评价的第三方机构有哪些？"),
        ("请列出某项目评价报告指出的主要问题。", "某项目评价报告指出的主要问题有哪些？"),
        ("请提供某项目评价报告的文号及主评人姓名。", "某项目评价报告的文号是什么，主评人是谁？"),
        ("请核对某局2023年度结余是否为零。", "某局2023年度结余是否为零？"),
        ("请提供2023年度报告所列2021年执行数。", "2021年执行数是多少？"),
    ],
)
def test_a_request_is_the_question_that_it_is(request_: str, question: str) -> None:
    assert as_question(request_) == question


@pytest.mark.parametrize(
    "text",
    ["请介绍某局的基本情况。", "某局2023年度公务接待费是多少？", "请推算某项目的前景。", ""],
)
def test_what_asks_for_no_one_thing_stays(text: str) -> None:
    assert as_question(text) == text


@pytest.mark.parametrize(
    ("said", "usual"),
    [
        ("请以“万元”为单位，列示某区项目的全年执行数。", "某区项目的全年执行数是多少万元？"),
        ("请比较某局2022年度与2023年度支出的差额。", "某局2022年度与2023年度支出相差多少？"),
        ("各镇中补助金额居首者为何？", "各镇中补助金额最多的是哪个？"),
        ("某费较上年度的降幅为多少？", "某费比上年度下降百分之多少？"),
        ("某局培训费同比增长率是多少？", "某局培训费比上年增长百分之多少？"),
        ("甲镇补助相当于乙镇的倍数是多少？", "甲镇补助是乙镇的几倍？"),
        ("诶，某馆去年讲座办了多少场来着？", "某馆去年讲座办了多少场？"),
        ("甲镇和乙镇加一块儿有几个村？", "甲镇和乙镇加起来有几个村？"),
        ("哪个指标扣分扣得最狠？", "哪个指标扣分最多？"),
        ("某项目的评价是谁家做的？", "某项目的评价是哪家公司做的？"),
        ("某局差旅费到底是多少呀？", "某局差旅费是多少？"),
    ],
)
def test_official_and_everyday_wordings(said: str, usual: str) -> None:
    assert usual_form(said) == usual


@given(st.text(alphabet="请提供列明某局的2023年度金额、和原因名称。？（）“”%", max_size=30))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(usual_form(text), str)
