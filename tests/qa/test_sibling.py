"""The neighbour in a sentence with which the telling word stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.model import Answer

REPORT = """禾平县农业农村局“灌溉渠系改造”项目2023年度绩效评价报告

项目名称：灌溉渠系改造
项目单位：禾平县农业农村局

一、评价工作开展情况

评价组发放农户问卷320份，收回306份，有效问卷298份。

二、业务开展情况

全年12315平台接收投诉举报21,374件，其中投诉16,852件、举报4,522件。全年接收安置退役士兵386人，其中政府安排工作52人、逐月领取退役金16人。
"""


@pytest.fixture(scope="module")
def ask(asking: Callable[[str, str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return asking("禾平县灌溉渠系改造2023年度绩效评价报告.txt", REPORT)


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        ("2023年禾平县灌溉渠系改造项目农户问卷有效的有多少份？", "298", "份"),
        ("禾平县农业农村局2023年12315平台接到的举报是多少件？", "4522", "件"),
        ("禾平县农业农村局2023年接收的退役士兵里，由政府安排工作的有多少人？", "52", "人"),
    ],
)
def test_the_neighbour_that_the_word_stands_with(
    ask: Callable[[str], Answer], question: str, number: str, unit: str
) -> None:
    (value,) = ask(question).values
    assert (value.number, value.unit) == (number, unit)


@pytest.mark.parametrize(
    "question",
    [
        "2023年禾平县灌溉渠系改造项目农户问卷作废的有多少份？",
        "禾平县农业农村局2023年12315平台不予受理的投诉举报是多少件？",
        "禾平县农业农村局2023年接收的退役士兵里，自主择业的有多少人？",
    ],
)
def test_a_word_that_stands_with_no_neighbour(ask: Callable[[str], Answer], question: str) -> None:
    answer = ask(question)
    shown = [value.number for value in answer.values if answer.outcome.given]
    assert not set(shown) & {"320", "306", "298", "21374", "16852", "4522", "386", "52"}
