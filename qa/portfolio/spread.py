"""Totals, averages, bands and quartiles over the rows of a portfolio. Pure arithmetic in Decimals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.quantity import Unit, round_half_up
from qa.figures.compute import ROUNDED
from qa.portfolio.model import Asked, Band, Metric, Over, Row, Spread, Total
from qa.present import Computed, grouped, plain, trimmed

_ADDED = (Metric.AMOUNT, Metric.ADJUSTMENT, Metric.EXCESS)
_AVERAGED = (Metric.EXECUTION, Metric.ADJUSTMENT_RATE, Metric.SCORE, Metric.SCORE_RATE)
_BANDED = (Metric.EXECUTION, Metric.SCORE_RATE)
_EDGES = (60, 80, 90, 100)
_LONG = 8  # terms of a formula that are written out


def counted(rows: Sequence[Row]) -> list[Row]:
    """Rows that may be added up: where a unit has both, its own level is in the whole."""
    whole = {(row.entity, row.project, row.year) for row in rows}
    return [
        row
        for row in rows
        if not row.entity.endswith("（本级）")
        or (row.entity.removesuffix("（本级）"), row.project, row.year) not in whole
    ]


def totals_of(asked: Asked, rows: Sequence[Row]) -> tuple[Total, ...]:
    """Sums of amounts, in all and by the unit that owns projects; averages of rates and scores."""
    added = counted(rows)
    if not added or asked.metric is Metric.GRADE:
        return ()
    if asked.metric in _AVERAGED:
        return tuple(_averages(asked, added))
    found = []
    if asked.metric in _ADDED:
        found = [_sum("合计", added, asked.unit), _mean("平均", added, asked.unit)]
    if asked.over is Over.PROJECTS:
        by_unit: dict[str, list[Row]] = defaultdict(list)
        for row in added:
            by_unit[row.entity].append(row)
        sums = [_sum(entity or "单位不明", own, asked.unit) for entity, own in by_unit.items()]
        found += sums if len(sums) > 1 else []
    return tuple(found)


def _averages(asked: Asked, rows: Sequence[Row]) -> Iterator[Total]:
    yield _mean("平均", rows)
    kinds: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        kinds[row.fact.scope.basis].append(row)
    if asked.metric in (Metric.SCORE, Metric.SCORE_RATE) and len(kinds) > 1:
        for basis, own in sorted(kinds.items()):
            yield _mean(f"{basis}平均", own)


def _unit(rows: Sequence[Row], wanted: Unit | None) -> Unit:
    """The unit asked for, else the one that most rows are printed in."""
    units = [row.fact.amount.unit for row in rows if row.fact.amount is not None]
    if wanted is not None and units and units[0].compatible(wanted):
        return wanted
    return Counter(units).most_common(1)[0][0]


def _sum(label: str, rows: Sequence[Row], wanted: Unit | None) -> Total:
    added = _added(rows, wanted)
    unit = added.unit
    number = trimmed(added.base / unit.factor)
    if added.places is not None:
        number = plain(round_half_up(added.base / unit.factor, added.places))
    terms = [row.fact.printed for row in rows if row.fact.base is not None]
    formula = " + ".join(terms) if len(terms) <= _LONG else f"{len(terms)} 个数相加"
    return Total(label, len(terms), number, unit.symbol, formula, added.note)


@dataclass(frozen=True, slots=True)
class _Added:
    """A sum in the base unit, and the unit to show it in; `places` where it was rounded."""

    base: Decimal
    unit: Unit
    places: int | None = None
    note: str = ""


def _added(rows: Sequence[Row], wanted: Unit | None) -> _Added:
    """The sum of rows, no more exact than rounded 万元 among amounts of a finer unit are."""
    base = sum((base for row in rows if (base := row.fact.base) is not None), Decimal(0))
    given = [amount for row in rows if (amount := row.fact.given) is not None]
    unit = _unit(rows, wanted)
    coarse = _coarsest(given)
    if coarse is None:
        exact = (base / unit.factor).normalize().as_tuple().exponent
        finest = unit.factor.scaleb(int(exact))
        mixed = any(_step(amount) > finest for amount in given)
        return _Added(base, unit, note="各数所印位数不一，按所印数字相加" if mixed else "")
    step = _step(coarse)
    shown = unit if wanted is not None else coarse.unit
    places = max(int((shown.factor / step).log10().to_integral_value()), 0)
    note = (
        f"四舍五入到 {trimmed(step / coarse.unit.factor)}{coarse.unit.symbol}，与其中最粗的数一致"
    )
    return _Added(round_half_up(base / step, 0) * step, shown, places, note)


def _step(amount: Computed) -> Decimal:
    """The last printed digit's worth, in the base unit."""
    return amount.unit.factor.scaleb(-amount.places)


def _coarsest(given: Sequence[Computed]) -> Computed | None:
    """The amount that a sum is rounded to; None where all digits are to be shown."""
    largest = max(amount.unit.factor for amount in given)
    rounded = [a for a in given if a.unit.factor == largest and a.places >= ROUNDED]
    if not rounded or all(amount.unit.factor == largest for amount in given):
        return None
    coarse = max(rounded, key=_step)
    return coarse if any(_step(amount) < _step(coarse) for amount in given) else None


def _mean(label: str, rows: Sequence[Row], wanted: Unit | None = None) -> Total:
    """The mean to two decimals, of amounts in the unit of their sum."""
    added = _added(rows, wanted)
    terms = [row.fact.printed for row in rows if row.fact.base is not None]
    whole = f"{grouped(trimmed(added.base / added.unit.factor))}{added.unit.symbol}"
    formula = f"({' + '.join(terms) if len(terms) <= _LONG else whole}) ÷ {len(terms)}"
    exact = sum((base for row in rows if (base := row.fact.base) is not None), Decimal(0))
    mean = exact / len(terms) / added.unit.factor
    rounded = round_half_up(mean, 2)
    note = "四舍五入到两位小数" if rounded != mean else ""
    return Total(label, len(terms), plain(rounded), added.unit.symbol, formula, note)


def bands_of(asked: Asked, rows: Sequence[Row]) -> tuple[Band, ...]:
    """How the rows spread: by grade, or by stretches of a rate; empty ones are left out."""
    if asked.metric is Metric.GRADE:
        found: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            found[row.fact.value.number].append(row.name)
        order = sorted(found, key=lambda g: ("优良中差".find(g[:1]) % 9, g))
        return tuple(Band(grade, len(found[grade]), tuple(found[grade])) for grade in order)
    if asked.metric not in _BANDED:
        return ()
    return tuple(band for band in _stretches(rows) if band.count)


def _stretches(rows: Sequence[Row]) -> Iterator[Band]:
    lows = [None, *map(Decimal, _EDGES)]
    highs = [*map(Decimal, _EDGES), None]
    for low, high in zip(lows, highs, strict=True):
        exact = low is not None and low == 100
        names = tuple(
            row.name
            for row in rows
            if (base := row.fact.base) is not None
            and (low is None or (base > low if exact else base >= low))
            and (high is None or base < high or (high == 100 and base == high))
        )
        yield Band(_band_name(low, high), len(names), names)


def _band_name(low: Decimal | None, high: Decimal | None) -> str:
    if low is None:
        return f"{high}%以下"
    return f"{low}%以上" if high is None else f"{low}%—{high}%"


def spread_of(rows: Sequence[Row]) -> Spread | None:
    """Lowest, quartiles and highest of four rows or more, in the unit that most are printed in.

    Quartiles by linear interpolation between the ordered values (the method of a spreadsheet's
    QUARTILE.INC).
    """
    values = sorted(base for row in rows if (base := row.fact.base) is not None)
    if len(values) < 4:
        return None
    unit = _unit(rows, None)
    at = [_quantile(values, Decimal(quarter) / 4) / unit.factor for quarter in range(5)]
    lowest, lower, median, upper, highest = (plain(round_half_up(value, 2)) for value in at)
    return Spread(lowest, lower, median, upper, highest, unit.symbol)


def _quantile(values: Sequence[Decimal], share: Decimal) -> Decimal:
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)
