"""What a report shows of a run, and what was expected beside what was given."""

from __future__ import annotations

import pytest

from eval.reports.collected import collect
from eval.reports.gaps import Gap, gaps
from eval.reports.inert import inert, markdown
from tests.eval.reports.conftest import HOSTILE, Make, answer, value


def test_the_worst_come_first_and_what_is_left_out_is_counted(make: Make) -> None:
    found = collect(make("one"))
    every = found.summary.everything
    counts = (every.right, every.wrong, every.abstained, every.unscored, every.checked_wrong)
    assert counts == (1, 4, 1, 1, 2)
    assert [judged.entry.case for judged in found.failed] == ["b", "e", "d", "c", "g", "f"]
    assert found.left_out == 0
    few = collect(make("two"), details=2)
    assert [judged.entry.case for judged in few.failed] == ["b", "e"]
    assert few.left_out == 4
    assert found.tags["money"].cases == 2


def test_a_baseline_tells_what_became_worse(make: Make) -> None:
    before = make("before", {"b": answer("answered", "好", value("1100", "万元"))})
    found = collect(make("after"), before)
    assert found.diff is not None
    assert [each.case for each in found.diff.regressions] == ["b"]


def of(make: Make, case: str, given: dict[str, object]) -> tuple[Gap, ...]:
    run = make("gaps", {case: given})
    return next(gaps(judged.outcome) for judged in run.judged() if judged.entry.case == case)


@pytest.mark.parametrize(
    ("number", "unit", "difference", "share"),
    [
        ("1099", "万元", "−1万元", "−0.09%"),
        ("0.11", "亿元", "0万元", ""),
        ("11000100", "元", "+0.01万元", "0%"),
        ("11", "%", "", ""),
        ("1" + "0" * 20, "万元", "", ""),
    ],
)
def test_the_difference_of_a_figure_is_in_the_expected_unit(
    make: Make, number: str, unit: str, difference: str, share: str
) -> None:
    (gap,) = of(make, "b", answer("answered", "", value(number, unit)))
    assert (gap.expected, gap.given) == ("1100万元", f"{number}{unit}")
    assert (gap.difference, gap.share) == (difference, share)


def test_each_item_stands_beside_what_was_given_for_it(make: Make) -> None:
    given = answer(
        "answered", "", value("1", "万元", label="2022年"), value("3", "万元", label="2023年")
    )
    assert of(make, "e", given) == (
        Gap("2022年", "1万元", "1万元", True, "0万元"),
        Gap("2023年", "2万元", "3万元", False, "+1万元", "+50%"),
    )


def test_words_silence_and_no_answer(make: Make) -> None:
    run = make("words")
    found = {judged.entry.case: gaps(judged.outcome) for judged in run.judged()}
    assert [(gap.given, gap.met) for gap in found["c"]] == [("甲", True), ("", False)]
    assert found["d"] == (Gap("", "abstain", "3棵", False),)
    assert found["f"] == (Gap("", "5分", "", False),)
    assert found["g"] == ()


def test_text_is_made_harmless() -> None:
    assert inert("a\x00\x1b[31m\u202eb\ud800\ufffe\r\nc") == "a[31mb\nc"
    assert inert("长" * 9, 4) == "长长长长…"
    shown = markdown(HOSTILE)
    assert "<script" not in shown
    assert "@<!-- -->all #<!-- -->1" in shown
    assert (
        markdown("[a](https://x.org) | `b`")
        == "&#91;a&#93;(https:&#47;&#47;x.org) &#124; &#96;b&#96;"
    )
