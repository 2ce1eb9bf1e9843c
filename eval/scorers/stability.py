"""Stability: whether one case comes out alike when it is asked again, or in other words."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from eval.amounts import read_number
from eval.scorers.values import numbers
from eval.scorers.verdicts import SILENT, Verdict
from eval.units import unit_kind
from qa.model import Answer


@dataclass(frozen=True, slots=True)
class Asked:
    """One time that a case was asked: its verdict and what the answer gave."""

    verdict: Verdict
    given: Hashable


@dataclass(frozen=True, slots=True)
class Stability:
    """Out of `cases` asked at least twice: how many had one verdict, and gave one and the same."""

    cases: int
    same_verdict: int
    same_values: int

    @property
    def verdict_share(self) -> Decimal | None:
        """The share with one verdict; None where nothing was asked twice."""
        return Decimal(self.same_verdict) / self.cases if self.cases else None

    @property
    def value_share(self) -> Decimal | None:
        """The share that gave the same; None where nothing was asked twice."""
        return Decimal(self.same_values) / self.cases if self.cases else None


def stability(groups: Mapping[str, Sequence[Asked]]) -> Stability:
    """Compare the askings of each case; a case asked once says nothing."""
    several = [asked for asked in groups.values() if len(asked) > 1]
    return Stability(
        len(several),
        sum(len({each.verdict for each in asked}) == 1 for asked in several),
        sum(len({each.given for each in asked}) == 1 for asked in several),
    )


def given(answer: Answer | None) -> tuple[object, ...]:
    """What an answer gives, for comparing: its first number in base units, else its places."""
    if answer is None:
        return ()
    if answer.outcome in SILENT:
        return (answer.outcome.value,)
    shown = numbers(answer)
    if not shown:
        return tuple(sorted({(cited.report, cited.start) for cited in answer.citations}))
    kind, number = unit_kind(shown[0].unit), read_number(shown[0].number)
    return (kind.dimension, number * kind.factor if number is not None else None)
