"""Which of several figures of one name is meant; a made-up report."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer

REPORT = """沙河市农业农村局2023年高标准农田项目绩效自评报告

项目名称：高标准农田项目
项目单位：沙河市农业农村局
评价年度：2023年

一、资金情况

项目2023年年初预算144万元，年中调增6.81万元，预算调整率4.73%，实际预算为150.81万元。

| 资金来源 | 全年预算数（万元） | 全年执行数（万元） | 执行率 |
|---|---|---|---|
| 年度资金总额 | 150.81 | 147.02 | 97.49% |
| 其中：省级补助 | 100.00 | 100.00 | 100.00% |
| 市级配套 | 50.81 | 47.02 | 92.54% |

二、年度总体目标

一是新增节水面积达到3,500亩；二是改造渠道12公里。

三、目标完成情况

新增节水面积3,742亩，完成目标的106.91%；改造渠道12公里。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    path = Path(tmp_path_factory.mktemp("choices")) / "a.md"
    path.write_text(REPORT, encoding="utf-8")
    return Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55)).ask


@pytest.mark.parametrize(
    ("question", "number"),
    [
        # The row of the whole, where the question names none of its parts.
        ("高标准农田项目2023年的资金执行率是多少？", "97.49%"),
        ("高标准农田项目2023年市级配套的执行率是多少？", "92.54%"),
        # What was reached, not what was to be reached.
        ("高标准农田项目2023年新增节水面积多少亩？", "3742亩"),
    ],
)
def test_the_figure_that_is_meant(ask: Callable[[str], Answer], question: str, number: str) -> None:
    answer = ask(question)
    assert answer.values, answer.text
    first = answer.values[0]
    assert f"{first.number.replace(',', '')}{first.unit}" == number


def test_a_budget_after_adjustments_by_what_the_report_adds_up(
    ask: Callable[[str], Answer],
) -> None:
    answer = ask("高标准农田项目2023年的年初预算、年中调增、调整后预算分别是多少？")
    assert [value.number for value in answer.values] == ["144", "6.81", "150.81"]
