"""Arithmetic over figures: differences, sums, ratios, previous values. Pure; types are units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest import interval
from ingest.interval import Interval
from ingest.model import Direction, Figure, Role
from ingest.quantity import MULTIPLE, PERCENT, POINT, Dimension, Unit, UnitError
from qa.present import Computed, shown


def _common(figures: Sequence[Figure]) -> Unit:
    """The finest unit among figures that may be added.

    Raises:
        UnitError: the figures' units do not convert into each other.
    """
    unit = min((figure.quantity.unit for figure in figures), key=lambda u: u.factor)
    for figure in figures:
        if not figure.quantity.unit.compatible(unit):
            raise UnitError(f"{shown(figure)} 与 {unit.symbol} 不是同类单位，不能相加减")
    return unit


def _places(figures: Sequence[Figure], unit: Unit) -> int:
    finest = [interval.places(f.quantity) for f in figures if f.quantity.unit == unit]
    return max(finest, default=0)


ROUNDED = 2  # decimals of an amount in ten thousands from which on it is one that was rounded


def _as_precise(computed: Computed, figures: Sequence[Figure]) -> Computed:
    """A sum or difference of 元 and rounded 万元 in 万元: it is no more precise than they are."""
    coarse = max(figures, key=lambda figure: figure.quantity.unit.factor)
    unit, places = coarse.quantity.unit, interval.places(coarse.quantity)
    exact = unit.factor.scaleb(-places) <= computed.unit.factor.scaleb(-computed.places)
    if unit.factor == computed.unit.factor or places < ROUNDED or exact:
        return computed
    return replace(computed.shown_in(unit), places=places)


def _bounds(figure: Figure, unit: Unit) -> Interval:
    low, high = interval.of(figure.quantity)
    return Interval(
        None if low is None else low / unit.factor, None if high is None else high / unit.factor
    )


def difference(left: Figure, right: Figure) -> Computed:
    """left − right in the finer of their units; of rates (%, ‰) in percentage points.

    Raises:
        UnitError: unlike units.
    """
    unit = _common([left, right])
    permille = unit.dimension is Dimension.PERCENT and unit != PERCENT
    unit = PERCENT if permille else unit
    value = left.quantity.to(unit).value - right.quantity.to(unit).value
    a, b = _bounds(left, unit), _bounds(right, unit)
    bounds = interval.at_corners(lambda x, y: x - y, a, b)
    places = _places([left, right], unit)
    if permille:
        finest = max(interval.places(left.quantity), interval.places(right.quantity))
        places = max(places, finest + 1)  # ‰ to one decimal is % to two
    if unit.dimension is Dimension.PERCENT:
        unit = POINT
    made = Computed(value, bounds, unit, f"{shown(left)} − {shown(right)}", places)
    return made if unit == POINT else _as_precise(made, [left, right])


def total(figures: Sequence[Figure]) -> Computed:
    """The sum of figures in the finest of their units.

    Raises:
        UnitError: unlike units.
    """
    unit = _common(figures)
    value = sum((figure.quantity.to(unit).value for figure in figures), Decimal(0))
    bounds = interval.total([_bounds(figure, unit) for figure in figures])
    formula = " + ".join(shown(figure) for figure in figures)
    return _as_precise(Computed(value, bounds, unit, formula, _places(figures, unit)), figures)


def average(figures: Sequence[Figure]) -> Computed:
    """The arithmetic mean, printed with two more decimals than the finest operand."""
    whole = total(figures)
    count = len(figures)
    bounds = whole.bounds and Interval(
        None if whole.bounds.low is None else whole.bounds.low / count,
        None if whole.bounds.high is None else whole.bounds.high / count,
    )
    formula = f"({whole.formula}) ÷ {count}"
    return Computed(whole.value / count, bounds, whole.unit, formula, max(2, whole.places))


def added(figures: Sequence[Figure], *, mean: bool, unit: Unit | None) -> Computed:
    """The sum of figures, or their mean, in the unit that is asked for.

    Raises:
        UnitError: unlike units.
    """
    return (average if mean else total)(figures).shown_in(unit)


def percent_of(part: Figure, whole: Figure) -> Computed | None:
    """100 · part ÷ whole, two decimals; None for a zero whole.

    Raises:
        UnitError: unlike units.
    """
    _common([part, whole])
    value = interval.ratio_percent(part.quantity.base, whole.quantity.base)
    if value is None:
        return None
    bounds = interval.at_corners(
        interval.ratio_percent, interval.of(part.quantity), interval.of(whole.quantity)
    )
    return Computed(value, bounds, PERCENT, f"{shown(part)} ÷ {shown(whole)} × 100%", 2)


def percent_of_total(parts: Sequence[Figure], whole: Figure) -> Computed | None:
    """100 · (sum of the parts) ÷ whole, two decimals; None for a zero whole.

    Raises:
        UnitError: unlike units.
    """
    return percent_of_totals(parts, [whole])


def percent_of_totals(parts: Sequence[Figure], wholes: Sequence[Figure]) -> Computed | None:
    """100 · (sum of the parts) ÷ (sum of the wholes), two decimals; None for wholes of zero.

    Raises:
        UnitError: unlike units.
    """
    if len(parts) == len(wholes) == 1:
        return percent_of(parts[0], wholes[0])
    _common([*parts, *wholes])
    value = interval.ratio_percent(_sum(parts), _sum(wholes))
    if value is None:
        return None
    bounds = interval.at_corners(
        interval.ratio_percent,
        interval.total([interval.of(part.quantity) for part in parts]),
        interval.total([interval.of(whole.quantity) for whole in wholes]),
    )
    formula = f"{_added(parts)} ÷ {_added(wholes)} × 100%"
    return Computed(value, bounds, PERCENT, formula, 2)


def _sum(figures: Sequence[Figure]) -> Decimal:
    return sum((figure.quantity.base for figure in figures), Decimal(0))


def _added(figures: Sequence[Figure]) -> str:
    terms = " + ".join(map(shown, figures))
    return f"({terms})" if len(figures) > 1 else terms


def multiple_of(part: Figure, whole: Figure) -> Computed | None:
    """part ÷ whole as a multiple (倍), two decimals; None for a zero whole."""
    percent = percent_of(part, whole)
    if percent is None:
        return None
    bounds = percent.bounds and Interval(
        None if percent.bounds.low is None else percent.bounds.low / 100,
        None if percent.bounds.high is None else percent.bounds.high / 100,
    )
    return Computed(percent.value / 100, bounds, MULTIPLE, f"{shown(part)} ÷ {shown(whole)}", 2)


_MANY = re.compile(r"^[万亿]+")


def one_of(unit: Unit) -> Unit:
    """The unit of which a counted or measured one is many: 人次 of 万人次, 公里 of 万公里."""
    symbol = _MANY.sub("", unit.symbol) or unit.symbol
    many = Decimal(1)
    for sign in unit.symbol[: len(unit.symbol) - len(symbol)]:
        many *= Decimal(10_000) if sign == "万" else Decimal(100_000_000)
    return replace(unit, factor=unit.factor / many, symbol=symbol)


def per(amount: Figure, count: Figure, unit: Unit) -> Computed | None:
    """amount ÷ count in a unit of the amount's kind, two decimals; None for a count of zero.

    Lengths, areas and weights are counted in the unit that is printed (per 公里, not per metre).

    Raises:
        UnitError: the unit is of another kind.
    """
    if not unit.compatible(amount.quantity.unit):
        raise UnitError(f"{shown(amount)} 不能以 {unit.symbol} 计")
    if count.quantity.base == 0:
        return None
    measured = count.quantity.unit.dimension is Dimension.MEASURE
    scale = (one_of(count.quantity.unit).factor if measured else 1) / unit.factor
    bounds = interval.at_corners(
        lambda x, y: None if y == 0 else x / y * scale,
        interval.of(amount.quantity),
        interval.of(count.quantity),
    )
    value = amount.quantity.base / count.quantity.base * scale
    return Computed(value, bounds, unit, f"{shown(amount)} ÷ {shown(count)}", 2)


def growth_between(current: Figure, previous: Figure) -> Computed | None:
    """100 · (current − previous) ÷ previous, two decimals; None for a zero base."""
    _common([current, previous])
    now, before = current.quantity.base, previous.quantity.base
    if before == 0:
        return None
    bounds = interval.at_corners(
        lambda x, y: None if y == 0 else (x - y) / y * 100,
        interval.of(current.quantity),
        interval.of(previous.quantity),
    )
    formula = f"({shown(current)} − {shown(previous)}) ÷ {shown(previous)} × 100%"
    return Computed((now - before) / before * 100, bounds, PERCENT, formula, 2)


def growth_by(current: Figure, change: Figure) -> Computed | None:
    """100 · change ÷ (current ∓ change), two decimals, less than 0 for a fall; None from nothing.

    Raises:
        UnitError: unlike units.
    """
    _common([current, change])
    signed = change.direction is Direction.NONE and change.quantity.value < 0
    sign = -1 if signed or change.direction is Direction.DOWN else 1

    def grown(now: Decimal, moved: Decimal) -> Decimal | None:
        return interval.growth_percent(now, sign * abs(moved))

    value = grown(current.quantity.base, change.quantity.base)
    if value is None:
        return None
    bounds = interval.at_corners(grown, interval.of(current.quantity), interval.of(change.quantity))
    moved = shown(change).lstrip("-−")
    formula = f"{moved} ÷ ({shown(current)} {'+' if sign < 0 else '−'} {moved}) × 100%"
    return Computed(value, bounds, PERCENT, formula, 2)


def before_rate(value: Figure, rate: Figure) -> Computed | None:
    """The amount that a value has grown from, or is a share of (completion), by a rounded rate."""
    unit = value.quantity.unit
    grown = rate.role is Role.GROWTH
    sign = -1 if rate.direction is Direction.DOWN and rate.quantity.value > 0 else 1

    def before(now: Decimal, percent: Decimal) -> Decimal | None:
        share = (100 + sign * percent if grown else percent) / 100
        return None if share <= 0 else now / share

    point = before(value.quantity.value, rate.quantity.value)
    bounds = interval.at_corners(before, _bounds(value, unit), _bounds(rate, rate.quantity.unit))
    if point is None or bounds is None:
        return None
    sums = f"(1 {'+' if sign > 0 else '−'} {shown(rate).lstrip('-−')})" if grown else shown(rate)
    whole = unit.dimension is Dimension.COUNT and not _MANY.match(unit.symbol)
    places = interval.places(value.quantity) if whole else 2
    return Computed(point, bounds, unit, f"{shown(value)} ÷ {sums}", places)


def previous_value(current: Figure, change: Figure) -> Computed:
    """Last year's value from this year's and its stated change.

    Raises:
        UnitError: unlike units.
    """
    points = change.quantity.unit == POINT and current.quantity.unit == PERCENT
    unit = PERCENT if points else _common([current, change])
    signed = change.direction is Direction.NONE and change.quantity.value < 0
    down = signed or change.direction is Direction.DOWN
    now = current.quantity.to(unit).value
    moved = abs(change.quantity.value if points else change.quantity.to(unit).value)
    bounds = interval.at_corners(
        (lambda x, y: x + y) if down else (lambda x, y: x - y),
        _bounds(current, unit),
        _bounds(change, unit),
    )
    sign = "+" if down else "−"
    places = interval.places(change.quantity) if points else 0
    made = Computed(
        now + moved if down else now - moved,
        bounds,
        unit,
        f"{shown(current)} {sign} {shown(change).lstrip('-−')}",
        max(places, _places([current, change], unit)),
    )
    return made if points else _as_precise(made, [current, change])
