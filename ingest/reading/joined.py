"""Several printed numbers that belong together: ranges, amounts in two scales, shared units."""

from __future__ import annotations

import re
from typing import Final

from ingest.quantity import Quantity
from ingest.reading import bounds as bounds
from ingest.reading import numerals as numerals
from ingest.reading.units import UnitHit, match_unit, parse_unit
from ingest.reading.values import Number, Reading, Right, Source, quantity_of

_RANGE: Final = re.compile(r"(?:\(不?含\))? ?(?P<mark>-|—{1,2}|~|〜|至) ?")
_FROM: Final = re.compile("[由从自]$")
_TWO_SCALES: Final = re.compile(
    r"(?P<big>[亿万])(?P<rest>[0-9]{1,4}(?:\.[0-9]+)?)(?P<unit>[万千]?元)"
)
_EACH: Final = re.compile(r"(?:分别|依次|各)[^,，。;；0-9]{0,6}$")
_LIST_MARK: Final = re.compile(r" ?[、,，和及与] ?")
_LIST_LIMIT: Final = 12


def read_range(source: Source, first: Number, left: str, right: Right) -> Reading | None:
    """``10—15分``, ``100万元至200万元``: one quantity from the first to the second number.

    The second number must be the greater one and carry the unit; ``由100万元至200万元`` states two
    amounts.
    """
    opening = match_unit(right.text)
    end = right.offset(opening.end) if opening else first.end
    mark = _RANGE.match(source.text, end)
    if mark is None or (mark["mark"] == "至" and _FROM.search(left)):
        return None
    second = source.arabic_at(mark.end())
    if second is None:
        return None
    behind = Right(source.text, second.end)
    closing = match_unit(behind.text)
    if closing is None or closing.scale_only or (opening and not _same_kind(opening, closing)):
        return None
    low = first.value
    if opening:
        low = low * (opening.unit.factor / closing.unit.factor)
    if low >= second.value:
        return None
    printed = source.raw[first.start : second.end]
    quantity = Quantity(low, closing.unit, low, second.value, printed)
    return Reading(quantity, first.start, behind.offset(closing.end), first.start, second.end)


def _same_kind(first: UnitHit, second: UnitHit) -> bool:
    if first.scale_only:
        return second.unit.symbol.startswith(first.unit.symbol)
    return first.unit.compatible(second.unit)


def read_two_scales(source: Source, first: Number, left: str, right: Right) -> Reading | None:
    """``1亿2000万元``: one amount, in the smaller scale."""
    match = _TWO_SCALES.match(right.text)
    if match is None:
        return None
    unit, big = parse_unit(match["unit"]), parse_unit(match["big"] + "元")
    if unit is None or big is None or big.factor <= unit.factor:
        return None
    rest = numerals.arabic_value(match["rest"])
    value = first.value * (big.factor / unit.factor) + rest
    number_end = right.offset(match.end("rest"))
    after = bounds.word_after(right.text, match.end(), unit)
    quantity = quantity_of(
        value,
        numerals.decimals(match["rest"]),
        unit,
        source.raw[first.start : number_end],
        bounds.words(bounds.word_before(left), after),
    )
    return Reading(quantity, first.start, right.offset(match.end()), first.start, number_end)


def read_shared_unit(source: Source, first: Number, left: str) -> list[Reading]:
    """``分别为120、130和150万元``: every number of the list in the unit of the last.

    Only where 分别, 依次 or 各 announces the list; empty otherwise.
    """
    if not _EACH.search(left):
        return []
    numbers = [first]
    while len(numbers) < _LIST_LIMIT:
        mark = _LIST_MARK.match(source.text, numbers[-1].end)
        following = source.arabic_at(mark.end()) if mark else None
        if following is None:
            break
        numbers.append(following)
    last = numbers[-1]
    right = Right(source.text, last.end)
    hit = match_unit(right.text)
    if len(numbers) < 2 or hit is None or hit.scale_only:
        return []
    readings = []
    for number in numbers:
        printed = source.raw[number.start : number.end]
        quantity = quantity_of(number.value, number.places, hit.unit, printed, [])
        end = right.offset(hit.end) if number is last else number.end
        readings.append(Reading(quantity, number.start, end, number.start, number.end))
    return readings
