"""Sums, averages, ranks, conditions and counts over all figures that match, never over a top-k."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.model import Figure, Role
from ingest.quantity import Dimension, UnitError
from ingest.reading import read_quantities
from qa import compute, cues
from qa.evidence import Candidate, same_noun
from qa.matching import grams
from qa.model import Check, Value
from qa.operations.context import Context, choose
from qa.operations.families import Family, Member, at_level, below, families, level_asked, renamed
from qa.operations.lookup import lookup
from qa.plan import Operation, Order, Target
from qa.present import Draft, computed_value, source_of, value_of

_NUMERALS = {"两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_TOGETHER = (
    r"(?P<head>[^,;?]+?)(?:两者|二者|三者|两项|三项)?"
    r"(?:一共|合计|总共|共计|加起来|之和|总和|合起来|加在一起)"
)
_GROUP = re.compile(r"(?P<n>[两三四五六七八九十]|\d+)(?:家|个|次|项|类|笔|份|种)(?!月)")
_PEOPLE = ("人", "名", "位")


def total(context: Context) -> Draft | None:
    """A sum of named or equally named figures; a stated total where the report gives one."""
    plan = context.plan
    target = plan.targets[0]
    named = _named_parts(context, plan.text)
    if named is not None:
        return _sum_draft(context, named, target.key)
    group = _GROUP.search(plan.text)
    if group is not None:
        count = _NUMERALS.get(group["n"]) or int(group["n"])
        wanted = replace(target, key=cues.content(_GROUP.sub(" ", target.key)) or target.key)
        members = _alike(context, wanted, count)
        if members is not None:
            return _sum_draft(context, members, target.key)
    if target.noun in _PEOPLE and re.search(r"都算|加起来|合起来|全部", plan.text):
        people = _people(context, target)
        if people is not None:
            return _sum_draft(context, people, target.key)
    return None


def stated_total(context: Context) -> Draft | None:
    """``一共`` that only stresses a look-up: a figure of the asked name, not one of several asked."""
    text = context.plan.text
    named = re.search(
        r"[^,;?]+(?:和|与|及|、|加上)[^,;?]+(?:一共|合计|总共|共计|加起来|之和|总和|合起来)", text
    )
    if named or re.search(r"加起来|之和|合起来|都算上|加在一起", text):
        return None
    return lookup(context)


def _named_parts(context: Context, text: str) -> list[Candidate] | None:
    """``甲和乙一共``: every piece must be found."""
    match = re.search(_TOGETHER, text)
    if not match:
        return None
    head = match["head"]
    _, _, tail = head.rpartition("的")
    phrase = tail if re.search(r"和|与|、|加", tail) else head
    pieces = [cues.content(p) for p in re.split(r"以及|和|与|及|、|加上?", phrase)]
    pieces = [re.sub(r"[两三四五六](?:项|类|家|个|笔)(?:支出|费用|经费)?$", "", p) for p in pieces]
    pieces = [piece for piece in pieces if piece.strip()]
    if len(pieces) < 2:
        return None
    found: list[Candidate] = []
    for piece in pieces:
        choice = choose(context, Target(f"{piece}", None, None, label=piece), keep=_summable)
        if choice.best is None:
            return None
        found.append(choice.best.best)
    return found if len({c.figure.no for c in found}) == len(found) else None


def _summable(figure: Figure) -> bool:
    return figure.role in (Role.VALUE, Role.ACTUAL, Role.BUDGET, Role.SCORE, Role.FULL_MARK) and (
        figure.quantity.unit.dimension in (Dimension.MONEY, Dimension.COUNT, Dimension.SCORE)
    )


def _alike(context: Context, target: Target, count: int) -> list[Candidate] | None:
    """Exactly `count` figures of one table column or one sentence that fit alike."""
    role = target.role if target.role is Role.ADJUSTMENT else None
    wanted = replace(target, role=role, noun="")
    plan = context.plan
    keys = {key for _, its in plan.projects for key in its} or set(plan.parts)
    wider = {part.key for part in context.evidence.parts if part.report in {r for r, _ in keys}}
    for scope in (keys, wider & set(plan.parts or wider)):
        candidates = context.evidence.candidates(
            wanted, plan, years=plan.years, keys=scope, keep=_addend
        )
        good = [c for c in candidates if c.match.presence >= context.threshold]
        groups: dict[tuple[object, ...], list[Candidate]] = {}
        for candidate in good:
            groups.setdefault(_place(candidate), []).append(candidate)
        for members in groups.values():
            top = max(c.match.coverage for c in members)
            alike = [c for c in members if c.match.coverage >= top - 0.12]
            if len(alike) == count and len({c.figure.quantity.unit for c in alike}) == 1:
                return sorted(alike, key=lambda c: c.figure.no)
    return None


def _addend(figure: Figure) -> bool:
    return figure.quantity.unit.dimension in (Dimension.MONEY, Dimension.COUNT) and (
        figure.role in (Role.VALUE, Role.ACTUAL, Role.ADJUSTMENT)
    )


def _place(candidate: Candidate) -> tuple[object, ...]:
    figure, place = candidate.figure, candidate.figure.locator
    if place.table is not None:
        return (candidate.report, place.table, place.column, figure.role)
    return (candidate.report, figure.block, figure.sentence, figure.role, figure.direction)


def _people(context: Context, target: Target) -> list[Candidate] | None:
    """All counts of people in the sentence that fits best."""
    choice = choose(context, replace(target, role=None))
    best = choice.best or choice.nearest or (choice.rivals[0] if choice.rivals else None)
    if best is None or best.best.match.presence < context.threshold:
        return None
    figure = best.best.figure
    found = [
        replace(best.best, figure=other)
        for other in best.best.document.figures
        if other.block == figure.block
        and other.sentence == figure.sentence
        and other.quantity.unit.dimension is Dimension.COUNT
        and other.quantity.unit.factor == 1
        and other.quantity.unit.noun in _PEOPLE
        and same_noun(other.quantity.unit.noun, target.noun)
    ]
    return found if len(found) > 1 else None


def _sum_draft(context: Context, members: list[Candidate], phrase: str) -> Draft | None:
    try:
        made = compute.average if context.plan.operation is Operation.AVERAGE else compute.total
        result = made([_people_unit(m.figure) for m in members])
    except UnitError:
        return None
    word = "平均" if context.plan.operation is Operation.AVERAGE else "合计"
    draft = Draft(phrase=phrase)
    value = computed_value(
        result, members, label=f"{phrase}{word}", metric=phrase, period=members[0].period
    )
    draft.values.append(value)
    draft.values.extend(value_of(member) for member in members)
    draft.text = (
        f"{value.entity}{value.label}：{value.number}{value.unit}"
        f"（{len(members)} 项：{result.formula}）。"
    )
    return draft


def _people_unit(figure: Figure) -> Figure:
    """人, 名 and 位 count the same; a sum needs one unit."""
    unit = figure.quantity.unit
    if unit.noun not in _PEOPLE:
        return figure
    return replace(
        figure, quantity=replace(figure.quantity, unit=replace(unit, noun="人", symbol="人"))
    )


def average(context: Context) -> Draft | None:
    """The mean of named figures, of a family, or of one metric over the years asked."""
    plan = context.plan
    if len(plan.years) > 1:
        found: list[Candidate] = []
        key = re.sub(r"平均(?:每年|每个?年度?)?|年均", " ", plan.targets[0].key).strip()
        target = replace(plan.targets[0], key=key or plan.targets[0].key)
        for year in plan.years:
            choice = choose(context, target, years=(year,), keep=_summable)
            if choice.best is None:
                return None
            found.append(choice.best.best)
        return _sum_draft(context, found, plan.targets[0].key)
    text = re.sub(r"平均", "之和", plan.text)
    named = _named_parts(replace(context, plan=replace(plan, text=text)), text)
    if named is not None:
        return _sum_draft(context, named, plan.targets[0].key)
    group = _GROUP.search(plan.text)
    if group is not None:
        key = re.sub(
            r"平均|每家|每个|每项|每", " ", f"{plan.context} {plan.targets[0].key}"
        ).strip()
        wanted = replace(plan.targets[0], key=cues.content(_GROUP.sub(" ", key)))
        members = _alike(context, wanted, _NUMERALS.get(group["n"]) or int(group["n"]))
        if members is not None:
            return _sum_draft(context, members, wanted.key)
    family = next(iter(families(context, plan.targets[0])), None)
    if family is None or family.score < context.threshold:
        return None
    return _sum_draft(context, [renamed(m) for m in at_level(family, "leaf")], plan.targets[0].key)


def rank(context: Context) -> Draft | None:
    """The extremes of a family of siblings, at the level that the question names."""
    plan = context.plan
    target = plan.targets[0]
    either = cues.either_asked(plan.text)
    if either is not None:
        return _either(context, either)
    if len(plan.projects) > 1 or re.search(
        r"(?:哪|几)(?:一)?(?:个|些)?(?:项目|部门|单位|局)", plan.text
    ):
        across = across_projects(context)
        if across is not None:
            return across
    wanted = replace(target, key=_unranked(target.key), noun="")
    if wanted.dimension is Dimension.COUNT:
        wanted = replace(wanted, dimension=None)
    found = [f for f in families(context, wanted) if f.score >= 0.25]
    if not found:
        return None
    family = found[0]
    inside = below(family, target.where) if target.where else ()
    members = inside or at_level(family, level_asked(plan.text)) or family.members
    return _ranked(context, family, list(members))


def _either(context: Context, sides: tuple[str, str]) -> Draft | None:
    """The larger (or smaller) of two named figures; both are shown."""
    plan = context.plan
    found: list[Candidate] = []
    for side in sides:
        choice = choose(context, Target(side, label=side), keep=_summable)
        if choice.best is None:
            return None
        found.append(choice.best.best)
    left, right = found
    if not left.figure.quantity.unit.compatible(right.figure.quantity.unit):
        return None
    found.sort(key=lambda c: c.figure.quantity.base, reverse=plan.order is not Order.LEAST)
    names = dict(zip((left.figure.no, right.figure.no), sides, strict=True))
    draft = Draft(phrase=names[found[0].figure.no])
    draft.values = [value_of(c, label=names[c.figure.no]) for c in found]
    first, second = draft.values
    word = "较少" if plan.order is Order.LEAST else "较多"
    draft.text = (
        f"{first.entity}{first.period}年{names[found[0].figure.no]}{word}：{first.number}{first.unit}；"
        f"{names[found[1].figure.no]} {second.number}{second.unit}。"
    )
    return draft


def _unranked(key: str) -> str:
    return re.sub(
        r"最[大多高低小少]|前[一二两三四五六七八九十\d]+|排名|倒数|第一|单项|一项|一类", " ", key
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
    if not descending:
        nonzero = [m for m in members if m.candidate.figure.quantity.base != 0]
        members = nonzero if nonzero and not re.search(r"零|0", plan.text) else members
    ordered = sorted(members, key=lambda m: m.candidate.figure.quantity.base, reverse=descending)
    if not ordered:
        return None
    top = ordered[: plan.top]
    edge = top[-1].candidate.figure.quantity.base
    top += [m for m in ordered[plan.top :] if m.candidate.figure.quantity.base == edge][:5]
    draft = Draft(phrase=top[0].name)
    for member in top:
        draft.values.append(value_of(renamed(member), label=member.name, unit=plan.unit))
    word = "最低" if plan.order is Order.LEAST else "最高"
    first = draft.values[0]
    names = "；".join(f"{v.label} {v.number}{v.unit}" for v in draft.values)
    draft.text = f"{first.entity}{first.period}年“{family.title}”中{word}：{names}（共比较 {len(members)} 项）。"
    return draft


def across_projects(context: Context) -> Draft | None:
    """One metric over several projects or reports: the extreme, or those that meet a condition."""
    plan = context.plan
    target = replace(plan.targets[0], key=_metric_words(plan.text, plan.targets[0]), noun="")
    rows = _per_project(context, target)
    if len(rows) < 2:
        return None
    condition = _condition(plan.text)
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
        value = value_of(candidate, label=f"{name} {target.key}", unit=plan.unit)
        draft.values.append(replace(value, project=name))
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
    if len(named) < 2:
        keys = set(plan.parts) or {part.key for part in context.evidence.parts}
        refs = [part for part in context.evidence.parts if part.key in keys and part.project]
        if plan.years:
            refs = [part for part in refs if part.year in plan.years]
        named = [(part.project, (part.key,)) for part in refs]
    rows: list[tuple[str, Candidate]] = []
    for name, keys_of in named:
        inside = replace(context, plan=replace(plan, projects=(), parts=tuple(keys_of), context=""))
        choice = choose(inside, target, years=(), keys=keys_of)
        best = choice.best or (choice.rivals[0] if choice.rivals else None)
        if best is not None:
            rows.append((name, best.best))
    return rows


def _condition(text: str) -> Callable[[Decimal], bool] | None:
    """``达到100%``, ``超过100万元``, ``低于90%`` as a test on base values, or None."""
    match = re.search(
        r"(超过|大于|高于|多于|超出|达到了?|等于|正好|不低于|不少于|低于|小于|少于|不足|没有达到|未达到?|不到)",
        text,
    )
    if not match:
        return None
    readings = read_quantities(text[match.end() : match.end() + 16])
    if not readings:
        return None
    bound: Decimal = readings[0].quantity.base
    word = match[1]
    if word in ("达到", "达到了", "不低于", "不少于"):
        return lambda value: value >= bound
    if word in ("等于", "正好"):
        return lambda value: value == bound
    if word in ("低于", "小于", "少于", "不足", "没有达到", "未达", "未达到", "不到"):
        return lambda value: value < bound
    return lambda value: value > bound


def select(context: Context) -> Draft | None:
    """Rows or projects that meet a condition (超过100万元的有哪些)."""
    plan = context.plan
    condition = _condition(plan.text)
    if condition is None:
        return None
    if re.search(r"(?:哪|几)(?:几)?(?:一)?(?:个|些)?(?:项目|部门|单位|局)|项目", plan.text):
        across = across_projects(context)
        if across is not None:
            return across
    found = [f for f in families(context, plan.targets[0]) if f.score >= 0.3]
    if not found:
        return None
    members = [
        m
        for m in at_level(found[0], level_asked(plan.text))
        if condition(m.candidate.figure.quantity.base)
    ]
    if not members:
        return None
    draft = Draft(phrase=plan.targets[0].key)
    draft.values = [value_of(renamed(m), label=m.name, unit=plan.unit) for m in members]
    if re.search(r"几(?:个|项|家|类|笔)|多少(?:个|项|家|类|笔)", plan.text):
        draft.values.insert(0, _counted(plan.targets[0], found[0], members, plan.text))
    names = "；".join(f"{v.label} {v.number}{v.unit}" for v in draft.values)
    draft.text = f"“{found[0].title}”中符合条件的有 {len(members)} 项：{names}。"
    return draft


def count(context: Context) -> Draft | None:
    """How many rows: of a table, of a category; a stated count where the text gives one."""
    plan = context.plan
    target = plan.targets[0]
    if cues.condition_asked(cues.unquoted(plan.text)):
        return None
    rows = _rows_counted(context, target) if re.search(r"表|类|子项|列", plan.text) else None
    if rows is not None:
        return rows
    return None


def _rows_counted(context: Context, target: Target) -> Draft | None:
    wanted = replace(target, dimension=None, noun="", role=None)
    for family in families(context, wanted):
        if family.score < 0.25:
            break
        inside = below(family, context.plan.text)
        named_table = len(grams(family.title) & grams(target.key)) >= 3
        members = inside or (at_level(family, "leaf") if named_table else ())
        if len(members) < 2:
            continue
        draft = Draft(phrase=target.key)
        value = _counted(target, family, members, context.plan.text)
        draft.values.append(value)
        names = "；".join(m.name for m in members)
        draft.text = f"{value.entity}“{family.title}”中共 {value.number} {value.unit}：{names}。"
        return draft
    return None


def _counted(target: Target, family: Family, members: Sequence[Member], text: str) -> Value:
    """The number of rows as a Value; the rows are its sources."""
    first = members[0].candidate
    part = first.part
    noun = re.search(r"(?:几|多少)(个|项|家|类|笔|种|条)", text)
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
