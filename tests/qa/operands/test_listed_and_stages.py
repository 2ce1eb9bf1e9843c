"""Sums over listed things, what lies between two stages, and shares of a table's total: asked of each alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eval.memory import MemoryLibrary
from ingest.settings import Settings
from qa.engine import Engine
from qa.model import Answer, Check
from qa.operands.asks import operand_asks
from qa.operands.listed import as_listed, listed_asks
from qa.operands.stages import as_staged, stage_asks
from qa.plan import Operation, Plan

Ask = Callable[[str], Answer]

REPORT = """禾岭县水务局2023年度部门决算

一、项目实施情况

青塘水库监理费支付28.90万元，白石水库监理费支付44.25万元。核定编制86名，年末在职81人。

表1 各站工作量

站点\t新建雨量站（个）\t抢险起数\t巡查覆盖率
东岭站\t9\t612\t96.8%
西坪站\t4\t1188\t93.4%
南溪站\t5\t1122\t92.6%
合计\t18\t2922\t94.3%

表2 各项目资金（万元）

项目\t年初预算数\t全年预算数\t全年执行数
山塘整治\t120.00\t186.40\t150.30
清淤疏浚\t80.00\t80.00\t72.00
合计\t200.00\t266.40\t222.30

表3 合同与结算（万元）

标段\t合同价\t结算审定
一标段\t768.90\t640.17
二标段\t320.00\t311.50

二、“三公”经费情况

2023年度“三公”经费决算97.20万元，低于预算12.80万元。会议费决算5.60万元，超过预算0.40万元。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    path = tmp_path_factory.mktemp("listed") / "禾岭县水务局2023.txt"
    path.write_text(REPORT, encoding="utf-8")
    return Engine(MemoryLibrary([path]), Settings()).ask


def _plan(question: str) -> Plan:
    return Plan(question, question, Operation.LOOKUP, ())


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("青塘和白石两座水库监理费合计多少？", "青塘水库监理费多少？", "白石水库监理费多少？"),
        (
            "东岭、西坪、南溪三个站巡查覆盖率简单平均是多少？",
            "东岭站巡查覆盖率是多少？",
            "南溪站巡查覆盖率是多少？",
        ),
        (
            "第一、第二、第三片区的保洁费一共多少元？",
            "第一片区保洁费多少元？",
            "第三片区保洁费多少元？",
        ),
        ("青塘和白石三座水库监理费合计多少？", None, None),  # two are named
        ("青塘和白石两座水库监理费分别是多少？", None, None),
        ("参加改造的小区一共多少户？", None, None),
    ],
)
def test_each_thing_of_a_list_is_asked_for(
    question: str, first: str | None, last: str | None
) -> None:
    asks = listed_asks(_plan(question))
    if first is None or last is None:
        assert asks is None
        return
    assert asks is not None
    assert first in asks.asks[0]
    assert last in asks.asks[-1]


def test_how_many_are_listed_and_what_mean_is_meant_names_nothing() -> None:
    asks = listed_asks(_plan("东岭、西坪、南溪三个站巡查覆盖率简单平均是多少？"))
    assert asks is not None
    assert (
        as_listed("东岭、西坪、南溪三个站的两个数简单平均", asks)
        == "东岭、西坪、南溪站的两个数平均"
    )


@pytest.mark.parametrize(
    ("question", "deed", "first", "second"),
    [
        ("山塘整治全年预算比年初预算追加了多少？", "apart", "全年预算数", "年初预算数"),
        ("山塘整治，调整后预算比年初增加了百分之几？", "rate", "全年预算数", "年初预算数"),
        ("清淤项目预算调增了多少万元？", "apart", "全年预算数", "年初预算数"),
        ("清淤项目预算还剩多少没花？", "left", "全年预算数", "全年执行数"),
        ("清淤项目比预算省了多少？", "left", "全年预算数", "全年执行数"),
        ("公务接待费用了预算的百分之几？", "of", "全年执行数", "预算数"),
        ("一标段的结算审定比合同价低百分之几？（疏浚工程）", "rate", "结算审定", "合同价"),
    ],
)
def test_two_stages_are_asked_for(question: str, deed: str, first: str, second: str) -> None:
    asks = stage_asks(_plan(question))
    assert asks is not None
    assert asks.deed == deed
    assert f"的{first}是多少？" in asks.first[0]
    assert f"的{second}是多少？" in asks.second[0]


@pytest.mark.parametrize(
    "question", ["清淤项目的预算是多少？", "三公经费比上年少多少？", "还剩几个项目没验收？"]
)
def test_other_questions_ask_for_no_stages(question: str) -> None:
    assert stage_asks(_plan(question)) is None


def test_how_a_stage_came_about_names_nothing() -> None:
    assert as_staged("全年预算比年初追加了多少") == "全年预算比年初多多少"


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("东岭站比西坪站多几个雨量站？", "东岭站有几个雨量站？", "西坪站有几个雨量站？"),
        ("山塘整治占全部项目支出的比重？", "山塘整治项目支出是多少？", "全部项目支出是多少？"),
        ("东岭站抢险起数占全局的百分之多少？", "东岭站抢险起数是多少？", "全局是多少？"),
    ],
)
def test_both_sides_are_asked_for_by_what_is_measured(
    question: str, first: str, second: str
) -> None:
    asks = operand_asks(_plan(question))
    assert asks is not None
    assert (asks.first[0], asks.second[0]) == (first, second)


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        ("青塘和白石两座水库监理费合计多少？", "73.15", "万元"),
        ("东岭、西坪两个站2023年一共新建了多少个雨量站？", "13", "个"),
        ("东岭站比西坪站多建了几个雨量站？", "5", "个"),
        ("禾岭县水务局2023年核定编制比年末在职多多少？", "5", "名"),
        ("东岭站2023年抢险起数占全局的百分之多少？", "20.94", "%"),
        ("禾岭县水务局2023年山塘整治全年预算比年初预算追加了多少？", "66.40", "万元"),
        ("禾岭县水务局2023年山塘整治全年预算比年初预算多多少？", "66.40", "万元"),  # not 全年执行数
        ("禾岭县水务局2023年山塘整治预算还剩多少没花？", "36.10", "万元"),
        ("一标段的结算审定比合同价低百分之几？", "16.74", "%"),
        ("禾岭县水务局2023年三公经费预算是多少？", "110.00", "万元"),  # 低于预算 tells a change
        ("禾岭县水务局2023年会议费预算是多少？", "5.20", "万元"),
    ],
)
def test_what_follows_from_figures_that_are_asked_for_alone(
    ask: Ask, question: str, number: str, unit: str
) -> None:
    answer = ask(question)
    shown = [(value.number.lstrip("-"), value.unit) for value in answer.values]
    assert (number, unit) in shown, answer.text
    assert Check.DERIVED in {value.check for value in answer.values}
