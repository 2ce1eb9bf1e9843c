"""An amount of before, or its budget, about as the printed rate of growth or completion gives it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ingest.model import Figure, Role
from ingest.quantity import PERCENT
from qa.figures import compute
from qa.figures.evidence import Candidate, clusters
from qa.operations.context import Context, clear, closed
from qa.plan import Target
from qa.present import Computed
from qa.words.matching import grams, squeeze

Found = tuple[Computed, Candidate, Candidate]

_MOVED = r"(?:实际|名义)?(?:增长|上升|提高|增加|下降|减少|降低)(?:了)?"
_SINCE_LAST = re.compile(
    rf"[,，]?(?:同比|(?:比|较|与|同)(?:上年|去年|上一年|20\d\d年)(?:度)?(?:同期)?(?:相?比)?[,，]?)?{_MOVED}"
)
_SINCE_BUDGET = re.compile(
    rf"[,，]?(?:比|较|与|同)(?P<base>上年|去年|20\d\d年)(?:度)?预算(?:数)?(?:相?比)?[,，]?{_MOVED}"
)
_COMPLETED = re.compile(r"[,，]?(?:为|占|完成)?(?P<base>年初预算|预算)(?:数)?的?")


def previous_from_rate(context: Context, target: Target, year: str) -> Found | None:
    """The value (or budget) of `year` that the next one and its rate of growth give, about."""
    if not year.isdigit() or not context.plan.about:
        return None
    budget = target.role is Role.BUDGET
    if not budget and target.role not in (None, Role.VALUE, Role.ACTUAL):
        return None
    roles = (Role.BUDGET,) if budget else (Role.VALUE, Role.ACTUAL)
    following = str(int(year) + 1)

    def since(told: str) -> bool:
        found = (_SINCE_BUDGET if budget else _SINCE_LAST).fullmatch(told)
        if found is None:
            return False
        named = set(re.findall(r"20\d\d", told))
        return named <= {year}

    return _found(context, target, following, roles, Role.GROWTH, since)


def budget_from_rate(context: Context, target: Target, years: tuple[str, ...]) -> Found | None:
    """The budget that a value and the share of it that was spent give, about."""
    if len(years) != 1 or not context.plan.about:
        return None
    first = "年初" in target.label + target.key

    def completed(told: str) -> bool:
        found = _COMPLETED.fullmatch(told)
        return found is not None and (found["base"] == "年初预算" or not first)

    return _found(context, target, years[0], (Role.VALUE, Role.ACTUAL), Role.COMPLETION, completed)


def _found(
    context: Context,
    target: Target,
    year: str,
    roles: tuple[Role, ...],
    rate_role: Role,
    told: Callable[[str], bool],
) -> Found | None:
    plan = context.plan
    asked = target if Role.BUDGET in roles else replace(target, role=None)
    candidates = context.evidence.candidates(
        asked,
        plan,
        years=(year,),
        keys=plan.project_parts or None,
        keep=lambda figure: figure.role in roles and closed(figure),
    )
    good = clusters([each for each in candidates if clear(context, each)])
    for value in good[0].members if good else ():
        rate = _rate_behind(value, rate_role, told)
        if rate is not None and _named(asked, value):
            computed = compute.before_rate(value.figure, rate)
            return None if computed is None else (computed, value, replace(value, figure=rate))
    return None


def _named(target: Target, value: Candidate) -> bool:
    """Whether the value itself, and not what stands around it, is called what is asked for."""
    wanted = grams(squeeze(target.key))
    return len(wanted & grams(squeeze(value.figure.metric))) >= _CALLED * len(wanted)


_CALLED = 0.6  # share of the asked name; whose it is may be left out


def _rate_behind(value: Candidate, role: Role, told: Callable[[str], bool]) -> Figure | None:
    """The rate printed right behind a value of running text, of it and of nothing else."""
    figure, document = value.figure, value.document
    if figure.locator.table is not None or figure.quantity.unit == PERCENT:
        return None
    for rate in document.figures[figure.no + 1 : figure.no + 2]:
        text = document.blocks[figure.block].text
        if (
            rate.block == figure.block
            and rate.role is role
            and rate.quantity.unit == PERCENT
            and rate.period == figure.period
            and told("".join(text[figure.end : rate.start].split()))
        ):
            return rate
    return None
