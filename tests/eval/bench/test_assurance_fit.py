"""What doubts are worth: counted, not guessed."""

from __future__ import annotations

import pytest

from eval.bench.assurance_fit import Judged, fit, left_out
from eval.bench.calibration_page import with_shares

GOOD = [Judged("a", frozenset(), False)] * 200
BAD = [Judged("a", frozenset({"zero"}), wrong) for wrong in (True, False)] * 20
BOTH = [Judged("b", frozenset({"zero", "english"}), wrong) for wrong in (True, False)] * 20


def test_a_doubt_is_worth_the_share_of_its_wrong_answers() -> None:
    found = fit([*GOOD, *BAD])
    assert found.base < 0.02
    assert 0.3 < found.shares["zero"] < 0.5
    assert found.confidence({"zero"}) < found.confidence(())


def test_a_doubt_that_comes_with_another_is_not_blamed_twice() -> None:
    found = fit([*GOOD, *BAD, *BOTH])
    assert found.shares["english"] < found.shares["zero"] / 3


def test_a_suite_is_judged_by_the_others() -> None:
    sure = {one.suite: value for one, value in left_out([*GOOD, *BOTH])}
    assert sure["b"] > 0.8, "the other suite has not seen these doubts"


@pytest.mark.parametrize(
    ("kind", "share"), [("zero", "0.3"), ("english", "0.070")], ids=["seen", "not seen"]
)
def test_the_table_takes_the_shares_of_the_fit(kind: str, share: str) -> None:
    text = 'base = "0.1"\n[doubts.zero]\nshare = "0.9"\n[doubts.english]\nshare = "0.070"\n'
    made = with_shares(text, fit([*GOOD, *BAD]))
    assert f'[doubts.{kind}]\nshare = "{share}' in made
