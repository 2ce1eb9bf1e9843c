"""Typing errors in English words: one letter wrong, missing, doubled or swapped.

Only words of the glossaries are put in; a word that may be two of them stays as it is, and so does
every short one. Names of places are spelled by their sound and are none of this module's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from string import ascii_lowercase

from qa.english.asides import source_first, without_sidenotes
from qa.english.terms import glossary_words, is_link, stem_of
from qa.words.lexicon import derived, rows, split, words

_WORD = re.compile(r"(?<![A-Za-z'’-])[A-Za-z]{5,}(?![A-Za-z'’-])")
_SHORTEST_NAME = 6  # a shorter word with a capital is a place or a person
_SHORTEST_MOVED = 5
_SHORTEST_REPLACED = 8


_MAINTENANCE = re.compile(r"\bO\s?(?:&|and|/)\s?M\b")
# What is written short, and what it is in full.
_SHORT = {
    "gov": "government",
    "govt": "government",
    "dept": "department",
    "eval": "evaluation",
    "mgmt": "management",
    "exec": "execution",
    "pls": "please",
    "plz": "please",
    "approx": "approximately",
    "avg": "average",
    "how come": "why",
    "wich": "which",
    "waht": "what",
}
# In 万元 (ten thousand yuan), how much …?
_UNIT_FIRST = re.compile(
    r"^\s*In (?:units of )?(?P<unit>[万亿]?元)(?: ?\([^()]*\))?, ?(?P<rest>(?:how|what)\b[^?]*?)\s*\??$",
    re.IGNORECASE,
)
# Counting the fund money as well: the same as including it.
_AS_WELL = re.compile(
    r"(?<!not )(?<!n't )\bcount(?:ing)?(?: in)? (?P<what>[^,.?]{3,60}?)(?: in)? (?:as well|too)\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"^\s*(?:taken|put|added|all) (?:all )?together\s*,", re.IGNORECASE)
# How many booths are in place across …; what was put in place.
_IN_PLACE = re.compile(
    r"(?P<counted>how many [^,?]*?) (?P<be>are|were|was|is) in place\b", re.IGNORECASE
)
_SHORTENED = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(_SHORT)})(?![A-Za-z])\.?", re.IGNORECASE)


def plain_english(question: str) -> str:
    """The question with the English words that were meant; Chinese ones stay as they are."""
    question = _MAINTENANCE.sub("operation and maintenance", question)
    question = _UNIT_FIRST.sub(r"\g<rest>, in \g<unit>?", question)
    question = _AS_WELL.sub(r"including \g<what>", question)
    question = _SHORTENED.sub(lambda m: _SHORT[m.group().lower().rstrip(".")], question)
    question = _TOGETHER.sub("In total,", question)
    question = _IN_PLACE.sub(r"\g<counted> \g<be> there", question)
    question = source_first(without_sidenotes(question))
    return _WORD.sub(lambda match: _meant(match.group()), question)


def _meant(word: str) -> str:
    lower = word.lower()
    capital = word[0].isupper()
    if _known(lower) or (capital and len(word) < _SHORTEST_NAME):
        return word
    known = _organ_terms() if capital else _words()
    # A letter is left out, doubled or swapped more often than it is taken for another one, and a
    # short word of everyday English is often one letter away from a word of the trade (flood, floor).
    for least, near in ((_SHORTEST_MOVED, _moved(lower)), (_SHORTEST_REPLACED, _replaced(lower))):
        if len(lower) < least:
            continue
        found = {each for each in near if each in known or stem_of(each) in known}
        if len({stem_of(each) for each in found}) > 1:
            return word
        if found:
            meant = min(found)
            return meant.capitalize() if capital else meant
    asked = {each for each in _replaced(lower) if each in _ASKED} if not capital else set()
    return asked.pop() if len(asked) == 1 else word


# What a question turns on is mended though it is short: no other word of the trade is that near.
_ASKED = frozenset(("total", "income", "budget", "target", "actual", "amount", "number", "average"))


def _known(word: str) -> bool:
    """Whether a word is one of the glossaries; a short one counts as well (rates is no slip of rated)."""
    known = glossary_words() | _organ_terms() | words("english_common.txt")
    return word in known or stem_of(word) in known or is_link(word)


@derived
@cache
def _organ_terms() -> frozenset[str]:
    """Words of names of bodies."""
    texts = [row[0] for row in rows("organ_words.tsv")]
    texts += [name for row in rows("organs.tsv") for name in split(row[2])]
    return frozenset(word.lower() for text in texts for word in re.findall(r"[A-Za-z]{5,}", text))


@derived
@cache
def _words() -> frozenset[str]:
    """All words of the glossaries, as far as they are long enough to be told from one another."""
    every = (*glossary_words(), *_organ_terms(), "million", "billion", "thousand")
    return frozenset(word for word in every if len(word) >= 5)


def _moved(word: str) -> Iterator[str]:
    """The word with one letter more or less, or with two swapped; the first letter stays."""
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        yield from (head + letter + tail for letter in ascii_lowercase)
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def _replaced(word: str) -> Iterator[str]:
    """The word with another letter in one place; the first letter stays."""
    for at in range(1, len(word)):
        yield from (word[:at] + letter + word[at + 1 :] for letter in ascii_lowercase)
