"""Where a sentence goes back from the parts that it lists to the whole before them.

``收储 5,420 吨，其中早稻 2,600 吨、晚稻 2,820 吨，比上年的 5,100 吨增加 320 吨`` compares what was
stored, not the part that was named last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.figures.prose_compared import THEN_MOVED
from ingest.figures.prose_places import Place

_INCLUDING = re.compile(r"\s*[,(]?\s*(?:其中|包括|包含)(?!比|较|同比)\s*[:,]?")
_NEXT = re.compile(
    r"\s*\)?\s*(?P<mark>、|[,;]?(?:以及|和|及|与(?!上年|去年|上一年|20\d\d|同期))|,)"
)
_ASIDE = re.compile(r"\s*(?:\(|,?占)")  # of a part: (占40%)
_COMPARED = re.compile(
    r"\s*\)?\s*,\s*(?:总[数量额体]|合计|共计?|总计)?(?:(?:比|较|与|同|跟)\s*(?:上年|去年|上一年|前年|20\d\d\s*年|同期)|同比|环比)"
)
_LOOSE = ","


class _Parts(NamedTuple):
    """The positions of the parts of a list, and the marks between them."""

    numbers: list[int]
    marks: list[str]


def going_back(places: Sequence[Place]) -> dict[int, int]:
    """By the position of the first number that is told of a whole again, the position of the whole.

    Parts joined by 、 are a list, behind which the sentence goes back. Behind a lone part, or parts
    that commas part, it does so only where the numbers say so: one of the two comes out by them.
    """
    found: dict[int, int] = {}
    parts: _Parts | None = None
    for index, place in enumerate(places):
        if _INCLUDING.match(place.before):
            parts = _Parts([index], [])
        elif parts is None or _ASIDE.match(place.before):
            continue
        elif _COMPARED.match(place.before):
            whole = _whole(places, parts.numbers)
            if whole is not None and _goes_back(places, index, whole, parts):
                found[index] = whole
            parts = None
        elif (mark := _NEXT.match(place.before)) and _alike(place, places[parts.numbers[0]]):
            parts.numbers.append(index)
            parts.marks.append(mark["mark"])
        else:
            parts = None
    return found


def _alike(one: Place, other: Place) -> bool:
    return one.reading.quantity.unit == other.reading.quantity.unit


def _whole(places: Sequence[Place], parts: Sequence[int]) -> int | None:
    """The number before the parts that they add up to, or else the last one in their unit."""
    first = parts[0]
    before = [i for i in range(first - 1, -1, -1) if _alike(places[i], places[first])]
    added = sum(places[i].reading.quantity.base for i in parts)
    exact = [i for i in before if places[i].reading.quantity.base == added]
    return next(iter(exact or before), None)


def _goes_back(places: Sequence[Place], index: int, whole: int, parts: _Parts) -> bool:
    closing = [_closes(places, index, value) for value in (whole, parts.numbers[-1])]
    if any(closing) and not all(closing):
        return closing[0]
    return bool(parts.marks) and _LOOSE not in parts.marks


def _closes(places: Sequence[Place], base: int, value: int) -> bool:
    """True for a value that differs from the base told at `base` by just the change told behind it."""
    if base + 1 >= len(places) or not THEN_MOVED.match(places[base + 1].before):
        return False
    told = [places[index].reading.quantity for index in (value, base, base + 1)]
    if any(not one.unit.compatible(other.unit) for one, other in pairwise(told)):
        return False
    return abs(told[0].base - told[1].base) == abs(told[2].base)
