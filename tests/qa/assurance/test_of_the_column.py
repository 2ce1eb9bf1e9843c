"""Sums, shares and averages take the column, the row and the unit that the question means."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from qa.engine import Engine

_DISTRICT = """# 青梧区文化广电旅游体育局2023年度群众文体活动补助绩效情况

编制单位：青梧区文化广电旅游体育局

全年开展“青梧讲堂”48期，现场听众1.27万人次。

新建老年助餐点26个，年内就餐31.7万人次。

表1 补助资金分配及使用情况表（单位：元）

| 单位 | 下达金额 | 实际支出 |
|---|---|---|
| 梧桐街道 | 1,260,000 | 1,214,380 |
| 南浦街道 | 1,080,000 | 1,076,550 |
| 东栅街道 | 940,000 | 861,204 |
| 望云街道 | 1,150,000 | 1,098,726 |
| 石桥镇 | 820,000 | 698,415 |
| 合计 | 5,250,000 | 4,949,275 |

表2 财政拨款“三公”经费支出决算表（单位：万元）

| 项目 | 公务用车购置费 | 公务用车运行维护费 | 公务接待费 | 合计 |
|---|---|---|---|---|
| 预算数 | 18.00 | 42.50 | 9.80 | 70.30 |
| 决算数 | 17.86 | 38.42 | 3.15 | 59.43 |
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    document = read_document(_DISTRICT.encode(), "青梧区文体2023.md")
    return Engine(MemoryLibrary.of([document]), SimpleNamespace(abstain_threshold=0.55))


@pytest.mark.parametrize(
    ("question", "first"),
    [
        # what was spent, not what was issued
        ("青梧区四个街道2023年文体活动补助实际支出加起来多少元？", "4250860元"),
        # the budget of the same item, in the column of it
        ("青梧区文旅局2023年公务用车运行维护费决算占预算的百分之几？", "90.40%"),
        ("青梧区文旅局2023年公务接待费决算占预算的百分之几？", "32.14%"),
        # 1.27万人次 over 48期 are 人次, not 万人次
        ("青梧区2023年青梧讲堂平均每期有多少人次现场听众？", "264.58人次"),
        # 达到多少 is no bound
        ("青梧区新建的那26个老年助餐点，2023年就餐达到多少万人次？", "31.7万人次"),
    ],
)
def test_first_value(engine: Engine, question: str, first: str) -> None:
    answer = engine.ask(question)
    assert [f"{value.number}{value.unit}" for value in answer.values][:1] == [first], answer.text
