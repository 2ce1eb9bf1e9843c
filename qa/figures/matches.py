"""How well a figure is what a phrase asks for: weighted coverage of the phrase by its labels.

The phrase is cut into character bigrams. Each is worth its rarity among the figures of the
document, and earns the weight that the figure gives it (`qa.figures.word_index`). No word list of the
trade is needed for a term to count, so reports never seen before match alike.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass

from ingest.model import Role
from qa.figures.word_index import NAME, Feature, FigureIndex
from qa.words.matching import asked_grams, grams, plain_name, squeeze


@dataclass(frozen=True, slots=True)
class Match:
    """How a figure answers a phrase.

    Attributes:
        figure: its number in the document.
        coverage: share of the phrase that the figure's fields hold, weighed by field (0 to 1).
        presence: the same without field weights: how much of the phrase stands near it at all.
        lacking: share of the phrase's words that the report uses, but not for this figure.
        context: weighted share of the question's further words.
        strange: share of those that the report uses elsewhere, but not for this figure.
        precision: share of the figure's own name that the question mentions (0 to 1).
    """

    figure: int
    coverage: float
    presence: float
    lacking: float
    context: float
    precision: float
    strange: float = 0.0

    @property
    def score(self) -> float:
        named = 0.08 if self.precision >= 1 and self.coverage >= 0.95 else 0.0
        return self.coverage + 0.3 * self.context + 0.4 * self.precision + named


def match_figures(
    index: FigureIndex,
    key: str,
    context: str = "",
    allowed: Container[int] | None = None,
    *,
    lenient: bool = False,
) -> list[Match]:
    """Figures that hold some of `key`, best first.

    Args:
        index: the document's figures.
        key: the phrase that names the figure.
        context: further words of the question.
        allowed: figure numbers to consider; all when None.
        lenient: leave out words that the report nowhere uses (a translated question).
    """
    asked, around = asked_grams(key), asked_grams(context)
    if lenient:
        known = frozenset(gram for gram in asked if gram in index.postings)
        if len(known) * 2 < len(asked):
            return []
        asked = known
    asked -= _joints(index, asked)
    weighed, present, whole = _gather(index, asked)
    if not whole:
        return []
    used = math.fsum(index.rarity(gram) for gram in asked if gram in index.postings) or whole
    beside, near, around_whole = _gather(index, around - asked)
    known_words = [gram for gram in around - asked if gram in index.postings]
    far = len(known_words) > 3
    known_around = math.fsum(index.rarity(gram) for gram in known_words) if far else 0.0
    mentioned = grams(key) | grams(context)
    letters = frozenset("".join(asked))
    name: str | None = plain_name(key)
    # A name that the report has as a label is that label, never a longer one that holds it.
    if (
        name is None
        or name not in index.labels
        or len(name) < 3
        or _only_moved(index, name, weighed)
        or _of_no_stage(index, key, name, allowed)
    ):
        name = None
    found = [
        Match(
            figure=number,
            coverage=max(
                (weighed[number] + _labelled(index, number, asked)) / whole,
                _respelled(index.features[number], letters),
            ),
            presence=max(present[number] / whole, _spelled(index.features[number], letters)),
            lacking=1 - present[number] / used,
            context=beside[number] / around_whole if around_whole else 1.0,
            precision=_precision(index.features[number], mentioned),
            strange=1 - near[number] / known_around if known_around else 0.0,
        )
        for number in weighed
        if (allowed is None or number in allowed)
        and (name is None or name in index.features[number].plain)
    ]
    return sorted(found, key=lambda match: (-match.score, match.figure))


def _only_moved(index: FigureIndex, name: str, numbers: Iterable[int]) -> bool:
    """True where the only figures called so tell how something moved: 支出决算数较上年减少 7,173.50 元."""
    bearers = [number for number in numbers if name in index.features[number].plain]
    roles = [index.document.figures[number].role for number in bearers]
    return bool(roles) and all(role in _MOVED for role in roles)


_PLANNED = re.compile("预算数?$")


def _of_no_stage(index: FigureIndex, key: str, name: str, allowed: Container[int] | None) -> bool:
    """True where a stage was cut off the name (三公经费预算), and no figure called so is of that stage."""
    if allowed is None or not _PLANNED.search(squeeze(key)):
        return False
    features = enumerate(index.features)
    return not any(number in allowed for number, each in features if name in each.plain)


_MOVED = (Role.CHANGE, Role.GROWTH, Role.SHARE)


def _joints(index: FigureIndex, asked: frozenset[str]) -> set[str]:
    """Bigrams that the report nowhere uses and that only join two words of the question."""
    known = [gram for gram in asked if gram in index.postings and len(gram) == 2]
    ends = {gram[1] for gram in known}
    starts = {gram[0] for gram in known}
    return {
        gram
        for gram in asked
        if len(gram) == 2 and gram not in index.postings and gram[0] in ends and gram[1] in starts
    }


def _labelled(index: FigureIndex, number: int, asked: frozenset[str]) -> float:
    """What a cell's own labels add: full weight for a label asked whole, little for a shared word.

    ``支出`` in a question does not make ``工资福利支出`` what it asks for.
    """
    feature = index.features[number]
    if not feature.tabular:
        return 0.0
    added = 0.0
    for name in feature.names:
        held = asked & name if name else frozenset()
        if not name or not held:
            continue
        weight = NAME * (0.35 + 0.65 * len(held) / len(name))
        added += math.fsum(
            index.rarity(gram) * max(weight - feature.weights.get(gram, 0.0), 0.0) for gram in held
        )
    return added


def _spelled(feature: Feature, letters: frozenset[str]) -> float:
    """Share of a short phrase's characters that the figure's own labels hold, in any order."""
    if not letters or len(letters) > 8:
        return 0.0
    return 0.9 * len(letters & feature.letters) / len(letters)


def _respelled(feature: Feature, letters: frozenset[str]) -> float:
    """Coverage of a short phrase by a label of much its length with the same characters.

    ``货物采购`` is the report's 政府采购货物支出, in another order.
    """
    if not 3 <= len(letters) <= 8 or len(feature.letters) > 2.5 * len(letters):
        return 0.0
    return 0.85 if letters <= feature.letters else 0.0


def _gather(
    index: FigureIndex, wanted: frozenset[str]
) -> tuple[dict[int, float], dict[int, float], float]:
    """Per figure: weighted and plain worth of the grams it holds; and their worth in all.

    In the order of the grams: sums of the same numbers in another order differ in their last bits,
    and figures that fit alike would change places from one process to the next.
    """
    weighed: dict[int, float] = defaultdict(float)
    present: dict[int, float] = defaultdict(float)
    whole = 0.0
    for gram in sorted(wanted):
        worth = index.rarity(gram)
        whole += worth
        for number, weight in index.postings.get(gram, ()):
            weighed[number] += worth * weight
            present[number] += worth
    return weighed, present, whole


def _precision(feature: Feature, asked: frozenset[str]) -> float:
    shares: list[float] = []
    partial = 0.0
    for name in feature.names:
        share = 0.9 if name is None else len(name & asked) / len(name) if name else 0.0
        shares.append(share)
        if feature.tabular and 0 < share < 0.75:
            partial += 0.12
        elif feature.tabular and share < 1 and name is not None:
            partial += 0.05
    above = [len(parent & asked) / len(parent) for parent in feature.parents if parent]
    whole = sum(shares) + 0.5 * sum(above)
    weight = len(shares) + 0.5 * len(above)
    return max(whole / weight - partial, 0.0) if weight else 0.0
