"""Failing totals of a table that another choice of its rows gives exactly: not told.

Which rows a total adds up is read off labels, and labels are printed in many ways. Where the rows
that were taken do not make up the total and others plainly do, they were not the ones meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.equations.claims import Claim, holds
from ingest.equations.sides import Side, sum_claim
from ingest.model import Figure

_DOUBLE = 2
_TENFOLD = 10
_OPENING, _CLOSING = "年初", "年末"


def otherwise_added(side: Side, claim: Claim) -> bool:
    """True for a failing total that other rows of its column add up to, or that is an average."""
    if holds(claim):
        return False
    return (
        _told_twice(claim)
        or _is_average(claim)
        or any(_makes_up(claim, rows) for rows in _other_rows(side, claim))
    )


def _makes_up(claim: Claim, rows: Sequence[Figure]) -> bool:
    added = sum_claim(claim.family, claim.stated, rows)
    return added is not None and holds(added)


def _told_twice(claim: Claim) -> bool:
    """True where rows and the rows that they are made up of were all added."""
    whole = claim.stated.quantity.base
    if claim.value is None or len(claim.operands) <= _DOUBLE or not whole:
        return False
    return claim.value == _DOUBLE * whole or _divided_row(claim)


def _divided_row(claim: Claim) -> bool:
    """True where what is too much is one row, and the rows right below it make up that row."""
    values = [figure.quantity.base for figure in claim.operands]
    excess = sum(values, Decimal(0)) - claim.stated.quantity.base
    for position, value in enumerate(values):
        below = values[position + 1 :]
        made_up = any(sum(below[:count], Decimal(0)) == value for count in range(2, len(below) + 1))
        if value == excess and made_up:
            return True
    return False


def _is_average(claim: Claim) -> bool:
    """True for a total that lies between its parts, as an average does and a sum does not."""
    values = [figure.quantity.base for figure in claim.operands]
    whole = claim.stated.quantity.base
    if claim.value is None or len(values) < _DOUBLE or min(values) <= 0:
        return False
    slipped = whole * _TENFOLD == claim.value
    return not slipped and min(values) <= whole <= max(values) < _DOUBLE * min(values)


def _other_rows(side: Side, claim: Claim) -> Iterator[Sequence[Figure]]:
    """Figures of the column that may be meant: all above the total, whatever their labels."""
    row, column = claim.stated.locator.row or 0, claim.stated.locator.column or 0
    above = [r for r in side.totals if r < row]
    start = above[-1] if above else -1
    figures = {r: figure for (r, c), figure in side.grid.items() if c == column and r < row}
    between = [figures[r] for r in sorted(figures) if r > start]
    yield between
    if start in figures:
        yield [figures[start], *between]
    moved = [_ends_of_year(side, figure) for figure in claim.operands]
    if _OPENING in moved and _CLOSING in moved:
        for left_out in (_OPENING, _CLOSING):
            yield [f for f, m in zip(claim.operands, moved, strict=True) if m != left_out]


def _ends_of_year(side: Side, figure: Figure) -> str:
    """年初 or 年末 where the row of a figure is carried over at one end of the year, or ""."""
    label = side.label(figure.locator.row or 0)
    return label[:2] if label.startswith((_OPENING, _CLOSING)) else ""
