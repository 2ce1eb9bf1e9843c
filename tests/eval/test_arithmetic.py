"""The arithmetic of suites: decimals as printed, half-up, and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from eval.arithmetic import ArithmeticWrong, holds, numbers_in, operands, value_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1 + 0.2", "0.3"),
        ("round(5.19/(56.4-5.19)*100, 1)", "10.1"),
        ("round(2.5)", "3"),
        ("round(0.125, 2)", "0.13"),
        ("-3 * 2", "-6"),
        ("max(1, 2.5) - min(3, 4)", "-0.5"),
        ("428.54 * 10000", "4285400"),
    ],
)
def test_values(text: str, value: str) -> None:
    assert value_of(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "true"), [("1 < 2", True), ("0.1 + 0.2 == 0.3", True), ("3 >= 3.01", False)]
)
def test_comparisons(text: str, true: bool) -> None:
    assert holds(text) is true


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 +",
        "1/0",
        "9**9",
        "x",
        "__import__('os')",
        "round(1, 99)",
        "round(1, x=2)",
        "sum(1, 2)",
        "True",
        "'1'",
        "1 < 2 < 3",
        "[1]",
        "(" * 500 + "1" + ")" * 500,
        "1+" * 3000 + "1",
        "1 < 2",
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(ArithmeticWrong):
        value_of(text)


def test_a_value_is_no_comparison() -> None:
    with pytest.raises(ArithmeticWrong, match="比较"):
        holds("1 + 1")


def test_operands_leave_out_the_places() -> None:
    assert operands("round(5.19/(56.4-5.19)*100, 1)") == {
        Decimal("5.19"),
        Decimal("56.4"),
        Decimal(100),
    }
    assert numbers_in("１，２３４.5万元与7") == {Decimal("1234.5"), Decimal(7)}
