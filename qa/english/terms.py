"""English words of the trade and of asking: stems, forms of verbs, the longest phrase at a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from qa.words.lexicon import LexiconError, derived, placed_rows, split, words

WORD = re.compile(
    r"[A-Za-z]+(?:[-'’&][A-Za-z]+)*|\d[\d,.]*\d|\d|[\u3400-\u9fff]+|[^\sA-Za-z\d\u3400-\u9fff]"
)
PART = re.compile(r"[A-Za-z]+(?:['’&][A-Za-z]+)*")
_LONGEST = 9


def bag(text: str) -> frozenset[str]:
    """The words of a text, for membership tests."""
    return frozenset(text.split())


# Words that only link: a noun is expected behind them, never a verb.
_BEFORE_NOUN = bag(
    """a an the this that its their our his her your my of in on at for from by with under
    within during among between against per about into each every any all no some many
    much more less most least what"""
)


class Kind(StrEnum):
    """What a row of the glossary is."""

    METRIC = "metric"
    CATEGORY = "category"
    WORD = "word"
    VERB = "verb"
    MOVE = "move"  # a verb of change
    COMPARE = "compare"  # stands before a threshold
    EXTREME = "extreme"
    DEGREE = "degree"
    PLACE = "place"


_VERBS = (Kind.VERB, Kind.MOVE)


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the glossary: what it is called in Chinese, first the usual word."""

    key: str
    chinese: tuple[str, ...]
    kind: Kind
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The reading of a stretch of words: as a noun, as a verb, or both."""

    length: int
    noun: Term | None
    verb: Term | None


@cache
def stem_of(word: str) -> str:
    """The singular of an English word, by its ending."""
    word = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def stems(text: str) -> tuple[str, ...]:
    return tuple(stem_of(match.group()) for match in WORD.finditer(text))


def _forms(verb: str) -> set[tuple[str, ...]]:
    """The forms of a verb: regular ones, and those that its row lists."""
    base, *listed = split(verb)
    found = {stems(base), *(stems(form) for form in listed)}
    if " " in base:
        return found
    e, y = base.endswith("e"), bool(re.search(r"[^aeiou]y$", base))
    past = base + "d" if e else base[:-1] + "ied" if y else base + "ed"
    found |= {(past,), (stem_of(base[:-1] + "ies" if y else base + "s"),)}
    found |= {(base + "es",)} if re.search(r"(?:s|x|ch|sh|z)$", base) else set()
    return found | {((base[:-1] if e and not base.endswith("ee") else base) + "ing",)}


@derived
@cache
def _glossary() -> tuple[dict[tuple[str, ...], Term], dict[tuple[str, ...], Term]]:
    """Nouns and verbs by their stems."""
    nouns: dict[tuple[str, ...], Term] = {}
    verbs: dict[tuple[str, ...], Term] = {}
    for where, (english, chinese, kind, measure) in placed_rows("english.tsv"):
        if kind not in set(Kind) or not chinese:
            raise LexiconError(f"{where}:“{english}”的类别“{kind}”不认识,或没有中文,请更正")
        if kind == Kind.PLACE:
            continue
        key = "_".join(stems(split(english)[0]))
        term = Term(key, split(chinese), Kind(kind), measure)
        if term.kind in _VERBS:
            for form in _forms(english):
                verbs.setdefault(form, term)
        else:
            for alternative in split(english):
                nouns.setdefault(stems(alternative), term)
    return nouns, verbs


@derived
@cache
def glossary_words() -> frozenset[str]:
    """The single words of the glossary: those of its phrases, and the forms of its verbs."""
    nouns, verbs = _glossary()
    words_ = {word for key in (*nouns, *verbs) for word in key}
    for where in placed_rows("english.tsv"):
        words_ |= {m.group().lower() for m in re.finditer(r"[A-Za-z]+", where.cells[0])}
    return frozenset(words_) | words("english_links.txt")


@derived
@cache
def move_keys() -> tuple[str, ...]:
    """The keys of the verbs of change."""
    return tuple(sorted({t.key for t in _glossary()[1].values() if t.kind is Kind.MOVE}))


def is_link(word: str) -> bool:
    """Whether a word carries no content of its own, so that its loss loses nothing."""
    return word in words("english_links.txt")


def is_glossed(word: str) -> bool:
    """Whether the glossary has an English word by itself."""
    nouns, verbs = _glossary()
    return (stem_of(word),) in nouns or (stem_of(word),) in verbs


def is_phrase(text: str) -> bool:
    """Whether a text as a whole is a phrase of the glossary."""
    return stems(text) in _glossary()[0]


_BODY_END = re.compile(r"(?:医院|[馆站校院所局园]|小学|中学|初中|高中|大学|中心|委员会)$")


def names_body(text: str) -> bool:
    """Whether a phrase of the glossary is a kind of body (综合医院), which a name may end in."""
    term = _glossary()[0].get(stems(text))
    return term is not None and bool(_BODY_END.search(term.chinese[0]))


def longest_at(stems_: Sequence[str], at: int, most: int = _LONGEST) -> Found | None:
    """The longest phrase of at most so many words that starts at a word (stems given), or None."""
    nouns, verbs = _glossary()
    for length in range(min(most, len(stems_) - at), 0, -1):
        key = tuple(stems_[at : at + length])
        if key in nouns or key in verbs:
            return Found(length, nouns.get(key), verbs.get(key))
    return None


def expects_noun(word: str) -> bool:
    """Whether a word before another one makes that one a noun (the cost, its budget)."""
    return word in _BEFORE_NOUN
