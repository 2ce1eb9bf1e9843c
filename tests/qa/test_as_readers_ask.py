"""Wordings of readers over one evaluation: what no row states, slips of the report, premises; made up."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Conversation, Engine
from qa.model import Answer, Outcome

REPORT = """2023年度清洛县水利局泵站更新项目绩效评价报告

项目名称：泵站更新项目
项目单位：清洛县水利局
评价年度：2023年

一、项目概况

（一）资金情况

该项目2023年年初预算安排资金为280.00万元，预算调整率为0%。资金实际使用259.84万元，实际使用数比上年增加12.60万元。其中：泵站设备支出148.60万元，渠道清淤支出82.44万元，人员培训支出26.80万元。

（二）子项目

该项目年初预算由7个子项目组成，年中取消2个子项目，新增1个子项目。最终调整后的5个子项目均按计划完成。

全县120项审批事项实行告知承诺，80项审批事项的140份材料可容缺受理。

二、开展情况

表1 子项开展情况

序号\t项目名称\t服务时间\t完成情况
1\t北闸泵站维护项目\t2023年1月-2023年12月\t2023年12月8日验收
2\t东渠泵站维护项目\t2023年1月-2023年12月\t形成维护记录，未见设备验收材料
3\t南坝泵站维护项目\t2023年1月-2023年12月\t未见验收材料
4\t西堤管护培训项目\t2023年1月-2023年12月\t已完成

表2 通信费用明细

项目\t支付金额（元）
电信短信、上网和专线费用\t1200.00
移动上网、短信和专线费用\t800.50
联通上网、短信和专线费用\t300.25
机房电费\t5000.00

表3 各片区受益和资金情况

片区\t受益农户（户）\t资金使用（万元）
城东片区\t820\t100.00
城西片区\t640\t159.84

三、绩效分析

（一）项目管理绩效指标分析

1.目标设置

（1）目标合理性指标：该指标设定分值为9分，评价得分为9分。

（2）目标规范性指标：该指标设定分值为8分，评价得分为7分。

2.组织实施

（1）采购合规性指标：该指标设定分值为8分，评价得分为6分。

（二）项目产出分析

产出部分分值30分。1. 设备抽检合格率：年度指标值98%，抽检50批次，合格率97.6%。\
2. 补助发放及时率：年度指标值100%，及时率91.7%。
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    path = tmp_path_factory.mktemp("ask") / "泵站更新2023.txt"
    path.write_text(REPORT, encoding="utf-8")
    library = MemoryLibrary([path])
    return Engine(library, SimpleNamespace(abstain_threshold=0.55))


@pytest.fixture(scope="module")
def ask(engine: Engine) -> Callable[..., Answer]:
    def asked(*questions: str) -> Answer:
        conversation = Conversation()
        answers = [engine.ask(each, conversation=conversation) for each in questions]
        return answers[-1]

    return asked


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        (("清洛县泵站更新项目三家运营商的短信、上网和专线费用一共付了多少元？",), "2300.75元"),
        (("清洛县泵站更新项目各片区受益和资金情况表里，两个片区合计受益农户多少户？",), "1460户"),
        (("清洛县泵站更新项目“项目管理绩效指标分析”部分各指标的得分加起来是多少分？",), "22分"),
        (("清洛县泵站更新项目“子项开展情况”表里，完成情况写明未见验收材料的有几个？",), "2 个"),
        (("清洛县泵站更新项目设备抽检合格率的目标值和实际值分别是多少？",), "97.6%"),
        (("清洛县泵站更新项目补助发放及时率的目标值和实际值分别是多少？",), "91.7%"),
        (("清洛县2023年可容缺受理的审批事项有多少项？",), "80项"),
        (("清洛县2023年实行告知承诺的审批事项有多少项？",), "120项"),
        (("清洛县泵站更新项目2022年实际用了多少钱？",), "247.24万元"),
    ],
)
def test_what_is_asked_is_worked_out(
    ask: Callable[..., Answer], questions: tuple[str, ...], said: str
) -> None:
    answer = ask(*questions)
    assert answer.outcome.given, answer.text
    assert said in answer.text


@pytest.mark.parametrize(
    ("question", "stated", "worked_out"),
    [
        ("清洛县泵站更新项目取消和新增之后最终是几个子项目？", "5个", "6个"),
        ("清洛县泵站更新项目2023年资金实际用了多少？", "259.84万元", "257.84万元"),
    ],
)
def test_what_contradicts_itself_is_told_with_both(
    ask: Callable[..., Answer], question: str, stated: str, worked_out: str
) -> None:
    answer = ask(question)
    assert stated in answer.text
    assert worked_out in answer.text
    assert "矛盾" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "清洛县泵站更新项目2023年年中追加了多少预算？",
        "清洛县泵站更新项目2023年预算为什么调增？",
    ],
)
def test_a_budget_that_was_not_adjusted(ask: Callable[..., Answer], question: str) -> None:
    assert "没有调整" in ask(question).text


def test_what_was_held_back_is_nothing_to_follow_up(ask: Callable[..., Answer]) -> None:
    answer = ask("清洛县泵站更新项目的通信费用里，除三家运营商以外，哪项付得最多？", "付了多少元？")
    assert answer.outcome is not Outcome.ANSWERED


@pytest.mark.parametrize("said", ["除了机房电费，", "除机房电费外，"])
def test_what_is_left_out_is_no_answer(ask: Callable[..., Answer], said: str) -> None:
    answer = ask(f"清洛县泵站更新项目通信费用明细里，{said}支付金额最高的是哪一项？")
    assert not answer.outcome.given or "5000" not in answer.text
