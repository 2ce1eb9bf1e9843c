"""Equations that fail over figures of a scan: probably misread, not miswritten.

Such an equation cannot be checked (`ingest.equations.doubts`). Here the reader is told what it would take,
so that the page can be looked at; the report is not accused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ingest.model import Document, Figure, Verdict
from qa.audit.model import Finding, Severity, Slip
from qa.audit.places import mark_of, operand_of
from qa.audit.shapes import Implied, Reading
from qa.audit.slips import propose
from qa.audit.words import line_of, name_of, place_words, recomputed
from qa.present import shown, source_at

# What a recogniser does to a number: one digit for another, lost or doubled, a lost point or sign.
_MISREADINGS = (
    Slip.DIGIT,
    Slip.DROPPED,
    Slip.DOUBLED,
    Slip.POINT,
    Slip.SIGN,
    Slip.ROUNDING,
    Slip.TRANSPOSED,
)


def misread(document: Document) -> Iterator[Finding]:
    """A finding for each doubtful figure in whose equation something does not fit.

    Of several doubtful figures of one equation, the one is named that a misread digit explains.
    """
    blamed: dict[int, list[Reading]] = defaultdict(list)
    for equation in document.equations:
        if equation.verdict is Verdict.NOT_CHECKABLE and equation.value is not None:
            operands = tuple(document.figures[number] for number in equation.operands)
            reading = Reading(equation, document.figures[equation.stated], operands)
            unsure = [figure for figure in reading.figures if figure.doubtful]
            if unsure:
                explains = [figure for figure in unsure if _meant(figure, reading)]
                blamed[(explains or unsure)[0].no].append(reading)
    for number, readings in blamed.items():
        yield _finding(document, document.figures[number], readings)


def _meant(figure: Figure, reading: Reading) -> str:
    """What the figure would be if one misread digit, point or sign explains the failure."""
    implied = reading.implied(figure)
    if implied is None:
        return ""
    proposal = propose(figure, implied)
    right = proposal.quantity
    return f"{right.printed}{right.unit.symbol}" if proposal.slip in _MISREADINGS else ""


def _finding(document: Document, figure: Figure, readings: Sequence[Reading]) -> Finding:
    meant, reading = next(
        ((found, each) for each in readings if (found := _meant(figure, each))), ("", readings[0])
    )
    source = source_at(document, figure)
    implied: Implied | None = reading.implied(figure)
    unit, family = figure.quantity.unit, reading.equation.family
    result = recomputed(figure, implied, unit, family) if implied else None
    note = f"可能为识别错误，应为 {meant}" if meant else "所在等式不成立"
    where = f"{place_words(document, figure, source)}：{name_of(figure)} {shown(figure)} 识别存疑"
    others = [each for each in reading.figures if each.no != figure.no]
    return Finding(
        family=family,
        severity=Severity.LOW,
        metric=name_of(figure),
        stated=shown(figure),
        recomputed=result.value if result else "",
        difference=result.difference if result else "",
        direction=result.direction if result else "",
        interval=result.interval if result else "",
        source=source,
        mark=mark_of(figure.locator),
        section=document.section_path(figure.section),
        operands=tuple(operand_of(document, each) for each in others),
        equation=line_of(reading),
        message=f"{where}，{note}（{line_of(reading).formula}）；请对照原页。",
        slip=Slip.MISREAD,
        slip_note=note,
        also=tuple(line_of(each) for each in readings if each is not reading),
        backwards=reading.stated.no != figure.no,
        figures=(figure.no,),
        equations=tuple(each.equation.no for each in readings),
    )
