"""Interval arithmetic: sums, corners and rounding hold for every true value that print allows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import interval
from ingest.interval import Interval
from ingest.quantity import PERCENT, WAN_YUAN, YUAN, Quantity, Unit, round_half_up

CENTS = st.integers(min_value=-(10**9), max_value=10**9).map(lambda n: Decimal(n) / 100)
POSITIVE = st.integers(min_value=1, max_value=10**9).map(lambda n: Decimal(n) / 100)
WITHIN = st.integers(min_value=-499, max_value=499).map(lambda n: Decimal(n) / 1000)


def printed(value: Decimal, places: int = 2, unit: Unit = WAN_YUAN) -> Quantity:
    """`value` as a report prints it, rounded to `places` decimals."""
    shown = round_half_up(value, places)
    half = Decimal(1).scaleb(-places) / 2
    return Quantity(shown, unit, shown - half, shown + half, str(shown))


def contains(bounds: Interval, value: Decimal) -> bool:
    return (bounds.low is None or bounds.low <= value) and (
        bounds.high is None or value <= bounds.high
    )


@given(st.lists(CENTS.flatmap(lambda c: WITHIN.map(lambda w: c + w / 100)), max_size=12))
def test_the_sum_of_printed_terms_contains_the_true_sum(values: list[Decimal]) -> None:
    parts = [interval.of(printed(value, unit=YUAN)) for value in values]
    assert contains(interval.total(parts), sum(values, Decimal(0)))


@given(st.lists(CENTS, min_size=1, max_size=12))
def test_a_sum_of_n_terms_is_n_half_units_wide_on_each_side(values: list[Decimal]) -> None:
    bounds = interval.total([interval.of(printed(value, unit=YUAN)) for value in values])
    assert bounds.low is not None
    assert bounds.high is not None
    assert bounds.high - bounds.low == len(values) * Decimal("0.01")


@given(POSITIVE, POSITIVE, WITHIN, WITHIN)
def test_a_ratio_at_the_corners_contains_the_true_ratio(
    part: Decimal, whole: Decimal, off_part: Decimal, off_whole: Decimal
) -> None:
    whole += 1
    true = interval.ratio_percent(part + off_part / 100, whole + off_whole / 100)
    bounds = interval.at_corners(
        interval.ratio_percent,
        interval.of(printed(part, unit=YUAN)),
        interval.of(printed(whole, unit=YUAN)),
    )
    assert bounds is not None
    assert true is not None
    assert contains(bounds, true)


@given(POSITIVE, POSITIVE, WITHIN, WITHIN)
def test_growth_at_the_corners_contains_the_true_growth(
    previous: Decimal, moved: Decimal, off_value: Decimal, off_change: Decimal
) -> None:
    previous += 1
    current = previous + moved + off_value / 100
    change = moved + off_change / 100
    true = interval.growth_percent(current, change)
    bounds = interval.at_corners(
        interval.growth_percent,
        interval.of(printed(current, unit=YUAN)),
        interval.of(printed(change, unit=YUAN)),
    )
    assert bounds is not None
    assert true is not None
    assert contains(bounds, true)


def test_growth_is_evaluated_at_corners_and_not_by_dividing_two_intervals() -> None:
    value, change = (
        interval.of(printed(Decimal("2.32"), unit=YUAN)),
        interval.of(printed(Decimal("1.86"), unit=YUAN)),
    )
    bounds = interval.at_corners(interval.growth_percent, value, change)
    assert bounds is not None
    # 404.6 % is printed where the printed figures give 404.35 %: both ends are rounded.
    assert contains(bounds, Decimal("404.6"))
    assert not contains(bounds, Decimal("420"))


@pytest.mark.parametrize(
    ("first", "second", "touch"),
    [
        ((1, 2), (2, 3), True),
        ((1, 2), ("2.01", 3), False),
        ((None, 2), (2, None), True),
        ((None, 2), (3, None), False),
        ((None, None), (5, 5), True),
    ],
)
def test_overlap(first: tuple[object, object], second: tuple[object, object], touch: bool) -> None:
    a, b = (
        Interval(*(None if end is None else Decimal(str(end)) for end in ends))
        for ends in (first, second)
    )
    assert a.overlaps(b) is touch
    assert b.overlaps(a) is touch


def test_open_ends_stay_open() -> None:
    above = Interval(Decimal(12), None)
    assert interval.total([above, Interval(Decimal(1), Decimal(2))]) == Interval(Decimal(13), None)
    assert above.negated() == Interval(None, Decimal(-12))
    assert above.scaled(Decimal(10)) == Interval(Decimal(120), None)
    assert (
        interval.at_corners(interval.ratio_percent, above, Interval(Decimal(1), Decimal(1))) is None
    )


def test_division_by_a_zero_corner_is_undefined() -> None:
    zero = Interval(Decimal(0), Decimal(1))
    assert interval.at_corners(interval.ratio_percent, zero, zero) is None
    assert interval.growth_percent(Decimal(5), Decimal(5)) is None


def test_bounds_are_in_the_base_unit() -> None:
    assert interval.of(printed(Decimal("1.5"), places=1)) == Interval(
        Decimal(14500), Decimal(15500)
    )


@pytest.mark.parametrize(
    ("value", "shown", "places", "agrees"),
    [
        ("58.321", "58.3", 1, True),
        ("58.35", "58.4", 1, True),  # half up, not half even
        ("58.25", "58.3", 1, True),
        ("-58.25", "-58.3", 1, True),
        ("3.023", "3", 0, True),
        ("3.5", "3", 0, False),
        ("404.35", "404.6", 1, False),
    ],
)
def test_agreement_rounds_half_up_as_printed(
    value: str, shown: str, places: int, agrees: bool
) -> None:
    stated = printed(Decimal(shown), places, PERCENT)
    assert interval.agrees_when_rounded(Decimal(value), stated) is agrees
