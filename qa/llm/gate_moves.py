"""Rule on directions: 增加 and 减少, in any words, are those of the value they stand by."""

from __future__ import annotations

from collections.abc import Iterator

from qa.llm.judging import Reading, Refusal, Rule, of_numbers
from qa.llm.sources import Facts
from qa.llm.tokens import Clause, Kind
from qa.llm.words import words


def directions(reading: Reading, told: frozenset[int]) -> Iterator[Refusal]:
    """Words of direction in the clauses that are not told of a passage (`told`)."""
    for number, clause in enumerate(reading.clauses):
        if number in told:
            continue
        nearest = of_numbers(clause, reading.sources) or reading.shown
        headings = {words().heading(f.value.direction) for f in nearest}
        for word, nominal in _moves(reading, clause, nearest):
            heading = words().heading(word)
            if headings == {heading} or (nominal and headings <= {""}):
                continue
            if not reading.shown and _cited(reading, word):
                continue
            yield reading.refuse(Rule.DIRECTION, word)
        for token in clause:
            if (
                token.slot
                and token.slot.part == "direction"
                and headings != {words().heading(token.slot.text)}
            ):
                yield reading.refuse(Rule.DIRECTION, token.text)


def _moves(
    reading: Reading, clause: Clause, nearest: tuple[Facts, ...]
) -> Iterator[tuple[str, bool]]:
    """Words of direction of a clause, each with whether it is part of a name there."""
    own = [word for facts in reading.used for word in facts.words]
    moved = any(f.value.direction for f in nearest)
    for token in clause:
        if token.kind is Kind.LATIN and words().heading(token.text.lower()):
            yield token.text, False
        if token.kind is not Kind.RUN:
            continue
        for match in words().moves.finditer(token.text):
            low, high = match.span()
            wider = token.text[max(0, low - 1) : high + 1]
            around = (token.text[max(0, low - 1) : high], token.text[low : high + 1], wider)
            held = [w for w in around if len(w) > high - low]
            if len(match[0]) == 1 and any(w in reading.sources.question for w in held):
                continue
            if len(match[0]) == 1 and any(w in text for w in held for text in own):
                continue
            nominal = not moved and any(w in text for w in held for text in own)
            yield match[0], nominal


def _cited(reading: Reading, word: str) -> bool:
    return any(word in reading.sources.passages[name] for name in reading.cited)
