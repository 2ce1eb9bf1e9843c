"""Rows and projects that meet a condition, and how many rows there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.quantity import Dimension
from qa.drafts import Draft
from qa.model import Check, Value
from qa.operations.context import Context, add_figure, choose, sentence
from qa.operations.families import (
    Family,
    Member,
    at_level,
    below,
    families,
    level_asked,
    renamed,
    rows_asked,
)
from qa.operations.ranking import across_projects
from qa.plan import Target
from qa.present import doubted, inner_marks, source_of
from qa.words import bounds, cues
from qa.words.matching import grams, squeeze

_ROWS = "个|项|家|类|笔|种|条|户|座|处|所|镇|乡|村|县|区|市"


_HOW_MANY_ROWS = re.compile(
    rf"[几及](?:{_ROWS})|多少(?:{_ROWS})|数量|个数|有(?:几|多少)(?:{cues.COUNTERS.pattern})[?？。]?\s*$"
)


def select(context: Context) -> Draft | None:
    """Rows or projects that meet a condition (超过100万元的有哪些)."""
    plan = context.plan
    condition = bounds.condition_of(plan.text)
    if condition is None:
        return None
    several = bounds.conditions_of(plan.text)
    if len(several) > 1:
        return _meeting_all(context, several)
    if re.search(r"(?:哪|几)(?:几)?(?:一)?(?:个|些)?(?:项目|部门|单位|局)|项目", plan.text):
        across = across_projects(context)
        if across is not None:
            return across
    target = plan.targets[0]
    bare = cues.content(bounds.without_condition(plan.text))
    if target.dimension is Dimension.COUNT:
        target = replace(target, dimension=None, noun="")
    found = families(context, replace(target, key=bare))
    chosen = rows_asked(found, bounds.without_condition(plan.text), level_asked(plan.text), 0.3)
    if chosen is None:
        return None
    family, asked = chosen
    members = [m for m in asked if condition(m.candidate.figure.quantity.base)]
    if not members:
        return None
    draft = Draft(phrase=plan.targets[0].key)
    for member in members:
        draft.show(renamed(member), label=member.name, unit=plan.unit)
    if _HOW_MANY_ROWS.search(plan.text):
        counted = _counted(plan.targets[0], family, members, plan.text)
        unsure = any(m.candidate.figure.doubtful for m in asked)
        draft.values.insert(0, doubted(counted) if unsure else counted)
    names = "；".join(f"{v.label} {v.number}{v.unit}" for v in draft.values)
    draft.text = f"“{inner_marks(family.title)}”中符合条件的有 {len(members)} 项：{names}。"
    return draft


ALL_MET = "同时符合各项条件的"
"""How an answer says that its rows meet more than one condition."""


def _meeting_all(context: Context, conditions: Sequence[bounds.Condition]) -> Draft | None:
    """Rows of one table that meet a condition in each of several columns (预算超过300万但支出不到100万)."""
    plan = context.plan
    columns = [_column(context, condition.words) for condition in conditions]
    rows = _rows_of_all(columns)
    if rows is None:
        return None
    met = [
        row
        for row in rows
        if all(
            each.holds(member.candidate.figure.quantity.base)
            for each, member in zip(conditions, row, strict=True)
        )
    ]
    if not met:
        return None
    draft = Draft(phrase=plan.targets[0].key)
    told = []
    for row in met:
        shown = [
            draft.show(member.candidate, label=f"{member.name} {condition.words}", unit=plan.unit)
            for member, condition in zip(row, conditions, strict=True)
        ]
        said = "，".join(
            f"{condition.words} {value.number}{value.unit}"
            for condition, value in zip(conditions, shown, strict=True)
        )
        told.append(f"{row[0].name}（{said}）")
    title = met[0][0].candidate.document.tables[_table_of(met[0][0])].title
    draft.text = f"“{inner_marks(title)}”中{ALL_MET}有 {len(met)} 项：{'；'.join(told)}。"
    return draft


def _column(context: Context, words: str) -> list[Family]:
    """The families that a condition's words name, the best first."""
    target = replace(context.plan.targets[0], key=cues.content(words), dimension=None, noun="")
    found = families(context, target)
    return [family for family in found if family.score >= _NAMED and _own_column(family, words)]


_NAMED = 0.3  # below this score a family is not meant


def _own_column(family: Family, words: str) -> bool:
    """Whether the column itself is named, and not only the table around it."""
    figure = family.members[0].candidate.figure
    return bool(grams("".join(figure.column_path)) & grams(words))


def _table_of(member: Member) -> int:
    return member.candidate.figure.locator.table or 0


def _rows_of_all(columns: Sequence[Sequence[Family]]) -> list[tuple[Member, ...]] | None:
    """The rows of the table that has all columns; None where none has, or several alike."""
    by_table: list[dict[tuple[int, int], Family]] = []
    for column in columns:
        tables: dict[tuple[int, int], Family] = {}
        for family in column:
            first = family.members[0]
            tables.setdefault((first.candidate.report, _table_of(first)), family)
        by_table.append(tables)
    shared = set.intersection(*map(set, by_table))
    ranked = sorted(shared, key=lambda place: -sum(tables[place].score for tables in by_table))
    scores = [sum(tables[place].score for tables in by_table) for place in ranked]
    if not ranked or (len(ranked) > 1 and scores[0] - scores[1] < _APART):
        return None
    rows = [_by_row(tables[ranked[0]]) for tables in by_table]
    if any(rows[0].keys() == other.keys() and _same(rows[0], other) for other in rows[1:]):
        return None
    shared_rows = [number for number in rows[0] if all(number in row for row in rows)]
    return [tuple(row[number] for row in rows) for number in shared_rows]


_APART = 0.05  # of scores by which one table is named better than the next


def _by_row(family: Family) -> dict[int, Member]:
    """The leaves of a family by the row that they stand in."""
    return {m.candidate.figure.locator.row or 0: m for m in family.members if m.leaf}


def _same(one: dict[int, Member], other: dict[int, Member]) -> bool:
    """Whether two conditions found one column."""
    return all(one[n].candidate.figure.no == other[n].candidate.figure.no for n in one)


def count(context: Context) -> Draft | None:
    """How many rows: of a table, of a category; a stated count where the text gives one."""
    plan = context.plan
    target = plan.targets[0]
    if bounds.condition_asked(cues.unquoted(plan.text)):
        return None
    if _MARKED.search(plan.question):
        return None
    if _UNDER.search(plan.text):
        return _count_in_row(context, target) or _rows_counted(context, target, inside_only=True)
    return _rows_counted(context, target) if re.search(r"表|类|子项|列", plan.text) else None


def _count_in_row(context: Context, target: Target) -> Draft | None:
    """A column that says how many there are, in the row that the question names."""
    named = _BELOW.search(context.plan.text)
    name = squeeze(named["name"]) if named else ""
    if len(name) < 2:
        return None
    choice = choose(
        context,
        target,
        keep=lambda f: any(squeeze(label) == name for label in (*f.row_path, f.subject)),
    )
    if choice.best is None:
        return None
    draft = Draft(phrase=target.key)
    value = add_figure(draft, context, choice.best, target)
    draft.text = sentence(value, choice.best.best)
    return draft


# “项目过程”下有几个三级指标: rows below a row, never a count that a sentence states of something.
_UNDER = re.compile(
    r"(?:底下|下面?|之下)(?:的|设|列|共|一共|总共|包含|包括|有|分为|分)+(?:了)?(?:几|多少)"
)
_BELOW = re.compile(
    r"[“\"「]?(?P<name>[一-鿿]{2,14}?)[”\"」]?(?:这个|这一)?(?:[一二三]级指标|类|项|指标|大类)?(?:底下|下面?|之下)"
)
# 完成情况为“未见材料”的有几个: rows by what a cell says.
_MARKED = re.compile(r"(?:为|是|写着?|标[注明]?为?)[“\"「][^”\"」]+[”\"」]的")


def rows_only(text: str, question: str) -> bool:
    """Whether nothing but the rows themselves can answer how many there are."""
    return bool(_UNDER.search(text) or _MARKED.search(question))


def _rows_counted(context: Context, target: Target, *, inside_only: bool = False) -> Draft | None:
    wanted = replace(target, dimension=None, noun="", role=None)
    for family in families(context, wanted):
        if family.score < 0.25:
            break
        inside = below(family, context.plan.text)
        named_table = not inside_only and len(grams(family.title) & grams(target.key)) >= 3
        members = inside or (at_level(family, "leaf") if named_table else ())
        if len(members) < 2 or not (inside or _all_rows(members)):
            continue
        draft = Draft(phrase=target.key)
        value = _counted(target, family, members, context.plan.text)
        draft.values.append(value)
        names = "；".join(m.name for m in members)
        draft.text = f"{value.entity}“{inner_marks(family.title)}”中共 {value.number} {value.unit}：{names}。"
        return draft
    return None


def _all_rows(members: Sequence[Member]) -> bool:
    """Whether the members are all rows of their table: a column may hold figures in a few of them."""
    first = members[0].candidate
    place = first.figure.locator
    if place.table is None or place.column is None:
        return False
    table = first.document.tables[place.table]
    rows = [table.row_at(row, place.column) for row in range(len(table.rows))]
    paths = {row.path for row in rows if row.path and not row.total}
    parents = {path[:end] for path in paths for end in range(1, len(path))}
    return len(paths - parents) <= len(members)


def _counted(target: Target, family: Family, members: Sequence[Member], text: str) -> Value:
    """The number of rows as a Value; the rows are its sources."""
    first = members[0].candidate
    part = first.part
    noun = re.search(rf"(?:几|多少)({_ROWS})", text)
    number = str(len(members))
    return Value(
        label=f"{target.label or target.key}（行数）",
        number=number,
        unit=noun[1] if noun else target.noun or "个",
        period=first.period,
        entity=part.entity.value,
        project=part.project.value or None,
        metric=family.title,
        check=Check.DERIVED,
        formula=f"逐行计数：{'、'.join(m.name for m in members[:40])}",
        recomputed=number,
        sources=tuple(source_of(m.candidate) for m in members[:30]),
    )
