"""Arithmetic on closed intervals of Decimals; an open end is None.

Functions that share a term between numerator and denominator are evaluated at the corners of the
inputs (monotone in each argument there), never by dividing two independent intervals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from itertools import product
from typing import NamedTuple

from ingest.quantity import Quantity, Unit, round_half_up

Formula = Callable[..., Decimal | None]


class Interval(NamedTuple):
    """A closed interval; None is an open end."""

    low: Decimal | None
    high: Decimal | None

    def overlaps(self, other: Interval) -> bool:
        """True when some value lies in both."""
        below = self.high is not None and other.low is not None and self.high < other.low
        above = self.low is not None and other.high is not None and self.low > other.high
        return not (below or above)

    def within(self, other: Interval) -> bool:
        """True when every value of this one lies in the other."""
        low = other.low is None or (self.low is not None and self.low >= other.low)
        high = other.high is None or (self.high is not None and self.high <= other.high)
        return low and high

    @property
    def width(self) -> Decimal:
        """Its length; infinite with an open end."""
        if self.low is None or self.high is None:
            return Decimal("Infinity")
        return self.high - self.low

    def negated(self) -> Interval:
        """The interval of −x."""
        return Interval(
            None if self.high is None else -self.high, None if self.low is None else -self.low
        )

    def scaled(self, factor: Decimal) -> Interval:
        """The interval of x · factor, for a positive factor."""
        return Interval(
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
        )


def of(quantity: Quantity) -> Interval:
    """The quantity's interval in the base unit of its dimension."""
    factor = quantity.unit.factor
    return Interval(
        None if quantity.low is None else quantity.low * factor,
        None if quantity.high is None else quantity.high * factor,
    )


def in_sum(terms: Sequence[Quantity]) -> list[Interval]:
    """The intervals of the terms of one sum, in base units, in their order.

    Whoever prints 30, 30 and 29.99 side by side has left out zeros, not digits: a rounded term
    of fewer decimals than the finest of its unit is read at the precision of that one. Terms with
    a word such as 约, ranges and exact numbers keep their own interval.
    """
    finest: dict[Unit, int] = {}
    for term in filter(_rounded, terms):
        finest[term.unit] = max(finest.get(term.unit, 0), places(term))
    return [_read_to(term, finest[term.unit]) if _rounded(term) else of(term) for term in terms]


def _rounded(quantity: Quantity) -> bool:
    """True for a plain print: half a unit of its last digit to either side, and no word with it."""
    half = Decimal(5).scaleb(-places(quantity) - 1)
    around = (quantity.value - half, quantity.value + half)
    return not quantity.approx and (quantity.low, quantity.high) == around


def _read_to(quantity: Quantity, decimals: int) -> Interval:
    """The interval of a print with so many decimals; its far end is printed one higher."""
    half = Decimal(5).scaleb(-decimals - 1)
    if decimals > places(quantity):
        half -= Decimal(1).scaleb(-decimals - 3)
    return Interval(quantity.value - half, quantity.value + half).scaled(quantity.unit.factor)


def total(parts: list[Interval]) -> Interval:
    """The sum of independent terms."""
    lows = [part.low for part in parts]
    highs = [part.high for part in parts]
    return Interval(
        sum((low for low in lows if low is not None), Decimal(0)) if None not in lows else None,
        sum((h for h in highs if h is not None), Decimal(0)) if None not in highs else None,
    )


def at_corners(formula: Formula, *parts: Interval) -> Interval | None:
    """The range of `formula` over the corners of its arguments.

    Returns None where a corner is open or the formula is undefined there (division by zero).
    """
    values: list[Decimal] = []
    with localcontext() as context:
        context.prec = 40
        for corner in product(*parts):
            if any(bound is None for bound in corner):
                return None
            value = formula(*corner)
            if value is None:
                return None
            values.append(value)
    return Interval(min(values), max(values))


def ratio_percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """100·part/whole, or None for a zero whole."""
    return None if whole == 0 else part / whole * 100


def growth_percent(current: Decimal, change: Decimal) -> Decimal | None:
    """100·change/(current − change): growth against the implied previous value."""
    previous = current - change
    return None if previous == 0 else change / previous * 100


def places(quantity: Quantity) -> int:
    """Decimals printed."""
    exponent = quantity.value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def agrees_when_rounded(value: Decimal, stated: Quantity) -> bool:
    """True when `value` (in the stated unit), rounded half up as printed, is what is printed."""
    return round_half_up(value, places(stated)) == stated.value
