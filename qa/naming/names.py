"""Which bodies and projects of the library a question names, and which it names in vain.

Scores: 0.9 and more is a name in full or a usual short form, 0.7 an understood slip or an
abbreviation by characters, 0.5 and less a hint (a place alone, a form that another body usually
has). The caller decides what a hint is good for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qa.english.names import EnglishHit, find_english
from qa.english.questions import language_of, to_chinese
from qa.model import PartKey, PartRef
from qa.naming.bodies import Body, fold, read_body
from qa.naming.catalogue import Catalogue, catalogue_of
from qa.naming.mentions import BodyFinder, Hit
from qa.naming.projects import TITLED, Found, find_projects
from qa.naming.regions import Region, same, within
from qa.naming.unknown_names import UnknownFinder, overlaps

LEAST_PROJECT = 0.45
TIE = 0.05
TIE_PROJECT = 0.03
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_HINTS = 12
_WHOLE = re.compile(r"[全我本该](?P<level>省|市|区|县|州|旗|镇|街)(?!级)")
_LATIN_NAME = re.compile(r"\b[A-Za-z][a-z]{3,}")
# “看某市”客户端: the place in it names no body.
_PRODUCT = re.compile(
    r"[“\"『「][^”\"』」]{2,10}[”\"』」](?=的?(?:客户端|平台|APP|app|公众号|小程序|栏目|频道|热线|微信|微博|网站|品牌|系列|活动|展览?|特展))"
)
# （市局，不是番禺区局）: what is not meant.
_NOT_MEANT = re.compile(r"(?<![是也])(?:不是|并非|而非|别拿|不要)[^,，。;；?？()（）]{2,20}")
_OWN_GOVERNMENT = ("镇", "乡", "街")  # 大沥镇2023年 is its government
_NEAR = re.compile(r"(?:的|\d{4}年度?|[“\"「『\s]|[全本]?[省市区县])*")


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
        self.not_meant = [match.span() for match in _NOT_MEANT.finditer(self.text)]
        self.products = [match.span() for match in _PRODUCT.finditer(self.text)]
        self.finder = BodyFinder(self.text, catalogue)
        self.english = language_of(question) == "en"

    def run(self) -> Names:
        bodies = self._bodies()
        projects = self._projects(bodies)
        unknown = self._unknown(bodies, projects)
        if _LATIN_NAME.search(self.text):
            found = find_english(self.question, self.catalogue)
            bodies, unknown = self._with_english(bodies, unknown, found)
        if not any(match.score >= 0.45 for match in bodies):
            bodies = self._owning(bodies + self._places(projects, unknown), projects)
        return Names(_ordered(bodies), _ordered(projects), _ordered(unknown))

    def _hidden(self, start: int, end: int) -> bool:
        """Whether a stretch stands in the title of a document, the name of an app, or is not meant."""
        return any(
            overlaps(start, end, spans) for spans in (self.titles, self.products, self.not_meant)
        )

    def _match(self, start: int, end: int, body: Body, score: float) -> NameMatch:
        if not body.core and self.text.startswith("本级", end):
            end += len("本级")  # the place's own accounts, which a report of the place alone has
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
            if overlaps(hit.start, hit.end, spans):
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
            if overlaps(top.start, top.end, spans):
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
            low = min(gloss.start for gloss in origin[match.start : match.end])
            high = max(gloss.end for gloss in origin[match.start : match.end])
            text = self.question[low:high]
            matches.append(
                NameMatch(low, high, text, match.name, round(match.score - 0.1, 2), match.parts)
            )
        return matches

    def _unknown(
        self, bodies: Sequence[NameMatch], projects: Sequence[NameMatch]
    ) -> list[NameMatch]:
        spans = ([(match.start, match.end) for match in matches] for matches in (bodies, projects))
        found = UnknownFinder(self.finder, self.titles, *spans).find()
        named = [each for each in found if not overlaps(each.start, each.end, self.not_meant)]
        return [self._lacking(unknown.start, unknown.end, unknown.score) for unknown in named]

    def _lacking(self, start: int, end: int, score: float) -> NameMatch:
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
            if overlaps(anchor.start, anchor.core, taken):
                continue
            place = anchor.places[-1]
            for body in self.catalogue.at_place(place) or self.catalogue.around(place):
                score = (
                    0.8 if body.level in _OWN_GOVERNMENT and same(body.regions[-1], place) else 0.4
                )
                match = self._match(anchor.start, anchor.core, body, score - anchor.doubt)
                found.setdefault(body.name, match)
        return list(found.values()) or self._whole_places(taken)

    def _owning(self, hints: list[NameMatch], projects: Sequence[NameMatch]) -> list[NameMatch]:
        """Of the bodies of a place those that a named project belongs to."""
        owners = {name for match in projects for name in self.catalogue.owners[match.name]}
        return [hint for hint in hints if hint.name in owners] if owners else hints

    def _whole_places(self, taken: list[tuple[int, int]]) -> list[NameMatch]:
        """全区, 我市: the bodies of the library's only place of that level."""
        for match in _WHOLE.finditer(self.text):
            if overlaps(*match.span(), taken):
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
                    unknown.append(self._lacking(hit.start, hit.end, hit.score))
            elif not known:
                bodies.append(self._match(hit.start, hit.end, hit.body, hit.score))
        return bodies, unknown


def _ordered(matches: Iterable[NameMatch]) -> tuple[NameMatch, ...]:
    return tuple(sorted(matches, key=lambda match: (match.start, -match.score, match.name)))


__all__ = ["Catalogue", "NameMatch", "Names", "resolve_names"]
