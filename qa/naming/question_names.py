"""Units, projects and years that a question names, and where; names that stand for something else left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from qa.model import PartRef
from qa.naming.known_names import KnownNames
from qa.naming.names import NameMatch, Names, resolve_names
from qa.naming.projects import SCORE_ALONE
from qa.part_index import index_of
from qa.plan import Plan
from qa.planning.periods import Periods, find_periods
from qa.planning.scope import consistent
from qa.question.ellipsis import Named
from qa.words.lexicon import words
from qa.words.matching import shortens, squeeze


def named_in(
    asked: str,
    parts: Sequence[PartRef],
    known_names: KnownNames | None,
    before: Plan | None,
    vocabulary: Collection[str] = (),
) -> tuple[str, Names, Periods]:
    """A question with the spelling of its names put right, its names and its years."""
    if known_names is not None:
        asked = known_names.respelled(asked)
    read, found = asked, resolve_names(asked, parts)
    other = _spelled_elsewhere(found, parts, vocabulary)
    if other:
        read = _blanked(asked, other)
        found = resolve_names(read, parts)
    names = _names_in(read, found, known_names, frozenset(vocabulary))
    names = _with_short_projects(names, asked, parts, vocabulary)
    names = _with_projects_by_their_end(names, asked, parts)
    known = index_of(parts).years
    inherited = before.years if before else ()
    spans = [(m.start, m.end) for m in (*names.projects, *names.unknown)]
    periods = find_periods(asked, known=known, inherited=inherited, names_spans=spans)
    return asked, _of_years(names, periods, parts), periods


def _names_in(
    asked: str, found: Names, known_names: KnownNames | None, vocabulary: Collection[str]
) -> Names:
    names = _without_rows(found, asked, vocabulary)
    verbs = [
        match
        for match in names.projects
        if match.end - match.start <= _A_VERB and asked[match.end : match.end + 1] in _AFTER_A_VERB
    ]
    names = replace(names, projects=tuple(m for m in names.projects if m not in verbs))
    return consistent(known_names.widened(names) if known_names else names, asked)


_YEARS = re.compile(r"(?:(?:19|20)\d\d(?:[-—~至](?:19|20)?\d\d)?年(?:度)?)?的?")
_SHORT = (4, 3, 2)  # characters of a short form of a project's name
_BY_SHORT_FORM = 0.7
_A_VERB = 2  # characters
_AFTER_A_VERB = tuple("了过着多几")  # 某救助站救助了多少人次: what was done, no name


def _with_short_projects(
    names: Names, asked: str, parts: Sequence[PartRef], vocabulary: Collection[str]
) -> Names:
    """With the one project of a body that is named by some of its characters behind it (某县旧改)."""
    if names.projects or not names.entities:
        return names
    found: list[NameMatch] = []
    for match in names.entities:
        own = [ref for ref in parts if ref.entity == match.name and ref.project]
        if len({ref.project for ref in own}) != 1:
            continue
        years = _YEARS.match(asked, match.end)
        start = years.end() if years else match.end
        short = _short_form(asked[start:], own[0].project, vocabulary)
        end = start + len(short)
        if short and asked[end : end + 1] not in _AFTER_A_VERB:
            keys = tuple(ref.key for ref in own)
            found.append(NameMatch(start, end, short, own[0].project, _BY_SHORT_FORM, keys))
    return replace(names, projects=tuple(found)) if found else names


_ENDS = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年(?:度)?)?的?(?P<end>[一-鿿]{2,8}(?:项目|专项))(?!支出|类)"
)
_YEAR_BEFORE = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:度)?$")


def _with_projects_by_their_end(names: Names, asked: str, parts: Sequence[PartRef]) -> Names:
    """With the one project of a body and year whose name ends as it is called behind the body.

    林业局2021年的养护项目 is 全市古树名木养护项目, which shares no telling word with what is said.
    """
    found: list[NameMatch] = []
    for match in names.entities:
        said = _ENDS.match(asked, match.end)
        if said is None or any(m.start < said.end() and match.end < m.end for m in names.projects):
            continue
        before = _YEAR_BEFORE.search(asked[: match.start])
        year = said["year"] or (before["year"] if before else "")
        own = [
            ref
            for ref in parts
            if ref.entity == match.name
            and squeeze(ref.project).endswith(said["end"])
            and (not year or ref.year == year)
        ]
        if len({ref.project for ref in own}) == 1:
            keys = tuple(ref.key for ref in own)
            start = said.start("end")
            end = said["end"]
            found.append(
                NameMatch(start, start + len(end), end, own[0].project, _BY_SHORT_FORM, keys)
            )
    return replace(names, projects=(*names.projects, *found)) if found else names


def _short_form(text: str, project: str, vocabulary: Collection[str]) -> str:
    """The short form of a project's name that a text opens with, where it is no word by itself."""
    name = squeeze(project)
    return next(
        (
            text[:size]
            for size in _SHORT
            if re.fullmatch(f"[一-鿿]{{{size}}}", text[:size])
            and shortens(text[:size], name)
            and text[:size] not in words("common_words.txt")
            and not any(text[:size] in word for word in vocabulary)
        ),
        "",
    )


_AS_ROW = re.compile(r"[”\"]?\s*(?:[那这]个)?(?:[(（]\s*[项款类]\s*[)）]|[项款类]级|科目)")


_LONGEST_ROW = 12  # characters


def _without_rows(names: Names, asked: str, vocabulary: Collection[str]) -> Names:
    """Without bodies whose name stands for an account, where they are named besides.

    2012604档案馆（项）; 人大 in 人大事务, where the library's reports have that word.
    """

    def kept(match: NameMatch) -> bool:
        besides = any(m.name == match.name and m.start != match.start for m in names.entities)
        return not (besides and (_AS_ROW.match(asked, match.end) or _begins_row(match)))

    def _begins_row(match: NameMatch) -> bool:
        longer = (asked[match.start : match.end + n] for n in range(1, _LONGEST_ROW))
        return any(word in vocabulary and word not in match.name for word in longer)

    return replace(names, entities=tuple(match for match in names.entities if kept(match)))


def _spelled_elsewhere(
    names: Names, parts: Sequence[PartRef], vocabulary: Collection[str]
) -> list[NameMatch]:
    """Projects that are named by what the library itself calls something else."""
    return [
        match
        for match in names.projects
        if match.text not in match.name
        and match.text in vocabulary
        and not any(match.text in part.project for part in parts)
    ]


def _blanked(asked: str, matches: Sequence[NameMatch]) -> str:
    """The question without what is no name of a body or project; offsets stay."""
    for match in matches:
        asked = f"{asked[: match.start]}{' ' * len(match.text)}{asked[match.end :]}"
    return asked


def _of_years(names: Names, periods: Periods, parts: Sequence[PartRef]) -> Names:
    """The names without projects that are hardly named and not of all the years asked for."""
    refs, years = index_of(parts).refs, set(periods.years)
    several = len({match.start for match in names.projects}) > 1

    def kept(match: NameMatch) -> bool:
        own = {refs[key].year for key in match.parts if key in refs}
        fits = years & own if several and years else years <= own
        return match.score > SCORE_ALONE or bool(fits)

    return replace(names, projects=tuple(match for match in names.projects if kept(match)))


def places_of(names: Names, periods: Periods) -> tuple[Named, ...]:
    """Where a question names units, projects and years, in its order; the longest at each place."""
    found = [Named("unit", m.start, m.end) for m in names.entities]
    found += [Named("project", m.start, m.end) for m in names.projects]
    alone = len(periods.text_spans) == len(periods.years) == 1
    year = f"{periods.years[0]}年" if alone else ""
    found += [Named("year", low, high, year) for low, high in periods.text_spans]
    kept: list[Named] = []
    for each in sorted(set(found), key=lambda n: (n.start - n.end, n.start)):
        if not any(low < each.end and each.start < high for _, low, high, _ in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: each.start))
