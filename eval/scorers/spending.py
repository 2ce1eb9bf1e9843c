"""What answers cost: time, tokens, calls of a model, money; unknown is not zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal


@dataclass(frozen=True, slots=True)
class Spent:
    """What one answer cost; None where it is not known."""

    seconds: Decimal | None = None
    tokens: int | None = None
    calls: int | None = None
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """A measure over many answers, out of those for which it is known."""

    known: int
    unknown: int
    total: Decimal
    median: Decimal
    p95: Decimal


def spread(values: Iterable[Decimal | int | None]) -> Spread | None:
    """Sum, median and 95th percentile of what is known; None where nothing is."""
    given = list(values)
    known = sorted(Decimal(value) for value in given if value is not None)
    if not known:
        return None
    return Spread(
        len(known),
        len(given) - len(known),
        sum(known, Decimal(0)),
        quantile(known, Decimal("0.5")),
        quantile(known, Decimal("0.95")),
    )


def quantile(ordered: Sequence[Decimal], share: Decimal) -> Decimal:
    """The smallest value that at least `share` (0 to 1) of the ordered values do not exceed."""
    rank = (share * len(ordered)).to_integral_value(ROUND_CEILING)
    return ordered[max(0, int(rank) - 1)]
