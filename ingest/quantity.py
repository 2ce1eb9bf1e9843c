"""Quantities: a Decimal with its unit and the interval that its printed digits allow.

This module holds the values only. Reading them out of text is `ingest.reading.reader`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Dimension(StrEnum):
    """What kind of thing a unit measures; quantities of unlike dimensions never add."""

    MONEY = "money"
    PERCENT = "percent"
    POINT = "point"  # percentage points (个百分点): never added to percent
    SCORE = "score"
    COUNT = "count"
    DURATION = "duration"
    MULTIPLE = "multiple"  # 倍
    MEASURE = "measure"  # lengths, areas, weights, bandwidth: named by their symbol
    NUMBER = "number"  # a bare number whose unit the document does not say


class UnitError(ValueError):
    """Two quantities were combined whose units do not allow it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement.

    Attributes:
        dimension: what it measures.
        symbol: as shown to readers, e.g. ``万元``, ``%``, ``万宗``.
        factor: how many base units (元, %, 分, one) one of it is.
        noun: for counts, the counted noun or measure word without 万/亿, e.g. ``宗``.
    """

    dimension: Dimension
    symbol: str
    factor: Decimal = Decimal(1)
    noun: str = ""

    def compatible(self, other: Unit) -> bool:
        """True when values in the two units may be added or converted."""
        return self.dimension == other.dimension and self.noun == other.noun


YUAN = Unit(Dimension.MONEY, "元")
WAN_YUAN = Unit(Dimension.MONEY, "万元", Decimal(10_000))
YI_YUAN = Unit(Dimension.MONEY, "亿元", Decimal(100_000_000))
PERCENT = Unit(Dimension.PERCENT, "%")
POINT = Unit(Dimension.POINT, "个百分点")
SCORE = Unit(Dimension.SCORE, "分")
MULTIPLE = Unit(Dimension.MULTIPLE, "倍")
NUMBER = Unit(Dimension.NUMBER, "")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value as printed, with the closed interval that the print allows.

    Attributes:
        value: the printed value, signed, in `unit`.
        unit: its unit.
        low: lower bound in `unit`; None when open below (``不足 3 万``).
        high: upper bound in `unit`; None when open above (``超 12 万``).
        printed: the digits exactly as they stand in the source, without unit.
        approx: the approximating word (近, 约, 超, 余, ≥ …), or "".
    """

    value: Decimal
    unit: Unit
    low: Decimal | None
    high: Decimal | None
    printed: str
    approx: str = ""

    @property
    def exact(self) -> bool:
        """True when the interval is a single point."""
        return self.low == self.high == self.value

    @property
    def base(self) -> Decimal:
        """The value in the base unit of its dimension (元, %, 分, one)."""
        return self.value * self.unit.factor

    def to(self, unit: Unit) -> Quantity:
        """The same quantity in another unit of the same dimension.

        Raises:
            UnitError: the units do not convert into each other.
        """
        if not self.unit.compatible(unit):
            raise UnitError(f"{self.unit.symbol} 不能换算为 {unit.symbol}")
        ratio = self.unit.factor / unit.factor

        def scale(bound: Decimal | None) -> Decimal | None:
            return None if bound is None else bound * ratio

        return replace(
            self,
            value=self.value * ratio,
            unit=unit,
            low=scale(self.low),
            high=scale(self.high),
        )


def round_half_up(value: Decimal, places: int) -> Decimal:
    """`value` rounded to `places` decimals, halves away from zero (四舍五入)."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def format_number(value: Decimal, places: int | None = None) -> str:
    """`value` in plain digits with thousands separators: ``-7,511.89``.

    Args:
        value: any Decimal.
        places: decimals to print, rounded half up; None keeps the decimals that it has.
    """
    rounded = value if places is None else round_half_up(value, places)
    text = f"{rounded:,f}"
    return text[1:] if text.startswith("-") and not rounded else text


def format_quantity(quantity: Quantity, places: int | None = None) -> str:
    """Number and unit as readers write them: ``7,511.89万元``, ``3%``, ``1,800座``.

    The approximating word is left to the caller, who knows on which side it stands.
    """
    return format_number(quantity.value, places) + quantity.unit.symbol


def is_range(quantity: Quantity) -> bool:
    """True for a printed range (``10—15分``): `value` is then its lower end."""
    return (
        not quantity.approx
        and quantity.low == quantity.value
        and quantity.high is not None
        and quantity.high > quantity.value
    )
