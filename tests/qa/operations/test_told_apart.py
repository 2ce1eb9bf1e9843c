"""Amounts that follow from a value and a change that another sentence tells of it, and those that do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.model import Answer, Check

Ask = Callable[..., Answer]
Asking = Callable[[str, str], Ask]

COURT = """望海县人民法院2022年度部门决算说明

一、收入支出决算总体情况说明

2022年度收入总计820.40万元，其中：本年收入合计815.00万元。

2022年度支出总计820.40万元，其中：本年支出合计801.00万元。

与上年相比，收入支出总体增加40.40万元，增长5.18%。

二、“三公”经费支出决算情况说明

望海县人民法院2022年度“三公”经费支出年初预算40.00万元，支出决算26.00万元。其中：公务用车运行维护费支出决算22.00万元；公务接待费支出决算4.00万元。

与上年相比，2022年度“三公”经费支出决算数减少10.50万元，下降28.77%。其中：公务用车运行维护费支出决算减少8.50万元，下降27.87%；公务接待费支出决算减少2.00万元。

三、具体情况

（一）公务用车运行维护费支出22.00万元，用于执法执勤用车。

公务用车运行维护费支出决算数比预算数减少3.00万元，下降12.00%。

（二）公务接待费支出4.00万元，接待40批次。公务接待费支出决算数比预算数减少11.00万元，下降73.33%。
"""

ROUNDABOUT = """望山区2021年“三公”经费决算要点

望山区2021年“三公”经费合计1200.50万元，构成如下（万元）：
项目\t金额
公务接待费\t300.50
公务用车购置及运行维护费\t900.00

变动：比上年决算少299.50万元，降幅19.97%；比年初预算少400.00万元，降幅24.99%。
"""

BOTH = """望江县档案馆2021年度单位决算

一、收支

2021年度收、支总计均为605.20万元。与2020年度相比，收、支均减少20.30万元，下降3.25%。
"""


@pytest.fixture(scope="module")
def court(asking: Asking) -> Ask:
    return asking("fy.txt", COURT)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("望海县人民法院2021年三公经费支出是多少", "36.50"),
        ("望海县人民法院2021年公务用车运行维护费是多少", "30.50"),
        ("望海县人民法院2021年公务接待费决算支出数是多少", "6.00"),
        ("望海县人民法院2021年收支总额是多少", "780.00"),
        ("按2022年决算倒推，望海县人民法院2021年收支总计是多少", "780.00"),
        ("望海县人民法院2022年公务接待费的年初预算是多少", "15.00"),
        ("望海县人民法院2022年公务用车运行维护费的预算数是多少", "25.00"),
    ],
)
def test_what_a_change_elsewhere_leads_back_to(court: Ask, question: str, number: str) -> None:
    first = court(question).values[0]
    assert (first.number, first.check) == (number, Check.DERIVED)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("望海县人民法院2022年公务接待费比上年下降百分之几", "-33.33"),
        ("望海县人民法院2022年收入总计比上年增长百分之几", "5.18"),
    ],
)
def test_rates_of_a_value_and_its_change(court: Ask, question: str, number: str) -> None:
    assert court(question).values[0].number == number


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("望山区2020年三公经费决算是多少", "1500.00"),
        ("望山区2021年三公经费年初预算是多少", "1600.50"),
    ],
)
def test_a_change_without_a_name_is_told_by_its_rate(
    asking: Asking, question: str, number: str
) -> None:
    assert asking("ws.txt", ROUNDABOUT)(question).values[0].number == number


def test_the_change_of_both_sides(asking: Asking) -> None:
    ask = asking("wj.txt", BOTH)
    assert ask("望江县档案馆2020年收支总计是多少").values[0].number == "625.50"
    assert ask("望江县档案馆2021年收支总计比2020年减少多少").values[0].number == "20.30"


@pytest.mark.parametrize(
    ("changed", "by", "question"),
    [
        # The rate does not follow from the value.
        ("下降28.77%", "下降40.00%", "望海县人民法院2021年三公经费支出是多少"),
        # Income and expenditure are not alike: what is told of both is told of neither.
        ("支出总计820.40万元", "支出总计790.40万元", "望海县人民法院2021年收支总额是多少"),
        ("支出总计820.40万元", "支出总计790.40万元", "望海县人民法院2021年收入总计是多少"),
        # A change against the budget of another year.
        (
            "公务接待费支出决算数比预算数减少",
            "公务接待费支出决算数比上年预算数减少",
            "望海县人民法院2022年公务接待费的年初预算是多少",
        ),
        # The budget after changes is not the one at the start of the year.
        (
            "公务接待费支出决算数比预算数减少",
            "公务接待费支出决算数比调整预算数减少",
            "望海县人民法院2022年公务接待费的年初预算是多少",
        ),
        # Two changes of one name.
        (
            "三、具体情况",
            "三、具体情况\n\n2022年度“三公”经费支出决算数比上年减少9.00万元。",
            "望海县人民法院2021年公务接待费支出合计是多少",
        ),
    ],
)
def test_stays_silent(asking: Asking, changed: str, by: str, question: str) -> None:
    assert changed in COURT
    assert not asking("fy.txt", COURT.replace(changed, by))(question).outcome.given


@pytest.mark.parametrize(
    "question",
    [
        "望海县人民法院2020年三公经费支出是多少",  # two years back
        "望海县人民法院2021年本年收入合计是多少",  # the total's change is not that of its part
        "望海县人民法院2021年本年支出合计是多少",
        "望海县人民法院2021年公务用车购置费是多少",
    ],
)
def test_another_year_or_part_is_not_told(court: Ask, question: str) -> None:
    assert not court(question).outcome.given


ROLLS = """栖湾市民政局2023年度部门决算公开

一、主要工作完成情况

2023年末高龄津贴对象58人，比上年末增加1,043人；孤儿保障对象310人，比上年末减少64人。
"""


@pytest.mark.parametrize(("name", "number"), [("高龄津贴对象", None), ("孤儿保障对象", "374")])
def test_nobody_is_fewer_than_none(asking: Asking, name: str, number: str | None) -> None:
    answer = asking("rolls.txt", ROLLS)(f"栖湾市民政局2022年末{name}多少人？")
    assert [value.number for value in answer.values] == ([number] if number else [])
