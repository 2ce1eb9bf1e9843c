"""A claim that a report makes about its own figures, and how it is judged.

A claim holds exactly (the recomputed value, rounded as printed, is what is printed), within
rounding (the intervals that the printed digits allow touch), fails, or cannot be checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest import interval
from ingest.equations.slips import scaled, significant, swapped, to_digits
from ingest.interval import Interval
from ingest.model import Direction, Equation, Figure, Locator, Verdict
from ingest.quantity import round_half_up

_SHOWN_TERMS = 6
_DIGITS = 3  # from which on misplaced digits are a slip, not chance


@dataclass(frozen=True, slots=True)
class Claim:
    """A stated figure against what its operands give.

    `value` and `bounds` are in the base unit of the stated figure (元, %, 分, one); without them
    the claim cannot be checked and `reason` says why. `places` are things counted that are no
    figures.
    """

    family: str
    stated: Figure
    operands: tuple[Figure, ...]
    formula: str
    value: Decimal | None
    bounds: Interval | None
    reason: str = ""
    places: tuple[Locator, ...] = ()


def verdict(claim: Claim) -> Verdict:
    """How the stated figure stands to the recomputed one."""
    if claim.value is None or claim.bounds is None:
        return Verdict.NOT_CHECKABLE
    quantity = claim.stated.quantity
    if interval.agrees_when_rounded(claim.value / quantity.unit.factor, quantity):
        return Verdict.EXACT
    if claim.bounds.overlaps(interval.of(quantity)):
        return Verdict.ROUNDING
    return Verdict.FAILS


def holds(claim: Claim) -> bool:
    """True when the claim is exact or within rounding."""
    return verdict(claim).holds


def figures_of(claim: Claim) -> frozenset[int]:
    """The numbers of all figures that a claim is about."""
    return frozenset(figure.no for figure in (claim.stated, *claim.operands))


def equation(number: int, claim: Claim) -> Equation:
    """The claim as it is kept: values in the stated figure's unit, operands by number."""
    factor = claim.stated.quantity.unit.factor

    def scaled(bound: Decimal | None) -> Decimal | None:
        return None if bound is None else bound / factor

    return Equation(
        no=number,
        family=claim.family,
        formula=claim.formula,
        verdict=verdict(claim),
        stated=claim.stated.no,
        operands=tuple(figure.no for figure in claim.operands),
        value=scaled(claim.value),
        low=scaled(claim.bounds.low) if claim.bounds else None,
        high=scaled(claim.bounds.high) if claim.bounds else None,
        reason=claim.reason,
        places=claim.places,
    )


def settle(claims: Iterable[Claim], *, strict: bool, slips: bool = False) -> Iterator[Claim]:
    """The best of several readings of one claim: exact before rounding before a failure.

    A claim fails only when no reading of it holds: which of two budgets a rate belongs to is
    often not said, and a reading that recomputes to the printed digits is the one that was meant.

    Args:
        claims: the readings, the likeliest first.
        strict: whether the words leave no doubt about the operands. Without it a claim that
            does not hold is dropped: it would accuse the report of our own misreading.
        slips: whether a claim that does not hold is kept all the same where the stated figure is
            what a typical slip makes of the recomputed one; by chance that hardly ever happens.
    """
    readings = [(verdict(claim), claim) for claim in claims]
    for wanted in (Verdict.EXACT, Verdict.ROUNDING):
        for found, claim in readings:
            if found is wanted:
                yield claim
                return
    slipped = [c for _, c in readings if slips and c.value is not None and slip_of(c, c.value)]
    if readings and (strict or slipped):
        yield slipped[0] if slipped else readings[0][1]


def slip_of(claim: Claim, value: Decimal) -> bool:
    """True where the stated figure has the digits of `value`, two of them or the point misplaced."""
    quantity = claim.stated.quantity
    exact = value / quantity.unit.factor
    rounded = round_half_up(exact, interval.places(quantity))
    if len(significant(quantity.value)) >= _DIGITS and swapped(quantity.value, rounded):
        return True
    return scaled(quantity.value, to_digits(exact, len(significant(quantity.value))), _DIGITS)


def closed(figure: Figure) -> bool:
    """True for a plain printed figure: no bound is open and no 约, 近, 超 stands with it."""
    quantity = figure.quantity
    return not quantity.approx and quantity.low is not None and quantity.high is not None


def show(figure: Figure) -> str:
    """A figure as an operand: printed digits and unit."""
    return f"{figure.quantity.printed}{figure.quantity.unit.symbol}"


def percent(family: str, rate: Figure, part: Figure, whole: Figure) -> Claim:
    """100 · part ÷ whole against a stated rate."""
    formula = f"{show(part)} ÷ {show(whole)} × 100%"
    unlike = not part.quantity.unit.compatible(whole.quantity.unit)
    if unlike or whole.quantity.base == 0:
        reason = "单位不同，不能相除" if unlike else "基数为 0，不可比"
        return Claim(family, rate, (part, whole), formula, None, None, reason)
    value = interval.ratio_percent(part.quantity.base, whole.quantity.base)
    bounds = interval.at_corners(
        interval.ratio_percent, interval.of(part.quantity), interval.of(whole.quantity)
    )
    reason = "" if bounds else "分母的取值范围含 0"
    return Claim(family, rate, (part, whole), formula, value, bounds, reason)


def grown_by(rate: Figure, moved: Figure, value: Figure) -> Claim:
    """A rate of growth from a value and its change: 100 · c ÷ (v ∓ c).

    Evaluated at the corners of (v, c): v and v ∓ c share a term, so that dividing their
    intervals would allow far too much. The result is positive in the direction that the rate's
    words give: 减少 2 万元，增长 20% gives a negative one.
    """
    down = falls(moved)
    against = down is not _downward(rate)
    formula = f"{show(moved)} ÷ ({show(value)} {'+' if down else '−'} {show(moved)}) × 100%"

    def formula_at(current: Decimal, change: Decimal) -> Decimal | None:
        moved_by = abs(change)
        grown = interval.growth_percent(current, -moved_by if down else moved_by)
        return None if grown is None else (-abs(grown) if against else abs(grown))

    return _evaluated(rate, (moved, value), formula, formula_at, (value, moved))


def of_budget_missed(rate: Figure, moved: Figure, value: Figure) -> Claim:
    """A rate of completion from a value and how far it is from its budget: 100 · v ÷ (v ∓ c)."""
    down = falls(moved)
    formula = f"{show(value)} ÷ ({show(value)} {'+' if down else '−'} {show(moved)}) × 100%"

    def formula_at(current: Decimal, change: Decimal) -> Decimal | None:
        budget = current + abs(change) if down else current - abs(change)
        return None if budget == 0 else interval.ratio_percent(current, budget)

    claim = _evaluated(rate, (moved, value), formula, formula_at, (value, moved))
    return replace(claim, family="completion")


def falls(moved: Figure) -> bool:
    """True for a change for the less: 减少 2 万元, or −2 万元 in a cell or after 增加."""
    return moved.direction is Direction.DOWN or moved.quantity.value < 0


def _downward(rate: Figure) -> bool:
    """True where a positive value of the rate means less: 下降 5%, but not −5% in a cell."""
    return rate.direction is Direction.DOWN and rate.quantity.value >= 0


def grown_from(rate: Figure, value: Figure, base: Figure) -> Claim:
    """A rate of growth from a value and its base: 100 · (v − b) ÷ b.

    A rate of decrease is printed without a sign in sentences (下降 5%) and with one in tables.
    """
    down = _downward(rate)
    formula = f"({show(value)} − {show(base)}) ÷ {show(base)} × 100%"

    def formula_at(current: Decimal, previous: Decimal) -> Decimal | None:
        moved = interval.ratio_percent(current - previous, previous)
        return None if moved is None else (-moved if down else moved)

    return _evaluated(rate, (value, base), formula, formula_at, (value, base))


def _evaluated(
    rate: Figure,
    operands: tuple[Figure, ...],
    formula: str,
    formula_at: interval.Formula,
    arguments: tuple[Figure, ...],
) -> Claim:
    point = formula_at(*(figure.quantity.base for figure in arguments))
    bounds = interval.at_corners(
        formula_at, *(interval.of(figure.quantity) for figure in arguments)
    )
    reason = "" if point is not None and bounds else "基数为 0，不可比"
    return Claim("growth", rate, operands, formula, point, bounds, reason)


def total(family: str, stated: Figure, parts: Sequence[Figure]) -> Claim:
    """The sum of `parts` against a stated total; n rounded terms allow n + 1 half units of the finest."""
    shown = " + ".join(show(part) for part in parts[:_SHOWN_TERMS])
    if len(parts) > _SHOWN_TERMS:
        shown += f" + …（共 {len(parts)} 项）"
    value = sum((part.quantity.base for part in parts), Decimal(0))
    bounds = interval.total(interval.in_sum([part.quantity for part in parts]))
    return Claim(family, stated, tuple(parts), shown, value, bounds)


def signed_total(family: str, stated: Figure, terms: Sequence[tuple[int, Figure]]) -> Claim:
    """The sum of terms with signs (+1, −1) against a stated figure."""
    formula = ""
    bounds: list[Interval] = []
    value = Decimal(0)
    read = interval.in_sum([figure.quantity for _, figure in terms])
    for (sign, figure), own in zip(terms, read, strict=True):
        mark = "" if not formula and sign > 0 else " + " if sign > 0 else " − "
        formula += mark + show(figure)
        bounds.append(own if sign > 0 else own.negated())
        value += sign * figure.quantity.base
    operands = tuple(figure for _, figure in terms)
    return Claim(family, stated, operands, formula.strip(), value, interval.total(bounds))


def same(family: str, stated: Figure, other: Figure, where: str) -> Claim:
    """Two statements of one fact: the other one's value against the stated figure."""
    return Claim(
        family,
        stated,
        (other,),
        f"{show(other)}（{where}）",
        other.quantity.base,
        interval.of(other.quantity),
    )
