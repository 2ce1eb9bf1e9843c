"""From a value of an answer back to its figures: what it was recomputed from, and where all stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Protocol

from index.model import ReportInfo
from ingest.model import Document, Equation, Figure, Span
from ingest.quantity import WAN_YUAN, YI_YUAN, YUAN, Dimension
from qa.audit.model import Finding
from qa.figures.standing import standing
from qa.model import Check, Source, Value
from qa.present import shown, source_at

_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?[^\s+\-−–×÷/=()（）,，；、]*", re.ASCII)
_MONEY = {unit.symbol: unit.factor for unit in (YUAN, WAN_YUAN, YI_YUAN)}


class Reports(Protocol):
    """What is needed of a library."""

    def reports(self, include_superseded: bool = False) -> list[ReportInfo]: ...

    def document(self, report: int) -> Document: ...


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to look at: what stands there, where, and in which report of the library.

    `role` is ``value``, ``operand``, ``other`` (the side that contradicts) or ``quote``; `spans`
    are the characters to box.
    """

    role: str
    number: str
    name: str
    source: Source
    report: int
    spans: tuple[Span, ...]


class Places:
    """Finds the spots of values and citations."""

    def __init__(self, reports: Reports) -> None:
        self._reports = reports
        self._ids: dict[str, int] = {}

    def spots(self, value: Value) -> list[Spot]:
        """The value's own places first, then the figures that it was recomputed from."""
        found = [each for source in value.sources for each in self._of_source(source, value)]
        if value.check is not Check.DERIVED:
            found += self._operands(value, {(s.report, s.spans) for s in found})
        return found

    def _of_source(self, source: Source, value: Value) -> Iterator[Spot]:
        """The figures of a source: the one that it names, else those of its sentence or row that
        the value is or was computed from; the sentence where none is."""
        known = self._document(source)
        if known is None:
            return
        report, document = known
        figures = _figures_in(document, source, value) if source.figure is None else []
        for figure in figures:
            place = replace(source, figure=figure.no)
            role = (
                "value"
                if _is(figure, value.number, value.unit) and value.check is not Check.DERIVED
                else "operand"
            )
            yield Spot(role, shown(figure), figure.metric, place, report, figure.locator.spans)
        spot = None if figures else self.spot(source, value)
        if spot is not None:
            yield printed(spot, value)

    def spot(self, source: Source, value: Value | None = None) -> Spot | None:
        """The spot of a source; None where its report has been removed."""
        known = self._document(source)
        if known is None:
            return None
        report, document = known
        if source.figure is None or source.figure >= len(document.figures):
            return Spot("quote", "", "", source, report, ((source.start, source.end),))
        figure = document.figures[source.figure]
        derived = value is not None and value.check is Check.DERIVED
        role = "operand" if derived else "value"
        return Spot(role, shown(figure), figure.metric, source, report, figure.locator.spans)

    def of_finding(self, finding: Finding) -> list[Spot]:
        """Where a finding's stated value stands, then the other side, then repetitions of it."""
        found: list[Spot] = []
        stated = self.spot(finding.source)
        if stated is not None:
            role = replace(stated, role="value", number=finding.stated, name=finding.metric)
            found.append(replace(role, spans=(finding.mark,)))
        for operand in finding.operands:
            place = self.spot(operand.source)
            if place is not None:
                number, name = operand.number + operand.unit, operand.metric
                found.append(replace(place, role="other", number=number, name=name))
        found += [each for source in finding.repeated if (each := self.spot(source)) is not None]
        return found

    def _document(self, source: Source) -> tuple[int, Document] | None:
        for key in (source.sha256, source.report):
            if key not in self._ids:
                infos = self._reports.reports(include_superseded=True)
                self._ids = {info.name: info.id for info in infos} | {
                    info.sha256: info.id for info in infos
                }
            report = self._ids.get(key)
            if report is not None:
                return report, self._reports.document(report)
        return None

    def _operands(self, value: Value, taken: set[tuple[int, tuple[Span, ...]]]) -> Iterator[Spot]:
        """The other members of the equation that decides how the value was checked."""
        source = next((each for each in value.sources if each.figure is not None), None)
        known = self._document(source) if source is not None else None
        if source is None or known is None or source.figure is None:
            return
        report, document = known
        if source.figure >= len(document.figures):
            return
        own = document.figures[source.figure]
        deciding = standing(document, own, strict=value.check is Check.FAILS).deciding
        if deciding is None:
            return
        role = "other" if value.check is Check.FAILS else "operand"
        for figure in _members(document, deciding):
            spans = figure.locator.spans
            if figure.no != own.no and (report, spans) not in taken:
                place = source_at(document, figure)
                yield Spot(role, shown(figure), figure.metric, place, report, spans)


def _members(document: Document, equation: Equation) -> list[Figure]:
    numbers = dict.fromkeys((equation.stated, *equation.operands))
    return [document.figures[number] for number in numbers]


def _figures_in(document: Document, source: Source, value: Value) -> list[Figure]:
    """The figure between the ends of a source that is the value, else those in its formula."""
    inside = [
        figure
        for figure in document.figures
        if all(source.start <= start and end <= source.end for start, end in figure.locator.spans)
    ]
    used = set(_NUMBER.findall(value.formula))
    own = [figure for figure in inside if _is(figure, value.number, value.unit)]
    if not own:
        named = [figure for figure in inside if shown(figure) in used]
        if named:
            return named
        # A sum or mean of rows is written without units, which are all those of the value.
        own = [figure for figure in inside if any(_is(figure, each, value.unit) for each in used)]
    return [max(own, key=lambda figure: _alike(figure, value))] if own else []


def _is(figure: Figure, number: str, unit: str) -> bool:
    """Whether a figure is a number of a unit, perhaps printed in another unit of money."""
    own = figure.quantity.unit
    try:
        wanted = Decimal(number.replace(",", ""))
    except InvalidOperation:
        return False
    if not wanted.is_finite():
        return False
    if own.dimension is Dimension.MONEY and unit in _MONEY:
        return figure.quantity.value * own.factor == wanted * _MONEY[unit]
    return figure.quantity.value == wanted and own.symbol == unit


def _alike(figure: Figure, value: Value) -> tuple[bool, bool, int]:
    """How well the name of a figure is that of the value, to tell equal numbers apart."""
    common = len(set(figure.metric) & set(value.metric))
    return figure.metric == value.metric, figure.period == value.period, common


def printed(spot: Spot, value: Value) -> Spot:
    """A sentence narrowed to the value's number, where it is printed in it as it is shown."""
    if spot.role != "quote" or not value.number[:1].isdigit():
        return spot
    integer, point, rest = value.number.replace(",", "").partition(".")
    digits = {value.number, integer + point + rest}
    if integer.isdigit():
        digits.add(f"{int(integer):,}{point}{rest}")
    either = "|".join(map(re.escape, sorted(digits)))
    match = re.search(
        rf"(?<![0-9.,])(?:{either}){re.escape(value.unit)}(?![0-9.])", spot.source.quote
    )
    if match is None:
        return spot
    start = spot.source.start
    span = (start + match.start(), start + match.end())
    return replace(spot, role="value", number=match[0], name=value.metric, spans=(span,))
