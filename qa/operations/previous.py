"""Last year's value, or the budget, from this year's value and its stated change."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.model import Figure, Role, Verdict
from ingest.quantity import Dimension, Quantity
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate, Cluster, clusters
from qa.figures.standing import equations_of
from qa.figures.weighing import narrower
from qa.operations.context import Context, clear, closed
from qa.plan import Target
from qa.present import Computed
from qa.words import cues
from qa.words.cues import OWN_BUDGET
from qa.words.matching import grams, plain_name, squeeze
from qa.words.synonyms import expand

# A figure with a stated change may score this much less than the best of its name.
_NEAR = 0.2


def derived(context: Context, target: Target) -> Cluster | None:
    """The value of the one year asked, worked out from the next year's report, as an operand.

    Its further members are the figures that it was worked out from.
    """
    years = context.plan.years
    found = previous_from_change(context, target, years[0]) if len(years) == 1 else None
    if found is None:
        return None
    computed, current, change = found
    low, high = computed.bounds or (None, None)
    quantity = Quantity(
        value=computed.value, unit=computed.unit, low=low, high=high, printed=computed.number
    )
    name = f"{current.figure.metric}（由{current.period}年报告推算：{computed.formula}）"
    figure = replace(current.figure, quantity=quantity, period=years[0], metric=name)
    worked_out = replace(current, figure=figure)
    return Cluster(worked_out, (worked_out, current, change))


def previous_from_change(
    context: Context, target: Target, year: str
) -> tuple[Computed, Candidate, Candidate] | None:
    """The value of `year` implied by the next year's report: its value ∓ its stated change.

    Where the asked name finds none, its synonyms are tried; all that find one must find the same.
    """
    found = _implied(context, target, year)
    if found is not None or not target.synonyms:
        return found
    others = [
        each
        for name in expand(squeeze(target.key))[1:]
        if (each := _implied(context, replace(target, key=name, synonyms=False), year)) is not None
        and each[1].match.presence >= _SPELLED
    ]
    return others[0] if len({each[0].value for each in others}) == 1 else None


_SPELLED = 0.85  # share of a synonym that must stand with the figure


def _implied(
    context: Context, target: Target, year: str
) -> tuple[Computed, Candidate, Candidate] | None:
    if not year.isdigit() or target.role not in (None, Role.VALUE, Role.ACTUAL):
        return None
    for following in _later(context, year):
        found = _implied_by(context, target, year, following)
        if found is not None:
            return found
    return None


_YEARS_BACK = 6  # how far back a report may compare: 比2019年（疫情前）减少


def _later(context: Context, year: str) -> list[str]:
    """The year after, and those later years of which reports in scope may compare with this one."""
    plan, first = context.plan, int(year) + 1
    keys = plan.project_parts or plan.parts
    own = {context.evidence.ref(key).year for key in keys}
    later = (str(each) for each in range(first + 1, first + _YEARS_BACK))
    return [str(first), *(each for each in later if each in own)]


def _implied_by(
    context: Context, target: Target, year: str, following: str
) -> tuple[Computed, Candidate, Candidate] | None:
    plan = context.plan
    keys = plan.project_parts or None
    candidates = context.evidence.candidates(
        target, plan, years=(following,), keys=keys, keep=statable
    )
    good = clusters([c for c in candidates if clear(context, c)])
    near = good
    if not cues.backwards_asked(plan.question):
        near = [cluster for cluster in good if cluster.score >= good[0].score - _NEAR]
    for cluster in sorted(near, key=lambda each: narrower(each.best.figure, plan.question)):
        for candidate in cluster.members:
            change = change_beside(candidate, since=year)
            twin = _told_in_words(candidate) if change is None else None
            if twin is not None:
                candidate, change = twin, change_beside(twin, since=year)
            if change is not None and of_one_year(candidate, change):
                computed = compute.previous_value(candidate.figure, change.figure)
                return computed, candidate, change
    return None


def _told_in_words(candidate: Candidate) -> Candidate | None:
    """The figure of a sentence that tells a cell's value by its name: a change may stand beside it."""
    figure = candidate.figure
    if figure.locator.table is None:
        return None
    labels = (*figure.row_path[-1:], *figure.column_path[-1:])
    names = {name for name in map(plain_name, labels) if len(name) >= _A_NAME}
    for other in candidate.document.figures:
        value, unit = other.quantity.base, other.quantity.unit
        same = value == figure.quantity.base and unit == figure.quantity.unit
        told = other.locator.table is None and other.period == figure.period
        own = squeeze(other.metric).replace("实际", "")
        if same and told and any(own.endswith(name.replace("实际", "")) for name in names):
            return replace(candidate, figure=other)
    return None


_A_NAME = 4  # characters


def of_one_year(value: Candidate, change: Candidate) -> bool:
    """Whether the change is what led to the value: 上年数 beside 比上年增加 is where it began."""
    year, changed = value.figure.period, change.figure.period
    return not (year and changed) or year == changed


_PLUS = re.compile(r"加上?|和|与|及|、|\+")


def previous_from_parts(context: Context, target: Target, year: str) -> list[Cluster]:
    """The parts that a question names in brackets (本年支出（基本支出加项目支出）), each of `year`.

    Every one is worked out from the next year's report; empty where one of them cannot be.
    """
    pieces = [piece.strip() for piece in _PLUS.split(target.aside) if piece.strip()]
    if len(pieces) < 2 or context.plan.years != (year,):
        return []
    found = [derived(context, Target(piece, label=piece)) for piece in pieces]
    parts = [each for each in found if each is not None]
    return parts if len(parts) == len(pieces) else []


def budget_from_change(
    context: Context, draft: Draft, target: Target, years: tuple[str, ...]
) -> str | None:
    """Add the initial budget implied by a value and its stated change against it; its line."""
    value_target = replace(target, role=None, key=_BUDGET_WORDS.sub(" ", target.key).strip())
    if not value_target.key:
        return None
    candidates = context.evidence.candidates(value_target, context.plan, years=years, keep=statable)
    for candidate in [c for c in candidates if clear(context, c)][:8]:
        change = change_beside(candidate, against="预算")
        if change is None or not of_one_year(candidate, change):
            continue
        computed = compute.previous_value(candidate.figure, change.figure)
        name = change.figure.basis
        value = draft.derive(
            computed,
            [candidate, change],
            label=f"{candidate.period}年 {value_target.key} {name}",
            metric=name,
            period=candidate.period,
            again=lambda figures: compute.previous_value(*figures),
        )
        return (
            f"{candidate.part.entity.value}{candidate.period}年{value_target.key}{name}："
            f"{value.number}{value.unit}（由决算数和增减额推算：{computed.formula}）。"
        )
    return None


_ADJUSTED = re.compile(r"调整后|调整之后|最终|实际")


def adjusted_budget(context: Context, draft: Draft, target: Target) -> Candidate | None:
    """Add the budget after adjustments that the report ties to the budget and changes shown."""
    shown = [each.candidate for each in draft.figures]
    if len(shown) < 2 or not _ADJUSTED.search(target.label or context.plan.text):
        return None
    document, given = shown[0].document, {each.figure.quantity.base for each in shown}
    for equation in document.equations:
        terms = {document.figures[number].quantity.base for number in equation.operands}
        if equation.family == "adjustment" and terms == given:
            found = replace(shown[0], figure=document.figures[equation.stated])
            draft.show(found, label=target.label)
            return found
    return None


_BUDGET_WORDS = re.compile(rf"年初预算数?|全年预算数?|年度预算数?|{OWN_BUDGET}数?|年初")


def statable(figure: Figure) -> bool:
    return figure.role in (Role.VALUE, Role.ACTUAL) and closed(figure)


def change_beside(
    candidate: Candidate, *, against: str = "上年", since: str = ""
) -> Candidate | None:
    """The change against last year (or the budget) that the same sentence states of a subject.

    A rate of growth that bears value and change out ties the two, wherever they stand.

    Args:
        candidate: the value.
        against: 上年 or 预算.
        since: the year that the change has to be counted from, where it is not the last one.
    """
    figure = candidate.figure
    last = str(int(figure.period) - 1) if figure.period.isdigit() else ""
    if since and since != last:
        return _counted_from(candidate, since)
    tied = (_tied(candidate) or _new_of_all(candidate)) if against == "上年" else None
    if tied is not None:
        return replace(candidate, figure=tied)
    following = candidate.document.figures[figure.no + 1 : figure.no + 12]
    beside = [
        other
        for other in following
        if (other.block == figure.block or _goes_on(figure, other))
        and (other.locator.table is None or other.row_path == figure.row_path)
    ]
    own = _plain_subject(figure)
    subjects = {_plain_subject(f) for f in (figure, *beside) if f.role in _STATED}
    for other in beside:
        subject = _plain_subject(other)
        fits = _against_last_year(other) if against == "上年" else "预算" in other.basis
        if _moves(figure, other) and fits:
            named = subject in (own, _last_name(figure)) or _names_again(figure, other)
            if named or (subject not in subjects and _shortened(subject, own)):
                return replace(candidate, figure=other)
        elif subject != own and other.sentence != figure.sentence and other.role is Role.VALUE:
            return None
    return _of_total(candidate) if against == "上年" else None


def _goes_on(figure: Figure, other: Figure) -> bool:
    """Whether a figure stands in the next paragraph, which goes on about the same: 该项支出…"""
    return other.block == figure.block + 1 and other.sentence.startswith(("该项", "此项"))


def _counted_from(candidate: Candidate, year: str) -> Candidate | None:
    """The change that the value's own sentence counts from a year before the last: 比2019年减少."""
    figure = candidate.figure
    following = candidate.document.figures[figure.no + 1 : figure.no + 12]
    told = [
        other
        for other in following
        if other.block == figure.block
        and other.locator.table is None
        and _moves(figure, other)
        and other.basis.startswith(year)
        and _plain_subject(other) == _plain_subject(figure)
    ]
    return replace(candidate, figure=told[0]) if len(told) == 1 else None


def _names_again(figure: Figure, change: Figure) -> bool:
    """资金实际使用8,294.4万元，…，实际使用数比上年增加: the name again, or most of it."""
    name = re.sub("数$|额$", "", squeeze(change.subject))
    same = change.sentence == figure.sentence
    return same and len(name) >= _A_NAME and name in squeeze(figure.metric)


_ALL_SO_FAR = re.compile(r"累计|总数|达到?$")
_NEW = re.compile(r"(?:当年|本年|全年|今年)?(?:新增|新建|新增加|新建成|新开通)")


def _new_of_all(candidate: Candidate) -> Figure | None:
    """What was new in the year, beside all there are so far: 新增基站1800座，累计建成基站15493座."""
    figure = candidate.figure
    if not _ALL_SO_FAR.search(figure.metric) or not figure.sentence:
        return None
    name = grams(_ALL_SO_FAR.sub("", plain_name(figure.metric)))
    beside = [
        other
        for other in candidate.document.figures[max(figure.no - 3, 0) : figure.no]
        if other.block == figure.block
        and other.sentence == figure.sentence
        and _NEW.search(other.metric)
        and other.quantity.unit == figure.quantity.unit
        and other.quantity.base < figure.quantity.base
        and grams(_NEW.sub("", plain_name(other.metric))) & name
    ]
    return beside[-1] if len(beside) == 1 else None


_TOTAL = re.compile(r"合计$|总额$|\s")
_WHOLE_COLUMN = re.compile(r"(?:金额|决算数|合计|小计|数)(?:[(（].*[)）])?$")


def _of_total(candidate: Candidate) -> Candidate | None:
    """The one change that the text states of what a line of a table is called by (本年收入合计)."""
    figure = candidate.figure
    if not figure.row_path or len(squeeze(figure.row_path[-1])) < _A_NAME:
        return None
    if not figure.column_path or not _WHOLE_COLUMN.search(figure.column_path[-1]):
        return None
    name = _TOTAL.sub("", figure.row_path[-1])
    found = {
        other.quantity.base: other
        for other in candidate.document.figures
        if other.part == figure.part
        and _moves(figure, other)
        and _against_last_year(other)
        and _TOTAL.sub("", _plain_subject(other)) == name
    }
    return replace(candidate, figure=next(iter(found.values()))) if len(found) == 1 else None


def _tied(candidate: Candidate) -> Figure | None:
    """The change that an equation of growth which holds divides by this value."""
    document = candidate.document
    for equation in equations_of(document, candidate.figure):
        if equation.family == "growth" and equation.verdict in (Verdict.EXACT, Verdict.ROUNDING):
            for number in equation.operands:
                other = document.figures[number]
                if other.role is Role.CHANGE and _against_last_year(other):
                    return other
    return None


_STATED = (Role.VALUE, Role.ACTUAL, Role.BUDGET)
_OF_CHANGE = re.compile(r"20\d\d\s*年度?|各?(?:增加|减少|增长|上升|下降|降低|提高)$|\s")


def _plain_subject(figure: Figure) -> str:
    """A subject without its year and the words of a change that were read with it."""
    return _OF_CHANGE.sub("", figure.subject)


def _last_name(figure: Figure) -> str:
    """What a value is called by itself: 本年收入 of 收入总计…，其中本年收入…."""
    return _OF_CHANGE.sub("", figure.metric.rpartition(" ")[2])


def _moves(figure: Figure, other: Figure) -> bool:
    """Whether a figure says how far another one moved; of a rate in percentage points."""
    own, unit = figure.quantity.unit, other.quantity.unit
    if own.dimension is Dimension.PERCENT:
        return unit.dimension is Dimension.POINT and other.role in (Role.CHANGE, Role.GROWTH)
    return other.role is Role.CHANGE and own.compatible(unit)


def _shortened(short: str, whole: str) -> bool:
    """``受理案件`` of ``全年受理各类案件``: the same name with characters left out."""
    letters = iter(whole)
    return len(short) >= 4 and all(letter in letters for letter in short)


_WITH_LAST_YEAR = re.compile(
    r"(?:与|和|同|比|较)(?:上年|去年|上一年|(?P<year>20\d\d)年)(?:度)?(?:决算数?|同期)?(?:相?比|增|减|变|差)"
)
_LAST_YEARS = ("上年", "去年", "上一年", "同期")


def _against_last_year(figure: Figure) -> bool:
    """Whether a change is counted from the year before the one that it is of."""
    last = str(int(figure.period) - 1) if figure.period.isdigit() else ""
    if figure.basis[:4].isdigit() and figure.basis.startswith("20"):
        return not last or figure.basis.startswith(last)
    if figure.basis:
        return any(word in figure.basis for word in _LAST_YEARS)
    told = figure.sentence if figure.locator.table is None else "".join(figure.column_path)
    found = _WITH_LAST_YEAR.search(squeeze(told))
    return found is not None and (not found["year"] or not last or found["year"] == last)
