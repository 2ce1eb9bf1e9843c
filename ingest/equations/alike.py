"""Two figures that may be one fact: of one kind, and how their printed digits differ."""

from __future__ import annotations

import re
from decimal import Decimal

from ingest import interval
from ingest.equations.slips import (
    TELLING,
    dropped,
    exchanged,
    replaced,
    scaled,
    significant,
    to_digits,
)
from ingest.figures.naming import is_cell
from ingest.model import Figure, Role
from ingest.quantity import round_half_up

KIND = {
    Role.VALUE: "value",
    Role.ACTUAL: "value",
    Role.BUDGET: "budget",
    Role.SCORE: "score",
    Role.FULL_MARK: "mark",
    Role.CHANGE: "change",
    Role.GROWTH: "growth",
    Role.ADJUSTMENT: "adjustment",
}
VAGUE = re.compile(
    r"(?:该|本|此|各|每个)(?:项)?指标.*|(?!项目支出$)(?:本|该|全年|年初|年度|年中|实际|最终|项目)*(?:支出|收入|预算|资金|执行|使用|金额|合计|总计|评价|自评|得分|评分|"
    r"分值|满分|扣|其他|服务|工程|货物|办公|存在|减|增|中央|省级|市级|人员|接待|车辆|设备|比重)?"
)
LAST_DIGITS = 10  # units of the last printed digit by which a misprint of a long number may differ


def digits(figure: Figure) -> int:
    """Significant digits printed, trailing zeros left out."""
    return len(significant(figure.quantity.value))


def where(figure: Figure) -> str:
    """Where the other statement of a fact stands, for a formula."""
    if not is_cell(figure):
        return "另一处"
    return f"表：{' / '.join((*figure.row_path[-1:], *figure.column_path[-1:]))}"


def last_digits(first: Figure, second: Figure) -> bool:
    """True where two long numbers, printed alike, differ in the last two digits at most."""
    places = {interval.places(each.quantity) for each in (first, second)}
    units = {each.quantity.unit for each in (first, second)}
    if len(places) > 1 or len(units) > 1 or min(digits(first), digits(second)) < TELLING:
        return False
    apart = abs(first.quantity.value - second.quantity.value)
    return 0 < apart <= Decimal(LAST_DIGITS).scaleb(-places.pop())


def _values_alike(first: Figure, second: Figure) -> tuple[Decimal, Decimal]:
    """Two values in the unit of the first, both to the decimals that the coarser one prints."""
    places = min(interval.places(first.quantity), interval.places(second.quantity))
    other = second.quantity.to(first.quantity.unit).value
    return round_half_up(first.quantity.value, places), round_half_up(other, places)


def misplaced(first: Figure, second: Figure) -> bool:
    """True where two digits changed places, or the point moved, in numbers of four digits."""
    fewest = min(digits(first), digits(second))
    alike = _values_alike(first, second)
    return _scaled(first, second) or (fewest >= TELLING and exchanged(*alike))


def _scaled(first: Figure, second: Figure, telling: int = TELLING) -> bool:
    """True where the point of one moved, to as many digits as the coarser one has."""
    fewest = min(digits(first), digits(second))
    one, other = (to_digits(f.quantity.base, fewest) for f in (first, second))
    return fewest >= telling and scaled(one, other, telling)


def slip(first: Figure, second: Figure, telling: int = TELLING) -> bool:
    """True where two values differ by one digit, two digits that changed places, or the point.

    Args:
        first: a figure.
        second: another of the same name.
        telling: how many digits both must have for one that differs to be taken for a slip.
    """
    if _scaled(first, second, telling):
        return True
    one, other = _values_alike(first, second)
    if min(len(significant(one)), len(significant(other))) < TELLING - 1:
        return False
    return exchanged(one, other) or replaced(one, other, telling) or dropped(one, other, telling)
