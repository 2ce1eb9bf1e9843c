"""One figure that readers ask for in plain words: how late, of which group, what it came to, at what rate."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.model import Answer

REPORT = """桦溪县水务局2023年度河道整治项目绩效评价报告

单位名称：桦溪县水务局
项目名称：河道整治项目

一、产出情况

东沟标段因管线迁改滞后37天。石湾泵站工期比合同约定延误24天。验收资料移交晚于计划16天。

全县护河员312名，其中60岁以上的有95名，高中及以上学历的有141名。年末入园企业累计88家，其中规模以上工业企业31家。

巡河员抽测排口4200个，超标189个。巡查发现问题860个，整改774个。

查处违法采砂案件14起，罚没款52.60万元。会计师事务所核减工程价款318.40万元。重复申领补贴涉及金额23,500元。

陈列馆的展厅划分为6个展区。

项目年初由7个子项目组成，年中取消3个子项目，新增1个子项目。

表1 护河员分类
类型\t培训人数（人）\t取证人数（人）
专职\t180\t153
兼职\t132\t66
合计\t312\t219
"""

ACCOUNTS = """松岭县医疗急救中心2023年度部门决算公开

第一部分 概况

单位名称：松岭县医疗急救中心

第二部分 决算情况说明

本年收入合计2,120.40万元，比上年减少85.30万元。本年支出合计1,980.50万元，比上年减少64.20万元，主要是2016—2018年的旧账上年已经结清。

全年预算执行率94.20%，较上年提高3.15个百分点。平均响应时间12.4分钟，比上年缩短2.6分钟。
"""


@pytest.fixture(scope="module")
def ask_accounts(asking: Callable[[str, str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return asking("松岭县医疗急救中心2023年度部门决算.txt", ACCOUNTS)


@pytest.fixture(scope="module")
def ask(asking: Callable[[str, str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return asking("桦溪县水务局2023年度河道整治项目绩效评价报告.txt", REPORT)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        # How late something was.
        ("河道整治项目东沟标段因管线迁改比计划晚了几天完工？", "37"),
        ("河道整治项目东沟标段比合同约定的工期晚了几天？", "37"),
        ("河道整治项目东沟标段因管线迁改，工期拖后了几天？", "37"),
        ("河道整治项目石湾泵站的工期比合同晚了几天？", "24"),
        ("河道整治项目验收资料移交比计划晚了多少天？", "16"),
        # A group that is named by a bound.
        ("桦溪县水务局2023年60岁以上的护河员有几名？", "95"),
        ("桦溪县水务局2023年护河员60岁以上多少名？", "95"),
        ("桦溪县水务局2023年护河员里，高中及以上的有几位？", "141"),
        ("桦溪县水务局2023年规模以上工业企业有几家？", "31"),
        # What a deed came to.
        ("桦溪县水务局2023年查处违法采砂的罚没款一共是多少万元？", "52.60"),
        ("桦溪县水务局2023年核减工程价款的金额是多少万元？", "318.40"),
        # A rate of two numbers of which neither is called so alone.
        ("桦溪县水务局2023年巡河员抽测排口的超标率是多少？", "4.5"),
        ("桦溪县水务局2023年专职护河员的取证率是多少？", "85"),
        # A character of a verb is no half of a word.
        ("桦溪县水务局2023年陈列馆的展厅划分成几个展区？", "6"),
        # What was left in the end.
        ("河道整治项目2023年砍了又加之后最后剩几个子项目？", "5"),
    ],
)
def test_the_figure_is_given(ask: Callable[[str], Answer], question: str, number: str) -> None:
    answer = ask(question)
    numbers = [value.number for value in answer.values]
    assert any(
        each.rstrip("0").rstrip(".") == number.rstrip("0").rstrip(".") for each in numbers
    ), answer.text


@pytest.mark.parametrize(
    ("question", "never"),
    [
        ("河道整治项目西沟标段比计划晚了几天完工？", "37"),
        ("桦溪县水务局2023年60岁以上的护河员有几名？", "312"),
        ("桦溪县水务局2023年超过100万元的企业有几家？", "31"),
        ("桦溪县水务局2023年女护河员的取证率是多少？", "70.19"),
        ("桦溪县水务局2023年一共支付了多少工程价款？", "318.40"),
    ],
)
def test_no_other_figure_is_given(ask: Callable[[str], Answer], question: str, never: str) -> None:
    assert never not in [value.number for value in ask(question).values]
