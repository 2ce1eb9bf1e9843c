"""Which bodies and projects of the library a question names, and which it names in vain.

Scores: 0.9 and more is a name in full or a usual short form, 0.7 an understood slip or an
abbreviation by characters, 0.5 and less a hint (a place alone, a form that another body usually
has). The caller decides what a hint is good for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.bodies import (
    MAX_MENTION,
    Body,
    close,
    fold,
    match_core,
    match_slip,
    organ_forms,
    places_agree,
    read_body,
)
from qa.model import PartKey, PartRef
from qa.projects import QUOTED, TITLED, Found, ProjectIndex, best_share, find_project
from qa.regions import Region, chain_at, same

LEAST_PROJECT = 0.45
TIE = 0.05
_UNKNOWN_SHARE = 0.4
_WHOLE = re.compile(r"[全我本该](?P<level>省|市|区|县|州|旗|镇|街)")
_NAMED_BODY = re.compile(
    r"(?P<core>[\u4e00-\u9fff]{1,14}?(?:管理委员会|委员会|办公室|街道办事处|联合会|管委会|局|厅|法院|检察院|中心|医院|学院"
    r"|大学|中学|小学|学校|幼儿园|党校|支队|大队|总队|图书馆|博物馆|文化馆|档案馆))"
)
_NOT_IN_BODY = re.compile(r"[的在是跟比对给被按哪几多少请问年月日了吗呢向]|项目|资金|预算|决算|支出|收入|经费")
_GOES_ON = re.compile(r"[^的,。?!;:、在是和与跟比年\d]{0,20}?(?:项目|工程|系统|平台|设备|网站)")
_ASIDE = re.compile(r"(?:向|由|经|受|被|报|给|据|按|根据|按照|经过|来自|符合)$")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name in the question: `text` is what stands from `start` to `end`, `name` what it means.

    `parts` are the parts of the catalogue that bear the name; empty for an unknown name.
    """

    start: int
    end: int
    text: str
    name: str
    score: float
    parts: tuple[PartKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """All names of a question in its order; several matches may share a span (old and new name)."""

    entities: tuple[NameMatch, ...] = ()
    projects: tuple[NameMatch, ...] = ()
    unknown: tuple[NameMatch, ...] = ()


class Catalogue:
    """The names of a library, prepared for look-up. Build it once for as long as the parts stay."""

    def __init__(self, parts: Sequence[PartRef]) -> None:
        self.parts_of: dict[str, tuple[PartKey, ...]] = _keys((p.entity, p.key) for p in parts)
        self.parts_of_project = _keys((p.project, p.key) for p in parts)
        self.years: dict[str, set[str]] = defaultdict(set)
        for part in parts:
            self.years[part.entity].add(part.year)
        self.bodies = tuple(read_body(name) for name in self.parts_of)
        self.by_core: dict[str, list[Body]] = defaultdict(list)
        places: dict[str, Region] = {}
        for body in self.bodies:
            self.by_core[body.core].append(body)
            for place in body.regions:
                places[place.text] = place
        self.places = tuple(places.values())
        self.own_names = frozenset(
            name for place in self.places for name in (place.text, place.stem) if len(name) > 1
        )
        self.projects = ProjectIndex(tuple(self.parts_of_project))


def _keys(pairs: Iterable[tuple[str, PartKey]]) -> dict[str, tuple[PartKey, ...]]:
    found: dict[str, list[PartKey]] = defaultdict(list)
    for name, key in pairs:
        if name:
            found[name].append(key)
    return {name: tuple(keys) for name, keys in found.items()}


def resolve_names(question: str, parts: Sequence[PartRef] | Catalogue) -> Names:
    """Find the bodies and projects that a question names.

    Never matches a body of another place, nor a general word (本部门, 该局). A name that looks like
    one but is not in the catalogue is returned as unknown.
    """
    catalogue = parts if isinstance(parts, Catalogue) else Catalogue(parts)
    return _Resolver(question, catalogue).run()


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A place in the question where a body's core may begin, and the places named before it."""

    start: int
    core: int
    places: tuple[Region, ...]
    level: str
    everyday: bool = False


class _Resolver:
    def __init__(self, question: str, catalogue: Catalogue) -> None:
        self.question = question
        self.text = fold(question)
        self.catalogue = catalogue
        self.titles = [match.span() for match in TITLED.finditer(self.text)]
        self.anchors = self._anchors()

    def run(self) -> Names:
        bodies = self._bodies()
        projects = self._projects(bodies)
        unknown = self._unknown_bodies(bodies, projects) + self._unknown_projects(projects)
        if not bodies:
            bodies = self._places(projects, unknown)
        return Names(
            tuple(sorted(bodies, key=lambda m: (m.start, -m.score))),
            tuple(sorted(projects, key=lambda m: (m.start, -m.score))),
            tuple(sorted(unknown, key=lambda m: m.start)),
        )

    def _anchors(self) -> list[_Anchor]:
        """Where places are named, and where a bare level (区政数局, 市来穗局) can stand for one."""
        anchors: list[_Anchor] = []
        at = 0
        while at < len(self.text):
            chain = chain_at(self.text, at, self.catalogue.own_names)
            if chain is None:
                if self.text[at] in "省市区县州":
                    anchors.append(_Anchor(at, at + 1, (), self.text[at]))
                at += 1
                continue
            anchors.append(
                _Anchor(chain.start, chain.end, chain.regions, "", chain.everyday)
            )
            at = chain.end
        return anchors

    def _hidden(self, start: int, end: int) -> bool:
        return any(low < end and start < high for low, high in self.titles)

    # ---- bodies of the catalogue

    def _bodies(self) -> list[NameMatch]:
        found: list[tuple[int, int, Body, float]] = []
        for anchor in self.anchors:
            found += self._at_anchor(anchor)
        taken = [(start, end) for start, end, _, score in found if score >= 0.7]
        anchored = {anchor.core for anchor in self.anchors}
        for at in range(len(self.text)):
            if at in anchored or any(low <= at < high for low, high in taken):
                continue
            found += self._without_place(at)
        found = [hit for hit in found if not self._hidden(hit[0], hit[1])]
        return self._best(found)

    def _at_anchor(self, anchor: _Anchor) -> list[tuple[int, int, Body, float]]:
        hits: list[tuple[int, int, Body, float]] = []
        rest = self.text[anchor.core : anchor.core + MAX_MENTION]
        rest_of_party = rest[1:] if rest.startswith("委") else ""
        for core, bodies in self.catalogue.by_core.items():
            match, skipped = match_core(rest, core), 0
            if match is None and rest_of_party and any(body.party for body in bodies):
                match, skipped = match_core(rest_of_party, core), 1
            if match is None:
                continue
            for body in bodies:
                if skipped and not body.party or not self._place_fits(anchor, body):
                    continue
                weak = 0.0 if body.regions or anchor.level else 0.1
                end = anchor.core + skipped + match.end
                hits.append((anchor.start, end, body, match.score - weak))
        if not hits or max(hit[3] for hit in hits) < 0.6:
            hits += self._slips(anchor)
        return hits

    def _place_fits(self, anchor: _Anchor, body: Body) -> bool:
        if anchor.level:
            return body.level in (anchor.level, "") and self._level_is_free(anchor)
        return places_agree(anchor.places, body)

    def _level_is_free(self, anchor: _Anchor) -> bool:
        """Whether the level character begins a name (区政数局) and does not end a word (社区…)."""
        before = self.text[: anchor.start]
        return not re.search(r"(?:社|园|辖|小|地|片|灾|校|库|城|都|超|上|股|门|全|景|郊|山|牧|林|矿|老|新)$", before)

    def _slips(self, anchor: _Anchor) -> list[tuple[int, int, Body, float]]:
        hits: list[tuple[int, int, Body, float]] = []
        for said in self._said_from(anchor.core):
            for core, bodies in self.catalogue.by_core.items():
                score = match_slip(said, core)
                if score:
                    hits += [
                        (anchor.start, anchor.core + len(said), body, score)
                        for body in bodies
                        if self._place_fits(anchor, body)
                    ]
        return hits

    def _said_from(self, at: int) -> list[str]:
        """Stretches from a position that end like a body's name."""
        stretch = re.match(r"[\u4e00-\u9fff、]{2,20}", self.text[at:])
        if not stretch:
            return []
        return [
            stretch.group()[: match.end()]
            for match in re.finditer(r"局|委员会|委|办公室|办|厅|中心|部|院|会|校|馆|所|队|社|处", stretch.group())
            if match.end() >= 3
        ]

    def _without_place(self, at: int) -> list[tuple[int, int, Body, float]]:
        hits: list[tuple[int, int, Body, float]] = []
        rest = self.text[at : at + MAX_MENTION]
        for core, bodies in self.catalogue.by_core.items():
            if not core or core[0] != rest[0]:
                continue
            match = match_core(rest, core)
            score = match.score - 0.05 if match else 0.0
            end = match.end if match else 0
            if not match and self._begins_word(at):
                for said in self._said_from(at):
                    slip = match_slip(said, core)
                    if slip - 0.1 > score:
                        score, end = slip - 0.1, len(said)
            if score >= 0.6:
                hits += [(at, at + end, body, score) for body in bodies]
        return hits

    def _begins_word(self, at: int) -> bool:
        return at == 0 or not "\u4e00" <= self.text[at - 1] <= "\u9fff" or self.text[at - 1] in "的和与跟比年"

    def _best(self, found: list[tuple[int, int, Body, float]]) -> list[NameMatch]:
        """Of overlapping readings the longest and surest; several bodies only when as sure."""
        matches: list[NameMatch] = []
        rest = sorted(found, key=lambda hit: (-(hit[3] >= 0.6), -(hit[1] - hit[0]), -hit[3]))
        spans: list[tuple[int, int]] = []
        for start, end, _, _ in rest:
            if any(low < end and start < high for low, high in spans):
                continue
            spans.append((start, end))
            group = {
                hit[2].name: hit for hit in sorted(rest, key=lambda h: h[3]) if hit[:2] == (start, end)
            }
            top = max(hit[3] for hit in group.values())
            for _, _, body, score in group.values():
                if score >= top - TIE or self._renamed(body, group, top):
                    matches.append(self._match(start, end, body, score))
            matches += self._siblings(start, end, group, top)
        return matches

    def _renamed(
        self, body: Body, group: dict[str, tuple[int, int, Body, float]], top: float
    ) -> bool:
        return any(
            hit[3] == top and self._one_body(hit[2], body) for hit in group.values()
        )

    def _siblings(
        self, start: int, end: int, group: dict[str, tuple[int, int, Body, float]], top: float
    ) -> list[NameMatch]:
        """Bodies of the same place whose name is close and whose years are others: renamed ones."""
        found = []
        for _, _, body, score in group.values():
            if score < max(0.8, top):
                continue
            for other in self.catalogue.bodies:
                if other.name not in group and self._one_body(body, other):
                    found.append(self._match(start, end, other, round(score - 0.15, 2)))
        return found

    def _one_body(self, a: Body, b: Body) -> bool:
        if not a.regions or not b.regions or not same(a.regions[-1], b.regions[-1]):
            return False
        years = self.catalogue.years
        return close(a.core, b.core) and not years[a.name] & years[b.name]

    def _match(self, start: int, end: int, body: Body, score: float) -> NameMatch:
        return NameMatch(
            start,
            end,
            self.question[start:end],
            body.name,
            round(score, 2),
            self.catalogue.parts_of[body.name],
        )

    # ---- projects

    def _projects(self, bodies: list[NameMatch]) -> list[NameMatch]:
        blocked = [False] * len(self.text)
        for start, end in [(m.start, m.end) for m in bodies] + self.titles:
            blocked[start:end] = [True] * (end - start)
        found: list[Found] = []
        for project in self.catalogue.projects.candidates(self.text):
            found += [
                hit
                for hit in find_project(self.text, project, blocked)
                if hit.score >= LEAST_PROJECT
            ]
        return self._best_projects(found)

    def _best_projects(self, found: list[Found]) -> list[NameMatch]:
        matches: list[NameMatch] = []
        spans: list[tuple[int, int]] = []
        for top in sorted(found, key=lambda hit: (-hit.score, hit.start)):
            if any(low < top.end and top.start < high for low, high in spans):
                continue
            spans.append((top.start, top.end))
            for hit in found:
                if hit.start < top.end and top.start < hit.end and hit.score >= top.score - TIE:
                    matches.append(self._project_match(hit))
        return matches

    def _project_match(self, hit: Found) -> NameMatch:
        name = hit.project.name
        text = self.question[hit.start : hit.end]
        parts = self.catalogue.parts_of_project[name]
        return NameMatch(hit.start, hit.end, text, name, round(hit.score, 2), parts)

    # ---- names that the catalogue does not have

    def _unknown_bodies(
        self, bodies: list[NameMatch], projects: list[NameMatch]
    ) -> list[NameMatch]:
        taken = [(m.start, m.end) for m in (*bodies, *projects)]
        found: list[NameMatch] = []
        for anchor in self.anchors:
            end = self._unknown_end(anchor)
            if not end or any(low < end and anchor.start < high for low, high in taken):
                continue
            if self._hidden(anchor.start, end):
                continue
            score = self._unknown_score(anchor, end, bool(bodies))
            if score:
                found.append(self._unknown(anchor.start, end, score))
                taken.append((anchor.start, end))
        found += self._unknown_organs(taken, bool(bodies))
        return found

    def _unknown_end(self, anchor: _Anchor) -> int:
        rest = self.text[anchor.core : anchor.core + MAX_MENTION]
        form = _organ_at(rest) or (_organ_at(rest[1:]) and "委" + _organ_at(rest[1:]))
        if form:
            return anchor.core + len(form)
        if anchor.level:
            return 0
        match = _NAMED_BODY.match(rest)
        if match and not _NOT_IN_BODY.search(match.group()) and not anchor.everyday:
            return anchor.core + match.end()
        return anchor.core if self._foreign(anchor) and not anchor.everyday else 0

    def _foreign(self, anchor: _Anchor) -> bool:
        """Whether a place is named that no body of the catalogue has."""
        return (
            bool(anchor.places)
            and bool(anchor.places[-1].level)
            and not any(same(anchor.places[-1], place) for place in self.catalogue.places)
        )

    def _unknown_score(self, anchor: _Anchor, end: int, others: bool) -> float:
        foreign = self._foreign(anchor) or (
            bool(anchor.places)
            and end > anchor.core
            and not any(same(anchor.places[-1], place) for place in self.catalogue.places)
        )
        if not foreign and _GOES_ON.match(self.text, end):
            return 0.0
        if anchor.level and not self._level_is_free(anchor):
            return 0.0
        score = 0.95 if foreign and end > anchor.core else 0.8
        if others and not foreign:
            score = 0.5
        if _ASIDE.search(self.text[: anchor.start]):
            score -= 0.3
        return score

    def _unknown_organs(self, taken: list[tuple[int, int]], others: bool) -> list[NameMatch]:
        """Well-known bodies named without a place (教育局), where no other name stands."""
        found: list[NameMatch] = []
        at = 0
        while at < len(self.text):
            form = _organ_at(self.text[at:])
            end = at + len(form)
            free = form and not any(low < end and at < high for low, high in taken)
            if free and len(form) >= 3 and self._begins_word(at) and not self._hidden(at, end):
                aside = _ASIDE.search(self.text[:at]) or _GOES_ON.match(self.text, end)
                found.append(self._unknown(at, end, 0.3 if aside else 0.5 if others else 0.8))
            at = max(end, at + 1)
        return found

    def _unknown_projects(self, projects: list[NameMatch]) -> list[NameMatch]:
        found = []
        for match in QUOTED.finditer(self.text):
            said = match.group(1)
            after = self.text[match.end() : match.end() + 10]
            if "项目" not in said[-2:] and not re.match(r"[^,。?!;:、的]{0,6}项目", after):
                continue
            if any(m.start < match.end() and match.start() < m.end for m in projects):
                continue
            if best_share(said, self.catalogue.projects.projects) < _UNKNOWN_SHARE:
                found.append(self._unknown(match.start(1), match.end(1), 0.4))
        return found

    def _unknown(self, start: int, end: int, score: float) -> NameMatch:
        text = self.question[start:end]
        return NameMatch(start, end, text, text, round(score, 2))

    # ---- places alone

    def _places(self, projects: list[NameMatch], unknown: list[NameMatch]) -> list[NameMatch]:
        """A place without a body: all bodies of that place, as a hint."""
        taken = [(m.start, m.end) for m in (*projects, *unknown)]
        found: list[NameMatch] = []
        for anchor in self.anchors:
            if anchor.level or anchor.everyday or self._hidden(anchor.start, anchor.core):
                continue
            if any(low < anchor.core and anchor.start < high for low, high in taken):
                continue
            found += self._bodies_of(anchor.start, anchor.core, anchor.places[-1], 0.4)
        if not found:
            for match in _WHOLE.finditer(self.text):
                level = match.group("level")
                bodies = [body for body in self.catalogue.bodies if body.level == level]
                found += [self._match(*match.span(), body, 0.3) for body in bodies]
        return found

    def _bodies_of(self, start: int, end: int, place: Region, score: float) -> list[NameMatch]:
        own = [b for b in self.catalogue.bodies if b.regions and same(b.regions[-1], place)]
        wider = [b for b in self.catalogue.bodies if any(same(r, place) for r in b.regions)]
        return [self._match(start, end, body, score) for body in own or wider]


def _organ_at(text: str) -> str:
    """The longest form of the glossary that `text` begins with."""
    forms = organ_forms()
    for length in range(min(MAX_MENTION, len(text)), 1, -1):
        if text[:length] in forms and text[:length] not in _TOO_GENERAL:
            return text[:length]
    return ""


_TOO_GENERAL = frozenset(
    ("政府", "人民政府", "委员会", "街道", "工会", "人大", "政协", "党校", "法院", "检察院", "交易中心", "工商联", "图书馆")
    + ("档案馆", "博物馆", "文化馆", "中医院", "人民医院", "研究室", "管委会", "管委", "管理委员会", "团委", "监委", "纪委")
)
__all__ = ["Catalogue", "NameMatch", "Names", "resolve_names"]
