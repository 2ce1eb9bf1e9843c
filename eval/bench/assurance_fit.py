"""What each doubt of the last gate is worth, counted from answers that were judged. Pure.

A noisy-or: an answer is wrong for a cause of its own (`base`), or for any of its doubts, each by its
share and independently of the others. The shares are found by expectation-maximisation, that is by
counting: a wrong answer is divided among its causes by how likely each was. A doubt that was seldom
seen keeps near `PRIOR_WRONG` in `PRIOR_CASES`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

PRIOR_WRONG, PRIOR_CASES = 1.0, 16.0
BASE_WRONG, BASE_CASES = 1.0, 100.0
_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer that gave something: its suite, its kinds of doubt, and whether it was wrong."""

    suite: str
    kinds: frozenset[str]
    wrong: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """The share of wrong answers without a doubt, and by each kind of doubt."""

    base: float
    shares: Mapping[str, float]

    def confidence(self, kinds: Collection[str]) -> float:
        """How likely an answer with these doubts is right."""
        sure = 1 - self.base
        for kind in kinds:
            sure *= 1 - self.shares.get(kind, PRIOR_WRONG / PRIOR_CASES)
        return sure


def fit(answers: Sequence[Judged]) -> Fit:
    """The shares that these answers make most likely."""
    seen = Counter(kind for each in answers for kind in each.kinds)
    found = Fit(BASE_WRONG / BASE_CASES, dict.fromkeys(seen, PRIOR_WRONG / PRIOR_CASES))
    wrong = [each for each in answers if each.wrong]
    for _ in range(_ROUNDS):
        blamed: defaultdict[str, float] = defaultdict(float)
        own = 0.0
        for each in wrong:
            whole = 1 - found.confidence(each.kinds)
            own += found.base / whole
            for kind in each.kinds:
                blamed[kind] += found.shares[kind] / whole
        shares = {kind: (blamed[kind] + PRIOR_WRONG) / (seen[kind] + PRIOR_CASES) for kind in seen}
        found = Fit((own + BASE_WRONG) / (len(answers) + BASE_CASES), shares)
    return found


def left_out(answers: Sequence[Judged]) -> list[tuple[Judged, float]]:
    """Each answer with its confidence by a fit to all suites but its own."""
    found: list[tuple[Judged, float]] = []
    for suite in _suites(answers):
        others = fit([each for each in answers if each.suite != suite])
        found += [(e, others.confidence(e.kinds)) for e in answers if e.suite == suite]
    return found


def _suites(answers: Iterable[Judged]) -> list[str]:
    return sorted({each.suite for each in answers})
