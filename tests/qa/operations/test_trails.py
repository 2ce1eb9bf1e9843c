"""Trails of a budget, targets against what was reached, and follow-ups about rows, over one report."""

from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from qa.engine import Conversation, Engine
from qa.model import Answer, Outcome

REPORT = """松陵县水利局2023年度部门整体支出绩效自评报告

一、部门整体支出情况

2023年年初预算3,200.00万元，年中追加600.00万元，年中调减50.00万元，调整后全年预算3,750.00万元。
2023年实际支出3,600.00万元，预算执行率96.00%，年末结转150.00万元。
2023年公务接待12批次、88人次，公务接待费支出1.20万元。

二、项目支出情况

表1 项目支出情况表 单位：万元
项目名称	年初预算数	全年预算数	实际支出	执行率	结余
渠首闸改造	900.00	1,000.00	980.00	98.00%	20.00
河道清淤	500.00	600.00	450.00	75.00%	150.00
合计	1,400.00	1,600.00	1,430.00	89.38%	170.00

三、绩效指标完成情况

三级指标	年度指标值	实际完成值	分值	得分
清淤河道长度	≥20公里	18.5公里	10	9
工程有效投诉件数	≤3件	4件	10	8
受益群众满意度	≥90%	93.2%	10	10

河道清淤执行率偏低，主要原因是汛期停工两个月。

四、预算调减

项目第一次预算调减20.00万元，第二次预算调减30.00万元，经过两次调减后执行。
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    library = MemoryLibrary.of([read_document(REPORT.encode(), "songling.txt")])
    return Engine(library, SimpleNamespace(abstain_threshold=0.55))


def told(engine: Engine, *turns: str) -> Answer:
    conversation = Conversation()
    return [engine.ask(turn, conversation=conversation) for turn in turns][-1]


def numbers(answer: Answer) -> list[str]:
    return [value.number for value in answer.values]


TRAILS = [
    (
        "松陵县水利局2023年年初预算、追加、调减、全年预算、支出、结转各多少？",
        ["3200.00", "600.00", "50.00", "3750.00", "3600.00", "150.00"],
    ),
    (
        "松陵县水利局2023年预算怎么变的？年初多少，追加多少，调减多少，调整后多少，最后花了多少",
        ["3200.00", "600.00", "50.00", "3750.00", "3600.00"],
    ),
    (
        "松陵县水利局2023年河道清淤年初预算、全年预算、实际支出、执行率各是多少？",
        ["500.00", "600.00", "450.00", "75.00"],
    ),
    ("松陵县水利局2023年渠首闸改造年初给了多少、花了多少、剩多少？", ["900.00", "980.00", "20.00"]),
    ("松陵县水利局2023年公务接待几批次几人次，花了多少钱？", ["12", "88", "1.20"]),
    ("松陵县水利局2023年预算调减了两次，一共调减多少？", ["50.00", "20.00", "30.00"]),
]


@pytest.mark.parametrize(("question", "expected"), TRAILS)
def test_each_stage_of_what_is_asked_about(
    engine: Engine, question: str, expected: list[str]
) -> None:
    answer = told(engine, question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert numbers(answer) == expected


MET = [
    ("松陵县水利局2023年受益群众满意度达标了吗？", ["90", "93.2"], "：达到目标"),
    ("松陵县水利局2023年清淤河道长度完成目标没有", ["20", "18.5"], "：未达到目标"),
    (
        "松陵县水利局2023年工程有效投诉件数控制在几件、实际几件，达标没？",
        ["3", "4"],
        "：未达到目标",
    ),
]


@pytest.mark.parametrize(("question", "expected", "verdict"), MET)
def test_target_and_actual_with_the_verdict(
    engine: Engine, question: str, expected: list[str], verdict: str
) -> None:
    answer = told(engine, question)
    assert numbers(answer) == expected
    assert verdict in answer.text


def test_completion_worked_out_of_target_and_actual(engine: Engine) -> None:
    answer = told(engine, "松陵县水利局2023年清淤河道长度目标多少、实际多少，完成率多少？")
    assert numbers(answer) == ["20", "18.5", "92.50"]


FOLLOWED = [
    (("松陵县水利局2023年渠首闸改造的执行率是多少？", "河道清淤呢？"), ["75.00"]),
    (
        ("松陵县水利局2023年渠首闸改造全年预算多少、支出多少、执行率多少？", "那河道清淤呢"),
        ["600.00", "450.00", "75.00"],
    ),
]


@pytest.mark.parametrize(("turns", "expected"), FOLLOWED)
def test_another_row_keeps_what_was_asked(
    engine: Engine, turns: tuple[str, ...], expected: list[str]
) -> None:
    assert numbers(told(engine, *turns)) == expected


def test_reason_of_what_was_asked_before(engine: Engine) -> None:
    answer = told(engine, "松陵县水利局2023年河道清淤的执行率是多少？", "为什么这么低？")
    assert "汛期停工" in answer.text


def test_it_stands_for_the_row_before(engine: Engine) -> None:
    turns = ("松陵县水利局2023年渠首闸改造的执行率是多少？", "它的年初预算和实际支出各是多少？")
    assert numbers(told(engine, *turns)) == ["900.00", "980.00"]


def test_column_of_a_row_by_its_measure(engine: Engine) -> None:
    answer = told(engine, "松陵县水利局2023年渠首闸改造和河道清淤支出分别是多少，相差多少？")
    assert numbers(answer) == ["980.00", "450.00", "530.00"]


def test_a_cut_is_no_addition(engine: Engine) -> None:
    answer = told(engine, "松陵县水利局2023年渠首闸改造年初预算多少、调增多少？")
    assert "减少" not in answer.text


def test_a_lost_ellipsis_leaves_the_turn_before(engine: Engine) -> None:
    turns = ("松陵县水利局2023年渠首闸改造的执行率是多少？", "水文站那个呢？", "河道清淤呢？")
    assert numbers(told(engine, *turns)) == ["75.00"]
