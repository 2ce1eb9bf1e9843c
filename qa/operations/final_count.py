"""How many there were in the end: so many at first, some taken out and some put in (子项目, 设备)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from ingest.interval import Interval
from ingest.model import Document, Figure
from ingest.quantity import Dimension
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.operations.context import Context, told_together
from qa.plan import Operation
from qa.present import Computed, shown
from qa.words import cues
from qa.words.matching import grams, squeeze

_ASKED = re.compile(
    r"(?:砍|取消|减|去)(?:掉|了|少)*[^,，。?？]{0,12}?[,，、]?(?:又|再|还|并|和)*(?:新?加|新?增|添|补)[^?？]{0,20}?"
    r"(?:最后|最终|到底|实际|之后|以后|后来|后)[^?？]{0,8}?(?:多少|几)(?:个|项|辆|台|套|所|处)?"
    r"|调整(?:之)?后(?:到底|最后|最终|实际|一共|共|还|剩|有|干|做|实施|下|了|买)*(?:多少|几)(?:个子项|个|项|辆|台|套|所|处)"
)
_PLANS = (Operation.LOOKUP, Operation.COUNT, Operation.TEXT, Operation.SUM, Operation.FILTER)
_FIRST = re.compile(
    r"(?:年初|原|最初|计划)[^,，;；。]{0,16}?(?:由|有|购置|安排|设|含|包括|建设)?\s*$"
)
_OUT = re.compile(r"(?:取消|调减|减少|核减|去除|砍掉)了?\s*$")
_IN = re.compile(r"(?:新增|调增|增加|增购|增设|追加)了?\s*$")


class _Course(NamedTuple):
    """What a sentence tells: how many at first, how many less, how many more."""

    first: Figure
    out: Figure
    added: Figure


def final_count(context: Context) -> Draft | None:
    """At first less what was taken out and with what was put in, all told in one sentence."""
    plan = context.plan
    question = cues.unquoted(plan.question)
    if plan.operation not in _PLANS or not _ASKED.search(question):
        return None
    found = [
        (report, document, course)
        for report, parts in context.evidence.scoped(set(plan.asked_parts))
        for document in (context.evidence.index(report).document,)
        for course in _courses(document, parts)
        if grams(_thing(course.first)) & grams(squeeze(question))
    ]
    if len({tuple(f.quantity.base for f in course) for _, _, course in found}) != 1:
        return None
    report, document, course = found[0]
    return _draft(report, document, course)


def _courses(document: Document, parts: Collection[int]) -> Iterator[_Course]:
    for figures in told_together(document, parts):
        counts = [f for f in figures if f.quantity.unit.dimension is Dimension.COUNT]
        course = _course(figures[0].sentence, counts)
        if course is not None:
            yield course


def _course(sentence: str, figures: list[Figure]) -> _Course | None:
    """The three counts of one measure word, in their order."""
    found: dict[str, Figure] = {}
    at = 0
    for figure in figures:
        start = sentence.find(figure.quantity.printed, at)
        if start < 0:
            return None
        lead = sentence[:start]
        at = start + len(figure.quantity.printed)
        for name, pattern in (("first", _FIRST), ("out", _OUT), ("added", _IN)):
            if pattern.search(lead):
                found.setdefault(name, figure)
    if (
        len(found) != len(_Course._fields)
        or len({figure.quantity.unit for figure in found.values()}) != 1
    ):
        return None
    return _Course(found["first"], found["out"], found["added"])


def _thing(figure: Figure) -> str:
    return squeeze(figure.metric)


def _draft(report: int, document: Document, course: _Course) -> Draft:
    operands = [Candidate.sure(report, document, figure) for figure in course]
    computed = _left(course)
    draft = Draft(phrase="调整后的数量")
    value = draft.derive(
        computed,
        operands,
        label="调整后",
        metric=course.first.metric,
        period=operands[0].period,
        again=lambda figures: _left(_Course(*figures)),
    )
    draft.text = (
        f"{value.entity}{value.period}年调整后共 {value.number}{value.unit}（{computed.formula}）。"
    )
    return draft


def _left(course: _Course) -> Computed:
    first, out, added = (figure.quantity.base for figure in course)
    value = first - out + added
    formula = f"{shown(course.first)} − {shown(course.out)} + {shown(course.added)}"
    unit = course.first.quantity.unit
    scaled = value / unit.factor
    return Computed(scaled, Interval(scaled, scaled), unit, formula, 0)
