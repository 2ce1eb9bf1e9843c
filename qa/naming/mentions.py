"""Where a question can name a body: after a place, after a bare level (区…局), or with neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.naming.bodies import (
    MAX_MENTION,
    Body,
    CoreMatch,
    abbreviations,
    ending_of,
    match_core,
    match_loosely,
    match_slip,
    organ_forms,
    places_agree,
)
from qa.naming.catalogue import Catalogue
from qa.naming.regions import Region, chain_at, is_place_like, region, same, within
from qa.words.lexicon import words
from qa.words.matching import shortens

# What may stand before a name that begins without a place. Anything else belongs to another name.
_BEFORE_NAME = frozenset(
    "的和与跟及同比较年月度里中对问下看查找请说讲把被让是在给向由从到等这那各们家个了除有为以就按经受报叫做共呢么又或"
)
_OWN_LEVEL = frozenset("我本全该")
_ENDS = re.compile(
    r"局|委员会|委|办公室|办(?!公)|厅|中心|部(?!门|分)|院|会(?!计|议)|校|馆|所|队|社(?!区|会)|处|管委会"
)
_BEFORE_ENDING = re.compile(r"(?=([\u4e00-\u9fff]{3,12}(?:局|委|办|厅|院|中心)))")
_RUN = re.compile(r"[\u4e00-\u9fff、]{2,20}")
_WHOLE_NAME = 4  # a name of no more characters may be a part of another word
_SHORT = 0.6  # below, a name is only shortened to some of its characters


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in the question where a body's core may begin, and the places named before it.

    Attributes:
        start: where the places begin, or the bare level character.
        core: where a core would begin.
        places: the places named, outermost first; empty for a bare level.
        level: 省, 市, 区 … for a bare level, else "".
        everyday: the place is a short form that is also a common word.
        doubt: what a slip in the place takes from the score.
    """

    start: int
    core: int
    places: tuple[Region, ...] = ()
    level: str = ""
    everyday: bool = False
    doubt: float = 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of the question that may mean a body."""

    start: int
    end: int
    body: Body
    score: float


# What was merged into, handed to or urged on a body stands right before its name.
_VERBS_BEFORE_NAME = frozenset(
    (
        "并入",
        "划入",
        "划归",
        "划转",
        "移交",
        "推动",
        "会同",
        "联合",
        "督促",
        "指导",
        "委托",
        "报送",
        "督导",
    )
)


_YEAR_END = re.compile(r"\d年?[末底初]$|年[末底初]$")


def begins_name(text: str, at: int) -> bool:
    """Whether a name can begin at a position without cutting a word."""
    if at == 0 or not "\u4e00" <= text[at - 1] <= "\u9fff":
        return True
    if text[max(0, at - 2) : at] in _VERBS_BEFORE_NAME or _YEAR_END.search(
        text[max(0, at - 3) : at]
    ):
        return True
    return text[at - 1] in _BEFORE_NAME and text[at - 1 : at + 1] not in words("common_words.txt")


def anchors(text: str, catalogue: Catalogue) -> list[Anchor]:
    """All places of a folded question, and the bare levels that stand for one (区政数局)."""
    found: list[Anchor] = []
    at = 0
    while at < len(text):
        chain = chain_at(text, at, catalogue.place_names)
        if chain:
            before = found[-1] if found and found[-1].core == at and found[-1].places else None
            if before and chain.last.level and not chain.everyday:  # 深圳市西湖区: no such place
                found[-1] = Anchor(before.start, chain.end, (*before.places, *chain.regions))
            else:
                found.append(Anchor(at, chain.end, chain.regions, "", chain.everyday))
            at = chain.end
            continue
        if text[at] in "省市区县州镇":
            if begins_name(text, at) or text[at - 1] in _OWN_LEVEL:
                found.append(Anchor(at, at + 1, level=text[at]))
            else:
                found += _misspelt(text, at, catalogue)
        at += 1
    return found


def _misspelt(text: str, at: int, catalogue: Catalogue) -> Iterator[Anchor]:
    """A place of the catalogue written with a character of the same sound (金坪区)."""
    for length in (4, 3, 2):
        start = at - length
        name = text[max(start, 0) : at + 1]
        if start < 0 or not begins_name(text, start) or not is_place_like(name):
            continue
        for _, own in catalogue.places_heard(name):
            yield Anchor(start, at + 1, (own,), doubt=0.12)
            return
        yield Anchor(start, at + 1, (region(name),), everyday=True)
        return


class BodyFinder:
    """Finds the bodies of a catalogue in one folded question."""

    def __init__(self, text: str, catalogue: Catalogue) -> None:
        self.text = text
        self.catalogue = catalogue
        self.anchors = anchors(text, catalogue)
        self.named = [a.places[-1] for a in self.anchors if a.places and not a.everyday]

    def hits(self) -> list[Hit]:
        """All readings, overlapping ones too."""
        found = [hit for anchor in self.anchors for hit in self._at(anchor)]
        found = found or list(self._in_full())
        if not self.named and not found:
            found = [hit for anchor in self._misheard() for hit in self._at(anchor)]
        taken = [(hit.start, hit.end) for hit in found if hit.score >= 0.6]
        starts = {anchor.core for anchor in self.anchors if not anchor.level}
        for at in range(len(self.text)):
            if at in starts or any(low <= at < high for low, high in taken):
                continue
            found += self._placeless(at)
        return found

    def _in_full(self) -> Iterator[Hit]:
        """Bodies whose whole name stands in the question, wherever their places end."""
        for name, body in self.catalogue.whole_names:
            at = self.text.find(name) if len(name) > _WHOLE_NAME else -1
            if at >= 0:
                yield Hit(at, at + len(name), body, 1.0)

    def _misheard(self) -> Iterator[Anchor]:
        """Short names of places with a character of the same sound, before a body (潘禺政数局)."""
        for match in _BEFORE_ENDING.finditer(self.text):
            at = match.start(1)
            for length in (3, 2):
                name = self.text[at : at + length]
                if len(name) < length or not begins_name(self.text, at):
                    continue
                for right, _ in self.catalogue.places_heard(name):
                    yield Anchor(at, at + length, (region(right),), doubt=0.15)

    def _at(self, anchor: Anchor) -> list[Hit]:
        rest = self.text[anchor.core : anchor.core + MAX_MENTION]
        if anchor.level:
            return self._at_level(anchor, rest)
        bodies = [
            body
            for body in (*self.catalogue.at_place(anchor.places[-1]), *self.catalogue.placeless)
            if places_agree(anchor.places, body)
        ]
        start = anchor.start - 3 * self.text.endswith("共青团", 0, anchor.start)
        hits = [
            Hit(start, anchor.core + match.end, body, match.score - anchor.doubt)
            for body in bodies
            if (match := self._match(anchor, rest, body))
        ]
        if not hits or max(hit.score for hit in hits) < 0.6:
            hits += self._slips(anchor, bodies)
        return hits

    def _match(self, anchor: Anchor, rest: str, body: Body) -> CoreMatch | None:
        match = match_core(rest, body.core)
        if match is None and body.party and rest.startswith("委"):
            inner = match_core(rest[1:], body.core)
            match = CoreMatch(inner.end + 1, inner.score) if inner else None
        if match is None and self.text[: anchor.start].endswith(("团", "共青团")):
            match = match_core("团" + rest, body.core)
            match = CoreMatch(match.end - 1, match.score) if match else None
        if match is None and not anchor.everyday:
            loosely = match_loosely(rest, body.core)
            match = loosely or cut_short(rest, body.core) or clipped(rest, body.core)
        if match and not body.regions and anchor.places and match.score < _SHORT:
            return None  # what the name has before it may be another place than the one named
        if match and not body.regions:
            return CoreMatch(match.end, match.score - 0.1)
        return match

    def _at_level(self, anchor: Anchor, rest: str) -> list[Hit]:
        hits: list[Hit] = []
        stems = [rest, rest[1:]] if rest.startswith("委") else [rest]
        if self.text[: anchor.start].endswith("团"):
            stems.append("团" + rest)
        for stem in stems:
            shift = len(rest) - len(stem)
            for core in self.catalogue.cores_from(stem[:1]):
                match = match_core(stem, core)
                if match:
                    end = anchor.core + shift + match.end
                    hits += self._of_level(anchor, core, end, match.score, bool(shift))
        if not hits:
            for said in said_from(self.text, anchor.core):
                for core in self.catalogue.cores_sounding(said[0]):
                    score = match_slip(said, core) - 0.05
                    if score > 0:
                        hits += self._of_level(anchor, core, anchor.core + len(said), score)
        return hits

    def _of_level(
        self, anchor: Anchor, core: str, end: int, score: float, party: bool = False
    ) -> list[Hit]:
        return [
            Hit(anchor.start, end, body, score)
            for body in self.catalogue.by_core(core)
            if body.level in (anchor.level, "") and (body.party or not party) and self._near(body)
        ]

    def _near(self, body: Body) -> bool:
        """Whether a body without a named place can belong to the places that the question names."""
        if not body.regions or not self.named:
            return True
        own = body.regions[-1]
        return any(
            within(place, own)
            or place.text in body.core
            or any(same(place, above) for above in body.regions)
            for place in self.named
        )

    def _slips(self, anchor: Anchor, bodies: list[Body]) -> list[Hit]:
        return [
            Hit(anchor.start, anchor.core + len(said), body, score - anchor.doubt)
            for said in said_from(self.text, anchor.core)
            for body in bodies
            if (score := match_slip(said, body.core))
        ]

    def _placeless(self, at: int) -> list[Hit]:
        if not begins_name(self.text, at):
            return []
        rest = self.text[at : at + MAX_MENTION]
        hits: list[Hit] = []
        for core in self.catalogue.cores_from(rest[0]):
            match = match_core(rest, core)
            form = rest[: match.end] if match else ""
            if match and match.score >= 0.65 and form not in _NEVER:
                doubt = 0.15 if form in _TOO_GENERAL else 0.05
                hits += self._free(at, at + match.end, core, match.score - doubt)
        if not hits:
            for said in said_from(self.text, at):
                for core in self.catalogue.cores_sounding(said[0]):
                    score = match_slip(said, core) - 0.1
                    if score >= 0.6:
                        hits += self._free(at, at + len(said), core, score)
        return hits

    def _free(self, start: int, end: int, core: str, score: float) -> list[Hit]:
        return [
            Hit(start, end, body, score)
            for body in self.catalogue.by_core(core)
            if self._near(body)
        ]


_GOES_ON_BEHIND = re.compile(r"20\d\d|[的这那]|[,，。:：;；?？、]|$")
_CLIPPED = re.compile(
    r"(?P<said>[\u4e00-\u9fff]{2,3}?)"
    r"(?=(?:20)?\d\d年|[的这那在把给]|[,，。:：;；?？、\s]|系统|部门|[去今前]年|$)"
)


def clipped(text: str, core: str) -> CoreMatch | None:
    """How `text` begins with a core without its ending: 民政 for 民政局, 交警 for 公安局交通警察支队.

    Good enough only where the place is named too, and where another word begins behind it.
    """
    found = _CLIPPED.match(text)
    if found is None:
        return None
    said, (full, _) = found["said"], ending_of(core)
    stems = [core.removesuffix(full)] if full else []
    stems += [form.removesuffix(ending_of(form)[0]) for form in abbreviations(core)]
    told = core.startswith(said) or shortens(said, core)
    if said in stems or (core.endswith(_TROOPS) and told):
        return CoreMatch(len(said), 0.62)
    return None


_TROOPS = ("支队", "大队", "总队", "站", "中心", "所")


def cut_short(text: str, core: str) -> CoreMatch | None:
    """How `text` begins with the first character of `core`, or the last, and no more of a word.

    省博2023年, 市图的, 县台的新闻. Good enough only where the place is named too.
    """
    if not text or not core:
        return None
    first = text[:1] == core[:1] and _GOES_ON_BEHIND.match(text, 1)
    last = text[:1] == core[-1:] and len(core) > 2 and text[:1] in _LAST_ALONE
    alone = first or (last and text[1:2] not in _GOES_WITH_LAST)
    return CoreMatch(1, 0.62) if alone else None


_LAST_ALONE = frozenset("台馆院校")
_GOES_WITH_LAST = frozenset("账风阶湾式面词次长所士内外务区园舍车企友藏舍")


def said_from(text: str, at: int) -> list[str]:
    """Stretches from a position that end like a body's name."""
    run = _RUN.match(text, at)
    if not run:
        return []
    said = run.group()
    return [said[: m.end()] for m in _ENDS.finditer(said) if m.end() >= 3]


def organ_at(text: str, *, placed: bool) -> str:
    """The longest form of the glossary that `text` begins with.

    Args:
        placed: a place stands before it, so that general forms (法院, 图书馆) name one body too.
    """
    forms = organ_forms()
    for length in range(min(MAX_MENTION, len(text)), 1, -1):
        form = text[:length]
        if form in forms and form not in _NEVER and (placed or form not in _TOO_GENERAL):
            return form
    return ""


_NEVER = frozenset(("政府", "人民政府", "委员会", "街道", "工会", "研究室"))
_TOO_GENERAL = frozenset(
    (
        *(
            "人大",
            "政协",
            "党校",
            "法院",
            "检察院",
            "交易中心",
            "工商联",
            "图书馆",
            "档案馆",
            "博物馆",
        ),
        *("文化馆", "中医院", "人民医院", "管委会", "管委", "管理委员会", "团委", "监委", "纪委"),
        *("街道办", "街道办事处", "镇政府", "乡政府", "办公室"),
    )
)
