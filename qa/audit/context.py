"""Slips that the digits alone do not tell: what else stands in the report explains them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from ingest import interval
from ingest.figures.naming import Names
from ingest.model import Direction, Document, Figure, Role
from ingest.quantity import Dimension
from qa.audit.model import Slip
from qa.audit.shapes import Reading
from qa.audit.suspects import Suspect
from qa.present import shown

_TELLING = 3  # digits from which on equal digits are no accident
_NEAR = 12  # figures on either side of a rate among which its true base is looked for
_AMOUNTS = (Role.VALUE, Role.BUDGET, Role.ACTUAL, Role.TARGET)


class Surroundings:
    """A document's figures by name, for telling how a wrong one came about."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def _named(self) -> dict[tuple[int, str, str, Role], list[Figure]]:
        found: dict[tuple[int, str, str, Role], list[Figure]] = defaultdict(list)
        for figure in self._document.figures:
            if len(key := Names.key(self._document, figure)) > 1:
                found[figure.part, figure.period, key, figure.role].append(figure)
        return found

    def same_name(self, figure: Figure) -> list[Figure]:
        """Other figures of the same name, period and role in the same part."""
        key = (figure.part, figure.period, Names.key(self._document, figure), figure.role)
        return [each for each in self._named.get(key, ()) if each.no != figure.no]

    def stale(self, figure: Figure, reading: Reading) -> Figure | None:
        """Another place that has the wrong value under the same name, while others have the right."""
        implied = reading.implied(figure)
        if implied is None or _digits(figure) < _TELLING:
            return None
        others = self.same_name(figure)
        same = [each for each in others if each.quantity.base == figure.quantity.base]
        right = [each for each in others if interval.of(each.quantity).overlaps(implied.bounds)]
        return same[0] if same and right else None

    def other_base(self, reading: Reading) -> str | None:
        """The division that gives a wrong rate digit for digit, from figures that stand near it."""
        rate = reading.stated
        if rate.quantity.unit.dimension is not Dimension.PERCENT or len(reading.operands) != 2:
            return None
        if _digits(rate) < _TELLING:
            return None
        for part in reading.operands:
            for whole in self._near(rate):
                fits = part.no != whole.no and part.quantity.unit.compatible(whole.quantity.unit)
                if fits and _gives(rate, part, whole):
                    return f"{shown(part)} ÷ {shown(whole)}"
        return None

    def _near(self, rate: Figure) -> Iterator[Figure]:
        figures = self._document.figures
        for figure in figures[max(0, rate.no - _NEAR) : rate.no + _NEAR]:
            beside = figure.block == rate.block and figure.locator.row == rate.locator.row
            if beside and figure.role in _AMOUNTS and figure.quantity.base:
                yield figure


def _digits(figure: Figure) -> int:
    return len(figure.quantity.value.normalize().as_tuple().digits)


def _gives(rate: Figure, part: Figure, whole: Figure) -> bool:
    found = interval.ratio_percent(part.quantity.base, whole.quantity.base)
    return found is not None and interval.agrees_when_rounded(abs(found), rate.quantity)


def sign_note(figure: Figure) -> str:
    """What a wrong sign means where a word gives it: 增加 for 减少."""
    return "增减方向应相反" if figure.direction is not Direction.NONE else ""


def context_slip(
    surroundings: Surroundings, suspect: Suspect, reading: Reading
) -> tuple[Slip, str]:
    """The kind of slip, and what is known of it in words."""
    proposal = suspect.proposal
    slip = proposal.slip if proposal is not None else Slip.UNKNOWN
    if slip is Slip.SIGN:
        return slip, sign_note(suspect.figure)
    if (
        slip in (Slip.UNKNOWN, Slip.DIGIT)
        and (other := surroundings.stale(suspect.figure, reading)) is not None
    ):
        return Slip.STALE, f"{shown(other)} 在别处以同一名称出现，别处另有与复算相同的数"
    if slip is Slip.UNKNOWN and suspect.figure.no == reading.stated.no:
        base = surroundings.other_base(reading)
        if base is not None:
            return Slip.BASE, f"{base} 正得所列数"
    return slip, ""
