"""Retrieval: how early the passages with the expected source come among those found.

Measures over binary relevance as in Manning, Raghavan and Schütze, Introduction to Information
Retrieval (2008), chapter 8; nDCG with the logarithmic discount of Järvelin and Kekäläinen (2002).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from eval.scorers.sources import same_words
from eval.suites.model import Quote


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was found: the name of its report, and its text."""

    report: str
    text: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """Which of the expected sources each passage holds, best passage first, out of `wanted`."""

    holding: tuple[frozenset[int], ...]
    wanted: int

    def recall(self, k: int) -> Decimal:
        """The share of the expected sources that the first `k` passages hold."""
        found: frozenset[int] = frozenset().union(*self.holding[:k])
        return Decimal(len(found)) / self.wanted

    def reciprocal_rank(self) -> Decimal:
        """1 over the rank of the first passage that holds one; 0 where none does."""
        rank = next((n for n, held in enumerate(self.holding, 1) if held), None)
        return Decimal(1) / rank if rank else Decimal(0)

    def ndcg(self, k: int) -> Decimal:
        """Gain of the first `k` passages over that of the best order, each source counted once."""
        seen: set[int] = set()
        gain = Decimal(0)
        for rank, held in enumerate(self.holding[:k], 1):
            if held - seen:
                gain += _discount(rank)
            seen |= held
        best = sum((_discount(rank) for rank in range(1, min(k, self.wanted) + 1)), Decimal(0))
        return gain / best


def ranking(expected: Sequence[Quote], passages: Sequence[Passage]) -> Ranking | None:
    """Judge the passages by the case's sources; None where the case names none."""
    if not expected:
        return None
    holding = tuple(
        frozenset(
            number
            for number, quote in enumerate(expected)
            if quote.file == passage.report and same_words(quote.quote, passage.text)
        )
        for passage in passages
    )
    return Ranking(holding, len(expected))


def _discount(rank: int) -> Decimal:
    """1 / log2(rank + 1)."""
    return Decimal(2).ln() / Decimal(rank + 1).ln()
