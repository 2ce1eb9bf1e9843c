"""Conditions on figures in a question: 超过100万元, 90%以上, 10万到50万之间, 不低于, 为零, 没有发生."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ingest.reading.reader import read_quantities

Test = Callable[[Decimal], bool]

# The longer words before those that they hold: 不超过 is no 超过.
_KINDS = {
    "least": r"不低于|不少于|不小于|至少|达到了?(?!了?(?:多少|几))|不下",
    "most": r"不超过|不高于|不多于|不大于|没有?超过|未超过|至多|最多(?=\s*\d)",
    "below": r"没有?达到|未达到?|达不到|没(?:有|够|上|过)?到?(?=\s*[\d一二两三四五六七八九]+(?:%|分|成|万|个))"
    r"|不到|不足|不满|低于|小于|少于",
    "above": r"超过了?|大于|高于|多于|超出|高过|突破",
    "equal": r"等于|正好是?|恰好是?|刚好是?",
}
_WORD = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items()))
_NUMBER = (
    r"(?:\d[\d,]*(?:\.\d+)?[十百千]?|[一二两三四五六七八九]成(?:半)?)"
    r"\s*(?:%|百分点|[万亿千百]*(?:元|块)?|[一-鿿]{0,2}?)"
)
_BEHIND = re.compile(rf"(?P<number>{_NUMBER})(?P<side>及?以上|及?以下|以内|之内|开外)")
_BETWEEN = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?:到|至|—|-|~|～|和|与)\s*(?P<high>{_NUMBER})(?:元|%)?之?间"
)
_NONE = re.compile(
    r"(?:为|是|等于)(?:零|0(?![\d.]))|没有(?:发生|支出|花钱|使用)|未(?:发生|支出|使用)|零支出|一分(?:钱)?(?:都|也)?没"
)
_SIDE = r"[^,;?，；？的]"
_ABOVE = r"高于|大于|多于|超过|超出|高出|突破|比(?![例重率值])(?=[^,;?最]{2,12}(?:多|高|大)的)"
_BELOW = r"低于|小于|少于|不足|没有?达到|未达到|比(?![例重率值])(?=[^,;?最]{2,12}(?:少|低|小)的)"
_SAME = r"(?:完全|正好|刚好)?(?:一样|相同|持平|一致|相等|一模一样|一分不差|分毫不差)"
_EQUAL = rf"等于|(?:跟|与|和|同)(?=[^,;?]{{2,12}}{_SAME})"
COLUMNS_COMPARED = re.compile(
    rf"(?P<left>{_SIDE}{{2,14}}?)(?:(?P<above>{_ABOVE})|(?P<below>{_BELOW})|(?P<equal>{_EQUAL}))"
    rf"(?P<right>[一-鿿]{{2,10}}?)(?:多|高|大|少|低|小|{_SAME})?的?"
    r"(?=(?:项级|款级|类级)?(?:项目|科目|指标|县|区|单位)*(?:[(（][^()（）]*[)）])?(?:一共|共)?(?:有|是)?(?:几|多少|哪)|的)"
)
"""Two columns held against each other: 调整后预算高于年初预算的."""

_ASKED = re.compile("|".join((*_KINDS.values(), "没有完成|未完成|以上|以下")))


# Those of an age are a group that a report names, no rows to be picked, unless 年龄 is what rows tell.
_OF_AN_AGE = re.compile(r"(?<!年龄)(?<!年龄[在为是])(?<!\d)\d+周?岁(?:及|或)?以[上下]的?")


def condition_asked(text: str) -> bool:
    """True where a question speaks of a bound, with or without a number."""
    return bool(_ASKED.search(_OF_AN_AGE.sub("", text)))


def condition_of(text: str) -> Test | None:
    """The condition as a test on values in base units, or None where the text has none.

    Bounds of one quantity hold together (超过100万但不到500万); of several quantities the first counts.
    """
    found = conditions_of(text)
    return found[0].holds if found else None


@dataclass(frozen=True, slots=True)
class Condition:
    """One quantity's bounds: the words before them, and the test on values in base units."""

    words: str
    holds: Test


def conditions_of(text: str) -> tuple[Condition, ...]:
    """The conditions, one a quantity: 支出没到1000万但预算超过300万 has two."""
    found: list[Condition] = []
    end = 0
    for start, stop, holds in _bounds_in(text := _OF_AN_AGE.sub("", text)):
        words = _LINKS.sub("", text[end:start])
        if found and len(words) < _NAME:
            joined = _either if "或" in text[end:start] else _both
            found[-1] = Condition(found[-1].words, joined(found[-1].holds, holds))
        else:
            found.append(Condition(words, holds))
        end = stop
    return tuple(found)


_NAME = 2  # characters of a word that names another quantity
_LINKS = re.compile(
    r"[\s,，、;；.元万亿%分个人次]|但是?|而且|并且|同时|并|且|又|却|还是|也|或者?|和|的|金额|数额|在|是|要"
)


def _both(one: Test, other: Test) -> Test:
    return lambda value: one(value) and other(value)


def _either(one: Test, other: Test) -> Test:
    return lambda value: one(value) or other(value)


def _bounds_in(text: str) -> Iterator[tuple[int, int, Test]]:
    """Where each bound stands, and its test; of one that holds another the longer alone."""
    spans: list[tuple[int, int, Test]] = []
    for match in _BETWEEN.finditer(text):
        within = _within(match["low"], match["high"])
        spans += [(match.start(), match.end(), within)] if within else []
    for match in _BEHIND.finditer(text):
        bound = _value(match["number"])
        above = "上" in match["side"] or "开外" in match["side"]
        if bound is not None:
            test = _at_least(bound) if above else _at_most(bound)
            spans.append((match.start(), match.end(), test))
    for match in _WORD.finditer(text):
        bound = _value(text[match.end() : match.end() + 16])
        number = _NUMBER_HEAD.match(text, match.end())
        end = number.end() if number else match.end()
        if bound is not None and not _NOT_SO.search(text[: match.start()]):
            spans.append((match.start(), end, _test(match.lastgroup or "", bound)))
    spans += [(match.start(), match.end(), _zero) for match in _NONE.finditer(text)]
    taken = 0
    for start, stop, holds in sorted(spans, key=lambda span: span[0]):
        if start >= taken:
            yield start, stop, holds
            taken = stop


_NOT_SO = re.compile("不(?:含|包括|算|计)$")  # 超过10万元（不含正好10万元）
_NUMBER_HEAD = re.compile(rf"\s*{_NUMBER}")


_TENTHS = re.compile(r"^\s*(?P<n>[一二两三四五六七八九])成(?P<half>半)?")
_ROUND = re.compile(r"^\s*(?P<n>\d+|[一二两三四五六七八九十]+)?(?P<u>[十百千])(?=万|亿)")
_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九十")} | {"两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}


def _value(text: str) -> Decimal | None:
    """The bound that a text opens with, in base units; 九成 is 90 per cent, 一千万 10 million."""
    tenths = _TENTHS.match(text)
    if tenths:
        return Decimal(_DIGITS[tenths["n"]] * 10 + (5 if tenths["half"] else 0))
    large = _ROUND.match(text)
    if large:
        times = large["n"] or "1"
        if not (times.isdigit() or times in _DIGITS):
            return None
        count = int(times) if times.isdigit() else _DIGITS[times]
        text = f"{count * _POWERS[large['u']]}{text[large.end() :]}"
    readings = read_quantities(text)
    return readings[0].quantity.base if readings else None


def _within(low: str, high: str) -> Test | None:
    """Both ends; a low end without a unit has that of the high one (10到50万元)."""
    top = _value(high)
    unit = re.sub(r"^[\d,.\s]+", "", high)
    bare = not re.sub(r"^[\d,.\s]+", "", low).strip()
    bottom = _value(low.strip() + unit if bare else low)
    if top is None or bottom is None:
        return None
    return lambda value: bottom <= value <= top


def _test(kind: str, bound: Decimal) -> Test:
    if kind == "least":
        return _at_least(bound)
    if kind == "most":
        return _at_most(bound)
    if kind == "below":
        return lambda value: value < bound
    if kind == "equal":
        return lambda value: value == bound
    return lambda value: value > bound


def zero_asked(text: str) -> bool:
    """``没有发生的三公经费有哪些``: what is nothing."""
    return bool(_NONE.search(text))


def _at_least(bound: Decimal) -> Test:
    return lambda value: value >= bound


def _at_most(bound: Decimal) -> Test:
    return lambda value: value <= bound


def _zero(value: Decimal) -> bool:
    return value == 0


def without_condition(text: str) -> str:
    """The text less its condition: ``超过10万元的``."""
    bare = _BETWEEN.sub(" ", text)
    bare = _BEHIND.sub(" ", bare)
    bare = re.sub(
        rf"(?:支付|付款|拨付)?(?:金额|额)?(?:在|是)?(?:{_ASKED.pattern})\s*(?:[\d.,]+\s*[十百千]?(?:万|亿)?|[一二两三四五六七八九十百千]+(?:万|亿)?(?!成)|[一二两三四五六七八九]成半?)(?:元|%|分|个|人|次)?的?",
        " ",
        bare,
    )
    return _NONE.sub(" ", bare)
