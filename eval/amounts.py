"""Amounts as the scorer reads them: units, printed decimals, numbers inside a text.

Written apart from the readers of the product on purpose: a scorer that shares their code shares
their slips.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from eval.suite import Amount
from ingest.quantity import round_half_up

_SCALES = {
    "": Decimal(1),
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1_000),
    "万": Decimal(10_000),
    "十万": Decimal(100_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "十亿": Decimal(1_000_000_000),
    "百亿": Decimal(10_000_000_000),
    "千亿": Decimal(100_000_000_000),
    "万亿": Decimal(1_000_000_000_000),
}
_SCALED = re.compile(r"^([十百千万亿]*)(.*)$")
_MONEY = {"元", "元人民币", "人民币", "人民币元", "yuan", "rmb", "cny"}
_ENGLISH_SCALES = {
    "thousand": Decimal(1_000),
    "million": Decimal(1_000_000),
    "billion": Decimal(1_000_000_000),
}
_PERCENT = {"%", "百分比", "percent", "per cent", "pct"}
_POINT = {"个百分点", "百分点", "个点", "percentagepoint", "percentagepoints"}
# Measure words that readers use for one another; 人次, 次 and the like stay apart.
_SAME_NOUNS = (
    {"个", "项", "类", "种", "条", "件"},
    {"人", "名", "位"},
    {"台", "辆"},
    {"座", "个"},
    {"家", "户", "个"},
    {"宗", "件"},
    {"天", "日"},
    {"月", "个月"},
    {"公里", "千米"},
    {"平方公里", "平方千米"},
    {"场", "场次"},
)
_OTHER_UNITS = {"人次", "分钟", "个月", "场次", "批次"}  # not cut into 人, 分, 个, 场, 批
_COUNTED = re.compile(r"^(个|项|类|种|条|件|家|名|位|台|辆)\S+$")
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_LOOSE_ZERO = re.compile(r"(?<=[年月])0(?=\d[月日])")
_DECREASE = re.compile(
    r"减|降|(?<![多至])少|跌|缩|低于|为负|decreas|fell|fall|drop|declin|less|lower|shr[iau]nk"
)
_INCREASE = re.compile(
    r"增|上升|升高|涨|多(?![少个项家次人年])|超出|高于|increas|rose|rise|gr[eo]w|more|higher"
)


@dataclass(frozen=True, slots=True)
class UnitKind:
    """What a unit measures, how many base units one is, and the counted noun."""

    dimension: str
    factor: Decimal
    noun: str = ""


def compact(text: str) -> str:
    """`text` for comparing: NFKC, no white space, lower case, plain quotes, no digit grouping.

    Dates lose the leading zeros of month and day (2023年06月01日 is 2023年6月1日).
    """
    flat = "".join(unicodedata.normalize("NFKC", text).split()).lower()
    flat = flat.translate(str.maketrans("“”‘’−–—", "\"\"''---"))
    return _LOOSE_ZERO.sub("", _COMMA.sub("", flat))


def unit_kind(unit: str) -> UnitKind:
    """Read a unit symbol: 万元, 亿元, %, 个百分点, 分, 倍, 万宗, 座, "million yuan"."""
    flat = compact(unit)
    for word, factor in _ENGLISH_SCALES.items():
        if flat.startswith(word) and flat[len(word) :] in _MONEY:
            return UnitKind("money", factor)
    if flat in _PERCENT:
        return UnitKind("percent", Decimal(1))
    if flat in _POINT:
        return UnitKind("point", Decimal(1))
    match = _SCALED.match(flat)
    scale, noun = (match.group(1), match.group(2)) if match else ("", flat)
    if scale not in _SCALES:
        scale, noun = "", flat
    if noun in _MONEY:
        return UnitKind("money", _SCALES[scale])
    if noun == "分":
        return UnitKind("score", _SCALES[scale])
    if noun == "倍":
        return UnitKind("multiple", _SCALES[scale])
    return UnitKind("count", _SCALES[scale], noun)


def compatible(left: UnitKind, right: UnitKind) -> bool:
    """True when values in the two units may be compared."""
    if left.dimension != right.dimension:
        return False
    if left.dimension != "count":
        return True
    a, b = _bare_noun(left.noun), _bare_noun(right.noun)
    return a == b or any(a in same and b in same for same in _SAME_NOUNS)


def _bare_noun(noun: str) -> str:
    """个项目 counts with 个; a noun that is no measure word stays as it is."""
    match = _COUNTED.match(noun)
    return match.group(1) if match and noun not in {"个月"} else noun


def read_number(text: str) -> Decimal | None:
    """The Decimal that `text` consists of (grouping and signs allowed), else None."""
    flat = compact(text)
    return Decimal(flat) if _NUMBER.fullmatch(flat) else None


def decimals(number: str) -> int:
    """Printed decimals of a suite's number."""
    return len(number.partition(".")[2])


def same_size(value: Decimal, expected: Amount) -> bool:
    """Sizes agree: `value`, half-up at the expected's decimals, is the expected number.

    Signs are left to the caller. A whole expected number is matched exactly: 99.6 is not 100.
    """
    places = decimals(expected.number)
    rounded = round_half_up(abs(value), places) if places else abs(value)
    return rounded == abs(expected.value)


def in_unit(value: Decimal, unit: str, expected: Amount) -> Decimal | None:
    """`value` converted from `unit` to the expected unit; None when they do not convert."""
    have, want = unit_kind(unit), unit_kind(expected.unit)
    return value * have.factor / want.factor if compatible(have, want) else None


def read_amount(text: str) -> Amount | None:
    """A short string such as 77.3%, 428.54万元 or 34个 as an amount; None for other text."""
    flat = compact(text)
    match = _NUMBER.match(flat)
    if match is None:
        return None
    rest = flat[match.end() :]
    if re.search(r"\d", rest) or len(rest) > 6:
        return None
    return Amount(match.group(), rest)


@dataclass(frozen=True, slots=True)
class Mention:
    """A number inside a compact text, with the text before and after it."""

    value: Decimal
    before: str
    after: str


def mentions(text: str) -> Iterator[Mention]:
    """Every number of a text with up to 24 characters before and 12 after it."""
    flat = compact(text)
    for match in re.finditer(r"(?<![\d.])\d+(?:\.\d+)?", flat):
        start, end = match.span()
        value = Decimal(match.group())
        before = flat[max(0, start - 2) : start]
        if before.endswith("-") and not re.match(r"[0-9a-z]-", before):
            value = -value
        yield Mention(value, flat[max(0, start - 24) : start], flat[end : end + 12])


def mentioned(text: str, expected: Amount) -> bool:
    """True when `text` gives the expected amount in any unit that converts to its unit."""
    return any(mention_is(mention, expected) for mention in mentions(text))


def mention_is(mention: Mention, expected: Amount) -> bool:
    """True when the mention, read with the longest fitting unit after it, is the expected."""
    if not expected.unit:
        return same_size(mention.value, expected)
    for length in range(min(len(mention.after), 8), 0, -1):
        if mention.after[length - 1 : length + 1] in _OTHER_UNITS:
            continue
        converted = in_unit(mention.value, mention.after[:length], expected)
        if converted is not None:
            return same_size(converted, expected)
    return False


def direction(before: str) -> int:
    """-1 after a word of decrease, 1 after one of increase, 0 after neither (last word wins)."""
    clause = re.split(r"[,，;；。:：]", before)[-1]
    down = max((match.start() for match in _DECREASE.finditer(clause)), default=-1)
    up = max((match.start() for match in _INCREASE.finditer(clause)), default=-1)
    return 0 if down == up else (-1 if down > up else 1)
