"""One figure of several named bodies, and the year in which a figure was largest or smallest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest import interval
from ingest.model import Figure, Role
from ingest.quantity import Dimension, UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.figures.standing import equations_of
from qa.model import Outcome, PartKey
from qa.operations.context import Context, add_figure, choose, closed, sentence
from qa.operations.lookup import overall_score
from qa.plan import Operation, Order, Plan
from qa.planning.scope import project_groups
from qa.words import cues
from qa.words.matching import squeeze

_MOST = 8
_NO_SUM = (Dimension.PERCENT, Dimension.POINT, Dimension.SCORE)
_USUAL: dict[Role | None, str] = {Role.SCORE: "绩效评价"}  # where the role alone is asked for
_TOGETHER = re.compile(r"各|分别|比较|对比|和|与|跟|、")
_WHICH_YEAR = re.compile(r"(?:是|在)?哪一?(?:个)?年度?|(?:是|在)?哪年")


def per_body(context: Context) -> Draft | None:
    """The figure of each of the bodies that the question names; none of them may lack it."""
    plan = context.plan
    groups = plan.apart
    if not 1 < len(groups) <= _MOST or len(plan.targets) != 1 or plan.projects:
        return None
    if not _TOGETHER.search(plan.question):
        return None
    draft, lines, lacking = Draft(phrase=plan.targets[0].key), [], []
    for names in groups:
        keys = tuple(key for key in plan.parts if context.evidence.ref(key).entity in names)
        inside = replace(context, plan=replace(plan, parts=keys))
        choice = choose(inside, plan.targets[0], years=plan.years, keys=keys) if keys else None
        if choice is None or choice.best is None:
            lacking.append(names[0])
            continue
        value = add_figure(draft, context, choice.best, plan.targets[0])
        draft.values[-1] = replace(value, label=f"{value.entity} {value.label}")
        lines.append(sentence(value, choice.best.best))
    return _complete(draft, lines, lacking)


def per_project(context: Context) -> Draft | None:
    """The figure of each of the projects that the question names; none of them may lack it."""
    plan = context.plan
    groups = project_groups(plan)
    if not 1 < len(groups) <= _MOST or len(plan.targets) != 1 or len(plan.years) > 1:
        return None
    named = squeeze("".join((*plan.entities, *(name for name, _ in plan.projects))))
    words = [word for word in plan.targets[0].key.split() if squeeze(word) not in named]
    key = " ".join(words).strip("和与及跟、 ")
    target = replace(plan.targets[0], key=key or _USUAL.get(plan.targets[0].role, ""))
    draft, lines, lacking = Draft(phrase=target.key), [], []
    for keys in groups:
        project = next((name for name, its in plan.projects if set(its) & set(keys)), "")
        inside = replace(
            context, plan=replace(plan, parts=keys, projects=((project, keys),), context="")
        )
        choice = overall_score(inside, target, plan.years) or choose(
            inside, target, years=plan.years, keys=keys
        )
        if choice.best is None:
            lacking.append(project)
            continue
        value = add_figure(draft, inside, choice.best, target)
        draft.values[-1] = replace(value, label=f"{value.project or project} {value.label}")
        lines.append(sentence(value, choice.best.best))
    return _complete(draft, lines, lacking)


def _complete(draft: Draft, lines: list[str], lacking: list[str]) -> Draft:
    """The draft with its lines; no answer where one of those that were named lacks the figure."""
    if lacking:
        reason = f"没有找到{'、'.join(lacking)}的这个数，不能完整作答。"
        return Draft(Outcome.ABSTAINED, reason="\n".join([reason, *lines]))
    draft.text = "\n".join(lines)
    return draft


_SUM_BESIDE = re.compile(
    r"(?:^|[,，;；])\s*(?:那么?)?(?:这|那|其)?[两二三四五六几]?(?:[项者个笔家年]|个?县|个?项目)?(?:的)?"
    r"(?:合计|总共|一共|加起来|加一起|加在一起|合起来|总和|之和)(?:又|共|一共|总共)?(?:是|为|有|得)?(?:多少|几)?"
    r"(?:钱|万元|亿元|元|个|人|次|分)?呢?[?？。\s]*$"
)


_SUMMED = re.compile(
    r"(?:[两三四五]年)?(?:一共|总共|合计|共计)?(?P<w>[^,，。；;？?]{0,16}?)(?:合计|一共|总共|共计|加起来|之和|总和|共)?(?:是|为|有)?"
    r"(?:多少|几)[^,，。；;？?]{0,4}[?？。\s]*$"
)


def each_year(plan: Plan, question: str) -> str:
    """``2021年和2022年两年支出合计多少`` as an ask for each year; "" for another question."""
    if plan.operation is not Operation.SUM or len(plan.years) < 2 or len(plan.targets) != 1:
        return ""
    match = _SUMMED.search(question)
    if match is None:
        return ""
    asked = f"{question[: match.start()]}{_SUM_WORDS.sub('', match['w'])}各是多少？"
    return "" if cues.sum_asked(asked) else asked


_SUM_WORDS = re.compile(r"合计|一共|总共|共计|加起来|之和|总和|(?<=[两三四五]年)共")


def without_sum(question: str) -> str | None:
    """A question less the ask for the sum of what it asks for before; None where it has none.

    "" where nothing but the sum is asked for.
    """
    match = _SUM_BESIDE.search(question)
    return question[: match.start()].strip(" ,，;；") if match else None


def add_sum(draft: Draft, shown: Sequence[Candidate], *, first: bool = False) -> bool:
    """Add the sum of figures that were shown; False where they do not add up to one thing.

    Args:
        draft: the answer under way.
        shown: the figures.
        first: the sum is what is asked for, the figures only what it is made of.
    """
    figures = [each.figure for each in shown]
    if len(figures) < 2 or any(f.quantity.unit.dimension in _NO_SUM for f in figures):
        return False
    if len({(c.document.sha256, c.figure.no) for c in shown}) != len(shown):
        return False
    try:
        total = compute.total(figures)
    except UnitError:
        return False
    printed = printed_total(shown)
    if printed is not None and printed.figure.quantity.base != sum(
        f.quantity.base for f in figures
    ):
        value = draft.show(printed, label="合计")
        line = f"合计：{value.number}{value.unit}（报告所写；各数相加为 {total.formula}，相差是四舍五入的尾差）。"
        draft.text = f"{draft.text}\n{line}" if draft.text else line
        if first:
            tell_first(draft)
        return True
    periods = {each.period for each in shown}
    value = draft.derive(
        total,
        shown,
        label="合计",
        metric="合计",
        period=periods.pop() if len(periods) == 1 else "",
        again=compute.total,
    )
    line = f"合计：{value.number}{value.unit}（{total.formula}）。"
    draft.text = f"{draft.text}\n{line}" if draft.text else line
    if first:
        tell_first(draft)
    return True


def printed_total(shown: Sequence[Candidate]) -> Candidate | None:
    """The total that their report prints of just these figures, by an equation of it that holds."""
    first, numbers = shown[0], {each.figure.no for each in shown}
    if len({each.document.sha256 for each in shown}) != 1:
        return None
    unit = first.figure.quantity.unit
    for equation in equations_of(first.document, first.figure):
        stated = first.document.figures[equation.stated]
        holds = equation.verdict.holds
        alike = stated.quantity.unit.compatible(unit) and stated.period == first.figure.period
        if holds and alike and set(equation.operands) == numbers and _adds_up(stated, shown):
            return Candidate.sure(first.report, first.document, stated)
    return None


def _adds_up(stated: Figure, shown: Sequence[Candidate]) -> bool:
    """Whether a total is what the figures add up to within their printed precision."""
    figures = [each.figure for each in shown]
    added = interval.total(interval.in_sum([figure.quantity for figure in figures]))
    return all(map(closed, (stated, *figures))) and interval.of(stated.quantity).overlaps(added)


def tell_first(draft: Draft) -> None:
    """Put the value that was worked out last, and its line, before what it was worked out from."""
    draft.values.insert(0, draft.values.pop())
    draft.figures = [replace(each, index=each.index + 1) for each in draft.figures]
    *lines, last = draft.text.split("\n")
    draft.text = "\n".join([last, *lines])


def which_year(context: Context) -> Draft | None:
    """The year in which a figure was largest or smallest, over the years that are loaded."""
    plan = context.plan
    if plan.order is None or not _WHICH_YEAR.search(plan.text):
        return None
    words = re.sub(r"最[高低大小多少]|的?(?:是|有)?$", " ", _WHICH_YEAR.sub(" ", plan.text))
    key = cues.content(cues.without_role(words, plan.targets[0].role))
    target = replace(plan.targets[0], key=key, label=key or plan.targets[0].label)
    years = sorted({context.evidence.ref(k).year for k in _keys(context)} - {""})
    rows: list[Candidate] = []
    for year in plan.years or years:
        one = replace(context, plan=replace(plan, years=(year,)))
        choice = overall_score(one, target, (year,)) or choose(one, target, years=(year,))
        if choice.rivals:
            return Draft(Outcome.ABSTAINED, reason=f"{year}年有几个数都可能是，不能比较各年。")
        if choice.best is not None:
            rows.append(choice.best.best)
    if len(rows) < 2:
        return None
    try:
        rows.sort(key=lambda row: row.figure.quantity.base, reverse=plan.order is Order.MOST)
        units = {row.figure.quantity.unit.dimension for row in rows}
    except UnitError:
        return None
    if len(units) != 1:
        return None
    draft = Draft(phrase=target.key)
    for row in rows:
        draft.show(row, label=f"{row.period}年 {target.label}", unit=plan.unit)
    word = "最高" if plan.order is Order.MOST else "最低"
    told = "；".join(f"{v.period}年 {v.number}{v.unit}" for v in draft.values)
    draft.text = f"{draft.values[0].entity}{target.label}{word}的是 {rows[0].period}年：{told}。"
    return draft


def _keys(context: Context) -> tuple[PartKey, ...]:
    return context.plan.parts or tuple(part.key for part in context.evidence.parts)
