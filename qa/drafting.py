"""A plan to what its operations find: the steps tried in order, and what is held against it."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.quantity import UnitError
from qa.answering import abstain, unknown_unit
from qa.drafts import Draft
from qa.model import Outcome
from qa.operations import (
    absent,
    called_cells,
    elsewhere,
    grid_compared,
    grid_rows,
    portfolio,
    spelled,
    statements,
    texts,
)
from qa.operations.context import Context
from qa.operations.steps import Step, by_table, steps_for
from qa.plan import Operation, Plan
from qa.scores.multipliers import with_wrong_multiplier


def draft_of(context: Context) -> Draft:
    """What the rules find for a plan; an abstention with its reason where nothing.

    Operations are tried in order, the first that finds anything answers; what it found is then held
    against other reports and what the report itself contests.
    """
    plan = context.plan
    if not context.evidence.parts:
        return Draft(Outcome.ABSTAINED, reason="资料库是空的，请先用 gouji ingest 装入报告。")
    if plan.unknown and not plan.entities:
        return unknown_unit(context)
    if not plan.parts:
        return Draft(Outcome.ABSTAINED, reason="没有报告符合所给的单位、年份或其他限定。")
    over_reports = _tried(portfolio.over_reports, context)
    if over_reports is not None:
        return _of_own_table(context) or over_reports
    by_years = (grid_compared.select,) if grid_compared.years_compared(plan) else ()
    draft = _first((*by_years, spelled.spelled_out, *steps_for(plan)), context)
    open_one = draft is not None and draft.outcome is Outcome.CLARIFY
    if draft is None or (open_one and plan.operation is not Operation.LOOKUP):
        draft = _first(by_table(plan), context) or draft
    if draft is None or open_one:
        draft = _tried(called_cells.called, context) or draft
    if draft is not None:
        draft = absent.absent(context, draft) or draft
        agreement = plan.operation is Operation.VERIFY
        draft = draft if agreement else texts.beside(context, draft)
        draft = with_wrong_multiplier(context, draft)
        return elsewhere.held_against_others(context, statements.contested(context, draft))
    said = statements.asserted(context)
    if said is not None and _answers(plan, said):
        return said
    return absent.absent(context) or abstain(context)


def of_tables(context: Context) -> Draft | None:
    """What the tables that explain every word of a question give, whatever else was found first."""
    plan = context.plan
    if not plan.parts or (plan.unknown and not plan.entities):
        return None
    return _first(by_table(plan), context)


def _of_own_table(context: Context) -> Draft | None:
    """What a table of the one body that is named lists, before the reports that it made by project."""
    plan = context.plan
    if len(plan.apart) != 1 and len(plan.entities) != 1:
        return None
    rows = (grid_compared.select, grid_rows.select)
    found = _first(rows, context) if plan.operation in _OVER_ROWS else None
    return found if found is not None and found.outcome.given else None


_OVER_ROWS = (Operation.FILTER, Operation.COUNT, Operation.LOOKUP)


def _answers(plan: Plan, draft: Draft) -> bool:
    """False for words that contradict each other where a number is asked for."""
    asked = "多少" in plan.text or any(target.dimension is not None for target in plan.targets)
    return not asked or plan.operation is Operation.VERIFY or any(v.unit for v in draft.values)


def _first(steps: Sequence[Step], context: Context) -> Draft | None:
    """What the first of the operations that finds anything finds."""
    for step in steps:
        draft = _tried(step, context)
        if draft is not None:
            return draft
    return None


def _tried(step: Step, context: Context) -> Draft | None:
    """What an operation finds; nothing where the figures that it found are of unlike units."""
    try:
        return step(context)
    except UnitError:
        return None
