"""One row of a comparison: the figures of a metric chosen alike in all years, then its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.quantity import Unit
from qa.compare.across import AcrossClaim
from qa.compare.across_facts import keys_of
from qa.compare.found import Found, find
from qa.compare.model import Origin
from qa.compare.request import alternatives
from qa.compare.subjects import Subject
from qa.figures.evidence import Candidate, Cluster
from qa.figures.word_index import FigureIndexCache
from qa.naming.identity_vetoes import metric_veto
from qa.operations.context import Context
from qa.operations.lookup import overall_asked
from qa.plan import Target
from qa.words.matching import asked_grams, grams, plain_name, squeeze

_NEARLY = 0.8  # of the characters of the asked name
_YEAR_COLUMN = re.compile(r"(?:上年度?|本年度?|去年|当年|20\d\d年?度?)?(?:决算|执行)?数$")
_OWN_WORDS = re.compile(r"(?:19|20)\d\d\s*年?度?|^年度?(?=\S{3})|本(?:年度|部门|单位|项目)|[“”\"]")


@dataclass(frozen=True, slots=True)
class Line:
    """A row under way: whose, which metric, what was found for each year, in which unit."""

    subject: Subject
    target: Target
    founds: tuple[Found, ...]
    unit: Unit | None
    claims: tuple[AcrossClaim, ...] = ()

    @property
    def label(self) -> str:
        return self.target.label or self.target.key


def line(
    context: Context,
    subject: Subject,
    target: Target,
    years: Sequence[str],
    claims: Sequence[AcrossClaim] = (),
) -> Line:
    """The figures of `target` for all years, taken alike: one name, one scope, one kind of unit."""
    names = (target, *alternatives(target))
    founds = [find(context, subject, names, year) for year in years]
    founds = _settled(founds)
    founds = _of_one_scope(founds)
    founds = _of_one_kind(founds)
    founds = _of_one_name(founds, names)
    return Line(subject, target, tuple(founds), _unit(context.plan.unit, founds), tuple(claims))


def names_of(candidate: Candidate) -> frozenset[str]:
    """The names under which a figure is recognised in another report."""
    keys = keys_of(candidate.document, candidate.figure)
    return frozenset(plain_name(key.partition("|")[0]) for key in keys) | {label_of(candidate)}


def label_of(candidate: Candidate) -> str:
    """The figure's own labels, plainly: row and column of a cell, the metric of a sentence."""
    figure = candidate.figure
    if figure.locator.table is None or figure.subject:
        part = candidate.part
        bare = figure.metric
        for name in filter(None, (part.project.value, part.entity.value)):
            bare = bare.replace(name, "")
        return plain_name(_OWN_WORDS.sub("", bare) or figure.metric)
    label = "".join((*figure.row_path[-1:], *figure.column_path))
    return plain_name(_YEAR_COLUMN.sub("", label) or label)


def _settled(founds: Sequence[Found]) -> list[Found]:
    """Years in which several figures fit take the one that has the name of the other years'."""
    known = {name for found in founds for each in found.members for name in names_of(each)}
    settled: list[Found] = []
    for found in founds:
        alike = [c for c in found.rivals if any(names_of(m) & known for m in c.members)]
        if found.origin is Origin.UNCLEAR and len(alike) == 1:
            note = "有几个数都可能，取与其他年度同名的一个"
            found = Found(found.period, Origin.OWN, alike[0].members, note=note)
        settled.append(found)
    return settled


def _of_one_scope(founds: Sequence[Found]) -> list[Found]:
    """Of the places that say one value, those of the scope that most years have."""
    counted = Counter(
        scope for found in founds for scope in {each.figure.scope for each in found.members}
    )
    chosen: list[Found] = []
    for found in founds:
        if len(found.members) > 1 and found.origin is Origin.OWN:
            best = max(
                found.members,
                key=lambda each: (counted[each.figure.scope], each is found.members[0]),
            )
            found = found.first(best)
        chosen.append(found)
    return chosen


def _of_one_kind(founds: Sequence[Found]) -> list[Found]:
    """A year whose figure is of another kind, or of the opposite side, is left open."""
    dimensions = Counter(
        found.best.figure.quantity.unit.dimension for found in founds if found.best is not None
    )
    if not dimensions:
        return list(founds)
    usual = dimensions.most_common(1)[0][0]
    first: Candidate | None = None
    kept: list[Found] = []
    for found in founds:
        best = found.best
        if best is not None:
            other = best.figure.quantity.unit.dimension is not usual
            veto = "" if first is None else metric_veto(_said(first), _said(best))
            if other or veto:
                found = _left_open(found, veto or "单位不同类")
            elif first is None:
                first = best
        kept.append(found)
    return kept


def _of_one_name(founds: Sequence[Found], targets: Sequence[Target]) -> list[Found]:
    """A year whose figure has neither the asked name nor that of another year is left open.

    So are all where no year's figure has the asked name: what they agree on is another thing.
    """
    if overall_asked(targets[0]):  # the score of the whole is told by its place, not by its name
        return list(founds)
    names = [_all_names(found) for found in founds]
    fits = [_fits(found, targets) for found in founds]
    kept: list[Found] = []
    for number, found in enumerate(founds):
        others = [n for n in range(len(founds)) if n != number and founds[n].members]
        shared = any(fits) and any(names[number] & names[n] for n in others)
        if found.members and not fits[number] and not shared:
            found = _left_open(found, "名称与所问的、与其他年度的都不同")
        kept.append(found)
    return kept


def _fits(found: Found, targets: Sequence[Target]) -> bool:
    """Whether the figure's own labels, with its table and heading, have what is asked."""
    return any(_named(each, target) for each in found.members for target in targets)


def _named(candidate: Candidate, target: Target) -> bool:
    """True where the labels have nearly all characters of the asked name, most in its order."""
    document, figure = candidate.document, candidate.figure
    path = document.section_path(figure.section)
    above = [*path[-1:], figure.subject, *figure.row_path, *figure.column_path]
    if figure.locator.table is not None:
        above.append(document.tables[figure.locator.table].title)
    letters = set(FigureIndexCache.get(document).features[figure.no].letters)
    letters |= set(squeeze("".join(above)))
    pairs = frozenset(gram for text in (label_of(candidate), *above) for gram in grams(text))
    for name in (target.key, target.label):
        asked, wanted = set(squeeze(name)), asked_grams(name)
        near = len(asked & letters) >= _NEARLY * len(asked)
        if asked and near and 2 * len(wanted & pairs) > len(wanted):
            return True
    return False


def _all_names(found: Found) -> frozenset[str]:
    """Every name under which the figure may be known elsewhere."""
    names: set[str] = set()
    for each in found.members:
        names |= names_of(each)
        names |= FigureIndexCache.get(each.document).features[each.figure.no].plain
    return frozenset(names)


def _said(candidate: Candidate) -> str:
    figure = candidate.figure
    return " ".join((figure.metric, *figure.row_path, *figure.column_path))


def _left_open(found: Found, why: str) -> Found:
    cluster = Cluster(found.members[0], found.members)
    note = f"所取的数与其他年度不是一回事：{why}"
    return Found(found.period, Origin.UNCLEAR, rivals=(cluster,), note=note)


def _unit(asked: Unit | None, founds: Sequence[Found]) -> Unit | None:
    """The unit asked for where it fits, else that of most years; of two the larger."""
    units = [found.best.figure.quantity.unit for found in founds if found.best is not None]
    if not units:
        return None
    if asked is not None and all(unit.compatible(asked) for unit in units):
        return asked
    counted = Counter(units)
    return max(counted, key=lambda unit: (counted[unit], unit.factor))


def shared_names(founds: Sequence[Found]) -> bool:
    """Whether the figures of all years have a name in common."""
    sets = [_all_names(found) for found in founds if found.members]
    return not sets or bool(frozenset.intersection(*sets))
