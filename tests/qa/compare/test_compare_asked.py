"""Questions that compare are answered from a comparison; others are left as they are."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from ingest.model import Document
from qa.compare.comparison import compare
from qa.compare.request import Request
from qa.engine import Conversation, Engine
from qa.model import Check, Filters, Outcome
from qa.operations import compared

DATA = Path(__file__).parents[1] / "data" / "compare"
BODY = "海州市临江区河道管理局"


@pytest.fixture(scope="module")
def library() -> MemoryLibrary:
    return MemoryLibrary(sorted(DATA.glob("*.txt")))


@pytest.fixture(scope="module")
def engine(library: MemoryLibrary) -> Engine:
    return Engine(library, SimpleNamespace(abstain_threshold=0.55))


COMPARING = (
    f"比较{BODY}2021到2023年的本年收入合计",
    f"对比{BODY}2021年、2022年和2023年的本年收入合计",
    f"{BODY}历年本年收入合计是多少",
    f"{BODY}近三年本年收入合计的变化趋势",
    f"{BODY}2021-2023年本年收入合计逐年变化情况如何",
)


@pytest.mark.parametrize("question", COMPARING)
def test_a_series_over_a_rename(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    given = [(value.period, value.number) for value in answer.values[:3]]
    assert given == [("2021", "2310.40"), ("2022", "2548.60"), ("2023", "2701.30")]
    growth = [value.number for value in answer.values if value.label.endswith("增长率")]
    assert growth == ["10.31", "5.99", "16.92"]
    assert all(value.sources for value in answer.values)


def test_a_contradiction_between_reports_is_answered_as_one(engine: Engine) -> None:
    answer = engine.ask(f"比较{BODY}2021年和2022年的机关运行经费")
    assert answer.outcome is Outcome.CONTRADICTED
    first = answer.values[0]
    assert first.check is Check.FAILS
    assert first.other is not None
    assert "110.16" in first.other
    assert "不一致" in answer.text


def test_a_guess_is_said_to_be_one(engine: Engine) -> None:
    answer = engine.ask("比较河道清淤整治项目2021到2023年的预算执行率")
    assert [value.number for value in answer.values[:3]] == ["96.00", "97.50", "99.00"]
    assert "推测" in answer.text


def test_a_missing_year_is_named(engine: Engine) -> None:
    answer = engine.ask(f"比较{BODY}2020到2022年的三公经费")
    assert "没有2020年的报告" in answer.text
    assert answer.coverage.missing == ("2020年",)


def test_filters_narrow_what_is_compared(engine: Engine) -> None:
    question = f"比较{BODY}2021到2023年的三公经费"
    answer = engine.ask(question, filters=Filters(report="river_202"))
    assert [value.number for value in answer.values[:3]] == ["12.80", "11.90", "9.8"]
    narrowed = engine.ask(question, filters=Filters(unit="河道管理局"))
    assert "没有2023年的报告" in narrowed.text


def test_a_follow_up_keeps_the_units_and_years(engine: Engine) -> None:
    conversation = Conversation()
    engine.ask(f"比较{BODY}2021到2022年的三公经费", conversation=conversation)
    answer = engine.ask("本年支出合计也比较一下", conversation=conversation)
    assert [value.number for value in answer.values[:2]] == ["2305.15", "2541.00"]


OTHERWISE = (
    f"{BODY}2022年三公经费比上年增加了多少",
    f"{BODY}2022年三公经费是多少",
    f"{BODY}2021年和2022年哪一年的三公经费比较高",
    f"{BODY}2021年到2022年三公经费平均是多少",
    f"{BODY}2022年三公经费变化的原因是什么，请与2021年比较",
    f"比较{BODY}2021年和2022年的三公经费是否一致",
    "比较三公经费",
)


@pytest.mark.parametrize("question", OTHERWISE)
def test_other_questions_are_no_comparisons(engine: Engine, question: str) -> None:
    assert not compared.asked(engine.plan(question))


def test_only_the_reports_of_the_subject_are_opened(library: MemoryLibrary) -> None:
    opened: set[int] = set()

    class Watched:
        def document(self, report: int) -> Document:
            opened.add(report)
            return library.document(report)

    parts = tuple(library.parts())
    request = Request(f"比较{BODY}2021年和2022年的三公经费")
    found = compare(Watched(), parts, request, threshold=0.55)
    assert found.rows
    of_body = {part.report for part in parts if part.entity == BODY and not part.project}
    assert opened == of_body
