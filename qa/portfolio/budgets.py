"""What one part of a report says of its budget: execution, adjustment, what was spent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.model import Direction, Figure, Role
from ingest.quantity import Dimension
from qa.figures import compute
from qa.portfolio.known import (
    Found,
    Known,
    Make,
    alike,
    beside,
    derived_fact,
    from_stated,
    one_of,
    percent_of,
    shown_fact,
)
from qa.portfolio.model import Fact, Lacking, Reason, Scope
from qa.portfolio.whole import INITIAL, Whole
from qa.present import Computed, plain, shown

_EXECUTED = re.compile(
    r"(?:执行|支出|支付|拨付)(?:率|进度)|(?:预算|支出|资金)(?:执行|完成|支付|使用)率|"
    r"完成[^,。;]{0,8}预算|[占是][^,。;]{0,6}预算[\d.,万亿元]*的?$"
)
_CURRENT = re.compile(r"调整后|全年预算|调整预算|年度预算|(?:最终|现行)预算")
_PAID = re.compile(
    r"执行数?|支出决算数?|实际(?:支出|使用|支付|拨付|完成)|支出(?:合计|总计|数|金额)|累计(?:支出|使用|支付)|"
    r"(?:全年|本年|年度|共|总)支出|使用资金|决算数|已支付|已使用|支付(?:金额|数)"
)
_NOT_PAID = re.compile(r"收入|结余|结转|未|预算(?!执行)|计划|率")


def execution(known: Known) -> Found:
    """预算执行率 by scope: as stated, else payments ÷ budget."""
    stated: dict[Scope, list[Whole]] = {}
    for whole in known.wholes:
        if _is_rate(whole):
            basis = INITIAL if INITIAL in whole.lead.replace(" ", "") else ""
            stated.setdefault(Scope(whole.fund, basis), []).append(whole)
    facts, lacking = from_stated(known, stated, "预算执行率")
    for fund in sorted({w.fund for w in known.wholes} - {scope.fund for scope in stated}):
        paid, budget = one_of(known, fund, _is_paid), _budget(known, fund)
        if paid and budget and beside(paid, budget):
            scope = Scope(fund, _basis_of(known, budget))
            fact = derived_fact(known, scope, "预算执行率", (paid, budget), percent_of)
            facts += [fact] if fact is not None else []
    return facts, lacking


def _basis_of(known: Known, budget: Figure) -> str:
    """年初预算 where a unit's rate is on the budget at the start of the year."""
    initial = any(w.figure is budget and _is_initial(w) for w in known.wholes)
    return INITIAL if initial and not known.part.project.value else ""


_LEFT = re.compile(r"(?:结转(?:和|与|及)?结余|结余|结转)(?:资金|金额)?[^,。;]{0,4}$")

_ARRIVED = re.compile(r"到位(?:资金|合计|金额)?$")


def stage_of(whole: Whole) -> str:
    """The stage of a budget's life that a figure states (see `qa.planning.carried`); "" for none of them."""
    figure = whole.figure
    money = figure.quantity.unit.dimension is Dimension.MONEY
    if money and figure.role is Role.ADJUSTMENT:
        return "调减" if figure.direction is Direction.DOWN else "调增"
    if money and figure.role in (Role.VALUE, Role.ACTUAL) and _ARRIVED.search(whole.lead):
        return "到位"
    if money and figure.role in (Role.VALUE, Role.ACTUAL) and _LEFT.search(whole.lead):
        return "" if "年初" in whole.lead else "结余"
    stages = (
        (_is_initial, "年初预算"),
        (_is_current, "全年预算"),
        (_is_budget, "预算"),
        (_is_paid_in_year, "支出"),
        (_is_rate, "执行率"),
    )
    return next((name for fits, name in stages if fits(whole)), "")


def _is_paid_in_year(whole: Whole) -> bool:
    """Spending without what is carried over, which 支出总计 holds as well."""
    return _is_paid(whole) and "总计" not in whole.lead


def _is_rate(whole: Whole) -> bool:
    figure = whole.figure
    percent = figure.quantity.unit.dimension is Dimension.PERCENT
    fits = figure.role in (Role.COMPLETION, Role.ACTUAL, Role.VALUE)
    return percent and fits and bool(_EXECUTED.search(whole.lead))


def _is_paid(whole: Whole) -> bool:
    figure = whole.figure
    money = figure.quantity.unit.dimension is Dimension.MONEY
    lead = whole.lead if figure.locator.table is None else "".join(figure.column_path) or whole.lead
    fits = figure.role in (Role.VALUE, Role.ACTUAL) and not _NOT_PAID.search(lead)
    return money and fits and bool(_PAID.search(lead))


def _is_budget(whole: Whole) -> bool:
    figure = whole.figure
    return figure.role is Role.BUDGET and figure.quantity.unit.dimension is Dimension.MONEY


def _is_initial(whole: Whole) -> bool:
    return _is_budget(whole) and "年初" in whole.lead


def _is_current(whole: Whole) -> bool:
    return _is_budget(whole) and not _is_initial(whole) and bool(_CURRENT.search(whole.lead))


def _budget(known: Known, fund: str) -> Figure | None:
    """The budget that a rate of execution is on: the adjusted one where there is one."""
    current = one_of(known, fund, _is_current)
    if current is not None or any(w.fund == fund and _is_current(w) for w in known.wholes):
        return current
    plain_budget = one_of(known, fund, lambda w: _is_budget(w) and not _is_initial(w))
    return plain_budget or one_of(known, fund, _is_initial)


def adjustment(known: Known) -> Found:
    """预算调整额: adjusted − initial budget, else the one adjustment that is stated."""
    return _adjusted(known, "预算调整额", _difference, Role.ADJUSTMENT)


def adjustment_rate(known: Known) -> Found:
    """预算调整率: the growth of the budget over the year, else the rate that is stated."""
    return _adjusted(known, "预算调整率", _growth, Role.ADJUSTMENT_RATE)


def _adjusted(known: Known, name: str, make: Make, role: Role) -> Found:
    facts: list[Fact] = []
    for fund in {whole.fund for whole in known.wholes}:
        current, initial = one_of(known, fund, _is_current), one_of(known, fund, _is_initial)
        if current is not None and initial is not None:
            fact = derived_fact(known, Scope(fund), name, (current, initial), make)
            facts += [fact] if fact is not None else []
    if facts:
        return facts, None
    stated: dict[Scope, list[Whole]] = {}
    for whole in known.wholes:
        if whole.figure.role is role:
            stated.setdefault(Scope(whole.fund), []).append(whole)
    found, lacking = from_stated(known, stated, name)
    return [_signed(fact, stated[fact.scope]) for fact in found], lacking


def _signed(fact: Fact, wholes: Sequence[Whole]) -> Fact:
    """An adjustment downwards as a negative number."""
    down = any(whole.figure.direction is Direction.DOWN for whole in wholes)
    if not down or fact.amount is None or fact.amount.value <= 0:
        return fact
    bounds = fact.amount.bounds.negated() if fact.amount.bounds else None
    amount = replace(fact.amount, value=-fact.amount.value, bounds=bounds)
    return replace(fact, amount=amount, value=replace(fact.value, number=plain(amount.value)))


def _difference(figures: Sequence[Figure]) -> Computed:
    return compute.difference(figures[0], figures[1])


def _growth(figures: Sequence[Figure]) -> Computed | None:
    return compute.growth_between(figures[0], figures[1])


def amounts(known: Known, *, budget: bool = False) -> tuple[Fact, ...] | Lacking:
    """What a project spent; its budget where that is asked for, or where spending is not stated."""
    for kind, fits in (("支出", _is_paid), ("预算", _is_budget)):
        if budget and kind == "支出":
            continue
        facts: list[Fact] = []
        for fund in sorted({whole.fund for whole in known.wholes}):
            figure = _budget(known, fund) if kind == "预算" else one_of(known, fund, fits)
            if figure is not None:
                facts.append(shown_fact(known, Scope(fund, kind), f"项目{kind}", figure))
        if facts:
            return tuple(facts)
    several = [whole.figure for whole in known.wholes if _is_paid(whole)]
    if len(alike(several)) > 1:
        words = "、".join(dict.fromkeys(shown(figure) for figure in several))
        return Lacking(Reason.AMBIGUOUS, f"有几个数都可能是：{words}")
    return Lacking(Reason.NOT_STATED, "报告没有写明项目的支出或预算")
