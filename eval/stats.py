"""How far a measured share or mean may be off: Wilson's interval and a seeded bootstrap.

Shares are Decimals between 0 and 1; nothing here rounds, that is left to who prints it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import NamedTuple

Z95 = Decimal("1.959963984540054")  # the 97.5 % quantile of the normal distribution
_DIGITS = 28


class Interval(NamedTuple):
    """Both ends are possible."""

    low: Decimal
    high: Decimal


def wilson(successes: int, n: int, z: Decimal = Z95) -> Interval:
    """Wilson's score interval of a share (Wilson 1927, without continuity correction).

    Nothing measured (`n` is 0) leaves everything possible: 0 to 1. It stays within 0 and 1 and
    has a width at 0 of n and at n of n as well, where the usual ± has none.

    Raises:
        ValueError: `successes` is not between 0 and `n`.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} 不在 0 与 {n} 之间")
    if n == 0:
        return Interval(Decimal(0), Decimal(1))
    with localcontext() as context:
        context.prec = _DIGITS
        share, square = Decimal(successes) / n, z * z / n
        middle = (share + square / 2) / (1 + square)
        half = z / (1 + square) * (share * (1 - share) / n + square / (4 * n)).sqrt()
        low = Decimal(0) if successes == 0 else max(Decimal(0), middle - half)
        high = Decimal(1) if successes == n else min(Decimal(1), middle + half)
    return Interval(low, high)


def mean(values: Sequence[Decimal]) -> Decimal:
    """The arithmetic mean.

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("没有数值，无法求平均")
    return sum(values, Decimal(0)) / len(values)


def bootstrap(
    values: Sequence[Decimal],
    *,
    seed: int = 0,
    resamples: int = 1000,
    level: Decimal = Decimal("0.95"),
) -> Interval:
    """Percentile bootstrap of the mean (Efron 1979): for measures that are no shares.

    The same values and seed give the same interval.

    Raises:
        ValueError: there are no values, or nothing to resample.
    """
    if not values or resamples < 1:
        raise ValueError("没有数值，无法抽样")
    dice = random.Random(seed)  # noqa: S311 - resampling, nothing secret
    means = sorted(mean(dice.choices(values, k=len(values))) for _ in range(resamples))
    outside = int((1 - level) / 2 * resamples)
    return Interval(means[outside], means[resamples - 1 - outside])
