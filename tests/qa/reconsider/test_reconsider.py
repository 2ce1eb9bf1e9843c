"""A second look at what the last gate held back: weighed together, given with its doubts, or left."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.assurance.model import Doubt
from qa.engine import Conversation, Engine
from qa.fitted import Weights, fitted
from qa.model import Answer, Outcome
from qa.reconsider.features import LONGEST_TEXT, MOST_PARTS, features
from qa.reconsider.held import TABLE, Held, names_another_body, second_look

REPORT = """栖湾市文化馆2023年度项目支出绩效自评报告

一、项目概况

栖湾市文化馆2023年组织公益培训。全年开设公益培训班46个，培训学员2,318人，聘请外聘教师37人，发放课时费58.60万元。

二、完成情况

培训学员满意度为96.4%，年初设定目标95%。
"""
HELD_BACK = "写稿子要用哈，栖湾市文化馆2023年外聘教师多少人？"
SETTINGS = SimpleNamespace(abstain_threshold=0.55)


@pytest.fixture
def library(tmp_path: Path) -> MemoryLibrary:
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf-8")
    return MemoryLibrary([path])


class Recorder:
    """A second look that keeps what it was shown and gives nothing."""

    def __init__(self) -> None:
        self.shown: list[Held] = []

    def __call__(self, held: Held) -> Answer | None:
        self.shown.append(held)
        return None


@pytest.fixture
def held(library: MemoryLibrary) -> Held:
    recorder = Recorder()
    answer = Engine(library, SETTINGS, again=recorder).ask(HELD_BACK)
    assert answer.outcome is Outcome.ABSTAINED
    (one,) = recorder.shown
    return one


def worth(monkeypatch: pytest.MonkeyPatch, *, base: float, vetoes: str = "") -> None:
    made = Weights(base, {"doubt:words_few": 0.0}, Decimal("0.8"), frozenset(vetoes.split()))
    monkeypatch.setattr("qa.reconsider.held.fitted", lambda _: made)


def test_what_was_held_back_is_shown_with_its_doubts(held: Held) -> None:
    assert held.kinds == {"words_few"}
    assert [value.number for value in held.asked.answer.values] == ["37"]
    assert held.asked.question == HELD_BACK


def test_a_likely_answer_is_given_with_doubts_and_remark(
    library: MemoryLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    worth(monkeypatch, base=3.0)
    answer = Engine(library, SETTINGS).ask(HELD_BACK)
    assert answer.outcome is Outcome.ANSWERED
    assert [(value.number, value.unit) for value in answer.values] == [("37", "人")]
    assert answer.confidence == Decimal("0.953")
    assert [doubt.kind for doubt in answer.doubts] == ["words_few"]
    assert answer.remarks == (
        "报告中写作“聘请外聘教师”。",
        "（所给的内容里找不到“写稿子”。请对照原文。）",
    )
    assert all(remark in answer.text for remark in answer.remarks)


@pytest.mark.parametrize(("base", "vetoes"), [(0.0, ""), (3.0, "words_few")])
def test_an_unlikely_or_vetoed_answer_stays_held_back(
    library: MemoryLibrary, monkeypatch: pytest.MonkeyPatch, base: float, vetoes: str
) -> None:
    worth(monkeypatch, base=base, vetoes=vetoes)
    answer = Engine(library, SETTINGS).ask(HELD_BACK)
    assert answer.outcome is Outcome.ABSTAINED
    assert not answer.values


def test_an_answer_without_doubts_is_not_looked_at_again(library: MemoryLibrary) -> None:
    recorder = Recorder()
    answer = Engine(library, SETTINGS, again=recorder).ask("栖湾市文化馆2023年外聘教师多少人？")
    assert answer.outcome is Outcome.ANSWERED
    assert not recorder.shown


def test_with_the_gate_open_nothing_is_held_back(library: MemoryLibrary) -> None:
    recorder = Recorder()
    Engine(library, SETTINGS, least=Decimal(0), again=recorder).ask(HELD_BACK)
    assert not recorder.shown


def test_what_was_given_after_all_may_be_followed_up(
    library: MemoryLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    worth(monkeypatch, base=3.0)
    engine, conversation = Engine(library, SETTINGS), Conversation()
    engine.ask(HELD_BACK, conversation=conversation)
    answer = engine.ask("培训学员呢？", conversation=conversation)
    assert [value.number for value in answer.values] == ["2318"]


def test_features_say_doubts_plan_and_place(held: Held) -> None:
    found = features(held.asked, held.kinds)
    assert found["doubt:words_few"] == 1
    assert 0 < found["gate"] < 0.9
    assert found["asks a count"] == 1
    assert "asks money" not in found, "what is 0 is left out"
    assert found["values"] == 1
    assert found["length"] == len(HELD_BACK)
    assert found["longest not in place"] >= len("写稿子要用")
    assert 0 < found["share not in place"] < 1


def test_names_of_units_and_years_are_no_missing_words(held: Held) -> None:
    plain = replace(held.asked.plan, named=())
    with_names = features(held.asked._replace(plan=plain), held.kinds)
    without = features(held.asked, held.kinds)
    assert without["share not in labels"] != with_names.get("share not in labels")


def test_large_counts_are_bounded(held: Held) -> None:
    many = replace(held.asked.plan, parts=tuple((1, number) for number in range(90)))
    answer = replace(held.asked.answer, text="长" * 5000)
    found = features(held.asked._replace(plan=many, answer=answer), held.kinds)
    assert found["parts"] == MOST_PARTS
    assert found["characters"] == LONGEST_TEXT


def test_the_table_at_hand_never_gives_what_may_be_anybodys(held: Held) -> None:
    assert {"body_open", "year_open", "project_open", "project_unnamed"} <= fitted(TABLE).vetoes
    open_body = replace(held, doubts=(replace(held.doubts[0], kind="body_open"),))
    assert second_look(open_body) is None


def test_a_doubt_that_was_hardly_ever_met_stands(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    worth(monkeypatch, base=3.0)
    rare = replace(held.doubts[0], kind="stage")
    assert second_look(held) is not None
    assert second_look(replace(held, doubts=(*held.doubts, rare))) is None


@pytest.mark.parametrize(
    ("kind", "words", "place"),
    [
        ("words_few", "合肥", True),
        ("words_elsewhere", "培训班、越秀区", True),
        ("words_few", "气象局", True),
        ("words_few", "写稿子", False),
        ("presence", "合肥", False),  # the name of what is given
    ],
)
def test_words_that_name_another_place_or_body_always_stand(
    kind: str, words: str, place: bool
) -> None:
    assert names_another_body(Doubt(kind, words)) is place
