"""The last resort: the one place that the rare words of a question lead to, or nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.extract import Silent, last_resort
from qa.extract_vetoes import asks_elsewhere
from qa.extract_weights import weights
from qa.extract_words import words_of
from qa.lexicon import LexiconError, tables
from qa.model import Outcome

DATA = Path(__file__).parent / "data"


@cache
def library() -> MemoryLibrary:
    return MemoryLibrary(sorted(DATA.glob("textual_*.txt")))


@cache
def engine(*, resort: bool = True) -> Engine:
    settings = SimpleNamespace(abstain_threshold=0.55)
    return Engine(library(), settings, resort=last_resort if resort else None)


FOUND = (("泵站的施工单位中了标的是谁家", "清溪县宏达水利建筑有限公司"),)


@pytest.mark.parametrize(("question", "told"), FOUND, ids=[q for q, _ in FOUND])
def test_the_place_is_quoted_where_the_rules_are_silent(question: str, told: str) -> None:
    assert engine(resort=False).ask(question).outcome is Outcome.ABSTAINED
    answer = engine().ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert told in answer.text
    assert "请对照原文" in answer.text
    assert answer.confidence is not None
    assert answer.confidence >= weights().least
    for source in answer.citations:
        text = next(d.text for d in map(library().document, range(5)) if d.name == source.report)
        assert text[source.start : source.end] == source.quote


@pytest.mark.parametrize(
    "question",
    [
        "泵站工程由谁审计",
        "谁给泵站工程做的监理",
        "2019年泵站工程花了多少",
        "泵站工程和护岸加固一共花了多少钱",
        "泵站工程比预算超了多少",
        "清溪县泵站工程的造价每座多少",
        "石门县水利局的泵站工程是哪家施工的",
    ],
)
def test_silence_is_kept_where_no_place_answers(question: str) -> None:
    assert engine().ask(question).outcome in (Outcome.ABSTAINED, Outcome.CLARIFY)


@pytest.mark.parametrize(
    ("question", "elsewhere"),
    [
        ("泵站工程的施工单位是哪家", False),
        ("泵站工程的施工单位是哪家，合同多少钱", True),
        ("泵站工程2021年和2022年分别花了多少", True),
        ("项目如果没有完成应得几分", True),
        ("预算执行率得5.3分的依据是什么", True),
        ("泵站工程的工期比计划长多少天", True),
    ],
)
def test_what_several_places_answer_is_left_alone(question: str, elsewhere: bool) -> None:
    assert asks_elsewhere(engine().plan(question), question) is elsewhere


@pytest.mark.parametrize(
    ("question", "needed"),
    [
        ("清溪县泵站工程的监理单位是哪家", ("泵站工程", "监理")),
        ("临江市教育局绩效自评通知的文号是什么", ("通知",)),
    ],
)
def test_units_and_words_that_ask_are_not_looked_for(
    question: str, needed: tuple[str, ...]
) -> None:
    words = words_of(engine().plan(question))
    assert set(needed) <= set(words.needed)
    assert not any("教育局" in word or "哪" in word for word in (*words.needed, *words.every))


def test_nothing_is_proposed_over_an_empty_library() -> None:
    nobody = Engine(MemoryLibrary.of(()), SimpleNamespace(abstain_threshold=0.55))
    assert nobody.ask("泵站工程的施工单位是哪家").outcome is Outcome.ABSTAINED


def test_the_resort_sees_every_silent_question_and_only_those() -> None:
    seen: list[Silent] = []
    settings = SimpleNamespace(abstain_threshold=0.55)
    watched = Engine(library(), settings, resort=lambda asked: seen.append(asked))
    for question in ("泵站工程由谁审计", "中小河流治理项目的评价得分是多少"):
        watched.ask(question)
    assert [asked.question for asked in seen] == ["泵站工程由谁审计"]


def test_a_damaged_table_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    text = tables("extract.toml")[-1][0]
    monkeypatch.setattr("qa.extract_weights.tables", lambda _: ((text, {"base": "1"}),))
    weights.cache_clear()
    with pytest.raises(LexiconError, match=r"extract\.toml"):
        weights()
    weights.cache_clear()
