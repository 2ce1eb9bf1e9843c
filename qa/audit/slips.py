"""Kinds of slips of the pen: what may have been meant where another value is printed.

Each test proposes the quantity that would have been right; it is believed only where it lies in
the interval that the failed equation gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from ingest import interval
from ingest.interval import Interval
from ingest.model import Figure
from ingest.quantity import (
    WAN_YUAN,
    YI_YUAN,
    YUAN,
    Dimension,
    Quantity,
    format_number,
    round_half_up,
)
from qa.audit.model import Slip
from qa.audit.shapes import Implied

Test = Callable[[Quantity, Implied], Iterator[Quantity]]

_MONEY = (YUAN, WAN_YUAN, YI_YUAN)
_GRID = 3  # values of the printed precision in an interval, up to which a digit can be told
_TAILS = 30  # the same where the digits give the recomputed value itself
_DIGITS = 3  # digits from which on one that differs is no accident
_NEAR = Decimal("0.1")  # share of a value that an interval may span to tell its power of ten
_CLOSE = Decimal("0.01")  # the same where no accident is left
_STRONG_DIGITS = 2
_POWERS = (-3, -2, -1, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may have been meant, and by which slip another value came to be printed.

    `strong` is whether the slip is hardly an accident: the same digits with another sign, unit or
    point, in an interval that leaves no room for others.
    """

    quantity: Quantity
    slip: Slip
    strong: bool = False


def digits_of(value: Decimal, like: Quantity) -> str:
    """The digits of a value as a quantity prints its own: with separators only where it has."""
    return format_number(value) if "," in like.printed else f"{value:f}"


def propose(figure: Figure, implied: Implied) -> Proposal:
    """The likeliest right quantity for a figure that an equation says to be wrong."""
    for exactly in (True, False):  # what the point is printed as, before what is near enough
        for slip, test in _TESTS:
            for quantity in test(figure.quantity, implied):
                if not exactly or _is_point(quantity, implied):
                    return Proposal(quantity, slip, _is_strong(quantity, slip, implied.bounds))
    return Proposal(_rounded(figure.quantity, implied), Slip.UNKNOWN)


def _inside(quantity: Quantity, bounds: Interval) -> bool:
    return interval.of(quantity).overlaps(bounds)


def _told(quantity: Quantity, bounds: Interval, share: Decimal = _NEAR) -> bool:
    """True where a value lies in an interval that is narrow beside it, so that few others do."""
    step = abs(quantity.base) * share
    width = None if bounds.low is None or bounds.high is None else bounds.high - bounds.low
    return width is not None and width <= step and _inside(quantity, bounds)


def _is_strong(quantity: Quantity, slip: Slip, bounds: Interval) -> bool:
    digits = len(quantity.value.normalize().as_tuple().digits)
    kind = slip in (Slip.UNIT, Slip.SIGN, Slip.POINT) and digits >= _STRONG_DIGITS
    return kind and _told(quantity, bounds, _NEAR if slip is Slip.SIGN else _CLOSE)


def _fits(quantity: Quantity, implied: Implied) -> bool:
    """True where a value lies in the interval, or is what the recomputed point is printed as."""
    low, high = implied.bounds.scaled(1 / quantity.unit.factor)
    inside = low is not None and high is not None and low <= quantity.value <= high
    return inside or _is_point(quantity, implied)


def _is_point(quantity: Quantity, implied: Implied) -> bool:
    """True where the recomputed point is printed so; scores and counts are printed whole."""
    point = implied.point / quantity.unit.factor
    whole = not quantity.exact or _inside(quantity, implied.bounds)
    return whole and interval.agrees_when_rounded(point, quantity)


def _narrow(bounds: Interval, step: Decimal, most: int) -> bool:
    """True where so few printable values lie in the interval that hitting one tells something."""
    return (
        bounds.low is not None
        and bounds.high is not None
        and bounds.high - bounds.low <= most * step
    )


def _shifted(quantity: Quantity, value: Decimal) -> Quantity:
    """Another value in the same unit, with the precision that its digits show."""
    half = Decimal(0)
    if not quantity.exact:
        half = Decimal(1).scaleb(-interval.places(replace(quantity, value=value))) / 2
    return replace(
        quantity,
        value=value,
        low=value - half,
        high=value + half,
        printed=digits_of(value, quantity),
    )


def _rounded(quantity: Quantity, implied: Implied) -> Quantity:
    """The recomputed point as this figure would be printed, or finer where that hides the gap."""
    point = implied.point / quantity.unit.factor
    places = interval.places(quantity)
    if quantity.unit.dimension is Dimension.PERCENT:
        places = max(places, 2)
    value = round_half_up(point, places)
    while value == quantity.value and places < interval.places(quantity) + 4:
        places += 1
        value = round_half_up(point, places)
    low, high = implied.bounds.scaled(1 / quantity.unit.factor)
    return replace(quantity, value=value, low=low, high=high, printed=digits_of(value, quantity))


def _unit(quantity: Quantity, implied: Implied) -> Iterator[Quantity]:
    """The same digits in another unit of money: 元 for 万元."""
    if quantity.unit.dimension is not Dimension.MONEY or not quantity.value:
        return
    for unit in _MONEY:
        other = replace(quantity, unit=unit)
        if unit != quantity.unit and _told(other, implied.bounds):
            yield other


def _sign(quantity: Quantity, implied: Implied) -> Iterator[Quantity]:
    if quantity.value:
        other = _shifted(quantity, -quantity.value)
        if _told(other, implied.bounds):
            yield other


def _point(quantity: Quantity, implied: Implied) -> Iterator[Quantity]:
    """The same digits with the point elsewhere."""
    for power in _POWERS:
        low, high = quantity.low, quantity.high
        scale = Decimal(1).scaleb(power)
        if quantity.value and low is not None and high is not None:
            value = quantity.value * scale
            other = replace(
                quantity,
                value=value,
                low=low * scale,
                high=high * scale,
                printed=digits_of(value, quantity),
            )
            if _told(other, implied.bounds):
                yield other


def _last_digit(quantity: Quantity, implied: Implied) -> Iterator[Quantity]:
    """Off by one in the last printed digit: cut off instead of rounded, or a stray remainder."""
    step = Decimal(1).scaleb(-interval.places(quantity))
    if quantity.exact or not interval.places(quantity):
        return
    for value in (quantity.value - step, quantity.value + step):
        other = _shifted(quantity, value)
        if _fits(other, implied):
            yield other


def _edited(edit: Callable[[str], Iterator[str]]) -> Test:
    """A test that edits the printed digits; only where the interval leaves few values."""

    def test(quantity: Quantity, implied: Implied) -> Iterator[Quantity]:
        digits = f"{abs(quantity.value):f}"
        if sum(each.isdigit() for each in digits.lstrip("0.")) < _DIGITS:
            return
        sign = -1 if quantity.value < 0 else 1
        for text in edit(digits):
            other = _shifted(quantity, sign * Decimal(text))
            step = Decimal(1).scaleb(-interval.places(other)) * quantity.unit.factor
            exact = _is_point(other, implied) and _narrow(implied.bounds, step, _TAILS)
            if exact or (_narrow(implied.bounds, step, _GRID) and _fits(other, implied)):
                yield other

    return test


def _swaps(digits: str) -> Iterator[str]:
    """Two digits in each other's place, neighbours first."""
    places = [i for i, each in enumerate(digits) if each.isdigit()]
    for first, second in sorted(combinations(places, 2), key=lambda pair: pair[1] - pair[0]):
        if digits[first] != digits[second] and not (first == 0 and digits[second] == "0"):
            changed = list(digits)
            changed[first], changed[second] = changed[second], changed[first]
            yield "".join(changed)


def _substitutions(digits: str) -> Iterator[str]:
    for i, each in enumerate(digits):
        for other in "0123456789" if each.isdigit() else "":
            if other != each and not (i == 0 and other == "0" and len(digits) > 1):
                yield digits[:i] + other + digits[i + 1 :]


def _insertions(digits: str) -> Iterator[str]:
    for i in range(len(digits) + 1):
        for other in "0123456789":
            if not (i == 0 and other == "0"):
                yield digits[:i] + other + digits[i:]


def _deletions(digits: str) -> Iterator[str]:
    for i, each in enumerate(digits):
        if each.isdigit():
            text = digits[:i] + digits[i + 1 :]
            if text and not text.startswith("."):
                yield text.rstrip(".")


# The likeliest first: the first that fits is taken.
_TESTS: tuple[tuple[Slip, Test], ...] = (
    (Slip.ROUNDING, _last_digit),
    (Slip.UNIT, _unit),
    (Slip.SIGN, _sign),
    (Slip.POINT, _point),
    (Slip.TRANSPOSED, _edited(_swaps)),
    (Slip.DIGIT, _edited(_substitutions)),
    (Slip.DROPPED, _edited(_insertions)),
    (Slip.DOUBLED, _edited(_deletions)),
)
