"""What a worded answer may name: slots for the values of an answer, ids for its passages.

A draft holds `{{v1}}` where a number belongs and `[p1]` where a passage backs it; what stands there
on the screen is rendered here, from the answer that was checked before. Filling is one pass: slots
that a report's own text seems to hold are never filled.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ingest.reading.text import tidy
from qa.llm.words import any_of, words
from qa.model import Answer, Source, Value
from qa.present import DOUBTFUL, approximate

SLOT: Final = re.compile(r"\{\{([a-z]\d{1,3}(?:\.[a-z]{1,12})?)\}\}")
CITE: Final = re.compile(r"\[(p\d{1,3})\]")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_VALUES, _PASSAGES = 24, 12  # so many are put before the model
_SAID: Final = re.compile(
    rf"(?:{any_of(words().up | words().down | words().level).pattern}"
    rf"|(?i:\b(?:{any_of(words().english_up | words().english_down).pattern}))"
    r"|\.direction\}\})(?:了|为|是|\s|by|of)*$"
)
_OPENERS: Final = str.maketrans({"{": "｛", "}": "｝", "[": "［", "]": "］", "<": "＜", ">": "＞"})


class Part(StrEnum):
    """What of a value a slot stands for."""

    NUMBER = ""
    OTHER = "other"
    RECOMPUTED = "recomputed"
    LABEL = "label"
    PERIOD = "period"
    ENTITY = "entity"
    PROJECT = "project"
    DIRECTION = "direction"


NUMBERS: Final = frozenset({Part.NUMBER, Part.OTHER, Part.RECOMPUTED})
"""The parts that put digits of a quantity on the screen."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a draft: the value's place among the values, which part of it, and its text."""

    name: str
    value: int
    part: Part
    text: str

    @property
    def is_number(self) -> bool:
        return self.part in NUMBERS


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotable place; `source.quote` is its text."""

    name: str
    source: Source


@dataclass(frozen=True, slots=True)
class SlotTable:
    """All that a draft may refer to.

    Attributes:
        question: as it was asked; its words may be used, its digits may not.
        told: what the answer itself says; a number in a quotation has to be one of its.
        values: the values, in the order of their numbers.
        slots: by name.
        passages: by name.
    """

    question: str
    told: str
    values: tuple[Value, ...]
    slots: Mapping[str, Slot]
    passages: Mapping[str, Passage]

    def backing(self, value: int) -> frozenset[str]:
        """Names of the passages that are sources of a value."""
        own = self.values[value].sources
        return frozenset(name for name, each in self.passages.items() if each.source in own)


def slots_of(answer: Answer, more: Sequence[Source] = ()) -> SlotTable:
    """The slots and passages of an answer; `more` are passages beside its citations."""
    values = answer.values[:_VALUES]
    slots = {slot.name: slot for number, value in enumerate(values) for slot in _of(number, value)}
    sources = list(answer.citations)
    for value in values:
        sources += [source for source in value.sources if source not in sources]
    sources += [source for source in more if source not in sources]
    named = [Passage(f"p{n}", source) for n, source in enumerate(sources[:_PASSAGES], start=1)]
    passages = {passage.name: passage for passage in named}
    told = "\n".join((answer.text, *(told_of(value) for value in answer.values)))
    return SlotTable(
        answer.question, told, values, MappingProxyType(slots), MappingProxyType(passages)
    )


def told_of(value: Value) -> str:
    """The numbers that a value comes with, in one text."""
    return f"{value.number}{value.unit}；{value.other or ''}；{value.formula}"


def _of(number: int, value: Value) -> Iterator[Slot]:
    name = f"v{number + 1}"
    texts = {
        Part.NUMBER: amount(value),
        Part.OTHER: value.other or "",
        Part.RECOMPUTED: f"{value.recomputed}{value.unit}" if value.recomputed else "",
        Part.LABEL: bare_label(value),
        Part.PERIOD: period(value),
        Part.ENTITY: one_line(value.entity),
        Part.PROJECT: one_line(value.project or ""),
        Part.DIRECTION: value.direction,
    }
    for part, text in texts.items():
        if text:
            yield Slot(f"{name}.{part}" if part else name, number, part, text)


def amount(value: Value) -> str:
    """Number and unit as they are shown; a text in quotation marks; doubtful digits say so."""
    if not value.unit:
        return f"“{one_line(value.number)}”"
    number = value.number.lstrip("-") if value.direction else value.number
    return approximate(number, value.approx, value.unit) + (DOUBTFUL if value.doubtful else "")


def bare_label(value: Value) -> str:
    """The label without the note on doubtful digits, which stands beside the number."""
    return one_line(value.label.replace(DOUBTFUL, ""))


def period(value: Value) -> str:
    """``2023年``, or the period as it is where it is no year."""
    return f"{value.period}年" if _YEAR.fullmatch(value.period) else value.period


def one_line(text: str) -> str:
    """`text` on one line, without control and direction-changing characters."""
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return tidy("".join(kept))


def inert(text: str) -> str:
    """Text of a report as it may stand in a prompt: it can hold no slot, citation or tag."""
    return one_line(text).translate(_OPENERS)


def fill(draft: str, table: SlotTable) -> str:
    """The draft with its slots filled and its citations written out, in one pass.

    Raises:
        KeyError: a slot or passage that the table lacks; the gate refuses such drafts first.
    """
    reports = {each.source.report for each in table.passages.values()}

    def put(match: re.Match[str]) -> str:
        if match[1] is not None:
            slot = table.slots[match[1]]
            return _going(slot, table, draft[: match.start()]) + slot.text
        return _place(table.passages[match[2]].source, named=len(reports) > 1)

    return re.sub(f"{SLOT.pattern}|{CITE.pattern}", put, draft)


def _going(slot: Slot, table: SlotTable, before: str) -> str:
    """The direction of a change whose number is without a sign, where the draft does not say it."""
    way = table.values[slot.value].direction
    if slot.part is not Part.NUMBER or not way or _SAID.search(before):
        return ""
    return f" {way} " if before[-1:].isascii() and before[-1:].isalpha() else way


def _place(source: Source, *, named: bool) -> str:
    page = "" if source.page is None else f"第{source.page}页"
    where = "，".join(each for each in (one_line(source.report) if named else "", page) if each)
    return f"〔{where}〕" if where else ""
