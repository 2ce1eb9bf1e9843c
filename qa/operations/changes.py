"""Changes and growth against the year before or the budget: stated, or from the values of both."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.model import Figure, Role
from ingest.quantity import Dimension
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate, Cluster
from qa.figures.weighing import FUNDS
from qa.operations.context import (
    Choice,
    Context,
    add_figure,
    choose,
    clarify,
    closed,
    sentence,
)
from qa.operations.no_base import from_nothing, said_none, stated_as_new
from qa.operations.previous import statable
from qa.operations.stated_change import change_beside, named_for, of_one_year
from qa.plan import Operation, Plan, Target
from qa.present import Computed, moved_word, shown
from qa.words.matching import grams, plain_name, squeeze

_RATE = re.compile(r"(?:增长|上升|下降|增加|减少)多少(?=[?？。]|$)")  # 同比增长多少 may mean a rate


def change(context: Context) -> Draft | None:
    """The stated change (or rate of change) of each target; else from both years' values."""
    plan = context.plan
    if len(plan.apart) > 1:
        return None  # of one body against another, not against the year before
    draft, lines = Draft(), []
    for target in (_of_budget(each) for each in plan.targets):
        choice = _stated(context, target)
        if choice.best is not None:
            value = add_figure(draft, context, choice.best, target)
            lines.append(sentence(value, choice.best.best))
            draft.phrase = target.key
            continue
        computed = _from_two_years(context, target)
        if computed is None and not choice.rivals and _from_change(context, target, draft, lines):
            continue
        if computed is None and (plan.operation is Operation.GROWTH or _RATE.search(plan.text)):
            zero = _zero_base(context, target)
            if zero is not None:
                return zero
        if computed is None:
            if choice.rivals:
                return clarify(choice.rivals)
            return None
        result, current, before = computed
        word = moved_word(result)
        value = draft.derive(
            result,
            [current, before],
            label=f"{current.period}年比{before.period}年 {target.key or target.label}",
            metric=current.figure.metric,
            period=current.period,
            again=lambda figures: _moved(plan, figures[0], figures[1]),
            direction=word,
        )
        lines.append(
            f"{current.part.entity.value}{target.key or target.label}：{before.period}年 "
            f"{shown(before.figure)}，{current.period}年 {shown(current.figure)}，{word}"
            f"{value.number.lstrip('-')}{value.unit}（{result.formula}）。"
        )
        draft.phrase = target.key
    if not draft.values:
        return None
    draft.text = "\n".join(lines)
    return draft


def _stated(context: Context, target: Target) -> Choice:
    """The change that the report states, of the target's fund and since what is asked."""
    plan = context.plan
    far = bool(plan.basis_years) and _years_apart(plan) != 1
    choice = Choice(None) if far or len(plan.years) > 1 else choose(context, target)
    found = choice.best.best.figure if choice.best is not None else None
    other = found is not None and _of_the_budget(plan, target, found)
    if other or (found is not None and not _of_its_fund(target, found)):
        choice = Choice(None)
    if choice.best is None and not far and plan.operation is Operation.CHANGE:
        choice = _beside_value(context, target) or choice
    return choice


def _beside_value(context: Context, target: Target) -> Choice | None:
    """The change that is told right behind the value of what is asked for (收、支总计65,009.85万元，各增加…)."""
    if target.basis == "预算" or len(context.plan.years) != 1:
        return None
    named = replace(target, role=None, basis="")
    found = choose(context, named, years=context.plan.years, keep=statable)
    for member in found.best.members if found.best is not None else ():
        told = change_beside(member)
        if told is None or not named_for(target.key, member, told):
            continue
        if of_one_year(member, told):
            return Choice(Cluster(told, (told,)))
    return None


_LAST_YEAR = re.compile(r"[比较跟与和](?:上年|去年|上一年)")


def _of_the_budget(plan: Plan, target: Target, figure: Figure) -> bool:
    """Whether the change found is against the budget, where one against the year before is asked."""
    asked = target.basis != "预算" and bool(_LAST_YEAR.search(plan.text))
    return asked and "预算" in figure.basis


def _from_change(context: Context, target: Target, draft: Draft, lines: list[str]) -> bool:
    """Add the rate that a value and its stated change against the year before give, if they do."""
    plan = context.plan
    if plan.operation is not Operation.GROWTH or target.basis == "预算" or len(plan.years) != 1:
        return False
    if _years_apart(plan) != 1:
        return False
    named = replace(target, role=None, dimension=None, basis="")
    found = choose(context, named, years=plan.years, keep=_plain_value)
    for now in found.best.members if found.best is not None else ():
        told = change_beside(now) if now.figure.quantity.unit.dimension is Dimension.MONEY else None
        rate = compute.growth_by(now.figure, told.figure) if told is not None else None
        if told is None or rate is None or not of_one_year(now, told):
            continue
        if not named_for(target.key, now, told):
            continue
        word = "增长" if rate.value > 0 else "下降" if rate.value < 0 else "持平"
        value = draft.derive(
            rate,
            [now, told],
            label=f"{now.period}年 {target.key or target.label} 比上年{word}",
            metric=now.figure.metric,
            period=now.period,
            direction=word,
        )
        lines.append(
            f"{now.part.entity.value}{now.period}年{target.key or target.label}比上年{word}"
            f"{value.number.lstrip('-')}{value.unit}（{rate.formula}）。"
        )
        draft.phrase = target.key
        return True
    return False


def _of_budget(target: Target) -> Target:
    """A change against the budget is looked for by the name alone: 死亡抚恤 of 死亡抚恤比年初预算."""
    if target.basis != "预算":
        return target
    key = _BUDGET.sub(" ", target.key).strip()
    return replace(target, key=key) if len(squeeze(key)) > 1 else target


_BUDGET = re.compile(
    r"(?:比|较|跟|与|和|同)?\s*(?:年初|全年|年度)?预算(?:数|安排)?(?:相比?)?\s*$|决算数?(?=\s)"
)


def _of_its_fund(target: Target, figure: Figure) -> bool:
    """False for the change of all funds together where that of one fund is asked for."""
    fund = next((fund for fund in FUNDS if fund in squeeze(target.key)), "")
    own = f"{figure.metric}{figure.subject}{''.join((*figure.row_path, *figure.scope))}"
    return fund in own


def _years_apart(plan: Plan) -> int:
    """Years between the year asked and the year compared with; 1 where the question names none."""
    if not plan.years or not plan.basis_years:
        return 1
    last, base = plan.years[-1], plan.basis_years[0]
    return int(last) - int(base) if last.isdigit() and base.isdigit() else 1


def _zero_base(context: Context, target: Target) -> Draft | None:
    """No rate of growth from a base of zero, or from none: say so, with what shows it."""
    pair = _two_values(context, target)
    if pair is not None:
        now, before = pair
        return from_nothing(target, now, before) if not before.figure.quantity.base else None
    new = stated_as_new(context, target)
    if new is not None or target.basis == "预算":
        return new
    plan = context.plan
    year = plan.years[-1] if plan.years else ""
    base = plan.basis_years[0] if plan.basis_years else str(int(year) - 1) if year.isdigit() else ""
    return said_none(context, target, base)


def _from_two_years(
    context: Context, target: Target
) -> tuple[Computed, Candidate, Candidate] | None:
    """Change or growth computed from the values of two years."""
    pair = _two_values(context, target)
    if pair is None:
        return None
    now, before = pair
    moved = _moved(context.plan, now.figure, before.figure)
    return (moved, now, before) if moved else None


def _two_values(context: Context, target: Target) -> tuple[Candidate, Candidate] | None:
    """The value of the year asked and that of the year (or the budget) that it is compared with."""
    plan = context.plan
    counted = target.dimension if target.noun else None
    value_target = replace(target, role=None, dimension=counted, basis="")
    current = _value_in(context, value_target, plan.years[-1:] if plan.years else ())
    if current is None:
        return None
    now = current.finest
    own = f"{target.key}{now.figure.metric}"
    if target.basis == "预算":
        budget = choose(context, replace(value_target, role=Role.BUDGET), years=(now.period,))
        before = budget.best.finest if budget.best else _budget_of(now)
    else:
        found = _value_in(context, value_target, (_base_year(plan, now),), own)
        before = found.finest if found else None
    if before is None or not now.figure.quantity.unit.compatible(before.figure.quantity.unit):
        return None
    return None if _of_other_things(now.figure, before.figure) else (now, before)


_FAR = 5  # times that one is the other, beyond which they are hardly two years of one thing
_ALIKE = 0.5  # of the pairs of characters of the longer name


def _of_other_things(now: Figure, before: Figure) -> bool:
    """Whether two figures that are far apart are called by names with little in common as well."""
    low, high = sorted((abs(now.quantity.base), abs(before.quantity.base)))
    if not low or high < _FAR * low:
        return False
    names = sorted((grams(plain_name(each.metric)) for each in (now, before)), key=len)
    return len(names[0] & names[1]) < _ALIKE * len(names[1])


def _budget_of(now: Candidate) -> Candidate | None:
    """The budget at the start of the year that a sentence states of just the line of a figure."""
    if not now.figure.row_path:
        return None
    line = re.escape(squeeze(now.figure.row_path[-1]))
    named = re.compile(rf"(?:^|[款类）)]){line}(?:[（(]?[项款类][)）]?)?(?:支出)?年初预算数?$")
    found = {
        other.quantity.base: other
        for other in now.document.figures
        if other.role is Role.BUDGET
        and other.part == now.figure.part
        and (other.period or now.period) == now.period
        and named.search(squeeze(other.metric))
    }
    return replace(now, figure=next(iter(found.values()))) if len(found) == 1 else None


def _moved(plan: Plan, now: Figure, before: Figure) -> Computed | None:
    """The rate of change where one is asked of amounts, else the change."""
    points = now.quantity.unit.dimension is Dimension.PERCENT
    if plan.operation is Operation.GROWTH and not points:
        return compute.growth_between(now, before)
    return compute.difference(now, before)


def _base_year(plan: Plan, now: Candidate) -> str:
    """The year compared with: named as such, the first of several, or the year before."""
    if plan.basis_years:
        return plan.basis_years[0]
    if len(plan.years) > 1:
        return plan.years[0]
    return str(int(now.period) - 1) if now.period.isdigit() else ""


def _value_in(
    context: Context, target: Target, years: tuple[str, ...], beside: str = ""
) -> Cluster | None:
    """The value of those years; beside another one, only what is of its kind (支出, no 结转)."""
    own = beside or target.key
    foreign = [word for word in _KINDS_OF_MONEY if word not in own]
    other = next((w for w, o in (_SIDES, _SIDES[::-1]) if o in own and w not in own), "")

    def keep(figure: Figure) -> bool:
        name = f"{figure.metric}{''.join(figure.column_path)}"
        if (other and other in name.replace("收入支出", "")) or not _plain_value(figure):
            return False
        return not (beside and any(word in name for word in foreign))

    return choose(context, target, years=years, keep=keep).best


_SIDES = ("收入", "支出")
_KINDS_OF_MONEY = ("结转", "结余", "收入", "预算", "罚", "缴", "调增", "调减")


def _plain_value(figure: Figure) -> bool:
    return (
        closed(figure)
        and figure.role in (Role.VALUE, Role.ACTUAL, Role.SCORE)
        and (figure.quantity.unit.dimension is not Dimension.NUMBER)
    )
