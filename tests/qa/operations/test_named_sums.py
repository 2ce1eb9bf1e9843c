"""Sums of rows that a question names: their own rows, one measure, nothing else in their place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from ingest.settings import Settings
from qa.engine import Conversation, Engine
from qa.model import Outcome

REPORT = """2023年度云岭市某局部门决算

表1 支出决算表

单位：万元

科目名称	本年支出合计	基本支出	项目支出
社会保障和就业支出	100.00	60.00	40.00
卫生健康支出	50.00	45.00	5.00
住房保障支出	30.00	10.00	20.00
农林水支出	20.00	8.00	12.00
合计	200.00	123.00	77.00
"""


@pytest.fixture(scope="module")
def ask() -> Callable[[str], tuple[str, ...]]:
    library = MemoryLibrary.of([read_document(REPORT.encode(), "f.txt")])
    engine = Engine(library, Settings())

    def asked(question: str) -> tuple[str, ...]:
        answer = engine.ask(question, conversation=Conversation())
        silent = answer.outcome in (Outcome.ABSTAINED, Outcome.CLARIFY)
        return () if silent else tuple(value.number for value in answer.values)

    return asked


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("卫生健康支出与住房保障支出两项基本支出之和是多少？", ("55.00", "45.00", "10.00")),
        ("卫生健康支出和住房保障支出两项项目支出一共多少？", ("25.00", "5.00", "20.00")),
        # 和 inside a name parts nothing
        ("社会保障和就业支出与卫生健康支出两项基本支出之和是多少？", ("105.00", "60.00", "45.00")),
        (
            "卫生健康支出、住房保障支出和农林水支出三项项目支出合计多少？",
            ("37.00", "5.00", "20.00", "12.00"),
        ),
    ],
)
def test_rows_are_added_in_the_column_that_is_asked(
    ask: Callable[[str], tuple[str, ...]], question: str, numbers: tuple[str, ...]
) -> None:
    assert ask(f"云岭市某局2023年{question}") == numbers


def test_a_row_that_is_not_there_leaves_no_sum(ask: Callable[[str], tuple[str, ...]]) -> None:
    assert ask("云岭市某局2023年卫生健康支出与教育支出两项基本支出之和是多少？") == ()
