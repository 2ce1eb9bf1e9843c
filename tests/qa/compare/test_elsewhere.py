"""Figures held against the same body's report of the year before; a made-up unit."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer, Check, Outcome

BEFORE = """石桥县水利局2022年度部门决算

一、支出情况

石桥县水利局2022年度机关运行经费支出48.63万元。水库维护支出260.40万元。

二、收入情况

其他收入26.23万元，比上年增加3.86万元。
"""
AFTER = """石桥县水利局2023年度部门决算

一、支出情况

石桥县水利局2023年度机关运行经费支出52.88万元，比上年决算数增加4.25万元，增长8.7%。\
水库维护支出281.50万元，比上年决算数增加25.10万元。

二、收入情况

其他收入18.36万元，比上年23.26万元减少4.90万元，下降21.1%。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    folder = tmp_path_factory.mktemp("elsewhere")
    for name, text in {"a.txt": BEFORE, "b.txt": AFTER}.items():
        (folder / name).write_text(text, encoding="utf-8")
    library = MemoryLibrary(sorted(Path(folder).iterdir()))
    return Engine(library, SimpleNamespace(abstain_threshold=0.55)).ask


def test_a_change_that_the_other_report_does_not_bear_out(ask: Callable[[str], Answer]) -> None:
    answer = ask("石桥县水利局2023年水库维护支出比上年增加了多少？")
    assert answer.outcome is Outcome.CONTRADICTED
    first = answer.values[0]
    assert (first.number, first.check, first.other) == ("25.10", Check.FAILS, "21.10万元")
    assert "2022年度报告为260.40万元" in answer.text
    assert any("260.40" in citation.quote for citation in answer.citations)


def test_a_change_that_it_does(ask: Callable[[str], Answer]) -> None:
    answer = ask("石桥县水利局2023年机关运行经费比上年增加了多少？")
    assert answer.outcome is Outcome.ANSWERED
    assert ("last_year", "exact") in [(e.name, e.verdict) for e in answer.equations]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("石桥县水利局2022年水库维护支出是多少？", "260.40"),
        ("石桥县水利局2023年水库维护支出是多少？", "281.50"),
    ],
)
def test_a_value_is_not_accused_for_the_change(
    ask: Callable[[str], Answer], question: str, number: str
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.values[0].number == number
    assert "另请注意" in answer.text
    assert "不一致" in answer.text


def test_a_value_that_the_next_report_gives_otherwise_is_contradicted(
    ask: Callable[[str], Answer],
) -> None:
    answer = ask("石桥县水利局2022年其他收入是多少？")
    assert answer.outcome is Outcome.CONTRADICTED
    assert answer.values[0].number == "26.23"
    assert "23.26万元" in answer.text
