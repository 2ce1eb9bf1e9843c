"""Which figures may be added up, or their mean taken, once each was asked for alone. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.model import Role
from ingest.quantity import Dimension
from qa.figures.evidence import Candidate
from qa.operations.context import closed
from qa.operations.pairs import one_measure

_ADDABLE = (Dimension.MONEY, Dimension.COUNT, Dimension.NUMBER, Dimension.MEASURE)
_ROLES = (Role.VALUE, Role.ACTUAL)


def of_one_kind(found: Sequence[Candidate], *, rates: bool = False) -> bool:
    """Whether figures are apart, plain, of one measure, and of what adds up.

    Args:
        found: the figures, at least one.
        rates: rates and marks are meant as well: of these there is a mean, but no sum.
    """
    first = found[0]
    return len({(each.report, each.figure.no) for each in found}) == len(found) and all(
        each.figure.role in _ROLES
        and (rates or each.figure.quantity.unit.dimension in _ADDABLE)
        and each.figure.quantity.unit.compatible(first.figure.quantity.unit)
        and closed(each.figure)
        and one_measure(first.figure, each.figure)
        for each in found
    )
