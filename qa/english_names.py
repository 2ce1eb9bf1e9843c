"""Bodies named in English: the place by its pinyin, the body by a glossary of organ words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from qa.bodies import Body, abbreviations, bare, close, ending_of
from qa.catalogue import Catalogue
from qa.english import EnglishName, english_names, stem_of
from qa.lexicon import rows, split
from qa.regions import Region

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_PLACE_KINDS = frozenset(
    "district county city municipal municipality province provincial prefecture town township "
    "street subdistrict sub-district autonomous region new area people's".split()
)
_LEVEL = {
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
_FILLERS = frozenset("of and for the on in s".split())
_PLACE = re.compile(
    r"\b(?P<name>[A-Z][A-Za-z'’]+)(?:['’]s)?(?:\s+(?P<kind>District|County|City|Province|Municipality|Town)\b)?"
)
_BARE = re.compile(r"^\s*(?:['’]s)?\s*(?P<head>bureau|department|administration|committee|commission|office)\b", re.IGNORECASE)
_NOT_PLACES = frozenset("digital government what how which who when why in the of by at on for report chinese yuan rmb fy".split())
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
    hits: list[EnglishHit] = []
    names = english_names(question)
    for name in names:
        hits += _link(name, catalogue)
    taken = [(hit.start, hit.end) for hit in hits]
    for match in _PLACE.finditer(question):
        if not any(low < match.end() and match.start() < high for low, high in taken):
            hits += _place_alone(question, match, catalogue)
    return hits


def _link(name: EnglishName, catalogue: Catalogue) -> Iterator[EnglishHit]:
    tokens = [word.group() for word in _WORD.finditer(name.text)]
    places, core, level, foreign = _take_places(tokens, catalogue)
    if not core:
        return
    candidates = _candidates(places, catalogue)
    scored = [(body, score) for body in candidates if (score := score_core(core, body.core)) >= 0.5]
    if level:
        scored = [(body, score) for body, score in scored if body.level in (level, "")]
    if scored and not foreign:
        top = max(score for _, score in scored)
        doubt = 0.0 if places else 0.1
        best = {body.name: (body, score) for body, score in scored if score >= top - 0.05}
        for body, score in list(best.values()):
            for other in catalogue.renamed(body):
                best.setdefault(other.name, (other, score - 0.1))
        for body, score in best.values():
            yield EnglishHit(name.start, name.end, body, round(score - doubt, 2))
    elif foreign or places or score_known(core):
        yield EnglishHit(name.start, name.end, None, 0.9 if foreign else 0.8)


def _take_places(
    tokens: Sequence[str], catalogue: Catalogue
) -> tuple[list[Region], tuple[str, ...], str, bool]:
    """Places of the catalogue, the words that are left, the level named, and whether a place is foreign."""
    places: list[Region] = []
    rest: list[str] = []
    level = ""
    foreign = False
    spelled = catalogue.places_by_spelling
    for i, token in enumerate(tokens):
        word = re.sub(r"['’]s$", "", token)
        plain = word.lower().replace("'", "").replace("’", "")
        kind = next((t.lower() for t in tokens[i + 1 : i + 2]), "")
        if plain in spelled and token[0].isupper():
            places += spelled[plain]
        elif plain in _PLACE_KINDS:
            level = _LEVEL.get(plain, level)
        elif kind in _LEVEL and token[0].isupper() and plain not in _glossary_words():
            foreign = True
        elif plain not in _FILLERS:
            rest.append(stem_of(plain))
    return places, tuple(rest), level, foreign


def _candidates(places: Sequence[Region], catalogue: Catalogue) -> Sequence[Body]:
    if not places:
        return catalogue.bodies
    found: dict[str, Body] = {}
    for place in places:
        for body in (*catalogue.at_place(place), *catalogue.placeless):
            found.setdefault(body.name, body)
    return list(found.values())


@cache
def _organ_names() -> dict[frozenset[str], frozenset[str]]:
    """Full cores by the words of their English names."""
    found: dict[frozenset[str], set[str]] = {}
    for full, _, english in rows("organs.tsv", 3):
        for name in split(english):
            found.setdefault(_bag(name), set()).add(full)
    return {bag: frozenset(cores) for bag, cores in found.items()}


def _bag(name: str) -> frozenset[str]:
    tokens = (re.sub(r"['’]s$", "", m.group().lower()) for m in _WORD.finditer(name))
    return frozenset(stem_of(token) for token in tokens if token not in _FILLERS)


@cache
def _organ_words() -> dict[str, tuple[str, ...]]:
    return {stem_of(english): split(chinese) for english, chinese in rows("organ_words.tsv", 2)}


@cache
def _glossary_words() -> frozenset[str]:
    return frozenset(_organ_words()) | frozenset(word for bag in _organ_names() for word in bag)


def score_known(core: Sequence[str]) -> bool:
    """Whether English words are the name of a kind of body."""
    return frozenset(core) in _organ_names()


def score_core(english: Sequence[str], core: str) -> float:
    """How well English words name a core: by the glossary of bodies, else word by word."""
    bag = frozenset(english)
    for full in sorted(_organ_names().get(bag, ())):
        if bare(full) == bare(core):
            return 0.9
        if close(full, core) or set(abbreviations(full)) & {core, *abbreviations(core)}:
            return 0.82
    return _by_words(english, core)


def _by_words(english: Sequence[str], core: str) -> float:
    """The share of the core's characters that the words give; every word must give some."""
    covered: set[int] = set()
    for word in dict.fromkeys(english):
        options = [o for o in _organ_words().get(word, ()) if o in core]
        if not options:
            return 0.0
        option = max(options, key=len)
        at = core.find(option)
        covered |= set(range(at, at + len(option)))
    ending, _ = ending_of(core)
    stem = [i for i in range(len(core) - len(ending)) if core[i] not in "和与及"]
    if not stem:
        return 0.0
    share = sum(i in covered for i in stem) / len(stem)
    return 0.8 * share if share >= 0.6 else 0.0


def _place_alone(
    question: str, match: re.Match[str], catalogue: Catalogue
) -> Iterator[EnglishHit]:
    name = re.sub(r"['’]s$", "", match.group("name"))
    plain = name.lower().replace("'", "").replace("’", "")
    places = catalogue.places_by_spelling.get(plain, ())
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
