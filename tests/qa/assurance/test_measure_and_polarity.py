"""Questions for a plan, for those who did not, for another measure or side, near to what is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.model import Answer, Outcome

REPORT = """沅陵县就业服务中心2023年度稳就业项目绩效自评报告

单位名称：沅陵县就业服务中心
项目名称：稳就业项目

一、资金情况

2023年共收到稳就业资金4,820.00万元，其中省级资金1,120.00万元、县级资金550.00万元。2023年“三公”经费支出95.45万元，比上年增加7.13万元，增长8.1%。

二、完成情况

改造危桥14座，尚有9座危桥未完成改造。新修机耕路86.4公里，维修泵站11座，新打机井45眼。困难群众参保3.28万人。亩均增收118元，亩均投资标准1,750元。

抽查的25座泵站中，4座未落实管护主体，2座已停用。抽查的60个项目中，7个项目档案不完整。追回资金482.36万元，处以罚款126.50万元，其中自查退回215.40万元。

三、满意度

回收问卷764份，其中对报销比例不满意96人，对经办服务不满意31人。

登记社会组织426家，离退休人员97人。24座水库中仅有15座落实了经费。完成竣工验收17座小型水库。

总体目标：改造食堂20所。
实际完成食堂改造12所。

表1 绩效目标完成情况表
指标名称\t年初目标值\t实际完成值\t分值\t得分
职业培训人数\t5,000人\t3,960人\t20\t15.8
登记失业率\t≤4.5%\t3.2%\t10\t10
死亡人数下降率\t≥10%\t12.5%\t10\t10
农户满意度\t≥90%\t89.4%\t10\t9.5

表2 分乡镇参保缴费情况
乡镇\t应参保人数（人）\t实际参保人数（人）\t个人缴费金额（万元）
龙潭镇\t95,200\t92,110\t4,209.80
白石乡\t62,400\t58,730\t2,035.60
合计\t157,600\t150,840\t6,245.40

表3 “三公”经费支出表（万元）
项目\t预算数\t决算数
公务用车购置及运行维护费\t32.00\t22.10
公务接待费\t9.00\t7.15

表4 资金使用情况（万元）
片区\t到位资金\t实际支出\t结余
东片\t4,100.00\t3,700.00\t400.00
西片\t3,950.00\t3,786.50\t163.50
"""


@pytest.fixture(scope="module")
def ask(asking: Callable[[str, str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return asking("沅陵县就业服务中心2023年度稳就业项目绩效自评报告.txt", REPORT)


@pytest.mark.parametrize(
    ("question", "never"),
    [
        # The plan is asked for, and what came of it is told.
        ("改造危桥目标", "14"),
        ("沅陵县计划新修机耕路多少公里", "86.4"),
        ("一共改造了多少所食堂", "20"),
        # Those who did, and those who did not.
        ("还有几座危桥没改造", "14"),
        ("对报销比例满意的有多少人", "96"),
        ("抽查项目中档案完整的有多少个", "7"),
        ("有管护主体的泵站有几座", "4"),
        # The stock, and what was done to some of it.
        ("全县危桥一共有多少座", "14"),
        ("困难群众一共有多少人", "3.28"),
        # Another deed, thing, column or account.
        ("维修机井多少眼", "45"),
        ("人均增收多少", "118"),
        ("亩均支出多少", "1750"),
        ("龙潭镇参保人数", "95200"),
        ("白石乡财政补助金额", "2035.60"),
        ("公务用车购置费多少", "22.10"),
        ("公务用车运行维护费多少", "22.10"),
        ("县级资金支出多少", "550.00"),
        ("2023年支出增幅", "8.1"),
        # Another measure.
        ("死亡人数是多少", "12.5"),
        ("职业培训少完成多少人", "3960"),
        ("东片到位资金比支出多多少", "3700.00"),
        # One of two in one name, some of a whole, one size, another year.
        ("退休人员多少", "97"),
        ("有几座水库落实了经费", "24"),
        ("小（1）型水库验收几座", "17"),
        ("明年职业培训人数目标", "5000"),
    ],
)
def test_no_other_number_is_given(ask: Callable[[str], Answer], question: str, never: str) -> None:
    answer = ask(question)
    assert never not in [value.number.replace(",", "") for value in answer.values], answer.text


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("职业培训人数目标", "5000"),
        ("登记失业率目标", "4.5"),
        ("农户满意度目标是多少", "90"),
        ("职业培训人数实际完成多少", "3960"),
        ("改造危桥多少座", "14"),
        ("维修泵站多少座", "11"),
        ("龙潭镇应参保人数", "95200"),
        ("龙潭镇个人缴费金额", "4209.80"),
        ("县级资金多少", "550.00"),
        ("亩均增收多少", "118"),
    ],
)
def test_what_is_asked_for_is_given(
    ask: Callable[[str], Answer], question: str, number: str
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert [value.number.replace(",", "") for value in answer.values] == [number]


@pytest.mark.parametrize(
    ("question", "number"), [("追回资金多少", "482.36"), ("处以罚款多少", "126.50")]
)
def test_a_part_of_an_amount_further_before_accuses_nothing(
    ask: Callable[[str], Answer], question: str, number: str
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert [value.number for value in answer.values] == [number]
