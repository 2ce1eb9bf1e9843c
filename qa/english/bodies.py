"""Names in a translated question put into Chinese: bodies of the library, and what its reports name.

What stays in Latin letters is left to `qa.naming.names`, which then says that the library lacks it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.english.names import LEVELS, EnglishHit, find_english, full_organs
from qa.english.spans import english_names, is_phrase_word
from qa.english.wording import Wording
from qa.naming.catalogue import Catalogue

_SURE = 0.6
_TIE = 0.05
_CENTRE = re.compile(r"\s*[\u4e00-\u9fff]{1,8}(?:中心|局|院|所|馆|校|站)")
_LATIN = re.compile(
    r"(?<![A-Za-z])(?P<name>[A-Z][A-Za-z'’]{2,})(?:\s+(?P<kind>[A-Z][a-z]+)\b)?(?:['’]s)?\s*"
)


def with_chinese_names(asked: str, catalogue: Catalogue, wording: Wording) -> str:
    """A translated question with its names in Chinese, as far as they are certain."""
    hits = find_english(asked, catalogue)
    known = [(hit.start, hit.end) for hit in hits if hit.body is not None]
    changes = [
        *_bodies(hits),
        *_places(asked, hits, catalogue),
        *_unlisted(asked, hits, catalogue, wording),
    ]
    taken = [*known, *((low, high) for low, high, _ in changes)]
    changes += _spelled(asked, taken, wording)
    for low, high, name in sorted(changes, reverse=True):
        asked = f"{asked[:low].rstrip()}{name}{asked[high:].lstrip()}"
    return asked


Change = tuple[int, int, str]


def _bodies(hits: Sequence[EnglishHit]) -> list[Change]:
    """Bodies of the library that are named for certain, one at each place."""
    spans = {(hit.start, hit.end) for hit in hits}
    changes: list[Change] = []
    for low, high in spans:
        here = [h for h in hits if (h.start, h.end) == (low, high) and h.body is not None]
        top = max((hit.score for hit in here), default=0.0)
        best = [hit.body.name for hit in here if hit.body and hit.score >= top - _TIE]
        if top >= _SURE and len(set(best)) == 1:
            changes.append((low, high, best[0]))
    return changes


def _places(asked: str, hits: Sequence[EnglishHit], catalogue: Catalogue) -> list[Change]:
    """Places that are named without a body (Panyu's projects)."""
    changes: list[Change] = []
    for low, high in {(hit.start, hit.end) for hit in hits if hit.body and hit.score < _SURE}:
        name, *kind = asked[low:high].split()
        found = catalogue.places_by_spelling.get(re.sub(r"['’]s?$", "", name).lower(), [])
        stems = {place.stem for place in found}
        level = LEVELS.get(kind[0].lower(), "") if kind else ""
        if len(stems) == 1 and (level or not kind):
            # A place and 云计算中心 together would be a body's name.
            apart = "的" * bool(_CENTRE.match(asked, high))
            changes.append((low, high, stems.pop() + level + apart))
    return changes


def _unlisted(
    asked: str, hits: Sequence[EnglishHit], catalogue: Catalogue, wording: Wording
) -> list[Change]:
    """Bodies without a report of their own that reports of others name (禾渚市财政局)."""
    changes: list[Change] = []
    for hit in hits:
        if hit.body is not None:
            continue
        words = re.findall(r"[A-Za-z]+", asked[hit.start : hit.end])
        place = words[0].lower() if words else ""
        stems = {region.stem for region in catalogue.places_by_spelling.get(place, ())}
        own = wording.spelled(place)
        stems |= {own} if own else set()
        names = {
            stem + level + organ
            for stem in stems
            for level in ("", *set(LEVELS.values()))
            for organ in full_organs(words[1:])
        }
        named = [name for name in names if wording.holds(name)]
        if named:
            changes.append((hit.start, hit.end, max(named, key=len)))
    return changes


def _spelled(asked: str, taken: Sequence[tuple[int, int]], wording: Wording) -> list[Change]:
    """Other names in pinyin that begin a word of the reports (Qingshi County: 青石县)."""
    changes: list[Change] = []
    bodies = [(name.start, name.end) for name in english_names(asked)]
    for match in _LATIN.finditer(asked):
        low, high = match.span()
        if any(a < high and low < b for a, b in (*taken, *bodies)) or is_phrase_word(match["name"]):
            continue
        plain = re.sub(r"['’]s$|['’]", "", match["name"])
        level = LEVELS.get((match["kind"] or "").lower(), "")
        name = wording.spelled(plain, level)
        if name:
            end = high if level or not match["kind"] else match.end("name")
            changes.append((low, end, name))
    return changes
