"""Units as the scorer reads them: what they measure, and which may be compared.

Written apart from the readers of the product on purpose: a scorer that shares their code shares
their slips.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

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
# 万余次, 余次, 多万人: about so many, counted in the same unit.
_SCALED = re.compile(r"^[余多]?([十百千万亿]*)[余多]?(.*)$")
_MONEY = {"元", "元人民币", "人民币", "人民币元", "yuan", "rmb", "cny"}
_ENGLISH_SCALES = {
    "thousand": Decimal(1_000),
    "tenthousand": Decimal(10_000),
    "10000": Decimal(10_000),
    "million": Decimal(1_000_000),
    "100million": Decimal(100_000_000),
    "hundredmillion": Decimal(100_000_000),
    "billion": Decimal(1_000_000_000),
}
_PERCENT = {"%", "百分比", "percent", "pct"}
_PER_MILLE = {"‰", "permille"}
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
    {"公里", "千米", "km"},
    {"平方公里", "平方千米", "km2"},
    {"平方米", "平米", "m2"},
    {"场", "场次"},
)
_WHOLE_NOUNS = frozenset({"千米", "平方千米"})  # not a thousand of 米
_COUNTED = re.compile(r"^(个|项|类|种|条|件|家|名|位|台|辆)\S+$")
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_LOOSE_ZERO = re.compile(r"(?<=[年月])0(?=\d[月日])")
# Brackets, quotes and dashes that stand for one another in print.
_SAME_MARKS = str.maketrans("“”‘’「」『』−–—〔〕【】〖〗[]・•", "\"\"''\"\"''---()()()()··")


@dataclass(frozen=True, slots=True)
class UnitKind:
    """What a unit measures, how many base units one is, and the counted noun."""

    dimension: str
    factor: Decimal
    noun: str = ""


def compact(text: str) -> str:
    """`text` for comparing: NFKC, no white space, lower case, one kind of marks, no digit grouping.

    Dates lose the leading zeros of month and day (2023年06月01日 is 2023年6月1日).
    """
    flat = "".join(unicodedata.normalize("NFKC", text).split()).lower()
    return _LOOSE_ZERO.sub("", _COMMA.sub("", flat.translate(_SAME_MARKS)))


def unit_kind(unit: str) -> UnitKind:
    """Read a unit symbol: 万元, 亿元, %, 个百分点, 分, 倍, 万宗, 座, "million yuan"."""
    flat = compact(unit)
    for word, factor in _ENGLISH_SCALES.items():
        if flat.startswith(word) and flat[len(word) :] in _MONEY:
            return UnitKind("money", factor)
    if flat in _PERCENT:
        return UnitKind("percent", Decimal(1))
    if flat in _PER_MILLE:
        return UnitKind("percent", Decimal("0.1"))
    if flat in _POINT:
        return UnitKind("point", Decimal(1))
    return _scaled(flat)


def _scaled(flat: str) -> UnitKind:
    match = _SCALED.match(flat.removeprefix("人民币") or flat)
    scale, noun = (match.group(1), match.group(2)) if match else ("", flat)
    if scale not in _SCALES or flat in _WHOLE_NOUNS:
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
