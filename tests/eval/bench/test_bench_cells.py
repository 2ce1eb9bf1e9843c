"""Questions made of a table's own labels, and how their answers are judged."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest

from eval.bench.cells import judged
from eval.material.cell_questions import CellQuestion, Sheet, questions
from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from qa.engine import Engine

REPORT = """# 松原县水务局2023年度部门决算

表1 支出决算表（单位：万元）

| 科目名称 | 基本支出 | 项目支出 |
|---|---|---|
| 行政运行 | 450.00 | 10.00 |
| 水利工程建设 | 20.00 | 340.00 |
"""


@pytest.fixture(scope="module")
def made() -> list[CellQuestion]:
    document = read_document(REPORT.encode(), "水务局.md")
    return list(questions(Sheet.of(document), "seed", 4, ("教育支出",)))


def test_what_is_asked_of_a_table(made: list[CellQuestion]) -> None:
    texts = {each.text: each.wanted for each in made}
    head = "松原县水务局2023年"
    assert texts[f"{head}行政运行的基本支出是多少？"] == 4_500_000
    assert texts[f"{head}水利工程建设的项目支出和基本支出相差多少？"] == 3_200_000
    assert texts[f"{head}行政运行的项目支出比水利工程建设多多少？"] == 3_300_000
    assert texts[f"{head}行政运行和水利工程建设的基本支出一共是多少？"] == 4_700_000
    assert texts["松原县水务局2028年行政运行的基本支出是多少？"] is None
    assert texts[f"{head}教育支出的项目支出是多少？"] is None


def test_the_same_seed_asks_the_same(made: list[CellQuestion]) -> None:
    document = read_document(REPORT.encode(), "水务局.md")
    assert list(questions(Sheet.of(document), "seed", 4, ("教育支出",))) == made


def test_every_answer_is_judged(made: list[CellQuestion]) -> None:
    library = MemoryLibrary.of([read_document(REPORT.encode(), "水务局.md")])
    engine = Engine(library, SimpleNamespace(abstain_threshold=0.55))
    found = {each.text: judged(each, engine.ask(each.text)) for each in made}
    assert set(found.values()) == {"right"}, found


@pytest.mark.parametrize(
    ("text", "wanted", "verdict"),
    [
        ("松原县水务局2023年行政运行的基本支出是多少？", 4_500_000, "right"),
        ("松原县水务局2023年行政运行的基本支出是多少？", 100_000, "wrong"),
        ("松原县水务局2023年教育支出的基本支出是多少？", 100_000, "silent"),
        ("松原县水务局2023年行政运行的基本支出是多少？", None, "wrong"),
    ],
)
def test_verdicts(text: str, wanted: int | None, verdict: str) -> None:
    library = MemoryLibrary.of([read_document(REPORT.encode(), "水务局.md")])
    engine = Engine(library, SimpleNamespace(abstain_threshold=0.55))
    value = None if wanted is None else Decimal(wanted)
    assert judged(CellQuestion("cell", text, value), engine.ask(text)) == verdict
