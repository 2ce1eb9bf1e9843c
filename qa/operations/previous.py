"""Last year's value, or the budget, from this year's value and its stated change."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.model import Figure, Role
from ingest.quantity import Quantity
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate, Cluster, clusters
from qa.figures.weighing import narrower
from qa.operations.context import Context, clear, closed
from qa.operations.stated_change import called, change_beside, named_for, of_one_year
from qa.operations.told_apart import of_both_sides, plain
from qa.plan import Target
from qa.present import Computed
from qa.words import cues
from qa.words.cues import OWN_BUDGET
from qa.words.matching import plain_name, squeeze
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
    found = (
        _implied_of_both(context, target, year)
        or _implied(context, target, year)
        or _implied_of_fee(context, target, year)
    )
    if found is not None or not target.synonyms:
        return found
    others = [
        each
        for name in expand(squeeze(target.key))[1:]
        if (each := _implied(context, replace(target, key=name, synonyms=False), year)) is not None
        and each[1].match.presence >= _SPELLED
    ]
    return others[0] if len({each[0].value for each in others}) == 1 else None


def _implied_of_both(
    context: Context, target: Target, year: str
) -> tuple[Computed, Candidate, Candidate] | None:
    """Of the totals of income and expenditure together, by any of the names that reports use."""
    if not of_both_sides(target.key):
        return None
    asked = (replace(target, key=name, synonyms=False) for name in _OF_BOTH)
    found = [each for name in asked if (each := _implied(context, name, year)) is not None]
    sure = [each for each in found if of_both_sides(each[2].figure.subject)]
    if len({each[0].value for each in sure}) != 1:
        return None
    computed, current, change = sure[0]
    return computed, called(current, _BOTH), called(change, _BOTH)


def _implied_of_fee(
    context: Context, target: Target, year: str
) -> tuple[Computed, Candidate, Candidate] | None:
    """Of a fee that is asked for with the words of the account behind it: 公务接待费决算支出数."""
    name = plain(target.key)
    if not name.endswith("费") or name == squeeze(target.key):
        return None
    return _implied(context, replace(target, key=name), year)


_BOTH = "收支总计"
_OF_BOTH = ("收、支总计", "收入、支出总计", "收入总计与支出总计", "收入总计")
_SPELLED = 0.85  # share of a synonym that must stand with the figure


def _implied(
    context: Context, target: Target, year: str
) -> tuple[Computed, Candidate, Candidate] | None:
    if not year.isdigit() or target.role not in (None, *_STATED, Role.COMPLETION):
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
    # How far a budget was spent is told with its change: 执行率95.34%，较上年提高2.16个百分点.
    keep = _rate_statable if target.role is Role.COMPLETION else statable
    candidates = context.evidence.candidates(target, plan, years=(following,), keys=keys, keep=keep)
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
            if change is None or not named_for(target.key, candidate, change):
                continue
            if of_one_year(candidate, change):
                computed = compute.previous_value(candidate.figure, change.figure)
                if not _less_than_none(computed, candidate):
                    return computed, candidate, change
    return None


_BALANCES = re.compile("结余|结转|余额|差额|净|盈|亏|收益|利润|增加额|调整")


def _less_than_none(computed: Computed, current: Candidate) -> bool:
    """A negative number of what is never fewer than none: value and change are of two things."""
    figure = current.figure
    named = _BALANCES.search("".join((figure.metric, *figure.row_path, *figure.column_path)))
    return computed.value < 0 <= figure.quantity.value and named is None


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
    value_target = unstaged(target)
    if not value_target.key:
        return None
    candidates = context.evidence.candidates(value_target, context.plan, years=years, keep=statable)
    for candidate in [c for c in candidates if clear(context, c)][:8]:
        change = change_beside(candidate, against="预算")
        if change is None or not of_one_year(candidate, change):
            continue
        if not named_for(value_target.key, candidate, change):
            continue
        if not _stage_asked(target.label or target.key, change.figure.basis):
            continue
        computed = compute.previous_value(candidate.figure, change.figure)
        if _less_than_none(computed, candidate):
            continue
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


def unstaged(target: Target) -> Target:
    """What the budget asked for is of, without the words for it."""
    return replace(target, role=None, key=_BUDGET_WORDS.sub(" ", target.key).strip())


def _stage_asked(asked: str, basis: str) -> bool:
    """Whether the budget that a change is counted from is the one asked for: 年初 or after changes."""
    first, later = "年初" in asked, bool(_LATER.search(asked))
    if _LATER.search(basis):
        return not first
    return not (later and "年初" in basis)


_LATER = re.compile(r"调整|全年|追加")
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
    return figure.role in _STATED and closed(figure)


def _rate_statable(figure: Figure) -> bool:
    return figure.role in (*_STATED, Role.COMPLETION) and closed(figure)


_STATED = (Role.VALUE, Role.ACTUAL)
