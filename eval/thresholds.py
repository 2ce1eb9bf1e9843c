"""Thresholds that a run must keep: shares of its answers, and nothing worse than in another run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from eval.report import Totals
from eval.rundiff import Diff


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares from 0 to 1 of the answers that could be scored; None asks for nothing.

    `max_unscored` is a share of all answers: what could not be scored must not pass unseen, so it
    is 0 where another threshold is given.
    """

    min_right: Decimal | None = None
    max_wrong: Decimal | None = None
    max_checked_wrong: Decimal | None = None
    max_unscored: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One threshold against what was found: `found` of `all`; `limit` is None for regressions."""

    name: str
    met: bool
    found: int
    all: int
    limit: Decimal | None


def held(thresholds: Thresholds, totals: Totals, diff: Diff | None = None) -> tuple[Held, ...]:
    """Each threshold asked for, and whether it is met; shares are compared exactly."""
    return tuple(_held(thresholds, totals, diff))


def _held(thresholds: Thresholds, totals: Totals, diff: Diff | None) -> Iterator[Held]:
    scored, least = totals.scored, thresholds.min_right
    if least is not None:
        met = scored > 0 and totals.right >= least * scored
        yield Held("min_right", met, totals.right, scored, least)
    for name, found in (("max_wrong", totals.wrong), ("max_checked_wrong", totals.checked_wrong)):
        most: Decimal | None = getattr(thresholds, name)
        if most is not None:
            yield Held(name, scored > 0 and found <= most * scored, found, scored, most)
    if diff is not None:
        worse = len(diff.regressions)
        yield Held("no_regression", worse == 0, worse, diff.compared, None)
    most = thresholds.max_unscored
    if most is None and (thresholds != Thresholds() or diff is not None):
        most = Decimal(0)
    if most is not None:
        met = totals.unscored <= most * totals.cases
        yield Held("max_unscored", met, totals.unscored, totals.cases, most)
