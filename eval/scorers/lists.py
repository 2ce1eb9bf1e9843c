"""Lists: how many of the expected items an answer gives, and how much it gives beyond them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from eval.scorers.texts import flattened, holds, reader_text
from qa.model import Answer

_NUMBERED = re.compile(r"^\s*(?:\d+[.、)]|[-•·])\s*(?P<item>\S.*)$")


@dataclass(frozen=True, slots=True)
class Completeness:
    """`listed` is how many items the answer shows as a list; None where it shows no list."""

    wanted: int
    missing: tuple[str, ...]
    listed: int | None = None
    fitting: int = 0

    @property
    def recall(self) -> Decimal:
        """The share of the expected items that are given."""
        return Decimal(self.wanted - len(self.missing)) / self.wanted

    @property
    def precision(self) -> Decimal | None:
        """The share of the listed items that are expected ones; None where none are listed."""
        return Decimal(self.fitting) / self.listed if self.listed else None


def completeness(items: Sequence[str], answer: Answer) -> Completeness:
    """Compare the expected items with what a reader sees of the answer.

    An item that is part of a longer one (甲项目 of 甲项目二期) must also stand apart from it.
    """
    text = reader_text(answer)
    missing = []
    for item in items:
        longer = [other for other in items if _within(item, other)]
        if not holds(item, _without(longer, text)):
            missing.append(item)
    shown = listed_items(answer)
    fitting = sum(any(holds(item, each) for item in items) for each in shown)
    return Completeness(len(items), tuple(missing), len(shown) or None, fitting)


def list_miss(items: Sequence[str], answer: Answer) -> str | None:
    """Which items are missing; None where all are given."""
    missing = completeness(items, answer).missing
    return f"缺少：{'、'.join(missing)}" if missing else None


def listed_items(answer: Answer) -> tuple[str, ...]:
    """The items of an answer's list: its numbered lines, else the labels of several values."""
    lines = [_NUMBERED.match(line) for line in answer.text.split("\n")]
    found = tuple(match.group("item") for match in lines if match)
    if found:
        return found
    values = answer.values if len(answer.values) > 1 else ()
    return tuple(f"{value.label}{value.number}{value.unit}" for value in values)


def _within(item: str, other: str) -> bool:
    short, long = flattened(item), flattened(other)
    return short != long and short in long


def _without(longer: Sequence[str], text: str) -> str:
    """The text with the longer items taken out, so that only what stands apart is left."""
    if not longer:
        return text
    flat = "\n".join(flattened(line) for line in text.split("\n"))
    for item in sorted(longer, key=len, reverse=True):
        flat = flat.replace(flattened(item), "\n")
    return flat
