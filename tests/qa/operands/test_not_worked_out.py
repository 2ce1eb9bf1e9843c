"""Averages, rates and sums that two figures of a report only seem to give: nothing is worked out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer

REPORT = """云湾县水务局2023年度部门决算

一、收支情况

2023年全年支出4,972.80万元，其中人员经费2,184.00万元、项目支出2,502.40万元。

“三公”经费预算32.00万元，支出28.60万元。

二、工作完成情况

全年共有水库47座，其中中型水库3座。发放问卷80份，收回有效问卷76份。

排查各类隐患428处，其中重大隐患12处，重大隐患已全部整改，整改12处。

新改建公交线路9条，县内公交线路127条，线路总长2,183公里。

2021年接待群众12.80万人次，其中未成年人3.10万人次。

三、项目资金

表1 项目支出情况

项目\t年初预算（万元）\t调整后预算（万元）\t实际支出（万元）\t执行率
水库养护\t620.00\t680.00\t664.20\t97.68%
河道保洁\t—\t190.00\t186.20\t98.00%

表2 片区养护情况

片区\t水库座数（座）\t计划维修（座）\t实际维修（座）
东片\t16\t14\t14
西片\t12\t12\t11
北片\t10\t6\t4

表3 绩效目标完成情况

指标名称\t年度指标值\t实际完成值
补贴发放天数（天）\t≤30\t42
养护水库数量（座）\t32\t29
群众满意度\t≥90%\t88.6%
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    path = tmp_path_factory.mktemp("not") / "云湾县水务局2023年度部门决算.txt"
    path.write_text(REPORT, encoding="utf-8")
    return Engine(MemoryLibrary([Path(path)]), SimpleNamespace(abstain_threshold=0.35)).ask


SILENT = [
    "平均每份问卷花费多少元？",  # all that the body spent
    "平均每座水库支出多少万元？",
    "隐患排查整改率是多少？",  # 12 of the grave ones
    "补贴发放天数完成率是多少？",  # ≤30 is no plan to be reached
    "群众满意度完成率是多少？",  # 88.6 % is what was reached
    "河道保洁完成年初预算的百分之多少？",  # there was none
    "未达到年度指标值的指标有几个？西片算吗？",
    "2021到2023年接待群众一共多少万人次？",
]


@pytest.mark.parametrize("question", SILENT)
def test_nothing_is_worked_out(ask: Callable[[str], Answer], question: str) -> None:
    answer = ask(
        f"云湾县水务局2023年{question}" if "2021" not in question else f"云湾县水务局{question}"
    )
    assert not answer.outcome.given or not answer.values, answer.text


GIVEN = [
    ("水库养护完成年初预算的百分之多少？", "107.13", "664.20万元 ÷ 620.00万元 × 100%"),
    ("水库养护的预算执行率是多少？", "97.68", ""),
    ("平均每条公交线路多少公里？", "17.19", "2,183公里 ÷ 127条"),
    (
        "人员经费和项目支出合计占全年支出的比例是多少？",
        "94.24",
        "(2,184.00万元 + 2,502.40万元) ÷ 4,972.80万元 × 100%",
    ),
]


@pytest.mark.parametrize(("question", "number", "formula"), GIVEN)
def test_what_is_asked_is_worked_out(
    ask: Callable[[str], Answer], question: str, number: str, formula: str
) -> None:
    answer = ask(f"云湾县水务局2023年{question}")
    value = answer.values[0]
    assert value.number == number, answer.text
    assert not formula or value.formula == formula


def test_indicators_are_no_rows_of_another_table(ask: Callable[[str], Answer]) -> None:
    assert "西片" not in ask("云湾县水务局2023年未达到年度指标值的指标有几个？").text
