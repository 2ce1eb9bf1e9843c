"""An answer that the last gate held back, and whether it is given after all.

The gate takes each kind of doubt by itself (`qa.assurance.gate`). Where nothing else was found, a model
fitted to judged answers (`qa/data/reconsidered.toml`, `eval.bench.reconsidered`) weighs the doubts
together, with the plan and with what stands at the place; what it holds for right is given, with its
doubts said and the report's own name of its figure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from qa.answering import remarked
from qa.assurance.gate import reservations
from qa.assurance.model import Asked, Doubt
from qa.drafts import Draft
from qa.fitted import fitted
from qa.model import Answer
from qa.named_as import by_its_own_name
from qa.naming.mentions import organ_at
from qa.naming.regions import chain_at, is_place_like
from qa.reconsider.features import doubt_name, features

TABLE = "reconsidered.toml"
"""Its weights, of `qa/data`."""
_REMARK = "（{}。请对照原文。）"


@dataclass(frozen=True, slots=True)
class Held:
    """An answer that was held back.

    Attributes:
        asked: the question, its plan, the answer and what stands with it.
        doubts: why it was held back.
        draft: what it was made from.
    """

    asked: Asked
    doubts: tuple[Doubt, ...]
    draft: Draft

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of its doubts."""
        return frozenset(doubt.kind for doubt in self.doubts)


SecondLook = Callable[[Held], Answer | None]


def second_look(held: Held) -> Answer | None:
    """The answer with its chance of being right as confidence; None where that is too small."""
    worth = fitted(TABLE)
    if worth.vetoes & held.kinds or not known(held.kinds, worth.each):
        return None
    if any(names_another_body(doubt) for doubt in held.doubts):
        return None
    chance = worth.chance(features(held.asked, held.kinds))
    return _given(held, chance) if chance >= worth.least else None


def names_another_body(doubt: Doubt) -> bool:
    """Whether words that stand nowhere with an answer name a place or a body (合肥, 气象局): it is of another."""
    if not doubt.kind.startswith("words_"):
        return False
    for word in doubt.words.split("、"):
        chain = chain_at(word, 0)
        body = organ_at(word, placed=True) == word
        if body or is_place_like(word) or (chain is not None and not chain.everyday):
            return True
    return False


def known(kinds: Collection[str], weights: Collection[str]) -> bool:
    """Whether each kind of doubt was met often enough to have a weight of its own."""
    return all(doubt_name(kind) in weights for kind in kinds)


def _given(held: Held, chance: Decimal) -> Answer:
    told = reservations(held.doubts)
    answer = replace(held.asked.answer, confidence=chance, doubts=told)
    remark = _REMARK.format("；".join(doubt.text for doubt in told))
    return remarked(by_its_own_name(answer, held.asked), answer.question, remark)
