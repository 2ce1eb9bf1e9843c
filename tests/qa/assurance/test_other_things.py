"""A figure of another thing of the same paragraph is not given: ranges, accounts, units, totals."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from qa.engine import Engine
from qa.model import Answer, Outcome

_CITY = """# 棠浦市民政局2023年度部门决算及项目绩效情况

编制单位：棠浦市民政局

## 一、工作情况

全年捐赠收入212万元（其中校友捐赠157万元）。

发放高龄津贴：90至99周岁每人每月200元，100周岁以上每人每月500元。

一级伤残抚恤对象36人，二级伤残抚恤对象58人。

开展养老护理员培训24场，培训1,260人次，满意率为96.5%。

全年公务接待18批次、163人次，国内公务接待费支出2.36万元。

截至2023年末，累计建成长者食堂46家。2022年建成长者食堂12家。

表1 公用经费明细表（单位：万元）

| 项目 | 金额 |
|---|---|
| 电费 | 18.60 |
| 印刷费 | 4.20 |
| 差旅费 | 7.35 |
| 合计 | 30.15 |

表2 各街道长者食堂补贴情况

| 街道 | 补贴金额（万元） | 执行率（%） | 用餐人次（人次） |
|---|---|---|---|
| 柳桥街道 | 120.50 | 91.2 | 36,200 |
| 石湾街道 | 98.40 | 96.7 | 41,850 |
| 东塘街道 | 143.20 | 88.4 | 29,300 |
| 合计 | 362.10 | 91.5 | 107,350 |

2．社会福利（款）老年福利（项）。支出决算为512.30万元，完成年初预算的98.2%。
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    document = read_document(_CITY.encode(), "棠浦市民政局2023.md")
    return Engine(MemoryLibrary.of([document]), SimpleNamespace(abstain_threshold=0.55))


def shown(answer: Answer) -> list[str]:
    return [f"{value.number}{value.unit}" for value in answer.values]


@pytest.mark.parametrize(
    "question",
    [
        "棠浦市民政局2023年80至89周岁高龄津贴每人每月多少元？",
        "棠浦市民政局2023年三级伤残抚恤对象有多少人？",
        "棠浦市民政局2023年养老护理员培训了多少课时？",
        "棠浦市民政局2023年水电费花了多少万元？",
        "棠浦市民政局2023年养老护理员培训花了多少钱？",
        "棠浦市民政局2023年养老护理员培训的合格比例是多少？",
        "棠浦市民政局2023年家庭寄养补贴合计是多少万元？",
    ],
)
def test_silent_where_another_thing_is_told(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.outcome in (Outcome.ABSTAINED, Outcome.CLARIFY), answer.text


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("棠浦市民政局2023年捐赠收入是多少？", "212万元"),
        ("棠浦市民政局2023年校友捐赠多少万元？", "157万元"),
        ("棠浦市民政局2023年二级伤残抚恤对象有多少人？", "58人"),
        ("棠浦市民政局2023年养老护理员培训了多少人次？", "1260人次"),
        ("棠浦市民政局2023年电费花了多少万元？", "18.60万元"),
        ("棠浦市民政局2023年公用经费合计多少万元？", "30.15万元"),
        ("棠浦市民政局2023年长者食堂补贴金额合计多少万元？", "362.10万元"),
        ("棠浦民政23年执行率最低的是哪个街道？", "88.4%"),
        ("棠浦民政23年电费是多少？", "18.60万元"),
    ],
)
def test_what_is_asked_for(engine: Engine, question: str, first: str) -> None:
    assert shown(engine.ask(question))[:1] == [first]
