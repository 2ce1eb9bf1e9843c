"""A total held against its parts, in the wordings of readers; a made-up report."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from ingest.settings import Settings
from qa.engine import Conversation, Engine
from qa.model import Answer, Outcome
from qa.operations.summed_asked import read

REPORT = """青禾县水务局2023年度部门决算

表1 支出决算表

单位：万元

科目名称	本年支出合计	基本支出	项目支出
农林水支出	100.01	60.00	40.00
卫生健康支出	50.00	45.00	5.00
住房保障支出	30.00	10.00	20.00
合计	180.00	115.00	65.00

一、政府采购支出情况

青禾县水务局2023年度政府采购支出总额386.60万元，其中：政府采购货物支出142.15万元、政府采购工程支出\
118.20万元、政府采购服务支出128.25万元。

二、人员情况

年末实有在职人员63人，其中行政人员21人、事业人员42人。
"""


@pytest.fixture(scope="module")
def ask() -> Callable[[str], Answer]:
    engine = Engine(MemoryLibrary.of([read_document(REPORT.encode(), "f.txt")]), Settings())
    return lambda question: engine.ask(question, conversation=Conversation())


@pytest.mark.parametrize(
    ("question", "outcome", "first", "words"),
    [
        ("基本支出加项目支出等于本年支出合计吗？", "answered", "180.00", "没有差额"),
        ("本年支出合计跟基本支出、项目支出两项之和差多少？", "answered", "0.00", "没有差额"),
        (
            "农林水支出的本年支出合计和基本支出、项目支出相加对得上吗？",
            "answered",
            "100.01",
            "四舍五入",
        ),
        (
            "农林水支出本年支出合计与基本支出、项目支出之和差多少？要紧吗？",
            "answered",
            "0.01",
            "没有算错",
        ),
        ("货物、工程、服务采购加起来等于采购总额吗？", "contradicted", "386.60", "388.60"),
        ("政府采购支出总额跟货物、工程、服务三项之和差多少？", "contradicted", "2.00", "少 2万元"),
        ("政府采购货物、工程、服务加在一起跟总额差多少？", "contradicted", "2.00", "少 2万元"),
        ("支出决算表各项项目支出加起来与合计是否相等？", "answered", "65.00", "没有差额"),
        ("行政人员、事业人员加起来是63人吗？", "answered", "63", "没有差额"),
    ],
)
def test_a_total_against_its_parts(
    ask: Callable[[str], Answer], question: str, outcome: str, first: str, words: str
) -> None:
    answer = ask(f"青禾县水务局2023年{question}")
    assert (answer.outcome, answer.values[0].number) == (Outcome(outcome), first)
    assert words in answer.text


@pytest.mark.parametrize(
    ("text", "whole", "parts", "number"),
    [
        ("各区县分配资金加起来等于11280万元吗?", "", (), "11280"),
        ("各指标得分之和等于总分吗?", "总分", (), None),
        ("自评总分97.8,把各项得分加起来是这个数吗?", "自评总分", (), "97.8"),
        ("甲支出、乙支出加起来是83.03万元吗?", "", ("甲支出", "乙支出"), "83.03"),
        ("甲支出加乙支出与丙合计差多少?", "丙合计", ("甲支出", "乙支出"), None),
    ],
)
def test_what_is_held_against_what(
    text: str, whole: str, parts: tuple[str, ...], number: str | None
) -> None:
    asked = read(text)
    assert asked is not None
    assert (asked.whole, asked.parts) == (whole, parts)
    assert (None if asked.number is None else str(asked.number)) == number


@pytest.mark.parametrize(
    "text",
    ["甲、乙和丙加起来是多少?", "本年支出是多少?", "甲加乙只有801.52,有问题吗?", "甲比乙多多少?"],
)
def test_other_questions_are_left_alone(text: str) -> None:
    assert read(text) is None
