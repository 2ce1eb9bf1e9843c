"""The figure of a further ask: best where the figure of the ask before it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest import interval
from ingest.model import Direction, Figure, Role
from qa.drafts import Draft
from qa.figures.evidence import Candidate, Cluster
from qa.figures.weighing import RUBRIC_COLUMN
from qa.model import PartKey
from qa.operations.context import Choice, Context, choose
from qa.operations.row_differences import (
    column_mate,
    measure_mate,
    reached_mate,
    year_mate,
)
from qa.plan import Target
from qa.planning.carried import column_measure, ending_measure


def beside_shown(context: Context, target: Target, year: str, draft: Draft) -> Choice | None:
    """The figure beside the one shown before: of its row or sentence, or of its row in this year."""
    return _in_row_shown(target, year, draft) or _in_other_year(context, target, year, draft)


def part_of_shown(context: Context, target: Target, draft: Draft) -> Choice | None:
    """A part (其中…) of the figure shown last, in a sentence or below a row that states that figure.

    None where no such place has a part of that name.
    """
    if not target.part or not draft.figures:
        return None
    shown = draft.figures[-1].candidate
    places = {
        (figure.block, figure.sentence): figure.no
        for figure in shown.document.figures
        if figure.locator.table is None
        and figure.part == shown.figure.part
        and figure.role is shown.figure.role
        and figure.quantity.unit.compatible(shown.figure.quantity.unit)
        and interval.of(figure.quantity).overlaps(interval.of(shown.figure.quantity))
    }

    def keep(figure: Figure) -> bool:
        whole = places.get((figure.block, figure.sentence))
        return whole is not None and figure.no > whole and figure.locator.table is None

    part = [(shown.report, shown.figure.part)]
    choice = (
        choose(context, target, years=(shown.period,), keys=part, keep=keep) if places else None
    )
    return choice if choice is not None and choice.best is not None else None


def chosen_after(context: Context, target: Target, years: tuple[str, ...], draft: Draft) -> Choice:
    """The figure that a target means after those shown; of their unit where that alone decides."""
    keys, keep = (
        _beside(context, target, draft),
        _other_side(target, draft) or _moving(context, target),
    )
    choice = choose(context, target, years=years, keys=keys, keep=keep)
    if choice.best is not None and _moved_only(context, target, choice.best.best.figure):
        choice = choose(context, target, years=years, keep=lambda f: f.role not in _MOVES)
    if choice.best is None and draft.units:
        unit = draft.units[-1]
        alike = choose(
            context,
            target,
            years=years,
            keys=keys,
            keep=lambda f: f.quantity.unit.compatible(unit) and (keep is None or keep(f)),
        )
        choice = alike if alike.best is not None else choice
    if choice.best is not None and _strange(target, choice.best.best):
        return Choice(None, nearest=choice.best)
    return _by_measure(target, choice)


def _strange(target: Target, found: Candidate) -> bool:
    """Whether what was reached is read off a rule that says how marks are given."""
    rule = any(RUBRIC_COLUMN.search(label) for label in found.figure.column_path)
    return target.role is Role.ACTUAL and found.figure.role is Role.VALUE and rule


def _by_measure(target: Target, choice: Choice) -> Choice:
    """Of the columns of a row that may be meant, the one that says the measure asked for."""
    measure = ending_measure(target.key)
    fitting = [each for each in choice.rivals if _measure(each.best) == measure]
    return Choice(fitting[0]) if measure and len(fitting) == 1 else choice


_ALLOTTED = ("全年预算", "预算", "年初预算", "到位", "分配", "下达")


def left_of_shown(target: Target, draft: Draft) -> tuple[Candidate, Candidate] | None:
    """What was allotted and what was spent, of the figures shown, for an ask for what is left."""
    if target.measure != "结余" or len(draft.figures) < 2:
        return None
    shown = [each.candidate for each in draft.figures]
    spent = shown[-1]
    allotted = [c for c in shown[:-1] if _measure(c) in _ALLOTTED]
    if not allotted or _measure(spent) != "支出":
        return None
    first = allotted[-1]
    same = first.document is spent.document and first.period == spent.period
    unit = first.figure.quantity.unit.compatible(spent.figure.quantity.unit)
    return (first, spent) if same and unit else None


def _measure(candidate: Candidate) -> str:
    """Which measure a figure states, by its column or its name."""
    figure = candidate.figure
    column = column_measure(figure.column_path[-1]) if figure.column_path else ""
    return column or ending_measure(figure.metric)


def _in_row_shown(target: Target, year: str, draft: Draft) -> Choice | None:
    """Another column of the row that was shown before (监理费花了多少，合同份数是多少)."""
    if not draft.figures or target.where:
        return None
    last = draft.figures[-1].candidate
    if year and last.period != year:
        return None
    if target.measure:
        mate = measure_mate(last, target.measure)
    elif target.role is Role.ACTUAL and last.figure.role is Role.TARGET:
        mate = reached_mate(last)
    else:
        mate = column_mate(last, target.key)
    return Choice(Cluster(mate, (mate,))) if mate is not None else None


def _in_other_year(context: Context, target: Target, year: str, draft: Draft) -> Choice | None:
    """The row that was shown for the year before, in its column of this year."""
    at = context.plan.targets.index(target) - len(context.plan.targets)
    if not year or len(draft.figures) < -at:
        return None
    mate = year_mate(draft.figures[at].candidate, year)
    return Choice(Cluster(mate, (mate,))) if mate is not None else None


_MOVES = (Role.CHANGE, Role.GROWTH)


def _moved_only(context: Context, target: Target, figure: Figure) -> bool:
    """Whether a change was found where a series asks for the value of each year."""
    series = len(context.plan.years) > 1 and target.role is None
    return series and figure.role in _MOVES and not re.search(r"[增减升降涨变幅]", target.label)


_WAYS = {"调增": Direction.DOWN, "调减": Direction.UP}


def _moving(context: Context, target: Target) -> Callable[[Figure], bool] | None:
    """Of several stages no cut is an addition, and the reverse; asked alone, it may be mistaken."""
    if len(context.plan.targets) < 2:
        return None
    against = _WAYS.get(ending_measure(target.key)) if target.role is Role.ADJUSTMENT else None
    return (lambda figure: figure.direction is not against) if against is not None else None


def _beside(context: Context, target: Target, draft: Draft) -> Sequence[PartKey] | None:
    """Where a further ask is looked for: in the part of the one before, where nobody is named."""
    named = context.plan.entities or context.plan.projects
    if not draft.figures or (named and not target.carried):
        return None
    last = draft.figures[-1].candidate
    return [(last.report, last.figure.part)]


def _other_side(target: Target, draft: Draft) -> Callable[[Figure], bool] | None:
    """Of a target and what was reached, no figure is both, and both are of one unit."""
    if target.role is not Role.ACTUAL or not draft.figures:
        return None
    last = draft.figures[-1].candidate.figure
    if last.role is not Role.TARGET:
        return None
    unit = last.quantity.unit
    return lambda figure: figure is not last and figure.quantity.unit.compatible(unit)
