"""Rules on quotations: verbatim, from a passage that is cited, and not cut to say something else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from qa.llm.judging import Reading, Refusal, Rule
from qa.llm.tokens import Kind
from qa.llm.words import counted, words

_BRACES: Final = re.compile(r"[{}\[\]]")
_DIGIT: Final = re.compile(r"\d")
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_FEWEST: Final = 4  # Chinese characters of a quotation that holds a number


@dataclass(frozen=True, slots=True)
class Quoted:
    """What the quotations of a sentence come to: refusals, and the passages that they are from."""

    refusals: tuple[Refusal, ...]
    passages: frozenset[str]


def quotations(reading: Reading) -> Quoted:
    """Every quotation of the sentence, held against the passages that it cites and its names."""
    refusals: list[Refusal] = []
    passages: set[str] = set()
    for token in reading.tokens:
        if token.kind is not Kind.QUOTE:
            continue
        odd = any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") for char in token.text)
        if odd or _BRACES.search(token.text) or not token.text.strip():
            refusals.append(reading.refuse(Rule.QUOTATION, token.text))
            continue
        found = [name for name in reading.cited if reading.sources.quoted(token.text, name) >= 0]
        if _named(reading, token.text):
            passages.update(found)
            continue
        whole = [name for name in found if _fair(reading, token.text, name)]
        if whole:
            passages.update(whole)
        else:
            refusals.append(reading.refuse(Rule.QUOTATION, token.text))
    return Quoted(tuple(refusals), frozenset(passages))


def _named(reading: Reading, text: str) -> bool:
    """True for a name in quotation marks: of a value of the sentence, or as the question has it."""
    if _heavy(text):
        return any(text in (f.value.entity, f.value.project) for f in reading.used)
    own = [word for facts in reading.used for word in facts.words]
    return any(text in each for each in (*own, *_marked(reading.sources.question)))


def _marked(question: str) -> Iterator[str]:
    """What the question itself has in quotation marks."""
    return (m[1] for m in re.finditer('[“"「《]([^“”"「」《》]{2,40})[”"」》]', question))


def _heavy(text: str) -> bool:
    """True for words that state how much or which way."""
    return bool(
        _DIGIT.search(text)
        or counted(text)
        or words().ratio.search(text)
        or words().moves.search(text)
    )


def _fair(reading: Reading, text: str, passage: str) -> bool:
    """Whole clauses, of numbers that the answer shows, where it holds any; else with no denial cut off before."""
    squeezed = "".join(text.split())
    at = reading.sources.quoted(text, passage)
    before, whole = reading.sources.clause_around(passage, at, len(squeezed))
    if _DIGIT.search(text) or counted(text):
        known = reading.sources.told(text)
        return whole and known and len(_CHINESE.findall(text)) >= _FEWEST
    if _heavy(text):
        return whole
    return not any(word in before for word in words().weighty)
