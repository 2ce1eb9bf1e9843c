"""Questions as budget officers type them: plans, 三公 budgets, distances from aims, years that are gone on to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from ingest.settings import Settings
from qa.engine import Conversation, Engine
from qa.model import Answer, Outcome

REPORT = """临沂县水务局2023年度部门决算

第一部分 部门概况

一、人员情况

部门编制186名，年末实有在职人员172人，退休人员94人。

第二部分 决算情况

一、“三公”经费

2023年度“三公”经费财政拨款支出预算为62.00万元，支出决算为50.57万元，完成预算的81.6%。

“三公”经费两年对比表（单位：万元）
项目\t2023年决算数\t2022年决算数
因公出国（境）费\t0.00\t0.00
公务用车运行维护费\t32.19\t28.10
公务接待费\t18.38\t9.05
“三公”经费合计\t50.57\t37.15

二、机关运行经费

2023年度本部门机关运行经费支出198.74万元，比上年决算数减少13.32万元，下降6.3%。2022年度机关运行经费支出212.06万元。

三、政府采购

2023年政府采购支出总额1,987.63万元，其中货物支出142.38万元、工程支出1,210.45万元、服务支出634.81万元。授予中小企业合同金额1,200.00万元。

四、评价情况

得分情况：过程类指标分值25分，得分20.50分，得分率84.0%。

表2 绩效目标完成情况表
指标名称\t年初目标值\t实际完成值\t分值\t得分
除险加固水库座数\t20座\t18座\t10\t9
农村自来水普及率\t≥90%\t91.2%\t10\t10

表3 评分表
一级指标\t三级指标\t分值\t得分
过程\t资金使用\t15\t12.5
过程\t制度执行\t10\t8
"""


@pytest.fixture(scope="module")
def ask(asking: Callable[[str, str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return asking("临沂县水务局2023年度部门决算.txt", REPORT)


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        # A stage that the row of that name has not, and a sentence has.
        ("临沂县水务局2023年三公经费预算是多少？", "62.00", "万元"),
        ("临沂县水务局23年三公钱比预算少花了多少？", "11.43", "万元"),
        ("临沂县水务局23年底在职人员有多少？", "172", "人"),
        ("临沂县水务局2023年除险加固水库座数目标是多少？", "20", "座"),
        ("临沂县水务局2023年除险加固水库座数差目标几座？", "2", "座"),
        ("临沂县水务局2023年农村自来水普及率离目标差几个百分点？", "1.2", "个百分点"),
        (
            "What was the 三公经费支出决算 of 临沂县水务局 in 2023, in yuan (元)?",
            "505700",
            "元",
        ),
        ("临沂县水务局2023年政府采购支出总额中服务类采购占比多少？", "31.94", "%"),
    ],
)
def test_the_first_value(
    ask: Callable[[str], Answer], question: str, number: str, unit: str
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    first = answer.values[0]
    assert (first.number.replace(",", ""), first.unit) == (number, unit), answer.text


def test_fewer_than_the_posts_are_not_those_who_retired(ask: Callable[[str], Answer]) -> None:
    answer = ask("临沂县水务局2023年末在职人员比编制少几个？")
    assert "78" not in [value.number for value in answer.values], answer.text


def test_a_rate_that_a_sentence_tells_is_held_against_its_scores(
    ask: Callable[[str], Answer],
) -> None:
    answer = ask("临沂县水务局2023年评价中，过程类指标的得分率是多少？")
    assert answer.outcome is Outcome.CONTRADICTED
    assert "84.0%" in answer.text
    assert "82.00%" in answer.text


def test_what_the_report_calls_it(ask: Callable[[str], Answer]) -> None:
    answer = ask("临沂县水务局2023年授予中小企业的采购合同金额是多少？")
    assert [value.number.replace(",", "") for value in answer.values] == ["1200.00"]
    assert answer.remarks == ("报告中写作“授予中小企业合同金额”。",)
    assert not ask("临沂县水务局2023年授予中小企业合同金额是多少？").remarks


def test_three_parts_that_miss_their_sum_by_rounding(ask: Callable[[str], Answer]) -> None:
    answer = ask(
        "临沂县水务局2023年货物、工程、服务三项加起来是1987.64万元，怎么总额写的是1987.63，报告算错了吗？"
    )
    assert "四舍五入" in answer.text


def test_a_year_behind_a_change_asks_for_the_amount() -> None:
    library = MemoryLibrary.of([read_document(REPORT.encode(), "临沂县水务局2023年度部门决算.txt")])
    engine, talk = Engine(library, Settings()), Conversation()
    for question in ("临沂县水务局2023年机关运行经费支出是多少？", "比上年下降了百分之几？"):
        engine.ask(question, conversation=talk)
    answer = engine.ask("那2022年是多少？", conversation=talk)
    assert [value.number for value in answer.values] == ["212.06"], answer.text
