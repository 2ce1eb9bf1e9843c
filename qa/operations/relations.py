"""Two figures set against each other: shares, ratios, completion rates, differences."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from ingest.model import Figure, Role
from ingest.quantity import Dimension, UnitError
from qa import compute, cues
from qa.evidence import Candidate, Cluster
from qa.matching import grams, squeeze
from qa.model import PartKey
from qa.operations.context import (
    Context,
    add_figure,
    choose,
    clarify,
    contradiction,
    sentence,
)
from qa.plan import Target
from qa.present import Computed, Draft, computed_value, shown

_SHARE_FORMS = (
    re.compile(
        r"(?P<whole>[^,;?]+?)(?:当中|之中|里面|中|里),?\s*(?P<part>[^,;?]+?)(?:所|的)?占(?!用)(?!\s*(?!多|几|百|比)[^,;?]{2,}的?(?:比|百|份))"
    ),
    re.compile(r"(?P<part>[^,;?]+?)在(?P<whole>[^,;?]+?)(?:中|里)(?:所|的)?占"),
    re.compile(
        r"(?P<part>[^,;?]+?)(?:所)?占(?:了|到)?(?:整个|全部|全年|当年)?(?P<whole>[^,;?]+?)(?:的)?(?:比重|比例|百分|多少|多大|份额|几成|比)"
    ),
    re.compile(
        r"(?P<whole>[^,;?]+?)(?:当中|之中|里面|中|里),?\s*(?P<part>[^,;?]+?)(?:的)?(?:占比|比重|比例|份额)"
    ),
)
_RATIO_FORM = re.compile(
    r"(?P<part>[^,;?]+?)(?:相当于|约为|是|为)(?P<whole>[^,;?]+?)(?:的)?(?:百分之|多少倍|几倍|%|几成|多少|百分比)"
)
_DIFFERENCE_FORMS = (
    re.compile(
        r"(?P<left>[^,;?]+?)(?:比|较)(?P<right>[^,;?]+?)(?:要)?(?:多|少|高|低|大|小|超|节约|节省|省|差|减)"
    ),
    re.compile(
        r"(?P<left>[^,;?]+?)(?:与|和|跟|同)(?P<right>[^,;?]+?)(?:之间)?(?:的)?(?:相差|差额|差距|差|相比)"
    ),
)
_ANY_WHOLE = re.compile(
    r"^(?:项目|资金|经费|全年|实际|全部|总|支出|收入|费用|金额|投入|合计|总额|总计|数|明细|决算|表)+$"
)
_EITHER_END = re.compile(r"年初|期初")
_OTHER_END = re.compile(r"年末|年底|期末")


class Pair(NamedTuple):
    """Two figures of one relation."""

    left: Cluster
    right: Cluster


def share(context: Context) -> Draft | None:
    """A stated share where the report gives it, else computed from part and whole."""
    plan = context.plan
    match = next((m for m in (form.search(plan.text) for form in _SHARE_FORMS) if m), None)
    part = cues.content(match["part"]) if match else plan.targets[0].key
    whole = cues.content(match["whole"]) if match else ""
    if len(re.sub(r"[那这它其\s]", "", part)) < 2:
        part = plan.memory or plan.targets[0].key
    whole = re.sub(r"^(?:那|这|该|同)一?年\s*", "", whole)
    stated = _stated_share(context, part, whole)
    if stated is not None:
        return stated
    if not part or not whole:
        return None
    return _computed_ratio(context, part, whole)


def _stated_share(context: Context, part: str, whole: str) -> Draft | None:
    target = Target(part, Role.SHARE, Dimension.PERCENT, label=f"{part}占{whole or '总额'}的比重")

    def about_whole(figure: Figure) -> bool:
        if not whole:
            return True
        beside = grams(f"{figure.basis} {figure.subject} {figure.sentence}")
        wanted = grams(whole)
        return not wanted or len(wanted & beside) / len(wanted) >= 0.6

    choice = choose(context, target, keep=about_whole)
    if choice.best is None or choice.best.best.match.coverage < 0.75:
        return None
    draft = Draft(phrase=part)
    value = add_figure(draft, context, choice.best, target)
    draft.text = sentence(value, choice.best.best)
    if value.other is not None:
        draft.text += contradiction(value)
    return draft


def _computed_ratio(context: Context, part: str, whole: str) -> Draft | None:
    pair = _pair(context, part, whole)
    if pair is None:
        return None
    left, right = pair.left.best, pair.right.best
    multiple = bool(re.search(r"几倍|多少倍", context.plan.text))
    try:
        make = compute.multiple_of if multiple else compute.percent_of
        result = make(left.figure, right.figure)
    except UnitError:
        return None
    if result is None:
        return None
    return _computed_draft(result, [left, right], f"{part} ÷ {whole}", part)


def _computed_draft(result: Computed, operands: list[Candidate], label: str, phrase: str) -> Draft:
    draft = Draft(phrase=phrase)
    period = operands[0].period
    value = computed_value(result, operands, label=label, metric=phrase, period=period)
    draft.values.append(value)
    year = f"{period}年" if period else ""
    facts = "，".join(f"{o.figure.metric} {shown(o.figure)}" for o in operands)
    draft.text = f"{value.entity}{year}{label}：{value.number}{value.unit}（{result.formula}）。依据：{facts}。"
    return draft


def _pair(context: Context, part: str, whole: str) -> Pair | None:
    """The part's figure and the whole's, best where they stand in one table or sentence."""
    left = choose(context, _target(context, part), keep=_amount)
    if left.best is None and left.rivals:
        right = choose(context, _target(context, whole), keep=_amount)
        if right.best is None:
            return None
        together = [c for c in left.rivals if _shares_place(c, right.best)]
        return Pair(together[0], right.best) if len(together) == 1 else None
    if left.best is None:
        return None
    for member in left.best.members:
        total = _total_of(member, whole)
        if total is not None:
            return Pair(left.best, total)
    near = [(left.best.best.report, left.best.best.figure.part)]
    for keys in (near, None):
        right = choose(
            context,
            _target(context, whole),
            keys=keys,
            keep=_other_than(left.best.best.figure, _amount),
        )
        if right.best is not None:
            return Pair(left.best, right.best)
        together = [c for c in right.rivals if _shares_place(c, left.best)]
        if len(together) == 1:
            return Pair(left.best, together[0])
    return None


def _target(context: Context, phrase: str) -> Target:
    """The target of one side; a side that only says its role is about the rest of the question."""
    asked = cues.asked(phrase)
    role = asked.role if asked.role in (Role.BUDGET, Role.ACTUAL, Role.TARGET, Role.SCORE) else None
    plan = context.plan
    label = phrase
    key = cues.without_role(phrase, role)
    rest = re.sub(r"计划|预算|决算|条数|数量|金额|数|实际|\s", "", phrase)
    if role is not None and len(rest) < 2 and plan.context:
        key = plan.context
    return Target(key, role, label=label)


def _amount(figure: Figure) -> bool:
    return figure.role in (
        Role.VALUE,
        Role.ACTUAL,
        Role.BUDGET,
        Role.TARGET,
        Role.FULL_MARK,
        Role.SCORE,
    ) and figure.quantity.unit.dimension not in (Dimension.PERCENT, Dimension.POINT)


def _other_than(figure: Figure, test: Callable[[Figure], bool]) -> Callable[[Figure], bool]:
    def keep(other: Figure) -> bool:
        return (
            test(other)
            and other.no != figure.no
            and other.quantity.unit.compatible(figure.quantity.unit)
        )

    return keep


def _shares_place(left: Cluster, right: Cluster) -> bool:
    return any(_one_place(a, b) for a in left.members for b in right.members)


def _one_place(left: Candidate, right: Candidate) -> bool:
    a, b = left.figure.locator, right.figure.locator
    return left.report == right.report and (
        (a.table is not None and a.table == b.table) or left.figure.block == right.figure.block
    )


def _total_of(part: Candidate, whole: str) -> Cluster | None:
    """The 合计 row of the part's own table and column, when the whole is just “总…”."""
    place = part.figure.locator
    if place.table is None:
        return None
    table = part.document.tables[place.table]
    if not _ANY_WHOLE.match(squeeze(whole)) and squeeze(whole) not in squeeze(table.title):
        return None
    for figure in part.document.figures:
        other = figure.locator
        if other.table != place.table or other.column != place.column or other.row is None:
            continue
        if table.row_at(other.row, other.column or 0).total:
            found = replace(part, figure=figure)
            return Cluster(found, (found,))
    return None


def ratio(context: Context) -> Draft | None:
    """A 相当于 B 的百分之几 / 几倍."""
    match = _RATIO_FORM.search(context.plan.text)
    if not match:
        return share(context)
    part, whole = cues.content(match["part"]), cues.content(match["whole"])
    if not part or not whole:
        return None
    owner, _, metric = match["part"].rpartition("的")
    if (
        cues.content(owner)
        and "的" not in match["whole"]
        and len(squeeze(whole)) <= len(squeeze(part))
    ):
        whole = f"{whole} {cues.content(metric)}" if not cues.asked_role(whole) else whole
    return _computed_ratio(context, part, whole)


def completion(context: Context) -> Draft | None:
    """A completion rate: stated, or actual ÷ target of the same metric."""
    plan = context.plan
    phrase = cues.content(re.sub(r"完成率", " ", plan.text))
    target = plan.targets[0]
    stated = choose(context, replace(target, role=None, dimension=Dimension.PERCENT))
    if stated.best is not None and "完成率" in stated.best.best.figure.metric:
        return None
    actual = choose(context, Target(phrase, Role.ACTUAL, label=phrase), keep=_amount)
    planned = choose(context, Target(phrase, Role.TARGET, label=phrase), keep=_amount)
    if actual.best is None or planned.best is None:
        return None
    left, right = actual.best.best, planned.best.best
    if left.figure.block != right.figure.block and not _one_place(left, right):
        return None
    try:
        result = compute.percent_of(left.figure, right.figure)
    except UnitError:
        return None
    return (
        None
        if result is None
        else _computed_draft(result, [left, right], f"{phrase}完成率", phrase)
    )


def difference(context: Context) -> Draft | None:
    """A 比 B 多（少）多少; what is left of a budget; start against end of the year."""
    plan = context.plan
    text = re.sub(r",(?=比|较)", "", plan.text)
    target = plan.targets[0]
    if _EITHER_END.search(text) and _OTHER_END.search(text):
        bare = re.sub(r"年初|期初|年末|年底|期末|变化|增加|减少|相差|差", " ", target.key)
        return _subtract(context, f"年初 {bare}", f"年末 {bare}")
    if cues.left_over_asked(text):
        stated = choose(context, target, keep=lambda f: "结余" in f.metric or "结转" in f.metric)
        if stated.best is None:
            bare = cues.content(
                re.sub(
                    r"还剩|剩余|没花出去|没花完|没花|没用|结余|未用|剩|最后|调整后|预算|资金|钱|的",
                    " ",
                    text,
                )
            )
            return _against_budget(context, re.sub(r"[\s,?了]", "", bare) or "资金 支出 使用 执行")
        draft = Draft(phrase=target.key)
        value = add_figure(draft, context, stated.best, target)
        draft.text = sentence(value, stated.best.best)
        return draft
    for form in _DIFFERENCE_FORMS:
        match = form.search(text)
        if not match:
            continue
        left, right = cues.content(match["left"]), cues.content(match["right"])
        if re.fullmatch(r"(?:全年|年初|年度|调整后)?\s*预算数?", right):
            return _against_budget(context, left)
        if left and right:
            return _subtract(context, left, right)
    return None


def _against_budget(context: Context, phrase: str) -> Draft | None:
    """Budget less actual of one metric."""
    actual = choose(context, Target(phrase, None, Dimension.MONEY, label=phrase), keep=_spent)
    if actual.rivals:
        return clarify(actual.rivals)
    budget = choose(
        context, Target(f"{phrase}", Role.BUDGET, Dimension.MONEY, label=phrase), keep=_planned
    )
    if actual.best is None:
        return None
    paired = _beside(actual.best, Role.BUDGET) or (
        (actual.best.best, budget.best.best) if budget.best else None
    )
    if paired is None:
        return None
    return _difference_draft(context, paired[1], paired[0], phrase, "预算", "实际")


_DIFFERING = re.compile(r"差|结余|结转|节约|节省|超出|高出|多出|少")


def stated_difference(context: Context) -> Draft | None:
    """A difference that the report itself states; never one of the two sides."""
    target = context.plan.targets[0]
    choice = choose(
        context, target, keep=lambda f: f.role is Role.CHANGE or bool(_DIFFERING.search(f.metric))
    )
    if choice.best is None:
        return None
    draft = Draft(phrase=target.key)
    value = add_figure(draft, context, choice.best, target)
    draft.text = sentence(value, choice.best.best)
    return draft


def _beside(cluster: Cluster, role: Role) -> tuple[Candidate, Candidate] | None:
    """A member with a figure of `role` in its own sentence and subject."""
    for member in cluster.members:
        figure = member.figure
        for other in member.document.figures[max(figure.no - 6, 0) : figure.no + 6]:
            same = other.block == figure.block and other.sentence == figure.sentence
            if same and figure.subject == other.subject and other.role is role and figure.subject:
                return member, replace(member, figure=other)
    return None


def _spent(figure: Figure) -> bool:
    return figure.role in (Role.VALUE, Role.ACTUAL)


def _planned(figure: Figure) -> bool:
    return figure.role is Role.BUDGET


def _subtract(context: Context, left: str, right: str) -> Draft | None:
    first = choose(context, _target(context, left), keep=_amount)
    if first.best is None:
        return clarify(first.rivals) if first.rivals else None
    keep = _other_than(first.best.best.figure, _amount)
    second = choose(context, _target(context, right), keep=keep)
    best = second.best
    if second.rivals:
        beside = [c for c in second.rivals if _shares_place(c, first.best)]
        if len(beside) != 1:
            return clarify(second.rivals)
        best = beside[0]
    if best is None:
        return None
    return _difference_draft(context, first.best.best, best.best, "差额", left, right)


def lost_marks(context: Context) -> Draft | None:
    """Full mark less score of one indicator, both from one sentence or one row."""
    target = context.plan.targets[0]
    key = re.sub(r"扣分?|失分|丢分?|丢了|扣了", " ", target.key).strip()
    if not key:
        return None
    scored = choose(context, replace(target, key=key, role=Role.SCORE), keep=_scored)
    if scored.best is None:
        return clarify(scored.rivals) if scored.rivals else None
    for member in scored.best.members:
        full = _full_mark(member)
        if full is not None:
            draft = _difference_draft(context, full, member, "扣分", "分值", "得分")
            if draft is not None:
                draft.phrase = key
            return draft
    return None


def _scored(figure: Figure) -> bool:
    return figure.role is Role.SCORE


def _full_mark(score: Candidate) -> Candidate | None:
    figure, place = score.figure, score.figure.locator
    for other in score.document.figures:
        if other.role is not Role.FULL_MARK:
            continue
        spot = other.locator
        row = place.table is not None and (spot.table, spot.row) == (place.table, place.row)
        said = (
            place.table is None and other.section == figure.section and other.block == figure.block
        )
        if (row and other.row_path == figure.row_path) or said:
            return replace(score, figure=other)
    return None


def _difference_draft(
    context: Context, left: Candidate, right: Candidate, label: str, first: str, second: str
) -> Draft | None:
    try:
        result = compute.difference(left.figure, right.figure)
    except UnitError:
        return None
    if result.value < 0:
        left, right, first, second = right, left, second, first
        result = compute.difference(left.figure, right.figure)
    draft = Draft(phrase=label)
    unit = context.plan.unit
    value = computed_value(
        result, [left, right], label=f"{first}与{second}之差", metric=label, period=left.period
    )
    draft.values.append(value)
    draft.text = (
        f"{value.entity}{left.period}年：{left.figure.metric} {shown(left.figure)}，"
        f"{right.figure.metric} {shown(right.figure)}，相差 {value.number}{value.unit}"
        f"（{result.formula}）。"
    )
    if unit is not None and unit.compatible(result.unit) and unit != result.unit:
        draft.text += f"（按 {unit.symbol} 计见数值）"
    return draft


def in_parts(context: Context, keys: list[PartKey]) -> Context:
    """The same question over other parts."""
    return replace(context, plan=replace(context.plan, parts=tuple(keys), projects=()))
