"""What a finding says to a person: one sentence for every check, in the same order each time.

Where, what is stated, what it comes to and from what, the gap and its direction, which side the
rest of the report confirms, the likely slip, what else it breaks.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ingest import interval
from ingest.interval import Interval
from ingest.model import Document, Figure
from ingest.quantity import POINT, Dimension, Unit, format_number, round_half_up
from qa.audit.model import Backing, EquationLine, Evidence, Rival, Slip
from qa.audit.shapes import Implied, Reading
from qa.audit.slips import digits_of
from qa.audit.suspects import TWICE
from qa.model import Source
from qa.present import ROLE_LABELS, shown

SLIP_WORDS = {
    Slip.UNIT: "金额单位写错",
    Slip.SIGN: "正负号或增减方向写反",
    Slip.POINT: "小数点错位",
    Slip.TRANSPOSED: "两位数字颠倒",
    Slip.DIGIT: "一位数字写错",
    Slip.DROPPED: "漏写一位数字",
    Slip.DOUBLED: "多写一位数字",
    Slip.STALE: "沿用了未更新的数",
    Slip.BASE: "比率的基数用错",
    Slip.MULTIPLIER: "评分公式的乘数写错",
    Slip.ROUNDING: "末位尾差超出四舍五入",
    Slip.MISREAD: "识别",
}
_SHOWN = 2  # equations quoted as support
_DOUBTED = 6  # rivals that are listed
_FINER = 2  # decimals of an interval beyond those of the figure


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What a figure comes to, in words: value, interval, signed gap, and its direction."""

    value: str
    interval: str
    difference: str
    direction: str


def recomputed(figure: Figure, implied: Implied, unit: Unit, family: str) -> Recomputed:
    """The recomputed value beside the stated one, both in `unit`.

    Args:
        figure: the stated figure.
        implied: what it comes to.
        unit: to show it in; the figure's own, or the right one where that is wrong.
        family: of the equation.
    """
    point, stated = implied.point / unit.factor, figure.quantity.base / unit.factor
    places = _places(figure, point, unit)
    reach = _reach(implied.bounds.scaled(1 / unit.factor), places + _FINER, unit)
    if family == "grade":
        return Recomputed(reach, "", _gap(stated - point, places, unit), _direction(stated, point))
    value = f"{digits_of(round_half_up(point, places), figure.quantity)}{unit.symbol}"
    gap = _gap(stated - point, places, unit)
    return Recomputed(value, reach, gap, _direction(stated, point))


def _places(figure: Figure, point: Decimal, unit: Unit) -> int:
    """Decimals that show the gap: those printed, two for rates, more where they hide it."""
    quantity = figure.quantity
    places = interval.places(quantity)
    if quantity.unit.dimension is Dimension.PERCENT:
        places = max(places, 2)
    finest = places + 4
    unequal = quantity.unit == unit and point != quantity.value
    while unequal and round_half_up(point, places) == quantity.value and places < finest:
        places += 1
    return places


def _direction(stated: Decimal, point: Decimal) -> str:
    return "high" if stated > point else "low" if stated < point else ""


def _gap(gap: Decimal, places: int, unit: Unit) -> str:
    symbol = POINT.symbol if unit.dimension is Dimension.PERCENT else unit.symbol
    return f"{'+' if gap > 0 else ''}{format_number(gap, places)}{symbol}"


def _reach(bounds: Interval, places: int, unit: Unit) -> str:
    """``75.43～75.52%``; "" for a single value."""
    low, high = bounds
    if low is None or high is None or low == high:
        return ""
    ends = [format_number(each, places) for each in (low, high)]
    while places > 0 and all(each.endswith("0") for each in ends):
        places -= 1
        ends = [format_number(each, places) for each in (low, high)]
    return f"{'～'.join(ends)}{unit.symbol}" if ends[0] != ends[1] else ""


def name_of(figure: Figure) -> str:
    """What a figure is called, with its role where the name does not say it."""
    role = ROLE_LABELS[figure.role]
    name = figure.metric or figure.subject
    return f"{name}（{role}）" if role and role not in name and role != name else name


def place_words(document: Document, figure: Figure, source: Source) -> str:
    """Page, then table with row, or section: ``第 3 页“表一”行“合计”``."""
    words = f"第 {source.page} 页" if source.page is not None else ""
    if source.table:
        row = f"“{source.row}”行" if source.row else ""
        return f"{words}《{source.table.strip('《》')}》{row}"
    path = document.section_path(figure.section)
    return words + (f"“{path[-1]}”" if path else "")


def line_of(reading: Reading) -> EquationLine:
    """An equation as one line."""
    equation = reading.equation
    formula = f"{shown(reading.stated)} = {equation.formula}"
    return EquationLine(equation.family, formula, equation.verdict.value)


@dataclass(frozen=True, slots=True)
class Wording:
    """The parts of a finding's sentence."""

    place: str
    name: str
    stated: str
    reading: Reading
    own: bool  # the equation checks the figure; else the figure follows from it backwards
    result: Recomputed | None
    evidence: Evidence
    slip: Slip
    slip_note: str
    also: tuple[EquationLine, ...]
    repeated: tuple[Source, ...]


def sentence(said: Wording) -> str:
    """The finding in one sentence."""
    clauses = [_result(said), _backing(said.evidence), _doubted(said.evidence.rivals), _slip(said)]
    if said.repeated:
        clauses.append(f"同样的写法另有 {len(said.repeated)} 处")
    if said.also:
        clauses.append(f"另有 {len(said.also)} 条等式因此不成立")
    return "；".join(each for each in clauses if each) + "。"


def _result(said: Wording) -> str:
    head = f"{said.place}：{said.name}所列 {said.stated}，"
    equation, result = said.reading.equation, said.result
    if result is None or not said.reading.operands:
        return f"{head}与 {equation.formula} 不符" + _gap_words(result)
    if not said.own:
        how = f"由 {shown(said.reading.stated)} = {equation.formula} 反算应为"
    elif equation.family in TWICE and len(said.reading.operands) == 1:
        how = f"对照 {equation.formula}，应为"
    else:
        how = f"按 {equation.formula} 复算为"
    reach = f"（可取 {result.interval}）" if result.interval else ""
    return f"{head}{how} {result.value}{reach}{_gap_words(result)}"


def _gap_words(result: Recomputed | None) -> str:
    if result is None or not result.direction:
        return ""
    word = "偏高" if result.direction == "high" else "偏低"
    return f"，所列{word} {result.difference.lstrip('+-')}"


def _backing(found: Evidence) -> str:
    support, own = _quoted(found.support), _quoted(found.stated_support)
    if found.backing is Backing.RECOMPUTED:
        return f"复算所用的数另有佐证{support}，所列数没有"
    if found.backing is Backing.STATED:
        return f"所列数另有佐证{own}，可能是复算所用的某个数有误"
    if found.backing is Backing.BOTH:
        return f"两边各有佐证（所列一边{own}，复算一边{support}），须核对原始资料"
    return "报告内没有其他佐证，须核对原始资料"


def _doubted(rivals: tuple[Rival, ...]) -> str:
    """The figures that may be wrong instead, where they are few enough to be looked up."""
    if not 0 < len(rivals) <= _DOUBTED:
        return ""
    each = (f"{r.operand.number}{r.operand.unit}（若为 {r.right}）" for r in rivals)
    return f"也可能有误的是 {'、'.join(each)}"


def _quoted(lines: tuple[EquationLine, ...]) -> str:
    shown_lines = "、".join(line.formula for line in lines[:_SHOWN])
    return f"（{shown_lines}）" if shown_lines else ""


def _slip(said: Wording) -> str:
    if said.slip is Slip.UNKNOWN:
        return ""
    note = f"（{said.slip_note}）" if said.slip_note else ""
    return f"可能的笔误：{SLIP_WORDS[said.slip]}{note}"
