"""A question in the words of its reports: 印发了多少份手册 where they write 发放手册.

`qa/data/near_words.tsv` lists words that readers and reports use for one thing. Of a question's words
those are exchanged that a report does not use where it tells the rest of what is asked, each for one
that stands there. Whether the new question has an answer is for the rules and the last gate to say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from qa.words.lexicon import LexiconError, derived, placed_rows, split, words
from qa.words.matching import asked_grams, grams

_LONGEST = 8  # characters of a word
_MOST = 4  # readings of one question
_LEAST_HELD = 0.34  # of what the rest of the question weighs: less is another matter
_CLOSE = 0.75  # of the best place's weight: what holds less is not looked at


class Place(NamedTuple):
    """Where a report tells something: the grams there, and how rare each is (0: not in the report)."""

    held: Set[str]
    rarity: Callable[[str], float]


class Exchange(NamedTuple):
    """A word of the question and the report's word for it."""

    said: str
    meant: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The question in other words, and which of them were exchanged."""

    question: str
    exchanged: tuple[Exchange, ...]


@derived
@cache
def near_words() -> dict[str, tuple[str, ...]]:
    """What reports may write for each word that a reader may say.

    Raises:
        LexiconError: a row of the file has another shape than docs/vocabulary.md says.
    """
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in placed_rows("near_words.tsv"):
        left, right = map(split, row.cells)
        if len({*left, *right}) < 2:
            raise LexiconError(f"{row.where}:应至少有两个词,用“|”或制表符分开,请更正")
        for word in left:
            # A part of the word says less than the word (专职消防员 of 政府专职消防员), and a longer one
            # has it in it.
            others = (e for e in right or left if e not in word and word not in e)
            found[word].update(dict.fromkeys(others))
    return {word: tuple(others) for word, others in found.items() if others}


def words_near(text: str) -> tuple[str, ...]:
    """The words of a text that reports may write otherwise, the longest at each place."""
    return tuple(dict.fromkeys(word.text for word in exchangeable(text, ())))


def written_for(text: str) -> frozenset[str]:
    """What reports may write for the words of a text."""
    return frozenset(other for word in words_near(text) for other in near_words()[word])


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the question that reports may write otherwise, and the grams of each other word."""

    start: int
    text: str
    grams: frozenset[str]
    others: tuple[tuple[str, frozenset[str]], ...]

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def exchangeable(question: str, fixed: Collection[str]) -> tuple[_Word, ...]:
    """The words of a question that have near words, the longest at each place.

    Args:
        fixed: names in it, of which nothing is a word by itself.
    """
    taken = [False] * len(question)
    for name in fixed:
        at = question.find(name) if name else -1
        if at >= 0:
            taken[at : at + len(name)] = [True] * len(name)
    found: list[_Word] = []
    at = 0
    while at < len(question):
        word = "" if taken[at] else _word_at(question, at)
        if word and not any(taken[at : at + len(word)]):
            others = tuple((each, grams(each)) for each in near_words()[word])
            found.append(_Word(at, word, grams(word), others))
        at += len(word) or 1
    return tuple(found)


# A verb of one character stands alone before these (栽了多少, 修的路), behind no word that it ends.
_ALONE = re.compile(r"[了过的得]|多少|几|哪|什么|到(?!期|位|达)|出(?!台|租|国|资)|完(?!成)")


def _word_at(question: str, at: int) -> str:
    known = near_words()
    for length in range(min(_LONGEST, len(question) - at), 1, -1):
        if question[at : at + length] in known:
            return question[at : at + length]
    char = question[at]
    if char in known and _ALONE.match(question, at + 1):
        before = question[max(at - 1, 0) : at + 1]
        return "" if before in words("common_words.txt") else char
    return ""


def in_words_of(
    question: str, text: str, places: Iterable[Place], fixed: Collection[str] = ()
) -> Iterator[Reading]:
    """Readings of a question in words of its reports, the likeliest first; at most four.

    Args:
        question: as typed.
        text: what of it names what is asked, without names of bodies and projects.
        places: figures and passages of the reports.
        fixed: names in the question that stay as they are.
    """
    found = exchangeable(question, fixed)
    if not found:
        return
    rest = asked_grams(_without(text, found))
    scored = sorted(_scored(found, rest, places), key=lambda each: -each[0])
    best = scored[0][0] if scored else 0.0
    seen: set[str] = set()
    for weight, exchanged in scored:
        if len(seen) >= _MOST or weight < _CLOSE * best:
            return
        meant = _exchanged(question, found, exchanged)
        if meant not in seen:
            seen.add(meant)
            pairs = (Exchange(found[no].text, other) for no, other in exchanged)
            yield Reading(meant, tuple(dict.fromkeys(pairs)))


Chosen = tuple[tuple[int, str], ...]


def _scored(
    found: Sequence[_Word], rest: frozenset[str], places: Iterable[Place]
) -> Iterator[tuple[float, Chosen]]:
    """For each place that uses a near word, what it holds of the question, and those words."""
    best: dict[Chosen, float] = {}
    for held, rarity in places:
        chosen: list[tuple[int, str]] = []
        weight = whole = 0.0
        for gram in rest:
            worth = rarity(gram)
            whole += worth
            weight += worth if gram in held else 0.0
        if not rest or (whole and weight < _LEAST_HELD * whole) or not weight:
            continue
        for number, word in enumerate(found):
            if word.grams <= held and len(word.text) > 1:
                weight += max(map(rarity, word.grams))
                continue
            there = [(other, own) for other, own in word.others if own <= held]
            if there:
                other, own = max(there, key=lambda each: len(each[0]))
                weight += max(map(rarity, own))
                chosen.append((number, other))
        if chosen and best.get(tuple(chosen), 0.0) < weight:
            best[tuple(chosen)] = weight
    yield from ((weight, chosen) for chosen, weight in best.items())


def _without(text: str, found: Sequence[_Word]) -> str:
    for word in found:
        if len(word.text) > 1:
            text = text.replace(word.text, " ")
    return text


def _exchanged(question: str, found: Sequence[_Word], chosen: Chosen) -> str:
    for number, other in sorted(chosen, reverse=True):
        word = found[number]
        question = question[: word.start] + other + question[word.end :]
    return question
