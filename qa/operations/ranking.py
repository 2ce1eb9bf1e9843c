"""Extremes: of a family of siblings, of two named figures, over projects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.model import Role
from ingest.quantity import Dimension, UnitError
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.model import PartKey
from qa.operations.aggregates import is_summable
from qa.operations.context import Context, choose
from qa.operations.families import (
    Family,
    Member,
    below,
    families,
    level_asked,
    renamed,
    rows_asked,
)
from qa.operations.lookup import overall_score
from qa.plan import Order, Target
from qa.planning.scope import project_groups
from qa.present import inner_marks
from qa.words import bounds, cues
from qa.words.worked_words import members_said, rest_asked

_LEAST = 0.25  # below this score the words name no family


def rank(context: Context) -> Draft | None:
    """The extremes of a family of siblings, at the level that the question names."""
    plan = context.plan
    target = plan.targets[0]
    either = cues.either_asked(plan.text)
    if either is not None:
        return _either(context, either)
    if _WHICH_UNIT.search(plan.text):
        return across_units(context)
    if len(project_groups(plan)) > 1 or re.search(
        r"(?:哪|几)(?:一)?(?:个|些)?(?:项目|部门|单位|局)|(?:项目|部门|单位)(?:是|为)(?:哪|什么)",
        plan.text,
    ):
        across = across_projects(context)
        if across is not None:
            return across
    wanted = replace(target, key=_unranked(target.key), noun="")
    if wanted.dimension is Dimension.COUNT:
        wanted = replace(wanted, dimension=None)
    found = families(context, wanted)
    if target.where:
        inside = [(f, below(f, target.where)) for f in found if f.score >= _LEAST]
        if inside and inside[0][1]:
            return _ranked(context, inside[0][0], list(inside[0][1]))
    chosen = rows_asked(found, plan.text, level_asked(plan.text), _LEAST)
    if chosen is None:
        return None
    family, members = chosen
    chosen_ones = list(members or family.members)
    if not _fit(plan.text, chosen_ones):
        return None
    if members_said(plan.question) not in (None, len(chosen_ones)):
        return None
    return _ranked(context, family, chosen_ones)


def _fit(text: str, members: list[Member]) -> bool:
    """Whether the members are what is ranked: rates, places, scores or what was left, as asked."""
    if (_OF_ANOTHER.search(text) or _BY_RATE.search(text)) and not _rates(members):
        return False  # a rate that this column does not state
    if _BY_SCORE.search(text) and not _scores(members):
        return False
    if rest_asked(text) and not _of_rest(members):
        return False
    return fit_for(text, [member.name for member in members])


_BY_RATE = re.compile(r"(?:率|比例|比重|进度)(?:的)?(?:最|排|居|第|前|倒)")
_OF_PLACES = re.compile(
    r"哪(?:一|几|些)?个?(?:县|区|市|镇|乡|街道)|(?:县|区|市|镇|乡|街道)(?:[(（]|是哪|有哪)"
)
_PLACE = re.compile(r"[县区市镇乡旗]|街道")
_BY_SCORE = re.compile(r"得分|打分|评分|分数")


def _scores(members: list[Member]) -> bool:
    """False for amounts of money and counts, which no score is."""
    money = (Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE)
    return not any(m.candidate.figure.quantity.unit.dimension in money for m in members)


def _of_rest(members: list[Member]) -> bool:
    """Whether the figures say what was left."""
    figure = members[0].candidate.figure
    return rest_asked(f"{figure.metric}{''.join(figure.column_path)}{figure.sentence}")


def fit_for(text: str, names: Sequence[str]) -> bool:
    """Whether names are places, or no sources of money, where a place or a project is asked for."""
    if _OF_PROJECTS.search(text) and any(_FUNDING.search(name) for name in names):
        return False
    for asked, called in _OF_BODIES:
        if asked.search(text) and not any(called.search(name) for name in names):
            return False
    return not _OF_PLACES.search(text) or all(_PLACE.search(name) for name in names)


# What is asked for, and how such bodies are called: 哪所学校 is no district.
_OF_BODIES = (
    (
        re.compile("哪(?:一|几)?(?:所|个|家)学校"),
        re.compile("校|学|园|[一二三四五六七八九]中|附中|教"),
    ),
    (re.compile("哪(?:一|几)?(?:所|个|家)医院"), re.compile("院|中心|所")),
    (re.compile("哪(?:一|几)?(?:所|个|家)幼儿园"), re.compile("园")),
    (
        re.compile("哪(?:一|几)?(?:家|个)(?:公司|企业)"),
        re.compile("公司|厂|企业|集团|社|店|中心|场"),
    ),
    (re.compile("哪(?:一|几)?(?:座|个)水库|最[多少高低大小]的水库"), re.compile("水库|库|塘")),
)


_OF_PROJECTS = re.compile(r"哪(?:一|几|些)?个?项目")
_FUNDING = re.compile(
    r"资金总额|财政拨款$|财政资金$|上年结转|其他资金|(?:中央|省级?|市级?|县级?)补助$"
)
_OF_ANOTHER = re.compile(r"占[^,;?]{2,12}?的?(?:比例|比重|比率|份额|百分比)最")


def _rates(members: list[Member]) -> bool:
    rates = (Role.SCORE_RATE, Role.COMPLETION, Role.SHARE, Role.GROWTH)
    return all(
        m.candidate.figure.role in rates
        or m.candidate.figure.quantity.unit.dimension is Dimension.PERCENT
        for m in members
    )


def _either(context: Context, sides: tuple[str, str]) -> Draft | None:
    """The larger (or smaller) of two named figures; both are shown."""
    plan = context.plan
    found: list[Candidate] = []
    for side in sides:
        choice = choose(context, Target(side, label=side), keep=is_summable)
        if choice.best is None:
            return None
        found.append(choice.best.best)
    left, right = found
    if not left.figure.quantity.unit.compatible(right.figure.quantity.unit):
        return None
    found.sort(key=lambda c: c.figure.quantity.base, reverse=plan.order is not Order.LEAST)
    names = dict(zip((left.figure.no, right.figure.no), sides, strict=True))
    draft = Draft(phrase=names[found[0].figure.no])
    for candidate in found:
        draft.show(candidate, label=names[candidate.figure.no])
    first, second = draft.values
    word = "较少" if plan.order is Order.LEAST else "较多"
    draft.text = (
        f"{first.entity}{first.period}年{names[found[0].figure.no]}{word}：{first.number}{first.unit}；"
        f"{names[found[1].figure.no]} {second.number}{second.unit}。"
    )
    return draft


def _unranked(key: str) -> str:
    return re.sub(
        r"最[大多高低小少]|前[一二两三四五六七八九十\d]+|排名|倒数(?:第[一二三四五六七八九十])?|"
        r"第[二三四五六七八九十][大高多长低小少短]|次[高多大低少小]|第一|单项|一项|一类",
        " ",
        key,
    ).strip()


def _ranked(context: Context, family: Family, members: list[Member]) -> Draft | None:
    plan = context.plan
    descending = plan.order is not Order.LEAST
    try:
        units = {m.candidate.figure.quantity.unit for m in members}
        if len({u.dimension for u in units}) != 1:
            return None
    except UnitError:
        return None
    if not descending and members[0].candidate.figure.quantity.unit.dimension is Dimension.MONEY:
        nonzero = [m for m in members if m.candidate.figure.quantity.base != 0]
        members = nonzero if nonzero and not re.search(r"零|0", plan.text) else members
    ordered = sorted(members, key=lambda m: m.candidate.figure.quantity.base, reverse=descending)
    if not ordered:
        return None
    if plan.nth > 1:
        return _nth(context, family, ordered)
    top = ordered[: plan.top]
    edge = top[-1].candidate.figure.quantity.base
    top += [m for m in ordered[plan.top :] if m.candidate.figure.quantity.base == edge][:5]
    draft = Draft(phrase=top[0].name)
    for member in top:
        draft.show(renamed(member), label=member.name, unit=plan.unit)
    word = "最低" if plan.order is Order.LEAST else "最高"
    first = draft.values[0]
    names = "；".join(f"{v.label} {v.number}{v.unit}" for v in draft.values)
    draft.text = (
        f"{first.entity}{first.period}年“{inner_marks(family.title)}”中{word}："
        f"{names}（共比较 {len(members)} 项）。"
    )
    return draft


def _nth(context: Context, family: Family, ordered: list[Member]) -> Draft | None:
    """The member at one place of the ranking; none where another one has the same value."""
    plan = context.plan
    values = [member.candidate.figure.quantity.base for member in ordered]
    if len(ordered) < plan.nth or values.count(values[plan.nth - 1]) > 1:
        return None
    member = ordered[plan.nth - 1]
    draft = Draft(phrase=member.name)
    value = draft.show(renamed(member), label=member.name, unit=plan.unit)
    word = "低" if plan.order is Order.LEAST else "高"
    draft.text = (
        f"{value.entity}{value.period}年“{inner_marks(family.title)}”中第 {plan.nth} {word}："
        f"{value.label} {value.number}{value.unit}（共比较 {len(ordered)} 项）。"
    )
    return draft


_WHICH_UNIT = re.compile(r"哪一?(?:家|个(?:单位|部门|局|院|学校|医院))|谁家")


def across_units(context: Context) -> Draft | None:
    """One metric over several units: the extreme; every unit that says it is compared."""
    plan = context.plan
    units: dict[str, list[PartKey]] = {}
    for key in plan.parts:
        ref = context.evidence.ref(key)
        if ref.entity and (not plan.years or ref.year in plan.years):
            units.setdefault(ref.entity, []).append(key)
    words = _WHICH_UNIT.sub(" ", plan.text)
    target = replace(
        plan.targets[0], key=cues.content(_unranked(re.sub(r"[两三四五六七八九十]家", " ", words)))
    )
    rows: list[Candidate] = []
    for keys in units.values():
        one = replace(context, plan=replace(plan, parts=tuple(keys), context="", projects=()))
        choice = choose(one, target)
        if choice.best is not None:
            rows.append(choice.best.best)
    if (
        len(rows) < max(2, len(units))
        or len({row.figure.quantity.unit.dimension for row in rows}) != 1
    ):
        return None
    rows.sort(key=lambda row: row.figure.quantity.base, reverse=plan.order is not Order.LEAST)
    draft = Draft(phrase=target.key)
    for row in rows:
        draft.show(row, label=f"{row.part.entity.value} {target.key}", unit=plan.unit)
    word = "最少" if plan.order is Order.LEAST else "最多"
    draft.text = (
        f"{word}：" + "；".join(f"{v.label} {v.number}{v.unit}" for v in draft.values) + "。"
    )
    return draft


def across_projects(context: Context) -> Draft | None:
    """One metric over several projects or reports: the extreme, or those that meet a condition."""
    plan = context.plan
    target = replace(plan.targets[0], key=_metric_words(plan.text, plan.targets[0]), noun="")
    rows = _per_project(context, target)
    if len(rows) < 2:
        return None
    condition = bounds.condition_of(plan.text)
    draft = Draft(phrase=target.key)
    if condition is not None:
        rows = [row for row in rows if condition(row[1].figure.quantity.base)]
        if not rows:
            return None
    elif plan.order is not None:
        rows.sort(key=lambda r: r[1].figure.quantity.base, reverse=plan.order is Order.MOST)
        edge = rows[min(plan.top, len(rows)) - 1][1].figure.quantity.base
        rows = rows[: plan.top] + [r for r in rows[plan.top :] if r[1].figure.quantity.base == edge]
    for name, candidate in rows:
        value = draft.show(candidate, label=f"{name} {target.key}", unit=plan.unit)
        draft.values[-1] = replace(value, project=name)
    lines = [f"{v.entity}“{v.project}”（{v.period}年）：{v.number}{v.unit}" for v in draft.values]
    draft.text = "\n".join(lines)
    return draft


def _metric_words(text: str, target: Target) -> str:
    role = {Role.COMPLETION: "预算执行率", Role.SCORE: "评价得分", Role.SCORE_RATE: "得分率"}
    if target.role in role:
        return role[target.role]
    return (
        _unranked(cues.content(re.sub(r"哪.{0,4}项目|哪.{0,3}部门|项目", " ", text))) or target.key
    )


def _per_project(context: Context, target: Target) -> list[tuple[str, Candidate]]:
    """The metric of each project named, or of every project in scope."""
    plan = context.plan
    named = list(plan.projects)
    if len(project_groups(plan)) < 2:
        keys = set(plan.parts) or {part.key for part in context.evidence.parts}
        refs = [part for part in context.evidence.parts if part.key in keys and part.project]
        if plan.years:
            refs = [part for part in refs if part.year in plan.years]
        named = [(part.project, (part.key,)) for part in refs]
    rows: list[tuple[str, Candidate]] = []
    for name, keys_of in named:
        inside = replace(context, plan=replace(plan, projects=(), parts=tuple(keys_of), context=""))
        choice = overall_score(inside, replace(target, key=""), ()) or choose(
            inside, target, years=(), keys=keys_of
        )
        best = choice.best or (choice.rivals[0] if choice.rivals else None)
        if best is not None:
            rows.append((name, best.best))
    return rows
