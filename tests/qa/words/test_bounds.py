"""Conditions on figures, as a test on values in base units."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qa.words.bounds import (
    condition_asked,
    condition_of,
    conditions_of,
    without_condition,
    zero_asked,
)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("支出超过100万元的项目有哪些", "1000001", "1000000"),
        ("支出不超过100万元的项目有哪些", "1000000", "1000001"),
        ("没有超过100万元的有哪些", "1000000", "1000001"),
        ("不低于90%的指标有几个", "90", "89.9"),
        ("执行率低于95%的项目", "94.9", "95"),
        ("不到10万元的有几项", "99999", "100000"),
        ("没达到90分的指标", "89", "90"),
        ("100万元以上的项目有哪些", "1000000", "999999"),
        ("50万元以下的有哪些", "500000", "500001"),
        ("10万元到50万元之间的有哪些", "500000", "500001"),
        ("10到50万元之间的有哪些", "100000", "99999"),
        ("正好是100%的指标有几个", "100", "99.9"),
        ("没有发生的三公经费有哪些", "0", "0.01"),
        ("支出为零的科目有哪些", "0", "1"),
    ],
)
def test_conditions(text: str, inside: str, outside: str) -> None:
    condition = condition_of(text)
    assert condition is not None
    assert condition(Decimal(inside))
    assert not condition(Decimal(outside))


@pytest.mark.parametrize(
    "text", ["三公经费是多少", "是否达到目标", "完成率是100%吗", "10个项目有哪些"]
)
def test_no_condition(text: str) -> None:
    assert condition_of(text) is None


def test_words_of_a_condition() -> None:
    assert condition_asked("达到目标了吗")
    assert zero_asked("没有发生的有哪些")
    assert not zero_asked("预算是0.5万元的有哪些")
    assert without_condition("支付超过10万元的子项").split() == ["子项"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("支出没到1000万但预算超过300万的项目有哪些", ["支出", "预算"]),
        ("超过100万但不到500万的项目有哪些", [""]),
        ("支付金额超过10万元（不含正好10万元）的有几个", ["支付"]),
        ("项目支出超过500万、基本支出为0的科目", ["项目支出", "基本支出"]),
    ],
)
def test_one_condition_a_quantity(text: str, words: list[str]) -> None:
    assert [condition.words for condition in conditions_of(text)] == words


@pytest.mark.parametrize(("value", "held"), [(90, False), (55, True), (40, False)])
def test_bounds_of_one_quantity_hold_together(value: int, held: bool) -> None:
    condition = condition_of("得分不低于50分、低于60分的指标")
    assert condition is not None
    assert condition(Decimal(value)) is held


def test_either_of_two_bounds() -> None:
    condition = condition_of("低于60分或高于90分的指标")
    assert condition is not None
    assert [condition(Decimal(n)) for n in (50, 70, 95)] == [True, False, True]
