"""Doubtful figures held against the equations: confirmed by them, or not accused through them.

A scan misreads digits. What it misread must not be told as a slip of the report; and where an
equation gives exactly the digits that were read, they are beyond doubt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product

from ingest.figures.finding import is_doubtful
from ingest.model import POOR_PAGE, Assertion, Document, Equation, Figure, Verdict

# Families whose recomputed value only bounds or ranks the stated figure.
BOUNDING = frozenset({"grade", "rubric_most", "superlative"})
_SIGNED = 4  # operands of a sum up to which each may be taken away


def settled(document: Document) -> Document:
    """The document with its doubts weighed against its equations.

    A doubtful figure that an exact equation gives to the digit is no longer doubtful, unless its
    page is too poor to say what the figure is about. A failed equation over a figure that still is
    cannot be checked; a claim in words over a place that was not surely read is left out where it
    fails.
    """
    doubtful = {figure.no for figure in document.figures if figure.doubtful}
    if doubtful:
        doubtful -= {no for e in document.equations for no in _confirmed(document, e, doubtful)}
        figures = tuple(
            replace(figure, doubtful=False)
            if figure.doubtful and figure.no not in doubtful
            else figure
            for figure in document.figures
        )
        equations = tuple(_unaccused(document, e, doubtful) for e in document.equations)
        document = replace(document, figures=figures, equations=equations)
    kept = tuple(each for each in document.assertions if not _is_shaky(document, each))
    return replace(document, assertions=kept) if len(kept) < len(document.assertions) else document


def _members(equation: Equation) -> tuple[int, ...]:
    return (equation.stated, *equation.operands)


def _confirmed(document: Document, equation: Equation, doubtful: set[int]) -> Iterator[int]:
    """The doubtful figures whose digits the equation gives."""
    asked = {no for no in doubtful.intersection(_members(equation)) if not _is_poor(document, no)}
    if not asked or equation.verdict is not Verdict.EXACT or equation.family in BOUNDING:
        return
    operands = [document.figures[number] for number in equation.operands]
    if not any(operand.quantity.base for operand in operands) or equation.value is None:
        return
    if equation.stated in asked:
        yield equation.stated
    stated = document.figures[equation.stated]
    if _is_sum(stated, operands):
        yield from asked.difference({equation.stated})


def _is_poor(document: Document, number: int) -> bool:
    places = document.places(document.figures[number].locator.spans)
    return any(place.score is not None and place.score <= POOR_PAGE for place in places)


def _is_sum(stated: Figure, operands: list[Figure]) -> bool:
    """True where the operands, some of them taken away, come to the stated figure to the digit.

    Then another digit in any of them would have broken the equation; a rate says far less.
    """
    total = stated.quantity.base
    values = [operand.quantity.base for operand in operands]
    if sum(values, Decimal(0)) == total:
        return True
    if len(values) > _SIGNED:
        return False
    signs = product((1, -1), repeat=len(values))
    return any(
        sum((s * v for s, v in zip(each, values, strict=True)), Decimal(0)) == total
        for each in signs
    )


def _unaccused(document: Document, equation: Equation, doubtful: set[int]) -> Equation:
    unsure = [number for number in dict.fromkeys(_members(equation)) if number in doubtful]
    if equation.verdict is not Verdict.FAILS or not unsure:
        return equation
    named = "、".join(
        f"{figure.quantity.printed}{figure.quantity.unit.symbol}"
        for figure in (document.figures[number] for number in unsure)
    )
    reason = f"{named} 识别存疑，请对照原页"
    return replace(equation, verdict=Verdict.NOT_CHECKABLE, reason=reason)


def _is_shaky(document: Document, assertion: Assertion) -> bool:
    if assertion.verdict is not Verdict.FAILS:
        return False
    sides = (assertion.stated, *assertion.others)
    return any(is_doubtful(document, side.locator.spans) for side in sides)
