"""Whether an aim was met: the target and what was reached, held against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.model import Figure, Role
from ingest.quantity import Dimension, UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.present import shown

_ASKED = re.compile(
    r"达标(?!率)|达到|完成(?:了)?(?:没|吗|嘛|目标|指标|任务)|实现(?:了)?(?:没|吗|目标)|过关|超标|超(?:了)?没|控制住"
)
# Indicators of which less is better, where no bound is printed beside the target.
_LESS = re.compile(
    r"投诉|事故|差错|超限|违规|违纪|报废|浪费|成本|造价|剩余率|贫血|死亡|故障|逾期|退回|拖欠|案发|发病|损失|信访|延误|超时|单价"
)


def add_verdict(draft: Draft, question: str) -> None:
    """Say whether what was reached meets the target, where that is asked and both are shown."""
    if not _ASKED.search(question):
        return
    figures = [each.candidate.figure for each in draft.figures]
    lines = [line for line in map(_verdict, _pairs(figures)) if line]
    if lines and len(lines) == len(set(lines)):
        draft.text = "\n".join([draft.text, *lines])


def add_rate(draft: Draft, measure: str, label: str) -> bool:
    """Add what was reached in percent of the target, of the two figures shown last.

    The line that says so is left in `draft.text`. False where they are no target and its actual.
    """
    pair = [each.candidate for each in draft.figures[-2:]]
    if measure != "完成率" or not _pairs([each.figure for each in pair]):
        return False
    aim, got = pair
    try:
        result = compute.percent_of(got.figure, aim.figure)
    except UnitError:
        return False
    if result is None or aim.figure.quantity.unit.dimension is Dimension.PERCENT:
        return False
    value = draft.derive(
        result,
        [got, aim],
        label=label,
        metric=label,
        period=got.period,
        again=lambda figures: compute.percent_of(figures[0], figures[1]),
    )
    draft.text = f"{label}：{value.number}{value.unit}（{result.formula}）。"
    return True


def _pairs(figures: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    return [
        (aim, got)
        for aim, got in pairwise(figures)
        if _is_aim(aim) and got.role in (Role.ACTUAL, Role.VALUE, Role.COMPLETION)
    ]


def _is_aim(figure: Figure) -> bool:
    """A target, or a bound that a rule states (≥90%得满分)."""
    open_ended = (figure.quantity.low is None) != (figure.quantity.high is None)
    return figure.role is Role.TARGET or (figure.role is Role.VALUE and open_ended)


def meets(aim: Figure, got: Figure) -> bool | None:
    """Whether what was reached meets the target; None where the two cannot be held against each other.

    A printed bound (≥, ≤, 不少于) decides which way is better; where there is none, the name does.
    """
    wanted, reached = aim.quantity, got.quantity
    if not wanted.unit.compatible(reached.unit) or wanted.unit.noun != reached.unit.noun:
        return None
    if reached.low is None or reached.high is None:
        return None
    if wanted.low is None and wanted.high is not None:
        least = False
    elif wanted.high is None and wanted.low is not None:
        least = True
    else:
        least = not _LESS.search(f"{aim.metric}{''.join(aim.row_path)}")
    return reached.base >= wanted.base if least else reached.base <= wanted.base


def _verdict(pair: tuple[Figure, Figure]) -> str:
    """``实际 4件 高于目标 ≤3件：未达到目标``; "" where the two cannot be held against each other."""
    aim, got = pair
    met = meets(aim, got)
    if met is None:
        return ""
    low, high = aim.quantity.base, got.quantity.base
    beside = "等于" if high == low else "高于" if high > low else "低于"
    return f"实际 {shown(got)} {beside}目标 {shown(aim)}：{'达到目标' if met else '未达到目标'}。"
