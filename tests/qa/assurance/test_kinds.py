"""Answers of another kind than was asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.model import Answer

Ask = Callable[..., Answer]
Asking = Callable[[str, str], Ask]

LINES = """栖湾市热线服务中心热线工单项目2023年度绩效自评报告

一、完成情况

1.有效投诉量。该指标年初设定有效投诉量为10件，实际有效投诉量为4件。
2.受理工单。全年受理工单200件，其中咨询类工单150件。
"""


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("热线工单项目2023年投诉件数里有效投诉占几成？", None),
        ("热线工单项目2023年咨询类工单占受理工单的百分之几？", "75.00"),
    ],
)
def test_a_share_is_of_what_happened_not_of_an_aim(
    asking: Asking, question: str, number: str | None
) -> None:
    answer = asking("lines.txt", LINES)(question)
    assert [value.number for value in answer.values] == ([number] if number else [])


CARS = """栖湾市热线服务中心2022年度部门决算

一、“三公”经费

报废公务用车1辆，年末保有量为3辆。公务用车运行维护费3.51万元，使用年数8年。
"""


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("栖湾市热线服务中心2022年公务用车多少辆？", None),
        ("请列明栖湾市热线服务中心2022年度公务用车的辆数。", None),  # nor is it 年数
        ("栖湾市热线服务中心2022年报废公务用车多少辆？", "1"),
    ],
)
def test_what_was_done_away_with_is_no_number_of_what_there_is(
    asking: Asking, question: str, number: str | None
) -> None:
    answer = asking("cars.txt", CARS)(question)
    assert [value.number for value in answer.values] == ([number] if number else [])


SHEET = """栖湾市水务局老旧管网改造项目2023年度绩效评价报告

项目名称：老旧管网改造项目
项目单位：栖湾市水务局

一、采购情况

2023年项目采购设备53台，合同总金额4,001.20万元，其中CT检漏仪6台。2023年末农村低保9,061人，城市低保5,872人。

表1 评分表

一级指标\t三级指标\t分值\t得分
产出\t改造长度\t15\t12.5
效益\t爆管次数\t10\t6.0
效益\t用户满意度\t25\t20
"""


@pytest.mark.parametrize(
    "question",
    [
        "栖湾市水务局2023年CT设备的合同总金额是多少万元？",  # that of all equipment is told
        "2023年栖湾市的爆管次数是多少？",  # the marks of the indicator are told
        "栖湾市农村低保人数2023年末比2022年末少了多少人？",  # two things of one year are told
    ],
)
def test_another_thing_measure_or_year_is_not_given(asking: Asking, question: str) -> None:
    answer = asking("sheet.txt", SHEET)(question)
    assert not answer.values, answer.text


def test_marks_are_given_where_they_are_asked_for(asking: Asking) -> None:
    answer = asking("sheet.txt", SHEET)("栖湾市2023年老旧管网改造项目爆管次数得分是多少？")
    assert [value.number for value in answer.values] == ["6.0"], answer.text
