"""What every operation needs: evidence, plan, thresholds; and the choice of a figure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ingest.model import Document, Figure, Role, Table, Verdict
from qa.drafts import Draft
from qa.figures.evidence import Candidate, Cluster, Evidence, clusters, says_same
from qa.figures.neighbours import told_beside
from qa.figures.standing import equations_of
from qa.figures.weighing import other_side
from qa.figures.word_index import FigureIndexCache
from qa.model import Outcome, PartKey, Value
from qa.operations.preferred import (
    IN_FULL,
    is_unasked_rate,
    lone_zero,
    of_all_funds,
    of_its_own_year,
    of_total,
    part_meant,
    told_before,
    told_later,
    told_twice,
)
from qa.plan import Plan, Target
from qa.present import called, counted_by, direction_word, project_in, shown
from qa.words.matching import asked_grams, grams, plain_name, squeeze
from qa.words.synonyms import expand

# A rival whose score comes this close to the best makes the choice uncertain.
MARGIN = 0.035
# A figure that lacks so much of what is asked, in words that the report uses elsewhere, is another.
MOST_LACKING = 0.3
# Likewise where nothing of what the question says around the asked name stands near the figure.
MOST_STRANGE = 0.9
# So much of a name must stand with a figure for it to be spelled out there.
_SPELLED = 0.85


@dataclass(frozen=True, slots=True)
class Context:
    """Evidence and plan of a question under way."""

    evidence: Evidence
    plan: Plan
    threshold: float
    most_lacking: float = MOST_LACKING


class Choice(NamedTuple):
    """The figure that is meant, or the rivals between which nothing decides."""

    best: Cluster | None
    rivals: tuple[Cluster, ...] = ()
    nearest: Cluster | None = None  # the nearest miss, to show when abstaining


def choose(
    context: Context,
    target: Target,
    *,
    years: Collection[str] | None = None,
    keys: Collection[PartKey] | None = None,
    keep: Callable[[Figure], bool] | None = None,
) -> Choice:
    """The cluster that a target means, if the evidence is clear enough."""
    plan = context.plan
    if keys is None and plan.projects:
        inside = set(plan.project_parts)
        found = choose(context, target, years=years, keys=inside, keep=keep)
        if found.best is not None or found.rivals:
            return found
        reports = {report for report, _ in inside}
        wider = [key for key in plan.parts if key[0] in reports] or list(inside)
        found = choose(context, target, years=years, keys=wider, keep=keep)
        return _by_mention(context, target, years, keep) if found == Choice(None) else found
    wanted = plan.years if years is None else years
    candidates = context.evidence.candidates(target, plan, years=wanted, keys=keys, keep=keep)
    ranked = clusters(candidates)
    ranked = [c for c in ranked if _bears(plan, target, c)]
    good = [c for c in ranked if clear(context, c.best) and _of_antecedent(plan, c.best)]
    good = _of_all_three(target, good)
    if not good and target.aside:
        other = replace(target, key=target.aside, aside="")
        return choose(context, other, years=years, keys=keys, keep=keep)
    if not good and target.synonyms:
        called = _by_synonym(context, target, years, keys, keep)
        called = called or _by_its_count(context, target, years, keys, keep)
        if called is not None:
            return called
    if not good:
        return Choice(None, nearest=ranked[0] if ranked else None)
    best = of_its_own_year(good, part_meant(target, good))
    best = told_twice(good, of_all_funds(plan, good, best))
    whole = good[0] if best is not good[0] else None
    rivals = tuple(
        c
        for c in good
        if c is not best
        and c is not whole
        and not _compatible(best, c)
        and not _one_fact(best.best, c.best)
        and not told_later(best.best, c.best)
        and not lone_zero(c, best)
        and not _named_in_full(best.best, c.best)
        and not _part_of(plan, best.best, c.best)
        and not of_total(target, best.best, c.best)
        and not told_before(target, best.best, c.best)
        and (best.score - c.score < MARGIN or _elsewhere(plan, best.best, c.best))
    )
    return Choice(best, rivals) if not rivals else Choice(None, (best, *rivals), best)


_ALL_THREE = "三公"


def _of_all_three(target: Target, good: list[Cluster]) -> list[Cluster]:
    """Of 三公经费支出决算 the figures called so, where there are some: 公务接待费支出决算 is a part of it."""
    if _ALL_THREE not in squeeze(target.key):
        return good
    called = [
        cluster
        for cluster in good
        if _ALL_THREE in squeeze(cluster.best.figure.metric + "".join(cluster.best.figure.row_path))
    ]
    called = [c for c in called if not _SAVED.search(c.best.figure.metric)] or called
    if target.role is None:  # how it moved, or how far it was spent, is no amount
        called = [cluster for cluster in called if cluster.best.figure.role in _AMOUNTS]
    return called or good


_SAVED = re.compile("节约|节省|超支|结余")
_AMOUNTS = (Role.VALUE, Role.ACTUAL)


def _by_mention(
    context: Context,
    target: Target,
    years: Collection[str] | None,
    keep: Callable[[Figure], bool] | None,
) -> Choice:
    """A figure of a project in a report of another year, by a name that the question calls it."""
    strict = replace(context, threshold=max(context.threshold, _CALLED), most_lacking=MOST_LACKING)
    projects = (name for name, _ in context.plan.projects)
    for name in dict.fromkeys((target.aside, _mention(context.plan), *projects)):
        keys = of_another_year(context, years, name) if name else ()
        if keys:
            called = replace(target, key=f"{name} {target.key}", aside="")
            found = choose(strict, called, years=years, keys=keys, keep=keep)
            if found != Choice(None):
                return found
    return Choice(None)


def tables(context: Context) -> Iterator[tuple[int, Document, Table]]:
    """The tables of the parts and years asked for, each with its report."""
    plan = context.plan
    for report, parts in context.evidence.scoped(plan.asked_parts):
        document = context.evidence.index(report).document
        for table in document.tables:
            part = document.part_of(table.block)
            if part.no in parts and (not plan.years or part.year in plan.years):
                yield report, document, table


def of_another_year(
    context: Context, years: Collection[str] | None = None, name: str = ""
) -> tuple[PartKey, ...]:
    """Parts of the year asked for that speak of a project found only under another year's name.

    `name` is what it is called there; "" for the question's own words for it.

    ``2022年运维项目`` where the catalogue has 某区2023年…（运维类）项目 alone and the body's report
    of 2022 is about the whole body; empty where the project has a part of that year.
    """
    plan, evidence = context.plan, context.evidence
    own = set(plan.project_parts)
    bodies = {*plan.entities, *(evidence.ref(key).entity for key in own)}
    asked = tuple(plan.years if years is None else years)
    if len(asked) != 1 or any(evidence.ref(key).year in (asked[0], "") for key in own):
        return ()
    wanted = asked_grams(name or _mention(plan))
    return tuple(
        key
        for key in plan.parts
        if evidence.ref(key).year == asked[0]
        and not evidence.ref(key).project
        and evidence.ref(key).entity in bodies
        and wanted
        and sum(gram in evidence.document(key[0]).text for gram in wanted)
        >= _SPOKEN_OF * len(wanted)
    )


def _mention(plan: Plan) -> str:
    """The question's own words for the project that it names."""
    spans = [named for named in plan.named if named.kind == "project"]
    return squeeze("".join(plan.question[each.start : each.end] for each in spans))


def _by_synonym(
    context: Context,
    target: Target,
    years: Collection[str] | None,
    keys: Collection[PartKey] | None,
    keep: Callable[[Figure], bool] | None,
) -> Choice | None:
    """What the target's other names find, where all that find anything find the same."""
    found: list[Cluster] = []
    for name in expand(squeeze(target.key))[1:]:
        other = replace(target, key=name, synonyms=False)
        choice = choose(context, other, years=years, keys=keys, keep=keep)
        if choice.best is not None and choice.best.best.match.presence >= _SPELLED:
            found.append(choice.best)
    if not found or not all(says_same(found[0].best, each.best) for each in found):
        return None
    return Choice(found[0])


_NUMBER_OF = re.compile(
    r"(?P<what>[一-鿿]{2,}?)(?:(?P<noun>人次|批次|[人户台辆座所家件起次场宗])数量?|(?P<size>里程|面积|长度|容积))$"
)
_IN = {  # 新改建农村公路里程 is what 新改建农村公路203.7公里 tells
    "里程": ("公里", "千米"),
    "面积": ("平方米", "亩", "公顷", "平方公里"),
    "长度": ("米", "公里", "千米"),
    "容积": ("立方米",),
}


def _by_its_count(
    context: Context,
    target: Target,
    years: Collection[str] | None,
    keys: Collection[PartKey] | None,
    keep: Callable[[Figure], bool] | None,
) -> Choice | None:
    """What 见习698人 tells where 见习人数 is asked for: the thing, counted in the measure word."""
    name = squeeze(target.key)
    found = _NUMBER_OF.search(name)
    if found is None or target.noun:
        return None
    nouns = (found["noun"],) if found["noun"] else _IN[found["size"]]
    key, size = name[: found.end("what")], name[found.end("what") :]

    def counted(figure: Figure) -> bool:
        unit = figure.quantity.unit
        alike = unit.noun in nouns or unit.symbol.lstrip("百千万亿") in nouns
        # One that is called a number itself was found by that name already, and not taken.
        told = size not in squeeze(figure.metric)
        return alike and told and (keep is None or keep(figure))

    other = replace(target, key=key, noun=found["noun"] or "", synonyms=False)
    choice = choose(context, other, years=years, keys=keys, keep=counted)
    sure = choice.best is not None and choice.best.best.match.presence >= _SPELLED
    return choice if sure else None


def _bears(plan: Plan, target: Target, cluster: Cluster) -> bool:
    """False for a figure without a name or code that the question insists on.

    Of several names asked for at once, a figure bears those of its own target.
    """
    best = cluster.best
    if not _of_inner(target, best) or not _bears_new_name(plan, target, best):
        return False
    told = best.figure.locator.table is None
    if told and other_side(best.document, best.figure, squeeze(target.key)):
        return False  # of income, where spending is asked for
    if told_beside(target, best.document, best.figure) or is_unasked_rate(
        plan, target, best.figure
    ):
        return False
    said = tuple(name for name in plan.must if not target.said or name in target.said)
    own = tuple(name for name in said if name in target.key)
    for name in own or said:
        wanted = grams(name)
        index = FigureIndexCache.get(cluster.best.document)
        held = index.features[cluster.best.figure.no].weights
        if wanted and sum(gram in held for gram in wanted) < _BORNE * len(wanted):
            return False
    return True


def _bears_new_name(plan: Plan, target: Target, candidate: Candidate) -> bool:
    """False for a figure that a follow-up's new name does not name (货物呢 after 采购总额)."""
    wanted = grams(plan.renamed) if plan.renamed in target.key else frozenset()
    figure = candidate.figure
    names = (figure.metric, figure.subject, *figure.row_path, *figure.column_path)
    held = grams(f"{' '.join(names)} {candidate.part.project.value}")
    return sum(gram in held for gram in wanted) >= _NEW_NAME * len(wanted)


def _of_inner(target: Target, candidate: Candidate) -> bool:
    """False for the figure of the whole where one inside it is asked for (基本支出中，差旅费)."""
    outer = asked_grams(target.where)
    inner = asked_grams(target.key.removeprefix(target.where).strip()) - outer
    if not outer or not inner:
        return True
    figure = candidate.figure
    feature = FigureIndexCache.get(candidate.document).features[figure.no]
    own = grams(f"{figure.metric} {figure.subject} {' '.join(figure.row_path)}")
    names = own.union(*(name for name in feature.names if name), *feature.parents)
    of_kind = grams(" ".join(figure.scope))
    return bool(inner & (names | of_kind)) or not own & outer


def _named_in_full(best: Candidate, other: Candidate) -> bool:
    """True where the question says the whole name of the one figure and little of the other's."""
    if best.document is not other.document or best.match.coverage < _LEAST_COVERED:
        return False
    return best.match.precision >= IN_FULL and other.match.precision < _LEAST_OTHER


def _part_of(plan: Plan, whole: Candidate, part: Candidate) -> bool:
    """True for the row of a part below the row that was found, where the question names no part."""
    place, spot = whole.figure.locator, part.figure.locator
    column = (place.table, place.column) == (spot.table, spot.column) and place.table is not None
    path = part.figure.row_path
    below = len(path) > 1 and path[:-1] == whole.figure.row_path
    asked = grams(plan.text)
    return column and whole.document is part.document and below and not asked & grams(path[-1])


def _of_antecedent(plan: Plan, candidate: Candidate) -> bool:
    """False for a figure of another row than the one that 它 and 其 stand for."""
    if not plan.memory or plan.memory not in plan.context:
        return True
    index = FigureIndexCache.get(candidate.document)
    wanted = asked_grams(plan.memory)
    if plain_name(plan.memory) not in index.labels or not wanted:
        return True
    held = index.features[candidate.figure.no].weights
    return sum(gram in held for gram in wanted) * 2 >= len(wanted)


def clear(context: Context, candidate: Candidate) -> bool:
    """True when enough of the asked words stand with the figure."""
    match = candidate.match
    spelled = match.presence >= _SPELLED
    exact = spelled and match.precision >= 0.9
    if (
        not exact
        and match.strange > MOST_STRANGE
        and context.plan.context
        and not context.plan.lenient
    ):
        return False
    if candidate.figure.role in _DEPENDENT and match.precision < _LEAST_NAMED:
        return False
    return (
        match.presence >= context.threshold
        and match.coverage >= 0.3
        and (match.lacking <= context.most_lacking or spelled)
    )


def _elsewhere(plan: Plan, best: Candidate, other: Candidate) -> bool:
    """True when another body's report gives the asked figure too and the question names no body."""
    if plan.entities or plan.projects or best.part.entity.value == other.part.entity.value:
        return False
    named = min(best.match.precision, _LEAST_OTHER)
    return other.match.precision >= named and other.match.coverage >= 0.95 * best.match.coverage


def _compatible(left: Cluster, right: Cluster) -> bool:
    """Same role and printed digits in another unit are one fact; so is a repeated figure."""
    a, b = left.best.figure, right.best.figure
    return a.quantity.printed == b.quantity.printed and a.role is b.role


def _one_fact(left: Candidate, right: Candidate) -> bool:
    """True for two statements of one fact that differ: no choice, but a contradiction."""
    pair = {left.figure.no, right.figure.no}
    return left.document is right.document and any(
        {equation.stated, *equation.operands} == pair
        for equation in equations_of(left.document, left.figure)
        if equation.verdict is Verdict.FAILS
    )


_CALLED = 0.55  # share of a name's words that stand with a figure found by a mention alone
_SPOKEN_OF = 0.6  # share of the grams of a project's mention that stand in a report
_NEW_NAME = 0.5  # share of the grams of a new name that the figure's own names hold
_BORNE = 0.8  # share of a name's grams that a figure that bears it holds
_DEPENDENT = (Role.CHANGE, Role.GROWTH, Role.SHARE)
_LEAST_NAMED = 0.15
_LEAST_COVERED = 0.6
# A figure of another body counts as one asked for where so much of its own name is asked.
_LEAST_OTHER = 0.6


def closed(figure: Figure) -> bool:
    """True for a figure that may be computed with: not ``超12万`` or ``90%以上``."""
    return figure.quantity.low is not None and figure.quantity.high is not None


def told_together(document: Document, parts: Collection[int]) -> Iterator[list[Figure]]:
    """The figures of each sentence that may be computed with, in their order; none of a table's."""
    sentences: defaultdict[tuple[int, str], list[Figure]] = defaultdict(list)
    for figure in document.figures:
        told = figure.locator.table is None and figure.sentence and closed(figure)
        if told and figure.part in parts:
            sentences[figure.block, figure.sentence].append(figure)
    yield from sentences.values()


def label_for(target: Target, candidate: Candidate) -> str:
    """How the asker calls the figure, where that names it at all; else its own name."""
    held = FigureIndexCache.get(candidate.document).features[candidate.figure.no].weights
    named = any(gram in held for gram in asked_grams(target.label))
    metric = candidate.figure.metric
    return called(target.label, metric) if named else metric


def add_figure(draft: Draft, context: Context, cluster: Cluster, target: Target) -> Value:
    """Append a stated figure with its check, place and equations to the draft."""
    candidate = cluster.best
    unit = context.plan.unit
    if unit is not None and target.dimension not in (None, unit.dimension):
        unit = None
    others = [m for m in cluster.members[:4] if _same_fact(m, candidate)]
    value = draft.show(candidate, label=label_for(target, candidate), unit=unit, beside=others)
    noun = target.noun or counted_by(target.key)
    if not value.unit and noun:  # a bare number of a column such as 合同数
        draft.values[-1] = value = replace(value, unit=noun)
    return value


_AS_WELL = 0.25  # of a score: what fits so much less well is of another thing with a like value


def _same_fact(member: Candidate, best: Candidate) -> bool:
    """Whether a figure of a like value is the same fact at another place: as well named, or nearly."""
    if (member.document.sha256, member.figure.no) == (best.document.sha256, best.figure.no):
        return False
    return member.score >= best.score - _AS_WELL


def sentence(value: Value, candidate: Candidate) -> str:
    """One line for a value: label, number, check in words."""
    figure = candidate.figure
    word = direction_word(figure)
    number = f"{value.number}{value.unit}"
    if value.unit == figure.quantity.unit.symbol:
        number = shown(figure)
    entity = f"{value.entity}" if value.entity else ""
    name = value.project or project_in(figure.metric)
    project = f"“{name}”" if name and name not in value.label else ""
    line = f"{entity}{project}{value.label}：{word}{number}"
    if figure.basis and figure.role in (Role.CHANGE, Role.GROWTH, Role.SHARE):
        line += f"（{'占' if figure.role is Role.SHARE else '比'}{figure.basis}）"
    return line + "。"


def clarify(rivals: Sequence[Cluster]) -> Draft:
    """An open draft between figures that fit alike; `qa.planning.choices` makes questions of them."""
    return Draft(outcome=Outcome.CLARIFY, rivals=[cluster.best for cluster in rivals])
