"""Lines that a column of verdicts calls met or not met, and what a question leaves out or takes in."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer, Outcome

REPORT = """南岭市交通运输局2024年公交运营补贴项目绩效评价报告

项目名称：公交运营补贴项目
项目单位：南岭市交通运输局
评价年度：2024年

一、绩效目标完成情况

表1 年度绩效目标及完成情况表

| 一级指标 | 三级指标 | 目标值 | 实际完成值 | 完成情况 |
|---|---|---|---|---|
| 产出 | 营运线路条数 | 68条 | 71条 | 完成 |
| 产出 | 年运营里程 | 3,900万公里 | 3,846.50万公里 | 未完成 |
| 产出 | 车辆更新数量 | 60台 | 60台 | 完成 |
| 效益 | 年客运量 | 7,600万人次 | 7,215.30万人次 | 未完成 |
| 效益 | 乘客满意度 | ≥88% | 86.40% | 未完成 |
"""
NOT_MET = ["年运营里程", "年客运量", "乘客满意度"]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    path = Path(tmp_path_factory.mktemp("verdicts")) / "a.md"
    path.write_text(REPORT, encoding="utf-8")
    return Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55)).ask


@pytest.mark.parametrize(
    ("question", "count", "names"),
    [
        ("公交运营补贴项目有多少个指标没完成？", "3", NOT_MET),
        ("公交运营补贴项目没有完成的指标有几个？", "3", NOT_MET),
        ("公交运营补贴项目年度绩效目标完成情况表里，有几个指标未完成？", "3", NOT_MET),
        ("公交运营补贴项目完成了的指标有几个？", "2", ["营运线路条数", "车辆更新数量"]),
        ("公交运营补贴项目未完成的指标有哪些？", None, NOT_MET),
        ("公交运营补贴项目哪些指标没达标？", None, NOT_MET),
    ],
)
def test_lines_by_their_verdict(
    ask: Callable[[str], Answer], question: str, count: str | None, names: list[str]
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    told = [value for value in answer.values if "行数" not in value.label]
    assert [name for name in names if not any(name in value.label for value in told)] == []
    assert len(told) == len(names)
    if count is not None:
        assert answer.values[0].number == count


def test_what_was_reached_is_shown_and_not_the_target(ask: Callable[[str], Answer]) -> None:
    answer = ask("公交运营补贴项目未完成的指标有哪些？")
    assert "3846.50万公里" in answer.text.replace(",", "")
    assert "3900" not in answer.text.replace(",", "")
