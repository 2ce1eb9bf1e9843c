"""Numerals as printed: Arabic with separators, Chinese, and what a print is worth as a Decimal."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

# Digits beyond this are identifiers, not quantities; it also keeps Decimal arithmetic exact.
MAX_DIGITS: Final = 20

ARABIC: Final = re.compile(
    # GDP1,250亿元 is read, A4 and DN300 are not: two capitals may stand before a number
    r"(?<![0-9a-z_@#])(?<![^A-Z][A-Z])(?<!\A[A-Z])(?<![0-9]\.)(?:"
    # 7,511.89 and, cut by a stray space, 1, 112.48  18,980. 28  5 ,700.00
    r"[0-9]{1,3}(?: ?, ?[0-9]{3})+(?: ?\.[0-9]+|\. [0-9]{1,2})(?![0-9])"
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
    r"|[0-9]+(?: ?\.[0-9]+)?"
    r")"
)
# Digits before a number that may be a part of it: it is then not certain, and not read.
CUT: Final = re.compile(r"(?:[0-9] {1,2}|[0-9]\. {1,2}|[0-9][.,]?\s*\n\s*)$")
CHINESE: Final = re.compile("[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]+")
_UPPER: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟〇", "一二三四五六七八九十百千零")
_DIGIT: Final = "[一二两三四五六七八九]"
_SECTION: Final = re.compile(
    rf"(?:(?P<k>{_DIGIT})千)?(?:零?(?P<h>{_DIGIT})百)?(?:(?P<z>零?)(?P<t>{_DIGIT}?)(?P<ten>十))?"
    rf"(?P<zero>零)?(?P<u>{_DIGIT})?"
)
_VALUES: Final = {char: index for index, char in enumerate("零一二三四五六七八九")} | {"两": 2}


def arabic_value(printed: str) -> Decimal:
    """The value of a number matched by `ARABIC`; separators and spaces are dropped."""
    return Decimal(printed.replace(",", "").replace(" ", ""))


def decimals(printed: str) -> int:
    """How many digits stand behind the decimal point."""
    return len(printed.partition(".")[2].strip())


def digits(printed: str) -> int:
    """How many digits are printed."""
    return sum(char.isdigit() for char in printed)


def chinese_value(printed: str) -> int | None:
    """The value of a Chinese numeral in full form (``一百二十``, ``两万五千``).

    None for what is no such numeral: digit strings (二〇二三, 十四五), scale words alone (百, 万),
    estimates (四五), and shortened forms that have two meanings (一百五).
    """
    text = printed.translate(_UPPER)
    if len(text) > MAX_DIGITS:
        return None
    total = 0
    rest = text
    for mark, factor in (("亿", 100_000_000), ("万", 10_000)):
        head, found, tail = rest.partition(mark)
        if found:
            section = _section(head.removeprefix("零") if rest is not text else head)
            if not section or mark in tail:
                return None
            total += section * factor
            rest = tail
    if not rest:
        return total or None
    last = _section(rest)
    if last is None or (total and _skips(rest)):
        return None
    return total + last


def _skips(rest: str) -> bool:
    """True for 三万五: a lone digit behind a scale word, worth five thousand or five."""
    return len(rest) == 1


def _section(text: str) -> int | None:
    """A numeral below ten thousand, or None."""
    match = _SECTION.fullmatch(text)
    if not text or match is None:
        return None
    higher = match["k"] or match["h"]
    if higher and match["u"] and not match["ten"] and not match["zero"]:
        return None
    if match["zero"] and not match["u"]:
        return None
    value = _VALUES[match["u"]] if match["u"] else 0
    if match["ten"]:
        value += 10 * (_VALUES[match["t"]] if match["t"] else 1)
    value += 100 * (_VALUES[match["h"]] if match["h"] else 0)
    value += 1000 * (_VALUES[match["k"]] if match["k"] else 0)
    return value or None
