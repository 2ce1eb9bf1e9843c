"""Whole numbers in Chinese characters: 三, 两, 十二, 一百零五, 三万五千, 二〇二三."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
NUMERAL = "[零〇一二两三四五六七八九十百千万亿]"


def read_numeral(text: str) -> Decimal | None:
    """The number that `text` consists of; None where it is none (千, 万: no number by itself).

    A row of bare digits is read digit by digit (二〇二三); 三万五 without its last unit is not read,
    as it may mean 35,000 or 30,005.
    """
    if not text or set(text) - {*_DIGITS, *_SMALL, *_LARGE}:
        return None
    if all(char in _DIGITS for char in text):
        return Decimal("".join(str(_DIGITS[char]) for char in text))
    return _valued(text)


def _valued(text: str) -> Decimal | None:
    total = section = 0
    digit: int | None = None
    last = 0
    for char in text:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _SMALL:
            section += _SMALL[char] * (1 if digit is None and char == "十" else digit or 0)
            if digit == 0 or (digit is None and char != "十"):
                return None
            digit, last = None, _SMALL[char]
        else:
            section += digit or 0
            if not section and not total:
                return None
            unit = _LARGE[char]
            total = total + section * unit if total >= unit else (total + section) * unit
            section, digit, last = 0, None, _LARGE[char]
    if digit and last > 10 and text[-2:-1] not in "零〇":
        return None
    return Decimal(total + section + (digit or 0))
