"""`python -m eval.bench.disputes`: of one figure made wrong, is it the one answered as contradicted?

Every change of `eval.material.mutations` that makes an equation of the figure fail is looked at as an answer
would: *accused* is the changed figure answered as contradicted, *right* of these the ones whose
competing value is what stood there before, *cleared* the changed figure answered as sound with a
remark. *Neighbours* are the other members of the equations that fail; one that is accused is a false
contradiction where the report can tell, and one of two where it cannot.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Final

from eval.bench.findings import accusing, at, measured
from eval.material.mutations import Mutation, place, reread
from ingest import interval
from ingest.model import Document, Figure, Verdict
from qa.figures.standing import Standing, standing
from qa.model import Check

OUTCOMES: Final = ("changes", "accused", "right", "cleared", "neighbours", "neighbours_accused")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print one JSON object."""
    return measured(
        "disputes",
        __doc__,
        OUTCOMES,
        lambda document: lambda mutation: judged(document, mutation),
        arguments,
    )


def judged(document: Document, mutation: Mutation) -> Iterator[str]:
    """What answers make of one change; nothing where no equation of the figure fails."""
    changed, _ = reread(document, mutation)
    before = document.figures[mutation.figures[0]]
    wrong = at(changed, place(before))
    if wrong is None or not accusing(changed, wrong):
        return
    yield "changes"
    found = standing(changed, wrong)
    yield "accused" if found.check is Check.FAILS else "cleared"
    if found.against is not None and _is(found, wrong, before):
        yield "right"
    for number in _neighbours(changed, wrong) - _disputed(document):
        yield "neighbours"
        if standing(changed, changed.figures[number]).check is Check.FAILS:
            yield "neighbours_accused"


def _is(found: Standing, wrong: Figure, before: Figure) -> bool:
    """True where the competing value is what was printed before."""
    rival = None if found.against is None else found.against.rival
    if rival is None:
        return False
    point = rival * wrong.quantity.unit.factor / before.quantity.unit.factor
    low, high = interval.of(before.quantity).scaled(1 / before.quantity.unit.factor)
    near = low is not None and high is not None and low <= point <= high
    return near or interval.agrees_when_rounded(point, before.quantity)


def _neighbours(document: Document, figure: Figure) -> set[int]:
    """The other members of the failed equations that the figure is in."""
    failed = (e for e in document.equations if e.verdict is Verdict.FAILS)
    members = [{e.stated, *e.operands} for e in failed]
    return {n for each in members if figure.no in each for n in each} - {figure.no}


def _disputed(document: Document) -> set[int]:
    """Figures of equations that failed before the change; numbers stay as they are."""
    failed = (e for e in document.equations if e.verdict is Verdict.FAILS)
    return {number for e in failed for number in (e.stated, *e.operands)}


if __name__ == "__main__":
    sys.exit(main())
