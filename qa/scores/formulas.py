"""A score worked out again by the rule that stands beside it. Pure.

Forms of rules: a formula (得分＝实际÷目标×5), marks off per step (每低 1 个百分点扣 0.5 分), bands
(90%至95%得6分), what each fault costs, in proportion to what was done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from ingest.equations.arithmetic import evaluate
from ingest.quantity import round_half_up
from ingest.reading.text import fold


@dataclass(frozen=True, slots=True)
class Facts:
    """A line of a score sheet: marks, and the texts of its cells; empty where there is none."""

    full: Decimal
    score: Decimal
    places: int  # decimals that the score is printed with
    target: str = ""
    actual: str = ""
    rule: str = ""
    remark: str = ""
    reached: str = ""  # a rate that another place tells; it proves a score, never that one is wrong


@dataclass(frozen=True, slots=True)
class Worked:
    """The computation with its numbers put in, and its result in marks.

    `explicit`: the rule is a formula, which leaves nothing to choose.
    """

    formula: str
    value: Decimal
    explicit: bool = False


_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_NAMED = re.compile(
    rf"(?P<name>[一-鿿]{{0,12}}?)(?:为|是|达到?|仅)? ?(?:[≥≤><=]|不低于|不超过)? ?"
    rf"(?P<number>{_NUMBER}) ?(?P<unit>%|[万亿]?[一-鿿/]{{0,6}})"
)
_APPLIED = re.compile(rf"(?P<name>[一-鿿]{{2,10}}率)按(?P<number>{_NUMBER})(?P<unit>%)计")
_OPERATORS = "×÷*/＊／"
_EXPRESSION = re.compile(r"[一-鿿“”\d.%()+\-−–×÷*/／=]+")
_CAPPED = re.compile(r"最高|封顶|上限|不超过满分")
_AFTERWARDS = re.compile(rf"再扣[^,。;\d]{{0,12}}(?P<less>{_NUMBER})分")
_FULL = re.compile(r"^(?:指标)?(?:分值|满分|权重分?|标准分)(?:值)?$")
_ACTUAL = re.compile(r"^(?:实际|完成|执行)(?:值|数|完成值?|完成数|情况)?$")
_TARGET = re.compile(r"^(?:年度|年初|预期)?(?:目标|计划|指标)(?:值|数)?$")


def worked(facts: Facts) -> Worked | None:
    """The first computation that gives the score; else what a formula in the rule gives; or None."""
    explicit: Worked | None = None
    for way in _WAYS:
        for found in way(facts):
            if found.value < 0 or (found.value > facts.full and not found.explicit):
                continue
            if round_half_up(found.value, facts.places) == facts.score:
                return found
            explicit = explicit or (found if found.explicit and not facts.reached else None)
    return explicit


def _texts(facts: Facts) -> str:
    return fold(f"{facts.rule}\n{facts.remark}")


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _amount(text: str) -> tuple[Decimal, str] | None:
    """The one number of a cell with its unit; percentages in percent."""
    found = list(_NAMED.finditer(fold(text)))
    return (_number(found[0]["number"]), found[0]["unit"]) if len(found) == 1 else None


# ---------------------------------------------------------------------------------- formulas


def _formulas(facts: Facts) -> Iterator[Worked]:
    """Expressions of numbers and names, every name replaced by its number."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", _texts(facts))
    for match in _EXPRESSION.finditer(text):
        expression = re.split(r"得分=|=", match.group())[-1]
        if not any(sign in expression for sign in _OPERATORS):
            continue
        said = _with_numbers(expression.strip("“”."), facts)
        value = None if said is None else evaluate(said, Decimal(0))
        if said is None or value is None:
            continue
        rule = text[max(match.start() - 3, 0) : match.start()]
        less = _AFTERWARDS.match(text, match.end()) or _AFTERWARDS.match(text, match.end() + 1)
        if less:
            value, said = value - _number(less["less"]), f"{said} − {less['less']}"
        whole = rule.endswith("=") or any(char >= "一" for char in expression)
        if value > facts.full and (_CAPPED.search(text) or facts.score == facts.full):
            value, said = facts.full, f"{said}（最高 {facts.full:f} 分）"
        yield Worked(_shown(said), value, whole)


def _with_numbers(expression: str, facts: Facts) -> str | None:
    """The expression with numbers for names; None where one is not known."""
    lacking = False

    def put(match: re.Match[str]) -> str:
        nonlocal lacking
        word = match.group()
        if word == "分":
            return ""
        value = _value_of(word, facts)
        lacking = lacking or value is None
        return value or ""

    made = re.sub(r"[一-鿿“”]+", put, expression)
    return None if lacking or not re.search(r"\d", made) else made


def _value_of(word: str, facts: Facts) -> str | None:
    """What a name in a formula stands for, as it is printed."""
    word = re.sub(r"[“”]", "", word)
    if _FULL.match(word):
        return f"{facts.full:f}"
    known = list(_NAMED.finditer(fold(f"{facts.remark}\n{facts.actual}")))
    applied = [m for m in _APPLIED.finditer(fold(facts.rule)) if word in m["name"]]
    known = known + applied
    named = [m for m in known if m["name"] and (m["name"].endswith(word) or word in m["name"])]
    cell = facts.target if _TARGET.match(word) else facts.actual or facts.reached
    rate = word.endswith(("率", "比例", "度", "进度"))
    if not named and (_ACTUAL.match(word) or _TARGET.match(word) or rate):
        named = [m for m in _NAMED.finditer(fold(cell)) if not rate or m["unit"] == "%"]
        if not named and _TARGET.match(word):
            named = [m for m in known if m["name"].endswith(("目标", "计划"))]
    if not named and rate:
        reached = _percent_in(facts)
        return None if reached is None else f"{reached:f}%"
    if len({m["number"] for m in named}) != 1:
        return None
    percent = "%" if named[0]["unit"] == "%" else ""
    return f"{_number(named[0]['number']):f}{percent}"


def _shown(expression: str) -> str:
    return expression.replace("*", "×").replace("/", "÷").replace("／", "÷")


# ------------------------------------------------------------------------------- steps, bands

_STEP = re.compile(
    rf"每[一-鿿]{{0,6}}?(?P<size>{_NUMBER})\s*个?(?:百分点|%)[^扣,。;]{{0,4}},?(?:扣减?|减)(?P<off>{_NUMBER})分"
)
_WHOLE_STEPS = re.compile(r"不足\d+(?:\.\d+)?个?百分点(?:的)?按")
_PERCENT = re.compile(rf"(?P<n>{_NUMBER})%")


def _steps(facts: Facts) -> Iterator[Worked]:
    """Marks off for each step beyond the bound."""
    text = _texts(facts)
    step, actual = _STEP.search(text), _percent_in(facts)
    if step is None or actual is None:
        return
    before = [_number(m["n"]) for m in _PERCENT.finditer(text, 0, step.start())]
    in_target = [_number(m["n"]) for m in _PERCENT.finditer(fold(facts.target))]
    size, off = _number(step["size"]), _number(step["off"])
    for bound in dict.fromkeys([*in_target, *before]):
        gap = abs(bound - actual)
        counts = [gap / size]
        if gap % size:
            up = (gap / size).to_integral_value(ROUND_CEILING)
            down = (gap / size).to_integral_value(ROUND_FLOOR)
            counts = [up] if _WHOLE_STEPS.search(text) else [gap / size, up, down]
        high, low = max(bound, actual), min(bound, actual)
        for count in counts:
            value = max(facts.full - count * off, Decimal(0))
            exact = count * size == gap
            steps = f"({high:f} − {low:f})" if exact else f"{count:f}"
            divided = f" ÷ {size:f}" if exact and size != 1 else ""
            yield Worked(f"{facts.full:f} − {steps}{divided} × {off:f}", value)


def _percent_in(facts: Facts) -> Decimal | None:
    """The one rate that was reached: of the cell of the actual value, else of the remark."""
    for text in (facts.actual, facts.remark, facts.reached):
        found = {_number(m["n"]) for m in _PERCENT.finditer(fold(text))}
        if len(found) == 1:
            return found.pop()
    return None


_BAND = re.compile(
    rf"(?:(?P<low>{_NUMBER})%(?:\(含\))?\s*[-—–~至到]\s*(?P<high>{_NUMBER})%(?:\(不?含\))?"
    rf"|(?P<least>达到|不低于|≥|>=)\s*(?P<a>{_NUMBER})%|(?P<b>{_NUMBER})%(?:\(含\))?以上"
    rf"|(?P<most>不超过|不高于|≤|<=)\s*(?P<c>{_NUMBER})%|(?:低于|不足|小于|<)\s*(?P<d>{_NUMBER})%|(?P<e>{_NUMBER})%以下)"
    rf"[^,;。]{{0,8}}?,?得(?:(?P<marks>{_NUMBER})分|(?P<full>满分))"
)


def _bands(facts: Facts) -> Iterator[Worked]:
    """What the band grants that the rate reached lies in."""
    actual = _percent_in(facts)
    if actual is None:
        return
    for match in _BAND.finditer(_texts(facts)):
        if _inside(match, actual):
            value = facts.full if match["full"] else _number(match["marks"])
            yield Worked(f"{actual:f}% 属于“{match.group()}”，得分", value)


def _inside(match: re.Match[str], actual: Decimal) -> bool:
    if match["low"]:
        return _number(match["low"]) <= actual < _number(match["high"])
    least, most = match["a"] or match["b"], match["c"]
    if least:
        return actual >= _number(least)
    return actual <= _number(most) if most else actual < _number(match["d"] or match["e"])


# ---------------------------------------------------------------------------- faults, proportion

_OFF = re.compile(rf"(?P<each>各)?扣(?P<off>{_NUMBER})分")
_PER_FAULT = re.compile(
    rf"(?:每有?|发现|缺|一)[^,。;扣%]{{0,8}}?(?:项|个|类|处|次|人|件|家|点)[^,。;扣%]{{0,8}}扣(?P<off>{_NUMBER})分"
)
_NUMERALS = "零一二三四五六七八九十"


def _faults(facts: Facts) -> Iterator[Worked]:
    """Marks off as the remark gives them, or so many faults at so much each."""
    lost, remark = facts.full - facts.score, fold(facts.remark)
    told = [_number(m["off"]) for m in _OFF.finditer(remark) if not m["each"]]
    if told and sum(told) == lost:
        yield Worked(" − ".join(f"{n:f}" for n in (facts.full, *told)), facts.score)
    per = _PER_FAULT.search(_texts(facts)) or next(
        (m for m in _OFF.finditer(remark) if m["each"]), None
    )
    off = _number(per["off"]) if per else Decimal(0)
    if not off or lost <= 0 or lost % off:
        return
    count = int(lost / off)
    said = remark + fold(facts.actual)
    counted = re.search(rf"(?<!\d){count}(?![\d.%])", said) or (
        count < len(_NUMERALS) and _NUMERALS[count] in said
    )
    faults = re.sub("[,，]?(?:每|各)[^,，、]*$", "", remark.split("扣")[0])
    listed = len(re.split("[、，,;；]", faults)) == count
    if counted or listed:
        yield Worked(f"{facts.full:f} − {count} × {off:f}", facts.score)


_PLAIN = re.compile(r"得分=|每[^,。;]{0,12}扣|酌情")


def _proportions(facts: Facts) -> Iterator[Worked]:
    """Full mark times what was done of what was planned; only where the score is that."""
    if facts.score >= facts.full or _PLAIN.search(fold(facts.rule)):
        return
    actual, target = _amount(facts.actual), _amount(facts.target)
    if actual and target and actual[1] == target[1] and actual[0] and target[0]:
        percent = "%" if actual[1] == "%" else ""
        (done, _), (wanted, _) = (actual, target) if actual[0] <= target[0] else (target, actual)
        value = facts.full * done / wanted
        yield Worked(f"{facts.full:f} × {done:f}{percent} ÷ {wanted:f}{percent}", value)
    rate = _percent_in(facts)
    if rate is not None and rate <= 100:
        yield Worked(f"{facts.full:f} × {rate:f}%", facts.full * rate / 100)


_Way = Callable[[Facts], Iterator[Worked]]
_WAYS: tuple[_Way, ...] = (_formulas, _steps, _bands, _faults, _proportions)
