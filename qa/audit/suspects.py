"""Which figure is wrong: failed equations gathered by the figure that explains most of them.

A figure is weighed by what would follow from putting it right: the failed equations that would
then hold, less the holding ones that would then fail. A total that its rows, another table and a
sentence confirm thus stands against the one row that does not fit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from ingest.model import Document, Figure, Role, Verdict
from ingest.quantity import Quantity
from qa.audit.model import Slip
from qa.audit.shapes import Reading, readings
from qa.audit.slips import Proposal, propose

# Which of several rivals is named first. It decides nothing: in a long sum two digits that could
# have changed places are easily found by accident.
_LIKELY = {
    Slip.UNIT: 2,
    Slip.SIGN: 2,
    Slip.POINT: 2,
    Slip.TRANSPOSED: 2,
    Slip.DIGIT: 1,
    Slip.DROPPED: 1,
    Slip.DOUBLED: 1,
}
_OF_A_WHOLE = (Role.COMPLETION, Role.SHARE, Role.SCORE_RATE)
_PLAUSIBLE = Decimal(300)  # per cent
TWICE = ("same_fact", "unit_slip", "form_tie")  # families that compare two places of one fact
_ASKED = 8  # equations of a figure that are asked what it would have to be


class Weight(NamedTuple):
    """In the order in which it counts.

    `mended` is the number of equations mended less those broken; a slip that was copied costs as
    much as one of them, as a lone one is likelier. Where that is equal, digits that stand in
    another unit or with another point give themselves away, and then what an equation was made
    to check is doubted before its operands.
    """

    mended: int
    strong: bool
    stated: bool


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure that may be wrong, what it would have to be, and what speaks for and against it.

    `broken` are the failed equations that its correction mends, the most telling first, and
    `proposal` is None where the equation does not say what it would have to be. `kept` are the
    equations that hold as printed and would fail if it were corrected. `copies` are figures that
    repeat the slip: the report says the same value there of the same thing. `rivals` are others
    of whom one is likelier to be wrong, though the equations do not tell which.
    """

    figure: Figure
    proposal: Proposal | None
    broken: tuple[Reading, ...]
    kept: tuple[Reading, ...]
    copies: tuple[Figure, ...] = ()
    rivals: tuple[Suspect, ...] = ()

    @property
    def weight(self) -> Weight:
        """How much speaks for this figure being the wrong one."""
        stated = any(each.stated.no == self.figure.no for each in self.broken)
        strong = self.proposal is not None and self.proposal.strong
        if self.proposal is not None and self.figure.role in _OF_A_WHOLE:
            printed, right = self.figure.quantity.base, self.proposal.quantity.base
            if _absurd(right) and not _absurd(printed):  # its operands are to blame
                strong = stated = False
            elif _absurd(printed) and not _absurd(right):
                strong = True
        mended = len(self.broken) - len(self.kept) - bool(self.copies)
        return Weight(mended, strong, stated)


def _absurd(rate: Decimal) -> bool:
    """True for a rate of a whole that is a multiple of it."""
    return rate > _PLAUSIBLE


class Ledger:
    """The equations of a document by the figures that they hold or fail on.

    What is found wrong is put right as it goes: an equation that a correction mends holds from
    then on, and so speaks for its other figures.
    """

    def __init__(self, document: Document) -> None:
        self.failing: list[Reading] = []
        self._failing: dict[int, list[Reading]] = defaultdict(list)
        self._holding: dict[int, list[Reading]] = defaultdict(list)
        self._right: dict[int, Quantity] = {}
        self._copies: dict[int, dict[int, Figure]] = {}
        for reading in readings(document):
            if reading.equation.verdict is Verdict.FAILS:
                self.failing.append(reading)
                self._file(self._failing, reading)
            else:
                self._file(self._holding, reading)
                self._join(reading)

    def _join(self, reading: Reading) -> None:
        """Remember figures that say one thing twice with the same digits.

        A sum with one part that is not zero says the same of both: a row's total and its only
        amount are miswritten together.
        """
        other = twin(reading)
        if other is not None:
            figures = (reading.stated, other)
            joined = {figure.no: figure for figure in figures}
            for figure in figures:
                joined |= self._copies.get(figure.no, {})
            self._copies |= dict.fromkeys(joined, joined)

    @staticmethod
    def _file(place: dict[int, list[Reading]], reading: Reading) -> None:
        for number in {figure.no for figure in reading.figures}:
            place[number].append(reading)

    def holding(self, figure: Figure) -> Sequence[Reading]:
        """The equations that hold and use the figure."""
        return self._holding.get(figure.no, ())

    def copies(self, figure: Figure) -> list[Figure]:
        """Figures that say the same thing with the same digits."""
        return [f for f in self._copies.get(figure.no, {}).values() if f.no != figure.no]

    def settle(self, suspect: Suspect) -> None:
        """Put a figure right, and file the equations that this mends under those that hold."""
        for reading in suspect.broken:
            for number in {figure.no for figure in reading.figures}:
                self._failing[number].remove(reading)
            if suspect.proposal is not None:
                self._file(self._holding, reading)
        if suspect.proposal is not None:
            for figure in (suspect.figure, *suspect.copies):
                self._right[figure.no] = suspect.proposal.quantity

    def clear(self, reading: Reading) -> None:
        """Leave out a failed equation that accuses none of its figures."""
        self.failing.remove(reading)
        for number in {figure.no for figure in reading.figures}:
            self._failing[number].remove(reading)

    def suspect(self, figure: Figure) -> Suspect | None:
        """The figure with the correction that mends most; None where nothing says what it is."""
        tried: list[Suspect] = []
        for reading in self._failing[figure.no][:_ASKED]:
            implied = reading.implied(figure)
            if implied is not None:
                proposal = propose(figure, implied)
                copies = self.copies(figure)
                tried.append(self._corrected(figure, proposal, reading, ()))
                tried += [self._corrected(figure, proposal, reading, copies)] if copies else []
        return max(tried, key=lambda each: each.weight, default=None)

    def _corrected(
        self, figure: Figure, proposal: Proposal, asked: Reading, copies: Sequence[Figure]
    ) -> Suspect:
        """What follows from the correction of a figure, alone or with the copies of its slip."""
        changed = (figure, *copies)
        right = self._right | dict.fromkeys((each.no for each in changed), proposal.quantity)
        mended = [
            r for r in self._touched(self._failing, changed) if r is asked or r.holds_with(right)
        ]
        mended.sort(key=lambda r: (r.stated.no != figure.no, r.equation.no))
        held = self._touched(self._holding, changed)
        kept = [r for r in held if r.holds_with(right) is False]
        return Suspect(figure, proposal, tuple(mended), tuple(kept), tuple(copies))

    @staticmethod
    def _touched(place: dict[int, list[Reading]], figures: Sequence[Figure]) -> list[Reading]:
        found = {r.equation.no: r for f in figures for r in place.get(f.no, ())}
        return list(found.values())


def twin(reading: Reading) -> Figure | None:
    """The one figure that an equation sets equal to its stated one, printed the same."""
    told = [figure for figure in reading.operands if figure.quantity.base]
    if len(told) != 1:
        return None
    first, second = reading.stated.quantity, told[0].quantity
    same = (first.value, first.unit) == (second.value, second.unit)
    return told[0] if same else None


def suspects(ledger: Ledger, failing: Sequence[Reading]) -> Iterator[Suspect]:
    """The figures that are wrong, each with the failed equations that it explains.

    Every failed equation is explained exactly once. Where the evidence does not single a figure
    out, it is the one that the first of the equations checks.
    """
    for group in _components(ledger, failing):
        left = list(group)
        weighed: dict[int, Suspect | None] = {}
        while left:
            for figure in (each for reading in left for each in reading.figures):
                if figure.no not in weighed:
                    weighed[figure.no] = ledger.suspect(figure)
            suspect = _chosen(ledger, left[0], [each for each in weighed.values() if each])
            yield suspect
            ledger.settle(suspect)
            left = [reading for reading in left if reading not in suspect.broken]
            for figure in (each for reading in suspect.broken for each in reading.figures):
                for copy in (figure, *ledger.copies(figure)):
                    weighed.pop(copy.no, None)


def _chosen(ledger: Ledger, first: Reading, weighed: Sequence[Suspect]) -> Suspect:
    """A suspect whom no other rivals, else what the first equation checks, with its rivals."""
    told: dict[frozenset[int], Suspect] = {}
    for each in sorted(weighed, key=lambda each: each.weight, reverse=True):
        told.setdefault(frozenset(f.no for f in (each.figure, *each.copies)), each)
    ranked = list(told.values())
    for each in ranked:
        if each.weight == ranked[0].weight and not _rivals(each, ranked):
            return each
    own = next((each for each in weighed if each.figure.no == first.stated.no), None)
    if own is None:
        return Suspect(first.stated, None, (first,), tuple(ledger.holding(first.stated)))
    others = _rivals(own, ranked)
    most = max((each.weight[:2] for each in others), default=own.weight[:2])
    rivals = [each for each in others if each.weight[:2] == most > own.weight[:2]]
    return replace(own, rivals=tuple(sorted(rivals, key=_unlikely)))


def _rivals(suspect: Suspect, others: Sequence[Suspect]) -> list[Suspect]:
    """Others that explain some of the same equations, and for whom as much speaks."""
    explained = {reading.equation.no for reading in suspect.broken}
    changed = {figure.no for figure in (suspect.figure, *suspect.copies)}
    return [
        other
        for other in others
        if other.weight >= suspect.weight
        and other.figure.no not in changed
        and any(reading.equation.no in explained for reading in other.broken)
    ]


def _unlikely(suspect: Suspect) -> int:
    """Puts first what a slip of the pen explains."""
    slip = suspect.proposal.slip if suspect.proposal is not None else Slip.UNKNOWN
    return -_LIKELY.get(slip, 0)


def _components(ledger: Ledger, failing: Sequence[Reading]) -> list[list[Reading]]:
    """Failed equations that share figures or copies of one, directly or through others."""
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        while parent.setdefault(number, number) != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for reading in failing:
        for figure in reading.figures:
            for each in (figure, *ledger.copies(figure)):
                parent[root(each.no)] = root(reading.stated.no)
    groups: dict[int, list[Reading]] = defaultdict(list)
    for reading in failing:
        groups[root(reading.stated.no)].append(reading)
    return list(groups.values())
