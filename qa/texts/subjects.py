"""Things of which a sentence says something: ``A、B和C的申请表未见审批意见``, ``…，如A、B等``."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.texts.enumerations import depth_split, plain_entries
from qa.texts.index import OWN, Index, index_of, profile_for
from qa.texts.model import Confidence, Place, ScopedDocument, TextFinding
from qa.texts.search import MEDIUM_SHARE, Hit, focus, is_prose, make_finding, ranked, text_at
from qa.texts.terms import Profile, squeeze, squeezed

_OPENING = re.compile(
    r"[\s\S]*(?:[，,；;：:。]|(?:^|(?<=[。；]))\s*[一二三四五六七八九]是|但|仅有?|只有|其中|例如|如|包括|以及|首先|其次|除)\s*"
)
_CLOSING = re.compile(r"(?:的|等|中|均|都|也|尚|仍|存在|没有|未|在|及其|[《“\"（(\s])+$")
_NO_NAME = re.compile(
    "上述|该|本|各|部分|其他|其余|有关|相关|个别|少数|这些|所有|全部|分别|对|根据|结合|按照|通过"
)
_SUCH_AS = re.compile(r"(?:例如|如|包括|分别为|分别是|即)(?P<list>[^，。；]{4,160})")


def find_subjects(scope: ScopedDocument, profile: Profile, noun: str) -> list[TextFinding]:
    """Lists of the things that a sentence with the question's other words is about.

    Never HIGH: one sentence seldom names all of them. The longest list comes first.
    """
    said = [t.shown for t in profile.terms if not (noun and (noun in t.text or t.text in noun))]
    profile = profile_for(scope, said) if said else profile
    hits = ranked(scope, profile, is_prose, floor=MEDIUM_SHARE)
    found: dict[tuple[str, ...], TextFinding] = {}
    for hit in hits[:24]:
        if profile.cover(((OWN, hit.segment.own),)).share < MEDIUM_SHARE:
            continue
        made = _of_hit(scope, profile, hit, noun)
        if made is not None:
            found.setdefault(tuple(squeezed(item) for item in made.items), made)
    return sorted(found.values(), key=lambda f: (-len(f.items), f.block, f.start))


def _of_hit(scope: ScopedDocument, profile: Profile, hit: Hit, noun: str) -> TextFinding | None:
    text = hit.segment.text
    said = _said_at(profile, text, noun)
    if said is None or text[: said[0]].rstrip().endswith("、"):
        return None  # 甲镇、乙镇6个小区: one more of the entries, nothing that is said of them
    place = hit.segment.place
    index = index_of(scope.document)
    spans = (
        _aforesaid(index, place, said[0], noun)
        or _before(text, said[0], noun)
        or _after(text, said[1], noun)
    )
    if not spans:
        return None
    items = tuple(
        replace(place, start=place.start + low, end=place.start + high) for low, high in spans
    )
    texts = tuple(text_at(index, item) for item in items)
    return make_finding(
        scope,
        place,
        Confidence.MEDIUM,
        hit.coverage,
        answer="；".join(texts),
        items=texts,
        item_places=items,
        complete=False,
    )


def _said_at(profile: Profile, text: str, noun: str) -> tuple[int, int] | None:
    """From where to where the words stand that are said of the things asked for."""
    low, high = focus(profile, text)
    packed, offsets = squeeze(text)
    others = [t for t in profile.terms if not (noun and (noun in t.text or t.text in noun))]
    spots = [
        offsets[at]
        for term in others
        for _, pair in term.pairs
        for at in range(len(packed) - 1)
        if packed[at : at + 2] == pair and low <= offsets[at] < high
    ]
    return (min(spots), max(spots) + 2) if spots else None


_AFORESAID = re.compile(r"(?:上述|以上|前述)[^，。；]{0,8}?(?:均|都|也)?\s*(?:存在)?\s*$")
_NAMED_THING = re.compile(
    r"[^，。；：、\s一二三四五六七八九][^，。；：]{3,60}?(?:项目|工程|专项|费用)"
)


def _aforesaid(index: Index, place: Place, at: int, noun: str) -> list[tuple[int, int]]:
    """``甲项目、乙项目等…；丙项目…，上述项目均…``: the things that the sentence named before.

    Their places are relative to the clause, as those of the others are; those before it negative.
    """
    text = index.document.blocks[place.block].text if place.table is None else ""
    if not _AFORESAID.search(text[place.start : place.start + at]):
        return []
    low = max((text.rfind(mark, 0, place.start + at) for mark in "。"), default=-1) + 1
    marks = [m.end() for m in re.finditer(r"[一二三四五六七八九]是", text[: place.start + at])]
    low = max(low, *marks[-1:], low)
    found: list[tuple[int, int]] = []
    for clause in re.finditer("[^；;，,]+", text[low : place.start + at]):
        start = low + clause.start()
        begins = _SUCH.match(clause.group())
        start += begins.end() if begins else 0
        thing = _NAMED_THING.match(text, start, low + clause.end())
        if thing and not _AFORESAID.search(text[start : thing.end()]):
            pieces = depth_split(text, start, _end_of_things(text, thing), "、和与")
            found.extend(_rejoined(text, pieces, "项目" if "项目" in thing.group() else noun[-2:]))
    return [(a - place.start, b - place.start) for a, b in found]


_SUCH = re.compile(r"(?:[^如]{0,20}如|例如|包括|其中)?")


def _end_of_things(text: str, thing: re.Match[str]) -> int:
    """The end of the last name of an enumeration that `thing` begins."""
    more = re.compile(r"(?:[、和与][^，。；：]{2,40}?(?:项目|工程|专项|费用))*").match(
        text, thing.end()
    )
    return more.end() if more else thing.end()


def _before(text: str, at: int, noun: str) -> list[tuple[int, int]]:
    """The names right before what is said of them."""
    opening = _OPENING.match(text[:at])
    start = opening.end() if opening else 0
    closing = _CLOSING.search(text[start:at])
    end = start + closing.start() if closing else at
    return _names(text, start, end, noun)


def _after(text: str, at: int, noun: str) -> list[tuple[int, int]]:
    """The examples after what is said of them (…，如A、B等)."""
    such = _SUCH_AS.search(text, at)
    if such is None:
        return []
    low, high = such.span("list")
    kind = noun[-2:]
    if kind not in text[low:high]:
        if kind not in ("", "子项"):
            return []
        kind = "项目"
    last = text.rfind(kind, low, high)
    if last > low:
        return _names(text, low, last + len(kind), kind)
    end = text.find("等", low, high)
    return _names(text, low, end if end > low else high, "")


def _names(text: str, start: int, end: int, noun: str) -> list[tuple[int, int]]:
    if end - start < 4:
        return []
    tail = noun[-2:]
    entries = None if tail else plain_entries(text, start, end, None)
    spans = list(entries.spans) if entries else [(start, end)]
    if tail:
        pieces = depth_split(text, start, end, "、和与及")
        pieces = [(a, b - (text[b - 1 : b + 1] == "以及")) for a, b in pieces]
        spans = _rejoined(text, pieces, tail)
    return [
        (low, high)
        for low, high in spans
        if (4 if len(tail) != 1 else 3) <= high - low <= 60
        and not _NO_NAME.match(text[low:high])
        and (not tail or tail in text[low:high])
    ]


def _rejoined(text: str, spans: list[tuple[int, int]], tail: str) -> list[tuple[int, int]]:
    """Pieces without the kind's word go with the next: 中心、分中心闸机项目 is one."""
    joined: list[tuple[int, int]] = []
    low: int | None = None
    for start, end in spans:
        begin = start if low is None else low
        if tail in text[start:end]:
            joined.append((begin, end))
            low = None
        else:
            low = begin
    return joined
