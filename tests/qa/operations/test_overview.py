"""Where reports contradict themselves: of the year asked about, under the names of the reports."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Outcome

ACCOUNTS = """{year}年度霁川县水务局部门决算

部门名称：霁川县水务局

一、收入支出决算情况

水利工程支出年初预算{budget}万元，支出决算{spent}万元，完成年初预算的80.00%。
"""
EVALUATION = """霁川县水务局{year}年度灌区改造项目绩效评价报告

项目单位：霁川县水务局
评价年度：{year}年

一、评价结论

{rates}
"""


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    files = {
        "水务局2022.txt": ACCOUNTS.format(year=2022, budget="500.00", spent="450.00"),
        "水务局2023.txt": ACCOUNTS.format(year=2023, budget="600.00", spent="540.00"),
        "灌区2023.txt": EVALUATION.format(
            year=2023,
            rates="".join(
                f"第{n}标段预算金额{n}00.00万元，实际支出{n}0.00万元，预算执行率为4{n}%。\n"
                for n in range(1, 11)
            ),
        ),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = sorted(tmp_path.iterdir())
    return Engine(MemoryLibrary(paths), SimpleNamespace(abstain_threshold=0.55))


def test_only_reports_of_the_year_asked_about(engine: Engine) -> None:
    answer = engine.ask("霁川县水务局2023年的报告有没有自相矛盾的地方？")
    assert answer.outcome is Outcome.CONTRADICTED
    assert "水务局2023.txt" in answer.text
    assert "水务局2022.txt" not in answer.text
    assert {source.report for source in answer.citations} == {"水务局2023.txt", "灌区2023.txt"}


def test_findings_stand_under_the_name_of_their_report(engine: Engine) -> None:
    lines = engine.ask("霁川县水务局2023年的报告有没有自相矛盾的地方？").text.split("\n")
    heads = [line for line in lines if ".txt（" in line]
    assert heads == ["水务局2023.txt（1 处）：", "灌区2023.txt（10 处，列出 9 处）："]
    assert lines[0] == "发现 11 处前后不一致，分在 2 份报告里："
    assert lines[2].startswith("1. ")
    assert "÷ 600.00万元" in lines[2]
    assert lines[3] == heads[1]
    assert lines[4].startswith("2. ")


def test_what_is_not_listed_is_counted_without_a_command(engine: Engine) -> None:
    text = engine.ask("霁川县水务局2023年的报告有没有自相矛盾的地方？").text
    assert "gouji" not in text
    assert "处没有列出" in text
    assert "\n10. " in text
    assert "\n11. " not in text
