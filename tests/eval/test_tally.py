"""Runs in numbers, against thresholds and against each other."""

from __future__ import annotations

from decimal import Decimal

import pytest

from eval.judging import Judged, judge_entry
from eval.report import Totals
from eval.rundiff import Change, Diff, Difference, _change, states
from eval.runlog import Entry, Retrieved
from eval.score import Verdict
from eval.suites.suite import parse_suite
from eval.tally import summary_json, tally
from eval.thresholds import Thresholds, held
from qa.codec import answer_to_json
from qa.model import Answer, Check, Value
from qa.model import Outcome as Shown

CASES = {
    case.id: case
    for case in parse_suite(
        """cases:
- {id: a, type: sum, kind: 3, question: 甲, expect: {number: "1", unit: 元},
   source: [{file: 甲.txt, quote: 共计一千二百元整}]}
- {id: b, type: sum, question: 乙, expect: {number: "2", unit: 元}}
- {id: c, type: none, question: 丙, expect: {abstain: true}}
""",
        "t",
    ).cases
}


def answer(number: str | None, text: str = "答") -> Answer:
    if number is None:
        return Answer("问", Shown.ABSTAINED, text)
    shown = Value("数", number, "元", "", "", None, "", Check.EXACT)
    return Answer("问", Shown.ANSWERED, text, (shown,))


def judged(case: str, number: str | None, repeat: int = 1, **more: object) -> Judged:
    entry = Entry("t", case, repeat, answer_to_json(answer(number)), **more)  # type: ignore[arg-type]
    return Judged(entry, judge_entry(CASES[case], entry))


def lost(case: str) -> Judged:
    entry = Entry("t", case, 1, None, "断了")
    return Judged(entry, judge_entry(CASES[case], entry))


def test_verdicts_are_counted_apart_and_named() -> None:
    found = tally(
        [judged("a", "1", seconds=0.2), judged("b", "3", seconds=0.4), judged("c", None), lost("a")]
    )
    counts = found.everything
    assert (counts.cases, counts.right, counts.wrong, counts.unscored) == (4, 2, 1, 1)
    assert counts.scored == 3
    assert {name: each.cases for name, each in found.types.items()} == {"none": 1, "sum": 3}
    assert {kind: each.cases for kind, each in found.kinds.items()} == {3: 2}
    assert found.ids == {"wrong": ("b",), "checked_wrong": ("b",), "unscored": ("a",)}
    assert found.latency == (0.2, 0.4)
    assert found.spent.tokens is None
    interval = summary_json(found)["everything"]["right_interval"]
    assert [str(round(Decimal(each), 2)) for each in interval] == ["0.21", "0.94"]


def test_tokens_and_cost_are_sums_of_what_is_known() -> None:
    found = tally(
        [
            judged("a", "1", tokens=10, calls=1, cost=Decimal("0.10")),
            judged("b", "2", tokens=5, calls=2, cost=Decimal("0.20")),
            judged("c", None),
        ]
    )
    spent = found.spent
    assert (spent.tokens, spent.calls, spent.cost) == (15, 3, Decimal("0.30"))


def test_stability_over_repeats() -> None:
    found = tally(
        [
            *(judged("a", "1", repeat) for repeat in (1, 2)),
            judged("b", "3", 1),
            judged("b", "4", 2),
            judged("c", None, 1),
            judged("c", "1", 2),
        ]
    )
    assert (found.repeats.cases, found.repeats.same_verdict, found.repeats.same_values) == (3, 2, 1)
    assert found.across.cases == 0


def test_searches_are_judged_by_the_sources_of_the_case() -> None:
    passages = (
        Retrieved("乙.txt", "共计一千二百元整"),
        Retrieved("甲.txt", "收入共计一千二百元整。"),
    )
    found = tally([judged("a", "1", retrieved=passages), judged("b", "2", retrieved=passages)])
    assert found.retrieval is not None
    assert (found.retrieval.cases, found.retrieval.k) == (1, 2)
    assert found.retrieval.recall == Decimal(1)
    assert found.retrieval.reciprocal_rank == Decimal("0.5")


R, W, A, U = Verdict.RIGHT, Verdict.WRONG, Verdict.ABSTAINED, Verdict.UNSCORED


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (W, R, Change.FIXED),
        (A, R, Change.FIXED),
        (R, W, Change.BROKEN),
        (R, A, Change.BROKEN),
        (A, W, Change.WORSE),
        (W, A, Change.BETTER),
        (W, W, None),
        (U, R, Change.UNSCORED),
        (R, U, Change.UNSCORED),
        (None, W, Change.NEW),
        (R, None, Change.GONE),
    ],
)
def test_how_a_case_changed(
    before: Verdict | None, after: Verdict | None, change: Change | None
) -> None:
    number = {R: "1", W: "3", A: None}

    def state(verdict: Verdict | None) -> object:
        if verdict is None:
            return None
        each = lost("a") if verdict is U else judged("a", number[verdict])
        return states([each])["a"]

    assert _change(state(before), state(after)) is change  # type: ignore[arg-type]


def test_another_answer_with_the_same_verdict_is_a_change() -> None:
    one, other = states([judged("b", "3")])["b"], states([judged("b", "4")])["b"]
    assert _change(one, other) is Change.CHANGED


def test_of_several_answers_the_worst_counts() -> None:
    state = states([judged("a", "1"), judged("a", "3", 2), judged("a", None, 3)])["a"]
    assert (state.verdict, state.shown, len(state.answers)) == (W, "3元", 3)


def worse(*changes: Change) -> Diff:
    return Diff("a", "b", 9, tuple(Difference("a", "", each, None, None) for each in changes))


def names(thresholds: Thresholds, totals: Totals, diff: Diff | None = None) -> dict[str, bool]:
    return {each.name: each.met for each in held(thresholds, totals, diff)}


FAIR = Totals(cases=20, right=19, wrong=1, checked_wrong=1)


@pytest.mark.parametrize(
    ("thresholds", "totals", "met"),
    [
        (Thresholds(), FAIR, {}),
        (Thresholds(min_right=Decimal("0.95")), FAIR, {"min_right": True, "max_unscored": True}),
        (
            Thresholds(min_right=Decimal("0.9501")),
            FAIR,
            {"min_right": False, "max_unscored": True},
        ),
        (
            Thresholds(max_wrong=Decimal("0.05"), max_checked_wrong=Decimal(0)),
            FAIR,
            {"max_wrong": True, "max_checked_wrong": False, "max_unscored": True},
        ),
        # What could not be judged is no reason to pass.
        (
            Thresholds(max_wrong=Decimal(0)),
            Totals(cases=2, right=1, unscored=1),
            {"max_wrong": True, "max_unscored": False},
        ),
        (
            Thresholds(max_wrong=Decimal(0), max_unscored=Decimal("0.5")),
            Totals(cases=2, right=1, unscored=1),
            {"max_wrong": True, "max_unscored": True},
        ),
        (
            Thresholds(max_wrong=Decimal(0), max_unscored=Decimal(1)),
            Totals(cases=2, unscored=2),
            {"max_wrong": False, "max_unscored": True},
        ),
    ],
)
def test_thresholds(thresholds: Thresholds, totals: Totals, met: dict[str, bool]) -> None:
    assert names(thresholds, totals) == met


@pytest.mark.parametrize(
    ("changes", "met"),
    [
        ((), True),
        ((Change.FIXED, Change.BETTER, Change.CHANGED, Change.NEW, Change.GONE), True),
        ((Change.BROKEN,), False),
        ((Change.WORSE,), False),
    ],
)
def test_a_regression_is_a_case_that_is_worse(changes: tuple[Change, ...], met: bool) -> None:
    assert names(Thresholds(), FAIR, worse(*changes))["no_regression"] is met
