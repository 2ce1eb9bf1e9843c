"""What reports state and the user decided of names, as facts to align names by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Protocol

from index.aliases import JOINED, Alias, StatedName
from ingest.identity.renames import Told
from qa.compare.model import State
from qa.model import Source
from qa.naming.identity import NameFact

_HOW = {
    Told.RENAMED: "报告写明更名",
    Told.SHORTENED: "报告写明简称",
    Told.REORGANISED: "报告提到机构改革，是否同一单位请核实",
}
_MOST_OF_A_CODE = 12  # names of one code that are joined


class Aliases(Protocol):
    """What alignment needs of a library."""

    def stated(self) -> Sequence[StatedName]: ...

    def decided(self) -> Sequence[Alias]: ...


def name_facts(aliases: Aliases) -> tuple[NameFact, ...]:
    """All facts: what the user decided, what reports state of names, names of one code."""
    stated = aliases.stated()
    return (
        *map(_decided, aliases.decided()),
        *(_stated(each) for each in stated if each.told != Told.CODED),
        *_of_one_code(stated),
    )


def _decided(alias: Alias) -> NameFact:
    joined = alias.state == JOINED
    how = "由用户认定" if joined else "用户认定不是同一个"
    if alias.note:
        how += f"：{alias.note}"
    sources = tuple(map(_kept_source, alias.evidence))
    state = State.USER if joined else State.PARTED
    return NameFact(alias.kind, alias.first, alias.second, state, how, sources=sources)


def _kept_source(place: Mapping[str, Any]) -> Source:
    return Source(
        report=place["report"],
        quote=place["quote"],
        start=place["start"],
        end=place["end"],
        page=place.get("page"),
    )


def source_of_stated(stated: StatedName) -> Source:
    """Where a report says it."""
    return Source(stated.report_name, stated.quote, stated.start, stated.end, stated.page)


def _stated(stated: StatedName) -> NameFact:
    told = Told(stated.told)
    state = State.GUESSED if told is Told.REORGANISED else State.CONFIRMED
    return NameFact(
        stated.subject,
        stated.first,
        stated.second,
        state,
        _HOW[told],
        stated.entity,
        (source_of_stated(stated),),
    )


def _of_one_code(stated: Sequence[StatedName]) -> Iterator[NameFact]:
    """Names that reports give one code: one project, or one body."""
    by_code: dict[tuple[str, str], dict[str, StatedName]] = defaultdict(dict)
    for each in stated:
        if each.told == Told.CODED:
            by_code[each.subject, each.second].setdefault(each.first, each)
    for (subject, code), names in by_code.items():
        for one, other in combinations(list(names.values())[:_MOST_OF_A_CODE], 2):
            yield NameFact(
                subject,
                one.first,
                other.first,
                State.CONFIRMED,
                f"编码相同（{code}）",
                one.entity,
                (source_of_stated(one), source_of_stated(other)),
            )
