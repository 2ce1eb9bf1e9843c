"""Questions that take for granted what the report denies: a rise, a cut, a score."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ingest.model import Direction, Figure, Role
from ingest.quantity import Dimension
from qa.drafts import Draft
from qa.figures.evidence import Cluster
from qa.operations.budget_premises import budget_premise
from qa.operations.context import Context, choose, closed, sentence
from qa.operations.pairs import one_place
from qa.operations.text_search import find
from qa.operations.text_words import places_of
from qa.plan import Plan, Target
from qa.present import PREMISE_FAILS, direction_word, shown
from qa.texts.model import Confidence, TextKind
from qa.words import cues
from qa.words.matching import grams, squeeze


def corrected_premise(context: Context) -> Draft | None:
    """A question that takes a rise (a score) for granted where the report says otherwise."""
    plan = context.plan
    graded = _wrong_grade(context)
    if graded is not None:
        return graded
    if plan.text_kind is TextKind.REASON:
        spent = (
            budget_premise(context)
            or _not_adjusted(context)
            or _adjusted_otherwise(context)
            or _was_reached(context)
        )
        if spent is not None:
            return spent
    if plan.text_kind is TextKind.REASON and plan.claimed is not Direction.NONE:
        return _wrong_direction(context)
    if plan.numbers and _ADJUSTS.search(plan.text):
        moved = _wrong_adjustment(context)
        if moved is not None:
            return moved
    if plan.numbers and _SCORED.search(plan.question):
        return _wrong_score(context)
    return None


_SCORED = re.compile(r"(?:(?:只|才|仅|就)?(?:得|拿|评)了?|(?:只|才|仅|就)(?:有|是))\s*[\d.]+\s*分")


def taken_for_granted(context: Context) -> Draft | None:
    """What a question for a figure takes for granted, denied: a score, an adjustment of the budget."""
    plan = context.plan
    if plan.numbers and _SCORED.search(plan.question) and _WHY.search(plan.question):
        return _wrong_score(context)
    adjusted = plan.targets and plan.targets[0].role is Role.ADJUSTMENT and len(plan.targets) == 1
    return _unadjusted(context) if adjusted and plan.parts else None


_ADJUSTS = re.compile(r"调[减增]|追加|核减|压减|削减|砍(?:掉|了|去)")


def _asked_name(plan: Plan) -> str:
    """How the question calls its first figure; "" where it asks in words alone."""
    return plan.targets[0].key if plan.targets else ""


def _wrong_direction(context: Context) -> Draft | None:
    plan = context.plan
    key = re.sub(
        r"原因|大幅|明显|上升|增长|增加|下降|减少|降低|上年|比|去年", " ", _asked_name(plan)
    ).strip()
    if not key:
        return None
    basis = cues.basis_asked(plan.text) or "上年"
    for role in (Role.GROWTH, Role.CHANGE):
        target = Target(key, role, None, basis=basis, label=key)
        choice = choose(context, target, keep=lambda f: _moves(f, basis))
        if choice.best is None:
            continue
        candidate = choice.best.best
        figure = candidate.figure
        if figure.direction in (plan.claimed, Direction.NONE) or figure.quantity.value == 0:
            break
        draft = Draft(phrase=key)
        value = draft.show(candidate, label=key)
        word = direction_word(figure)
        draft.text = (
            f"{PREMISE_FAILS}：{value.entity}{value.period}年{figure.subject or key}"
            f"比{figure.basis or basis}是{word}的（{word} {shown(figure)}），并未"
            f"{'上升' if plan.claimed is Direction.UP else '下降'}。"
        )
        reasons = find(context, TextKind.REASON)
        if reasons and reasons[0].confidence is Confidence.HIGH:
            draft.text += f"报告给出的说明：“{reasons[0].quote.strip()}”"
            draft.citations.extend(places_of(context, reasons[0]))
        return draft
    return _by_two_years(context, key)


_THAN_YEAR = re.compile(r"[比较](?:20)?(?P<year>\d\d)年?")
_THAN_LAST = re.compile("[比较](?:上年|去年|上一年|前一年)|同比")


def _of_year(context: Context, name: str, year: str) -> Cluster | None:
    """What was spent under a name in a year; the plain name, or its 决算 where that is open."""
    for key in (name, f"{name}决算", f"{name}支出决算"):
        best = choose(context, Target(key, None, None, label=name), years=(year,)).best
        if best is not None:
            return best
    return None


def _by_two_years(context: Context, key: str) -> Draft | None:
    """A rise (a fall) that the reports of two years deny, where neither states the change."""
    plan = context.plan
    than = _THAN_YEAR.search(plan.text)
    if len(plan.years) != 1 or not (than or _THAN_LAST.search(plan.text)):
        return None
    year = plan.years[0]
    before = f"20{than['year']}" if than else str(int(year) - 1)
    name = _THAN_LAST.sub(" ", _THAN_YEAR.sub(" ", key)).strip(" 比较")
    found = [_of_year(context, name, each) for each in (before, year)]
    if found[0] is None or found[1] is None or before == year:
        return None
    then, now = (each.best for each in found if each is not None)
    units = {then.figure.quantity.unit.dimension, now.figure.quantity.unit.dimension}
    if len(units) > 1 or not (_named_so(then.figure, name) and _named_so(now.figure, name)):
        return None
    risen = now.figure.quantity.base - then.figure.quantity.base
    if not risen or (risen > 0) == (plan.claimed is Direction.UP):
        return None
    draft = Draft(phrase=name)
    draft.show(then, label=f"{before}年{name}")
    value = draft.show(now, label=f"{year}年{name}")
    draft.text = (
        f"{PREMISE_FAILS}：{value.entity}{name}{before}年为 {shown(then.figure)}，{year}年为 "
        f"{shown(now.figure)}，是{'增加' if risen > 0 else '减少'}的。"
    )
    return draft


_ADJUSTED = re.compile(
    r"预算[^,;。]{0,8}(?:调减|调增|调整|追加|压减)|(?:调减|调增|调整|追加|压减|调)了?[^,;。]{0,6}预算"
)


def _not_adjusted(context: Context) -> Draft | None:
    """``预算调减的原因`` where the report's adjustment rate is 0 %."""
    return _unadjusted(context) if _ADJUSTED.search(context.plan.text) else None


def _unadjusted(context: Context) -> Draft | None:
    return _denied(context, Target("预算调整率", Role.ADJUSTMENT_RATE), "预算没有调整", 0)


_NOT_REACHED = re.compile(
    r"(?:没有?|未能?)(?:能|按时|按期)?(?:完成|达到|达成|实现)了?(?:年初|年度|预期)?(?:的)?(?:计划|目标|任务|指标)|没有?达标|未达标"
)


def _was_reached(context: Context) -> Draft | None:
    """``报道为什么没完成计划`` where one sentence or row has as many done as were planned."""
    text = context.plan.text
    if not _NOT_REACHED.search(text):
        return None
    name = _NOT_REACHED.sub(" ", _asked_name(context.plan))
    key = re.sub(r"原因|为什么|怎么|[的了]", " ", name).strip()
    if len(squeeze(key)) < _LEAST_NAME:
        return None
    sides = [
        choose(context, Target(key, role, label=key), keep=closed).best
        for role in (Role.TARGET, Role.ACTUAL)
    ]
    if sides[0] is None or sides[1] is None:
        return None
    planned, done = sides[0].best, sides[1].best
    if not one_place(planned, done) or planned.figure.quantity.unit != done.figure.quantity.unit:
        return None
    if not 0 < planned.figure.quantity.base <= done.figure.quantity.base or _AT_MOST.search(
        planned.figure.sentence + planned.figure.metric
    ):
        return None
    draft = Draft(phrase=key)
    draft.show(planned, label=f"{key}计划")
    value = draft.show(done, label=f"{key}实际")
    draft.text = (
        f"{PREMISE_FAILS}：{value.entity}{value.period}年{key}计划 {shown(planned.figure)}，"
        f"实际 {shown(done.figure)}，已完成计划。"
    )
    return draft


_LEAST_NAME = 3  # characters
_AT_MOST = re.compile("不超|不高|不多|以内|以下|低于|小于|≤|<|控制在")


def _denied(context: Context, target: Target, words: str, most: int) -> Draft | None:
    choice = choose(context, target)
    if choice.best is None or choice.best.best.figure.quantity.value > most:
        return None
    candidate = choice.best.best
    draft = Draft(phrase=target.key)
    value = draft.show(candidate, label=candidate.figure.metric)
    draft.text = (
        f"{PREMISE_FAILS}：{value.entity}{value.period}年{candidate.figure.metric}"
        f"为 {shown(candidate.figure)}，{words}。"
    )
    return draft


def _moves(figure: Figure, basis: str) -> bool:
    return ("预算" in figure.basis) == (basis == "预算")


_WAYS = (
    ("调减|核减|压减|削减|砍(?:掉|了|去)", Direction.DOWN),
    ("调增|追加|增加预算", Direction.UP),
)


def _adjusted_otherwise(context: Context) -> Draft | None:
    """``预算为什么调减`` where the report tells of an addition alone, and the reverse."""
    text = context.plan.text
    claimed = next((way for words, way in _WAYS if re.search(words, text)), None)
    if claimed is None or "预算" not in text:
        return None
    found = [
        choose(
            context,
            Target("预算调整 调增 调减 资金", Role.ADJUSTMENT, Dimension.MONEY),
            keep=lambda f, way=way: f.direction is way,  # type: ignore[misc]
        )
        for _, way in _WAYS
    ]
    down, up = found
    own, other = (down, up) if claimed is Direction.DOWN else (up, down)
    if own.best is not None or own.rivals or other.best is None:
        return None
    candidate = other.best.best
    draft = Draft(phrase=candidate.figure.metric)
    value = draft.show(candidate, label=candidate.figure.metric)
    word, denied = ("调增", "调减") if claimed is Direction.DOWN else ("调减", "调增")
    draft.text = (
        f"{PREMISE_FAILS}：{value.entity}{value.period}年的预算是{word}（{word} {shown(candidate.figure)}），"
        f"没有{denied}。"
    )
    return draft


def _wrong_adjustment(context: Context) -> Draft | None:
    """``调减了 6.81 万元`` where the report says that so much was added, and the reverse."""
    plan = context.plan
    claimed = Direction.DOWN if re.search(_WAYS[0][0], plan.text) else Direction.UP
    choice = choose(
        context,
        Target("预算调整 调增 调减 资金", Role.ADJUSTMENT, Dimension.MONEY),
        keep=lambda f: str(f.quantity.value) in plan.numbers,
    )
    if choice.best is None or choice.best.best.figure.direction in (claimed, Direction.NONE):
        return None
    candidate = choice.best.best
    draft = Draft(phrase=candidate.figure.metric)
    value = draft.show(candidate, label=candidate.figure.metric)
    word = "调增（增加）" if candidate.figure.direction is Direction.UP else "调减（减少）"
    draft.text = (
        f"{PREMISE_FAILS}：{value.entity}{value.period}年的这 {shown(candidate.figure)} 是{word}，"
        f"不是{'调减' if claimed is Direction.DOWN else '调增'}。"
    )
    return draft


def _wrong_score(context: Context) -> Draft | None:
    """``为什么只得了 81.5 分`` where that part's score is another one."""
    plan = context.plan
    key = (
        re.sub(
            r"[\d.]+\s*分?|为什么|怎么|原因|只|仅|就|才|有|得|拿", " ", _asked_name(plan)
        ).strip()
        or "评价得分"
    )
    target = Target(key, Role.SCORE, None, label="得分")
    claimed = {Decimal(number) for number in plan.numbers}
    if choose(context, target, keep=lambda f: f.quantity.value in claimed).best is not None:
        return None
    choice = choose(context, target)
    if choice.best is None:
        choice = choose(context, replace(target, key="绩效评价评分"))
    if choice.best is None or not (_is_total(key) or _named_so(choice.best.best.figure, key)):
        return None
    candidate = choice.best.best
    if candidate.figure.quantity.value in claimed:
        return None
    draft = Draft(phrase=key)
    value = draft.show(candidate, label="得分")
    draft.text = (
        f"{PREMISE_FAILS}：{sentence(value, candidate)}"
        f"报告中没有把这一得分写成 {'、'.join(plan.numbers)}。"
    )
    return draft


_GRADE_CLAIMED = re.compile(
    r"(?:评(?:上|为|成|了|定为)?|得了?|拿了?|(?:等级|等次|结果)(?:是|为)?)(?:了|个)?[“\"「]?(?P<grade>优秀?|良好?|中等?|差|合格)[”\"」]?(?![一-鿿]*(?:化|势))"
)
_WHY = re.compile(r"为什么|为何|为啥|怎么(?!评)|凭什么|凭啥|咋")


def _wrong_grade(context: Context) -> Draft | None:
    """``为什么能评上“优”`` where the evaluation's grade is another one."""
    plan = context.plan
    said = _GRADE_CLAIMED.search(plan.question)
    if said is None or not _WHY.search(plan.question) or not plan.parts:
        return None
    own = "自评" if "自评" in plan.question else "评价"
    asked = replace(plan, question=f"{own}等级是什么", text=f"{own}等级是什么", targets=())
    inside = replace(context, plan=asked)
    found = [f for f in find(inside, TextKind.GRADE) if f.confidence is not Confidence.LOW]
    grades = {f.answer[:1] for f in found}
    if len(grades) != 1 or said["grade"][:1] in grades:
        return None
    draft = Draft(phrase="评价等级")
    draft.text = (
        f"{PREMISE_FAILS}：报告给出的等级是“{found[0].answer}”，不是“{said['grade']}”。"
        f"原文：“{found[0].quote.strip()}”"
    )
    draft.citations.extend(places_of(context, found[0]))
    return draft


_TOTAL = re.compile(r"(?:项目|绩效|整体|部门|综合|自评|评价|总|得分|评分|支出)*")


def _is_total(key: str) -> bool:
    return _TOTAL.fullmatch(squeeze(key)) is not None


def _named_so(figure: Figure, key: str) -> bool:
    """Whether a figure's own names hold all that the question calls it."""
    own = grams(" ".join((figure.metric, figure.subject, *figure.row_path, *figure.column_path)))
    return grams(squeeze(key)) <= own
