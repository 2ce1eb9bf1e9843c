"""Which bodies and projects of the library a question names, and which it names in vain.

Scores: 0.9 and more is a name in full or a usual short form, 0.7 an understood slip or an
abbreviation by characters, 0.5 and less a hint (a place alone, a form that another body usually
has). The caller decides what a hint is good for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qa.bodies import MAX_MENTION, Body, fold, match_core, read_body
from qa.catalogue import Catalogue, catalogue_of
from qa.english import language_of, to_chinese
from qa.english_names import EnglishHit, find_english
from qa.mentions import Anchor, BodyFinder, Hit, begins_name, organ_at
from qa.model import PartKey, PartRef
from qa.projects import QUOTED, TITLED, Found, best_share, find_projects
from qa.regions import Region, same, within

LEAST_PROJECT = 0.45
TIE = 0.05
TIE_PROJECT = 0.03
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNKNOWN_SHARE = 0.4
_MOST_HINTS = 12
_WHOLE = re.compile(r"[全我本该](?P<level>省|市|区|县|州|旗|镇|街)(?!级)")
_NAMED_BODY = re.compile(
    r"(?:人民政府|政府(?=\d|的|[,?。]|$)|街道办事处|办事处|街道办)|"
    r"[\u4e00-\u9fff]{1,14}?(?:管理委员会|委员会|办公室|街道办事处|联合会|管委会|局|厅|法院|检察院|中心|医院|学院"
    r"|大学|中学|小学|学校|幼儿园|党校|支队|大队|总队|图书馆|博物馆|文化馆|档案馆)"
)
_NOT_IN_BODY = re.compile(
    r"[的在是跟比对给被按哪几多少请问年月日了吗呢向]|项目|资金|预算|决算|支出|收入|经费|各|所有|有关|相关|全部|其他"
)
_GOES_ON = re.compile(r"[^的,。?!;:、在是和与跟比年\d]{0,20}?(?:项目|工程|系统|平台|设备|网站)")
_SOME_BUREAU = re.compile(r"[\u4e00-\u9fff]{2,10}?局(?![面长部限势级域])")
_NO_BUREAU = re.compile(
    r"(?:布|格|结|全|大|开|僵|当|邮|书|各|个|本|该|我|你|贵|们|么|些|有|此|两|几|多|政)局$"
)
_LATIN_NAME = re.compile(r"\b[A-Z][a-z]+")
_NEAR = re.compile(r"(?:的|\d{4}年度?|[“\"「『\s]|[全本]?[省市区县])*")
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
    """All names of a question in its order; several matches may share a span (old and new name).

    Attributes:
        entities: bodies of the catalogue; without any, the bodies of a place named alone.
        projects: projects of the catalogue; as sure ones for one span are all given.
        unknown: bodies, places and quoted projects that the catalogue does not have. 0.8 and more:
            what is asked about is not in the library; less: another body mentioned on the way.
    """

    entities: tuple[NameMatch, ...] = ()
    projects: tuple[NameMatch, ...] = ()
    unknown: tuple[NameMatch, ...] = ()


def resolve_names(question: str, parts: Sequence[PartRef] | Catalogue) -> Names:
    """Find the bodies and projects that a question names.

    Never matches a body of another place, nor a general word (本部门, 该局). A name that looks like
    one but is not in the catalogue is returned as unknown.

    Args:
        parts: the catalogue; prepare a `Catalogue` once when many questions are asked.
    """
    return _Resolver(question, catalogue_of(parts)).run()


class _Resolver:
    def __init__(self, question: str, catalogue: Catalogue) -> None:
        self.question = question
        self.text = fold(question)
        self.catalogue = catalogue
        self.titles = [match.span() for match in TITLED.finditer(self.text)]
        self.finder = BodyFinder(self.text, catalogue)
        self.english = language_of(question) == "en"

    def run(self) -> Names:
        bodies = self._bodies()
        projects = self._projects(bodies)
        unknown = self._unknown_bodies(bodies, projects) + self._unknown_projects(projects)
        if _LATIN_NAME.search(self.text):
            found = find_english(self.question, self.catalogue)
            bodies, unknown = self._with_english(bodies, unknown, found)
        if not any(match.score >= 0.45 for match in bodies):
            bodies = self._owning(bodies + self._places(projects, unknown), projects)
        return Names(_ordered(bodies), _ordered(projects), _ordered(unknown))

    def _hidden(self, start: int, end: int) -> bool:
        """Whether a stretch stands in the title of a document."""
        return _overlaps(start, end, self.titles)

    def _match(self, start: int, end: int, body: Body, score: float) -> NameMatch:
        parts = self.catalogue.parts_of[body.name]
        return NameMatch(start, end, self.question[start:end], body.name, round(score, 2), parts)

    # ---- bodies of the catalogue

    def _bodies(self) -> list[NameMatch]:
        """Of overlapping readings the longest sure one; several bodies only when as sure."""
        hits = [hit for hit in self.finder.hits() if not self._hidden(hit.start, hit.end)]
        hits.sort(key=lambda hit: (hit.score < 0.6, hit.start - hit.end, -hit.score))
        matches: list[NameMatch] = []
        spans: list[tuple[int, int]] = []
        for hit in hits:
            if _overlaps(hit.start, hit.end, spans):
                continue
            spans.append((hit.start, hit.end))
            matches += self._of_span([h for h in hits if (h.start, h.end) == spans[-1]])
        return matches

    def _of_span(self, hits: list[Hit]) -> list[NameMatch]:
        best: dict[str, Hit] = {}
        for hit in sorted(hits, key=lambda hit: hit.score):
            best[hit.body.name] = hit
        top = max(hit.score for hit in best.values())
        sure = [hit for hit in best.values() if hit.score >= top - TIE]
        found = {hit.body.name: hit for hit in sure}
        for hit in sure:
            for other in self.catalogue.renamed(hit.body):
                score = best[other.name].score if other.name in best else top - 0.15
                found.setdefault(other.name, Hit(hit.start, hit.end, other, score))
        return [self._match(h.start, h.end, h.body, h.score) for h in found.values()]

    # ---- projects

    def _projects(self, bodies: list[NameMatch]) -> list[NameMatch]:
        blocked = [(match.start, match.end) for match in bodies] + self.titles
        blocked += [
            (anchor.start, anchor.core)
            for anchor in self.finder.anchors
            if anchor.places and anchor.places[-1].level and not anchor.everyday
        ]
        found = find_projects(self.text, self.catalogue.projects, blocked)
        found = [self._weighed(hit, bodies) for hit in found if self._project_place(hit)]
        matches = self._best_projects([hit for hit in found if hit.score >= LEAST_PROJECT])
        if matches or not self.english:
            return matches
        return self._english_projects()

    def _project_place(self, hit: Found) -> bool:
        """Whether the place right before a mention can be the project's: by its name or its bodies.

        天河区网格化项目 is not the project of the whole city.
        """
        place = self._place_before(hit.start)
        owners = [read_body(name) for name in self.catalogue.owners[hit.project.name]]
        own = [hit.project.places[-1]] if hit.project.places else []
        own = own or [place for body in owners for place in body.regions[-1:]]
        return place is None or not own or any(same(o, place) or within(o, place) for o in own)

    def _place_before(self, start: int) -> Region | None:
        for anchor in self.finder.anchors:
            named = anchor.places and not anchor.everyday and anchor.core <= start
            if named and _NEAR.fullmatch(self.text, anchor.core, start):
                return anchor.places[-1]
        return None

    def _weighed(self, hit: Found, bodies: Sequence[NameMatch]) -> Found:
        """A project of another body than the named ones counts less."""
        named = {match.name for match in bodies if match.score >= 0.6}
        owners = self.catalogue.owners[hit.project.name]
        if not named or not owners or named & owners:
            return hit
        return replace(hit, score=hit.score - 0.15)

    def _best_projects(self, found: list[Found]) -> list[NameMatch]:
        """The best reading of each stretch, and as good ones, the asked years before others."""
        matches: list[NameMatch] = []
        spans: list[tuple[int, int]] = []
        for top in sorted(found, key=lambda hit: (-hit.score, hit.start)):
            if _overlaps(top.start, top.end, spans):
                continue
            near = [
                hit
                for hit in found
                if hit.start < top.end
                and top.start < hit.end
                and hit.score >= top.score - TIE_PROJECT
            ]
            start, end = min(hit.start for hit in near), max(hit.end for hit in near)
            spans.append((start, end))
            fitting = [hit for hit in near if self._year_fits(hit)] or near
            matches += [
                self._project(replace(hit, start=start, end=end))
                for hit in {hit.project.name: hit for hit in fitting}.values()
            ]
        return matches

    def _year_fits(self, hit: Found) -> bool:
        """Whether no year of a project's name is missing from the question's years."""
        own, asked = (set(_YEAR.findall(text)) for text in (hit.project.text, self.text))
        return not own or not asked or bool(own & asked)

    def _project(self, hit: Found) -> NameMatch:
        name = hit.project.name
        text = self.question[hit.start : hit.end]
        parts = self.catalogue.parts_of_project[name]
        return NameMatch(hit.start, hit.end, text, name, round(hit.score, 2), parts)

    def _english_projects(self) -> list[NameMatch]:
        """Projects named in English, by their words in Chinese."""
        matches: list[NameMatch] = []
        translated = to_chinese(self.question)
        text = "".join(gloss.text for gloss in translated.spans)
        found = find_projects(text, self.catalogue.projects, ())
        origin = [gloss for gloss in translated.spans for _ in gloss.text]
        for match in self._best_projects([hit for hit in found if hit.score >= LEAST_PROJECT]):
            low, high = origin[match.start].start, origin[match.end - 1].end
            text = self.question[low:high]
            matches.append(
                NameMatch(low, high, text, match.name, round(match.score - 0.1, 2), match.parts)
            )
        return matches

    # ---- names that the catalogue does not have

    def _unknown_bodies(
        self, bodies: list[NameMatch], projects: list[NameMatch]
    ) -> list[NameMatch]:
        taken = [(m.start, m.end) for m in (*bodies, *projects)]
        found: list[NameMatch] = []
        for anchor in self.finder.anchors:
            end = self._unknown_end(anchor)
            if not end or _overlaps(anchor.start, end, taken) or self._hidden(anchor.start, end):
                continue
            others = bool(bodies or (projects and end == anchor.core))
            score = self._unknown_score(anchor, end, others)
            if score:
                found.append(self._unknown(anchor.start, end, score))
                taken.append((anchor.start, end))
        return found + self._unknown_organs(taken, bool(bodies))

    def _unknown_end(self, anchor: Anchor) -> int:
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

    def _unknown_score(self, anchor: Anchor, end: int, others: bool) -> float:
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

    def _unknown_organs(self, taken: list[tuple[int, int]], others: bool) -> list[NameMatch]:
        """Well-known bodies named without a place (教育局), where no other name stands."""
        found: list[NameMatch] = []
        at = 0
        while at < len(self.text):
            form = organ_at(self.text[at : at + MAX_MENTION], placed=False)
            end = at + len(form)
            if len(form) >= 3 and not _overlaps(at, end, taken) and not self._hidden(at, end):
                start = self._name_start(at)
                aside = _ASIDE.search(self.text[:start]) or _GOES_ON.match(self.text, end)
                score = 0.3 if aside else 0.5 if others else 0.8
                if not _overlaps(start, end, taken):
                    found.append(self._unknown(start, end, score))
            at = max(end, at + 1)
        return found or self._unknown_bureaus(taken, others)

    def _unknown_bureaus(self, taken: list[tuple[int, int]], others: bool) -> list[NameMatch]:
        """Bureaus that the glossary does not have either (退伍军人局)."""
        return [
            self._unknown(*match.span(), 0.4 if others or taken else 0.7)
            for match in _SOME_BUREAU.finditer(self.text)
            if begins_name(self.text, match.start())
            and not _NO_BUREAU.search(match.group())
            and not _NOT_IN_BODY.search(match.group())
            and not _overlaps(*match.span(), taken)
            and not self._hidden(*match.span())
        ]

    def _name_start(self, at: int) -> int:
        """Where the name begins that ends in a well-known form: up to four characters before."""
        start = at
        while start > max(0, at - 4) and not begins_name(self.text, start):
            start -= 1
        return start

    def _unknown_projects(self, projects: list[NameMatch]) -> list[NameMatch]:
        found = []
        for match in QUOTED.finditer(self.text):
            said = match.group(1)
            after = self.text[match.end() : match.end() + 10]
            if "项目" not in said[-2:] and not re.match(r"[^,。?!;:、的]{0,6}项目", after):
                continue
            if any(m.start < match.end() and match.start() < m.end for m in projects):
                continue
            if best_share(said, self.catalogue.projects) < _UNKNOWN_SHARE:
                found.append(self._unknown(match.start(1), match.end(1), 0.4))
        return found

    def _unknown(self, start: int, end: int, score: float) -> NameMatch:
        text = self.question[start:end]
        return NameMatch(start, end, text, text, round(score, 2))

    # ---- places alone

    def _places(self, projects: list[NameMatch], unknown: list[NameMatch]) -> list[NameMatch]:
        """A place without a body: all bodies of that place, as a hint."""
        taken = [(m.start, m.end) for m in (*projects, *unknown)]
        found: dict[str, NameMatch] = {}
        for anchor in self.finder.anchors:
            if not anchor.places or anchor.everyday or self._hidden(anchor.start, anchor.core):
                continue
            if _overlaps(anchor.start, anchor.core, taken):
                continue
            place = anchor.places[-1]
            for body in self.catalogue.at_place(place) or self.catalogue.around(place):
                match = self._match(anchor.start, anchor.core, body, 0.4 - anchor.doubt)
                found.setdefault(body.name, match)
        return list(found.values()) or self._whole_places(taken)

    def _owning(self, hints: list[NameMatch], projects: Sequence[NameMatch]) -> list[NameMatch]:
        """Of the bodies of a place those that a named project belongs to."""
        owners = {name for match in projects for name in self.catalogue.owners[match.name]}
        return [hint for hint in hints if hint.name in owners] if owners else hints

    def _whole_places(self, taken: list[tuple[int, int]]) -> list[NameMatch]:
        """全区, 我市: the bodies of the library's only place of that level."""
        for match in _WHOLE.finditer(self.text):
            if _overlaps(*match.span(), taken):
                continue
            level = match.group("level")
            bodies = [body for body in self.catalogue.bodies if body.level == level]
            if len({body.regions[-1].stem for body in bodies}) == 1 and len(bodies) <= _MOST_HINTS:
                return [self._match(*match.span(), body, 0.3) for body in bodies]
        return []

    # ---- names in English

    def _with_english(
        self, bodies: list[NameMatch], unknown: list[NameMatch], found: Sequence[EnglishHit]
    ) -> tuple[list[NameMatch], list[NameMatch]]:
        """Add what the English words name; a Chinese gloss that named a body outweighs them."""
        known = any(match.score >= 0.6 for match in bodies)
        for hit in found:
            if hit.body is None:
                if not known:
                    unknown.append(self._unknown(hit.start, hit.end, hit.score))
            elif not known:
                bodies.append(self._match(hit.start, hit.end, hit.body, hit.score))
        return bodies, unknown


def _overlaps(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(low < end and start < high for low, high in spans)


def _ordered(matches: Iterable[NameMatch]) -> tuple[NameMatch, ...]:
    return tuple(sorted(matches, key=lambda match: (match.start, -match.score, match.name)))


__all__ = ["Catalogue", "NameMatch", "Names", "resolve_names"]
