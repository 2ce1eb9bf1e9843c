"""Questions that spell out an equation of the report: named parts and a total, a rate and its amounts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from ingest.settings import Settings
from qa.engine import Conversation, Engine
from qa.model import Answer, Outcome

SCHOOL = """2022年度云岭县某中学单位决算

一、收支情况

支出合计812.46万元，比上年增加20.25万元，增长2.56%。其中：基本支出512.21万元，占63.04%；项目支出300.24万元，占36.95%。

收入合计790.11万元。年初结转和结余：22.36万元。2022年度收入总计812.46万元。

二、信息化

信息化资金总预算为126.5万元，其中平台维护支出26.5万元，机房改造支出98万元。

三、修缮

修缮项目总投资150万元，其中屋面改造60万元，操场改造40万元。

四、三公经费

2022年“三公”经费按同口径同比各增5.2万元，增长18.2%。

五、捐赠

收、支总计各640.20万元，比2021年度各增31.4万元，增长4.57%，因为捐赠增加。

六、道路

道路维修资金共410万元，已完成拨付397.70万元，执行率97%。
七、人员

核定编制48名，公务员43人，工勤人员5人。
"""
Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask() -> Ask:
    engine = Engine(MemoryLibrary.of([read_document(SCHOOL.encode(), "f.txt")]), Settings())
    return lambda question: engine.ask(f"云岭县某中学2022年{question}", conversation=Conversation())


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("基本支出加项目支出等于支出合计吗？", ("812.45", "812.46")),
        ("收入合计加上年初结转和结余等于收入总计吗？", ("812.47", "812.46")),
        ("核定编制48名，公务员和工勤人员加起来对得上吗？", ("43人 + 5人", "48名 一致")),
        ("道路维修资金执行率97%算得准吗？", ("97%", "397.70")),
    ],
)
def test_what_agrees_is_said_with_both_numbers(
    ask: Ask, question: str, told: tuple[str, ...]
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert all(number in answer.text for number in told)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("信息化资金总预算等于平台维护支出加机房改造支出吗？", ("126.5", "124.5", "相差 2万元")),
        ("信息化资金总预算是多少？等于平台维护支出加机房改造支出吗？", ("126.5", "124.5")),
        ("收支总计增长4.57%，按增加31.4万元算对得上吗？", ("4.57%", "5.16%")),
    ],
)
def test_what_does_not_agree_is_said_with_both_numbers(
    ask: Ask, question: str, told: tuple[str, ...]
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.CONTRADICTED
    assert all(number in answer.text for number in told)


@pytest.mark.parametrize(
    "question",
    [
        # 其中 lists some of the parts only: what is far from the total proves nothing.
        "修缮项目总投资等于屋面改造加操场改造吗？",
        # No value stands before the change.
        "“三公”经费增长18.2%，按增加额算对得上吗？",
        "基本支出加公用支出等于支出合计吗？",
    ],
)
def test_what_is_left_open_is_not_called_wrong(ask: Ask, question: str) -> None:
    assert ask(question).outcome is not Outcome.CONTRADICTED
