"""What a level of a score sheet could earn, got or lost: summed from its indicators where it is not stated."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest import interval
from ingest.model import Figure, Role
from qa.drafts import Draft
from qa.figures import compute
from qa.operations.context import Context
from qa.operations.marks import WHICH, Sheet, order_asked, score_sheets, year_words
from qa.plan import Operation, Order
from qa.present import Computed
from qa.scores.scorecard import Mark
from qa.texts.model import TextKind
from qa.words import cues
from qa.words.matching import squeeze

_ASKED = re.compile(r"(?:几|多少)分|得分|失分|扣分|分值|满分")
_OTHER_ASK = re.compile(r"为什么|为何|怎[么样]|如何|原因|各|分别|每|构成|组成|哪|[=＝]|(?<!得分)率")
_LOST = re.compile(r"扣|失分|丢")
_OPERATIONS = (Operation.LOOKUP, Operation.SUM, Operation.DEDUCTION, Operation.DIFFERENCE)
_ROLES = (Role.SCORE, Role.FULL_MARK, Role.DEDUCTION, Role.SCORE_RATE)
# What follows a level of two characters (产出, 过程) where it is meant as one.
_AS_LEVEL = (
    r"(?:[”\"]|(?:类|[一二]级)?指标|部[分份]|方面|维度|那|这|类|一?共|总共|合计|扣|丢|失|被|得)"
)
_NTH = {"一级": 0, "二级": 1}
_SHORT = 2  # characters of 产出, 过程, 效益, 决策
_WORDS = {
    Role.SCORE: "得分",
    Role.FULL_MARK: "满分",
    Role.DEDUCTION: "扣分",
    Role.SCORE_RATE: "得分率",
}


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a sheet with the indicators right at its ends."""

    sheet: Sheet
    name: str
    leaves: tuple[Mark, ...]


def of_level(context: Context) -> Draft | None:
    """The score, full mark or loss of a level that the sheet divides and does not itself sum up."""
    plan = context.plan
    role = plan.targets[0].role if len(plan.targets) == 1 else None
    text = cues.unquoted(plan.text)
    if plan.operation not in _OPERATIONS or role not in _ROLES or len(plan.years) > 1:
        return None
    if not _ASKED.search(text) or WHICH.search(text) or _OTHER_ASK.search(text):
        return None
    if role is Role.SCORE and _LOST.search(text):
        role = Role.DEDUCTION
    level = _level(context)
    tables = {mark.score.locator.table for mark in level.leaves} if level is not None else set()
    if level is None or (role is Role.SCORE_RATE and len(tables) > 1):
        return None  # the sheets of two projects are not rated together
    if role is Role.SCORE_RATE and _told(level):
        return (
            None  # what the report itself says is looked up, and held against what it follows from
        )
    draft = Draft(phrase=level.name)
    _add(draft, level, role)
    if not draft.values:
        return None
    value = draft.values[0]
    who = f"{value.entity}{year_words(value.period)}"
    project = f"“{value.project}”" if value.project else ""
    how = f"（{value.formula}）" if value.formula else ""
    draft.text = f"{who}{project}“{level.name}”{_WORDS[role]}：{value.number}{value.unit}{how}。"
    return draft


def _told(level: _Level) -> bool:
    """Whether a sentence of the report states the rate of that level."""
    return any(
        figure.role is Role.SCORE_RATE
        and figure.locator.table is None
        and squeeze(level.name) in squeeze(f"{figure.subject}{figure.metric}")
        for figure in level.sheet.document.figures
    )


def most_lost(context: Context) -> Draft | None:
    """The levels that lost most or least, where the sheet scores only what stands below them."""
    question = cues.unquoted(context.plan.question)
    word = next((word for word in _NTH if f"{word}指标" in question), "")
    order = order_asked(question)
    if not word or order is None or not _LOST.search(question) or not WHICH.search(question):
        return None
    sheets = score_sheets(context)
    levels = _groups(sheets[0], _NTH[word]) if len(sheets) == 1 else []
    if len(levels) < 2 or context.plan.text_kind is TextKind.REASON:
        return None
    lost = [sum(mark.lost for mark in level.leaves) for level in levels]
    edge = max(lost) if order is Order.MOST else min(lost)
    top = [level for level, loss in zip(levels, lost, strict=True) if loss == edge]
    draft = Draft(phrase=top[0].name)
    for level in top:
        _add(draft, level, Role.DEDUCTION)
    first = draft.values[0]
    lines = "；".join(f"{v.metric} {v.number}分（{v.formula}）" for v in draft.values)
    draft.text = (
        f"{first.entity}{year_words(first.period)}扣分{'最多' if order is Order.MOST else '最少'}的"
        f"{word}指标：{lines}（共比较 {len(levels)} 个{word}指标）。"
    )
    return draft


def _groups(sheet: Sheet, level: int) -> list[_Level]:
    """The levels of a sheet with what stands below each; none where the sheet scores them itself."""
    if any(mark.level <= level for mark in sheet.marks):
        return []
    groups: dict[tuple[str, ...], list[Mark]] = {}
    for mark in sheet.marks:
        if mark.leaf:
            groups.setdefault(mark.path[: level + 1], []).append(mark)
    return [_Level(sheet, path[-1], tuple(leaves)) for path, leaves in groups.items()]


def _level(context: Context) -> _Level | None:
    """The one level that the question names, by its longest name; None where sheets differ."""
    asked = squeeze(context.plan.question)
    found: list[_Level] = []
    for sheet in score_sheets(context):
        stated = {mark.path for mark in sheet.marks}
        heads = {mark.path[:n] for mark in sheet.marks for n in range(1, len(mark.path))}
        for head in heads - stated:
            leaves = tuple(m for m in sheet.marks if m.leaf and m.path[: len(head)] == head)
            if len(leaves) > 1 and _named(head[-1], asked):
                found.append(_Level(sheet, head[-1], leaves))
        # Longer names are those of indicators, which have their own ways of being found.
        said = [m for m in sheet.marks if len(squeeze(m.name)) == _SHORT and m.path in heads]
        found += [_Level(sheet, m.name, (m,)) for m in said if _named(m.name, asked)]
    longest = max((len(level.name) for level in found), default=0)
    best = [level for level in found if len(level.name) == longest]
    leaf = any(
        len(squeeze(mark.name)) >= max(longest, 3) and squeeze(mark.name) in asked
        for level in best
        for mark in level.sheet.marks
    )
    return best[0] if len(best) == 1 and not leaf else None


def _named(name: str, asked: str) -> bool:
    bare = squeeze(name)
    if len(bare) < 2 or bare not in asked:
        return False
    alone = rf"(?<!社会)(?<!经济)(?<!生态)(?<!环境)(?<!综合){re.escape(bare)}{_AS_LEVEL}"
    return len(bare) > 3 or bool(re.search(alone, asked))


def _add(draft: Draft, level: _Level, role: Role) -> None:
    lost = [mark for mark in level.leaves if mark.lost != 0] or level.leaves[:1]
    marks = lost if role is Role.DEDUCTION else level.leaves
    figures = [
        figure
        for mark in marks
        for figure in (
            ((mark.score if role is Role.SCORE else mark.full),)
            if role in (Role.SCORE, Role.FULL_MARK)
            else (mark.full, mark.score)
        )
    ]
    label = f"{level.name}{_WORDS[role]}"
    if len(figures) == 1:
        draft.show(level.sheet.candidate(figures[0], level.name), label=label)
        return
    worked = _WORKED.get(role, compute.total)
    result = worked(figures)
    if result is None:
        return
    operands = [level.sheet.candidate(figure) for figure in figures]
    draft.derive(
        result,
        operands,
        label=label,
        metric=level.name,
        period=operands[0].period,
        again=worked,
    )


def _losses(figures: Sequence[Figure]) -> Computed:
    """Full marks less scores, from pairs of them."""
    full, score = compute.total(figures[::2]), compute.total(figures[1::2])
    pairs = [compute.difference(a, b) for a, b in zip(figures[::2], figures[1::2], strict=True)]
    bounds = (
        interval.at_corners(lambda x, y: x - y, full.bounds, score.bounds)
        if full.bounds and score.bounds
        else None
    )
    formula = (
        " + ".join(f"({pair.formula})" for pair in pairs) if len(pairs) > 1 else pairs[0].formula
    )
    places = max(full.places, score.places)
    return Computed(full.value - score.value, bounds, full.unit, formula, places)


def _rate(figures: Sequence[Figure]) -> Computed | None:
    """Scores in full marks per cent, from pairs of a full mark and a score."""
    return compute.percent_of_totals(figures[1::2], figures[::2])


_WORKED: dict[Role, Callable[[Sequence[Figure]], Computed | None]] = {
    Role.DEDUCTION: _losses,
    Role.SCORE_RATE: _rate,
}
