"""How much a slip matters, by a rule that docs/audit.md gives in words."""

from __future__ import annotations

from decimal import Decimal

from ingest import interval
from ingest.model import Figure
from ingest.quantity import Dimension
from qa.audit.model import Severity, Slip

_BY_SCALE = (Slip.UNIT, Slip.POINT, Slip.SIGN)
_TELLING = (Dimension.MONEY, Dimension.SCORE)
_SHARE = Decimal("0.001")  # of an amount or a score, from which on its error matters
_POINT = Decimal(1)  # percentage points from which on a rate misleads
_LAST_DIGITS = 3  # units of the last printed digit within which a rate is off in its last digits
_WHOLE = Decimal(100)  # a rate on the other side of it says done for not done


def severity(figure: Figure, right: Decimal, slip: Slip, family: str) -> Severity:
    """High where a conclusion changes, low for last digits, medium between.

    Args:
        figure: the wrong figure.
        right: what it should be, in its base unit.
        slip: the likely kind of slip.
        family: of the equation that tells most.
    """
    stated = figure.quantity.base
    gap = abs(stated - right)
    if slip in (*_BY_SCALE, Slip.MULTIPLIER) or family == "grade":
        return Severity.HIGH
    if slip is Slip.ROUNDING:
        return Severity.LOW
    if figure.quantity.unit.dimension is Dimension.PERCENT:
        crossed = (stated < _WHOLE) != (right < _WHOLE)
        if crossed or gap >= _POINT:
            return Severity.HIGH
        few = _LAST_DIGITS * Decimal(1).scaleb(-interval.places(figure.quantity))
        return Severity.LOW if gap <= few else Severity.MEDIUM
    matters = gap >= _SHARE * max(abs(right), abs(stated))
    if figure.quantity.unit.dimension in _TELLING:
        return Severity.HIGH if matters else Severity.MEDIUM
    return Severity.MEDIUM if matters else Severity.LOW
