"""A whole table cell as one quantity."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from ingest.quantity import NUMBER, Dimension, Quantity, Unit
from ingest.reading import bounds as bounds
from ingest.reading import numerals as numerals
from ingest.reading.scan import Scanner, worth_reading
from ingest.reading.units import parse_unit
from ingest.reading.values import leading_zero, normal, quantity_of

_LONGEST: Final = 60
_CELL: Final = re.compile(
    r"(?P<open>\()?\s?(?P<sign>[-−+△▲])?\s?(?P<symbol>¥)?\s?"
    r"(?P<digits>[0-9]{1,3}(?:\s?,\s?[0-9]{3})+(?:\s?\.\s?[0-9]+)?"
    r"|[0-9]{1,3}(?: [0-9]{3})+\.[0-9]{2}"
    r"|[0-9]+(?:\s?\.\s?[0-9]+)?)"
    r"\s?(?P<percent>[%‰])?\s?(?P<close>\))?"
)

_SPAN: Final = re.compile(
    r"(?P<low>[0-9,]{1,20}(?:\.[0-9]{1,9})?) ?(?:-|—{1,2}|~|〜|至) ?"
    r"(?P<high>[0-9,]{1,20}(?:\.[0-9]{1,9})?)"
)
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}(?:[0-9]{2}){0,2}")


def read_cell(text: str, unit: Unit | None) -> Quantity | None:
    """A whole table cell as one quantity; None for blanks, dashes, codes and sentences.

    Args:
        text: the cell as it stands in the source.
        unit: the unit of its column or table. A unit printed in the cell wins over it; without
            either the quantity is a NUMBER.
    """
    if len(text) > 4 * _LONGEST:
        return None
    plain = _typed(" ".join(normal(text).split()))
    if not plain or len(plain) > _LONGEST or not worth_reading(plain):
        return None
    bare = _CELL.fullmatch(plain)
    if bare:
        return _bare_cell(bare, text.strip(), unit)
    span = _SPAN.fullmatch(plain)
    if span and unit is not None:
        return _bare_range(span, text.strip(), unit)
    found = list(Scanner(plain, unit).readings())
    if len(found) != 1:
        return None
    reading = found[0]
    rest = plain[: reading.start] + "\n" + plain[reading.end :]
    if bounds.WORDS.sub("", rest).strip(' "“”()+=整\n。.'):
        return None
    quantity = reading.quantity
    if quantity.unit.dimension is Dimension.NUMBER and unit is not None:
        return _in_column(quantity, unit)
    return quantity


_PER_TIME = re.compile(r"(?<=[人户名头亩])\s*\*\s*(?=[年月日天次])")


def _typed(plain: str) -> str:
    """Marks as they are typed for want of better ones: >= for ≥, 元/人*月 for 元/人·月."""
    return _PER_TIME.sub("·", plain.replace(">=", "≥").replace("<=", "≤"))


def _bare_cell(match: re.Match[str], printed: str, unit: Unit | None) -> Quantity | None:
    """A cell of nothing but digits, sign, brackets and a percent sign."""
    digits = re.sub(r"[\s,]", "", match["digits"])
    if bool(match["open"]) != bool(match["close"]) or leading_zero(digits):
        return None
    if len(digits) > numerals.MAX_DIGITS:
        return None
    own = parse_unit(match["percent"]) if match["percent"] else None
    if match["symbol"] and own is None and (unit is None or unit.dimension is not Dimension.MONEY):
        own = parse_unit("元")
    value = Decimal(digits)
    negative = bool(match["open"]) or match["sign"] in ("-", "−", "△", "▲")
    if negative and value:
        value = -value
    if match["percent"]:
        printed = printed.rstrip("%％‰﹪ ")
    return quantity_of(value, numerals.decimals(digits), own or unit or NUMBER, printed, [])


def _bare_range(match: re.Match[str], printed: str, unit: Unit) -> Quantity | None:
    """``90-100`` in a column of scores; no range of years, no falling one."""
    if any(numerals.ARABIC.fullmatch(end) is None or leading_zero(end) for end in match.groups()):
        return None
    low, high = (numerals.arabic_value(end) for end in match.groups())
    years = all(_YEAR.fullmatch(end) for end in match.groups())
    return None if years or low >= high else Quantity(low, unit, low, high, printed)


def _in_column(quantity: Quantity, unit: Unit) -> Quantity:
    """``12.3万`` in a column of money is an amount in 万元; ``约50`` takes the column's unit."""
    word = quantity.unit.symbol
    if not word:
        return replace(quantity, unit=unit)
    if unit.dimension not in (Dimension.MONEY, Dimension.COUNT):
        return quantity
    base = unit.symbol.lstrip("十百千万亿")
    scaled = Unit(unit.dimension, word + base, quantity.unit.factor, unit.noun)
    return replace(quantity, unit=scaled)
