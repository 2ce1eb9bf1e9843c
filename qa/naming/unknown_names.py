"""Names in a question that look like bodies or projects and are not in the library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.naming.bodies import MAX_MENTION, match_core
from qa.naming.mentions import Anchor, BodyFinder, begins_name, organ_at
from qa.naming.projects import QUOTED, best_share

Span = tuple[int, int]

_LEAST_SHARE = 0.4
_NAMED_BODY = re.compile(
    r"(?:人民政府|政府(?=\d|的|[,?。]|$)|街道办事处|办事处|街道办)|"
    r"[\u4e00-\u9fff]{1,14}?(?:管理委员会|委员会|办公室|街道办事处|联合会|管委会|局|厅|法院|检察院|中心|医院|学院"
    r"|大学|中学|小学|学校|幼儿园|党校|支队|大队|总队|图书馆|博物馆|文化馆|档案馆)|"
    r"第?[一二三四五六七八九十]{1,2}(?:中|小|幼|院)(?=[的,?在有\d]|年|$)"
)
_NOT_IN_BODY = re.compile(
    r"[的在是跟比对给被按哪几多少请问年月日了吗呢向个]|并入|划入|划归|移交|合并|项目|资金|预算|决算|支出|收入|经费|各|所有|有关|相关|全部|其他"
)
_GOES_ON = re.compile(r"[^的,。?!;:、在是和与跟比年\d]{0,20}?(?:项目|工程|系统|平台|设备|网站)")
_SOME_BUREAU = re.compile(r"[\u4e00-\u9fff]{2,10}?局(?![面长部限势级域])")
_NO_BUREAU = re.compile(
    r"(?:布|格|结|全|大|开|僵|当|邮|书|各|个|本|该|我|你|贵|们|么|些|有|此|两|几|多|政)局$"
)
_DEED = re.compile(
    "并入|划入|划归|移交|合并|推动|督促|指导|要|让|由|会同|联合|和|与|及|向|为|从|到"
)
_ASIDE = re.compile(r"(?:向|由|经|受|被|报|给|据|按|根据|按照|经过|来自|符合)$")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A stretch that names what the library lacks; `score` as in `qa.naming.names.Names`."""

    start: int
    end: int
    score: float


class UnknownFinder:
    """Finds the names of one question that its catalogue lacks.

    Args:
        hidden: titles of documents, in which no name counts.
        bodies: where bodies of the catalogue are named.
        projects: where projects of the catalogue are named.
    """

    def __init__(
        self,
        finder: BodyFinder,
        hidden: Sequence[Span],
        bodies: Sequence[Span],
        projects: Sequence[Span],
    ) -> None:
        self.text = finder.text
        self.catalogue = finder.catalogue
        self.anchors = finder.anchors
        self.bodies = bodies
        self.projects = projects
        self.taken = [*hidden, *bodies, *projects]

    def find(self) -> list[Unknown]:
        """All such names, bodies and places before projects."""
        found: list[Unknown] = []
        for search in (self._placed, self._organs, self._bureaus, self._quoted_projects):
            for unknown in search():
                if search != self._bureaus or not found:
                    found.append(unknown)
                    self.taken.append((unknown.start, unknown.end))
        return found

    def _free(self, start: int, end: int) -> bool:
        return not overlaps(start, end, self.taken)

    def _placed(self) -> Iterator[Unknown]:
        """Bodies named with their place or level, and foreign places alone."""
        for anchor in self.anchors:
            end = self._end(anchor)
            if end and self._free(anchor.start, end):
                others = bool(self.bodies or (self.projects and end == anchor.core))
                score = self._score(anchor, end, others)
                if score:
                    yield Unknown(anchor.start, end, score)

    def _end(self, anchor: Anchor) -> int:
        """Where the body's name ends that begins at an anchor; the place's own end if it is foreign."""
        rest = self.text[anchor.core : anchor.core + MAX_MENTION]
        placed = bool(anchor.places)
        form = organ_at(rest, placed=placed)
        if not form and rest.startswith("委") and organ_at(rest[1:], placed=placed):
            form = "委" + organ_at(rest[1:], placed=placed)
        if form:
            return anchor.core + len(form)
        if not placed:
            return 0
        match = _NAMED_BODY.match(rest)
        if match and not _NOT_IN_BODY.search(match.group()) and not anchor.everyday:
            return anchor.core + match.end()
        return anchor.core if self._foreign(anchor) and not anchor.everyday else 0

    def _foreign(self, anchor: Anchor) -> bool:
        """Whether a place in full (天河区) is named that no body of the catalogue has."""
        return bool(anchor.places[-1].level) and not self.catalogue.has_place(anchor.places[-1])

    def _score(self, anchor: Anchor, end: int, others: bool) -> float:
        named = end > anchor.core
        foreign = bool(anchor.places) and not self.catalogue.has_place(anchor.places[-1])
        if others and not named:  # 城东区 beside a body or project is a row or a word of a report
            return 0.0
        if not foreign and _GOES_ON.match(self.text, end):
            return 0.0
        score = 0.95 if foreign and named else 0.8
        if named and not foreign and self._elsewhere(anchor):
            score = 0.9
        elif others and not foreign:
            score = 0.5
        return score - 0.3 if _ASIDE.search(self.text[: anchor.start]) else score

    def _elsewhere(self, anchor: Anchor) -> bool:
        """Whether the same kind of body is in the catalogue for another place."""
        if not anchor.places:
            return False
        rest = self.text[anchor.core : anchor.core + MAX_MENTION]
        cores = self.catalogue.cores_from(rest[:1])
        return any((m := match_core(rest, core)) and m.score >= 0.85 for core in cores)

    def _organs(self) -> Iterator[Unknown]:
        """Well-known bodies named without a place (教育局), where no other name stands."""
        at = 0
        while at < len(self.text):
            form = organ_at(self.text[at : at + MAX_MENTION], placed=False)
            end = at + len(form)
            start = self._name_start(at)
            if len(form) >= 3 and self._free(start, end):
                aside = _ASIDE.search(self.text[:start]) or _GOES_ON.match(self.text, end)
                yield Unknown(start, end, 0.3 if aside else 0.5 if self.bodies else 0.8)
            at = max(end, at + 1)

    def _bureaus(self) -> Iterator[Unknown]:
        """Bureaus that the glossary does not have either (退伍军人局)."""
        for match in _SOME_BUREAU.finditer(self.text):
            start, end = match.span()
            said = match.group()
            if not begins_name(self.text, start) or not self._free(start, end):
                continue
            if not _NO_BUREAU.search(said) and not _NOT_IN_BODY.search(said):
                yield Unknown(start, end, 0.4 if self.bodies or self.projects else 0.7)

    def _name_start(self, at: int) -> int:
        """Where the name begins that ends in a well-known form: up to four characters before."""
        start = at
        while start > max(0, at - 4) and not begins_name(self.text, start):
            start -= 1
        deeds = [match.end() for match in _DEED.finditer(self.text, start, at)]
        return deeds[-1] if deeds else start

    def _quoted_projects(self) -> Iterator[Unknown]:
        """Quoted names of projects that share little with every project."""
        for match in QUOTED.finditer(self.text):
            after = self.text[match.end() : match.end() + 10]
            named = "项目" in match.group(1)[-2:] or re.match(r"[^,。?!;:、的]{0,6}项目", after)
            if not named or overlaps(*match.span(), self.projects):
                continue
            if best_share(match.group(1), self.catalogue.projects) < _LEAST_SHARE:
                yield Unknown(*match.span(1), 0.4)


def overlaps(start: int, end: int, spans: Iterable[Span]) -> bool:
    """Whether a stretch shares a character with any of the spans."""
    return any(low < end and start < high for low, high in spans)
