"""Date and time formats of spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

DATE_TOKEN = r"yy(?:yy?)?|y|m{1,5}|d{1,4}|h{1,2}|s{1,2}|am/pm|a/p|上午/下午|a{3,4}|e{1,4}"  # noqa: S105

_FIRST_1900, _FIRST_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LEAP_BUG = 60  # the 29 February 1900 that spreadsheets count
_LAST_DAY = 2_958_466  # the first day of the year 10000
_SECONDS = 86_400
_SIZES = {"h": 3600, "m": 60, "s": 1}
_DIGITS = "〇一二三四五六七八九"
_WEEKDAYS = "一二三四五六日"
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Token = tuple[str, str]
"""A kind (``date``, ``literal``, ``digit`` …) and its text."""


def shown_date(
    serial: Decimal, tokens: Sequence[Token], *, date1904: bool, chinese: bool
) -> str | None:
    """A day number as a date, a time or both; None where it is none.

    Args:
        serial: days, and the time of day as their fraction.
        tokens: the format's.
        date1904: days count from 1904.
        chinese: in Chinese numerals (二〇二三年).
    """
    moment = _moment(serial, date1904=date1904)
    if moment is None:
        return None
    half = any(text.lower() in ("am/pm", "a/p", "上午/下午") for _, text in tokens)
    shown: list[str] = []
    for index, (kind, text) in enumerate(tokens):
        if kind == "date":
            minutes = _is_minutes(tokens, index)
            part = _part(text.lower(), moment, serial, minutes=minutes, half=half)
            shown.append(_numeral(part, year=text[:1] in "yYeE") if chinese else part)
        elif kind == "digit":
            continue  # parts of a second
        elif kind == "point":
            following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
            shown.append("" if following == "digit" else text)
        elif kind != "at":
            shown.append(text)
    return "".join(shown).strip()


def _moment(serial: Decimal, *, date1904: bool) -> datetime | None:
    if not 0 <= serial < _LAST_DAY:
        return None
    seconds = (serial * _SECONDS).quantize(Decimal(1), ROUND_HALF_UP)
    days, rest = divmod(int(seconds), _SECONDS)
    if not date1904 and days < _LEAP_BUG:
        days += 1
    first = _FIRST_1904 if date1904 else _FIRST_1900
    return first + timedelta(days=days, seconds=rest)


def _is_minutes(tokens: Sequence[Token], index: int) -> bool:
    """True for an ``m`` after hours or before seconds."""
    if not re.fullmatch(r"\[?m{1,2}\]?", tokens[index][1], re.IGNORECASE):
        return False
    dates = [i for i, (kind, _) in enumerate(tokens) if kind == "date"]
    at = dates.index(index)
    before = tokens[dates[at - 1]][1].lower() if at else ""
    after = tokens[dates[at + 1]][1].lower() if at + 1 < len(dates) else ""
    return before.strip("[")[:1] == "h" or after.strip("[")[:1] == "s" or tokens[index][1][0] == "["


def _part(text: str, moment: datetime, serial: Decimal, *, minutes: bool, half: bool) -> str:
    length = len(text)
    if text.startswith("["):
        seconds = (serial * _SECONDS).quantize(Decimal(1), ROUND_HALF_UP)
        return str(int(seconds) // _SIZES[text[1]]).zfill(length - 2)
    if minutes:
        return str(moment.minute).zfill(length)
    match text[0]:
        case "y" | "e":
            return f"{moment.year % 100:02d}" if text in ("y", "yy") else f"{moment.year:04d}"
        case "m":
            return _named(moment.month, _MONTHS[moment.month - 1], length)
        case "d":
            return _named(moment.day, _DAYS[moment.weekday()], length)
        case "h":
            return str((moment.hour - 1) % 12 + 1 if half else moment.hour).zfill(length)
        case "s":
            return str(moment.second).zfill(length)
    return _half(text, moment) if "/" in text else _weekday(length, moment)


def _named(number: int, name: str, length: int) -> str:
    """``3``, ``03``, ``Mar``, ``March``, ``M`` for one to five letters in the format."""
    if length <= 2:
        return str(number).zfill(length)
    return name[: {3: 3, 5: 1}.get(length)]


def _half(text: str, moment: datetime) -> str:
    first, second = text.split("/")
    half = first if moment.hour < 12 else second
    return half.upper() if half.isascii() else half


def _weekday(length: int, moment: datetime) -> str:
    return ("星期" if length == 4 else "") + _WEEKDAYS[moment.weekday()]


def _numeral(digits: str, *, year: bool) -> str:
    """Digits in Chinese: a year digit by digit, months and days as numbers below 100."""
    if not digits.isdecimal():
        return digits
    if year:
        return "".join(_DIGITS[int(digit)] for digit in digits)
    tens, ones = divmod(int(digits), 10)
    if tens == 0:
        return _DIGITS[ones]
    lead = "" if tens == 1 else _DIGITS[tens]
    return lead + "十" + (_DIGITS[ones] if ones else "")
