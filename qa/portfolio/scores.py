"""What one part of a report concludes with: score, score rate, grade."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.model import Figure, ReportKind, Role, Verdict
from ingest.quantity import Dimension
from qa.model import Check, Value
from qa.operations.text_words import text_source
from qa.portfolio.known import (
    Found,
    Known,
    alike,
    derived_fact,
    from_stated,
    percent_of,
    shown_fact,
)
from qa.portfolio.model import Fact, Lacking, Reason, Scope
from qa.portfolio.whole import PROJECT_KINDS, Whole
from qa.present import shown
from qa.texts.grades import find_grades
from qa.texts.model import Confidence, Place, ScopedDocument, TextFinding

_TOTAL_ROW = re.compile(r"总分|合计|总计|总得分|综合得分|最终得分")
_OVERALL = re.compile(r"综合|总得?分|总评分|总体|最终|整体")
_NAMED = re.compile(
    r"综合|总得?分|总评分|总体|最终|(?:项目|支出|评价|自评|绩效|评定)(?:自评|评价|评定)?(?:的)?(?:得分|评分|分数)|"
    r"自评(?:为|得)?$"
)
_SELF = (ReportKind.PROJECT_SELF_EVALUATION, ReportKind.UNIT_SELF_EVALUATION)
_GRADE_NAMES = {"优秀": "优", "良好": "良", "中等": "中", "较差": "差"}


def score(known: Known) -> Found:
    """The score of the whole, by 自评 and 评价.

    What the text calls the score of the whole counts, and the last row of the score sheet; another
    score of a sentence only where it is the only one.
    """
    found: dict[Scope, list[Whole]] = {}
    for whole in known.wholes:
        if _is_score(whole):
            found.setdefault(_judged(known, whole), []).append(whole)
    stated = {scope: _telling(known, wholes) for scope, wholes in found.items()}
    return from_stated(known, {scope: each for scope, each in stated.items() if each}, "得分")


def _telling(known: Known, wholes: Sequence[Whole]) -> list[Whole]:
    """Of the scores of a part those that are of the whole."""
    prose = [w for w in wholes if w.figure.locator.table is None]
    rows = _full(known, [w for w in wholes if w.figure.locator.table is not None])
    named = [w for w in prose if _NAMED.search(w.lead)]
    marks = [mark.quantity.value for w in rows if (mark := _mark_beside(known, w.figure))]
    if len(alike([w.figure for w in rows])) > 1:
        rows = []  # score sheets of its parts
    most = max((w.figure.quantity.value for w in named if _OVERALL.search(w.lead)), default=None)
    if most is not None and marks and max(marks) < most:
        rows = []  # the score sheet of one of its parts
    if most is not None:
        named = [w for w in named if _OVERALL.search(w.lead)]
    elif rows and marks:
        named = [w for w in named if w.figure.quantity.value * 2 > max(marks)]
    return [*named, *rows] or prose


def _is_score(whole: Whole) -> bool:
    figure = whole.figure
    if figure.role is not Role.SCORE or figure.quantity.unit.dimension is not Dimension.SCORE:
        return False
    if figure.locator.table is None:
        return "满分" not in whole.lead and "平均" not in whole.lead
    return bool(figure.row_path) and bool(_TOTAL_ROW.search(figure.row_path[-1]))


def _judged(known: Known, whole: Whole) -> Scope:
    """Who gave a score: 自评 or 评价."""
    own = "自评" in whole.lead or known.part.kind in _SELF
    return Scope("", "自评" if own else "评价")


def _full(known: Known, wholes: Sequence[Whole]) -> list[Whole]:
    """Scores of rows whose full mark is the largest of the part: of the whole, not of a part."""
    marks = {whole.figure.no: _mark_beside(known, whole.figure) for whole in wholes}
    most = max((mark.quantity.value for mark in marks.values() if mark is not None), default=None)
    return [
        whole
        for whole in wholes
        if most is None or ((mark := marks[whole.figure.no]) and mark.quantity.value == most)
    ]


def _mark_beside(known: Known, figure: Figure) -> Figure | None:
    """The full mark in the row of a score."""
    place = figure.locator
    for other in known.document.figures:
        spot = other.locator
        if other.role is Role.FULL_MARK and (spot.table, spot.row) == (place.table, place.row):
            return other
    return None


def score_rate(known: Known) -> Found:
    """得分率: as stated for the whole, else score ÷ full mark."""
    scores, lacking = score(known)
    facts: list[Fact] = []
    for whole in known.wholes:
        figure = whole.figure
        if figure.role is Role.SCORE_RATE and _TOTAL_ROW.search("".join(figure.row_path[-1:])):
            facts.append(shown_fact(known, _judged(known, whole), "得分率", figure))
    if facts:
        return facts[:1], None
    for each in scores:
        fact = _rated(known, each)
        if fact is None:
            return [], Lacking(Reason.NOT_STATED, "写了得分，没有写满分", (each.value,))
        facts.append(fact)
    return facts, lacking


def _rated(known: Known, scored: Fact) -> Fact | None:
    """The rate of a score whose full mark the report gives."""
    figures = [w.figure for w in known.wholes if _is_score(w) and _judged(known, w) == scored.scope]
    same = [f for f in figures if scored.amount and f.quantity.value == scored.amount.value]
    for figure in same:
        mark = _mark_beside(known, figure) if figure.locator.table is not None else None
        if mark is not None:
            return derived_fact(known, scored.scope, "得分率", (figure, mark), percent_of)
    marks = [
        whole.figure
        for whole in known.wholes
        if whole.figure.role is Role.FULL_MARK
        and (
            whole.figure.locator.table is None
            or _TOTAL_ROW.search("".join(whole.figure.row_path[-1:]))
        )
    ]
    values = {mark.quantity.value for mark in marks}
    if not same or len(values) != 1 or values.pop() < same[0].quantity.value:
        return None
    return derived_fact(known, scored.scope, "得分率", (same[0], marks[0]), percent_of)


def grade(known: Known) -> Found:
    """The grade that the report concludes with; several different ones are no grade."""
    scope = ScopedDocument(known.report, known.document.name, known.document, (known.part.no,))
    sure = [f for f in find_grades(scope, "", ()) if f.confidence is not Confidence.LOW]
    if known.part.kind not in (*PROJECT_KINDS, ReportKind.UNIT_SELF_EVALUATION):
        sure = [f for f in sure if "整体" in known.document.blocks[f.block].text]
    grades = list(dict.fromkeys(plain_grade(f.answer) for f in sure))
    if not sure:
        return [], None
    if len(grades) > 1:
        return [], Lacking(Reason.AMBIGUOUS, f"有几个等级：{'、'.join(grades)}")
    basis = "评价" if known.part.kind is ReportKind.PROJECT_EVALUATION else "自评"
    return [
        Fact(Scope("", basis), _grade_value(known, sure[0]), None, _denied(known, sure[0]))
    ], None


def plain_grade(answer: str) -> str:
    """One name for a grade: 优秀 is 优."""
    return _GRADE_NAMES.get(answer, answer.removesuffix("级"))


def _grade_value(known: Known, found: TextFinding) -> Value:
    part = known.part
    place = Place(found.block, found.start, found.end, found.table, found.row, found.column)
    return Value(
        label=f"{part.year}年 评价等级",
        number=found.answer,
        unit="",
        period=part.year,
        entity=part.entity.value,
        project=part.project.value or None,
        metric="评价等级",
        check=Check.STATED,
        sources=(text_source(known.document, place),),
    )


def _denied(known: Known, found: TextFinding) -> str:
    """What the report says elsewhere against its grade: another one, or a score of another band."""
    for assertion in known.document.assertions:
        places = {assertion.stated.block, *(said.block for said in assertion.others)}
        failed = assertion.verdict is Verdict.FAILS and assertion.family == "one_grade"
        if failed and found.block in places:
            return assertion.message
    for equation in known.document.equations:
        stated = known.document.figures[equation.stated]
        failed = equation.family == "grade" and equation.verdict is Verdict.FAILS
        if failed and stated.part == known.part.no:
            return f"得分 {shown(stated)} 与等级“{found.answer}”不符"
    return ""
