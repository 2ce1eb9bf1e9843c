"""The names of a library, prepared for look-up: bodies by place and core, projects by character pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from qa.model import PartKey, PartRef
from qa.naming.bodies import Body, abbreviations, close, fold, read_body
from qa.naming.projects import ProjectIndex
from qa.naming.regions import Region, same, zone_keys
from qa.words.pinyin import alike, near_sounds, spelled, syllables

_LONGEST_SPELLED = 4  # characters at the front of a name that one word in pinyin can spell


class Catalogue:
    """An index over the parts of a library. Build it once for as long as the parts stay the same."""

    def __init__(self, parts: Sequence[PartRef]) -> None:
        units = [(name, p) for p in parts for name in (p.entity, *p.carriers)]
        self.parts_of = _keys((name, p.key) for name, p in units)
        self.parts_of_project = _keys((p.project, p.key) for p in parts)
        self.years: dict[str, set[str]] = defaultdict(set)
        for name, part in units:
            self.years[name].add(part.year)
        self.bodies = tuple(read_body(name) for name in self.parts_of)
        self.whole_names = tuple((fold(body.name), body) for body in self.bodies)
        self._by_place: dict[str, list[Body]] = defaultdict(list)
        self._by_any_place: dict[str, list[Body]] = defaultdict(list)
        self._by_core: dict[str, list[Body]] = defaultdict(list)
        self._cores_by_char: dict[str, set[str]] = defaultdict(set)
        self.placeless: list[Body] = []
        self.places: dict[str, list[Region]] = defaultdict(list)
        for body in self.bodies:
            self._add(body)
        self.place_names = frozenset(
            name
            for places in self.places.values()
            for place in places
            for name in (place.text, *(() if zone_keys(place) else (place.stem,)))
            if len(name) > 1
        )
        self.projects = ProjectIndex(tuple(self.parts_of_project))
        self.owners: dict[str, set[str]] = defaultdict(set)
        self.project_years: dict[str, set[str]] = defaultdict(set)
        for part in parts:
            if part.project and part.entity:
                self.owners[part.project] |= {part.entity, *part.carriers}
            if part.project and part.year:
                self.project_years[part.project].add(part.year)

    def _add(self, body: Body) -> None:
        self._by_core[body.core].append(body)
        for form in (body.core, *abbreviations(body.core)):
            if form:
                self._cores_by_char[form[0]].add(body.core)
        if not body.regions:
            self.placeless.append(body)
            return
        last = body.regions[-1]
        for key in (last.stem, *zone_keys(last)):
            self._by_place[key].append(body)
        for place in body.regions:
            for key in (place.stem, *zone_keys(place)):
                self._by_any_place[key].append(body)
                if place not in self.places[key]:
                    self.places[key].append(place)

    def at_place(self, place: Region) -> list[Body]:
        """Bodies whose own place it is."""
        found = self._by_place.get(place.stem, ())
        return [body for body in found if same(place, body.regions[-1])]

    def around(self, place: Region) -> list[Body]:
        """Bodies of the place and of all places in it."""
        found = self._by_any_place.get(place.stem, ())
        return [body for body in found if any(same(place, own) for own in body.regions)]

    def has_place(self, place: Region) -> bool:
        return any(same(place, own) for own in self.places.get(place.stem, ()))

    def by_core(self, core: str) -> Sequence[Body]:
        return self._by_core[core]

    def cores_from(self, char: str) -> list[str]:
        """Cores of which some form begins with a character."""
        return sorted(self._cores_by_char.get(char, ()))

    def cores_sounding(self, char: str) -> list[str]:
        """Cores of which some form begins with a character that sounds like `char`."""
        chars = {c for sound in near_sounds(char) for c in self._chars_by_sound.get(sound, ())}
        return sorted({core for c in chars for core in self._cores_by_char[c]})

    @cached_property
    def _chars_by_sound(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for char in self._cores_by_char:
            for sound in near_sounds(char):
                found[sound].append(char)
        return found

    @cached_property
    def _places_but_one(self) -> dict[tuple[int, str], list[tuple[str, Region]]]:
        """Names of places, long and short, by what is left of them without one character."""
        found: dict[tuple[int, str], list[tuple[str, Region]]] = defaultdict(list)
        for place in (place for places in self.places.values() for place in places):
            for name in {place.text, place.stem}:
                for i in range(len(name)):
                    found[i, name[:i] + name[i + 1 :]].append((name, place))
        return found

    def places_heard(self, said: str) -> list[tuple[str, Region]]:
        """Places whose name is `said` but for one character of the same sound, with that name."""
        return [
            (name, place)
            for i, char in enumerate(said)
            for name, place in self._places_but_one.get((i, said[:i] + said[i + 1 :]), ())
            if name[i] != char and alike(name[i], char, near=True)
        ]

    @cached_property
    def places_by_spelling(self) -> dict[str, list[Region]]:
        """Places by the pinyin of their short name (ningbo)."""
        found: dict[str, list[Region]] = defaultdict(list)
        for stem, places in self.places.items():
            found[spelled(stem)] += places
        return found

    @cached_property
    def bodies_by_spelling(self) -> dict[str, tuple[tuple[Body, int], ...]]:
        """Bodies by the pinyin that their own names begin with, and its characters (溪山学院: xishan)."""
        found: dict[str, list[tuple[Body, int]]] = defaultdict(list)
        for body in self.bodies:
            sounds = syllables(body.core[:_LONGEST_SPELLED])
            for length in range(2, len(sounds) + 1):
                found["".join(sounds[:length])].append((body, length))
        return {spelling: tuple(bodies) for spelling, bodies in found.items()}

    def renamed(self, body: Body) -> list[Body]:
        """Bodies of the same place with a close name and other years: the same one renamed."""
        return [
            other
            for other in (self.at_place(body.regions[-1]) if body.regions else ())
            if other.name != body.name and self.one_body(body, other)
        ]

    def one_body(self, a: Body, b: Body) -> bool:
        """Whether two names can be one body's at different times."""
        if not a.regions or not b.regions or not same(a.regions[-1], b.regions[-1]):
            return False
        return close(a.core, b.core) and not self.years[a.name] & self.years[b.name]


_latest: list[tuple[Sequence[PartRef], Catalogue]] = []


def catalogue_of(parts: Sequence[PartRef] | Catalogue) -> Catalogue:
    """The catalogue of parts; that of the latest tuple is kept, so that asking again is free."""
    if isinstance(parts, Catalogue):
        return parts
    for known, prepared in _latest:
        if known is parts:
            return prepared
    prepared = Catalogue(parts)
    if isinstance(parts, tuple):  # a list may change under the same identity
        _latest[:] = [(parts, prepared)]
    return prepared


def _keys(pairs: Iterable[tuple[str, PartKey]]) -> dict[str, tuple[PartKey, ...]]:
    found: dict[str, list[PartKey]] = defaultdict(list)
    for name, key in pairs:
        found[name].append(key)
    return {name: tuple(keys) for name, keys in found.items() if fold(name).strip()}
