"""The equations of a figure in words, for a question whether it is right."""

from __future__ import annotations

from ingest.model import Document, Equation, Verdict
from qa.drafts import Draft
from qa.evidence import Candidate
from qa.operations.context import sentence
from qa.present import shown
from qa.standing import equations_of

_WORDS = {
    Verdict.EXACT: "成立",
    Verdict.ROUNDING: "在四舍五入范围内成立，差额只是尾数误差",
}
LISTED = 3  # equations that hold are shown up to so many


def checked(candidate: Candidate) -> list[Equation]:
    """The equations that a figure takes part in and that have a verdict, those about it first."""
    equations = equations_of(candidate.document, candidate.figure)
    return [e for e in equations if e.verdict is not Verdict.NOT_CHECKABLE]


def judged_draft(candidate: Candidate, equations: list[Equation]) -> Draft:
    """The figure with the equations asked about; one that fails makes the answer contradicted."""
    document = candidate.document
    draft = Draft(phrase=candidate.figure.metric)
    value = draft.show(candidate, strict=True)
    if any(e.verdict is Verdict.FAILS for e in equations):
        draft.text = sentence(value, candidate)
        return draft
    draft.text = "\n".join(line_of(document, equation) for equation in equations[:LISTED])
    return draft


def line_of(document: Document, equation: Equation) -> str:
    stated = document.figures[equation.stated]
    line = f"{stated.metric} {shown(stated)} = {equation.formula}：{_WORDS[equation.verdict]}"
    if equation.verdict is Verdict.ROUNDING and equation.value is not None:
        line += f"（按所列数字复算为 {equation.value.normalize():f}{stated.quantity.unit.symbol}）"
    return f"{line}。"
