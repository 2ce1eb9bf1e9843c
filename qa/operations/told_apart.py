"""The change of a value that a report tells apart from it: by its name, in another sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest import interval
from ingest.equations.claims import falls
from ingest.model import Direction, Document, Figure, Role
from ingest.quantity import PERCENT
from qa.figures.evidence import Candidate
from qa.words.matching import squeeze

_YEAR = re.compile(r"^.*20\d\d年(?:度)?")
_MARKS = re.compile(r"[“”\"'‘’]")
_OF_CHANGE = re.compile(r"(?:均|各|都)*(?:增加|减少|增长|上升|下降|降低|提高)?(?:均|各|都)*$")
_OF_FEE = re.compile(r"(?<=费)(?:支出|决算)*(?:总额|总数|数|额)?$")
_BOTH = re.compile(
    r"(?:总体)?(?:决算)?收入?(?:总计|总额)?[、,，与和及/]?支出?(?:决算)?(?:总计|总额|总量|总体)*(?:决算)?"
)
_SIDES = {"收入总计": "支出总计", "支出总计": "收入总计"}
_NAMELESS = re.compile(r"(?:变动|变化|增减(?:变动|变化)?|降幅|增幅|降|增)(?:情况)?")
_A_NAME = 4  # characters
_NEXT = 1  # blocks that a change without a rate may stand from its value
_FAR_OFF = 3  # blocks that a change without a name may stand from its value
_TELLING = 3  # digits of a rate that fits hardly anything by chance
_STATED = (Role.VALUE, Role.ACTUAL)


def plain(name: str) -> str:
    """What a fee or a total is called without the year, whose it is, and the words of a change."""
    text = _MARKS.sub("", _YEAR.sub("", squeeze(name)))
    return _OF_FEE.sub("", _OF_CHANGE.sub("", text))


def of_both_sides(name: str) -> bool:
    """Whether a name is that of the totals of income and expenditure together: 收、支总计."""
    return _BOTH.fullmatch(plain(name)) is not None


def nameless(change: Figure) -> bool:
    """Whether a change is said of nothing by name: 变动：比上年少…."""
    return _NAMELESS.fullmatch(squeeze(change.subject)) is not None


def told_apart(candidate: Candidate, fits: list[Figure]) -> Figure | None:
    """The one change among `fits` that is of the value: of its name and near it, or borne out.

    A rate printed behind a change has to follow from the value; a change that has none must stand
    in the value's paragraph or the next, and the part may give no other value of the name.
    """
    figure, document = candidate.figure, candidate.document
    found: dict[object, Figure] = {}
    for change in fits:
        rate = _rate_of(document, change)
        if rate is not None and not _borne_out(figure, change, rate):
            continue
        if _named(document, figure, change, rate) or _by_rate_alone(document, figure, change, rate):
            found.setdefault((change.quantity.base, change.direction), change)
    return next(iter(found.values())) if len(found) == 1 else None


def changes_in(document: Document, figure: Figure) -> list[Figure]:
    """The changes of amounts that sentences of the value's part tell for its year."""
    return [
        other
        for other in document.figures
        if other.part == figure.part
        and other.role is Role.CHANGE
        and other.locator.table is None
        and other.period == figure.period
        and other.quantity.unit.compatible(figure.quantity.unit)
    ]


def lead_of(document: Document, change: Figure) -> Figure | None:
    """The change of the whole that a list (其中：…) goes on from; it says what all are against."""
    if change.basis or change.locator.table is not None or re.search(r"[比较]", change.sentence):
        return None
    for other in reversed(document.figures[: change.no]):
        if other.block != change.block:
            return None
        if other.role in (Role.CHANGE, Role.GROWTH) and re.search(r"[比较]", other.sentence):
            text = document.blocks[change.block].text[other.end : change.start]
            return other if "其中" in text and "预算" not in text else None
    return None


def _rate_of(document: Document, change: Figure) -> Figure | None:
    """The rate that is printed right behind a change."""
    behind = document.figures[change.no + 1 : change.no + 2]
    for rate in behind:
        same = rate.block == change.block and rate.sentence == change.sentence
        if same and rate.role is Role.GROWTH and rate.quantity.unit == PERCENT:
            return rate
    return None


def _borne_out(figure: Figure, change: Figure, rate: Figure) -> bool:
    """Whether the rate is what the change is of the value before it."""
    sign = -1 if falls(change) else 1
    if not change.quantity.base and not rate.quantity.base:
        return True
    made = interval.at_corners(
        lambda now, moved: interval.growth_percent(now, sign * abs(moved)),
        interval.of(figure.quantity),
        interval.of(change.quantity),
    )
    if made is None or made.low is None or made.high is None:
        return False
    own = interval.of(rate.quantity)
    if rate.direction is Direction.DOWN and rate.quantity.value >= 0:
        own = own.negated()
    return made.overlaps(own)


def _named(document: Document, figure: Figure, change: Figure, rate: Figure | None) -> bool:
    """Whether a change is called as the value, or as the totals that the value is of."""
    own, name = plain(figure.metric), plain(change.subject)
    apart = abs(change.block - figure.block)
    if of_both_sides(change.subject):
        near = rate is not None or apart <= _NEXT
        return near and (of_both_sides(figure.metric) or _like_other_side(document, figure))
    if len(name) < _A_NAME:
        return False
    if rate is not None and apart <= _NEXT and _tail(figure, change):
        return True
    if own != name or not own.endswith("费"):
        return False
    return rate is not None or (apart <= _NEXT and _only_value(document, figure))


def _tail(figure: Figure, change: Figure) -> bool:
    """``支出决算总额`` of ``“三公”经费支出决算总额``, in the paragraph after it."""
    name = squeeze(change.subject)
    return squeeze(figure.metric).endswith(name) and len(name) > _A_NAME


def _like_other_side(document: Document, figure: Figure) -> bool:
    """Whether the total of income is that of expenditure: what is told of both is told of it."""
    other = _SIDES.get(plain(figure.metric), "")
    sides = {
        each.quantity.base
        for each in document.figures
        if other
        and each.part == figure.part
        and each.role is Role.VALUE
        and each.period == figure.period
        and plain(each.metric) == other
    }
    return sides == {figure.quantity.base}


def _only_value(document: Document, figure: Figure) -> bool:
    """Whether the part gives no other amount by the value's name."""
    own = plain(figure.metric)
    return all(
        each.quantity.base == figure.quantity.base
        for each in _amounts_like(document, figure)
        if plain(each.metric) == own
    )


def _amounts_like(document: Document, figure: Figure) -> Iterator[Figure]:
    """The amounts of a figure's part, of its year and kind; itself among them."""
    for each in document.figures:
        alike = each.part == figure.part and each.period == figure.period
        if alike and each.role in _STATED and each.quantity.unit.compatible(figure.quantity.unit):
            yield each


def _by_rate_alone(document: Document, figure: Figure, change: Figure, rate: Figure | None) -> bool:
    """Whether a change without a name (变动：比上年少…) can be of no other value of its part."""
    if rate is None or not nameless(change):
        return False
    digits = len(str(rate.quantity.value).replace(".", "").strip("-0"))
    if digits < _TELLING or not 0 < change.block - figure.block <= _FAR_OFF:
        return False
    return all(
        each.quantity.base == figure.quantity.base
        for each in _amounts_like(document, figure)
        if _borne_out(each, change, rate)
    )
