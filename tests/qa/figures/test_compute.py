"""Arithmetic over figures: values, units, intervals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Direction, Figure, Locator, Role
from ingest.quantity import PERCENT, POINT, WAN_YUAN, YUAN, Dimension, Quantity, Unit, UnitError
from qa.figures import compute

PER_MILLE = Unit(Dimension.PERCENT, "‰", Decimal("0.1"))


def figure(
    number: str,
    unit: Unit = WAN_YUAN,
    role: Role = Role.VALUE,
    direction: Direction = Direction.NONE,
) -> Figure:
    value = Decimal(number)
    exponent = value.as_tuple().exponent
    half = Decimal(5).scaleb(int(exponent) - 1)
    quantity = Quantity(value, unit, value - half, value + half, number)
    return Figure(0, quantity, Locator(((0, 1),)), 0, 0, 0, 0, 1, "金额", role, "", direction)


@pytest.mark.parametrize(
    ("current", "change", "direction", "previous"),
    [
        ("7511.89", "220.42", Direction.UP, "7291.47"),
        ("4.03", "0.63", Direction.DOWN, "4.66"),
        ("56.4", "5.19", Direction.UP, "51.21"),
    ],
)
def test_previous_value(current: str, change: str, direction: Direction, previous: str) -> None:
    moved = figure(change, role=Role.CHANGE, direction=direction)
    found = compute.previous_value(figure(current), moved)
    assert found.value == Decimal(previous)
    assert found.number == previous


@pytest.mark.parametrize(
    ("part", "whole", "number"),
    [("20.38", "27", "75.48"), ("117", "90", "130.00"), ("1", "8", "12.50"), ("1", "800", "0.13")],
)
def test_percent_rounds_half_up(part: str, whole: str, number: str) -> None:
    found = compute.percent_of(figure(part), figure(whole))
    assert found is not None
    assert found.number == number


def test_zero_whole_gives_nothing() -> None:
    assert compute.percent_of(figure("1"), figure("0")) is None
    assert compute.multiple_of(figure("1"), figure("0")) is None
    assert compute.growth_between(figure("1"), figure("0")) is None


def test_difference_works_in_the_finer_unit() -> None:
    found = compute.difference(figure("1"), figure("2500", YUAN))
    assert (found.value, found.unit) == (Decimal(7500), YUAN)


def test_what_is_worked_out_is_no_more_precise_than_what_was_rounded() -> None:
    now, moved = figure("30974653.05", YUAN), figure("86.75", direction=Direction.DOWN)
    found = compute.previous_value(now, moved)
    assert (found.number, found.unit) == ("3184.22", WAN_YUAN)
    found = compute.difference(figure("860.00"), figure("2500.00", YUAN))
    assert (found.number, found.unit) == ("859.75", WAN_YUAN)
    found = compute.total([figure("860.00"), figure("2512.34", YUAN)])
    assert (found.number, found.unit) == ("860.25", WAN_YUAN)


@pytest.mark.parametrize(
    ("left", "right", "points"),
    [
        (("0.38", PER_MILLE), ("0.50", PER_MILLE), "-0.012"),
        (("95.1", PERCENT), ("0.4", PER_MILLE), "95.06"),
        (("96.5", PERCENT), ("95.1", PERCENT), "1.4"),
    ],
)
def test_rates_differ_by_percentage_points(
    left: tuple[str, Unit], right: tuple[str, Unit], points: str
) -> None:
    found = compute.difference(figure(*left), figure(*right))
    assert (found.number, found.unit) == (points, POINT)


def test_unlike_units_do_not_add() -> None:
    with pytest.raises(UnitError):
        compute.total([figure("3", PERCENT), figure("2", POINT)])
    with pytest.raises(UnitError):
        compute.difference(figure("3", PERCENT), figure("2", WAN_YUAN))


def test_average_of_three() -> None:
    found = compute.average(
        [figure("1260000", YUAN), figure("336000", YUAN), figure("360000", YUAN)]
    )
    assert found.number == "652000.00"


amounts = st.decimals(min_value=0, max_value=10**9, places=2)


@given(amounts, amounts)
def test_difference_lies_in_its_interval(left: Decimal, right: Decimal) -> None:
    found = compute.difference(figure(str(left)), figure(str(right)))
    assert found.bounds is not None
    assert found.bounds.low is not None
    assert found.bounds.high is not None
    assert found.bounds.low <= left - right <= found.bounds.high


@given(st.lists(amounts, min_size=1, max_size=8))
def test_total_is_the_sum(numbers: list[Decimal]) -> None:
    assert compute.total([figure(str(n)) for n in numbers]).value == sum(numbers)
