"""Figures over years, asks with scopes of their own, projects told in a paragraph; two made-up reports."""

from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from qa.engine import Conversation, Engine
from qa.model import Answer, Outcome

ACCOUNTS = """松陵县农业局{year}年度部门决算

第一部分 部门概况

截至{year}年12月31日，本部门编制数86人，在职人员{staff}人。

第二部分 部门决算表

公开 03 表 支出决算表
单位：松陵县农业局 {year} 年度 金额单位：万元
科目编码 科目名称 本年支出合计 基本支出 项目支出
合计 {total} 900.00 {projects}
213 农林水支出 {total} 900.00 {projects}
2130104 事业运行 {running} 500.00 {own}
2130124 农村合作经济 300.00 100.00 200.00

公开 05 表 一般公共预算财政拨款支出决算表
单位：松陵县农业局 {year} 年度 金额单位：万元
科目编码 科目名称 小计 基本支出 项目支出
合计 1150.00 900.00 250.00
213 农林水支出 1150.00 900.00 250.00
2130104 事业运行 850.00 500.00 350.00
2130124 农村合作经济 300.00 100.00 200.00

第三部分 决算情况说明

一、国有资产占用情况
截至{year}年12月31日，本部门共有车辆{cars}辆，其中应急保障用车3辆、执法执勤用车{patrol}辆。
本年度更新购置执法执勤用车1辆。

二、政府采购情况
政府采购支出总额{bought}万元，其中货物支出40.00万元、服务支出30.00万元。

三、项目绩效自评结果
农机购置补贴项目自评得分{score}分。全年预算数{budget}万元，执行数{spent}万元，完成预算的95%。
良种推广项目自评得分91.5分。全年预算数80.00万元，执行数72.00万元，完成预算的90%。

四、{heading}
{counted}{handled}万件，群众满意率99%。
窗口受理政务咨询0.6万件。
"""
EARLIER = ACCOUNTS.format(
    year="2022", staff="80", total="1400.00", projects="500.00", running="950.00", own="450.00",
    cars="9", patrol="4", bought="70.00", score="93.2", budget="100.00", spent="95.00",
    heading="业务开展", counted="全年全县受理业务", handled="12.4",
)  # fmt: skip
LATER = ACCOUNTS.format(
    year="2023", staff="78", total="1450.00", projects="550.00", running="980.00", own="480.00",
    cars="8", patrol="5", bought="70.00", score="95.6", budget="120.00", spent="114.00",
    heading="业务量", counted="全年全县受理政务服务业务", handled="15.1",
)  # fmt: skip
FORM = """松陵县文旅局2023年度部门整体支出绩效自评报告

一、项目支出明细
项目名称|年初预算|调整后预算|实际支出|执行率
送戏下乡|60.00|60.00|54.00|90.00%
旅游宣传|90.00|115.00|112.70|98.00%
合计|150.00|175.00|166.70|95.26%

二、自评得分
一级指标|二级指标|三级指标|分值|得分
投入|目标设定|目标合理性|20|19.00
过程|预算执行|预算执行率|30|29.50
产出|职责履行|完成率|25|23.00
产出|职责履行|及时率|25|23.50
合计|||100|95.00
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    files = (("2022.txt", EARLIER), ("2023.txt", LATER), ("wenlv.txt", FORM))
    documents = [read_document(text.encode(), name) for name, text in files]
    return Engine(MemoryLibrary.of(documents), SimpleNamespace(abstain_threshold=0.55))


def told(engine: Engine, *turns: str) -> Answer:
    conversation = Conversation()
    return [engine.ask(turn, conversation=conversation) for turn in turns][-1]


ASKED = [
    # a scope put around a later ask is none of the ask before it
    (
        "松陵县农业局2023年支出决算表里，2130104事业运行的项目支出是多少，"
        "一般公共预算财政拨款支出中，2130124农村合作经济的项目支出是多少？",
        ["480.00", "200.00"],
    ),
    # a project of which a paragraph tells
    ("松陵县农业局2023年农机购置补贴项目，全年预算、执行数各是多少？", ["120.00", "114.00"]),
    ("松陵县农业局良种推广项目2023年全年预算多少，花了多少？", ["80.00", "72.00"]),
    ("松陵县农业局农机购置补贴项目2022年和2023年的自评得分各是多少？", ["93.2", "95.6"]),
    # a table with bare pipes, stages from one to another
    (
        "松陵县文旅局旅游宣传项目2023年从年初预算到调整后预算再到实际支出，分别是多少？",
        ["90.00", "115.00", "112.70"],
    ),
    (
        "松陵县文旅局2023年项目支出年初预算、调整后预算、实际支出各是多少？",
        ["150.00", "175.00", "166.70"],
    ),
    # 其中: a part of what was asked for before it
    ("松陵县农业局2023年末共有车辆多少辆，其中执法执勤车几辆？", ["8", "5"]),
    ("松陵县农业局2023年编制和在职各多少人？", ["86", "78"]),
    # called alike in the other year
    ("松陵县农业局2022年、2023年全县受理业务各是多少万件？", ["12.4", "15.1"]),
    # things of several bodies
    (
        "2023年松陵县农业局农机购置补贴项目、松陵县文旅局旅游宣传项目各支出多少？",
        ["114.00", "112.70"],
    ),
]


@pytest.mark.parametrize(("question", "expected"), ASKED)
def test_several_figures(engine: Engine, question: str, expected: list[str]) -> None:
    answer = engine.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert [value.number for value in answer.values] == expected, answer.text


def test_another_stage_of_the_budget_is_no_answer(engine: Engine) -> None:
    answer = engine.ask("松陵县农业局良种推广项目2023年年初预算多少？")
    assert answer.outcome is not Outcome.ANSWERED, answer.text


def test_a_later_ask_of_another_kind_keeps_body_and_year(engine: Engine) -> None:
    question = (
        "松陵县农业局2023年在职人员比2022年少了多少人，编制数是多少，良种推广项目执行率多少？"
    )
    answer = engine.ask(question)
    shown = [(value.number, value.period, value.entity) for value in answer.values]
    assert all(entity == "松陵县农业局" for *_, entity in shown), answer.text
    assert ("90", "2023", "松陵县农业局") in shown or answer.outcome is not Outcome.ANSWERED


CHAINS = [
    (
        (
            "松陵县农业局2023年一般公共预算财政拨款支出中，事业运行（项）是多少？",
            "全口径的支出呢？",
        ),
        "980.00",
    ),
    (("松陵县农业局2023年农机购置补贴项目全年预算多少？", "执行数呢？"), "114.00"),
    (("松陵县农业局2023年农机购置补贴项目自评得分多少？", "良种推广那个项目呢？"), "91.5"),
    (("松陵县农业局2023年农机购置补贴项目自评得分多少？", "良种推广呢？"), "91.5"),
    (("松陵县农业局2023年政府采购支出总额多少？", "服务呢？"), "30.00"),
    (("松陵县文旅局2023年送戏下乡年初预算多少？", "实际支出呢？"), "54.00"),
    (("松陵县文旅局2023年送戏下乡年初预算多少？", "实际支出呢？", "旅游宣传呢？"), "112.70"),
    (
        ("松陵县农业局2023年支出决算表里，2130104事业运行的基本支出是多少？", "合计呢？"),
        "980.00",
    ),
]


@pytest.mark.parametrize(("turns", "expected"), CHAINS)
def test_followed_up(engine: Engine, turns: tuple[str, ...], expected: str) -> None:
    answer = told(engine, *turns)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert [value.number for value in answer.values] == [expected], answer.text


def test_after_a_turn_without_an_answer_nothing_older_is_meant(engine: Engine) -> None:
    turns = ("松陵县农业局2023年在职人员多少人？", "外聘教练呢？", "比2022年多了多少？")
    assert told(engine, *turns).outcome is not Outcome.ANSWERED


@pytest.mark.parametrize(
    ("level", "name", "lost"), [("一级", "产出", "3.50"), ("二级", "职责履行", "3.50"), ("三级", "完成率", "2.00")]
)  # fmt: skip
def test_level_that_lost_most(engine: Engine, level: str, name: str, lost: str) -> None:
    answer = engine.ask(f"松陵县文旅局2023年自评哪个{level}指标扣分最多，扣了几分？")
    assert name in answer.text
    assert answer.values[0].number == lost
