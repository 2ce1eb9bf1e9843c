"""What else a report says about a contradiction: which side its other equations confirm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.model import Document, Figure, Verdict
from qa.audit.model import Backing, EquationLine, Evidence, Rival
from qa.audit.places import operand_of
from qa.audit.shapes import Reading
from qa.audit.suspects import Ledger, Suspect, twin
from qa.audit.words import line_of

_LINES = 6  # equations kept as support of either side
_BACKED = 40  # figures of a sum that are asked for support


def evidence(document: Document, ledger: Ledger, suspect: Suspect) -> Evidence:
    """What speaks for a suspected figure and what for the equation that accuses it first."""
    figure, reading = suspect.figure, suspect.broken[0]
    stated = tuple(line_of(each) for each in _original(suspect.kept))[:_LINES]
    return Evidence(
        backing=_side(ledger, reading, figure, bool(stated)),
        support=_support(ledger, reading, figure),
        stated_support=stated,
        rivals=tuple(_rival(document, each) for each in suspect.rivals),
    )


def confirming(ledger: Ledger, figure: Figure) -> tuple[EquationLine, ...]:
    """The equations that hold and use a figure."""
    return tuple(line_of(each) for each in _original(ledger.holding(figure)))[:_LINES]


def _original(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Those that hold as the report prints them; not those that only a correction mends."""
    return (r for r in readings if r.equation.verdict is not Verdict.FAILS)


def _support(ledger: Ledger, reading: Reading, figure: Figure) -> tuple[EquationLine, ...]:
    """Holding equations about the other figures of a failed one, those that recompute one first."""
    found: dict[int, tuple[int, Reading]] = {}
    for other in _others(reading, figure):
        for each in _original(ledger.holding(other)):
            if _tells(each, figure):
                recomputes = each.stated.no == other.no and len(each.operands) > 1
                rank = 0 if recomputes else 1 if len(each.operands) > 1 else 2
                found.setdefault(each.equation.no, (rank, each))
    ranked = sorted(found.values(), key=lambda item: (item[0], item[1].equation.no))
    return tuple(line_of(each) for _, each in ranked[:_LINES])


def _others(reading: Reading, figure: Figure) -> list[Figure]:
    return [f for f in reading.figures if f.no != figure.no and f.quantity.base][:_BACKED]


def _side(ledger: Ledger, reading: Reading, figure: Figure, stated: bool) -> Backing:
    """Which side has support; the recomputed one only where each of its figures has."""
    others = _others(reading, figure)
    if others and all(_confirmed(ledger, other, figure) for other in others):
        return Backing.BOTH if stated else Backing.RECOMPUTED
    return Backing.STATED if stated else Backing.NEITHER


def _confirmed(ledger: Ledger, other: Figure, figure: Figure) -> bool:
    """True where a holding equation is about a figure and not about the suspected one."""
    return any(_tells(each, figure) for each in _original(ledger.holding(other)))


def _tells(reading: Reading, figure: Figure) -> bool:
    """False for what involves the suspect, and for a row's total that repeats its only amount."""
    rows = {(f.locator.table, f.locator.row) for f in reading.figures if f.locator.row is not None}
    repeats = twin(reading) is not None and len(rows) == 1
    return not repeats and all(f.no != figure.no for f in reading.figures)


def _rival(document: Document, suspect: Suspect) -> Rival:
    right = suspect.proposal.quantity if suspect.proposal else suspect.figure.quantity
    return Rival(operand_of(document, suspect.figure), f"{right.printed}{right.unit.symbol}")
