"""Is the report consistent? The equations about a figure, and what they give."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from ingest import interval
from ingest.model import Document, Equation, Figure, Verdict
from qa.drafts import Draft
from qa.evidence import Candidate
from qa.matching import Match
from qa.model import Outcome
from qa.operations.context import Context, choose
from qa.present import other_side, shown, source_of
from qa.standing import equations_of

_WORDS = {
    Verdict.EXACT: "成立",
    Verdict.ROUNDING: "在四舍五入范围内成立，差额只是尾数误差",
    Verdict.FAILS: "不成立",
}


def verify(context: Context) -> Draft | None:
    """What the equations say about the figures that the question quotes or names."""
    quoted = _quoted(context)
    if quoted:
        return _judge_quoted(quoted)
    choice = choose(context, replace(context.plan.targets[0], role=None, dimension=None))
    if choice.best is None:
        return None
    candidate = choice.best.best
    twin = _twin(context, candidate)
    if twin is not None:
        return _compared(candidate, twin)
    equations = [
        e
        for e in equations_of(candidate.document, candidate.figure)
        if e.verdict is not Verdict.NOT_CHECKABLE
    ]
    if not equations:
        return None
    return _draft(candidate, equations)


def _twin(context: Context, candidate: Candidate) -> Candidate | None:
    """The same fact in a table where a sentence is asked about, printed differently."""
    if not re.search(r"表|别处|附件|正文|另", context.plan.text):
        return None
    figure = candidate.figure
    best: tuple[float, Candidate] | None = None
    target = replace(context.plan.targets[0], role=None)
    for other in context.evidence.candidates(target, context.plan, years=(candidate.period,)):
        place = other.figure.locator
        if other.report != candidate.report or place.table == figure.locator.table:
            continue
        if not other.figure.quantity.unit.compatible(figure.quantity.unit):
            continue
        gap = abs(other.figure.quantity.base - figure.quantity.base)
        near = interval.of(other.figure.quantity).overlaps(interval.of(figure.quantity))
        if near and (best is None or gap > best[0]):
            best = (float(gap), other)
    return best[1] if best else None


def _compared(candidate: Candidate, twin: Candidate) -> Draft:
    draft = Draft(phrase=candidate.figure.metric)
    for each in (candidate, twin):
        draft.show(each)
    same = candidate.figure.quantity.base == twin.figure.quantity.base
    where = source_of(twin).table or "另一处"
    verdict = "两处一致" if same else "两处相差只在末位，属四舍五入的尾数差异"
    draft.text = (
        f"{candidate.figure.metric} {shown(candidate.figure)}；{where}中"
        f"{twin.figure.metric} {shown(twin.figure)}。{verdict}。"
    )
    return draft


def _quoted(context: Context) -> list[Candidate]:
    """Figures in scope whose value the question quotes, in the question's order."""
    plan = context.plan
    found: list[Candidate] = []
    for report, parts in context.evidence.scoped(plan.parts):
        document = context.evidence.index(report).document
        for number in plan.numbers:
            wanted = Decimal(number)
            for figure in document.figures:
                if figure.part in parts and figure.quantity.value == wanted:
                    match = Match(figure.no, 1, 1, 0, 1, 1)
                    found.append(Candidate(report, document, figure, match, 1.0))
    return found


def _judge_quoted(quoted: list[Candidate]) -> Draft | None:
    """The equation that ties most of the quoted figures together."""
    best: tuple[int, Candidate, Equation] | None = None
    for candidate in quoted:
        values = {c.figure.quantity.value for c in quoted if c.document is candidate.document}
        for equation in equations_of(candidate.document, candidate.figure):
            members = _values(candidate.document, equation)
            tied = len(members & values)
            if tied >= 2 and (best is None or tied > best[0]):
                stated = candidate.document.figures[equation.stated]
                best = (tied, replace(candidate, figure=stated), equation)
    if best is not None:
        return _draft(best[1], [best[2]])
    return _sum_of_quoted(quoted)


def _values(document: Document, equation: Equation) -> set[Decimal]:
    numbers = (equation.stated, *equation.operands)
    return {document.figures[n].quantity.value for n in numbers}


def _sum_of_quoted(quoted: list[Candidate]) -> Draft | None:
    """A quoted figure against the sum of the parts that its sentence names after it."""
    for candidate in quoted:
        figure = candidate.figure
        beside = [
            other
            for other in candidate.document.figures[figure.no + 1 : figure.no + 12]
            if other.block == figure.block
            and other.sentence == figure.sentence
            and other.role is figure.role
            and other.quantity.unit == figure.quantity.unit
        ]
        for count in range(len(beside), 1, -1):
            parts = beside[:count]
            total = sum((f.quantity.value for f in parts), Decimal(0))
            gap = abs(total - figure.quantity.value)
            slack = _half_units([figure, *parts])
            if slack is not None and gap <= slack:
                return _rounding_draft(candidate, parts, total, gap)
    return None


def _half_units(figures: list[Figure]) -> Decimal | None:
    widths = [f.quantity.high - f.quantity.value for f in figures if f.quantity.high is not None]
    return sum(widths, Decimal(0)) if len(widths) == len(figures) else None


def _rounding_draft(
    candidate: Candidate, parts: list[Figure], total: Decimal, gap: Decimal
) -> Draft:
    figure = candidate.figure
    unit = figure.quantity.unit.symbol
    formula = " + ".join(shown(part) for part in parts)
    draft = Draft(phrase=figure.metric)
    draft.show(candidate)
    draft.text = (
        f"没有算错：{formula} = {total}{unit}，与报告所列 {shown(figure)} 相差 {gap}{unit}，"
        f"在各数保留位数的四舍五入（尾数误差）范围之内。"
    )
    return draft


def _draft(candidate: Candidate, equations: list[Equation]) -> Draft:
    document = candidate.document
    draft = Draft(phrase=candidate.figure.metric)
    draft.show(candidate)
    failed = [e for e in equations if e.verdict is Verdict.FAILS]
    lines: list[str] = []
    for equation in failed or equations[:3]:
        stated = document.figures[equation.stated]
        line = f"{stated.metric} {shown(stated)} = {equation.formula}：{_WORDS[equation.verdict]}"
        if equation.verdict is Verdict.FAILS:
            line += f"，复算为 {other_side(document, equation)}"
        elif equation.verdict is Verdict.ROUNDING and equation.value is not None:
            line += (
                f"（按所列数字复算为 {equation.value.normalize():f}{stated.quantity.unit.symbol}）"
            )
        lines.append(line + "。")
        draft.list_equation(document, equation)
    if failed:
        draft.outcome = Outcome.CONTRADICTED
    draft.text = "\n".join(lines)
    return draft
