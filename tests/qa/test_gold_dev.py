"""The development questions over the five real reports: floors that must not be lost."""

from __future__ import annotations

import pytest

from eval.library import SHARED, open_engine
from eval.runner import Outcome, Session
from eval.score import Score, Verdict
from eval.suites.suite import AbstainExpected, load_suite
from qa.engine import Conversation

GOLD = SHARED / "gold" / "seeds_dev.yaml"
REPORTS = SHARED / "reports"


@pytest.fixture(scope="module")
def outcomes() -> tuple[Outcome, ...]:
    if not GOLD.is_file() or not REPORTS.is_dir():
        pytest.skip("../shared/gold/seeds_dev.yaml or ../shared/reports is not here")
    with open_engine((REPORTS,)) as loaded:
        assert not loaded.problems
        return Session(loaded.engine, Conversation).run(load_suite(GOLD).cases)


def having(outcomes: tuple[Outcome, ...], verdict: Verdict) -> list[str]:
    """Ids of the cases with a verdict, the stated value of a contradiction being enough."""
    return [outcome.case.id for outcome in outcomes if outcome.stated.verdict is verdict]


def test_at_least_85_of_100_are_right(outcomes: tuple[Outcome, ...]) -> None:
    missed = {each.case.id for each in outcomes} - set(having(outcomes, Verdict.RIGHT))
    assert len(missed) <= 0.15 * len(outcomes), sorted(missed)


def test_at_most_3_of_100_are_wrong(outcomes: tuple[Outcome, ...]) -> None:
    wrong = having(outcomes, Verdict.WRONG)
    assert len(wrong) <= 0.03 * len(outcomes), wrong


def test_every_question_is_answered_without_an_error(outcomes: tuple[Outcome, ...]) -> None:
    failed = [(each.case.id, each.score.reason) for each in outcomes if each.answer is None]
    assert failed == []


def test_what_the_reports_do_not_say_is_not_answered(outcomes: tuple[Outcome, ...]) -> None:
    asked = [each for each in outcomes if isinstance(each.case.expect, AbstainExpected)]
    assert [each.case.id for each in asked if each.score != Score(Verdict.RIGHT)] == []


def test_no_wrong_number_is_shown_as_checked(outcomes: tuple[Outcome, ...]) -> None:
    assert [each.case.id for each in outcomes if each.stated.checked_wrong] == []
