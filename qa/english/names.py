"""Bodies named in English: the place by its pinyin, the body by a glossary of organ words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from qa.english.spans import EnglishName, english_names, with_capitals
from qa.english.terms import is_glossed, stem_of
from qa.naming.bodies import Body, abbreviations, bare, close, ending_of
from qa.naming.catalogue import Catalogue
from qa.naming.regions import Region, same
from qa.words.lexicon import derived, rows, split
from qa.words.pinyin import spelled

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d{1,3}(?=st|nd|rd|th|\b)")
_PLACE_KINDS = frozenset(
    (
        *("district", "county", "city", "municipal", "municipality", "province", "provincial"),
        *("prefecture", "town", "township", "street", "subdistrict", "sub-district", "new"),
        *("autonomous", "region", "area", "people's"),
    )
)
LEVELS = {
    "district": "区",
    "county": "县",
    "city": "市",
    "municipal": "市",
    "municipality": "市",
    "province": "省",
    "provincial": "省",
    "town": "镇",
    "township": "乡",
}
_FILLERS = frozenset(("of", "and", "for", "the", "on", "in", "s", "no", "st", "nd", "rd", "th"))
_PLACE = re.compile(
    r"\b(?P<name>[A-Z][A-Za-z'’]+)(?:['’]s)?"
    r"(?:\s+(?P<kind>District|County|City|Province|Municipality|Town)\b)?"
)
_BARE = re.compile(
    r"^\s*(?:['’]s)?\s*(?P<head>bureau|department|administration|committee|commission|office)\b",
    re.IGNORECASE,
)
_NOT_PLACES = frozenset(("digital", "government", "report", "chinese", "which", "what", "each"))
_HEAD_ENDINGS = {
    "bureau": "局",
    "administration": "局",
    "committee": "委员会",
    "commission": "委员会",
    "office": "办公室",
    "department": "",
}


@dataclass(frozen=True, slots=True)
class EnglishHit:
    """A body that an English name means; `body` is None for one that the catalogue lacks."""

    start: int
    end: int
    body: Body | None
    score: float


def find_english(question: str, catalogue: Catalogue) -> list[EnglishHit]:
    """Bodies, and places alone, that the English words of a question name."""
    question = _capitalised(with_capitals(question), catalogue)
    hits: list[EnglishHit] = []
    around = _spelled_places([m.group() for m in _WORD.finditer(question)], catalogue)
    for name in english_names(question):
        hits += _link(name, catalogue, around)
    taken = [(hit.start, hit.end) for hit in hits]
    sure = any(hit.body and hit.score >= 0.6 for hit in hits)
    for match in _PLACE.finditer(question):
        if any(low < match.end() and match.start() < high for low, high in taken):
            continue
        hits += [
            hit for hit in _place_alone(question, match, catalogue) if not sure or not hit.body
        ]
    return hits


def _capitalised(question: str, catalogue: Catalogue) -> str:
    """A question with the places of the catalogue capitalised (the ningbo bureau)."""

    def capital(match: re.Match[str]) -> str:
        word = match.group()
        known = len(word) >= 4 and _plain(word) in catalogue.places_by_spelling
        return word[0].upper() + word[1:] if known and not is_glossed(word) else word

    return re.sub(r"\b[a-z][A-Za-z'’]+", capital, question)


def _link(
    name: EnglishName, catalogue: Catalogue, around: Sequence[Sequence[Region]]
) -> Iterator[EnglishHit]:
    said = _take_apart([word.group() for word in _WORD.finditer(name.text)], catalogue)
    if not set(said.core) - set(_HEAD_ENDINGS):  # the Xihu bureau: a place, and no name
        return
    scored = {
        body.name: (body, score)
        for body in _candidates(said.places, catalogue)
        if (score := score_core(said.core, body)) >= 0.5
    }
    scored = {
        n: hit for n, hit in scored.items() if not said.level or hit[0].level in (said.level, "")
    }
    scored = scored or _by_own_name(said) or _in_part(said, catalogue)
    inside = {n: hit for n, hit in scored.items() if _in_all(hit[0], around)}
    scored = inside or scored
    if scored and not said.foreign:
        top = max(score for _, score in scored.values())
        best = {n: hit for n, hit in scored.items() if hit[1] >= top - 0.05}
        for body, score in list(best.values()):
            for other in catalogue.renamed(body):
                best.setdefault(other.name, (other, score - 0.1))
        doubt = 0.0 if said.places else 0.1
        for body, score in best.values():
            yield EnglishHit(name.start, name.end, body, round(score - doubt, 2))
    elif said.foreign or said.places or said.spelled or _is_known(said.core):
        yield EnglishHit(name.start, name.end, None, 0.9 if said.foreign else 0.8)


def _by_own_name(said: _Said) -> dict[str, tuple[Body, float]]:
    """Bodies whose name begins with what a word spells and is no place (Xishan College: 溪山学院)."""
    found: dict[str, tuple[Body, float]] = {}
    for body, length in said.spelled:
        rest = body.core[length:]
        rest = rest[1:] if rest[:1] in LEVELS.values() and rest[1:] else rest
        score = score_core(said.core, replace(body, core=rest))
        if score >= 0.5:
            found[body.name] = (body, score)
    return found


def _in_part(said: _Said, catalogue: Catalogue) -> dict[str, tuple[Body, float]]:
    """The one body of a named place that all words fit, few as they are (Panyu Data Bureau)."""
    own = set(said.core) - set(_HEAD_ENDINGS)
    if not said.places or said.foreign or not own:
        return {}
    fitting = [body for body in _candidates(said.places, catalogue) if _fits(said.core, body)]
    if not fitting:
        return {}
    one = {fitting[0].name, *(other.name for other in catalogue.renamed(fitting[0]))}
    alike = len({body.core[:_ALIKE] for body in fitting}) == 1  # 就业服务管理局, 就业和人才服务局
    together = alike or {b.name for b in fitting} <= one
    return {body.name: (body, 0.7) for body in fitting} if together else {}


def _fits(english: Sequence[str], body: Body) -> bool:
    """Whether every word of an English name gives a piece of the body's name, none unknown."""
    options = [_organ_words().get(word, ()) for word in english]
    return all(any(option.search(body.core) for option in each) for each in options)


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of an English name: places of the catalogue, the body's own words, the level."""

    places: tuple[tuple[Region, ...], ...]
    core: tuple[str, ...]
    level: str
    foreign: bool  # a place is named that the catalogue does not have
    spelled: tuple[tuple[Body, int], ...] = ()  # bodies that begin with so many characters of it


def _plain(token: str) -> str:
    return re.sub(r"['’]s$", "", token).lower().replace("'", "").replace("’", "")


@derived
@cache
def _known_places() -> dict[tuple[str, ...], str]:
    """Places whose English name is not their pinyin (Inner Mongolia), as pinyin."""
    return {
        tuple(english.split()): spelled(chinese)
        for english, chinese, kind, _ in rows("english.tsv")
        if kind == "place"
    }


def _place_words(tokens: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Start, length and pinyin of each word or pair of words that can be a place."""
    plain = [_plain(token) for token in tokens]
    at = 0
    while at < len(plain):
        pair = tuple(plain[at : at + 2])
        if pair in _known_places():
            yield at, 2, _known_places()[pair]
            at += 2
            continue
        if tokens[at][:1].isupper():
            yield at, 1, _known_places().get((plain[at],), plain[at])
        at += 1


def _spelled_places(tokens: Sequence[str], catalogue: Catalogue) -> list[Sequence[Region]]:
    spelt = catalogue.places_by_spelling
    return [spelt[word] for _, _, word in _place_words(tokens) if word in spelt]


def _take_apart(tokens: Sequence[str], catalogue: Catalogue) -> _Said:
    spelt = catalogue.places_by_spelling
    places = {at: (length, spelt[w]) for at, length, w in _place_words(tokens) if w in spelt}
    core: list[str] = []
    own: tuple[tuple[Body, int], ...] = ()
    level, foreign, skip = "", False, 0
    for i, token in enumerate(tokens):
        if i < skip:
            continue
        plain = _plain(token)
        following = _plain(tokens[i + 1]) if i + 1 < len(tokens) else ""
        if i in places:
            skip = i + places[i][0]
        elif token[:1].isupper() and plain in catalogue.bodies_by_spelling:
            own += catalogue.bodies_by_spelling[plain]
        elif plain in _PLACE_KINDS:
            level = LEVELS.get(plain, level)
        elif following in LEVELS and token[0].isupper() and stem_of(plain) not in _glossary_words():
            foreign = True
        elif plain not in _FILLERS:
            core.append(stem_of(plain))
    found = tuple(tuple(regions) for _, regions in places.values())
    foreign = foreign or (not found and not own and _begins_with_place(tokens))
    return _Said(found, tuple(core), level, foreign, own)


def _begins_with_place(tokens: Sequence[str]) -> bool:
    """Whether a name begins with a word that names no kind of body: a place not in the catalogue."""
    first = _plain(tokens[0]) if len(tokens) > 1 else ""
    known = stem_of(first) in _glossary_words() or first in _PLACE_KINDS or is_glossed(first)
    return bool(first) and tokens[0][:1].isupper() and not known and first not in _HEAD_ENDINGS


def _in_all(body: Body, named: Sequence[Sequence[Region]]) -> bool:
    """Whether a body lies in all places that a question names."""
    return all(any(same(own, p) for own in body.regions for p in places) for places in named)


def _candidates(places: Sequence[Sequence[Region]], catalogue: Catalogue) -> Sequence[Body]:
    if not places:
        return catalogue.bodies
    found: dict[str, Body] = {body.name: body for body in catalogue.placeless}
    for place in (place for regions in places for place in regions):
        for body in catalogue.at_place(place):
            if _in_all(body, places):
                found.setdefault(body.name, body)
    return list(found.values())


@derived
@cache
def _organ_names() -> dict[frozenset[str], frozenset[str]]:
    """Full cores by the words of their English names."""
    found: dict[frozenset[str], set[str]] = {}
    for full, _, english in rows("organs.tsv"):
        for name in split(english):
            found.setdefault(_bag(name), set()).add(full)
    return {bag: frozenset(cores) for bag, cores in found.items()}


def _bag(name: str) -> frozenset[str]:
    tokens = (re.sub(r"['’]s$", "", m.group().lower()) for m in _WORD.finditer(name))
    return frozenset(stem_of(token) for token in tokens if token not in _FILLERS)


@derived
@cache
def _organ_words() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Chinese pieces by English word; `?` in a piece stands for any character."""
    return {
        stem_of(english): tuple(
            re.compile(re.escape(option).replace(r"\?", ".")) for option in split(chinese)
        )
        for english, chinese in rows("organ_words.tsv")
    }


@derived
@cache
def _glossary_words() -> frozenset[str]:
    return frozenset(_organ_words()) | frozenset(word for bag in _organ_names() for word in bag)


def full_organs(tokens: Sequence[str]) -> frozenset[str]:
    """The kinds of bodies that English words name, as Chinese without a place (财政局)."""
    core = (stem_of(_plain(token)) for token in tokens)
    kept = frozenset(word for word in core if word not in _FILLERS | _PLACE_KINDS)
    return _organ_names().get(kept, frozenset())


def _is_known(core: Sequence[str]) -> bool:
    """Whether English words are the name of a kind of body."""
    return frozenset(core) in _organ_names()


def score_core(english: Sequence[str], body: Body) -> float:
    """How well English words name a body: by the glossary of bodies, else word by word."""
    core = body.core
    bags = [frozenset(english)]
    if body.party:
        bags.append(bags[0] - {"committee", "party", "cpc", "communist"})
    for full in sorted(full for bag in bags for full in _organ_names().get(bag, ())):
        if bare(full) == bare(core):
            return 0.9
        if close(full, core) or set(abbreviations(full)) & {core, *abbreviations(core)}:
            return 0.82
    return _by_words(english, core)


def _by_words(english: Sequence[str], core: str) -> float:
    """The share of the core's characters that the words give; every word must give some."""
    covered: set[int] = set()
    for word in dict.fromkeys(english):
        options = _organ_words().get(word, ()) or _numbered(word)
        matches = [m for option in options if (m := option.search(core))]
        if not matches:
            return 0.0
        covered |= set(range(*max((m.span() for m in matches), key=lambda span: span[1] - span[0])))
    ending, _ = ending_of(core)
    stem = [i for i in range(len(core) - len(ending)) if core[i] not in "和与及"]
    if not stem:
        return 0.0
    share = sum(i in covered for i in stem) / len(stem)
    return 0.8 * share if share >= 0.6 else 0.0


@cache
def _numbered(word: str) -> tuple[re.Pattern[str], ...]:
    """What a number in a name stands for there (No. 2: 第二)."""
    numeral = _NUMERALS[int(word)] if word.isdigit() and int(word) < len(_NUMERALS) else ""
    return (re.compile(rf"第?{numeral}"), re.compile(rf"第{word}")) if numeral else ()


_ALIKE = 2  # characters at the front of names of one body through its years
_NUMERALS = "零一二三四五六七八九十"


def _place_alone(question: str, match: re.Match[str], catalogue: Catalogue) -> Iterator[EnglishHit]:
    plain = _plain(match.group("name"))
    places = catalogue.places_by_spelling.get(plain, ())
    own = {body.name: body for body, _ in catalogue.bodies_by_spelling.get(plain, ())}
    if not places and len(own) == 1:
        for body in own.values():
            yield EnglishHit(match.start(), match.end(), body, 0.4)
        return
    if not places:
        if match.group("kind") and plain not in _NOT_PLACES | _glossary_words():
            yield EnglishHit(match.start(), match.end(), None, 0.8)
        return
    head = _BARE.match(question[match.end() :])
    ending = _HEAD_ENDINGS[head.group("head").lower()] if head else ""
    end = match.end() + (head.end() if head else 0)
    for place in places:
        bodies = catalogue.at_place(place) or catalogue.around(place)
        fitting = [body for body in bodies if body.core.endswith(ending)] or bodies
        for body in fitting:
            yield EnglishHit(match.start(), end, body, 0.5 if head else 0.4)
