"""Cells that a question calls by row and column in its own words, and those that it does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.model import Answer

REPORT = """泽平市人力资源和社会保障局“城乡居民医保财政补助”项目2024年度绩效评价报告

项目名称：城乡居民医保财政补助
项目单位：泽平市人力资源和社会保障局

表1 2024年各县补助资金安排情况（单位：万元）

县区\t中央补助\t省级补助\t市级补助
双沟县\t18,200.50\t7,721.34\t2,310.20
石桥县\t16,110.00\t6,904.18\t2,050.75
合计\t34,310.50\t14,625.52\t4,360.95

表2 2024年各书房服务情况

书房\t藏书（册）\t借还册次\t其中：少儿册次
古樟书房\t22100\t75396\t21800
听涛书房\t18600\t60112\t19050
合计\t40700\t135508\t40850

表3 2024年各大队查处情况

大队\t酒驾查处\t超载查处
城西大队\t871\t402
城东大队\t655\t390
合计\t1526\t792
"""


@pytest.fixture(scope="module")
def ask(asking: Callable[[str, str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return asking("泽平市居民医保补助2024年度绩效评价报告.txt", REPORT)


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        ("2024年双沟县能拿到的居民医保省级补助是多少？", "7721.34", "万元"),
        ("古樟书房2024年借还了多少册次？", "75396", "册次"),
        ("城西大队2024年查处酒驾多少起？", "871", "起"),
    ],
)
def test_words_of_its_own_between_row_and_column(
    ask: Callable[[str], Answer], question: str, number: str, unit: str
) -> None:
    (value,) = ask(question).values
    assert (value.number, value.unit) == (number, unit)


@pytest.mark.parametrize(
    "question",
    [
        "2024年双沟县省级补助已经支出了多少？",  # what was allotted, not what was spent
        "2024年双沟县比石桥县省级补助多多少册次？",
        "古樟书房2024年丢失了多少册次？",
        "城南大队2024年查处酒驾多少起？",
        "城西大队2024年查处醉驾多少起？",
        "如果双沟县省级补助减半，应该给多少万元？",
    ],
)
def test_another_deed_stage_or_row_is_not_taken(
    ask: Callable[[str], Answer], question: str
) -> None:
    answer = ask(question)
    assert not (answer.outcome.given and answer.values)
