"""Counting the automatically numbered paragraphs of a word processor's file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.readers.numerals import list_number

_SLOT = re.compile(r"%([1-9])")
_NEEDS_SPACE = re.compile(r"[0-9A-Za-z.)\]:]$")
MAX_LEVEL = 8


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list is numbered.

    `text` holds ``%1`` to ``%9`` where the numbers of the levels stand (``（%1）``, ``%1.%2``).
    `restart` says after which level (from 1) its count begins anew: None for any higher one, 0
    for none. A `legal` level prints all numbers as plain digits.
    """

    start: int = 1
    style: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None


@dataclass(frozen=True, slots=True)
class ListInstance:
    """A list as paragraphs refer to it. Instances of one `family` share their counts."""

    family: str
    levels: Mapping[int, ListLevel]
    starts: Mapping[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class ListCounter:
    """The counts of all lists while a file is read from the top."""

    instances: Mapping[str, ListInstance]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def number(self, instance: str, level: int) -> str:
        """The number of the next paragraph of that list and level, with the space after it.

        "" for bullets, unknown lists and levels.
        """
        known = self.instances.get(instance)
        if known is None or level not in known.levels:
            return ""
        counts = self._counts.setdefault(known.family, {})
        self._count(counts, instance, known, level)
        shown = known.levels[level]
        if shown.style == "bullet":
            return ""

        def slot(found: re.Match[str]) -> str:
            index = int(found.group(1)) - 1
            of = known.levels.get(index)
            if of is None or index > level:
                return ""
            style = "decimal" if shown.legal else of.style
            return list_number(counts.get(index, of.start), style)

        text = _SLOT.sub(slot, shown.text)
        return f"{text} " if _NEEDS_SPACE.search(text) else text

    def _count(
        self, counts: dict[int, int], instance: str, known: ListInstance, level: int
    ) -> None:
        if level in known.starts and (instance, level) not in self._begun:
            counts[level] = known.starts[level]
        else:
            counts[level] = counts.get(level, known.levels[level].start - 1) + 1
        self._begun.add((instance, level))
        for deeper in [deeper for deeper in counts if deeper > level]:
            of = known.levels.get(deeper)
            restart = of.restart if of is not None else None
            if restart is None or level < restart:
                del counts[deeper]
