"""Failing changes that another figure before them explains to the digit: not told.

Of which figure a sentence says ``比上年增加 c`` is often left to the reader. Where the one that was
taken does not give what is printed and another one does, the other one was meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.equations.book import Book, Paragraph
from ingest.equations.claims import Claim, grown_by, grown_from, signed_total, verdict
from ingest.model import Direction, Figure, Role, Verdict

_BACK = 12  # figures of a paragraph looked back at
_MOVED = (Role.CHANGE, Role.GROWTH)


def explained(book: Book, claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims without the failing changes and rates of growth that another figure gives exactly."""
    for claim in claims:
        if verdict(claim) is not Verdict.FAILS or not _otherwise(book, claim):
            yield claim


def _otherwise(book: Book, claim: Claim) -> bool:
    readings = (
        reading
        for value in book.once(_before).get(claim.stated.no, ())
        if value not in claim.operands
        for reading in _readings(claim, value)
    )
    return any(verdict(reading) is Verdict.EXACT for reading in readings)


def _before(book: Book) -> dict[int, Sequence[Figure]]:
    """Of every change in a sentence, the plain figures before it in its paragraph."""
    found: dict[int, Sequence[Figure]] = {}
    for figures in map(_figures, book.paragraphs):
        for index, figure in enumerate(figures):
            if figure.role in _MOVED:
                near = figures[max(0, index - _BACK) : index]
                found[figure.no] = [each for each in near if each.role not in _MOVED]
    return found


def _figures(paragraph: Paragraph) -> list[Figure]:
    return [figure for run in paragraph for figure in run.figures]


def _readings(claim: Claim, value: Figure) -> Iterator[Claim]:
    """The claim with another figure in the place of the value that was taken for this year's."""
    moved, operands = claim.stated, claim.operands
    if len(operands) != 2 or not value.quantity.unit.compatible(operands[1].quantity.unit):
        return
    if claim.family == "growth" and operands[0].role is Role.CHANGE:
        if grown_by(moved, *operands).formula == claim.formula:
            yield grown_by(moved, operands[0], value)
    elif claim.family == "growth":
        yield grown_from(moved, value, operands[1])
    elif (base := _base(moved, operands)) is not None:
        sign = -1 if moved.direction is Direction.DOWN else 1
        yield signed_total("change", moved, [(sign, value), (-sign, base)])


def _base(moved: Figure, operands: Sequence[Figure]) -> Figure | None:
    """The operand that a change is measured from: right before it, or of another year."""
    beside = [each for each in operands if each.no == moved.no - 1]
    return next(iter(beside or [each for each in operands if each.period != moved.period]), None)
