"""A draft cut into sentences, and a sentence into slots, citations, quotations, names and words.

Nothing is judged here; what fits no kind is a stray token, for the gate to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ingest.reading.text import fold, tidy
from qa.llm.slots import CITE, SLOT, Slot, SlotTable

ENDS: Final = "。！？!?；;"
_OPEN: Final = {"“": "”", "「": "」", "『": "』", '"': '"'}
_MARKS: Final = frozenset("，,、：:（）()《》。．.；;！？!?…·—‘’' \t")
_BRACKETED: Final = re.compile("[（(][\u4e00-\u9fff]{1,12}[)）]")
_CLAUSE: Final = frozenset("，,：:（）()。；;！？!?…")
_LATIN: Final = re.compile(r"[A-Za-z](?:[A-Za-z'-]*[A-Za-z])?")
_YEAR: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])(?:年度?)?")
_ITEM: Final = re.compile(r"^\s*(?:[-*•]\s+|[0-9]{1,2}[.、)）]\s*(?![0-9]))")
_LOOSE_SLOT: Final = re.compile(r"\{\{\s*([a-z][0-9]{1,3}(?:\.[a-z]{1,12})?)\s*\}\}")
_LONGEST_QUOTE: Final = 1200


class Kind(StrEnum):
    SLOT = "slot"
    CITE = "cite"
    QUOTE = "quote"
    NAME = "name"
    YEAR = "year"
    RUN = "run"  # Chinese words
    LATIN = "latin"
    MARK = "mark"
    STRAY = "stray"


@dataclass(frozen=True, slots=True)
class Name:
    """A name of some of the values, as it is printed; `facet` says of what."""

    text: str
    facet: str  # entity, project, metric or place (a table, a report)
    owners: frozenset[int]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sentence. `text` of a quotation is without its marks."""

    kind: Kind
    text: str
    slot: Slot | None = None
    name: Name | None = None

    @property
    def is_number(self) -> bool:
        return self.slot is not None and self.slot.is_number


Clause = tuple[Token, ...]
Names = Mapping[str, Sequence[Name]]
"""Names by their first character, the longest first."""


def sentences(draft: str) -> tuple[list[str], str]:
    """The complete sentences of a draft, and what follows the last of them.

    A sentence ends with 。！？； or a line break, and with a full stop before a blank or a
    Chinese character; never inside
    a quotation or a slot.
    """
    found: list[str] = []
    inside: list[str] = []  # the marks that would close the open quotations
    start = at = 0
    while at < len(draft):
        char = draft[at]
        slot = SLOT.match(draft, at)
        if slot is not None:
            at = slot.end()
            continue
        if inside and char in (inside[-1], "\n"):
            inside = [] if char == "\n" else inside[:-1]
        elif char in _OPEN and _OPEN[char] in draft[at + 1 :].partition("\n")[0]:
            inside.append(_OPEN[char])
        at += 1
        stop = char == "." and at < len(draft) and (draft[at].isspace() or is_chinese(draft[at]))
        if not inside and (char in ENDS or char == "\n" or stop):
            found.append(draft[start:at])
            start = at
    return [each.strip() for each in found if each.strip()], draft[start:]


def undressed(sentence: str) -> str:
    """The sentence without the mark of a list, bold type, and blanks inside slots.

    They are how models write, say nothing, and are not shown.
    """
    bare = _ITEM.sub("", sentence).replace("**", "")
    return _LOOSE_SLOT.sub(r"{{\1}}", bare).strip()


def tokens(sentence: str, table: SlotTable, names: Names) -> tuple[Token, ...]:
    """The tokens of one sentence, in order."""
    return tuple(_scan(tidy(sentence), table, names))


def _scan(text: str, table: SlotTable, names: Names) -> Iterator[Token]:
    at = 0
    while at < len(text):
        token, end = _next(text, at, table, names)
        yield token
        at = end


def _next(text: str, at: int, table: SlotTable, names: Names) -> tuple[Token, int]:
    slot = SLOT.match(text, at)
    if slot is not None and slot[1] in table.slots:
        return Token(Kind.SLOT, slot[0], table.slots[slot[1]]), slot.end()
    cite = CITE.match(text, at)
    if cite is not None and cite[1] in table.passages:
        return Token(Kind.CITE, cite[1]), cite.end()
    name = _name_at(text, at, names)
    if name is not None:
        return Token(Kind.NAME, name.text, name=name), at + len(name.text)
    if text[at] in _OPEN:
        return _quote(text, at, table)
    year = _YEAR.match(text, at)
    if year is not None:
        return Token(Kind.YEAR, year[0]), year.end()
    latin = _LATIN.match(text, at)
    if latin is not None:
        return Token(Kind.LATIN, latin[0]), latin.end()
    end = _run_end(text, at, names)
    if end > at:
        return Token(Kind.RUN, fold(text[at:end])), end
    kind = Kind.MARK if text[at] in _MARKS else Kind.STRAY
    return Token(kind, text[at]), at + 1


def _run_end(text: str, at: int, names: Names) -> int:
    """Where the Chinese words from `at` on end; words in brackets belong to them."""
    end = at
    while end < len(text) and (end == at or not _name_at(text, end, names)):
        bracketed = _BRACKETED.match(text, end)
        if bracketed is not None:
            end = bracketed.end()
        elif is_chinese(text[end]):
            end += 1
        else:
            break
    return end


def _name_at(text: str, at: int, names: Names) -> Name | None:
    for each in names.get(text[at], ()):
        if text.startswith(each.text, at) and _whole(text, at, each.text):
            return each
    return None


def _whole(text: str, at: int, name: str) -> bool:
    """False where the name's first or last digit or letter goes on in the text."""
    end = at + len(name)
    before, behind = text[at - 1 : at], text[end : end + 1]
    runs_on = _alike(before, name[0]) or _alike(name[-1], behind)
    return not runs_on


def _alike(left: str, right: str) -> bool:
    return bool(left and right) and left.isascii() and right.isascii() and (left + right).isalnum()


def _quote(text: str, at: int, table: SlotTable) -> tuple[Token, int]:
    """The quotation that opens at `at`, with those inside it; a stray mark where it never closes."""
    opening, closing = text[at], _OPEN[text[at]]
    depth = 1
    for end in range(at + 1, min(len(text), at + _LONGEST_QUOTE)):
        if text[end] == closing:
            depth -= 1
        elif text[end] == opening:
            depth += 1
        if depth == 0:
            return _quotation(text[at + 1 : end], table), end + 1
    return Token(Kind.STRAY, opening), at + 1


def _quotation(inside: str, table: SlotTable) -> Token:
    """A quotation; a slot that stands in quotation marks is a slot."""
    slot = SLOT.fullmatch(inside)
    if slot is not None and slot[1] in table.slots:
        return Token(Kind.SLOT, slot[0], table.slots[slot[1]])
    return Token(Kind.QUOTE, inside)


def is_chinese(char: str) -> bool:
    """True for a Chinese character in common use."""
    return "\u4e00" <= char <= "\u9fff" or char == "〇"


def clauses(found: Sequence[Token]) -> list[Clause]:
    """The tokens between commas, colons, brackets and full stops."""
    parts: list[list[Token]] = [[]]
    for token in found:
        if token.kind is Kind.MARK and token.text in _CLAUSE:
            parts.append([])
        elif not (token.kind is Kind.MARK and token.text.isspace()):
            parts[-1].append(token)
    return [tuple(part) for part in parts if part]
