"""Differences between two columns of one row, and how a difference is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.model import Figure, Role
from ingest.quantity import Dimension, UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.operations.context import Context
from qa.planning.carried import MONEYS, column_measure, ending_measure
from qa.present import shown
from qa.words.matching import squeeze

_ALLOTTED = re.compile(r"分配|下达|安排|预算|到位|计划|批复")
_FINAL = re.compile(r"调整后|全年|年度预算|到位")
_SPENT = re.compile(r"实际支出|支出数?$|执行数|使用|支付|决算")
_NO_AMOUNT = re.compile(r"率|比|百分|增减|差")


def beside_in_row(left: Candidate, right: str) -> Candidate | None:
    """The one figure of the row of another whose column is called `right`."""
    wanted = squeeze(right)
    found = [
        figure
        for figure in _row_of(left.document.figures, left.figure)
        if figure.no != left.figure.no
        and figure.quantity.unit.compatible(left.figure.quantity.unit)
        and wanted in (squeeze(figure.column_path[-1]), squeeze("".join(figure.column_path)))
    ]
    return replace(left, figure=found[0]) if len(found) == 1 else None


def column_mate(shown: Candidate, name: str) -> Candidate | None:
    """The figure of a row of which another figure was shown, in the column that is called `name`."""
    wanted = _plain_count(name)
    found = [
        figure
        for figure in _row_of(shown.document.figures, shown.figure)
        if figure.no != shown.figure.no
        and len(wanted) >= 2
        and _plain_count(figure.column_path[-1]) == wanted
    ]
    return replace(shown, figure=found[0]) if len(found) == 1 else None


def measure_mate(shown: Candidate, measure: str) -> Candidate | None:
    """The one figure of the row, or sentence, of another that states a measure (see `qa.planning.carried`)."""
    if shown.figure.locator.table is None:
        return _said_beside(shown, measure)
    found = [
        figure
        for figure in _row_of(shown.document.figures, shown.figure)
        if figure.no != shown.figure.no and column_measure(figure.column_path[-1]) == measure
    ]
    return replace(shown, figure=found[0]) if len(found) == 1 else None


def _said_beside(shown: Candidate, measure: str) -> Candidate | None:
    """The one figure behind another in its sentence whose name ends in a measure; else before it."""
    no, figures = shown.figure.no, shown.document.figures
    behind = _measured(shown, figures[no + 1 : no + _NEAR], measure)
    found = behind or _measured(shown, figures[max(no - _NEAR, 0) : no], measure)
    return replace(shown, figure=found[0]) if len(found) == 1 else None


def _measured(shown: Candidate, figures: Sequence[Figure], measure: str) -> list[Figure]:
    """Figures of the sentence of another whose name ends in a measure, and that are no change."""
    figure = shown.figure
    return [
        other
        for other in figures
        if (other.block, other.sentence) == (figure.block, figure.sentence)
        and other.role not in (Role.CHANGE, Role.GROWTH)
        and ending_measure(other.metric) == measure
        and (measure not in MONEYS or other.quantity.unit.dimension is Dimension.MONEY)
        and (other.period or shown.period) == shown.period
    ]


_NEAR = 12  # figures of one sentence


def reached_mate(aim: Candidate) -> Candidate | None:
    """The one figure of the row of a target that says what was reached in that year."""
    beside = [
        other
        for other in _row_of(aim.document.figures, aim.figure)
        if other.role in (Role.ACTUAL, Role.VALUE)
        and other.quantity.unit.compatible(aim.figure.quantity.unit)
        and (other.period or aim.period) == aim.period
    ]
    found = [other for other in beside if other.role is Role.ACTUAL] or beside
    return replace(aim, figure=found[0]) if len(found) == 1 else None


def year_mate(shown: Candidate, year: str) -> Candidate | None:
    """The one figure of the row of another for another year, in a column of the same kind."""
    figure = shown.figure
    bare, own = _YEAR.sub("", "".join(figure.column_path)), figure.row_path
    found = [
        other
        for other in _row_of(shown.document.figures, figure)
        if other.period == year != figure.period
        and other.role is figure.role
        and other.quantity.unit.compatible(figure.quantity.unit)
        and _YEAR.sub("", "".join(other.column_path)) == bare
    ]
    found = found or [
        other
        for other in _column_of(shown.document.figures, figure)
        if other.period == year != figure.period and _is_year(other.row_path) and _is_year(own)
    ]
    return replace(shown, figure=found[0]) if len(found) == 1 else None


def _is_year(path: Sequence[str]) -> bool:
    """Whether a row is named after a year."""
    return bool(path) and _YEAR.sub("", path[-1]).strip() == ""


def _column_of(figures: tuple[Figure, ...], figure: Figure) -> list[Figure]:
    place = figure.locator
    return [
        other
        for other in figures
        if place.table is not None
        and (other.locator.table, other.locator.column) == (place.table, place.column)
    ]


_YEAR = re.compile(r"(?:19|20)\d\d\s*年?度?")


def _plain_count(name: str) -> str:
    """合同份数 and 合同数（份） as 合同数."""
    name = re.sub(r"[(（][^()（）]*[)）]\s*$", "", name)
    return re.sub(r"(?:份|个|台|次|家|件)数$", "数", squeeze(name))


def _row_of(figures: tuple[Figure, ...], figure: Figure) -> list[Figure]:
    place = figure.locator
    if place.table is None:
        return []
    return [
        other
        for other in figures
        if (other.locator.table, other.locator.row) == (place.table, place.row)
        and other.row_path == figure.row_path
        and other.column_path
    ]


def left_of_row(context: Context, name: str) -> Draft | None:
    """What is left of the money of a named row: what it was allotted less what it spent.

    Only where all rows of that name in scope give the same two amounts.
    """
    plan = context.plan
    keys = set(plan.asked_parts)
    pairs: dict[tuple[Decimal, Decimal], tuple[Candidate, Candidate]] = {}
    for report, parts in context.evidence.scoped(keys):
        document = context.evidence.index(report).document
        rows = {
            (f.locator.table, f.locator.row): f
            for f in document.figures
            if f.part in parts
            and f.locator.table is not None
            and f.row_path
            and squeeze(f.row_path[-1]) == squeeze(name)
            and (not plan.years or f.period in plan.years)
        }
        for first in rows.values():
            pair = _amounts(_row_of(document.figures, first))
            if pair is not None:
                allotted, spent = (Candidate.sure(report, document, f) for f in pair)
                key = (pair[0].quantity.base, pair[1].quantity.base)
                pairs[key] = (allotted, spent)
    if len(pairs) != 1:
        return None
    allotted, spent = next(iter(pairs.values()))
    labels = [each.figure.column_path[-1] for each in (allotted, spent)]
    return difference_draft(context, allotted, spent, f"{name}结余", labels[0], labels[1])


def _amounts(row: list[Figure]) -> tuple[Figure, Figure] | None:
    """The money that a row was allotted in the end and the money that it spent."""
    money = [f for f in row if not _NO_AMOUNT.search(f.column_path[-1])]
    spent = [f for f in money if _SPENT.search(f.column_path[-1])]
    allotted = [f for f in money if _ALLOTTED.search(f.column_path[-1]) and f not in spent]
    if len(allotted) > 1:
        allotted = [f for f in allotted if _FINAL.search(f.column_path[-1])]
    if len(spent) != 1 or len(allotted) != 1:
        return None
    same = allotted[0].quantity.unit.compatible(spent[0].quantity.unit)
    return (allotted[0], spent[0]) if same else None


def _as_fine(coarse: Candidate, fine: Candidate) -> Candidate:
    """A figure as printed beside the other one to more digits (118,463.20元 for 11.85万元)."""
    own, other = coarse.figure.quantity, fine.figure.quantity
    place = fine.figure.locator
    if place.table is None or own.unit.factor <= other.unit.factor or own.low is None:
        return coarse
    if own.high is None or coarse.document is not fine.document:
        return coarse
    low, high = own.low * own.unit.factor, own.high * own.unit.factor
    found = [
        figure
        for figure in fine.document.figures
        for spot in (figure.locator,)
        if spot.table == place.table
        and (spot.row == place.row or spot.column == place.column)
        and figure.no != fine.figure.no
        and figure.quantity.unit == other.unit
        and low <= figure.quantity.base <= high
    ]
    return replace(coarse, figure=found[0]) if len(found) == 1 else coarse


def difference_draft(
    context: Context, left: Candidate, right: Candidate, label: str, first: str, second: str
) -> Draft | None:
    """Left less right, the larger first; None for unlike units."""
    left, right = _as_fine(left, right), _as_fine(right, left)
    try:
        result = compute.difference(left.figure, right.figure)
    except UnitError:
        return None
    if result.value < 0:
        left, right, first, second = right, left, second, first
        result = compute.difference(left.figure, right.figure)
    draft = Draft(phrase=label)
    unit = context.plan.unit
    value = draft.derive(
        result.shown_in(unit),
        [left, right],
        label=f"{first}与{second}之差",
        metric=label,
        period=left.period,
        again=lambda figures: compute.difference(figures[0], figures[1]).shown_in(unit),
    )
    draft.text = (
        f"{value.entity}{left.period}年：{left.figure.metric} {shown(left.figure)}，"
        f"{right.figure.metric} {shown(right.figure)}，相差 {value.number}{value.unit}"
        f"（{result.formula}）。"
    )
    return draft
