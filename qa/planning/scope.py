"""Which parts of the library a question is about: bodies, projects, exceptions, filters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from qa.model import Filters, PartKey, PartRef
from qa.naming.names import NameMatch, Names
from qa.part_index import PartIndex, index_of
from qa.plan import Plan
from qa.words.matching import grams, squeeze

_BODY = re.compile(
    r"(?:局|委|委员会|办公室|厅|院|中心|政府|街道|镇|学校|大学|医院|部|署|处|会|省|市|区|县"
    r"|[中小]学|[一二三四五六七八九十][中小幼]|幼儿园|党校|办|联|协)$"
)


_ASKING = re.compile("什么|么|为何|何故|啥")  # 为什么建议某局…: no name begins so


def unknown_bodies(question: str, names: Names) -> tuple[str, ...]:
    """Bodies that are named and not in the library; a quoted phrase is no body."""
    quotes = '“"「『'
    return tuple(
        match.text
        for match in names.unknown
        if match.score >= _CERTAIN
        and not _ASKING.match(match.text)
        and (_BODY.search(match.text) or re.search(r"[A-Za-z]{3}", match.text))
        and not (match.start and question[match.start - 1] in quotes)
    )


def consistent(names: Names, question: str = "") -> Names:
    """Drops projects of other bodies than the ones named."""
    names = _quotes_kept(names, question)
    bodies = {key for match in names.entities for key in match.parts}
    if not bodies:
        return names
    own = tuple(
        m for m in names.projects if bodies & set(m.parts) or _before_all(m, names, question)
    )
    return replace(names, projects=own)


_JOINS = re.compile(r"(?:和|与|、|以及|跟|同)[^,，。;；?？]*$")


def _before_all(project: NameMatch, names: Names, question: str) -> bool:
    """``甲项目和某局的乙项目``: the body behind the conjunction is not that of the first project."""
    after = [match.start for match in names.entities if match.score >= _HINT]
    if not after or project.end > min(after):
        return False
    return bool(_JOINS.match(question[project.end : min(after)]))


_QUOTED = re.compile(r"[“\"「]([^”\"」]{2,30})[”\"」]")


_OPENS, _CLOSES = '“"「', '”"」'
_KIND = re.compile(r"(?:专项|补助)?(?:项目|工程|资金|经费|专项)$")
_BORNE = 0.8  # share of a quoted name's pairs of characters that a project of that name has


def _quotes_kept(names: Names, question: str) -> Names:
    """Drops projects whose name lacks what the question quotes inside theirs, or as their name."""

    def kept(match: NameMatch) -> bool:
        quoted = [squeeze(found[1]) for found in _QUOTED.finditer(match.text)]
        own = squeeze(match.name)
        if not all(phrase in own for phrase in quoted):
            return False
        before, after = question[: match.start][-1:], question[match.end :][:1]
        if not before or not after or before not in _OPENS or after not in _CLOSES:
            return True
        wanted = grams(_KIND.sub("", squeeze(match.text)))
        return sum(gram in own for gram in wanted) >= _BORNE * len(wanted)

    return replace(names, projects=tuple(m for m in names.projects if kept(m)))


def in_scope(plan: Plan, names: Names, parts: Sequence[PartRef], filters: Filters | None) -> Plan:
    """Which parts of the library the question is about."""
    known = index_of(parts)
    named = {key for match in names.entities for key in match.parts}
    if named:
        named |= _placed(names, known.nameless)
    if named and _EXCEPT.search(plan.question):
        keys: Sequence[PartKey] = [key for key in known.keys if key not in named]
        named = set()
    elif named:
        keys = sorted((key for key in named if key in known.refs), key=known.order.__getitem__)
    else:
        keys = _of_place(plan.question, known) or known.keys
    if filters is not None:
        keys = [key for key in keys if passes(known.refs[key], filters)]
    projects = tuple((match.name, match.parts) for match in names.projects)
    grouped: dict[str, tuple[PartKey, ...]] = {}
    shown: dict[str, str] = {}
    for full, its in projects:
        name = shown.setdefault(squeeze(full).removesuffix("项目"), full)
        inside = tuple(key for key in its if not named or key in named)
        grouped[name] = tuple(dict.fromkeys((*grouped.get(name, ()), *(inside or its))))
    return replace(plan, parts=tuple(keys), projects=tuple(grouped.items()))


def _of_place(question: str, known: PartIndex) -> list[PartKey]:
    """The parts of the places that a question names, where it names no body; none: it names none."""
    found = {key for place, keys in known.places.items() if place in question for key in keys}
    return sorted(found, key=known.order.__getitem__)


def project_groups(plan: Plan) -> tuple[tuple[PartKey, ...], ...]:
    """The parts of each project that the question names, its other names taken together."""
    bare = {squeeze(name).removesuffix("项目"): keys for name, keys in plan.projects}
    groups = (
        [bare.get(squeeze(name).removesuffix("项目"), ()) for name in names]
        for names in plan.projects_apart
    )
    found = (tuple(dict.fromkeys(key for keys in group for key in keys)) for group in groups)
    return tuple(dict.fromkeys(keys for keys in found if keys))


_CERTAIN = 0.7  # an unknown name from here on is a body that the library lacks
_HINT = 0.7  # a name match below this is a place or a guess


def _placed(names: Names, parts: Sequence[PartRef]) -> set[PartKey]:
    """Parts without a known body whose title or project holds the place that is named."""
    places = [match.text for match in names.entities if match.score < _HINT]
    return {part.key for part in parts if any(p in part.title or p in part.project for p in places)}


_EXCEPT = re.compile(
    r"除(?:了|去|开)?[^,;。?]{2,30}(?:外|之外|以外|报告|自己)?[,]?.{0,6}(?:还有|其他|其余|另外|别的|哪)"
)


class Named(Protocol):
    """What a part of the library is told apart by."""

    @property
    def report_name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def entity(self) -> str: ...
    @property
    def project(self) -> str: ...
    @property
    def year(self) -> str: ...


def passes(part: Named, filters: Filters | None) -> bool:
    """True where a part is what a reader narrowed the library to."""
    if filters is None:
        return True
    pairs = (
        (filters.unit, part.entity),
        (filters.year, part.year),
        (filters.project, part.project),
        (filters.kind, part.kind),
        (filters.report, part.report_name),
    )
    return all(not wanted or wanted in value for wanted, value in pairs)
