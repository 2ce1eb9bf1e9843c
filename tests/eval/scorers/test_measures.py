"""Measures over many answers: retrieval, cost, stability, risk and coverage."""

from __future__ import annotations

from decimal import Decimal

import pytest

from eval.scorers.retrieval import Passage, ranking
from eval.scorers.risk import Judged, area, confidence_of, curve
from eval.scorers.spending import Spread, spread
from eval.scorers.stability import Asked, given, stability
from eval.scorers.verdicts import Verdict
from eval.suites.suite import Quote
from qa.model import Answer, Check, Outcome, Value

R, W, A, U = Verdict.RIGHT, Verdict.WRONG, Verdict.ABSTAINED, Verdict.UNSCORED
SOURCES = (Quote("f.txt", "支出56.4万元"), Quote("f.txt", "比上年增加5.19万元"))
FIRST, SECOND = Passage("f.txt", "年支出56.4万元。"), Passage("f.txt", "比上年增加5.19万元。")
OTHER, ELSEWHERE = Passage("f.txt", "别的话，很长"), Passage("g.txt", "年支出56.4万元。")


@pytest.mark.parametrize(
    ("passages", "recall", "rank", "gain"),
    [
        ([FIRST, SECOND], "1", "1", "1.0000"),
        ([OTHER, FIRST], "0.5", "0.5", "0.3869"),  # (1/log2 3) / (1 + 1/log2 3)
        ([FIRST, OTHER, SECOND], "1", "1", "0.9197"),  # (1 + 1/2) / (1 + 1/log2 3)
        ([ELSEWHERE, OTHER], "0", "0", "0.0000"),
        ([FIRST, FIRST], "0.5", "1", "0.6131"),  # the same source counts once
        ([], "0", "0", "0.0000"),
    ],
)
def test_retrieval(passages: list[Passage], recall: str, rank: str, gain: str) -> None:
    found = ranking(SOURCES, passages)
    assert found is not None
    assert found.recall(3) == Decimal(recall)
    assert found.reciprocal_rank() == Decimal(rank)
    assert found.ndcg(3).quantize(Decimal("0.0001")) == Decimal(gain)


def test_only_the_first_k_count() -> None:
    found = ranking(SOURCES, [OTHER, FIRST, SECOND])
    assert found is not None
    assert [found.recall(k) for k in (1, 2, 3)] == [0, Decimal("0.5"), 1]
    assert ranking((), [FIRST]) is None


def test_spending_tells_unknown_from_nothing() -> None:
    assert spread([None, 0, 3, 1]) == Spread(3, 1, Decimal(4), Decimal(1), Decimal(3))
    assert spread([None]) is None


def test_stability() -> None:
    groups = {
        "a": [Asked(R, 1), Asked(R, 1)],
        "b": [Asked(R, 1), Asked(W, 2)],
        "c": [Asked(W, 1), Asked(W, 2)],
        "once": [Asked(R, 1)],
    }
    found = stability(groups)
    assert (found.cases, found.same_verdict, found.same_values) == (3, 2, 1)
    assert found.verdict_share == Decimal(2) / 3
    assert stability({}).value_share is None


def answer(number: str, unit: str, check: Check = Check.EXACT) -> Answer:
    value = Value("", number, unit, "", "某局", None, "", check)
    return Answer("问", Outcome.ANSWERED, "", (value,))


def test_one_value_in_two_units_is_given_alike() -> None:
    assert given(answer("1", "万元")) == given(answer("10000", "元"))
    assert given(answer("1", "万元")) != given(answer("1", "元"))
    assert given(Answer("问", Outcome.ABSTAINED, "")) == ("abstained",)
    assert given(None) == ()


def test_risk_and_coverage() -> None:
    sure = [("0.9", R), ("0.9", R), ("0.8", W), ("0.5", R), ("0", A), ("1", U)]
    points = curve([Judged(verdict, Decimal(confidence)) for confidence, verdict in sure])
    assert [(p.confidence, p.answered, p.wrong) for p in points] == [
        (Decimal("0.9"), 2, 0),
        (Decimal("0.8"), 3, 1),
        (Decimal("0.5"), 4, 1),
    ]
    assert [p.coverage for p in points] == [Decimal("0.4"), Decimal("0.6"), Decimal("0.8")]
    assert points[1].risk == Decimal(1) / 3
    assert area(points).quantize(Decimal("0.0001")) == Decimal("0.1458")
    assert area(()) == 0


def test_checked_answers_are_surer_than_stated_ones() -> None:
    stated = confidence_of(answer("1", "元", Check.STATED))
    assert confidence_of(answer("1", "元")) > stated > confidence_of(answer("1", "元", Check.FAILS))
