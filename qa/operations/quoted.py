"""A question that quotes figures: the equation that ties them, and sums that it works out itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from ingest import interval
from ingest.model import Document, Equation, Figure, Role, Verdict
from ingest.quantity import Dimension
from ingest.reading.reader import read_quantities
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.operations.context import Context
from qa.operations.verdicts import checked, gap_asked, judged_draft
from qa.present import shown
from qa.words import agreement

_WHOLE = Decimal(100)


def judge_quoted(context: Context) -> Draft | None:
    """What the report makes of the figures that the question quotes; None where nothing ties them."""
    quoted = quoted_figures(context)
    return _rounded(context, quoted) or _judge_quoted(context, quoted) or _shares_together(context)


def _rounded(context: Context, quoted: list[Candidate]) -> Draft | None:
    """A quoted total and the sum that the asker got of its parts, which only rounding keeps apart."""
    numbers = {Decimal(number) for number in context.plan.numbers}
    for candidate in quoted:
        figure, document = candidate.figure, candidate.document
        for equation in checked(candidate):
            if equation.stated != figure.no or equation.verdict is not Verdict.ROUNDING:
                continue
            parts = [document.figures[number] for number in equation.operands]
            total = sum((part.quantity.value for part in parts), Decimal(0))
            units = {part.quantity.unit for part in parts} == {figure.quantity.unit}
            if units and len(parts) > 1 and total in numbers and total != figure.quantity.value:
                return sum_draft(candidate, parts, total, abs(total - figure.quantity.value))
    return None


def quoted_figures(context: Context) -> list[Candidate]:
    """Figures in scope whose value the question quotes, in the question's order."""
    plan = context.plan
    said = {r.quantity.value: r.quantity.unit.dimension for r in read_quantities(plan.question)}
    found: list[Candidate] = []
    for report, parts in context.evidence.scoped(plan.parts):
        document = context.evidence.index(report).document
        for number in plan.numbers:
            wanted = Decimal(number)
            for figure in document.figures:
                dimension = said.get(wanted, Dimension.NUMBER)
                other = dimension not in (Dimension.NUMBER, figure.quantity.unit.dimension)
                if figure.part in parts and figure.quantity.value == wanted and not other:
                    found.append(Candidate.sure(report, document, figure))
    return found


def _judge_quoted(context: Context, quoted: list[Candidate]) -> Draft | None:
    """The equation that ties most of the quoted figures together."""
    best: tuple[int, Candidate, Equation] | None = None
    for candidate in quoted:
        values = {c.figure.quantity.value for c in quoted if c.document is candidate.document}
        for equation in checked(candidate):
            members = _values(candidate.document, equation)
            tied = len(members & values)
            if tied >= 2 and (best is None or tied > best[0]):
                stated = candidate.document.figures[equation.stated]
                best = (tied, replace(candidate, figure=stated), equation)
    if best is not None:
        return judged_draft(best[1], [best[2]], gap=gap_asked(context.plan.text))
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
            slack = half_units(parts, figure)
            if slack is not None and gap <= slack:
                return sum_draft(candidate, parts, total, gap)
    return None


def _shares_together(context: Context) -> Draft | None:
    """A quoted sum of shares that no place states (加起来是100.01%): rounding, or more than that."""
    plan = context.plan
    numbers = [Decimal(number) for number in plan.numbers]
    if not numbers or not agreement.summed_up(plan.text):
        return None
    for report, parts in context.evidence.scoped(plan.parts):
        document = context.evidence.index(report).document
        groups: dict[object, list[Figure]] = defaultdict(list)
        for figure in document.figures:
            place = figure.locator
            whole = figure.quantity.unit.dimension is Dimension.PERCENT
            if figure.part in parts and figure.role is Role.SHARE and whole:
                key = (figure.block, place.table, None if place.table is None else place.column)
                groups[key].append(figure)
        quoted = [[f for f in each if f.quantity.value in numbers] for each in groups.values()]
        for shares in (*quoted, *groups.values()):
            total = sum((f.quantity.value for f in shares), Decimal(0))
            slack = half_units(shares)
            # That shares come to 100 % says nothing of which are meant.
            told = total != _WHOLE or all(f.quantity.value in numbers for f in shares)
            if len(shares) > 1 and total in numbers and slack is not None and told:
                first = Candidate.sure(report, document, shares[0])
                return _shares_draft(first, shares, total, slack)
    return None


def _shares_draft(
    first: Candidate, shares: list[Figure], total: Decimal, slack: Decimal
) -> Draft | None:
    gap = abs(total - 100)
    if gap > slack:
        return None
    draft = Draft(phrase=first.figure.metric)
    for share in shares:
        draft.show(replace(first, figure=share))
    formula = " + ".join(shown(share) for share in shares)
    draft.text = (
        f"没有算错：{formula} = {total}%，与 100% 相差 {gap} 个百分点，"
        f"在各占比保留位数的四舍五入（尾数误差）范围之内。"
    )
    return draft


def half_units(parts: list[Figure], whole: Figure | None = None) -> Decimal | None:
    """How far the sum of printed parts, and the whole, may be off by rounding, in their one unit.

    None where one has no upper end.
    """
    terms = [part.quantity for part in parts]
    highs = [bounds.high for bounds in interval.in_sum(terms)]
    if whole is not None:
        terms.append(whole.quantity)
        highs.append(interval.of(whole.quantity).high)
    widths = [
        high / term.unit.factor - term.value
        for high, term in zip(highs, terms, strict=True)
        if high is not None
    ]
    return sum(widths, Decimal(0)) if len(widths) == len(terms) else None


def sum_draft(candidate: Candidate, parts: list[Figure], total: Decimal, gap: Decimal) -> Draft:
    """Parts that add up to a figure, exactly or within rounding."""
    figure = candidate.figure
    unit = figure.quantity.unit.symbol
    formula = " + ".join(shown(part) for part in parts)
    draft = Draft(phrase=figure.metric)
    draft.show(candidate)
    if not gap:
        draft.text = f"没有算错：{formula} = {total}{unit}，与报告所列 {shown(figure)} 一致。"
        return draft
    draft.text = (
        f"没有算错：{formula} = {total}{unit}，与报告所列 {shown(figure)} 相差 {gap}{unit}，"
        f"在各数保留位数的四舍五入（尾数误差）范围之内。"
    )
    return draft
