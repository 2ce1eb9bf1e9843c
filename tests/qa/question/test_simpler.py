"""What may be left out of a question, and what may not."""

import pytest

from qa.question.simpler import simpler


@pytest.mark.parametrize(
    ("question", "shortest"),
    [
        ("请说明甲县2023年供水那个项目的实际支出是多少？", "说明甲县2023年供水项目的支出是多少？"),
        ("甲局2023年接待费（公务接待费）花了多少？", "甲局2023年接待费花了多少？"),
        ("甲局全年预算数是多少万元？", None),
        ("甲局2023年一共接待了多少批？", None),
        ("甲局2023年支出那个是多少呢？", "甲局2023年支出那个是多少？"),
    ],
)
def test_what_is_left(question: str, shortest: str | None) -> None:
    found = list(simpler(question))
    assert (found[-1] if found else None) == shortest


def test_the_least_is_left_out_first() -> None:
    found = list(simpler("请问甲局供水那个项目（一期）到底花了多少？"))
    assert found == [
        "甲局供水那个项目（一期）到底花了多少？",
        "甲局供水项目（一期）到底花了多少？",
        "甲局供水项目到底花了多少？",
        "甲局供水项目花了多少？",
    ]
