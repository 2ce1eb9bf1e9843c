"""Rules on single tokens: slots, digits, numerals, units, signs, years and names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from ingest.reading.units import match_unit
from qa.llm.judging import Reading, Refusal, Rule, number_slots, run_text
from qa.llm.tokens import Kind, Token
from qa.llm.words import counted, words

_BRACED: Final = re.compile(r"\{+[^{}]{0,40}\}+|\[[^\[\]]{0,20}\]")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_UNIT: Final = re.compile("[百千万亿]元|人民币|[美港日欧]元|英镑|百分点|百分比")


def strays(reading: Reading) -> Iterator[Refusal]:
    """Characters that no sentence needs: digits of any script, braces, symbols."""
    for token in reading.tokens:
        if token.kind is not Kind.STRAY:
            continue
        if token.text in "{}[]":
            found = _BRACED.search(reading.sentence)
            yield reading.refuse(Rule.SLOT, found[0] if found else token.text)
        elif unicodedata.numeric(token.text, None) is not None or "DIGIT" in _name(token.text):
            yield reading.refuse(Rule.DIGIT, token.text)
        else:
            yield reading.refuse(Rule.STRAY, token.text)


def _name(char: str) -> str:
    return unicodedata.name(char, "") + (" DIGIT" if char == "\u20e3" else "")


def years(reading: Reading) -> Iterator[Refusal]:
    """A year is that of a value of the sentence, or stands in its label."""
    found = reading.tokens
    for at, token in enumerate(found):
        if token.kind is not Kind.YEAR:
            continue
        year, behind = token.text[:4], found[at + 1].text[:1] if at + 1 < len(found) else ""
        against = at > 0 and found[at - 1].text.endswith(words().against)
        labels = [each.value.label for each in reading.used]
        own = any(year == each.value.period for each in reading.used)
        named = any(f"{token.text}{behind}" in label for label in labels) and behind.strip()
        if not own and not named and not (against and any(year in label for label in labels)):
            yield reading.refuse(Rule.DIGIT, token.text)


def names(reading: Reading) -> Iterator[Refusal]:
    """A body or project is that of a value of the sentence."""
    used = {each.number for each in reading.used}
    for token in reading.tokens:
        if token.name and token.name.facet != "metric" and not token.name.owners & used:
            yield reading.refuse(Rule.ASSOCIATION, token.text)


def numerals(reading: Reading) -> Iterator[Refusal]:
    """Quantities, shares and multiples in words, outside quotations and names."""
    for clause in reading.clauses:
        text = run_text(clause)
        found = counted(text)
        if found:
            yield reading.refuse(Rule.NUMERAL, found)
        ratio = words().ratio.search(text)
        if ratio:
            yield reading.refuse(Rule.RATIO, ratio[0])
        for token in clause:
            if token.kind is Kind.LATIN and token.text.lower() in words().english_numerals:
                yield reading.refuse(Rule.NUMERAL, token.text)


def units(reading: Reading) -> Iterator[Refusal]:
    """Units and scale words of the draft's own: behind a number, or anywhere in its words."""
    for clause in reading.clauses:
        found = _UNIT.search(run_text(clause))
        if found:
            yield reading.refuse(Rule.UNIT, found[0])
    kept = [t for t in reading.tokens if t.kind is not Kind.CITE and t.text not in ("（", "(", " ")]
    for index, token in enumerate(kept[:-1]):
        behind = kept[index + 1]
        if token.is_number and _is_unit(behind):
            yield reading.refuse(Rule.UNIT, behind.text[:4])


def _is_unit(token: Token) -> bool:
    if token.kind is Kind.LATIN:
        lists = words()
        known = lists.english_plain | lists.english_other | lists.english_disagree
        return token.text.lower() not in known | lists.english_proved
    if token.kind is not Kind.RUN:
        return token.kind is Kind.STRAY
    text = token.text.lstrip("(")
    if text.startswith(words().behind):
        return True
    hit = match_unit(text)
    return hit is not None and hit.end > 1


def signs(reading: Reading) -> Iterator[Refusal]:
    """Signs and approximating words before a number, and figures that would run into it."""
    for before, token in pairwise(reading.tokens):
        if token.is_number and (before.is_number or _ends_in_figure(before)):
            yield reading.refuse(Rule.SIGN, before.text)
    kept = [token for token in reading.tokens if token.text not in ("（", "(", " ")]
    for before, token in pairwise(kept):
        if not token.is_number:
            continue
        if before.kind is Kind.RUN and before.text.endswith(words().before):
            yield reading.refuse(Rule.SIGN, before.text[-4:])
        if before.kind is Kind.STRAY or before.text in ("—", "·", "…"):
            yield reading.refuse(Rule.SIGN, before.text)


def _ends_in_figure(token: Token) -> bool:
    shown = token.slot.text if token.slot else token.text
    last = shown[-1:]
    return token.kind is not Kind.CITE and last.isascii() and last.isalnum()


def citations(reading: Reading, stated: frozenset[str]) -> Iterator[Refusal]:
    """A citation is a source of a value shown, or of words or a quotation (`stated`)."""
    backing = {
        name for slot in number_slots(reading.tokens)
        for name in reading.sources.table.backing(slot.value)
    }  # fmt: skip
    for name in reading.cited:
        if name not in backing and name not in stated:
            yield reading.refuse(Rule.CITATION, f"[{name}]")
