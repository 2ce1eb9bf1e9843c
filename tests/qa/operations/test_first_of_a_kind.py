"""What a reader in forestry, sites and courts asked first: totals of areas, columns by their word, targets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer, Outcome

REPORT = """霁岭市林业局2023年度部门决算

一、主要工作

全市森林覆盖率由上年的58.36%提高到58.91%，高于年度目标58.80%。年末实有在职人员347人。

截至年末，单价100万元（含）以上设备4台。

表1 2023年各县造林完成情况（单位：亩）

县区\t计划面积\t完成面积
云麓区\t3,200\t3,260
枫岭县\t11,000\t11,480
沅坪县\t13,600\t14,370
合计\t27,800\t29,410

二、收支情况

表2 2023年度收入决算表（单位：万元）

项目\t2023年度\t2022年度
财政拨款收入\t9,846.52\t9,215.70
事业收入\t186.40\t203.15
本年收入合计\t10,032.92\t9,418.85

表3 县级配套资金落实情况（单位：万元）

县区\t应配套\t已到位\t欠配套
枫岭县\t110.00\t68.00\t42.00
沅坪县\t70.00\t50.00\t20.00
合计\t180.00\t118.00\t62.00
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    path = tmp_path_factory.mktemp("first") / "霁岭市林业局2023年度部门决算.txt"
    path.write_text(REPORT, encoding="utf-8")
    return Engine(MemoryLibrary([Path(path)]), SimpleNamespace(abstain_threshold=0.35)).ask


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        ("霁岭市林业局2023年事业收入的上年数是多少？", "203.15", "万元"),
        ("霁岭市林业局23年枫岭县的配套实际到位多少？", "68.00", "万元"),
        ("23年底霁岭市林业局在职多少人？", "347", "人"),
        ("23年底林业局在职人员多少人？", "347", "人"),
        ("霁岭市林业局2023年森林覆盖率超目标多少个百分点？", "0.11", "个百分点"),
    ],
)
def test_one_number(ask: Callable[[str], Answer], question: str, number: str, unit: str) -> None:
    answer = ask(question)
    assert (number, unit) in [(v.number, v.unit) for v in answer.values], answer.text


def test_a_total_of_areas_is_held_against_its_parts(ask: Callable[[str], Answer]) -> None:
    answer = ask("霁岭市林业局2023年决算表1，各县区造林完成面积加起来和合计数对得上吗？")
    assert answer.outcome is Outcome.CONTRADICTED
    assert "29,410" in answer.text
    assert "29,110" in answer.text.replace("29110", "29,110")


def test_any_total_is_not_that_of_what_is_asked(ask: Callable[[str], Answer]) -> None:
    answer = ask("霁岭市林业局2023年各县区抚育面积加起来和合计数一致吗？")
    assert "10,032.92" not in answer.text
    assert "100万元" not in answer.text
