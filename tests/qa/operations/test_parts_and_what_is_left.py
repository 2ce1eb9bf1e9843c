"""Shares in a sum that the report adds up, what is left of an amount, what is still to arrive, averages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.model import Answer, Outcome

Ask = Callable[..., Answer]
Asking = Callable[[str, str], Ask]

COMMITTEE = """临溪县政协2022年度部门整体支出绩效评价报告

一、部门收支概况

2022年临溪县政协决算收入812.20万元。

当年支出806.50万元，由三块组成：人员经费438.10万元，公用经费79.40万元，项目支出289.00万元。

二、政府采购

全年政府采购支出总额709.60万元，按类别分：货物0万元，工程39.10万元，服务670.50万元。

三、公务接待

公务接待费支出1.80万元，比上年减少0.20万元。国内公务接待20批次、150人次，没有外事接待。
"""

ROADS = """临溪县2022年度财政衔接资金道路建设项目绩效自评报告

一、批复情况

项目分三批实施，批复投资如下：

批次\t批复总投资（万元）
一批项目\t3374.30
二批项目\t2069.50
三批项目\t778.60
合计\t6222.40

二、资金执行情况

衔接资金2180万元已安排到相关项目。截至2022年12月8日拨付2114.60万元，执行率97%。

三、配套情况

县级配套资金应到位1,100.00万元，实际到位880.00万元，到位率80.00%。
"""

LEVELS = """临溪县2023年度专项资金使用情况表

单位：万元

项目\t年初预算数\t支出决算数
道路养护\t500.00\t310.00
桥梁维修\t320.00\t450.00
站点改造\t410.00\t305.00
合计\t1230.00\t1065.00
"""


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("临溪县政协2022年人员经费占总支出的比重是多少", "54.32"),
        ("临溪县政协2022年政府采购里服务类占多少", "94.49"),
        ("临溪县政协2022年政府采购中工程占百分之几", "5.51"),
    ],
)
def test_a_part_of_a_sum_that_holds(asking: Asking, question: str, number: str) -> None:
    answer = asking("zx.txt", COMMITTEE)(question)
    assert answer.values[0].number == number, answer.text


def test_batches_together_are_all_of_them(asking: Asking) -> None:
    answer = asking("dl.txt", ROADS)("临溪县2022年道路建设一批项目批复总投资占三批合计的百分之几")
    assert answer.values[0].number == "54.23", answer.text


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("临溪县2022年衔接资金到12月8日还有多少没拨", "65.40"),
        ("临溪县2022年县级配套资金还差多少没到位", "220.00"),
        ("临溪县2022年县级配套资金到年底还有多少没有到位", "220.00"),
    ],
)
def test_what_is_left_and_still_to_come(asking: Asking, question: str, number: str) -> None:
    answer = asking("dl.txt", ROADS)(question)
    assert answer.values[0].number == number, answer.text


def test_what_did_not_arrive_is_no_money_unspent(asking: Asking) -> None:
    answer = asking("dl.txt", ROADS)("临溪县2022年衔接资金还差多少没到位")
    assert answer.outcome is not Outcome.ANSWERED or "65.4" not in answer.text


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("临溪县政协2022年公务接待平均每批次多少人次", "7.50"),
        ("临溪县政协2022年公务接待平均每人次花多少元", "120.00"),
        ("临溪县政协2022年公务接待费按接待人次摊下来，人均多少元", "120.00"),
    ],
)
def test_what_a_reception_cost(asking: Asking, question: str, number: str) -> None:
    answer = asking("zx.txt", COMMITTEE)(question)
    assert answer.values[0].number == number, answer.text


@pytest.mark.parametrize(
    ("question", "name", "number"),
    [
        ("临溪县2023年专项资金哪个项目的支出决算数最高", "桥梁维修", "450.00"),
        ("临溪县2023年专项资金哪个项目的年初预算数最高", "道路养护", "500.00"),
    ],
)
def test_the_column_asked_for_is_ranked(
    asking: Asking, question: str, name: str, number: str
) -> None:
    answer = asking("zj.txt", LEVELS)(question)
    assert (answer.values[0].number, name in answer.text) == (number, True), answer.text


BUREAU = """临溪县水务局2022年度“三公”经费支出决算情况说明

临溪县水务局2022年度“三公”经费支出预算为49.90万元，支出决算为7.69万元，完成预算的15.41%。
"""


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        ("临溪县水务局2022年三公经费决算是多少", "7.69", "万元"),
        ("临溪县水务局2022年三公经费预算是多少", "49.90", "万元"),
        ("临溪县水务局2022年三公经费完成预算的百分之几", "15.41", "%"),
    ],
)
def test_an_account_behind_its_budget(
    asking: Asking, question: str, number: str, unit: str
) -> None:
    answer = asking("sw.txt", BUREAU)(question)
    assert (answer.values[0].number, answer.values[0].unit) == (number, unit), answer.text
