"""The parts of a library by key, by body and by year, prepared once for as long as they stay the same.

A question must not look at every part of the library: with ten thousand reports that alone would
take longer than the answer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from qa.model import PartKey, PartRef
from qa.words.matching import squeeze

_PLACE = re.compile(r"[\u4e00-\u9fff]{2,4}?[市县区州盟旗]")
_KEPT = 4  # tuples of parts: a library's, and those of a few comparisons


class PartIndex:
    """Parts, found without going through them."""

    def __init__(self, parts: Sequence[PartRef]) -> None:
        self.parts = tuple(parts)
        self.refs = {part.key: part for part in self.parts}
        self.keys = tuple(self.refs)

    @cached_property
    def order(self) -> dict[PartKey, int]:
        """The place of each part among them."""
        return {key: place for place, key in enumerate(self.keys)}

    @cached_property
    def reports(self) -> tuple[int, ...]:
        """The reports, in the order of their numbers."""
        return tuple(sorted({part.report for part in self.parts}))

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years that reports are about."""
        return tuple(sorted({part.year for part in self.parts if part.year}))

    @cached_property
    def nameless(self) -> tuple[PartRef, ...]:
        """Parts that do not say whose they are."""
        return tuple(part for part in self.parts if not part.entity)

    @cached_property
    def places(self) -> dict[str, tuple[PartKey, ...]]:
        """The parts whose body or title begins with the name of a place (汀州市…), by that place."""
        found: dict[str, list[PartKey]] = defaultdict(list)
        for part in self.parts:
            starts = (_PLACE.match(squeeze(name)) for name in (part.entity, part.title))
            for place in {match.group() for match in starts if match}:
                found[place].append(part.key)
        return {place: tuple(keys) for place, keys in found.items()}

    @cached_property
    def _by_body(self) -> dict[str, tuple[int, ...]]:
        names: dict[str, list[int]] = defaultdict(list)
        for part in self.parts:
            if part.entity:
                names[part.entity].append(part.report)
        found: dict[str, list[int]] = defaultdict(list)
        for name, reports in names.items():
            found[squeeze(name)] += reports
        return {name: tuple(sorted(set(reports))) for name, reports in found.items()}

    @cached_property
    def _bodies(self) -> dict[int, set[str]]:
        found: dict[int, set[str]] = defaultdict(set)
        for name, reports in self._by_body.items():
            for report in reports:
                found[report].add(name)
        return found

    def reports_of(self, name: str) -> tuple[int, ...]:
        """The reports of a body of this name, however it is spaced and bracketed."""
        return self._by_body.get(squeeze(name), ())

    def bodies_of(self, report: int) -> set[str]:
        """The names of the bodies that a report is of, without blanks and brackets."""
        return self._bodies.get(report, set())


_latest: list[tuple[Sequence[PartRef], PartIndex]] = []


def index_of(parts: Sequence[PartRef]) -> PartIndex:
    """The index of parts; those of the latest few tuples are kept, so that asking again is free."""
    for known, prepared in _latest:
        if known is parts:
            return prepared
    prepared = PartIndex(parts)
    if isinstance(parts, tuple):  # a list may change under the same identity
        _latest.insert(0, (parts, prepared))
        del _latest[_KEPT:]
    return prepared
