"""Scoring formulas that multiply by another number than the full mark: no figure is to blame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ingest import interval
from ingest.equations.arithmetic import evaluate
from ingest.equations.claims import show
from ingest.model import Document, Figure, Locator, Role, Span, slice_spans
from ingest.quantity import format_number
from ingest.reading.text import fold
from qa.audit.evidence import confirming
from qa.audit.model import Backing, Evidence, Finding, Severity, Slip
from qa.audit.places import mark_of, operand_of
from qa.audit.shapes import Reading
from qa.audit.suspects import Ledger
from qa.audit.words import line_of, place_words, recomputed
from qa.present import place_at, trimmed

_FACTOR = re.compile(r"[×*]\s*(\d+(?:\.\d+)?)\s*$")
_NAME = "评分公式的乘数"


@dataclass(frozen=True, slots=True)
class Multiplier:
    """The number that a formula multiplies by, where it stands, and the full mark beside it."""

    printed: str
    place: Locator
    mark: Figure


def multiplier(document: Document, reading: Reading) -> Multiplier | None:
    """The wrong multiplier of a scoring formula: with the full mark it gives the stated score."""
    match = _FACTOR.search(reading.equation.formula)
    if reading.equation.family != "rubric" or match is None:
        return None
    score = reading.stated.quantity
    for mark in _marks(document, reading.stated):
        body = reading.equation.formula[: match.start(1)] + trimmed(mark.quantity.value)
        found = evaluate(body, Decimal(0))
        place = _place(document, reading.stated, match[1])
        if found is not None and place and interval.agrees_when_rounded(found, score):
            return Multiplier(match[1], place, mark)
    return None


def _marks(document: Document, score: Figure) -> Iterator[Figure]:
    """The full marks of the row or paragraph that a score stands in."""
    for figure in document.figures:
        place, own = figure.locator, score.locator
        beside = (place.table, place.row) == (own.table, own.row)
        if beside and figure.block == score.block and figure.role is Role.FULL_MARK:
            yield figure


def _place(document: Document, score: Figure, printed: str) -> Locator | None:
    """Where the formula of a score's row or paragraph prints its multiplier."""
    own = score.locator
    block = document.blocks[score.block]
    texts: list[tuple[str, tuple[Span, ...], int | None]] = [(block.text, block.spans, None)]
    if own.table is not None and own.row is not None:
        cells = document.tables[own.table].rows[own.row]
        texts = [(cell.text, cell.spans, column) for column, cell in enumerate(cells)]
    for text, spans, column in texts:
        match = re.search(rf"[×*]\s*({re.escape(printed)})(?![\d.])", fold(text))
        if match and "得分" in text:
            found = slice_spans(spans, *match.span(1))
            return Locator(found, own.page, own.table, own.row, column)
    return None


def formula_finding(
    document: Document, ledger: Ledger, reading: Reading, wrong: Multiplier
) -> Finding:
    """The finding of a wrong multiplier, with the score, the rate and the full mark beside it."""
    score, implied = reading.stated, reading.recomputed
    row = " / ".join(score.row_path)
    source = place_at(document, wrong.place, score.block, row)
    gives = recomputed(score, implied, score.quantity.unit, "rubric").value if implied else ""
    gap = Decimal(wrong.printed) - wrong.mark.quantity.value
    right = trimmed(wrong.mark.quantity.value)
    message = (
        f"{place_words(document, score, source)}：{_NAME}所列 {wrong.printed}，而该项分值为 "
        f"{show(wrong.mark)}；按 {right} 计算正得所列的 {show(score)}，按 {wrong.printed} 计算为 "
        f"{gives}；可能的笔误：评分公式的乘数写错。"
    )
    return Finding(
        family=reading.equation.family,
        severity=Severity.HIGH,
        metric=_NAME,
        stated=wrong.printed,
        recomputed=right,
        difference=f"{'+' if gap > 0 else ''}{format_number(gap)}",
        direction="high" if gap > 0 else "low",
        source=source,
        mark=mark_of(wrong.place),
        section=document.section_path(score.section),
        operands=tuple(operand_of(document, f) for f in (wrong.mark, *reading.figures)),
        equation=line_of(reading),
        message=message,
        evidence=Evidence(Backing.RECOMPUTED, confirming(ledger, score)),
        slip=Slip.MULTIPLIER,
        slip_note=f"按 {right} 计算正得 {show(score)}",
        equations=(reading.equation.no,),
    )
