"""What a printed number allows: its precision, and what words such as 约 and 以上 do to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from ingest.quantity import Dimension, Unit

# 约 and 近 say nothing of how far: five per cent to either side is taken.
ABOUT_SHARE: Final = Decimal("0.05")

_ZERO_EXACT: Final = frozenset(
    {
        Dimension.MONEY,
        Dimension.COUNT,
        Dimension.SCORE,
        Dimension.DURATION,
        Dimension.MEASURE,
        Dimension.NUMBER,
    }
)


class Approx(Enum):
    """What an approximating word does to the interval."""

    ABOUT = "about"  # both sides are widened
    BELOW = "below"  # 近: the value is the upper end
    AT_LEAST = "at_least"  # open above
    AT_MOST = "at_most"  # open below


AT_LEAST_BEFORE: Final = (
    "大于等于|大于或等于|不得低于|不能低于|未低于|不得少于|不低于|不少于|不小于|不短于|至少|最少|超过|突破|高于|大于|多于|超|逾|"
    "≥|>=|(?<![A-Za-z/\"'])>|≧"
)
AT_MOST_BEFORE: Final = (
    "小于等于|小于或等于|不得超过|不能超过|没有超过|未超过|不超过|不超|不得高于|不高于|不大于|不多于|不晚于|至多|最多|不足|不到|未满|"
    "低于|小于|少于|≤|<=|<|≦"
)
ABOUT_BEFORE: Final = "大约|约为|约合|约计|约|大概|大致"
BELOW_BEFORE: Final = "将近|接近|近"
AT_LEAST_AFTER: Final = "及以上|\\(含\\)以上|以上|有余|余|多|\\+(?![0-9A-Za-z])"
AT_MOST_AFTER: Final = "及以下|\\(含\\)以下|以下|以内|之内"
ABOUT_AFTER: Final = "左右|上下"

# 签约, 解约 and 彩超 end like 约 and 超.
NO_ABOUT: Final = "(?<![节合预契公履集条签违制邀简俭隐解续失赴爽])"
NO_OVER: Final = "(?<![赶彩])"

_BEFORE: Final = re.compile(
    rf"(?:(?P<least>{NO_OVER}(?:{AT_LEAST_BEFORE}))|(?P<most>{AT_MOST_BEFORE})"
    rf"|(?P<about>{NO_ABOUT}(?:{ABOUT_BEFORE}))"
    rf"|(?P<below>(?<![附最临邻靠亲新])(?:{BELOW_BEFORE})))"
    r"(?:人民币|RMB|¥)?$"
)
_AFTER: Final = re.compile(
    rf"(?:(?P<least>{AT_LEAST_AFTER})(?!述|各|均|内容|情况|问题|地址|额|功能|元化|样|媒体|部门|方|款)"
    rf"|(?P<most>(?:{AT_MOST_AFTER})(?!简称|几|方面|问题|内容|情况|事项|措施)"
    r"|内(?!部|容|设|控|涵|外|审|存|蒙))"
    rf"|(?P<about>(?:{ABOUT_AFTER})(?!级|联动|游)))"
)

WORDS: Final = re.compile(
    "|".join(
        (
            *(AT_LEAST_BEFORE, AT_MOST_BEFORE, ABOUT_BEFORE, BELOW_BEFORE),
            *(AT_LEAST_AFTER, AT_MOST_AFTER, ABOUT_AFTER),
            "内|(?:已|均|全部)?完成|达到?",
        )
    )
)


@dataclass(frozen=True, slots=True)
class Word:
    """An approximating word and its effect."""

    text: str
    effect: Approx
    length: int = 0


def word_before(left: str) -> Word | None:
    """The approximating word that ends a text without white space, directly before a number."""
    match = _BEFORE.search(left, max(0, len(left) - 12))
    return _word(match)


def word_after(text: str, end: int, unit: Unit) -> Word | None:
    """The approximating word that stands directly behind a unit; 内 only behind durations."""
    match = _AFTER.match(text, end)
    word = _word(match)
    if word and word.text == "内" and unit.dimension is not Dimension.DURATION:
        return None
    if word and word.text in ("余", "多") and unit.dimension is Dimension.PERCENT:
        return None
    return word


def words(*found: Word | None) -> list[Word]:
    """The words that are there."""
    return [word for word in found if word is not None]


def vague(text: str) -> Word | None:
    """余, 多 or 来 between a number and its unit, as a word."""
    return Word(text, Approx.AT_LEAST) if text else None


def _word(match: re.Match[str] | None) -> Word | None:
    if match is None:
        return None
    groups = match.groupdict()
    names = (
        ("least", Approx.AT_LEAST),
        ("most", Approx.AT_MOST),
        ("about", Approx.ABOUT),
        ("below", Approx.BELOW),
    )
    for name, effect in names:
        if groups.get(name):
            return Word(groups[name], effect, len(match.group()))
    return None


def precision(value: Decimal, places: int, unit: Unit) -> tuple[Decimal, Decimal]:
    """The closed interval that a print with `places` decimals allows, in `unit`.

    Half a unit of the last printed digit to either side. Exact points: scores; counts without a
    scale word; whole durations; a printed zero of anything but rates (0.00 万元, 0 个), since a
    rate of 0% may hide a small value and an empty amount does not.
    """
    whole = value == value.to_integral_value()
    exact = (
        unit.dimension is Dimension.SCORE
        or (unit.dimension is Dimension.COUNT and unit.factor == 1 and whole)
        or (unit.dimension is Dimension.DURATION and whole and places == 0)
        or (value == 0 and unit.dimension in _ZERO_EXACT)
    )
    half = Decimal(0) if exact else Decimal(5).scaleb(-places - 1)
    return value - half, value + half


def apply(
    value: Decimal, bounds: tuple[Decimal, Decimal], found: list[Word]
) -> tuple[Decimal | None, Decimal | None]:
    """The interval after every approximating word; the widest reading of them is kept."""
    if not found:
        return bounds
    lows: list[Decimal | None] = []
    highs: list[Decimal | None] = []
    slack = abs(value) * ABOUT_SHARE
    for word in found:
        if word.effect is Approx.AT_LEAST:
            lows.append(value)
            highs.append(None)
        elif word.effect is Approx.AT_MOST:
            lows.append(None)
            highs.append(value)
        elif word.effect is Approx.BELOW:
            lows.append(min(bounds[0], value - slack))
            highs.append(value)
        else:
            lows.append(min(bounds[0], value - slack))
            highs.append(max(bounds[1], value + slack))
    low = None if None in lows else min(low for low in lows if low is not None)
    high = None if None in highs else max(high for high in highs if high is not None)
    return low, high
