"""The gate: a draft of a language model, sentence by sentence, against the answer it words.

What a sentence may say is a closed language: slots, verbatim quotations, names of the values, words
that the sources have, and words that join. Everything else is refused; a sentence that rests on no
slot, quotation or citation is cut. Pure: no model, no clock, no file but the package's word lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.llm.gate_marks import citations, names, numerals, signs, strays, units, years
from qa.llm.gate_moves import directions
from qa.llm.gate_places import places
from qa.llm.gate_quotes import quotations
from qa.llm.gate_words import worded
from qa.llm.judging import Reading, Refusal
from qa.llm.slots import fill
from qa.llm.sources import Sources
from qa.llm.tokens import Kind, sentences, undressed

RULES = (strays, years, names, numerals, units, signs, places)


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence: passed (with its text as shown), cut, or refused."""

    sentence: str
    text: str = ""
    refusals: tuple[Refusal, ...] = ()

    @property
    def passed(self) -> bool:
        return bool(self.text)

    @property
    def cut(self) -> bool:
        return not self.text and not self.refusals


@dataclass(frozen=True, slots=True)
class Verdict:
    """A whole draft."""

    sentences: tuple[Judged, ...]

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        return tuple(each for one in self.sentences for each in one.refusals)

    @property
    def text(self) -> str:
        """The sentences that passed."""
        return joined([one.text for one in self.sentences if one.passed])

    @property
    def passed(self) -> bool:
        """True where nothing was refused and something is left."""
        return not self.refusals and bool(self.text)


def judge(sentence: str, sources: Sources) -> Judged:
    """One sentence against the sources of its answer."""
    sentence = undressed(sentence)
    reading = Reading(sentence, sources)
    found = [refusal for rule in RULES for refusal in rule(reading)]
    if not found and not rests(reading):
        return Judged(sentence)
    quoted, said = quotations(reading), worded(reading)
    found += [*quoted.refusals, *said.refusals, *directions(reading, said.told)]
    found += citations(reading, quoted.passages | said.passages)
    if found:
        return Judged(sentence, refusals=tuple(dict.fromkeys(found)))
    return Judged(sentence, fill(sentence, sources.table))


def rests(reading: Reading) -> bool:
    """True for a sentence with a slot, a quotation or a citation."""
    return any(token.kind in (Kind.SLOT, Kind.QUOTE, Kind.CITE) for token in reading.tokens)


def gate(draft: str, sources: Sources) -> Verdict:
    """A whole draft, sentence by sentence."""
    complete, rest = sentences(draft)
    every = [*complete, rest.strip()] if rest.strip() else complete
    return Verdict(tuple(judge(each, sources) for each in every))


def joined(texts: Sequence[str]) -> str:
    """Sentences in a row; those of other scripts are parted by a blank."""
    text = ""
    for each in texts:
        gap = " " if text and text[-1].isascii() and each[:1].isascii() else ""
        text += gap + each
    return text
