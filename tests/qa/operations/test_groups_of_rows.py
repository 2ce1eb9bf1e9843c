"""Rows of a table that a question marks off: under a head, or by how many there are."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer

REPORT = """南岭市信息中心2023年运行维护项目绩效评价报告

项目名称：运行维护项目
项目单位：南岭市信息中心
评价年度：2023年

一、资金使用情况

表1 支出分类表

| 类别 | 支付金额（元） |
|---|---|
| 网络租用 | 330000 |
| 设备维护 | 216800 |
| 合计 | 546800 |

表2 支出明细表

| 序号 | 名称 | 支付金额（元） |
|---|---|---|
| 一 | 网络租用 | 330000 |
| 1 | 互联网专线租用 | 210000 |
| 2 | 政务外网租用 | 120000 |
| 二 | 设备维护 | 216800 |
| 3 | 机房空调维修 | 66800 |
| 4 | 服务器维保 | 140000 |
| 5 | 键盘采购 | 10000 |
| | 合计 | 546800 |
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    path = Path(tmp_path_factory.mktemp("rows")) / "a.md"
    path.write_text(REPORT, encoding="utf-8")
    return Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55)).ask


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("2023年“设备维护”类里，哪些子项支付超过5万元？", ["机房空调维修", "服务器维保"]),
        ("2023年设备维护里支付金额最高的是哪一项？", ["服务器维保"]),
        ("运行维护项目5个子项里付款最少的是哪个？", ["键盘采购"]),
        ("运行维护项目支出明细里，哪些子项支付金额超过15万元？", ["互联网专线租用"]),
    ],
)
def test_rows_marked_off(ask: Callable[[str], Answer], question: str, names: list[str]) -> None:
    answer = ask(question)
    assert [value.label.removeprefix("2023年 ") for value in answer.values] == names, answer.text
