"""A sentence as the rules of the gate see it, and what they say against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from qa.llm.slots import Slot
from qa.llm.sources import Facts, Sources
from qa.llm.tokens import Clause, Kind, Token, clauses, tokens


class Rule(StrEnum):
    """Why a sentence is refused."""

    SLOT = "slot"  # no such slot or passage
    DIGIT = "digit"  # a digit of the model's own
    NUMERAL = "numeral"  # a quantity in words
    RATIO = "ratio"  # a share or multiple in words
    UNIT = "unit"  # a unit or scale word of its own
    SIGN = "sign"  # a sign or an approximating word
    DIRECTION = "direction"  # more or less, not as the value says
    ASSOCIATION = "association"  # the value of another year, body, project or metric
    QUOTATION = "quotation"  # not verbatim, or cut so that it says something else
    CITATION = "citation"  # the passage is not that of the value
    WORDS = "words"  # in no source
    POLARITY = "polarity"  # a word of denial put in or left out
    STRAY = "stray"  # a character that has no place in a sentence


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule that a sentence breaks, and the words that break it."""

    rule: Rule
    words: str
    sentence: str


@dataclass(frozen=True)
class Reading:
    """A sentence of a draft, read against the sources of its answer."""

    sentence: str
    sources: Sources

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return tokens(self.sentence, self.sources.table, self.sources.names)

    @cached_property
    def clauses(self) -> list[Clause]:
        return clauses(self.tokens)

    @cached_property
    def used(self) -> tuple[Facts, ...]:
        """The values that any slot of the sentence belongs to."""
        numbers = dict.fromkeys(token.slot.value for token in self.tokens if token.slot)
        return tuple(self.sources.facts[number] for number in numbers)

    @cached_property
    def shown(self) -> tuple[Facts, ...]:
        """The values whose numbers the sentence shows."""
        return of_numbers(self.tokens, self.sources)

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """The passages that the sentence cites."""
        found = (token.text for token in self.tokens if token.kind is Kind.CITE)
        return tuple(dict.fromkeys(found))

    def refuse(self, rule: Rule, words: str) -> Refusal:
        return Refusal(rule, words, self.sentence)


def of_numbers(found: Clause, sources: Sources) -> tuple[Facts, ...]:
    """The values whose numbers stand among the tokens."""
    numbers = dict.fromkeys(slot.value for slot in number_slots(found))
    return tuple(sources.facts[number] for number in numbers)


def number_slots(found: Clause) -> Iterator[Slot]:
    """The number slots among the tokens, in order."""
    return (token.slot for token in found if token.slot is not None and token.slot.is_number)


def run_text(clause: Clause) -> str:
    """The Chinese words of a clause; what stands between them is a blank."""
    return "".join(token.text if token.kind is Kind.RUN else " " for token in clause)
