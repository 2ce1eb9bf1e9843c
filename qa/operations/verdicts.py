"""The equations of a figure in words, for a question whether it is right."""

from __future__ import annotations

import re
from decimal import Decimal

from ingest import interval
from ingest.model import Document, Equation, Figure, Verdict
from ingest.quantity import round_half_up
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.figures.standing import equations_of
from qa.operations.context import sentence
from qa.present import Computed, shown

_WORDS = {
    Verdict.EXACT: "成立，两者一致",
    Verdict.ROUNDING: "在四舍五入范围内成立，两者一致，差额只是尾数误差",
}
_MORE = 2  # decimals beyond the stated ones
LISTED = 3  # equations that hold are shown up to so many


def checked(candidate: Candidate) -> list[Equation]:
    """The equations that a figure takes part in and that have a verdict, those about it first."""
    equations = equations_of(candidate.document, candidate.figure)
    return [e for e in equations if e.verdict is not Verdict.NOT_CHECKABLE]


def judged_draft(candidate: Candidate, equations: list[Equation], *, gap: bool = False) -> Draft:
    """The figure with the equations asked about; one that fails makes the answer contradicted.

    With `gap` the difference to the first equation comes first, as a value of its own.
    """
    document = candidate.document
    draft = Draft(phrase=candidate.figure.metric)
    if gap and equations[0].stated == candidate.figure.no and equations[0].value is not None:
        add_gap(draft, candidate, equations[0])
    value = draft.show(candidate, strict=True)
    if any(e.verdict is Verdict.FAILS for e in equations):
        draft.text = sentence(value, candidate)
        return draft
    draft.text = "\n".join(line_of(document, equation) for equation in equations[:LISTED])
    return draft


_GAP = re.compile(
    r"差(?:了|出|额(?:是|为)?)?(?:多少|几)|相差(?!率)|差额(?:是|为)?多少|[多少]了?(?:多少|几)"
)


def gap_asked(text: str) -> bool:
    """``差多少``: by how much two figures differ."""
    return bool(_GAP.search(text))


def add_gap(draft: Draft, candidate: Candidate, equation: Equation) -> None:
    """Show by how much a figure differs from what its equation gives."""
    figure = candidate.figure
    unit, value = figure.quantity.unit, equation.value or Decimal(0)
    gap = abs(figure.quantity.value - value)
    places = interval.places(figure.quantity)
    operands = [candidate.document.figures[number] for number in equation.operands]
    draft.derive(
        Computed(
            gap, None, unit, f"{shown(figure)} − {_trimmed(value, figure)}{unit.symbol}", places
        ),
        [candidate],
        label=f"{figure.metric} 差额",
        metric=figure.metric,
        period=candidate.period,
        behind=[Candidate.sure(candidate.report, candidate.document, each) for each in operands],
    )


def _trimmed(value: Decimal, like: Figure) -> str:
    """A recomputed number with a few more decimals than the stated one at most."""
    return f"{round_half_up(value, interval.places(like.quantity) + _MORE).normalize():f}"


def line_of(document: Document, equation: Equation) -> str:
    stated = document.figures[equation.stated]
    line = f"{stated.metric} {shown(stated)} = {equation.formula}：{_WORDS[equation.verdict]}"
    if equation.verdict is Verdict.EXACT and equation.value not in (None, stated.quantity.value):
        line += f"（复算为 {_trimmed(equation.value, stated)}{stated.quantity.unit.symbol}，四舍五入后相同）"
    if equation.verdict is Verdict.ROUNDING and equation.value is not None:
        unit = stated.quantity.unit.symbol
        value = _trimmed(equation.value, stated)
        gap = _trimmed(abs(stated.quantity.value - equation.value), stated)
        line += f"（按所列数字复算为 {value}{unit}，相差 {gap}{unit}）"
    return f"{line}。"
