"""Follow-ups, premises and checks as readers put them to one report; a made-up body with its evaluation."""

from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from qa.engine import Conversation, Engine
from qa.model import Answer, Outcome

ACCOUNTS = """2023年度松陵县农业局部门决算

一、收入支出情况说明

2023年度松陵县农业局基本支出900.00万元，比上年决算数减少60.00万元，下降6.25%。
一般公共预算财政拨款支出1,200.00万元，比年初预算数减少300.00万元，下降20.0%。
新增标准化大棚120座，累计建成标准化大棚860座。全年新增有机认证基地14个。

二、支出明细

表1 基本支出明细表
单位：万元
项目\t金额
工资福利支出\t700.01
基本工资\t300.00
津贴补贴\t250.00
奖金\t150.00
商品和服务支出\t199.99
办公费\t17.89
邮电费\t5.23
水费\t176.87
合计\t900.00
"""
EVALUATION = """2022年度松陵县农业局“良种推广项目”绩效评价报告

一、项目概况

良种推广项目年初预算安排资金120.00万元，经过两次预算调减后项目年度预算为90.00万元，实际支出81.00万元，预算执行率90%。
年中取消2个子项目（田间课堂及种业论坛），调增1个子项目（冬季补种项目）。
项目运行无发生重大种子事故。

二、绩效分析

（1）农户大田供种的合格率指标：该指标年初设定大田供种的合格率为90%，实际大田供种的合格率96.3%。
（2）大田供种及时率指标：该指标年初设定大田供种的合格率为95%，实际大田供种的合格率为98.8%。
一是大屏采购项目的《固定资产申请表》未见部门领导的审批意见。

三、存在问题

大屏采购项目、闸机采购项目的《固定资产申请表》未见部门领导的审批意见。

四、评价结论

综合评分92.50分，评价等级为“优”。
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    documents = [
        read_document(ACCOUNTS.encode(), "松陵县农业局2023年度部门决算.txt"),
        read_document(EVALUATION.encode(), "松陵县农业局2022年良种推广项目绩效评价报告.txt"),
    ]
    return Engine(MemoryLibrary.of(documents), SimpleNamespace(abstain_threshold=0.55))


def told(engine: Engine, *turns: str) -> Answer:
    conversation = Conversation()
    return [engine.ask(turn, conversation=conversation) for turn in turns][-1]


@pytest.mark.parametrize(
    ("turns", "number"),
    [
        (("松陵县农业局2023年基本支出明细表里，办公费列支多少？", "邮电费呢？"), "5.23"),
        (("松陵县农业局2023年基本支出比上年下降了百分之几？", "那2022年的金额呢？"), "960.00"),
        (("松陵县农业局2023年新增了多少座标准化大棚？",), "120"),
        (("松陵县农业局2022年底累计建成标准化大棚多少座？",), "740"),
        (("松陵县农业局良种推广项目2022年年初预算是多少？", "两次调减以后呢？"), "90.00"),
        (("松陵县农业局2023年一般公共预算财政拨款支出的年初预算数是多少（由决算数和减少额推算）？",), "1500.00"),
    ],
)  # fmt: skip
def test_figures(engine: Engine, turns: tuple[str, ...], number: str) -> None:
    answer = told(engine, *turns)
    assert answer.outcome.given, answer.text
    assert answer.values[0].number == number, answer.text


@pytest.mark.parametrize(
    ("turns", "words"),
    [
        (("松陵县农业局2023年基本支出明细表中，金额仅次于基本工资的是哪一项？",), ["津贴补贴"]),
        (("松陵县农业局2022年良种推广项目的综合评分是多少？", "等级呢？"), ["优"]),
        (("松陵县农业局良种推广项目2022年取消的是哪两个子项目？", "调增的呢？"), ["冬季补种"]),
        (("松陵县农业局良种推广项目2022年田间课堂办得怎么样？",), ["取消"]),
        (("松陵县农业局2022年良种推广项目出现重大种子事故的原因是什么？",), ["前提", "无发生重大种子事故"]),
        (("松陵县农业局2023年工资福利支出700.01万元，可明细加起来是700.00万元，是表做错了吗？",), ["尾数"]),
    ],
)  # fmt: skip
def test_words(engine: Engine, turns: tuple[str, ...], words: list[str]) -> None:
    answer = told(engine, *turns)
    assert answer.outcome.given, answer.text
    assert [word for word in words if word not in answer.text] == [], answer.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("松陵县农业局2022年良种推广项目评价报告里，农户大田供种的合格率实际是多少？", ["96.3%", "98.8%"]),
        ("松陵县农业局2022年良种推广项目评价报告里，哪个采购项目的《固定资产申请表》没有审批意见？", ["大屏", "闸机"]),
    ],
)  # fmt: skip
def test_both_sides_are_told(engine: Engine, question: str, words: list[str]) -> None:
    answer = told(engine, question)
    assert answer.outcome is Outcome.CONTRADICTED, answer.text
    assert [word for word in words if word not in answer.text] == [], answer.text


def test_the_figure_just_shown_is_no_answer_to_a_follow_up(engine: Engine) -> None:
    turns = ("松陵县农业局2022年良种推广项目实际支出是多少？", "种子田的呢？")
    assert not told(engine, *turns).outcome.given
