"""Changes, rates of growth and shares between cells: arithmetic over checked figures, pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest import interval
from ingest.model import Direction, Figure
from ingest.quantity import PERCENT, Dimension, Unit, UnitError
from qa.compare.model import Change, Derived
from qa.figures import compute
from qa.model import Check
from qa.present import Computed, shown

_MOST_PLACES = 6
_IN_POINTS = (Dimension.PERCENT, Dimension.POINT, Dimension.SCORE)
_ADDED = (Dimension.MONEY, Dimension.COUNT)


@dataclass(frozen=True, slots=True)
class Operand:
    """A cell as it is computed with.

    Attributes:
        period: its year.
        figure: its figure as printed, or the one that was worked out.
        sound: False where its value is contradicted.
        implied: (value, change) of the next year's report that it was worked out from.
    """

    period: str
    figure: Figure
    sound: bool = True
    implied: tuple[Figure, Figure] | None = None


def derived(computed: Computed, *, sound: bool) -> Derived:
    """A computed number as it is shown; `sound` is False where an operand is contradicted."""
    low, high = computed.bounds or (None, None)
    check = Check.DERIVED if sound else Check.FAILS
    return Derived(
        computed.number, computed.value, low, high, computed.unit, computed.formula, check
    )


def in_unit(computed: Computed, unit: Unit | None) -> Computed:
    """A computed amount in the unit of its row; as it is where that is of another kind."""
    if unit is None or unit == computed.unit or not unit.compatible(computed.unit):
        return computed
    ratio = computed.unit.factor / unit.factor
    bounds = None if computed.bounds is None else computed.bounds.scaled(ratio)
    value = computed.value * ratio
    exponent = value.normalize().as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    return Computed(value, bounds, unit, computed.formula, min(places, _MOST_PLACES))


def change(before: Operand, now: Operand, unit: Unit | None = None) -> Change:
    """What changed between two years, as an amount (in `unit`) and a rate.

    Rates, scores and percentages have no rate of growth: their change is in points. The rate is
    `interval.growth_percent` where the earlier value was itself worked out from the later one.
    """
    sound = before.sound and now.sound
    try:
        moved = compute.difference(now.figure, before.figure)
    except UnitError:
        return Change(before.period, now.period, None, None, "两年的单位不同类，不能相减")
    if before.implied is not None and _same(before.implied[0], now.figure):
        moved = _stated_change(*before.implied, moved.unit)
    amount = derived(in_unit(moved, unit), sound=sound)
    if before.figure.quantity.unit.dimension in _IN_POINTS:
        return Change(before.period, now.period, amount, None)
    if before.figure.quantity.base <= 0:
        note = "基数为0，不可比" if before.figure.quantity.base == 0 else "基数为负，不可比"
        return Change(before.period, now.period, amount, None, note)
    rate = _growth(before, now)
    growth = None if rate is None else derived(rate, sound=sound)
    return Change(before.period, now.period, amount, growth)


def _same(left: Figure, right: Figure) -> bool:
    return left.quantity.base == right.quantity.base


def _stated_change(current: Figure, moved: Figure, unit: Unit) -> Computed:
    """The change that the later report states, with its sign, in `unit`."""
    quantity = moved.quantity.to(unit)
    down = moved.direction is Direction.DOWN
    value = -abs(quantity.value) if down else abs(quantity.value)
    bounds = interval.Interval(quantity.low, quantity.high)
    if (value < 0) != (quantity.value < 0):
        bounds = bounds.negated()
    places = interval.places(moved.quantity) if moved.quantity.unit == unit else 2
    return Computed(value, bounds, unit, f"{current.period}年报告所列增减额 {shown(moved)}", places)


def _growth(before: Operand, now: Operand) -> Computed | None:
    """previous = current ∓ change where that is how it is known; else of two independent values."""
    if before.implied is None or not _same(before.implied[0], now.figure):
        return compute.growth_between(now.figure, before.figure)
    current, moved = before.implied
    sign = -1 if moved.direction is Direction.DOWN else 1
    change_of = abs(moved.quantity.base) * sign
    value = interval.growth_percent(current.quantity.base, change_of)
    if value is None:
        return None
    around = interval.of(moved.quantity)
    if (change_of < 0) != (moved.quantity.base < 0):
        around = around.negated()
    bounds = interval.at_corners(interval.growth_percent, interval.of(current.quantity), around)
    word = "+" if sign < 0 else "−"
    formula = f"{shown(moved)} ÷ ({shown(current)} {word} {shown(moved)}) × 100%"
    if sign < 0:
        formula = f"−{formula}"
    return Computed(value, bounds, PERCENT, formula, 2)


def changes(
    operands: Sequence[Operand], unit: Unit | None = None
) -> tuple[tuple[Change, ...], Change | None]:
    """From each year to the next that has a value, and from the first to the last of three or more."""
    steps = tuple(change(a, b, unit) for a, b in pairwise(operands))
    overall = change(operands[0], operands[-1], unit) if len(operands) > 2 else None
    return steps, overall


def shares(parts: Sequence[Operand]) -> tuple[Derived | None, ...]:
    """What each of the rows is of their sum in one year, parallel to `parts`.

    None for all where they cannot be added, are fewer than two, or sum to nothing.
    """
    nothing: tuple[Derived | None, ...] = (None,) * len(parts)
    figures = [part.figure for part in parts]
    if len(figures) < 2 or any(f.quantity.unit.dimension not in _ADDED for f in figures):
        return nothing
    try:
        whole = compute.total(figures)
    except UnitError:
        return nothing
    if whole.value <= 0 or any(figure.quantity.base < 0 for figure in figures):
        return nothing
    sound = all(part.sound for part in parts)
    return tuple(_share(part, figures, sound=sound) for part in parts)


def _share(part: Operand, figures: Sequence[Figure], *, sound: bool) -> Derived | None:
    """100·a ÷ (a + rest): the part stands on both sides, so it is evaluated at the corners."""
    own = part.figure
    rest = [interval.of(each.quantity) for each in figures if each is not own]
    others = sum((f.quantity.base for f in figures if f is not own), own.quantity.base * 0)
    value = interval.ratio_percent(own.quantity.base, own.quantity.base + others)
    if value is None:
        return None
    bounds = interval.at_corners(
        lambda a, b: interval.ratio_percent(a, a + b),
        interval.of(own.quantity),
        interval.total(rest),
    )
    terms = " + ".join(shown(each) for each in figures)
    formula = f"{shown(own)} ÷ ({terms}) × 100%"
    return derived(Computed(value, bounds, PERCENT, formula, 2), sound=sound)
