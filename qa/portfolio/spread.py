"""Totals, averages, bands and quartiles over the rows of a portfolio. Pure arithmetic in Decimals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.quantity import Unit, round_half_up
from qa.portfolio.model import Asked, Band, Metric, Over, Row, Spread, Total
from qa.present import plain, trimmed

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
        found = [_sum("合计", added, asked.unit), _mean("平均", added, _unit(added, asked.unit))]
    if asked.over is Over.PROJECTS:
        by_unit: dict[str, list[Row]] = defaultdict(list)
        for row in added:
            by_unit[row.entity].append(row)
        unit = _unit(added, asked.unit)
        sums = [_sum(entity or "单位不明", own, unit) for entity, own in by_unit.items()]
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
    unit = _unit(rows, wanted)
    values = [base / unit.factor for row in rows if (base := row.fact.base) is not None]
    formula = (
        " + ".join(map(trimmed, values)) if len(values) <= _LONG else f"{len(values)} 个数相加"
    )
    return Total(label, len(values), trimmed(sum(values, Decimal(0))), unit.symbol, formula)


def _mean(label: str, rows: Sequence[Row], unit: Unit | None = None) -> Total:
    factor = unit.factor if unit is not None else Decimal(1)
    values = [base / factor for row in rows if (base := row.fact.base) is not None]
    total = sum(values, Decimal(0))
    terms = " + ".join(map(trimmed, values)) if len(values) <= _LONG else trimmed(total)
    formula = f"({terms}) ÷ {len(values)}"
    number = plain(round_half_up(total / len(values), 2))
    symbol = unit.symbol if unit is not None else rows[0].fact.value.unit
    return Total(label, len(values), number, symbol, formula)


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
