"""Rules on words: every one joins, or comes from a source, in its order and with its denials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ingest.reading.text import compact
from qa.llm.coverage import Covered, Piece, cover
from qa.llm.judging import Reading, Refusal, Rule, number_slots, of_numbers
from qa.llm.slots import Part
from qa.llm.sources import Facts
from qa.llm.tokens import Clause, Kind, Token
from qa.llm.words import words
from qa.model import Check

_FEWEST: Final = 4  # characters that words told of a passage take from it
_CAUSE: Final = re.compile("原因|为什么|为何|为啥|因为|由于|怎么|why|reason|cause", re.IGNORECASE)
_OTHERS: Final = re.compile("[^\u4e00-\u9fff]|万元|亿元|元|个百分点")
_BRACKETS: Final = frozenset("()")
_LAST_YEAR: Final = re.compile("[上去]一?年")


@dataclass(frozen=True, slots=True)
class Worded:
    """What the words of a sentence come to.

    Attributes:
        refusals: what is against them.
        passages: the passages that clauses are told of.
        told: the clauses (by place) that are told of a passage, which has their directions.
    """

    refusals: tuple[Refusal, ...]
    passages: frozenset[str]
    told: frozenset[int]


def worded(reading: Reading) -> Worded:
    """Every clause of the sentence, held against its sources."""
    refusals: list[Refusal] = []
    passages: set[str] = set()
    told: set[int] = set()
    last = max((n for n, clause in enumerate(reading.clauses) if _has_number(clause)), default=-1)
    quoted = any(token.kind is Kind.QUOTE for token in reading.tokens)
    naming: list[Clause] = []
    for number, clause in enumerate(reading.clauses):
        own = list(_own(reading, clause))
        told_of = None if _has_number(clause) else _told(reading, clause)
        if told_of and (own or number > last):
            passages.add(told_of)
            told.add(number)
            continue
        refusals.extend(own)
        behind = clause if number > last else clause[_behind(clause) :] if number == last else ()
        if not own and not _only_joining(reading, behind):
            naming.append(behind)
    # Words of values and question name what follows; by themselves they would state something.
    if naming and (last >= 0 or not (told or quoted)):
        refusals.append(reading.refuse(Rule.WORDS, "".join(t.text for t in naming[-1])))
    return Worded(tuple(refusals), frozenset(passages), frozenset(told))


def _behind(clause: Clause) -> int:
    """Where the words behind the last number of a clause begin."""
    return max((at + 1 for at, token in enumerate(clause) if token.is_number), default=0)


def _has_number(clause: Clause) -> bool:
    return any(True for _ in number_slots(clause))


def _only_joining(reading: Reading, clause: Clause) -> bool:
    """True for a clause that states nothing: words that join, slots, quotations, citations."""
    joined = joining(reading, clause)
    return all(
        token.kind not in (Kind.RUN, Kind.LATIN)
        or (token.kind is Kind.RUN and not cover(token.text, joined, ()).bare)
        or token.text.lower() in _english(reading)
        for token in clause
    )


def _own(reading: Reading, clause: Clause) -> Iterator[Refusal]:
    """What no word of the values, of the question or of the lists backs in a clause."""
    joined = joining(reading, clause)
    texts = tuple(dict.fromkeys(word for facts in reading.used for word in facts.words))
    sources = (*texts, reading.sources.question)
    for token, behind in zip(clause, (*clause[1:], None), strict=True):
        named = token.kind is Kind.NAME and not _is_own(reading, token)
        if named or (token.kind is Kind.LATIN and not _known(reading, token, sources)):
            yield reading.refuse(Rule.WORDS, token.text)
        elif token.kind is Kind.RUN:
            found = cover(_before_project(token.text, behind), joined, sources)
            if found.bare:
                yield reading.refuse(Rule.WORDS, found.bare)
            for piece in found.pieces:
                if piece.source >= 0 and _denies(piece, sources[piece.source], len(texts)):
                    yield reading.refuse(Rule.POLARITY, piece.text)
            yield from _relative(reading, token)
            yield from _torn(reading, found)


def _before_project(text: str, behind: Token | None) -> str:
    """The words without the 项目 that introduces a project's name."""
    named = behind is not None and (
        (behind.slot is not None and behind.slot.part is Part.PROJECT)
        or (behind.name is not None and behind.name.facet == "project")
    )
    return text.removesuffix("项目") if named else text


def _torn(reading: Reading, found: Covered) -> Iterator[Refusal]:
    """A body's or project's name of which words were left out, or put in: another one's name.

    Its end alone will do (without the city before it), and any part that the question uses.
    """
    taken = [piece.text for piece in found.pieces if piece.source >= 0 and len(piece.text) > 2]
    for facts in reading.used:
        value = facts.value
        used = f"{reading.sources.question} {value.label} {value.metric}"
        for name in (value.entity, value.project or ""):
            parts = [text for text in taken if text in name]
            cut = any(not name.endswith(text) and text not in used for text in parts)
            if len(parts) > 1 or cut:
                yield reading.refuse(Rule.ASSOCIATION, "…".join(parts))


def _is_own(reading: Reading, token: Token) -> bool:
    used = {each.number for each in reading.used}
    return bool(token.name and token.name.owners & used) or token.text in reading.sources.question


def _known(reading: Reading, token: Token, sources: tuple[str, ...]) -> bool:
    low = token.text.lower()
    if low in words().english_polar:
        return False
    if low in _english(reading) or words().heading(low):
        return True
    word = re.compile(rf"(?<![A-Za-z]){re.escape(token.text)}(?![A-Za-z])", re.IGNORECASE)
    return any(word.search(source) for source in sources)


def _denies(piece: Piece, source: str, own: int) -> bool:
    """True where a word of denial comes with the piece out of the question, or was cut off it."""
    polar = words().polar
    if piece.source >= own and any(char in polar for char in piece.text):
        return True
    return source[piece.at - 1 : piece.at] in polar if piece.at else False


def joining(reading: Reading, clause: Clause) -> frozenset[str]:
    """The words that a clause may use without a source, by what its values allow."""
    lists = words()
    shown = reading.shown
    found = lists.plain | lists.up | lists.down | lists.level | _BRACKETS
    disputed = any(f.value.other for f in shown)
    if disputed or any(slot.part.value for slot in number_slots(reading.tokens)):
        found |= lists.stated | lists.other
    if any(f.value.check is Check.FAILS for f in reading.used):
        found |= lists.stated | lists.disagree
    if shown and all(f.value.check in (Check.EXACT, Check.ROUNDING) for f in shown):
        found |= lists.proved
    if any(f.value.direction for f in shown):
        found |= lists.neutral
        if any(_since_last_year(reading, f) for f in shown if f.value.direction):
            found |= lists.since_last_year
    if shown and all("差" in f.value.label for f in of_numbers(clause, reading.sources) or shown):
        found |= lists.apart
    if _CAUSE.search(reading.sources.question) or _cause_cited(reading):
        found |= lists.cause
    return found


def _english(reading: Reading) -> frozenset[str]:
    lists = words()
    found = lists.english_plain
    if any(f.value.check is Check.FAILS for f in reading.used):
        found |= lists.english_other | lists.english_disagree
    elif any(slot.part.value for slot in number_slots(reading.tokens)):
        found |= lists.english_other
    if reading.shown and all(f.value.check in (Check.EXACT, Check.ROUNDING) for f in reading.shown):
        found |= lists.english_proved
    return found


def _cause_cited(reading: Reading) -> bool:
    return any(_CAUSE.search(reading.sources.passages[name]) for name in reading.cited)


def _since_last_year(reading: Reading, facts: Facts) -> bool:
    texts = (facts.value.label, reading.sources.question, *(s.quote for s in facts.value.sources))
    return any(_LAST_YEAR.search(text) for text in texts)


def _relative(reading: Reading, token: Token) -> Iterator[Refusal]:
    """上年, 本年, …: only compared with, or where a name of the value holds it."""
    lists = words()
    names = [f"{f.value.label} {f.value.metric}" for f in reading.used]
    moved = any(f.value.direction and _since_last_year(reading, f) for f in reading.shown)
    for match in lists.relative_years.finditer(token.text):
        low, high = match.span()
        wider = token.text[max(0, low - 1) : high], token.text[low : high + 1]
        if any(len(w) > high - low and any(w in name for name in names) for w in wider):
            continue
        against = token.text[:low].endswith(lists.against)
        if not (moved and (against or match[0] == "同期")):
            yield reading.refuse(Rule.ASSOCIATION, match[0])


def _told(reading: Reading, clause: Clause) -> str | None:
    """The cited passage one of whose clauses a clause tells, in its order, denying what it denies."""
    text = compact("".join(token.text for token in clause if token.kind is not Kind.CITE))
    if any(token.kind in (Kind.SLOT, Kind.QUOTE, Kind.YEAR) for token in clause):
        return None
    joined = words().plain | (words().cause if _may_reason(reading) else frozenset())
    for name in reading.cited:
        for told in reading.sources.clauses[name]:
            if _tells(text, told, joined):
                return name
    return None


def _may_reason(reading: Reading) -> bool:
    return bool(_CAUSE.search(reading.sources.question)) or _cause_cited(reading)


def _tells(text: str, told: str, joined: frozenset[str]) -> bool:
    """True where `text` says what a clause says: only joining words and numbers are left out."""
    if text[-2:] not in told:
        return False
    found = cover(text, joined, (told,))
    taken = [piece for piece in found.pieces if piece.source >= 0]
    said = "".join(piece.text for piece in taken)
    if found.bare or (len(said) < _FEWEST and said != told):
        return False
    if not all(a.at + len(a.text) <= b.at for a, b in pairwise(taken)):
        return False
    left, at = [], 0
    for piece in taken:
        left.append(told[at : piece.at])
        at = piece.at + len(piece.text)
    left_out = _OTHERS.sub("", "".join((*left, told[at:])))
    same = all(told.count(word) == said.count(word) for word in words().weighty)
    return same and not cover(left_out, joined, ()).bare
