"""Which of several indicators went furthest beyond its plan, where sentences tell plan and result of each.

计划开展培训 90 场，实际完成 117 场: no report prints the rate, and no table has it as a column.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.model import Document, Figure, Role
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.operations.context import Context, told_together
from qa.plan import Order
from qa.present import Computed
from qa.words import cues
from qa.words.matching import squeeze

_ASKED = re.compile(
    r"完成(?:率|比例|程度)|超额(?!累进)|超(?:出|过)?(?:了)?(?:计划|目标)|(?:计划|目标)(?:完成|超)"
)
_BEYOND = re.compile(r"超额|超(?:出|过)?(?:了)?(?:计划|目标)|超得")
_KIND = re.compile(r"产出|效益|数量|质量|时效|成本|满意度")
_INDICATORS = re.compile(r"指标|产出|任务|哪一?[项个]")
_EXCEPT = re.compile(r"除(?:了|去|开)?(?P<what>[^,，。?？除]{2,16}?)(?:以外|之外|外)?[,，]")
_LEAST = 3  # indicators that are compared


class _Pair(NamedTuple):
    """An indicator with its plan and its result; `where` is its sentence with its headings."""

    name: str
    where: str
    actual: Candidate
    target: Candidate
    rate: Computed


def rank(context: Context) -> Draft | None:
    """The indicator in the place asked for by result ÷ plan; None where two share that place."""
    plan = context.plan
    question = cues.unquoted(plan.question)
    if plan.order is None or not _ASKED.search(question) or not _INDICATORS.search(question):
        return None
    pairs = _pairs(context, question)
    left_out = _EXCEPT.search(question)
    if left_out is not None:
        kept = [pair for pair in pairs if squeeze(left_out["what"]) not in squeeze(pair.where)]
        if len(kept) == len(pairs):
            return None  # what is to be left out is not among them
        pairs = kept
    if _BEYOND.search(question):
        pairs = [pair for pair in pairs if pair.rate.value > _FULL]
    rates = [pair.rate.value for pair in pairs]
    if len(pairs) < _LEAST or plan.nth > len(pairs):
        return None
    wanted = sorted(rates, reverse=plan.order is Order.MOST)[plan.nth - 1]
    chosen = [pair for pair in pairs if pair.rate.value == wanted]
    return _draft(context, chosen[0], len(pairs)) if len(chosen) == 1 else None


_FULL = 100


def _pairs(context: Context, question: str) -> list[_Pair]:
    kinds = set(_KIND.findall(question))
    found: list[_Pair] = []
    for report, parts in context.evidence.scoped(set(context.plan.asked_parts)):
        document = context.evidence.index(report).document
        for figures in told_together(document, parts):
            pair = _pair(report, document, figures)
            if pair is not None and kinds <= _kinds(document, figures[0]):
                found.append(pair)
    return found


def _kinds(document: Document, figure: Figure) -> set[str]:
    return set(_KIND.findall("".join(document.section_path(figure.section))))


def _pair(report: int, document: Document, figures: list[Figure]) -> _Pair | None:
    """The one plan and the one result of a sentence, in like units."""
    target, actual = (
        [figure for figure in figures if figure.role is role] for role in (Role.TARGET, Role.ACTUAL)
    )
    if len(target) != 1 or len(actual) != 1 or target[0].quantity.base <= 0:
        return None
    if not target[0].quantity.unit.compatible(actual[0].quantity.unit):
        return None
    rate = compute.percent_of(actual[0], target[0])
    name = target[0].subject or actual[0].subject
    if rate is None or not name:
        return None
    done, planned = (Candidate.sure(report, document, each) for each in (actual[0], target[0]))
    where = f"{document.section_path(target[0].section)[-1]}{target[0].sentence}{name}"
    return _Pair(name, where, done, planned, rate)


def _draft(context: Context, pair: _Pair, compared: int) -> Draft:
    plan = context.plan
    draft = Draft(phrase=pair.name)
    label = f"{pair.name}完成率"
    value = draft.derive(
        pair.rate,
        [pair.actual, pair.target],
        label=label,
        metric=pair.name,
        period=pair.actual.period,
        again=lambda figures: compute.percent_of(figures[0], figures[1]),
    )
    way = "高" if plan.order is Order.MOST else "低"
    place = f"第 {plan.nth} {way}" if plan.nth > 1 else f"最{way}"
    draft.text = (
        f"{value.entity}{value.period}年按实际 ÷ 计划，完成率{place}的指标：{pair.name} "
        f"{value.number}{value.unit}（{pair.rate.formula}）（共比较 {compared} 项）。"
    )
    return draft
