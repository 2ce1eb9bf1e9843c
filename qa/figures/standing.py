"""How a figure stands with the equations of its report: what proves it, what speaks against it.

An equation recomputes the figure that it states. A figure that it only uses is recomputed as far
as the equation, solved for it, leaves no room: the rate of growth 3.0% says little about the
amount that grew, and a total over thirty cells nothing about the smallest of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import ClassVar

from ingest.equations.doubts import BOUNDING
from ingest.interval import agrees_when_rounded, places
from ingest.model import Document, Equation, Figure, Verdict
from qa.audit.model import Slip
from qa.audit.shapes import Reading
from qa.audit.slips import propose
from qa.audit.suspects import Ledger, Suspect, suspects
from qa.model import Check

# Room that an equation may leave an operand: of its value where the solution has its printed
# digits, of its value where it only comes near, in units of the last digit for small amounts.
_ROOM = Decimal("0.1")
_NARROW = Decimal("0.01")
_UNITS = 2
# A recomputed interval may be so wide, of the stated value, and still confirm it as rounded.
_WIDE = Decimal("0.1")
# Members without other support between which a failed equation cannot choose.
_FEW = 3
# Slips that are no accident where one of them would mend an equation.
_TELLING = (Slip.UNIT, Slip.SIGN, Slip.POINT, Slip.TRANSPOSED)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A failed equation that a figure takes part in.

    `accused` is whether the figure is one of those that may be wrong; else another member is the
    suspect. `rival` is what the equation gives for the figure, in its own unit, where it can be
    solved for it. `twice` says that the equation holds one statement of a fact against another.
    """

    equation: Equation
    accused: bool
    rival: Decimal | None
    twice: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a figure is verified, by which equation, and the failed ones that it is in."""

    check: Check
    deciding: Equation | None
    disputes: tuple[Dispute, ...] = ()

    @property
    def against(self) -> Dispute | None:
        """The failed equation that the figure is suspected in, if any."""
        return next((dispute for dispute in self.disputes if dispute.accused), None)

    @property
    def otherwise(self) -> Dispute | None:
        """The failed equation that gives another value for the figure: it is suspected, or the
        report states its fact differently at another place."""
        twice = (dispute for dispute in self.disputes if dispute.twice)
        return self.against or next(twice, None)


class _Readings:
    """The equations of a document by figure, and the suspect of each that fails."""

    _known: ClassVar[dict[int, _Readings]] = {}

    def __init__(self, document: Document) -> None:
        self.document = document
        self._of: dict[int, list[Reading]] = defaultdict(list)
        for equation in document.equations:
            operands = tuple(document.figures[number] for number in equation.operands)
            reading = Reading(equation, document.figures[equation.stated], operands)
            for number in dict.fromkeys(figure.no for figure in reading.figures):
                self._of[number].append(reading)

    @classmethod
    def get(cls, document: Document) -> _Readings:
        """The readings of a document, made once while it is in use."""
        known = cls._known.get(id(document))
        if known is None or known.document is not document:
            if len(cls._known) > 64:
                cls._known.clear()
            known = cls._known[id(document)] = cls(document)
        return known

    def of(self, figure: Figure) -> Sequence[Reading]:
        """The equations that a figure takes part in: those about it first."""
        found = self._of.get(figure.no, ())
        return sorted(found, key=lambda reading: reading.stated.no != figure.no)

    @cached_property
    def suspect(self) -> dict[int, Suspect]:
        """Per failed equation, the figure that explains it best."""
        ledger = Ledger(self.document)
        found = suspects(ledger, list(ledger.failing))
        return {reading.equation.no: each for each in found for reading in each.broken}

    def proved(self, figure: Figure) -> bool:
        """True where an equation that holds proves it."""
        return any(proof(reading, figure) is not Check.STATED for reading in self.of(figure))


def equations_of(document: Document, figure: Figure) -> list[Equation]:
    """Equations that the figure takes part in: those about it first, then those that use it."""
    return [reading.equation for reading in _Readings.get(document).of(figure)]


def standing(document: Document, figure: Figure, *, strict: bool = False) -> Standing:
    """How a figure stands with all equations of its report.

    Args:
        document: its report.
        figure: the figure.
        strict: hold every failed equation against it, whoever is the suspect: what is asked is
            whether the report agrees with itself.
    """
    known = _Readings.get(document)
    found = known.of(figure)
    failed = (reading for reading in found if reading.equation.verdict is Verdict.FAILS)
    disputes = tuple(
        replace(_dispute(known, each, figure), twice=told_twice(document, each.equation))
        for each in failed
    )
    disputes = disputes or tuple(_of_copies(known, found, figure))
    if strict or _agreed(disputes):
        disputes = tuple(replace(dispute, accused=True) for dispute in disputes)
    against = next((dispute for dispute in disputes if dispute.accused), None)
    if against is not None:
        return Standing(Check.FAILS, against.equation, disputes)
    best: tuple[Check, Equation | None] = (Check.STATED, None)
    for reading in found if not figure.doubtful else ():  # else an equation would have cleared it
        check = proof(reading, figure)
        if check is Check.EXACT:
            return Standing(check, reading.equation, disputes)
        if check is Check.ROUNDING and best[1] is None:
            best = (check, reading.equation)
    return Standing(*best, disputes)


def _agreed(disputes: Sequence[Dispute]) -> bool:
    """Whether several failed equations give one and the same other value for the figure."""
    rivals = {dispute.rival for dispute in disputes}
    apart = {dispute.equation.operands for dispute in disputes}
    return len(rivals) == 1 and None not in rivals and len(apart) > 1


def proof(reading: Reading, figure: Figure) -> Check:
    """EXACT, ROUNDING or STATED: how far an equation recomputes one of its members."""
    if not reading.equation.verdict.holds:
        return Check.STATED
    if reading.stated.no == figure.no:
        return _stated_proof(reading)
    found, factor = reading.implied(figure), figure.quantity.unit.factor
    if found is None or found.bounds.low is None or found.bounds.high is None:
        return Check.STATED
    room = (found.bounds.high - found.bounds.low) / 2 / factor
    value, unit = abs(figure.quantity.value), Decimal(1).scaleb(-places(figure.quantity))
    small = room <= _UNITS * unit and len(reading.operands) <= _FEW
    if agrees_when_rounded(found.point / factor, figure.quantity):
        return Check.EXACT if small or (value and room <= _ROOM * value) else Check.STATED
    return Check.ROUNDING if small or room <= _NARROW * value else Check.STATED


def _stated_proof(reading: Reading) -> Check:
    """A stated figure is recomputed by its equation unless that only bounds it.

    A grade allows every score of its band, and nothing added to nothing makes a zero certain.
    """
    equation, quantity = reading.equation, reading.stated.quantity
    if equation.low is None or equation.high is None:
        return Check.STATED
    if not equation.operands and equation.low != equation.high:
        return Check.STATED
    terms = [figure.quantity.base for figure in reading.operands]
    if not quantity.base and terms and not any(terms):
        return Check.STATED
    if equation.verdict is Verdict.EXACT:
        return Check.EXACT
    wide = (equation.high - equation.low) / 2 > _WIDE * abs(quantity.value)
    return Check.STATED if wide else Check.ROUNDING


def _dispute(known: _Readings, reading: Reading, figure: Figure) -> Dispute:
    """Whether the figure is a suspect of a failed equation, and what the equation gives for it.

    The figure that explains the failure best is. Where that is the stated one only for want of
    evidence against another, so is every member that nothing proves: all of them while they are
    few, else those that a slip of the pen would mend. Of two statements of one fact that are both
    proved, neither can be cleared.
    """
    document = known.document
    equation, found = reading.equation, known.suspect.get(reading.equation.no)
    implied = reading.implied(figure)
    loose = implied is None or equation.family in BOUNDING  # a bound is no other value
    rival = None if loose or implied is None else implied.point / figure.quantity.unit.factor
    wrong = (reading.stated,) if found is None else (found.figure, *found.copies)
    if figure.no in (each.no for each in wrong):
        return Dispute(equation, True, rival)
    singled_out = found is not None and (
        len(found.broken) > 1 or found.figure.no != reading.stated.no
    )
    unproved = {each.no for each in reading.figures if not known.proved(each)}
    if rival is not None and rival < 0 <= figure.quantity.value:
        return Dispute(equation, False, rival)  # an amount that would have to be less than nothing
    if told_twice(document, equation) and not unproved:
        return Dispute(equation, True, rival)
    if singled_out or figure.no not in unproved:
        return Dispute(equation, False, rival)
    telling = implied is not None and propose(figure, implied).slip in _TELLING
    return Dispute(equation, len(unproved) <= _FEW or telling, rival)


def _of_copies(known: _Readings, found: Sequence[Reading], figure: Figure) -> Iterator[Dispute]:
    """What is held against the same value at another place: 91.2 in a summary and in its sheet."""
    document = known.document
    for reading in found:
        if not reading.equation.verdict.holds or not told_twice(document, reading.equation):
            continue
        other = next((each for each in reading.figures if each.no != figure.no), figure)
        for broken in known.of(other) if other.no != figure.no else ():
            if broken.equation.verdict is Verdict.FAILS:
                dispute = _dispute(known, broken, other)
                ratio = other.quantity.unit.factor / figure.quantity.unit.factor
                rival = None if dispute.rival is None else dispute.rival * ratio
                if dispute.accused:
                    yield replace(dispute, rival=rival)


def told_twice(document: Document, equation: Equation) -> bool:
    """True where an equation holds one statement of a fact against another."""
    if len(equation.operands) != 1 or equation.value is None:
        return False
    stated, other = document.figures[equation.stated], document.figures[equation.operands[0]]
    return equation.value * stated.quantity.unit.factor == other.quantity.base


def restated(document: Document, operands: Sequence[Figure]) -> Iterator[tuple[Equation, Figure]]:
    """Equations that tie exactly these figures to one more, and that one.

    Where a report itself states what is computed from two or more of its figures, this finds it.
    """
    wanted = {figure.no for figure in operands}
    for reading in _Readings.get(document).of(operands[0]):
        rest = {figure.no for figure in reading.figures} - wanted
        if len(rest) == 1 and wanted < {figure.no for figure in reading.figures}:
            yield reading.equation, document.figures[rest.pop()]
