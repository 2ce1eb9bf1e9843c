"""Sibling figures: one column of a table, or one role over the sections of a report."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum

from ingest.figures.finding import heading_name
from ingest.model import ColumnRole, Document, Figure, Role
from qa.figures.evidence import Candidate
from qa.operations.context import Context
from qa.plan import Target
from qa.words.matching import grams, squeeze
from qa.words.numerals import number_of


@dataclass(frozen=True, slots=True)
class Member:
    """A figure of a family with the name and level of what it belongs to (0 outermost)."""

    candidate: Candidate
    name: str
    level: int
    leaf: bool
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """Comparable figures with what names them together, and how well that fits the question."""

    members: tuple[Member, ...]
    title: str
    score: float


def families(context: Context, target: Target) -> list[Family]:
    """All families in scope, those that the question's words name best first."""
    plan = context.plan
    keys = set(plan.asked_parts)
    found: list[Family] = []
    for report, parts in context.evidence.scoped(keys):
        document = context.evidence.index(report).document
        found.extend(_table_families(context, document, report, parts, target))
        found.extend(_section_families(context, document, report, parts, target))
    return sorted(found, key=lambda family: -family.score)


def _table_families(
    context: Context, document: Document, report: int, parts: set[int], target: Target
) -> list[Family]:
    plan = context.plan
    columns: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for figure in document.figures:
        place = figure.locator
        if place.table is None or place.column is None or figure.part not in parts:
            continue
        if figure.subject or not _role_fits(figure, target):
            continue
        if plan.years and figure.period and figure.period not in plan.years:
            continue
        columns[(place.table, place.column)].append(figure)
    made: list[Family] = []
    for (number, column), figures in columns.items():
        table = document.tables[number]
        own = " ".join(table.columns[column].path)
        if table.columns[column].role is ColumnRole.LABEL or _of_other_stage(own, plan.text):
            continue
        members = _table_members(document, report, figures)
        if len(members) < 2:
            continue
        title = f"{table.title} {own}"
        sections = " ".join(document.section_path(figures[0].section))
        labels = " ".join(label for m in members for label in m.path)
        labels += " ".join(label for c in table.columns for label in c.path)
        family = _family(context, document, members, (title, own), f"{sections} {labels}", target)
        if _of_a_part(table.columns[column].path, plan.text):
            family = replace(family, score=family.score - _PART)
        made.append(family)
    return made


_A_TOTAL = re.compile("合计|总计")
_PART = 0.15
_WHOLE = re.compile("合计|总计|小计|总")


def _of_a_part(path: Sequence[str], text: str) -> bool:
    """Whether a column is one of several under a header, and nothing in the question says which."""
    if len(path) < _NESTED or _WHOLE.search(path[-1]):
        return False
    return not grams(path[-1]) & grams(text)


_NESTED = 2  # levels of a header

# 一般公共预算支出 is a fund and no stage: a stage is told by its column (决算数, 年初预算).
_SPENT_ASKED = re.compile(r"决算数|决算额|(?:执行|支出|支付|付款|使用|实付)(?:数|额|金额)|实际")
_PLANNED_ASKED = re.compile(r"预算(?:数|额|金额|安排)|[年期]初预算|全年预算|计划(?:数|额|金额)")
_SPENT = re.compile("决算|执行|支出|支付|付款|使用|实付|实际|完成")
_PLANNED = re.compile("预算|计划|年初|安排|指标")


def _of_other_stage(column: str, text: str) -> bool:
    """Whether the question names one stage of money and the column is of the other."""
    spent, planned = _SPENT_ASKED.search(text), _PLANNED_ASKED.search(text)
    if bool(spent) == bool(planned):
        return False
    own, other = (_SPENT, _PLANNED) if spent else (_PLANNED, _SPENT)
    return bool(other.search(column)) and not own.search(column)


def _role_fits(figure: Figure, target: Target) -> bool:
    if target.dimension is not None and figure.quantity.unit.dimension is not target.dimension:
        return False
    if target.role is not None:
        return figure.role is target.role
    return figure.role in (Role.VALUE, Role.ACTUAL, Role.BUDGET, Role.SCORE, Role.SCORE_RATE)


def _table_members(document: Document, report: int, figures: Sequence[Figure]) -> list[Member]:
    table = document.tables[figures[0].locator.table or 0]
    rows = [table.row_at(f.locator.row or 0, f.locator.column or 0) for f in figures]
    paths = {row.path for row in rows if not row.total}
    parents = {path[:-1] for path in paths if len(path) > 1}
    members: list[Member] = []
    for figure, row in zip(figures, rows, strict=True):
        if row.total or not row.path or any(map(_A_TOTAL.fullmatch, map(squeeze, row.path))):
            continue
        candidate = Candidate.sure(report, document, figure)
        members.append(
            Member(candidate, row.path[-1], len(row.path) - 1, row.path not in parents, row.path)
        )
    return members


def _section_families(
    context: Context, document: Document, report: int, parts: set[int], target: Target
) -> list[Family]:
    """Scores and rates that stand one per section, under their headings."""
    if target.role not in (Role.SCORE, Role.SCORE_RATE, Role.FULL_MARK, Role.DEDUCTION):
        return []
    first: dict[int, Figure] = {}
    for figure in document.figures:
        prose = figure.locator.table is None and figure.part in parts
        if prose and figure.role is target.role:
            first.setdefault(figure.section, figure)
    parents = {document.sections[section].parent for section in first}
    members = [
        Member(
            Candidate.sure(report, document, figure),
            heading_name(document.sections[section].title),
            len(document.section_path(section)),
            section not in parents,
            tuple(heading_name(t) for t in document.section_path(section)),
        )
        for section, figure in first.items()
    ]
    if len(members) < 2:
        return []
    title = " ".join(dict.fromkeys(t for m in members for t in m.path[:-1]))
    return [_family(context, document, members, (title, title), "", target)]


def _family(
    context: Context,
    document: Document,
    members: Sequence[Member],
    titles: tuple[str, str],
    around: str,
    target: Target,
) -> Family:
    """A family scored on its titles (whole; the column's own, which counts most) and its rows."""
    title, column = titles
    part = members[0].candidate.part
    wanted = grams(f"{target.key} {context.plan.context}")
    named, own = grams(title), grams(column)
    beside = grams(around) | grams(part.project.value) | grams(part.title.value)
    near = fsum(
        1.0 if g in own else 0.9 if g in named else 0.45 if g in beside else 0.0 for g in wanted
    )
    coverage = near / len(wanted) if wanted else 0.5
    question = squeeze(context.plan.question)
    narrow = [
        w for w in ("一般公共预算", "政府性基金", "国有资本") if w in title and w not in question
    ]
    annexed = bool(part.project.value) and not context.plan.projects and len(document.parts) > 1
    if annexed:
        coverage -= 0.1
    richness = 0.02 * min(len(members), 10)
    return Family(tuple(members), title.strip(), coverage + richness - 0.1 * len(narrow))


def level_asked(text: str) -> str:
    """``leaf``, ``root`` or a level number as text, by the words 一级/三级/大类/单项/具体."""
    for word, level in (
        ("三级指标", "leaf"),
        ("二级指标", "1"),
        ("一级指标", "root"),
        ("大类", "root"),
        ("大块", "root"),
        ("单项", "leaf"),
        ("具体", "leaf"),
        ("子项", "leaf"),
        ("项目", "leaf"),
        ("类级", "root"),
        ("一类", "root"),
        ("款级", "1"),
        ("项级", "leaf"),
        ("哪类", "root"),
        ("类", "root"),
    ):
        if word in text:
            return level
    return "leaf"


def at_level(family: Family, level: str) -> tuple[Member, ...]:
    """Members of one level: the leaves, the outermost ones, or a numbered depth."""
    depths = sorted({member.level for member in family.members})
    if level == "root":
        return tuple(m for m in family.members if m.level == depths[0])
    if level.isdigit() and len(depths) > int(level):
        return tuple(m for m in family.members if m.level == depths[int(level)])
    return tuple(m for m in family.members if m.leaf)


def below(family: Family, name: str) -> tuple[Member, ...]:
    """Leaves under the row that `name` names best."""
    wanted = grams(name)
    heads = {m.path[:-1] for m in family.members if m.level > 0 and len(m.path) > 1}
    best = max(heads, key=lambda path: len(grams(path[-1]) & wanted), default=())
    if not best or not grams(best[-1]) <= wanted:
        return ()
    return tuple(m for m in family.members if m.leaf and m.path[: len(best)] == best)


_ROWS_SAID = re.compile(
    r"(?P<n>\d+|[二三四五六七八九]?十[一二三四五六七八九]?|[两三四五六七八九])个?(?:子项目?|明细|项目|分项|小项|条目|合同|指标|科目|款项)"
)


def rows_asked(
    found: Sequence[Family], text: str, level: str, least: float
) -> tuple[Family, tuple[Member, ...]] | None:
    """The family that a question means, and its rows at the level or below the head it names.

    A number of rows that the question states (22 个子项) decides before the words do.

    Args:
        found: families, the best first.
        text: the question without names and years.
        level: as `level_asked` gives it.
        least: below this score a family is not meant, unless it has as many rows as stated.
    """
    stated = _ROWS_SAID.search(text)
    count = (number_of(stated["n"]) or 0) if stated else 0
    alike = [f for f in found if f.score >= least / 2 and len(at_level(f, "leaf")) == count > 2]
    if alike:
        return alike[0], at_level(alike[0], "leaf")
    good = [family for family in found if family.score >= least]
    for family in good:
        inside = below(family, text)
        if len(inside) > 1:
            return family, inside
    if level == "leaf" and "子项" in text:
        good = [f for f in good if any(member.level for member in f.members)] or good
    return (good[0], at_level(good[0], level)) if good else None


def renamed(member: Member) -> Candidate:
    """The member's figure under its family name."""
    return replace(member.candidate, figure=replace(member.candidate.figure, metric=member.name))
