"""What a slip of the pen makes of a number: one digit, two digits, or the point in a wrong place."""

from __future__ import annotations

from decimal import Decimal

from ingest.quantity import round_half_up

TELLING = 4  # digits from which equal digits are no accident


def significant(value: Decimal) -> str:
    """The digits of a value without leading and trailing zeros."""
    return "".join(map(str, value.normalize().as_tuple().digits))


def to_digits(value: Decimal, digits: int) -> Decimal:
    """`value` rounded to so many significant digits, halves away from zero."""
    if not value:
        return value
    return round_half_up(value, digits - 1 - value.adjusted())


def scaled(first: Decimal, second: Decimal, telling: int = TELLING) -> bool:
    """True where two values differ by a power of ten and have at least `telling` digits."""
    a, b = significant(first), significant(second)
    return a == b and len(a) >= telling and first != second


def swapped(first: Decimal, second: Decimal) -> bool:
    """True where two neighbouring digits changed places, and nothing else differs."""
    places = _differing(first, second)
    return exchanged(first, second) and places[1] - places[0] == 1


def exchanged(first: Decimal, second: Decimal) -> bool:
    """True where two digits changed places, neighbours or not, and nothing else differs."""
    a, b = _aligned(first, second)
    return len(_differing(first, second)) == 2 and sorted(a) == sorted(b)


def _differing(first: Decimal, second: Decimal) -> list[int]:
    a, b = _aligned(first, second)
    return [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]


def replaced(first: Decimal, second: Decimal, telling: int = TELLING) -> bool:
    """True where one digit differs, in numbers of at least `telling` digits."""
    digits = min(len(significant(first)), len(significant(second)))
    return digits >= telling and len(_differing(first, second)) == 1


def dropped(first: Decimal, second: Decimal, telling: int = TELLING) -> bool:
    """True where one of two numbers lacks one digit of the other."""
    longer, shorter = sorted((significant(first), significant(second)), key=len, reverse=True)
    lacking = len(longer) == len(shorter) + 1 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))
    )
    return lacking and len(shorter) >= telling


def _aligned(first: Decimal, second: Decimal) -> tuple[str, str]:
    """The digits of two values, with zeros put in so that equal places stand side by side."""
    places = max(0, *(-int(value.as_tuple().exponent) for value in (first, second)))
    shown = [f"{abs(value):.{places}f}".replace(".", "") for value in (first, second)]
    width = max(map(len, shown))
    return shown[0].zfill(width), shown[1].zfill(width)
