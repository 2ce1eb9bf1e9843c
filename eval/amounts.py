"""Amounts as the scorer reads them: printed decimals, numbers inside a text, directions.

Written apart from the readers of the product on purpose: a scorer that shares their code shares
their slips.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from eval.numerals import NUMERAL, read_numeral
from eval.suites.model import Amount
from eval.units import compact, compatible, unit_kind
from ingest.quantity import round_half_up

_LONGEST = 40  # characters of a number; no report has a longer one
_PRECISE = 100  # digits; a conversion of the longest number is exact
_OTHER_UNITS = {"人次", "分钟", "个月", "场次", "批次"}  # not cut into 人, 分, 个, 场, 批
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_SPELLED = re.compile(rf"(?<!第){NUMERAL}+")
# Before a minus that joins two numbers of a range (5%-15%, 10万元-15万元) and is no sign.
_JOINED = re.compile(r"[0-9a-z%‰元万亿分人个次项天月日年]-")
_DECREASE = re.compile(
    r"减|降|(?<![多至])少|跌|缩|低于|为负|decreas|fell|fall|drop|declin|less|lower|shr[iau]nk"
)
_INCREASE = re.compile(
    r"增|上升|升高|涨|多(?![少个项家次人年])|超出|高于|increas|rose|rise|gr[eo]w|more|higher"
)

# Names of a measure that may be negative, and of changes either way.
_NEUTRAL = re.compile(r"(?:增长|增加|上升)[率额值]|增[速幅减]")


def read_number(text: str) -> Decimal | None:
    """The Decimal that `text` consists of (grouping and signs allowed, 三 is 3), else None."""
    flat = compact(text)
    if len(flat) > _LONGEST:
        return None
    return Decimal(flat) if _NUMBER.fullmatch(flat) else read_numeral(flat)


def decimals(number: str) -> int:
    """Printed decimals of a suite's number."""
    return len(number.partition(".")[2])


def same_size(value: Decimal, expected: Amount) -> bool:
    """Sizes agree: `value`, half-up at the expected's decimals, is the expected number.

    Signs are left to the caller. A whole expected number is matched exactly: 99.6 is not 100.
    Where the expected has a tolerance, the distance decides and the decimals do not count.
    """
    if expected.tolerance is not None:
        return abs(abs(value) - abs(expected.value)) <= expected.tolerance.of(expected.value)
    places = decimals(expected.number)
    with localcontext() as context:
        context.prec = _PRECISE
        rounded = round_half_up(abs(value), places) if places else abs(value)
    return rounded == abs(expected.value)


def in_unit(value: Decimal, unit: str, expected: Amount) -> Decimal | None:
    """`value` converted from `unit` to the expected unit; None when they do not convert."""
    have, want = unit_kind(unit), unit_kind(expected.unit)
    if not compatible(have, want):
        return None
    with localcontext() as context:
        context.prec = _PRECISE
        return value * have.factor / want.factor


def read_amount(text: str) -> Amount | None:
    """A short string such as 12.5%, 30.06万元, 34个 or 三次 as an amount; None for other text."""
    flat = compact(text)
    match = _NUMBER.match(flat)
    if match is None or match.end() > _LONGEST:
        return _spelled_amount(flat)
    rest = flat[match.end() :]
    if re.search(r"\d", rest) or len(rest) > 6:
        return None
    return Amount(match.group(), rest)


def _spelled_amount(flat: str) -> Amount | None:
    """三次, 十二个: a numeral and a counted noun, nothing shorter or longer."""
    match = _SPELLED.match(flat)
    number = read_numeral(match.group()) if match else None
    rest = flat[match.end() :] if match else ""
    if number is None or not 1 <= len(rest) <= 3 or re.search(r"\d", rest):
        return None
    return Amount(str(number), rest)


@dataclass(frozen=True, slots=True)
class Mention:
    """A number inside a compact text, with the text before and after it; `spelled` as in 三次."""

    value: Decimal
    before: str
    after: str
    spelled: bool = False


def mentions(text: str) -> Iterator[Mention]:
    """Every number of a text, in digits or spelled, with up to 24 characters before and 12 after."""
    flat = compact(text)
    for match in re.finditer(r"(?<![\d.])\d+(?:\.\d+)?", flat):
        start, end = match.span()
        if end - start > _LONGEST:
            continue
        value = Decimal(match.group())
        before = flat[max(0, start - 2) : start]
        if before.endswith("-") and not _JOINED.match(before):
            value = -value
        yield Mention(value, flat[max(0, start - 24) : start], flat[end : end + 12])
    for match in _SPELLED.finditer(flat):
        start, end = match.span()
        number = read_numeral(match.group()) if end - start <= _LONGEST else None
        # 万元 after a figure is its unit; 三公 and 十四五 have no counted noun and match nothing.
        if number is not None and not flat[max(0, start - 1) : start].isdigit():
            yield Mention(number, flat[max(0, start - 24) : start], flat[end : end + 12], True)


def mentioned(text: str, expected: Amount) -> bool:
    """True when `text` gives the expected amount in any unit that converts to its unit."""
    return any(mention_is(mention, expected) for mention in mentions(text))


def mention_is(mention: Mention, expected: Amount) -> bool:
    """True when the mention, read with the longest fitting unit after it, is the expected."""
    if not expected.unit:
        return not mention.spelled and same_size(mention.value, expected)
    for length in range(min(len(mention.after), 8), 0, -1):
        if mention.after[length - 1 : length + 1] in _OTHER_UNITS:
            continue
        converted = in_unit(mention.value, mention.after[:length], expected)
        if converted is not None:
            return same_size(converted, expected)
    return False


def direction(before: str) -> int:
    """-1 after a word of decrease, 1 after one of increase, 0 after neither (last word wins)."""
    clause = _NEUTRAL.sub("", re.split(r"[,，;；。:：]", before)[-1])
    down = max((match.start() for match in _DECREASE.finditer(clause)), default=-1)
    up = max((match.start() for match in _INCREASE.finditer(clause)), default=-1)
    return 0 if down == up else (-1 if down > up else 1)
