"""Ratings of readers become cases of a suite that the suite reader takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.feedback import Rating, is_open, keep, kept, rating_of, suite_text
from eval.suites.suite import (
    AbstainExpected,
    NumberExpected,
    SeriesExpected,
    TextExpected,
    parse_suite,
)
from qa.model import Answer, Check, Outcome, Value


def value(label: str, number: str, unit: str) -> Value:
    return Value(label, number, unit, "2023", "甲局", None, "支出", Check.EXACT)


def rating(answer: Answer, mark: str = "right", right: str = "", alone: bool = True) -> Rating:
    return rating_of(answer, at="2026-01-01", who="", mark=mark, right=right, alone=alone)  # type: ignore[arg-type]


ONE = Answer(
    "支出是多少？", Outcome.ANSWERED, "支出 1,234.5万元", (value("支出", "1234.5", "万元"),)
)
TWO = Answer(
    "各是多少？", Outcome.ANSWERED, "1元、2元", (value("甲", "1", "元"), value("乙", "2", "元"))
)
NONE = Answer("明年呢？", Outcome.ABSTAINED, "没有找到")
WORDS = Answer("等级？", Outcome.ANSWERED, "等级为优", ())


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (rating(ONE), NumberExpected),
        (rating(TWO), SeriesExpected),
        (rating(NONE), AbstainExpected),
        (rating(WORDS), TextExpected),
        (rating(ONE, "wrong", "56.4万元"), NumberExpected),
        (rating(ONE, "wrong", "市教育局"), TextExpected),
    ],
)
def test_a_rating_is_a_case(found: Rating, expected: type) -> None:
    (case,) = parse_suite(suite_text([found]), "feedback").cases
    assert case.question == found.question
    assert isinstance(case.expect, expected)


@pytest.mark.parametrize("found", [rating(ONE, "wrong"), rating(ONE, alone=False)])
def test_what_nobody_can_score_stays_open(found: Rating) -> None:
    assert is_open(found)
    assert suite_text([found]) == ""


def test_the_last_word_on_a_question_counts(tmp_path: Path) -> None:
    path = tmp_path / "data" / "feedback.jsonl"
    assert kept(path) == []
    keep(path, rating(ONE, "right"))
    keep(path, rating(NONE))
    keep(path, rating(ONE, "wrong", "56.4万元"))
    assert [(each.question, each.mark) for each in kept(path)] == [
        ("支出是多少？", "wrong"),
        ("明年呢？", "right"),
    ]
