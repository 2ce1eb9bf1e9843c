"""How likely something is right: a logistic model whose weights stand in a table of `qa/data`. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from qa.words.lexicon import LexiconError, derived, tables

_PLACES = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of one table.

    Attributes:
        base: log odds where every feature is 0.
        each: what one of each feature adds to them.
        least: below this chance nothing is given.
        vetoes: kinds of doubt of the last gate with which nothing is given.
    """

    base: float
    each: Mapping[str, float]
    least: Decimal
    vetoes: frozenset[str]

    def chance(self, features: Mapping[str, float]) -> Decimal:
        """The chance that an answer with these features is right; others count as 0."""
        odds = self.base + sum(w * features.get(name, 0.0) for name, w in self.each.items())
        return Decimal(str(1 / (1 + math.exp(-odds)))).quantize(_PLACES)


@derived
@cache
def fitted(file: str) -> Weights:
    """The weights of a file of `qa/data`.

    Raises:
        LexiconError: the file has another shape than its head says.
    """
    text, table = tables(file)[-1]
    each, vetoes = table.get("weights"), table.get("vetoes")
    try:
        if not isinstance(each, dict) or not isinstance(vetoes, list):
            raise KeyError("weights, vetoes")
        return Weights(
            float(str(table["base"])),
            {name: float(str(weight)) for name, weight in each.items()},
            Decimal(str(table["least"])),
            frozenset(map(str, vetoes)),
        )
    except (KeyError, ValueError, ArithmeticError) as error:
        needed = "base、least、vetoes 和 [weights] 各行的数"
        raise LexiconError(f"{text.where} 缺少 {needed}:{error},请更正") from error
