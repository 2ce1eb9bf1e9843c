"""Risk and coverage: how much is wrong among what is answered, as less of it is answered.

El-Yaniv and Wiener, On the foundations of noise-free selective classification (2010): answers are
withheld from the least sure one on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from eval.scorers.verdicts import CHECKED, Verdict
from qa.model import Answer, Check


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer's verdict and how sure it was of itself, from 0 to 1."""

    verdict: Verdict
    confidence: Decimal


@dataclass(frozen=True, slots=True)
class Point:
    """What is left where only answers at least this sure are given.

    `coverage` is the share of all cases that are answered, `risk` the share of those that is wrong.
    """

    confidence: Decimal
    answered: int
    wrong: int
    coverage: Decimal
    risk: Decimal


def curve(judged: Sequence[Judged]) -> tuple[Point, ...]:
    """A point for each confidence that occurs, the surest first; unscored cases are left out."""
    scored = [each for each in judged if each.verdict is not Verdict.UNSCORED]
    answers = [each for each in scored if each.verdict is not Verdict.ABSTAINED]
    answers.sort(key=lambda each: each.confidence, reverse=True)
    points: list[Point] = []
    answered = wrong = 0
    for confidence, group in groupby(answers, key=lambda each: each.confidence):
        alike = list(group)
        answered += len(alike)
        wrong += sum(each.verdict is Verdict.WRONG for each in alike)
        coverage = Decimal(answered) / len(scored)
        points.append(Point(confidence, answered, wrong, coverage, Decimal(wrong) / answered))
    return tuple(points)


def area(points: Sequence[Point]) -> Decimal:
    """The area under the curve as steps, divided by its coverage: less is better.

    0 where nothing is answered.
    """
    found = before = Decimal(0)
    for point in points:
        found += point.risk * (point.coverage - before)
        before = point.coverage
    return found / before if before else Decimal(0)


def confidence_of(answer: Answer) -> Decimal:
    """The answer's own confidence where it states one, else one by how its values were checked."""
    stated = getattr(answer, "confidence", None)
    if stated is not None:
        return Decimal(stated)
    checks = {value.check for value in answer.values}
    if not checks or Check.FAILS in checks:
        return Decimal("0.5")
    return Decimal("0.9") if checks <= CHECKED else Decimal("0.7")
