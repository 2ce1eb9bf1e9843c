"""Units, sizes and numbers in texts as the scorer reads them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.amounts import (
    direction,
    in_unit,
    mentioned,
    read_amount,
    read_number,
    same_size,
)
from eval.suites.suite import Amount
from eval.units import compact, compatible, unit_kind

MONEY = st.sampled_from(["元", "万元", "百万元", "千万元", "亿元", "million yuan"])
PRINTED = st.decimals(
    min_value=Decimal("-999999999"), max_value=Decimal("999999999"), places=2, allow_nan=False
)


@given(PRINTED, MONEY, MONEY)
def test_a_converted_amount_is_the_same_amount(number: Decimal, have: str, want: str) -> None:
    ratio = unit_kind(want).factor / unit_kind(have).factor
    expected = Amount(format(number, "f"), want)
    converted = in_unit(number * ratio, have, expected)
    assert converted is not None
    assert same_size(converted, expected)


@given(PRINTED, st.integers(min_value=1, max_value=999))
def test_a_last_digit_more_is_another_amount(number: Decimal, cents: int) -> None:
    expected = Amount(format(abs(number), "f"), "万元")
    assert not same_size(abs(number) + Decimal(cents) / 100, expected)


@given(PRINTED, st.sampled_from(["元", "万元", "亿元", "%", "分", "个"]))
def test_a_written_amount_is_found_in_a_sentence(number: Decimal, unit: str) -> None:
    written = f"{abs(number):,}"
    expected = Amount(format(abs(number), "f"), unit)
    assert mentioned(f"2023年为{written}{unit}，比上年增加。", expected)
    assert not mentioned(f"2023年为1{written}{unit}。", expected)
    assert read_number(written) == abs(number)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("元", "亿元", True),
        ("元", "%", False),
        ("%", "个百分点", False),
        ("百分点", "个百分点", True),
        ("万宗", "宗", True),
        ("宗", "家", False),
        ("人", "人次", False),
        ("次", "人次", False),
        ("个", "项", True),
        ("个子项目", "个", True),
        ("个月", "个", False),
        ("个月", "月", True),
        ("天", "日", True),
        ("分", "分钟", False),
        ("分", "个", False),
        ("倍", "", False),
        ("平方米", "米", False),
        ("", "", True),
    ],
)
def test_compatible(left: str, right: str, same: bool) -> None:
    assert compatible(unit_kind(left), unit_kind(right)) is same
    assert compatible(unit_kind(right), unit_kind(left)) is same


@pytest.mark.parametrize(
    ("text", "number", "unit", "found"),
    [
        ("共51人次", "51", "人", False),
        ("共51人", "51", "人", True),
        ("用时30分钟", "30", "分", False),
        ("得30分", "30", "分", True),
        ("428.54万元", "428.54", "元", False),
        ("4285400元", "428.54", "万元", True),
        ("3个百分点", "3", "%", False),
        ("3个百分点", "3", "个百分点", True),
        ("3个月", "3", "个", False),
        ("28个一般公共预算项目", "28", "个", True),
        ("2021-2023年", "2023", "年", True),
    ],
)
def test_mentioned(text: str, number: str, unit: str, found: bool) -> None:
    assert mentioned(text, Amount(number, unit)) is found


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("77.3%", Amount("77.3", "%")),
        ("1,428.54 万元", Amount("1428.54", "万元")),
        ("34个", Amount("34", "个")),
        ("2023年11月1日", None),
        ("社会效益", None),
        ("3号楼二期工程建设项目", None),
    ],
)
def test_read_amount(text: str, amount: Amount | None) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    ("before", "sign"),
    [
        ("比上年增加", 1),
        ("比上年减少", -1),
        ("增长放缓，下降", -1),
        ("共有多少", 0),
        ("至少", 0),
        ("较预算少", -1),
        ("支出", 0),
        ("decreased by", -1),
        ("grew", 1),
    ],
)
def test_direction(before: str, sign: int) -> None:
    assert direction(compact(before)) == sign


@pytest.mark.parametrize("text", ["", "约12", "12万", "1.2.3", "百", "三公", "12-13"])
def test_other_texts_are_no_number(text: str) -> None:
    assert read_number(text) is None
