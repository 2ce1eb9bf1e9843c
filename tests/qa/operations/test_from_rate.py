"""Amounts of before, and budgets, that a rounded rate gives; only where what is near will do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.model import Answer, Check

Ask = Callable[..., Answer]
Asking = Callable[[str, str], Ask]

PARK = """望江高新技术产业园区管理委员会2022年绩效自评工作情况总结

一、完成情况

全年完成规上工业总产值240.5亿元，增长12.4%；高新技术产值88.6亿元，占比36.8%；技术合同成交额30.2亿元，比2019年增长60.0%；进出口总额18.0亿元，同比下降4.0%。园区职工满意度94.0%，同比增长1.5%。
"""

OFFICE = """望江县审计局2014年“三公”经费说明

一、2014年预算

公务接待费：预算30万元，比2013年预算下降14.3%。

二、2014年决算

公务接待费支出决算24.00万元，完成年初预算的80.0%。公务用车运行维护费支出决算12.00万元，完成调整预算的75.0%。
"""


@pytest.mark.parametrize(
    ("report", "question", "number", "unit"),
    [
        (PARK, "望江高新区2021年规上工业总产值大约是多少亿元", "213.97", "亿元"),
        (PARK, "按增幅推算，望江高新区2021年规上工业总产值是多少亿元", "213.97", "亿元"),
        (PARK, "按2022年的降幅倒推，望江高新区2021年进出口总额是多少亿元", "18.75", "亿元"),
        (OFFICE, "望江县审计局2013年公务接待费预算大约多少万元", "35.01", "万元"),
    ],
)
def test_amounts_that_rates_of_growth_give(
    asking: Asking, report: str, question: str, number: str, unit: str
) -> None:
    answer = asking("zp.txt", report)(question)
    first = answer.values[0]
    assert (first.number, first.unit, first.check) == (number, unit, Check.DERIVED)
    assert f"约{number}" in answer.text


def test_the_budget_that_a_rate_of_completion_gives(asking: Asking) -> None:
    report = OFFICE.replace("公务接待费：预算30万元，比2013年预算下降14.3%。", "略。")
    first = asking("sj.txt", report)("望江县审计局2014年公务接待费的年初预算应为多少").values[0]
    assert (first.number, first.unit) == ("30.00", "万元")


@pytest.mark.parametrize(
    ("report", "question"),
    [
        (PARK, "望江高新区2021年规上工业总产值是多少亿元"),  # the amount itself is asked for
        (PARK, "望江高新区2020年规上工业总产值大约是多少亿元"),  # two years back
        (PARK, "望江高新区2021年高新技术产值大约是多少亿元"),  # 36.8% is a share
        (PARK, "望江高新区2021年技术合同成交额大约是多少亿元"),  # has grown since 2019
        (PARK, "望江高新区2021年职工满意度大约是多少"),  # points or percent, who knows
        (OFFICE, "望江县审计局2013年公务用车运行维护费预算大约多少"),
        (OFFICE, "望江县审计局2014年公务用车运行维护费的年初预算应为多少"),
        (OFFICE, "望江县审计局2013年公务接待费支出大约多少"),  # what was spent is not the budget
    ],
)
def test_stays_silent(asking: Asking, report: str, question: str) -> None:
    assert not asking("zp.txt", report)(question).outcome.given
