"""``各区县的执行率分别是多少``: one column of a table, row by row, without its total."""

from __future__ import annotations

import re

from ingest.model import ColumnRole, Table
from qa.drafts import Draft
from qa.operations.context import Context
from qa.operations.families import Family, Member, families, renamed
from qa.plan import Operation
from qa.words.matching import squeeze

_EACH = re.compile(r"各|每")
_MOST = 24  # rows that are shown


def each_row(context: Context) -> Draft | None:
    """The figures of all rows of the one table whose rows and column the question names."""
    plan = context.plan
    if plan.operation is not Operation.LOOKUP or len(plan.targets) != 1 or len(plan.years) > 1:
        return None
    asked = squeeze(plan.question)
    if not _EACH.search(asked):
        return None
    found = [
        members
        for family in families(context, plan.targets[0])
        if (members := _rows(family, asked))
    ]
    if len(found) != 1:
        return None
    draft = Draft(phrase=plan.targets[0].key)
    for member in found[0]:
        draft.show(renamed(member), label=member.name, unit=plan.unit)
    first = draft.values[0]
    lines = "；".join(f"{value.label} {value.number}{value.unit}" for value in draft.values)
    what = found[0][0].candidate.figure.column_path[-1]
    draft.text = f"{first.entity}{first.period}年各{_label(found[0][0])}{what}：{lines}。"
    return draft


def _table(member: Member) -> Table | None:
    place = member.candidate.figure.locator
    return None if place.table is None else member.candidate.document.tables[place.table]


def _label(member: Member) -> str:
    table = _table(member)
    columns = table.columns if table is not None else ()
    labels = [each.path[-1] for each in columns if each.role is ColumnRole.LABEL and each.path]
    return labels[0] if labels else ""


def _rows(family: Family, asked: str) -> list[Member]:
    """The rows of a family, where the question names what they are and their column."""
    table = _table(family.members[0])
    figure = family.members[0].candidate.figure
    if table is None or not figure.column_path:
        return []
    rows = squeeze(_label(family.members[0]))
    column = squeeze(re.sub(r"[(（][^()（）]*[)）]\s*$", "", figure.column_path[-1]))
    if len(rows) < 2 or len(column) < 2:
        return []
    if not re.search(rf"[各每]个?{re.escape(rows)}[^,;?]*{re.escape(column)}", asked):
        return []
    members = [m for m in family.members if not _total(table, m)]
    return members if 1 < len(members) <= _MOST else []


def _total(table: Table, member: Member) -> bool:
    place = member.candidate.figure.locator
    return place.row is not None and table.row_at(place.row, place.column or 0).total
