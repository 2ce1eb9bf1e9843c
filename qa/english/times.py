"""Times, numbers and units in English, as the Chinese that stands for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_MONTH_NUMBERS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        start=1,
    )
}
_Y = r"(?:19|20)\d\d"
_NOT_AMOUNT = r"(?![\d.,]*\d|\s*(?:yuan|rmb|million|billion|cases|people|%))"
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "last": "4"}
_COUNTS = {"two": "两", "three": "三", "four": "四", "five": "五"}
_NUMERALS = _COUNTS | dict(
    zip(
        ("six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        ("六", "七", "八", "九", "十", "十一", "十二"),
        strict=True,
    )
)
_SCALES = {
    "thousand": (Decimal("0.1"), "万", "千元"),
    "ten thousand": (Decimal(1), "万", "万元"),
    "10,000": (Decimal(1), "万", "万元"),
    "10 000": (Decimal(1), "万", "万元"),
    "10000": (Decimal(1), "万", "万元"),
    "million": (Decimal(100), "万", "百万元"),
    "ten million": (Decimal(1000), "万", "千万元"),
    "hundred million": (Decimal(1), "亿", "亿元"),
    "100 million": (Decimal(1), "亿", "亿元"),
    "billion": (Decimal(10), "亿", "十亿元"),
}
_SCALE = r"ten thousand|hundred million|100 million|ten million|thousand|million|billion"
_MONEY = r"yuan|rmb|renminbi|cny"


@dataclass(frozen=True, slots=True)
class Read:
    """A stretch that was read: where it ends, its Chinese, and whether it is a time or a unit."""

    end: int
    text: str


def _month(name: str) -> str:
    return f"{_MONTH_NUMBERS[name[:3].lower()]}月"


_TIMES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), template)
    for pattern, template in (
        (rf"(?:from\s+)?({_Y})\s*(?:-|–|—|to|through|until)\s*({_Y})\b", "{0}年至{1}年"),
        (rf"({_MONTHS})\.?\s+(\d\d?)(?:st|nd|rd|th)?,?\s+({_Y})\b", "{2}年{0m}{1}日"),
        (rf"(\d\d?)(?:st|nd|rd|th)?\s+({_MONTHS})\.?,?\s+({_Y})\b", "{2}年{1m}{0}日"),
        (rf"({_MONTHS})\.?,?\s+(?:of\s+)?({_Y})\b", "{1}年{0m}"),
        (rf"(?:start|beginning|opening)\s+of\s+(?:the\s+year\s+)?({_Y})\b", "{0}年年初"),
        (rf"(?:end|close|closing)\s+of\s+(?:the\s+year\s+)?({_Y})\b", "{0}年年末"),
        (rf"(?:year-?end|end-)\s*(?:of\s+)?({_Y})\b", "{0}年年末"),
        (rf"(first|second)\s+half\s+of\s+({_Y})\b", "{1}年{0h}半年"),
        (rf"(first|second|third|fourth|last)\s+quarter\s+of\s+({_Y})\b", "{1}年第{0o}季度"),
        (rf"(first|second|third|fourth|last)[- ]quarter\s+(?:of\s+)?({_Y})\b", "{1}年第{0o}季度"),
        (rf"Q([1-4])\s*(?:of\s+)?({_Y})\b", "{1}年第{0}季度"),
        (rf"(?:(?:fiscal|financial|calendar|budget)\s+years?|the\s+year|FY)\s*({_Y})\b", "{0}年"),
        (rf"(?:before|prior\s+to)\s+({_Y})\b(?=\s*(?:$|[,.?;]))", "{0}年之前"),
        (rf"({_Y})\b{_NOT_AMOUNT}", "{0}年"),
        (r"(?:start|beginning|opening)\s+of\s+(?:the|that)\s+year\b", "年初"),
        (r"(?:end|close)\s+of\s+(?:the|that)\s+year\b|year-?end\b", "年末"),
        (r"(?:start|beginning)(?=\s+(?:and|to|through)\s)", "年初"),
        (r"mid-?year\b|middle\s+of\s+the\s+year\b", "年中"),
        (r"(?:during|over the course of)\s+the\s+year\b", "年中"),
        (r"(?:first|second)\s+half\s+of\s+the\s+year\b", "{h}半年"),
        (r"(?:last|past|recent)\s+(two|three|four|five|\d)\s+years\b", "近{0n}年"),
        (
            r"(?:last|previous|prior|preceding)\s+year(?:['’]s)?\b|year\s+(?:before|earlier)\b",
            "上年",
        ),
        (r"(?:next|following)\s+year(?:['’]s)?\b", "次年"),
        (r"(?:this|current)\s+year\b(?!['’])", "今年"),
        (r"(?:same|that)\s+year\b", "同年"),
        (r"(?:each|every)\s+year\b", "每年"),
        (r"(?:both|the\s+two)\s+years\b", "两年"),
        (r"over\s+the\s+years\b|year\s+by\s+year\b", "历年"),
        (rf"({_MONTHS})\b(?=\s*(?:$|[,.?;]|\d|and\b|to\b))(?<!may)", "{0m}"),
    )
)


def time_at(text: str, at: int) -> Read | None:
    """The time that starts at a place (2023, June 2024, the end of 2023, last year), or None."""
    for pattern, template in _TIMES:
        match = pattern.match(text, at)
        if match:
            return Read(match.end(), _filled(template, match.groups(), match.group()))
    return None


def _filled(template: str, groups: tuple[str, ...], whole: str) -> str:
    """`{0}` is a group as it stands, `m` a month, `h` a half, `o` an ordinal, `n` a number."""

    def fill(slot: re.Match[str]) -> str:
        said = groups[int(slot[1])] if slot[1] else whole
        if slot[2] == "m":
            return _month(said)
        if slot[2] == "h":
            return "上" if said.lower().startswith("first") else "下"
        if slot[2] == "o":
            return _ORDINALS[said.lower()]
        return _COUNTS.get(said.lower(), said) if slot[2] == "n" else said

    return re.sub(r"\{(\d?)([mhon]?)\}", fill, template)


_NUMBER = re.compile(
    rf"(?P<n>\d[\d,]*(?:\.\d+)?)(?:\s*(?P<scale>{_SCALE}))?"
    rf"(?:[\s-]*(?P<unit>%|per\s?cent\b|percentage\s+points?\b|(?:points?|marks?)\b|{_MONEY}))?",
    re.IGNORECASE,
)
_UNIT = re.compile(
    rf"(?:units?\s+of\s+)?(?:(?P<scale>{_SCALE}|10,000|10 000|10000)s?\s*(?:of\s+)?)?(?:{_MONEY})\b",
    re.IGNORECASE,
)


def unit_at(text: str, at: int) -> Read | None:
    """A unit of money that starts at a place (yuan, 10,000 yuan, million yuan), or None."""
    match = _UNIT.match(text, at)
    if not match:
        return None
    scale = (match["scale"] or "").lower()
    return Read(match.end(), _SCALES[scale][2] if scale else "元")


def number_at(text: str, at: int) -> Read | None:
    """A number with its scale and unit (1.5 million yuan: 150万元), or None."""
    match = _NUMBER.match(text, at)
    if not match:
        return None
    number, scale = match["n"].replace(",", ""), (match["scale"] or "").lower()
    unit = (match["unit"] or "").lower()
    if scale:
        factor, word, _ = _SCALES[scale]
        number = f"{(Decimal(number) * factor).normalize():f}{word}"
    if unit.startswith("percentage"):
        return Read(match.end(), number + "个百分点")
    if unit.startswith(("point", "mark")):
        return Read(match.end(), number + "分")
    if unit in ("", "%"):
        return Read(match.end(), number + unit)
    return Read(match.end(), number + ("%" if unit.startswith("per") else "元"))


def numeral(word: str) -> str:
    """A number word in Chinese (six: 六), or an empty text."""
    return _NUMERALS.get(word.lower(), "")
