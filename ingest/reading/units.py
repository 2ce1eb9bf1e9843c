"""Units as they stand in Chinese reports: recognising, naming and scaling them.

A unit is recognised from its symbol with an optional scale word before it (万宗, 亿元, 百万元).
Measure words and nouns share one table with the words that must not follow (分 is a score, but not
in 分钟, 分别, 分局); the table is data, so that `docs/numbers.md` can list it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ingest.quantity import MULTIPLE, PERCENT, POINT, SCORE, YUAN, Dimension, Unit
from ingest.reading.text import compact
from ingest.reading.units_table import COUNTERS, DURATIONS, MEASURES, MONEY

_SCALES: Final = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1_000),
    "万": Decimal(10_000),
    "亿": Decimal(100_000_000),
}
SCALE: Final = "万亿|[十百千]?亿|[十百千]?万|[十百千]"
_PER: Final = (
    "人次|人|月|年|天|日|次|项|户|亩|平方米|㎡|m2|m²|立方米|公里|千瓦时|公斤|米|吨|台|套|个|家|件|份|场|期|"
    "L|m3|m³|升|课时|学时|小时|分钟|生|床|辆|车|村|科|条|张|本|座|间|宗|单|班|处|根|株|斤|头|只|瓶|度|周|季度|季|学期|节|"
    "[一-鿿]{1,2}(?![一-鿿])"
)


@dataclass(frozen=True, slots=True)
class UnitHit:
    """A unit found behind a number, in a text without white space.

    Attributes:
        unit: the unit with its scale.
        end: offset behind the unit.
        vague: 余, 多 or 来 between the number and its unit, or "".
        scale_only: True for a scale word without any unit (``70万``).
    """

    unit: Unit
    end: int
    vague: str = ""
    scale_only: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    unit: Unit
    not_before: str
    scalable: bool


def _entries() -> dict[str, _Entry]:
    table: dict[str, _Entry] = {}
    for symbol, noun, not_before in MONEY:
        unit = YUAN if not noun else Unit(Dimension.MONEY, symbol, Decimal(1), noun)
        table[symbol] = _Entry(unit, not_before, True)
    for symbol, not_before in COUNTERS:
        table[symbol] = _Entry(Unit(Dimension.COUNT, symbol, Decimal(1), symbol), not_before, True)
    for symbol, noun, factor, not_before in DURATIONS:
        unit = Unit(Dimension.DURATION, symbol, Decimal(factor), noun)
        table[symbol] = _Entry(unit, not_before, symbol in ("小时", "个小时", "分钟"))
    for symbol, noun, factor, not_before in MEASURES:
        unit = Unit(Dimension.MEASURE, symbol, Decimal(factor), noun)
        table[symbol] = _Entry(unit, not_before, not symbol.isascii())
    percent = {"%": PERCENT, "百分比": PERCENT, "‰": Unit(Dimension.PERCENT, "‰", Decimal("0.1"))}
    points = dict.fromkeys(("个百分点", "百分点"), POINT)
    for symbol, unit in (*percent.items(), *points.items()):
        table[symbol] = _Entry(unit, "", False)
    tenth = Unit(Dimension.PERCENT, "成", Decimal(10))
    table["成"] = _Entry(tenth, "(?!以上|以下|以内|左右|多)[一-鿿]", False)
    table["倍"] = _Entry(MULTIPLE, "率|频|数|增|速", False)
    table["分"] = _Entry(SCORE, _NOT_SCORE, False)
    return table


_NOT_SCORE: Final = (
    "钟|别|析|局|布|支(?!出|付)|管|工(?!作|程)|享|配|割|解(?!决|释)|公司|行(?!政|业|为)|校|店|院|所(?!有)|"
    "成(?!绩|效)|类|级|部(?!门|分)|散|红|流|包|发(?!生|现|布|放)|摊|段|批(?!复|准)|担|拣|开(?!展|工|发)|"
    "中心|子公司|母|贝|组(?!织)|阶|期|明|辨|之[一二三四五六七八九十百\\d]"
)
_ENTRIES: Final = _entries()


def _alternatives(symbols: list[str]) -> str:
    parts = []
    for symbol in sorted(symbols, key=len, reverse=True):
        guard = _ENTRIES[symbol].not_before
        ascii_end = "(?![A-Za-z0-9])" if symbol.isascii() and symbol[-1].isalnum() else ""
        parts.append(re.escape(symbol) + ascii_end + (f"(?!{guard})" if guard else ""))
    return "|".join(parts)


_STARTS_LIKE_SCALE: Final = [s for s in _ENTRIES if s[0] in _SCALES]
_SCALABLE: Final = [s for s, e in _ENTRIES.items() if e.scalable]
_FIXED: Final = [s for s, e in _ENTRIES.items() if not e.scalable]
_COUNTER_SYMBOLS: Final = "|".join(
    re.escape(s) for s, _ in sorted(COUNTERS, key=lambda c: len(c[0]), reverse=True)
)
_UNIT: Final = re.compile(
    rf"(?P<own>{_alternatives(_STARTS_LIKE_SCALE)})"
    rf"|(?P<vague3>[余多+])?(?P<fixed>{_alternatives(_FIXED)})"
    rf"|(?P<vague>[余多来+])?(?P<scale>{SCALE})?(?P<vague2>[余多])?"
    rf"(?:(?P<unit>{_alternatives(_SCALABLE)})"
    rf"|\((?P<choice>(?:{_COUNTER_SYMBOLS})(?:[、/,](?:{_COUNTER_SYMBOLS}))*)\))"
    rf"|(?P<bare>{SCALE})(?P<vague4>[余多])?(?![元能一分])"
)
_BARE_ONLY: Final = re.compile(rf"({SCALE})$")
_PER_SUFFIX: Final = re.compile(rf"(?:/(?:{_PER})|[·/](?:{_PER}))+")
_OR_UNIT: Final = re.compile(
    rf"\((?:[、/或]?(?:{_COUNTER_SYMBOLS}))(?:[、/,](?:{_COUNTER_SYMBOLS}))*\)"
)
_CURRENCY_TAIL: Final = re.compile(r"\((?:人民币|RMB)\)|人民币(?!\d)")


def scale_factor(word: str) -> Decimal:
    """What a scale word multiplies by: 千万 is 10⁷, "" is one."""
    factor = Decimal(1)
    for char in word:
        factor *= _SCALES[char]
    return factor


def match_unit(text: str, start: int = 0) -> UnitHit | None:
    """The unit that begins at `start` of a folded text without white space.

    The longest symbol wins (人次 before 人); None when nothing there is a known unit.
    """
    match = _UNIT.match(text, start)
    if match is None:
        return None
    vague = match["vague"] or match["vague2"] or match["vague3"] or match["vague4"] or ""
    if match["bare"]:
        word = match["bare"]
        unit = Unit(Dimension.NUMBER, word, scale_factor(word))
        return UnitHit(unit, match.end(), vague, scale_only=True)
    scale = match["scale"] or ""
    if match["choice"]:
        symbol = match["choice"]
        noun = re.split("[、/,]", symbol)[0]
        unit = Unit(Dimension.COUNT, scale + symbol, scale_factor(scale), noun)
        return UnitHit(unit, match.end(), vague)
    symbol = match["own"] or match["unit"] or match["fixed"]
    return _complete(text, match.end(), _scaled(_ENTRIES[symbol].unit, scale), vague)


def _scaled(unit: Unit, scale: str) -> Unit:
    if not scale:
        return unit
    factor = scale_factor(scale) * unit.factor
    return Unit(unit.dimension, scale + unit.symbol, factor, unit.noun)


def _complete(text: str, end: int, unit: Unit, vague: str) -> UnitHit:
    """`unit` with what stands behind it: ``/人``, ``（套）``, ``人民币``."""
    per = _PER_SUFFIX.match(text, end)
    if per and unit.dimension not in (Dimension.PERCENT, Dimension.POINT, Dimension.MULTIPLE):
        base = {Dimension.MONEY: "元", Dimension.SCORE: "分"}.get(unit.dimension, unit.noun)
        symbol = unit.symbol + per.group()
        rate = Unit(Dimension.MEASURE, symbol, unit.factor, base + per.group())
        return UnitHit(rate, per.end(), vague)
    if unit.dimension is Dimension.COUNT:
        other = _OR_UNIT.match(text, end)
        if other:
            named = Unit(unit.dimension, unit.symbol + other.group(), unit.factor, unit.noun)
            return UnitHit(named, other.end(), vague)
    if unit.dimension is Dimension.MONEY:
        tail = _CURRENCY_TAIL.match(text, end)
        if tail:
            return UnitHit(unit, tail.end(), vague)
    return UnitHit(unit, end, vague)


_ALIASES: Final = {
    "人民币": "元",
    "rmb": "元",
    "cny": "元",
    "yuan": "元",
    "百分比": "%",
    "percent": "%",
}


def parse_unit(symbol: str) -> Unit | None:
    """The unit that a symbol names (``万元``, ``％``, ``万宗``, ``元/人``); None when unknown."""
    text = compact(symbol)
    text = _ALIASES.get(text.lower(), text)
    for currency in ("人民币", "RMB", "rmb"):
        text = text.removeprefix(currency)
    hit = match_unit(text)
    if hit is None or hit.end != len(text) or hit.vague or hit.scale_only:
        return None
    return hit.unit


_CAPTION: Final = re.compile(
    r"(?:金额|货币|计量|数据|计价|统计|数量)?单位(?:为|是|[:：])(?P<unit>[^\s,;，；。()（）\]】]{1,12})"
    r"|(?:金额|货币)?单位(?P<plain>(?:人民币)?[十百千万亿]{0,2}元)"
)
_IN_PARENS: Final = re.compile(
    r"[(\[【](?:金额|货币|计量)?(?:单位)?[:：]?(?P<unit>[^()\[\]【】:：]{1,12})[)\]】]"
)
_AFTER_SLASH: Final = re.compile(r"[/／](?P<unit>[^/／]{1,6})$")
_SCORE_HEADER: Final = re.compile(
    r"(?:得分|分值|评分|满分|分数|扣分|自评分|评价分|标准分|总分)(?:\([^)]*\))?$"
)


def default_unit_of(text: str) -> Unit | None:
    """The unit that a caption or a column header gives to bare numbers.

    Reads ``单位：万元``, ``（单位：元）``, ``金额单位：人民币万元``, ``支付金额（元）`` and the
    score headers (``得分``, ``分值``, ``满分`` …). None where no unit is named, or more than one
    (``单位：万元、%``).
    """
    plain = compact(text)
    for pattern in (_CAPTION, _IN_PARENS, _AFTER_SLASH):
        for match in pattern.finditer(plain):
            groups = match.groupdict()
            unit = parse_unit(groups["unit"] or groups.get("plain") or "")
            if unit is not None:
                return unit
    return SCORE if _SCORE_HEADER.search(plain) else None
