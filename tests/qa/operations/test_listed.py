"""Rows that a question lists, rules of scoring, and rates of arrival; a made-up report."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Conversation, Engine
from qa.model import Answer

REPORT = """澄江市交通局2023年农村道路养护项目绩效评价报告

项目名称：农村道路养护项目
项目单位：澄江市交通局
评价年度：2023年

一、资金情况

资金到位率96.00%。各县分配情况见表1。

表1 资金分配及支出情况表 单位：万元

| 县 | 常住人口（万人） | 省级补助资金 | 县级自筹计划 | 县级自筹到位 | 实际支出 |
|---|---|---|---|---|---|
| 红岩县 | 21 | 420.00 | 160.00 | 160.00 | 658.40 |
| 白沙县 | 18 | 560.00 | 210.00 | 180.00 | 812.65 |
| 渠口县 | 15 | 395.00 | 150.00 | 96.00 | 489.33 |
| 合计 | 54 | 1,375.00 | 520.00 | 436.00 | 1,960.38 |

二、绩效指标分析

（一）目标设置

1．目标合理性

指标分值10分，评价得分9分。

2．目标明确性

指标分值9分，评价得分8分。

（二）评分标准

表2 评分表

| 三级指标 | 分值 | 评分标准 | 得分 |
|---|---|---|---|
| 前期工作充分性 | 3 | 前期工作充分得3分，前期工作基本完成得2分，未开展不得分。 | 3 |
| 支出完成率 | 8 | 预算执行率达到95%以上得满分；对于预算执行率低于65%的项目，本指标不得分。 | 5 |

评价分四个等级：90-100分为“优”，80-89分为“良”，60-79分为“中”，60分以下为“差”。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Answer]:
    path = Path(tmp_path_factory.mktemp("listed")) / "a.md"
    path.write_text(REPORT, encoding="utf-8")
    engine = Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55))

    def asked(*turns: str) -> Answer:
        conversation = Conversation()
        return [engine.ask(turn, conversation=conversation) for turn in turns][-1]

    return asked


@pytest.mark.parametrize(
    ("turns", "number"),
    [
        # Rows by parts of their names, then by whole names; the column by the question's words.
        (("红岩、渠口两个县2023年一共分到多少省级补助资金？",), "815.00万元"),
        (("澄江市2023年红岩县和白沙县的实际支出合计是多少？",), "1471.05万元"),
        (("“目标设置”下的两个指标一共得了多少分？",), "17分"),
        # A rate of arrival of one row, and of what 它 stands for.
        (("农村道路养护项目渠口县的县级自筹资金到位率是多少？",), "64.00%"),
        (
            ("农村道路养护项目实际支出最少的是哪个县？", "它的县级自筹资金到位率是多少？"),
            "64.00%",
        ),
        (("农村道路养护项目的资金到位率是多少？",), "96.00%"),
        # What a rule grants and where it ends.
        (("评分表里，前期工作“基本完成”能得几分？",), "2分"),
        (("评分标准规定，预算执行率低于多少时“支出完成率”指标不得分？",), "65%"),
    ],
)
def test_what_is_worked_out_from_rows_and_rules(
    ask: Callable[..., Answer], turns: tuple[str, ...], number: str
) -> None:
    answer = ask(*turns)
    assert answer.values, answer.text
    assert f"{answer.values[0].number}{answer.values[0].unit}" == number


def test_a_grade_by_its_band(ask: Callable[..., Answer]) -> None:
    assert "80-89分为“良”" in ask("评分表规定多少分到多少分评为“良”？").text


@pytest.mark.parametrize(
    "turns",
    [
        # No column is named: people, grants and spending all fit.
        ("红岩、渠口两个县2023年一共分到多少？",),
        # The row that 它 stands for has no such figure, though the whole has.
        ("农村道路养护项目实际支出最少的是哪个县？", "它的资金使用率是多少？"),
    ],
)
def test_what_nothing_decides_is_not_answered(
    ask: Callable[..., Answer], turns: tuple[str, ...]
) -> None:
    assert not ask(*turns).values
