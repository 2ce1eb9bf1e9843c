"""What the reader hands out and works with: readings, printed numbers, the text beside them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ingest.quantity import Quantity, Unit
from ingest.reading import bounds as bounds
from ingest.reading import numerals as numerals
from ingest.reading.text import fold

REACH: Final = 40  # characters looked at on either side of a number
# Traditional forms of the characters that units and scales are written with.
_SIMPLE: Final = str.maketrans(
    "萬億個項條戶輛場單張間處筆種類組節週歲兩貳叁陸畝噸萬頃層戶幢臺師資億圓餘約近過於",
    "万亿个项条户辆场单张间处笔种类组节周岁两贰叁陆亩吨万顷层户幢台师资亿元余约近过于",
)
_WIDE_COMMA: Final = re.compile("，")
_WIDE_GROUP: Final = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity with its place; all offsets index the text that was given.

    ``text[start:end]`` is the number with its unit, without approximating words before or behind;
    ``text[number_start:number_end]`` is `quantity.printed`.
    """

    quantity: Quantity
    start: int
    end: int
    number_start: int
    number_end: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed, before its unit is known."""

    start: int
    end: int
    value: Decimal
    places: int
    chinese: bool = False


class Right:
    """The text behind a number without white space, with the way back to its offsets.

    A tab ends it: it parts the cells of a row. `crossed` is True where a line end lies between
    the number and what stands behind it.
    """

    __slots__ = ("_chunk", "_start", "crossed", "text")

    def __init__(self, text: str, start: int) -> None:
        chunk = text[start : start + REACH].partition("\t")[0]
        self.text = "".join(chunk.split())
        self.crossed = "\n" in chunk[: len(chunk) - len(chunk.lstrip())]
        self._chunk = chunk
        self._start = start

    def offset(self, length: int) -> int:
        """The offset in the source behind the first `length` characters."""
        if len(self.text) == len(self._chunk):
            return self._start + length
        seen = 0
        for index, char in enumerate(self._chunk):
            if seen == length:
                return self._start + index
            seen += not char.isspace()
        return self._start + len(self._chunk.rstrip())


def left_of(text: str, start: int) -> str:
    """The text before a number without white space, back to the cell's border."""
    return "".join(text[max(0, start - REACH) : start].rpartition("\t")[2].split())


def normal(text: str) -> str:
    """`text` folded, in simple characters, with the full-width comma kept apart.

    A full-width comma parts clauses (``为120，300个``) except among full-width digits.
    """
    folded = fold(text).translate(_SIMPLE)
    if "，" not in text:
        return folded
    separators = {match.start() for match in _WIDE_GROUP.finditer(text)}
    chars = list(folded)
    for match in _WIDE_COMMA.finditer(text):
        if match.start() not in separators:
            chars[match.start()] = "，"
    return "".join(chars)


def leading_zero(printed: str) -> bool:
    """True for 01 and 0755, which are codes or parts of dates."""
    return len(printed) > 1 and printed[0] == "0" and printed[1].isdigit()


def quantity_of(
    value: Decimal, places: int, unit: Unit, printed: str, words: list[bounds.Word]
) -> Quantity:
    """The quantity that a print with its approximating words states."""
    low, high = bounds.apply(value, bounds.precision(value, places, unit), words)
    approx = words[0].text if words else ""
    return Quantity(value=value, unit=unit, low=low, high=high, printed=printed, approx=approx)


class Source:
    """A text with its folded form and the stretches in which nothing is read."""

    __slots__ = ("_ends", "_starts", "raw", "text")

    def __init__(self, raw: str, text: str, masks: list[tuple[int, int]]) -> None:
        self.raw = raw
        self.text = text
        self._starts = [start for start, _ in masks]
        self._ends = [end for _, end in masks]

    def masked(self, start: int, end: int) -> bool:
        """True when a masked stretch touches ``text[start:end]``."""
        index = bisect_right(self._starts, end - 1) - 1
        return index >= 0 and self._ends[index] > start

    def arabic_at(self, position: int) -> Number | None:
        """The Arabic number that begins at `position`, unless it is masked or no quantity."""
        match = numerals.ARABIC.match(self.text, position)
        return None if match is None else self.number(match)

    def number(self, match: re.Match[str]) -> Number | None:
        """A match of `ARABIC` as a Number, or None for codes and masked numbers."""
        printed = match.group()
        if self.masked(*match.span()) or leading_zero(printed):
            return None
        if len(printed) > 2 * numerals.MAX_DIGITS or numerals.digits(printed) > numerals.MAX_DIGITS:
            return None
        if self._cut(*match.span()):
            return None
        return Number(
            match.start(),
            match.end(),
            numerals.arabic_value(printed),
            numerals.decimals(printed),
        )

    def _cut(self, start: int, end: int) -> bool:
        """True where the number may be the rest of one that a space or a line end cut."""
        before = self.text[max(0, start - 8) : start]
        match = numerals.CUT.search(before)
        if match is None:
            return False
        digit = start - len(before) + match.start()
        if self.masked(digit, digit + 1):
            return False
        spaced = "." not in match.group() and "\n" not in match.group()
        whole = self.text[start:end].partition(".")[0]
        return not spaced or len(whole) == 3
