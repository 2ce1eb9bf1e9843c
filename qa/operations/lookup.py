"""Look-ups, and values derived from a change that the next report states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.model import Figure, Role
from ingest.quantity import Dimension
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate, Cluster
from qa.model import Outcome, PartKey
from qa.operations.beside import (
    beside_shown,
    chosen_after,
    left_of_shown,
    part_of_shown,
)
from qa.operations.context import (
    Choice,
    Context,
    add_figure,
    choose,
    clarify,
    closed,
    label_for,
    sentence,
)
from qa.operations.from_rate import Found, budget_from_rate, previous_from_rate
from qa.operations.met import add_rate, add_verdict
from qa.operations.nearer import nearer, told_by_column
from qa.operations.parts_asked import parts_told
from qa.operations.previous import (
    adjusted_budget,
    budget_from_change,
    previous_from_change,
    previous_from_parts,
    unstaged,
)
from qa.operations.reached import reached
from qa.operations.series import over_years
from qa.operations.trail import of_whole
from qa.plan import Target
from qa.present import Computed, shown
from qa.words import cues

# Asks for every indicator of a level, or (translated) for a difference: no one figure answers.
_EACH_OF_LEVEL = re.compile(
    r"[一二三]级指标[^,;?]{0,4}(?:各|分别|每)|(?:各|每)个?[^,;?]{0,2}[一二三]级指标|"
    r"多少\S{0,2}到多少"
)
_COMPARED = re.compile(r"[多少高低](?:了|出)?多少")


def lookup(context: Context) -> Draft | None:
    """Each target's figure, for each year asked; missing years derived where the text allows."""
    plan = context.plan
    if len(plan.targets) == 1 and _EACH_OF_LEVEL.search(plan.text):
        return None
    if plan.lenient and _COMPARED.search(plan.text):
        return None
    draft = Draft()
    lines: list[str] = []
    years = plan.years or ("",)
    alike = {t: over_years(context, t, years, _own) for t in plan.targets}
    for year in years:
        for target in plan.targets:
            done = _one(context, target, year, draft, lines, alike[target].get(year))
            if done is not None:
                return done
    if not draft.values:
        return None
    draft.text = "\n".join(lines)
    parts_told(draft)
    add_verdict(draft, plan.question)
    partly = any(_OPEN in line for line in lines) and draft.outcome is Outcome.ANSWERED
    draft.text = draft.text if partly else draft.text.replace(_OPEN, "")
    return _incomplete(draft) if partly else draft


_OPEN = "——"  # before what is said of a part of the question that has no answer


def _incomplete(draft: Draft) -> Draft:
    """What was found of several asked figures, which is no answer to the question."""
    draft.outcome = Outcome.ABSTAINED
    text = draft.text.replace(_OPEN, "")
    draft.reason = draft.text = f"所问的几项只找到一部分，不能完整作答：\n{text}"
    draft.citations = [source for value in draft.values for source in value.sources]
    return draft


def _open(year: str, target: Target, what: str) -> str:
    return f"{_OPEN}{year + '年' if year else ''}“{target.label}”：{what}"


def plan_keys(context: Context) -> Sequence[PartKey]:
    """The parts in scope of a question."""
    return context.plan.parts or [part.key for part in context.evidence.parts]


def named_average(context: Context) -> Draft | None:
    """A figure that the report itself calls an average (平均抽查登记率)."""
    target, years = context.plan.targets[0], context.plan.years
    choice = choose(context, target, keep=lambda f: "均" in f.metric)
    implied = previous_from_change(context, target, years[0]) if len(years) == 1 else None
    named = choice.best is not None or (implied is not None and "均" in implied[1].figure.metric)
    return lookup(context) if named else None


def _own(context: Context, target: Target, year: str) -> Cluster | None:
    """The figure of a target in one year, whatever it is in the others."""
    return _chosen(context, target, year, Draft()).best


def _one(
    context: Context,
    target: Target,
    year: str,
    draft: Draft,
    lines: list[str],
    alike: Cluster | None = None,
) -> Draft | None:
    """Add one target's figure; a Draft is returned only to ask back.

    `alike` is the figure that is called as those of the other years.
    """
    backwards = bool(year) and cues.backwards_asked(context.plan.question)
    if backwards and _from_next_year(context, target, year, draft, lines):
        return None
    choice = Choice(alike) if alike else _chosen(context, target, year, draft)
    if choice.best is None and _worked_out(target, draft):
        lines.append(draft.text)
        return None
    if choice.best is None and _budget_implied(context, target, year, draft, lines):
        return None
    lacking = choice.best is None and bool(year) and not choice.rivals
    if lacking and _from_next_year(context, target, year, draft, lines):
        return None
    told = told_by_column(target, choice.rivals) if choice.rivals else None
    choice = Choice(told) if told is not None else choice
    if choice.rivals:
        several = len(context.plan.targets) > 1 or len(context.plan.years) > 1
        if not several:
            return clarify(choice.rivals)
        lines.append(_open(year, target, "有几个数都可能是，未能确定。"))
        return None
    if choice.best is None and target.role is Role.BUDGET:
        adjusted = adjusted_budget(context, draft, target)
        if adjusted is not None:
            lines.append(sentence(draft.values[-1], adjusted))
            return None
    if choice.best is None:
        known = not year or any(
            context.evidence.ref(key).year == year for key in plan_keys(context)
        )
        line = _open(year, target, "报告中没有找到。")
        lines.append(line if known else line.removeprefix(_OPEN))
        return None
    chosen = reached(context.plan, target, nearer(target, choice.best))
    chosen = _in_unit_shown(chosen, draft)
    draft.units.append(chosen.best.figure.quantity.unit)
    value = add_figure(draft, context, chosen, target)
    lines.append(sentence(value, chosen.best))
    if not (target.role is Role.ACTUAL and draft.phrase):  # what was reached: of the target's name
        draft.phrase = target.key
    return None


def _in_unit_shown(chosen: Cluster, draft: Draft) -> Cluster:
    """The same figure as printed in the unit of those shown before (万元, not 元), where it is."""
    shown = {unit.symbol for unit in draft.units}
    own = chosen.best.figure.quantity.unit
    if not shown or own.symbol in shown or own.dimension is not Dimension.MONEY:
        return chosen
    alike = (
        each
        for each in chosen.members
        if each.figure.quantity.unit.symbol in shown
        and closed(each.figure)
        and each.figure.role is chosen.best.figure.role
        and each.document is chosen.best.document
    )
    return replace(chosen, best=next(alike, chosen.best))


def _worked_out(target: Target, draft: Draft) -> bool:
    """Add what two figures shown before give: a rate of completion, or what is left.

    The line that says so is left in `draft.text`.
    """
    pair = left_of_shown(target, draft)
    if pair is None:
        return add_rate(draft, target.measure, target.label)
    result = compute.difference(pair[0].figure, pair[1].figure)
    value = draft.derive(
        result,
        pair,
        label=target.label,
        metric=target.label,
        period=pair[0].period,
        again=lambda figures: compute.difference(figures[0], figures[1]),
    )
    draft.text = f"{target.label}：{value.number}{value.unit}（{result.formula}）。"
    return True


def _from_next_year(
    context: Context, target: Target, year: str, draft: Draft, lines: list[str]
) -> bool:
    """Add a figure that only the next year's report implies; whether there is one."""
    derived = previous_from_change(context, target, year)
    if derived is not None:
        computed, current, change = derived
        draft.derive(
            computed,
            [current, change],
            label=f"{year}年 {target.label or current.figure.metric}",
            metric=current.figure.metric,
            period=year,
            again=lambda figures: compute.previous_value(*figures),
        )
        lines.append(_derived_line(computed, current, year, target))
        draft.phrase = target.key
        return True
    about = previous_from_rate(context, target, year)
    if about is not None:
        lines.append(_about(draft, about, target, year, f"由{about[1].period}年报告推算"))
        return True
    parts = previous_from_parts(context, target, year)
    if parts:
        lines.append(_from_parts(draft, parts, target, year))
    return bool(parts)


def _budget_implied(
    context: Context, target: Target, year: str, draft: Draft, lines: list[str]
) -> bool:
    """Add a budget that only the final amount and its change or completion imply; whether it is so."""
    if target.role is not Role.BUDGET:
        return False
    wanted = (year,) if year else ()
    budget = budget_from_change(context, draft, target, wanted)
    if budget is not None:
        lines.append(budget)
        return True
    about = budget_from_rate(context, unstaged(target), wanted)
    if about is not None:
        whence = "由决算数和完成率推算"
        lines.append(_about(draft, about, target, year, whence, metric=target.label))
    return about is not None


def _about(
    draft: Draft, found: Found, target: Target, year: str, whence: str, *, metric: str = ""
) -> str:
    """Add an amount that a rounded rate gives, which is near the real one; its line."""
    computed, value, rate = found
    name = target.label or value.figure.metric
    draft.derive(
        computed,
        [value, rate],
        label=f"{year}年 {name}（约）",
        metric=metric or value.figure.metric,
        period=year,
    )
    draft.phrase = target.key
    return (
        f"{value.part.entity.value}{year}年{name}：约{computed.number}{computed.unit.symbol}"
        f"（{whence}：{computed.formula}，比率经过四舍五入，为约数）。"
    )


def _chosen(context: Context, target: Target, year: str, draft: Draft) -> Choice:
    """The figure of a target: beside what was shown before, of the whole, or by its name."""
    wanted = (year,) if year else ()
    choice = part_of_shown(context, target, draft) or beside_shown(context, target, year, draft)
    choice = choice or overall_score(context, target, wanted)
    choice = choice or of_whole(context, target, wanted)
    return choice or chosen_after(context, target, wanted, draft)


def _from_parts(draft: Draft, parts: list[Cluster], target: Target, year: str) -> str:
    operands = [part.best for part in parts]
    computed = compute.total([operand.figure for operand in operands])
    label = f"{year}年 {target.label}"
    behind = [member for part in parts for member in part.members[1:]]
    value = draft.derive(
        computed, operands, label=label, metric=target.key, period=year, behind=behind
    )
    facts = "，".join(f"{each.figure.metric} {shown(each.figure)}" for each in operands)
    draft.phrase = target.key
    return (
        f"{value.entity}{label}：{value.number}{value.unit}（{computed.formula}）。依据：{facts}。"
    )


_OVERALL_KEY = re.compile(
    r"(?:第三方|机构|重点|绩效|评价|自评|综合|总体|整体|最终|最后|总分|总得分|总|结果|项目|支出|部门|评估|\s|[\"“”])*$"
)
_OVERALL = re.compile(
    r"(?:本项目|该项目|综合|总体|最终|项目|整体支出|整体)[^,;。]{0,24}(?:评分|得分|总分|分值?)|总得分|总评分|综合得分|总分"
    r"|各(?:项)?指标[^。;]{0,16}(?:评分|得分)"
)


# （1）综合网格备案率指标：该指标设定分值为20分，评价得分为20分
_OF_INDICATOR = re.compile(r"该(?:项)?指标|指标[:：]")


def _title(context: Context, key: PartKey) -> str:
    document = context.evidence.index(key[0]).document
    return document.parts[key[1]].title.value


_CONCLUSION = re.compile(
    r"(?:(?:总体|综合|绩效|自评|评价)*(?:结论|结果)|(?:总体|综合|绩效|自评|评价)*得分)"
)
_RATED = (
    r"(?:^|[:：,，。;；])\s*(?:绩效|综合)*(?:评价|自评)(?:总|综合)?得分(?:为|是)?\s*{number}\s*分"
)


def _concluded(figure: Figure) -> bool:
    """结论：评价得分80.56分，等级“良”: what is said of no indicator, of the whole."""
    number = re.escape(figure.quantity.printed)
    said = re.search(_RATED.format(number=number), figure.sentence)
    return bool(said and _CONCLUSION.fullmatch(figure.metric.strip()))


def overall_asked(target: Target) -> bool:
    """True for a score that names no indicator: that of the whole."""
    named = re.search(r"[“\"]", target.label)
    return target.role is Role.SCORE and not named and bool(_OVERALL_KEY.match(target.key))


def overall_score(context: Context, target: Target, years: tuple[str, ...]) -> Choice | None:
    """The score of the whole when the question names no indicator; None when it does."""
    if not overall_asked(target):
        return None
    whole = replace(target, key=f"{target.key} 评价得分 综合得分 评分")

    whole_unit = bool(re.search(r"部门整体|整体支出", context.plan.question))
    of_unit = all("整体支出" in _title(context, key) for key in context.plan.parts)

    def overall(figure: Figure) -> bool:
        place = figure.locator
        if place.table is None and _concluded(figure) and (of_unit or not whole_unit):
            return True
        if whole_unit and not re.search(r"整体|部门", f"{figure.metric}{figure.sentence}"):
            return False
        if place.table is None:
            if _OF_INDICATOR.search(figure.sentence):
                return False
            return bool(_OVERALL.search(f"{figure.metric}得分 {figure.sentence}")) and (
                figure.quantity.value > 10
            )
        return figure.row_path[-1:] != () and bool(
            re.search(r"合计|总分|综合得分|总计|总得分", figure.row_path[-1])
        )

    choice = choose(
        replace(context, threshold=0.2, most_lacking=1.0), whole, years=years, keep=overall
    )
    return choice if choice.best is not None or choice.rivals else None


def _derived_line(computed: Computed, current: Candidate, year: str, target: Target) -> str:
    name = label_for(target, current)
    return (
        f"{current.part.entity.value}{year}年{name}：{computed.number}{computed.unit.symbol}"
        f"（由{current.period}年报告推算：{computed.formula}）。"
    )
