"""Counts that nobody states: entries of a list, rows that say given words; made-up report."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer

REPORT = """沙河县民政局2023年养老服务项目绩效评价报告

项目名称：养老服务项目
项目单位：沙河县民政局
评价年度：2023年

一、评价依据

（一）相关政策文件

1．《关于推进养老服务发展的意见》（国办发〔2019〕5号）

2．《沙河县养老服务实施方案》（沙政办〔2021〕17号）

3．《沙河县民政资金管理办法》（沙民〔2020〕8号）

二、绩效指标完成情况

表1 绩效指标完成情况表

| 指标名称 | 指标值 | 完成情况 |
|---|---|---|
| 日间照料中心数量 | 12个 | 12个 |
| 护理人员持证率 | 90% | 未提供佐证材料 |
| 老年人满意度 | 95% | 未提供佐证材料 |
| 服务及时率 | 98% | 98.5% |

三、资金使用

表2 分项目资金情况表 单位：万元

| 子项目 | 年初预算 | 调整后预算 | 实际支出 |
|---|---|---|---|
| 照料中心 | 60.00 | 52.00 | 50.50 |
| 护理培训 | 20.00 | 18.00 | 17.20 |

调减的10万元来自照料中心8万元和护理培训2万元。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    path = Path(tmp_path_factory.mktemp("tallies")) / "a.md"
    path.write_text(REPORT, encoding="utf-8")
    return Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55)).ask


@pytest.mark.parametrize(
    ("question", "number", "unit", "check"),
    [
        ("养老服务项目评价依据里的相关政策文件列了几份？", "3", "份", "derived"),
        (
            "养老服务项目4个指标里，有几个完成情况写的是“未提供佐证材料”？",
            "2",
            "个",
            "derived",
        ),
        # The row has both; a sentence on where a cut came from is no spending.
        ("养老服务项目照料中心调整后预算还剩多少没花？", "1.50", "万元", "derived"),
    ],
)
def test_counted_or_taken_from_one_row(
    ask: Callable[[str], Answer], question: str, number: str, unit: str, check: str
) -> None:
    answer = ask(question)
    first = answer.values[0]
    assert (first.number, first.unit, first.check) == (number, unit, check), answer.text
    assert len(first.sources) >= 2


def test_words_that_no_cell_says_are_not_counted(ask: Callable[[str], Answer]) -> None:
    answer = ask("养老服务项目4个指标里，有几个完成情况写的是“资料齐全”？")
    assert answer.values == ()
