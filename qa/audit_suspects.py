"""Which figure is wrong: failed equations gathered by the figure that explains most of them.

A figure is weighed by what would follow from putting it right: the failed equations that would
then hold, less the holding ones that would then fail. A total that its rows, another table and a
sentence confirm thus stands against the one row that does not fit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.model import Document, Figure, Verdict
from ingest.quantity import Quantity
from qa.audit_model import Slip
from qa.audit_shapes import Reading, readings
from qa.audit_slips import Proposal, propose

# Which kind of slip decides between figures that the equations do not tell apart: two digits that
# changed places are less often an accident than one that differs.
_LIKELY = {
    Slip.UNIT: 2,
    Slip.SIGN: 2,
    Slip.POINT: 2,
    Slip.TRANSPOSED: 2,
    Slip.DIGIT: 1,
    Slip.DROPPED: 1,
    Slip.DOUBLED: 1,
}
_ASKED = 8  # equations of a figure that are asked what it would have to be


class Weight(NamedTuple):
    """In the order in which it counts.

    `mended` is the number of equations mended less those broken. Where that is equal, what an
    equation was made to check is doubted before its operands.
    """

    mended: int
    stated: bool
    slip: int


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure that may be wrong, what it would have to be, and what speaks for and against it.

    `broken` are the failed equations that its correction mends, the most telling first, and
    `proposal` is None where the equation does not say what it would have to be. `kept` are the
    equations that hold as printed and would fail if it were corrected.
    """

    figure: Figure
    proposal: Proposal | None
    broken: tuple[Reading, ...]
    kept: tuple[Reading, ...]

    @property
    def weight(self) -> Weight:
        """How much speaks for this figure being the wrong one."""
        slip = self.proposal.slip if self.proposal is not None else Slip.UNKNOWN
        stated = any(each.stated.no == self.figure.no for each in self.broken)
        return Weight(len(self.broken) - len(self.kept), stated, _LIKELY.get(slip, 0))


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
        for reading in readings(document):
            if reading.equation.verdict is Verdict.FAILS:
                self.failing.append(reading)
                self._file(self._failing, reading)
            else:
                self._file(self._holding, reading)

    @staticmethod
    def _file(place: dict[int, list[Reading]], reading: Reading) -> None:
        for number in {figure.no for figure in reading.figures}:
            place[number].append(reading)

    def holding(self, figure: Figure) -> Sequence[Reading]:
        """The equations that hold and use the figure."""
        return self._holding.get(figure.no, ())

    def settle(self, suspect: Suspect) -> None:
        """Put a figure right, and file the equations that this mends under those that hold."""
        for reading in suspect.broken:
            for number in {figure.no for figure in reading.figures}:
                self._failing[number].remove(reading)
            if suspect.proposal is not None:
                self._file(self._holding, reading)
        if suspect.proposal is not None:
            self._right[suspect.figure.no] = suspect.proposal.quantity

    def suspect(self, figure: Figure) -> Suspect | None:
        """The figure with the correction that mends most; None where nothing says what it is."""
        failing = self._failing[figure.no]
        tried: list[Suspect] = []
        for reading in failing[:_ASKED]:
            implied = reading.implied(figure)
            if implied is not None:
                tried.append(self._corrected(figure, propose(figure, implied), failing, reading))
        return max(tried, key=lambda each: each.weight, default=None)

    def _corrected(
        self, figure: Figure, proposal: Proposal, failing: Sequence[Reading], asked: Reading
    ) -> Suspect:
        right = {**self._right, figure.no: proposal.quantity}
        mended = [r for r in failing if r is asked or r.holds_with(right)]
        mended.sort(key=lambda r: (r.stated.no != figure.no, r.equation.no))
        kept = [r for r in self.holding(figure) if r.holds_with(right) is False]
        return Suspect(figure, proposal, tuple(mended), tuple(kept))


def suspects(ledger: Ledger, failing: Sequence[Reading]) -> Iterator[Suspect]:
    """The figures that are wrong, each with the failed equations that it explains.

    Every failed equation is explained exactly once. Where the evidence does not single a figure
    out, it is the one that the first of the equations checks.
    """
    for group in _components(failing):
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
            for reading in suspect.broken:
                for figure in reading.figures:
                    weighed.pop(figure.no, None)


def _chosen(ledger: Ledger, first: Reading, weighed: Sequence[Suspect]) -> Suspect:
    ranked = sorted(weighed, key=lambda each: each.weight, reverse=True)
    if ranked and (len(ranked) == 1 or ranked[0].weight > ranked[1].weight):
        return ranked[0]
    for suspect in ranked:
        if suspect.figure.no == first.stated.no:
            return suspect
    return Suspect(first.stated, None, (first,), tuple(ledger.holding(first.stated)))


def _components(failing: Sequence[Reading]) -> list[list[Reading]]:
    """Failed equations that share figures, directly or through others."""
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        while parent.setdefault(number, number) != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for reading in failing:
        for figure in reading.figures:
            parent[root(figure.no)] = root(reading.stated.no)
    groups: dict[int, list[Reading]] = defaultdict(list)
    for reading in failing:
        groups[root(reading.stated.no)].append(reading)
    return list(groups.values())
