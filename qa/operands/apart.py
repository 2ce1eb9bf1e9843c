"""Calculations whose operands are each asked for by themselves, with all that answers a question.

Tried where the operations over one plan find nothing. Each operand has to be one figure that the last
gate would let pass by itself; both have to be of one body, of one year and of one measure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from ingest.model import Figure, Role
from ingest.quantity import Dimension, UnitError
from qa.answering import answer_of
from qa.assurance.gate import doubts_of, judged
from qa.assurance.model import Asked
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.grounds import ground_of
from qa.model import Outcome, PartRef
from qa.operands.operands import Calculation, Operands, addends, operands
from qa.operations.context import Context, closed
from qa.operations.pairs import one_measure, one_place
from qa.plan import Operation, Plan
from qa.present import Computed, shown

Ask = Callable[[str], tuple[Plan, Context, Draft]]
_MOVED = (Role.CHANGE, Role.GROWTH, Role.SHARE, Role.ADJUSTMENT_RATE)
_NO_PART = (Dimension.PERCENT, Dimension.POINT, Dimension.SCORE)


class Operand(NamedTuple):
    """A figure that a question of its own found, and how the asker calls it."""

    candidate: Candidate
    name: str


def calculated(question: str, plan: Plan, parts: Sequence[PartRef], ask: Ask) -> Draft | None:
    """The calculation that a question asks for, where both its operands have an answer alone."""
    for reading in operands(question, plan.named):
        left = _first(reading.left, reading.names[0], parts, ask, None, reading)
        if left is None:
            continue
        right = _first(reading.right, reading.names[1], parts, ask, left, reading)
        if right is not None:
            return _draft(plan, reading, left, right)
    return None


def added(question: str, plan: Plan, parts: Sequence[PartRef], ask: Ask) -> Draft | None:
    """The sum (or mean) of figures that a question lists, where each has an answer alone."""
    reading = addends(question, plan.named)
    found = [_sure(ways, parts, ask) for ways in reading.asks] if reading is not None else []
    members = [each for each in found if each is not None]
    if reading is None or len(members) != len(found) or not _addable(members):
        return None
    mean = plan.operation is Operation.AVERAGE

    again = partial(compute.added, mean=mean, unit=plan.unit)
    try:
        result = again([each.figure for each in members])
    except UnitError:
        return None
    word = "平均" if mean else "合计"
    draft = Draft(phrase="、".join(reading.names))
    value = draft.derive(
        result, members, label=word, metric=word, period=members[0].period, again=again
    )
    for each, name in zip(members, reading.names, strict=True):
        draft.show(each, label=name)
    facts = "，".join(f"{each.figure.metric} {shown(each.figure)}" for each in members)
    draft.text = (
        f"{value.entity}{value.period}年{word}：{value.number}{value.unit}"
        f"（{len(members)} 项：{result.formula}）。依据：{facts}。"
    )
    return draft


def _sure(ways: Sequence[str], parts: Sequence[PartRef], ask: Ask) -> Candidate | None:
    """The figure that the first of several ways of asking for it brings."""
    tried = (sure_operand(each, parts, ask) for each in ways)
    return next((each for each in tried if each is not None), None)


def _addable(members: Sequence[Candidate]) -> bool:
    """Whether all are of one body and year, different figures, of one measure and no rates."""
    first, *others = members
    if first.figure.quantity.unit.dimension in (Dimension.PERCENT, Dimension.POINT):
        return False
    if len({(each.report, each.figure.no) for each in members}) != len(members):
        return False
    if any(_inside(one, other) for one in members for other in members if one is not other):
        return False
    return all(
        _same_scope(first, each)
        and first.figure.quantity.unit.compatible(each.figure.quantity.unit)
        and one_measure(first.figure, each.figure)
        for each in others
    )


def _inside(part: Candidate, whole: Candidate) -> bool:
    """Whether a line stands below another one of its table: 普通教育 below 教育支出, 其中 a part."""
    one, other = part.figure, whole.figure
    if one.locator.table is None or one.locator.table != other.locator.table:
        return False
    below = len(one.row_path) > len(other.row_path)
    below = below and one.row_path[: len(other.row_path)] == other.row_path
    return below or any("其中" in label for label in one.row_path)


def _first(
    asks: Sequence[str],
    name: str,
    parts: Sequence[PartRef],
    ask: Ask,
    other: Operand | None,
    reading: Operands,
) -> Operand | None:
    """What the first of the questions that has a sure answer finds, if it goes with the other side."""
    for each in asks:
        found = sure_operand(each, parts, ask)
        if found is None:
            continue
        if other is not None and reading.calculation is Calculation.AIM:
            found = _told_beside(other.candidate, found)
        if other is None or _alike(reading, other.candidate, found):
            return Operand(found, name)
    return None


def _told_beside(first: Candidate, found: Candidate) -> Candidate:
    """The same amount where it is told again beside the first (应到位1,100万元，实际到位880万元)."""
    own, place = found.figure, (first.figure.block, first.figure.sentence)
    again = (
        each
        for each in found.document.figures
        if (each.block, each.sentence) == place
        and each.quantity.unit == own.quantity.unit
        and each.quantity.base == own.quantity.base
    )
    beside = next(again, own) if first.document is found.document else own
    return replace(found, figure=beside)


def sure_operand(question: str, parts: Sequence[PartRef], ask: Ask) -> Candidate | None:
    """The one figure that answers a question, where the last gate lets the answer pass."""
    plan, context, draft = ask(question)
    if draft.outcome is not Outcome.ANSWERED or len(draft.figures) != 1 or len(draft.values) != 1:
        return None
    answer = answer_of(question, plan, draft, parts)
    ground = ground_of(context.evidence, plan, answer.citations, draft.involved)
    looked = Asked(question, plan, answer, ground)
    passed = judged(looked, doubts_of(looked)).outcome.given
    found = draft.figures[0].candidate
    return found if passed and closed(found.figure) and found.figure.role not in _MOVED else None


def _alike(reading: Operands, left: Candidate, right: Candidate) -> bool:
    """Whether two figures go into one calculation: one body, year and project, one measure.

    Of a question that names a body on each side they are of those two, and of one year.
    """
    calculation = reading.calculation
    one, other = left.figure, right.figure
    if (left.document is right.document and one.no == other.no) or not _scoped(
        reading, left, right
    ):
        return False
    unit = one.quantity.unit
    if not unit.compatible(other.quantity.unit):
        return False
    if calculation in (Calculation.SHARE, Calculation.TIMES) and unit.dimension in _NO_PART:
        return False
    if calculation in (Calculation.SHARE, Calculation.AIM) and not one_place(left, right):
        return False
    return reading.bodies or one_measure(one, other)


def _scoped(reading: Operands, left: Candidate, right: Candidate) -> bool:
    if not reading.bodies:
        return _same_scope(left, right)
    return left.part.entity.value != right.part.entity.value and left.period == right.period


def _same_scope(left: Candidate, right: Candidate) -> bool:
    same = left.part.entity.value == right.part.entity.value
    project = left.part.project.value == right.part.project.value
    return same and left.period == right.period and (project or left.document is right.document)


def _draft(plan: Plan, reading: Operands, left: Operand, right: Operand) -> Draft | None:
    make = _MAKE[reading.calculation]

    def again(figures: Sequence[Figure]) -> Computed | None:
        made = make(figures[0], figures[1])
        return made.shown_in(plan.unit) if made is not None else None

    first, second = left.candidate, right.candidate
    try:
        result = again([first.figure, second.figure])
        turned = result is not None and reading.calculation in _LESS and result.value < 0
        if turned:  # how far they are apart has no sign
            first, second = second, first
            result = again([first.figure, second.figure])
    except UnitError:
        return None
    if result is None or (reading.calculation is Calculation.SHARE and result.value > _WHOLE):
        return None
    draft = Draft(phrase=left.name)
    label = f"{left.name}{_WORDS[reading.calculation]}{right.name}"
    value = draft.derive(
        result,
        [first, second],
        label=label,
        metric=first.figure.metric,
        period=first.period,
        again=again,
    )
    facts = "，".join(
        f"{each.part.entity.value if reading.bodies else ''} {each.figure.metric}".strip()
        + f" {shown(each.figure)}"
        for each in (first, second)
    )
    note = "（前者小于后者）" if turned else ""
    draft.text = (
        f"{value.entity}{first.period}年：{facts}，{label}：{value.number}{value.unit}"
        f"{note}（{result.formula}）。"
    )
    return draft


_LESS = (Calculation.LESS, Calculation.AIM)
_WHOLE = 100  # per cent: no part is more
_MAKE: dict[Calculation, Callable[[Figure, Figure], Computed | None]] = {
    Calculation.LESS: compute.difference,
    Calculation.AIM: compute.difference,
    Calculation.SHARE: compute.percent_of,
    Calculation.TIMES: compute.multiple_of,
}
_WORDS = {
    Calculation.LESS: "与",
    Calculation.AIM: "与",
    Calculation.SHARE: "占",
    Calculation.TIMES: "÷",
}
