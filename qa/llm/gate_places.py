"""Rule on places: where several values could be meant, the words before a slot name its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from qa.llm.judging import Reading, Refusal, Rule
from qa.llm.slots import Part, Slot, amount, bare_label, one_line
from qa.llm.sources import Facts, pairs
from qa.llm.tokens import Kind, Token
from qa.llm.words import words

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NAMING: Final = {
    "label": Part.LABEL,
    "period": Part.PERIOD,
    "entity": Part.ENTITY,
    "project": Part.PROJECT,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A number slot with the words that are meant to name it.

    Attributes:
        near: tokens since the number before.
        context: all tokens before it in the sentence.
        again: the same value's number stands just before.
    """

    slot: Slot
    near: tuple[Token, ...]
    context: tuple[Token, ...]
    again: bool = False


def places(reading: Reading) -> Iterator[Refusal]:
    """Every number slot of the sentence, held against the names before it."""
    paired = _paired(reading)
    for place in paired if paired is not None else _in_turn(reading.tokens):
        yield from _refused(reading, place)
    if paired is not None and not paired:
        yield reading.refuse(Rule.ASSOCIATION, "分别")


def _in_turn(found: Sequence[Token]) -> Iterator[Place]:
    start, last = 0, None
    for at, token in enumerate(found):
        if token.slot is None or not token.is_number:
            continue
        again = last is not None and last.value == token.slot.value
        behind = _behind(found, at)
        near, context = (*found[start:at], *behind), (*found[:at], *behind)
        yield Place(token.slot, near, context, again)
        start, last = at + 1, token.slot


def _behind(found: Sequence[Token], at: int) -> tuple[Token, ...]:
    """A name that follows its number, as in `{{v1}} for {{v1.label}}`."""
    kept = [token for token in found[at + 1 :] if not token.text.isspace()][:2]
    if len(kept) == 2 and kept[0].text in ("for", "of", "as") and _facet(kept[1]):
        return (kept[1],)
    return ()


def _paired(reading: Reading) -> list[Place] | None:
    """For `甲和乙分别为…`: each number with its own entry; empty where they do not pair, None for
    any other sentence."""
    found = reading.tokens
    numbers = [at for at, token in enumerate(found) if token.is_number]
    if len(numbers) < 2:
        return None
    before, between = found[: numbers[0]], found[numbers[0] : numbers[-1]]
    listed = any(t.kind is Kind.RUN and words().lists.search(t.text) for t in before)
    after = any(t.kind is Kind.LATIN and t.text.lower() == "respectively" for t in found)
    if not (listed or after) or any(_facet(token) for token in between):
        return None
    for facet in ("label", "metric", "period", "entity", "project"):
        entries = [token for token in before if _facet(token) == facet]
        if len(entries) == len(numbers):
            shared = tuple(token for token in before if token not in entries)
            return [
                Place(_slot(found[at]), (*shared, entry), (*shared, entry))
                for at, entry in zip(numbers, entries, strict=True)
            ]
    return []


def _slot(token: Token) -> Slot:
    if token.slot is None:
        raise ValueError(f"{token.text} is no slot")
    return token.slot


def _facet(token: Token) -> str:
    if token.kind is Kind.YEAR:
        return "period"
    if token.name is not None:
        return token.name.facet
    return token.slot.part.value if token.slot and token.slot.part.value in _NAMING else ""


def _refused(reading: Reading, place: Place) -> Iterator[Refusal]:
    facts = reading.sources.facts[place.slot.value]
    yield from _marked(reading, place, facts)
    for token in place.near:
        if token.slot and not token.is_number and not _same(reading, token.slot, facts):
            yield reading.refuse(Rule.ASSOCIATION, token.text)
    for facet in ("entity", "project"):
        nearest = _nearest(place.context, facet)
        if nearest is not None and _said(nearest) != _facts_text(facts, facet):
            yield reading.refuse(Rule.ASSOCIATION, nearest.text)
    year = _year(place.context)
    label = facts.value.label
    if year and year != facts.value.period and year not in label:
        yield reading.refuse(Rule.ASSOCIATION, year)
    if place.again:
        return
    for other in reading.sources.facts:
        if other.number != facts.number and amount(other.value) != amount(facts.value):
            clash = _clash(place, facts, other)
            if clash is not None:
                yield reading.refuse(Rule.ASSOCIATION, clash or place.slot.name)
                return


def _marked(reading: Reading, place: Place, facts: Facts) -> Iterator[Refusal]:
    """The stated number and the one that stands against it are not to be mistaken."""
    second = place.slot.part is not Part.NUMBER
    if not second and facts.value.other is None and facts.value.recomputed is None:
        return
    last = ""
    for token in place.near:
        if token.kind is Kind.RUN:
            found = [match[0] for match in words().markers.finditer(token.text)]
            last = found[-1] if found else last
        elif token.kind is Kind.LATIN and token.text.lower() in words().english_other:
            last = token.text.lower()
    against = last in words().other or last in words().english_other
    if against != second:
        yield reading.refuse(Rule.ASSOCIATION, last or place.slot.name)


def _same(reading: Reading, slot: Slot, facts: Facts) -> bool:
    own = f"v{facts.number + 1}.{slot.part.value}"
    known = reading.sources.table.slots.get(own)
    return slot.value == facts.number or (known is not None and known.text == slot.text)


def _nearest(context: Sequence[Token], facet: str) -> Token | None:
    return next((token for token in reversed(context) if _facet(token) == facet), None)


def _said(token: Token) -> str:
    return token.slot.text if token.slot else token.text


def _facts_text(facts: Facts, facet: str) -> str:
    return one_line(facts.value.entity if facet == "entity" else facts.value.project or "")


def _year(context: Sequence[Token]) -> str:
    """The year mentioned last before a slot, one compared with apart."""
    for at in range(len(context) - 1, -1, -1):
        token = context[at]
        if token.kind is Kind.RUN or token.kind is Kind.QUOTE or token.is_number:
            continue
        found = _YEAR.findall(_said(token)) if _facet(token) else []
        if found and _facet(token) == "period" and at and _compared(context[at - 1]):
            continue
        if found and _facet(token) in ("period", "label", "metric"):
            return str(found[0])
    return ""


def _compared(token: Token) -> bool:
    return token.kind is Kind.RUN and token.text.endswith(words().against)


def _clash(place: Place, facts: Facts, other: Facts) -> str | None:
    """What in the words before a slot speaks for another value; "" where nothing tells them apart;
    None where they name the slot's own."""
    text = " ".join(_said(token) for token in place.near if token.kind is not Kind.CITE)
    said = frozenset(pairs(text))
    foreign = sorted(said & (other.pairs - facts.pairs))
    if foreign and not _labelled(place, facts, other):
        return foreign[0]
    if _labelled(place, facts, other):
        return None
    mine, theirs = facts.naming_pairs, other.naming_pairs
    if any(said & (own - against) for own, against in zip(mine, theirs, strict=True)):
        return None
    if facts.value.period != other.value.period and _year(place.context) == facts.value.period:
        return None
    for facet in ("entity", "project"):
        if _facts_text(facts, facet) != _facts_text(other, facet) and _nearest(
            place.context, facet
        ):
            return None
    return ""


def _labelled(place: Place, facts: Facts, other: Facts) -> bool:
    """True where the value's whole label stands before the slot, and the other's is another."""
    label = bare_label(facts.value)
    if label == bare_label(other.value):
        return False
    return any(
        (token.slot is not None and token.slot.part is Part.LABEL and token.slot.text == label)
        or (token.name is not None and token.name.text == label)
        for token in place.near
    )
