"""Differences: of two named figures, against the budget or the plan, over projects, marks lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.model import Figure, Role
from ingest.quantity import Dimension
from qa.drafts import Draft
from qa.figures.evidence import Candidate, Cluster
from qa.operations import row_differences as rows
from qa.operations.context import Context, add_figure, choose, clarify, sentence
from qa.operations.lookup import overall_score
from qa.operations.pairs import is_amount, on_side, one_scope, other_than, share_place, side
from qa.operations.row_differences import difference_draft
from qa.plan import Target
from qa.planning.scope import project_groups
from qa.words import cues
from qa.words.matching import grams, squeeze

_DIFFERENCE_FORMS = (
    re.compile(
        r"(?P<left>[^,;?]+?)(?:比|较)(?P<right>[^,;?]+?)(?:要)?(?:多|少|高|低|大|小|超|节约|节省|省|差|减)"
    ),
    re.compile(
        r"(?P<left>[^,;?]+?)(?:与|和|跟|同)(?P<right>[^,;?]+?)(?:之间)?(?:的)?(?:相差|差额|差距|差|相比)"
    ),
)
_SAVED = re.compile(r"节约|节省|核减|审减")
_EITHER_END = re.compile(r"年初|期初")
_OTHER_END = re.compile(r"年末|年底|期末")


def difference(context: Context) -> Draft | None:
    """A 比 B 多（少）多少; what is left of a budget; start against end of the year."""
    plan = context.plan
    text = re.sub(r",(?=比|较)", "", plan.text)
    target = plan.targets[0]
    if cues.against_plan_asked(text):
        return _against_plan(context)
    if len(project_groups(plan)) == 2:
        return _between_projects(context)
    if _EITHER_END.search(text) and _OTHER_END.search(text):
        bare = re.sub(r"年初|期初|年末|年底|期末|变化|增加|减少|相差|差", " ", target.key)
        return _subtract(context, f"年初 {bare}", f"年末 {bare}")
    if cues.left_over_asked(text):
        return _left_over(context, text)
    stated_change = _change_on_budget(context)
    if stated_change is not None:
        return stated_change
    for form in _DIFFERENCE_FORMS:
        match = form.search(text)
        if not match:
            continue
        left, right = cues.content(match["left"]), cues.content(match["right"])
        pronoun = len(re.sub(r"[那这它其\s]", "", right)) < 2
        if plan.memory and pronoun and cues.thin(left):
            return _against_budget(context, plan.memory)
        left = left if len(re.sub(r"[那这它其\s]", "", left)) >= 2 else plan.memory
        named = _BUDGETED.sub("", left).strip()
        if _BUDGET_SIDE.fullmatch(right) and _BUDGETED.search(left) and len(squeeze(named)) > 1:
            return _against_budget(context, named)
        right = _owned(left, right)
        if re.fullmatch(r"(?:全年|年初|年度|调整后)?\s*预算数?", right) and not _BUDGETED.search(
            left
        ):
            return _against_budget(context, left)
        if left and right:
            return _subtract(context, left, right)
    return _saving(context, text)


# 三公经费决算数较预算数节约: what the two sides are of stands before the first of them.
_BUDGET_SIDE = re.compile(r"(?:全年|年初|年度|调整后)?(?:预算|决算|支出决算|支出|执行)数?")
_BUDGETED = re.compile(r"(?:支出)?(?:全年|年初|年度|调整后)?(?:预算|决算|执行)数?$")


def _saving(context: Context, text: str) -> Draft | None:
    """``省了多少``: what the report says was saved, else budget less spending."""
    target = context.plan.targets[0]
    if not cues.saving_asked(text) or target.basis == "上年":
        return None
    stated = choose(context, target, keep=lambda f: bool(_SAVED.search(f.metric)))
    if stated.best is not None and target.basis != "预算":
        return _stated(context, stated.best)
    bare = re.sub(r"省下来|节约|节省|省了?|结余|比预算", " ", target.key).strip()
    return _against_budget(context, bare or context.plan.memory)


def _left_over(context: Context, text: str) -> Draft | None:
    """What is left of a budget: stated as 结余 or 结转, else budget less spending."""
    if cues.not_arrived_asked(text):
        return None  # asked for as what was due and what arrived, each by itself
    target = context.plan.targets[0]
    stated = choose(context, target, keep=lambda f: "结余" in f.metric or "结转" in f.metric)
    if stated.best is None:
        bare = cues.content(
            re.sub(
                r"还剩|剩余|没花出去|没花完|没花|没用掉?完?|没支出?|没执行|未使用|未支出?|未执行|未支付|用剩|结余|节余|未用|剩|最后|调整后|预算|资金|钱|的",
                " ",
                text,
            )
        )
        bare = re.sub(r"[\s,?了没]|还有?$", "", bare)
        if len(bare) < 2:
            return _left_of_project(context)
        return rows.left_of_row(context, bare) or _against_budget(context, bare)
    draft = Draft(phrase=target.key)
    value = add_figure(draft, context, stated.best, target)
    draft.text = sentence(value, stated.best.best)
    return draft


_ROLE_END = re.compile(
    r"(?:年初|全年|年度|调整后)?(?:预算|决算|执行|支出决算|实际|目标|计划|指标|完成|分)(?:数|值|金额)?$"
)


# 食品安全监管的本年收入 and 本年支出
_SIDE_END = re.compile(r"的?(?:本年|全年)?(?:收入|支出)(?:合计|决算)?(?:数|额)?$")


def _owned(left: str, right: str) -> str:
    """``接待费的预算数`` and ``决算数``: the second side is of the first one's subject."""
    named = _ROLE_END.sub("", left.strip()).strip()
    if _ROLE_END.fullmatch(right.strip()) and len(squeeze(named)) >= 2:
        return f"{named} {right}"
    subject = _SIDE_END.sub("", left.strip()).strip()
    if _SIDE_END.fullmatch(right.strip()) and subject != left.strip() and len(squeeze(subject)) > 1:
        return f"{subject} {right}"
    return right


_ON_BUDGET = re.compile(
    r"(?:(?:比|较|跟|与|同)\s*(?:年初|全年|年度)?|年初|全年)预算数?(?:相比)?|增加|增长|上升|提高|减少|下降|降低|变化|"
    r"[多少高低]\s*$"
)


def _change_on_budget(context: Context) -> Draft | None:
    """``比年初预算减少多少`` where the report states it of that very subject."""
    plan, target = context.plan, context.plan.targets[0]
    if target.basis != "预算" or len(plan.targets) != 1 or cues.saving_asked(plan.text):
        return None
    bare = cues.content(_ON_BUDGET.sub(" ", target.key)) or plan.memory
    asked = replace(
        target, key=bare, role=Role.CHANGE, dimension=Dimension.MONEY, noun="", label=bare
    )
    choice = choose(context, asked, keep=lambda figure: "预算" in figure.basis)
    if choice.best is None:
        return clarify(choice.rivals) if choice.rivals else None
    draft = Draft(phrase=bare)
    value = add_figure(draft, context, choice.best, asked)
    draft.text = sentence(value, choice.best.best)
    return draft


def _against_plan(context: Context) -> Draft | None:
    """Actual less target of one indicator, both from one sentence or row."""
    plan = context.plan
    bare = cues.content(_PLAN_WORDS.sub(" ", plan.text))
    key = bare if len(bare.replace(" ", "")) >= 2 else plan.context or plan.targets[0].key
    actual = choose(context, Target(key, Role.ACTUAL, label=key))
    if actual.best is None:
        return clarify(actual.rivals) if actual.rivals else None
    for member in actual.best.members:
        figure, place = member.figure, member.figure.locator
        for other in member.document.figures[max(figure.no - 4, 0) : figure.no + 4]:
            spot = other.locator
            row = place.table is not None and (spot.table, spot.row) == (place.table, place.row)
            said = place.table is None and other.block == figure.block
            if other.role is Role.TARGET and (row or said):
                planned = replace(member, figure=other)
                return difference_draft(context, member, planned, key, "实际", "指标值")
    return None


_PLAN_WORDS = re.compile(
    r"(?:比|较|跟|与|高出|超出|超过|低于)\s*(?:年初)?的?(?:计划|目标|原定|预期|指标值|设定)的?|"
    r"(?:多|少|高|低|大|小)(?:了|出)?(?:发|印|完成|开展)?(?:了)?(?:多少|几)\S*|(?:多少|几)个?百分点"
)


def _between_projects(context: Context) -> Draft | None:
    """One metric of two projects, the larger less the smaller."""
    plan = context.plan
    found: list[Candidate] = []
    words = cues.content(re.sub(r"相差|差|比|多|少|高|低|和|与|[()（）]", " ", plan.text))
    for keys in project_groups(plan):
        target = replace(plan.targets[0], key=words, noun="")
        one = replace(context, plan=replace(plan, projects=(), parts=keys, context="", years=()))
        choice = overall_score(one, target, ()) or choose(one, target)
        if choice.best is None:
            return None
        found.append(choice.best.best)
    if plan.years and not {candidate.period for candidate in found} <= set(plan.years):
        return None  # one of them is of another year: the same project under another name
    first, second = (candidate.part.project.value for candidate in found)
    return difference_draft(context, found[0], found[1], words, first, second)


_NEAR = 6  # figures of a section within which a budget's spending is told
_SPENDING = re.compile(r"支出|执行|支付|使用|决算|花费|开支|用款")


def _left_of_project(context: Context) -> Draft | None:
    """Budget less spending of the project in scope, where all its sentences agree on both."""
    plan = context.plan
    keys = set(plan.asked_parts)
    pairs: dict[tuple[Decimal, Decimal], tuple[Candidate, Candidate]] = {}
    for report, parts in context.evidence.scoped(keys):
        document = context.evidence.index(report).document
        for budget in document.figures:
            if budget.role is not Role.BUDGET or budget.part not in parts or not budget.sentence:
                continue
            for other in document.figures[budget.no + 1 : budget.no + _NEAR]:
                same = other.section == budget.section and other.part == budget.part
                if not same or other.quantity.unit != budget.quantity.unit:
                    continue
                called = other.role is Role.ACTUAL or _SPENDING.search(other.metric)
                if _spent(other) and called:
                    spent = Candidate.sure(report, document, other)
                    key = (budget.quantity.base, other.quantity.base)
                    pairs[key] = (replace(spent, figure=budget), spent)
                    break
    if len(pairs) != 1:
        return None
    planned, spent = next(iter(pairs.values()))
    draft = difference_draft(context, planned, spent, "结余", "预算", "实际支出")
    if draft is not None and planned.figure.quantity.base == spent.figure.quantity.base:
        draft.text += "预算已全部用完，没有剩余。"
    return draft


def _against_budget(context: Context, phrase: str) -> Draft | None:
    """Budget less actual of one metric."""
    budget = choose(
        context, Target(f"{phrase}", Role.BUDGET, Dimension.MONEY, label=phrase), keep=_planned
    )
    final = budget.best or _final_budget(context, budget.rivals)
    row = _of_one_row(final) if final else None
    if row is not None:
        return difference_draft(context, *row, phrase, "预算", "实际")
    actual = choose(context, Target(phrase, None, Dimension.MONEY, label=phrase), keep=_spent)
    if actual.rivals:
        return clarify(actual.rivals)
    if actual.best is None:
        return None
    paired = _beside(actual.best, Role.BUDGET) or (
        (actual.best.best, budget.best.best)
        if budget.best and _one_subject(actual.best, budget.best)
        else None
    )
    if paired is None:
        return None
    final_one = _final_beside(context, paired[1])
    return difference_draft(context, final_one, paired[0], phrase, "预算", "实际")


def _final_beside(context: Context, budget: Candidate) -> Candidate:
    """The budget as it was in the end, told in the sentence of the year's first one; else that one."""
    own = budget.figure
    if "年初" in context.plan.text or "年初" not in own.metric or own.locator.table is not None:
        return budget
    final = [
        figure
        for figure in budget.document.figures[max(own.no - 4, 0) : own.no + 5]
        if (figure.block, figure.sentence) == (own.block, own.sentence)
        and figure.role is Role.BUDGET
        and figure.quantity.unit == own.quantity.unit
        and _FINAL.search(figure.metric)
    ]
    return replace(budget, figure=final[0]) if len(final) == 1 else budget


_FINAL = re.compile(r"调整后|全年|年度预算")


def _final_budget(context: Context, rivals: Sequence[Cluster]) -> Cluster | None:
    """Of the budgets of one row the one that spending is held against: not that of the year's start."""
    places = {
        (each.best.report, p.table, p.row) for each in rivals for p in [each.best.figure.locator]
    }
    if len(places) != 1 or "年初" in context.plan.text:
        return None
    final = [r for r in rivals if _FINAL.search(" ".join(r.best.figure.column_path))]
    return final[0] if len(final) == 1 else None


def _of_one_row(budget: Cluster) -> tuple[Candidate, Candidate] | None:
    """A budget in a table and the one amount of its row that is called spent."""
    for member in budget.members:
        place = member.figure.locator
        if place.table is None:
            continue
        spent = [
            figure
            for figure in member.document.figures
            if (figure.locator.table, figure.locator.row) == (place.table, place.row)
            and figure.role is Role.ACTUAL
            and figure.row_path == member.figure.row_path
            and figure.quantity.unit.compatible(member.figure.quantity.unit)
        ]
        if len(spent) == 1:
            return member, replace(member, figure=spent[0])
    return None


_DIFFERING = re.compile(r"差(?!旅)|结余|结转|节约|节省|超出|高出|多出|(?<!多)少")


_LAST_YEAR = re.compile(r"[上去前]一?年|同比|同期|20\d\d\D*20\d\d|^20\d\d")


def stated_difference(context: Context) -> Draft | None:
    """A difference that the report itself states; never one of the two sides."""
    target = context.plan.targets[0]
    if cues.saving_asked(context.plan.text):
        return None
    if len(context.plan.apart) > 1:
        return None
    asked = set(_DIFFERING.findall(context.plan.text))
    yearly = bool(_LAST_YEAR.search(context.plan.question))
    choice = choose(
        context,
        target,
        keep=lambda f: (
            (f.role is Role.CHANGE and (yearly or not _LAST_YEAR.search(f.basis)))
            or bool(asked.intersection(_DIFFERING.findall(f.metric)))
        ),
    )
    return None if choice.best is None else _stated(context, choice.best)


def _stated(context: Context, found: Cluster) -> Draft:
    """A difference that the report states itself."""
    target = context.plan.targets[0]
    draft = Draft(phrase=target.key)
    value = add_figure(draft, context, found, target)
    draft.text = sentence(value, found.best)
    return draft


def _one_subject(actual: Cluster, budget: Cluster) -> bool:
    """Whether two figures are of one thing: in one row or sentence, or by their names."""
    if share_place(actual, budget):
        return True
    one, other = (grams(_ROLE_END.sub("", c.best.figure.metric)) for c in (actual, budget))
    shared = len(one & other)
    return actual.best.report == budget.best.report and shared * 2 >= max(len(one), len(other), 1)


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
    first = choose(context, side(context, left), keep=on_side(left, is_amount))
    if first.best is None:
        return clarify(first.rivals) if first.rivals else None
    left_figure = first.best.best.figure
    keep = other_than(left_figure, on_side(right, is_amount))
    place = left_figure.locator
    in_row = rows.beside_in_row(first.best.best, right)
    if in_row is not None:
        return difference_draft(context, first.best.best, in_row, "差额", left, right)

    def row(figure: Figure) -> bool:
        spot = figure.locator
        return place.table is not None and (spot.table, spot.row) == (place.table, place.row)

    second = choose(
        context,
        side(context, right),
        keep=lambda f: (
            keep(f) and f.block == left_figure.block and f.sentence == left_figure.sentence
        ),
    )
    if second.best is None:
        own = Target(right, label=right)
        second = choose(context, own, keep=lambda f: keep(f) and row(f))
    if second.best is None:
        second = choose(context, side(context, right), keep=keep)
    best = second.best
    if second.rivals:
        beside = [c for c in second.rivals if share_place(c, first.best)]
        if len(beside) != 1:
            return clarify(second.rivals)
        best = beside[0]
    if best is None or _whole_of(best.best, first.best.best):
        return None
    if not one_scope(context, first.best.best, best.best):
        return None
    return difference_draft(context, first.best.best, best.best, "差额", left, right)


def _whole_of(total: Candidate, part: Candidate) -> bool:
    """True for the row of the total in the table of another figure, which stands in a row below it."""
    place, spot = total.figure.locator, part.figure.locator
    if place.table is None or spot.table is None or total.document is not part.document:
        return False
    if place.table != spot.table:
        return _in_total(total) and not _in_total(part)
    if place.row == spot.row or place.row is None or spot.row is None:
        return False
    table = total.document.tables[place.table]
    whole = table.row_at(place.row, place.column or 0).total
    return (
        whole and not table.row_at(spot.row, spot.column or 0).total and place.column != spot.column
    )


def _in_total(candidate: Candidate) -> bool:
    """Whether a cell stands in the row of the total of a table by accounts."""
    place = candidate.figure.locator
    table = candidate.document.tables[place.table or 0]
    return table.row_at(place.row or 0, place.column or 0).total


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
            draft = difference_draft(context, full, member, "扣分", "分值", "得分")
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
