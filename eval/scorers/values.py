"""Figures: the first number of an answer against the expected one, in unit, size and sign."""

from __future__ import annotations

from dataclasses import dataclass

from eval.amounts import in_unit, mentioned, read_number, same_size
from eval.scorers.signs import sign_miss
from eval.suites.model import Amount, Case
from eval.units import compact, unit_kind
from qa.model import Answer, Value


@dataclass(frozen=True, slots=True)
class ValueFound:
    """How the first figure of an answer stands against the preferred expectation.

    Attributes:
        unit: it converts to the expected unit.
        size: it is the expected number, half up at the expected decimals or within tolerance.
        sign: its direction fits.
        printed: it is the expected number to the last digit, nothing rounded away or added.
        place: 1 where it is the first figure of the answer, 2 where the second is right, …; 0 where
            none is.
    """

    unit: bool
    size: bool
    sign: bool
    printed: bool
    place: int


def numbers(answer: Answer) -> tuple[Value, ...]:
    """The values that are numbers, in the order shown (short texts left out)."""
    return tuple(value for value in answer.values if _is_number(value))


def _is_number(value: Value) -> bool:
    if read_number(value.number) is None:
        return False
    # 三 with a unit is a figure; alone it may be anything.
    return bool(value.unit) or any(char.isdigit() for char in compact(value.number))


def number_miss(case: Case, amounts: tuple[Amount, ...], answer: Answer) -> str | None:
    """Why the first figure is none of `amounts`; None where it is one."""
    shown = numbers(answer)
    if not shown:
        return "没有给出数值"
    reasons = [amount_miss(case, amount, shown[0], answer) for amount in amounts]
    if None in reasons:
        return None
    if _place(case, amounts, answer):
        return "所问的数值不在第一位"
    return reasons[0]


def value_found(case: Case, amounts: tuple[Amount, ...], answer: Answer) -> ValueFound | None:
    """The aspects of the first figure; None where the answer has none."""
    shown = numbers(answer)
    if not shown:
        return None
    first = shown[0]
    # The expectation that fits best speaks for all of them.
    amount = min(amounts, key=lambda each: _misses(case, each, first, answer))
    size = size_miss(amount, first, answer) is None
    number = read_number(first.number)
    converted = in_unit(number, _unit_of(first, amount, answer), amount) if number else number
    return ValueFound(
        unit=converted is not None,
        size=size,
        sign=sign_miss(case, amount, first, answer) is None,
        printed=converted is not None and abs(converted) == abs(amount.value),
        place=_place(case, amounts, answer),
    )


def _misses(case: Case, amount: Amount, value: Value, answer: Answer) -> int:
    size = size_miss(amount, value, answer) is not None
    return 2 * size + (sign_miss(case, amount, value, answer) is not None)


def _place(case: Case, amounts: tuple[Amount, ...], answer: Answer) -> int:
    for place, value in enumerate(numbers(answer), 1):
        if any(amount_miss(case, amount, value, answer) is None for amount in amounts):
            return place
    return 0


def amount_miss(case: Case, amount: Amount, value: Value, answer: Answer) -> str | None:
    """Why `value` is not `amount`, in unit, size or sign; None where it is."""
    asked = unit_kind(amount.unit)
    if case.type == "unit_conversion" and unit_kind(value.unit) != asked:
        return f"应以{amount.unit}为单位，给的是{value.unit}"
    miss = size_miss(amount, value, answer)
    return miss or sign_miss(case, amount, value, answer)


def size_miss(amount: Amount, value: Value, answer: Answer) -> str | None:
    """Why `value` is not as large as `amount` (signs left out); None where it is."""
    number = read_number(value.number)
    if number is None:
        return "不是数值"
    unit = _unit_of(value, amount, answer)
    converted = in_unit(number, unit, amount)
    if converted is None:
        return f"单位不符：应为{amount.unit or '无单位'}，给的是{unit or '无单位'}"
    if not same_size(converted, amount):
        return f"数值不符：应为{amount}，给的是{value.number}{value.unit}"
    return None


def _unit_of(value: Value, amount: Amount, answer: Answer) -> str:
    """The value's unit; a bare count is read with the noun that the text gives it."""
    if value.unit or unit_kind(amount.unit).dimension != "count":
        return value.unit
    number = read_number(value.number)
    return amount.unit if mentioned(answer.text, Amount(str(number), amount.unit)) else ""
