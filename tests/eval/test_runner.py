"""Asking the cases of a suite: conversations, failures, what a model used up, tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from eval.report import (
    details,
    percentile,
    table,
    total,
)
from eval.runner import Outcome, Session, judge, unscored
from eval.score import Verdict
from eval.suites.suite import Case, parse_suite
from qa.model import Answer, Check, Value
from qa.model import Outcome as Shown

SUITE = """cases:
- {id: a, type: sum, question: 甲, expect: {number: "1", unit: 元}}
- {id: b, type: sum, question: 乙, followup_of: a, expect: {number: "2", unit: 元}}
- {id: c, type: count, question: 丙, followup_of: b, expect: {number: "3", unit: 元}}
- {id: d, type: count, question: 丁, followup_of: a, expect: {abstain: true}}
- {id: e, type: text, question: 坏, expect: {text_contains: [好]}}
"""
CASES = parse_suite(SUITE, "t").cases


class Scribe:
    """Answers with how many questions its conversation has heard, and writes them down."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, ...]] = []

    def ask(self, question: str, *, conversation: list[str]) -> Answer:
        conversation.append(question)
        self.heard.append(tuple(conversation))
        if question == "坏":
            raise RuntimeError("断了")
        shown = Value("数", str(len(conversation)), "元", "", "", None, "", Check.STATED)
        return Answer(question, Shown.ANSWERED, "答", (shown,))


def run(wanted: set[str] | None = None) -> tuple[Scribe, tuple[Outcome, ...]]:
    scribe = Scribe()
    return scribe, Session[list[str]](scribe, list).run(CASES, wanted)


def test_followups_stand_in_the_conversation_of_their_predecessor() -> None:
    scribe, outcomes = run()
    assert scribe.heard == [
        ("甲",),
        ("甲", "乙"),
        ("甲", "乙", "丙"),
        ("甲",),  # asked again: the first conversation has moved on
        ("甲", "丁"),
        ("坏",),
    ]
    verdicts = [outcome.score.verdict for outcome in outcomes]
    right = Verdict.RIGHT
    assert verdicts == [right, right, right, Verdict.WRONG, Verdict.UNSCORED]


def test_a_chosen_followup_brings_its_predecessors() -> None:
    scribe, outcomes = run({"c"})
    assert scribe.heard[-1] == ("甲", "乙", "丙")
    assert [outcome.case.id for outcome in outcomes] == ["c"]


def test_a_failure_is_unscored_and_named() -> None:
    _, outcomes = run({"e"})
    assert outcomes[0].score.reason == "RuntimeError: 断了"


@dataclass
class Spent:
    tokens: int = 0
    calls: int = 0


@dataclass
class Budget:
    spent: Spent = field(default_factory=Spent)


class Modelled(Scribe):
    """Uses up ten tokens in one call for each question of the conversation."""

    def fresh_budget(self) -> Budget:
        return Budget()

    def ask(
        self, question: str, *, conversation: list[str], budget: Budget | None = None
    ) -> Answer:
        answer = super().ask(question, conversation=conversation)
        if budget is not None:
            budget.spent.tokens += 10 * len(conversation)
            budget.spent.calls += 1
        return answer


def test_what_a_model_used_up_is_known_for_each_case() -> None:
    asked = list(Session[list[str]](Modelled(), list).each(CASES, {"b", "d", "e"}))
    assert [(each.tokens, each.calls) for each in asked] == [(20, 1), (20, 1), (None, None)]
    assert {each.tokens for each in Session[list[str]](Scribe(), list).each(CASES)} == {None}


def test_totals_count_every_case_once() -> None:
    found = total(run()[1])
    assert (found.cases, found.right, found.wrong, found.unscored) == (5, 3, 1, 1)
    assert (found.checked_wrong, found.stated_wrong) == (0, 1)
    assert found.cases == found.right + found.wrong + found.abstained + found.unscored


def test_columns_line_up_with_wide_characters() -> None:
    lines = table(("名", "n"), [("甲乙丙", "1"), ("x|y", "23")]).splitlines()
    assert lines == [
        "| 名     |   n |",
        "| ------ | --: |",
        "| 甲乙丙 |   1 |",
        "| x\\|y   |  23 |",
    ]


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [
        ([1.0], 0.95, 1.0),
        ([3.0, 1.0, 2.0], 0.5, 2.0),
        ([1.0, 2.0, 3.0, 4.0], 0.5, 2.0),
        ([float(n) for n in range(1, 101)], 0.95, 95.0),
    ],
)
def test_percentile(values: list[float], share: float, found: float) -> None:
    assert percentile(values, share) == found


def test_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="没有数值"):
        percentile([], 0.5)


def test_details_name_question_expectation_answer_and_reason() -> None:
    text = details(run()[1][3])
    for part in ("--- d [count] wrong stated_wrong", "丁（追问 a）", "弃答", "2元 [stated]"):
        assert part in text


def test_broken_json_leaves_a_case_unscored() -> None:
    assert judge(CASES[0], {"question": "?"}).score.verdict is Verdict.UNSCORED
    assert unscored(CASES[0], "x").stated.reason == "x"


def test_every_expectation_has_words() -> None:
    shared = Path(__file__).parents[3] / "shared" / "gold" / "seeds_dev.yaml"
    if not shared.is_file():
        pytest.skip("../shared/gold/seeds_dev.yaml is not here")
    cases: tuple[Case, ...] = parse_suite(shared.read_text("utf-8"), "dev").cases
    for case in cases:
        assert case.id in details(unscored(case, "没有答案"))
