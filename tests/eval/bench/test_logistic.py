"""The weights of the last resort: what speaks for a place counts for it."""

from __future__ import annotations

from eval.bench.extract import Silence, page
from eval.bench.logistic import Judged, fit, left_out, with_weights

RIGHT = [Judged("a", {"every": 0.9, "margin": 0.3}, True)] * 30
WRONG = [Judged("b", {"every": 0.4, "margin": 0.3}, False)] * 30
MIXED = [
    Judged(suite, {"every": 0.7, "margin": 0.3}, right) for suite in "ab" for right in (True, False)
]
SEEN = [*RIGHT, *WRONG, *MIXED]


def test_a_feature_of_right_places_counts_for_them() -> None:
    found = fit(SEEN, ("every", "margin"))
    assert found.each["every"] > 1
    assert abs(found.each["margin"]) < 0.01, "the same everywhere"
    assert found.chance({"every": 0.9, "margin": 0.3}) > 0.8
    assert found.chance({"every": 0.4, "margin": 0.3}) < 0.1


def test_each_suite_is_judged_by_the_others() -> None:
    chances = [chance for judged, chance in left_out(SEEN, ("every",)) if judged.right]
    assert len(chances) == len(RIGHT) + 2
    assert max(chances) < 0.9, "the other suite has hardly seen a right one"


def test_the_table_keeps_its_head() -> None:
    text = '# head\nbase = "1"\nleast = "0.9"\nvetoes = ["a"]\n\n[weights]\nold = "3"\n'
    made = with_weights(text, fit(SEEN, ("every",)))
    assert made.startswith("# head\nbase = ")
    assert 'least = "0.9"\nvetoes = ["a"]' in made
    assert "old" not in made
    assert "\nevery = " in made


def test_the_page_counts_silent_questions_too() -> None:
    silences = [*(Silence(each.suite, each) for each in SEEN), Silence("a", None)]
    shown = page(silences, fit(SEEN, ("every",)))
    assert f"Of {len(SEEN) + 1} questions, {len(SEEN)} have a place" in shown


def test_altered_questions_count_little_and_stand_apart() -> None:
    altered = [Judged("a", {"every": 0.9, "margin": 0.3}, False, 0.05)] * 20
    names = ("every", "margin")
    some, none = fit([*SEEN, *altered], names), fit(SEEN, names)
    sure = {"every": 0.9, "margin": 0.3}
    assert 0.7 < some.chance(sure) < none.chance(sure)
    silences = [Silence(each.suite, each, each.worth < 1) for each in (*SEEN, *altered)]
    shown = page(silences, some)
    assert f"Of {len(SEEN)} questions, {len(SEEN)} have a place" in shown
    assert "of the altered ones, 20." in shown
