"""Questions whose words stand with a figure by half, with the number beside it, or with another's name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.model import Answer, Outcome

REPORT = """桐原县综合执法局2023年度市容服务项目绩效评价报告

单位名称：桐原县综合执法局
项目名称：市容服务项目

一、产出情况

全年发现问题隐患612处，整改隐患588处，重大隐患19处。新增垃圾车32辆，报废垃圾车27辆，年末垃圾车总数410辆，其中新能源垃圾车166辆。

全年安装座椅210套，维护座椅735套。家庭医生签约42000人，续签31000人，履约28500人，解约640人。

应体检环卫工人2310人，实际体检2198人。申报专利14项，获得授权9项，其中发明专利3项。

镇卫生院11家，村卫生室152家，改造村卫生室26家，撤销村卫生室4家。受理投诉826件，办结791件，正在办理35件。

公众号推送文章420篇，点击量71万次，转发1.1万次。小学巩固率99.2%，高中毛入学率93.4%。

表1 各镇公厕与资金情况
镇\t受益人口（人）\t其中：女性（人）\t发现问题\t整改问题\t补助金额（万元）\t结算金额（万元）
东陵镇\t5230\t2610\t23\t21\t210\t195.5
西陵乡\t3875\t1902\t17\t12\t160\t150.2

表2 分季度巡查
路段\t一季度巡查次数\t二季度巡查次数
沿河路\t126\t141

表3 水质监测
断面\t监测次数\t达标次数\t达标率
沿河口\t24\t19\t79.2%

表4 设备
设备\t计量单位\t数量\t验收数量
彩超\t台\t36\t30
"""


@pytest.fixture(scope="module")
def ask(asking: Callable[[str, str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return asking("桐原县综合执法局2023年度市容服务项目绩效评价报告.txt", REPORT)


@pytest.mark.parametrize(
    ("question", "never"),
    [
        # One character of a word is not the word.
        ("桐原县综合执法局公众号点赞多少次", "71"),
        ("东陵镇结余金额多少万元", "195.5"),
        ("沿河口超标次数多少", "19"),
        ("东陵村受益人口多少", "5230"),
        ("桐原县综合执法局新建卫生院多少家", "26"),
        ("桐原县综合执法局撤销卫生院多少家", "4"),
        ("桐原县综合执法局拆了多少套座椅", "735"),
        # What was done to the things of another number.
        ("桐原县综合执法局重大隐患整改多少处", "19"),
        ("桐原县综合执法局新增新能源垃圾车多少辆", "166"),
        ("桐原县综合执法局报废新能源垃圾车多少辆", "166"),
        # Several numbers, and which of them is not said.
        ("桐原县综合执法局座椅多少套", "735"),
        ("桐原县综合执法局体检环卫工人多少人", "2310"),
        ("桐原县综合执法局专利有多少项", "3"),
        # What tells a thing from its like.
        ("东陵镇计划受益人口多少", "5230"),
        ("东陵镇补助标准多少", "210"),
        ("沿河路一月巡查多少次", "126"),
        ("东陵镇有多少男职工", "2610"),
        ("桐原县综合执法局小学毛入学率多少", "93.4"),
        ("彩超在用多少台", "36"),
        # Numbers whose column says no unit are looked at as all others.
        ("东陵镇没整改的问题多少", "21"),
        ("西陵乡没发现的问题多少", "17"),
        ("桐原县综合执法局没办完的投诉有多少件", "791"),
    ],
)
def test_no_other_number_is_given(ask: Callable[[str], Answer], question: str, never: str) -> None:
    answer = ask(question)
    assert never not in [value.number for value in answer.values], answer.text


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("桐原县综合执法局整改隐患多少处", "588"),
        ("桐原县综合执法局新增垃圾车多少辆", "32"),
        ("桐原县综合执法局新能源垃圾车多少辆", "166"),
        ("桐原县综合执法局维护座椅多少套", "735"),
        ("桐原县综合执法局家庭医生签约多少人", "42000"),
        ("桐原县综合执法局家庭医生履约多少人", "28500"),
        ("桐原县综合执法局家庭医生解约多少人", "640"),
        ("桐原县综合执法局应体检环卫工人多少人", "2310"),
        ("桐原县综合执法局发明专利多少项", "3"),
        ("桐原县综合执法局改造村卫生室多少家", "26"),
        ("桐原县综合执法局高中毛入学率多少", "93.4"),
        ("东陵镇受益人口多少", "5230"),
        ("东陵镇结算金额多少", "195.5"),
        ("东陵镇整改问题多少", "21"),
        ("沿河路一季度巡查多少次", "126"),
        ("沿河口达标次数多少", "19"),
        ("彩超数量多少台", "36"),
    ],
)
def test_what_is_asked_for_is_given(
    ask: Callable[[str], Answer], question: str, number: str
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert [value.number for value in answer.values] == [number]
