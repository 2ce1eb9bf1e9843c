"""A whole and its parts that one sentence lists, asked for together: whether the parts make up the whole."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ingest.quantity import Dimension
from qa.drafts import Draft, Shown
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.model import Check
from qa.present import shown as shown_as

_PARTS = 2  # at least
_NEAR = Decimal(
    "0.1"
)  # of the whole: what is listed after 其中 and misses more is only a part of it


def parts_told(draft: Draft) -> None:
    """Say that the parts listed do not add up to the whole told before them, where they nearly do.

    Only of counts or amounts of one sentence, the whole first, in one unit, of which all that the
    sentence lists are shown. A list after 其中 need not be complete: where much is missing, or it
    ends in 等, nothing is said.
    """
    shown = [each for each in draft.figures if each.index < len(draft.values)]
    whole, *parts = shown or (None,)
    if whole is None or len(parts) < _PARTS or not _one_sentence(shown) or _open_list(shown):
        return
    figures = [each.candidate.figure for each in parts]
    total = sum((figure.quantity.base for figure in figures), Decimal(0))
    stated = whole.candidate.figure.quantity
    gap = total - stated.base
    if not gap or abs(gap) > _NEAR * stated.base:
        return
    added = compute.total(figures)
    other = f"{added.number}{added.unit.symbol or added.unit.noun}"
    draft.values[whole.index] = replace(draft.values[whole.index], check=Check.FAILS, other=other)
    draft.contradict(
        f"报告自相矛盾：所列 {len(parts)} 项相加为 {other}（{added.formula}），"
        f"而总数写的是 {shown_as(whole.candidate.figure)}；哪个数有误未能确定。"
    )


_OPEN = re.compile(r"等|主要|例如|如[:：]|不限于")


def _open_list(shown: list[Shown]) -> bool:
    """Whether the sentence leaves the list open, or lists more than is shown."""
    first = shown[0].candidate
    listed = [
        figure
        for figure in first.document.figures
        if figure.no > first.figure.no
        and (figure.block, figure.sentence) == (first.figure.block, first.figure.sentence)
        and figure.quantity.unit.compatible(first.figure.quantity.unit)
    ]
    return len(listed) != len(shown) - 1 or _OPEN.search(first.figure.sentence) is not None


def _one_sentence(shown: list[Shown]) -> bool:
    """Whether all stand in one sentence, in the order shown, as exact counts or amounts of one unit."""
    first = shown[0].candidate
    numbers = [each.candidate.figure.no for each in shown]
    return numbers == sorted(set(numbers)) and all(_beside(first, each.candidate) for each in shown)


def _beside(first: Candidate, other: Candidate) -> bool:
    one, two = first.figure, other.figure
    return (
        first.document.sha256 == other.document.sha256
        and one.locator.table is None
        and (one.block, one.sentence) == (two.block, two.sentence)
        and one.quantity.unit.dimension in (Dimension.COUNT, Dimension.MONEY)
        and one.quantity.unit.compatible(two.quantity.unit)
        and two.quantity.exact
    )
