"""Values with units: conversion, rounding, printing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.quantity import (
    PERCENT,
    POINT,
    SCORE,
    WAN_YUAN,
    YI_YUAN,
    YUAN,
    Dimension,
    Quantity,
    Unit,
    UnitError,
    format_number,
    format_quantity,
    is_range,
    round_half_up,
)
from ingest.reading.reader import parse_unit, read_quantities

CASES = Unit(Dimension.COUNT, "万宗", Decimal(10_000), "宗")


def quantity(text: str) -> Quantity:
    (reading,) = read_quantities(text)
    return reading.quantity


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("0.125", 2, "0.13"),  # half-even would give 0.12
        ("-0.125", 2, "-0.13"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("84.4014", 1, "84.4"),
        ("1250", -2, "1.3E+3"),
    ],
)
def test_halves_go_away_from_zero(value: str, places: int, expected: str) -> None:
    assert str(round_half_up(Decimal(value), places)) == expected


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("4285434.4元", WAN_YUAN, "428.54344"),
        ("1.5亿元", WAN_YUAN, "15000"),
        ("7,511.89万元", YUAN, "75118900"),
        ("18,982.94万元", YI_YUAN, "1.898294"),
    ],
)
def test_conversion_keeps_the_interval(text: str, unit: Unit, expected: str) -> None:
    given_quantity = quantity(text)
    converted = given_quantity.to(unit)
    assert converted.value == Decimal(expected)
    assert converted.unit == unit
    assert converted.printed == given_quantity.printed
    assert given_quantity.low is not None
    assert converted.low == given_quantity.low * given_quantity.unit.factor / unit.factor


def test_open_ends_stay_open() -> None:
    converted = quantity("超34万家").to(Unit(Dimension.COUNT, "家", Decimal(1), "家"))
    low = Decimal(340_000)
    assert (converted.value, converted.low, converted.high) == (low, low, None)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("3%", POINT),
        ("3个百分点", PERCENT),
        ("3万元", PERCENT),
        ("3分", WAN_YUAN),
        ("3万条", CASES),
    ],
)
def test_unlike_units_do_not_convert(text: str, unit: Unit) -> None:
    with pytest.raises(UnitError, match="不能换算"):
        quantity(text).to(unit)


@pytest.mark.parametrize(
    ("first", "second", "compatible"),
    [
        ("小时", "分钟", True),
        ("个月", "年", True),
        ("天", "个工作日", False),
        ("公里", "米", True),
        ("吨", "米", False),
        ("元/人", "万元/人", True),
        ("元/人", "元/户", False),
        ("元", "元/人", False),
        ("元", "美元", False),
        ("个", "家", False),
    ],
)
def test_families_of_units(first: str, second: str, compatible: bool) -> None:
    one, other = parse_unit(first), parse_unit(second)
    assert one is not None
    assert other is not None
    assert one.compatible(other) is compatible


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("7511.89", None, "7,511.89"),
        ("-18982.9", 2, "-18,982.90"),
        ("0.004", 2, "0.00"),
        ("-0.004", 2, "0.00"),
        ("1E+3", None, "1,000"),
        ("999.995", 2, "1,000.00"),
    ],
)
def test_printing(value: str, places: int | None, expected: str) -> None:
    assert format_number(Decimal(value), places) == expected


@pytest.mark.parametrize(
    ("text", "places", "expected"),
    [
        ("4285434.4元", None, "4,285,434.4元"),
        ("84.401%", 1, "84.4%"),
        ("1.5 亿元", 2, "1.50亿元"),
        ("131.4万宗", None, "131.4万宗"),
    ],
)
def test_printing_with_unit(text: str, places: int | None, expected: str) -> None:
    assert format_quantity(quantity(text), places) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("10—15分", True), ("15分", False), ("15分以上", False), ("约15%", False)],
)
def test_ranges(text: str, expected: bool) -> None:
    assert is_range(quantity(text)) is expected


@given(
    value=st.decimals(min_value=-(10**9), max_value=10**9, places=4),
    unit=st.sampled_from([YUAN, WAN_YUAN, YI_YUAN]),
    target=st.sampled_from([YUAN, WAN_YUAN, YI_YUAN]),
)
def test_conversion_there_and_back(value: Decimal, unit: Unit, target: Unit) -> None:
    start = Quantity(value, unit, value, value, str(value))
    assert start.to(target).base == start.base
    assert start.to(target).to(unit).value == value
    assert start.exact


def test_scores_are_their_own_dimension() -> None:
    assert not SCORE.compatible(PERCENT)
