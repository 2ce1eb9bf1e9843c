"""Failed and held equations as formulas again: what they give, and what one figure would have to be.

An equation of the ledger keeps its figures and its recomputed value, not its formula as code. The
shape is found among the few that the families use, as the one that gives the stored value from
the stored operands; where none does, nothing is said about the operands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ingest import interval
from ingest.equations.arithmetic import evaluate
from ingest.equations.claims import show
from ingest.interval import Interval
from ingest.model import Document, Equation, Figure, Verdict
from ingest.quantity import Dimension, Quantity

Values = Sequence[Decimal]
_CLOSE = Decimal("1e-15")  # stored quotients have 28 digits


@dataclass(frozen=True, slots=True)
class Implied:
    """What a figure would have to be for an equation to hold, in the base unit of the figure."""

    point: Decimal
    bounds: Interval


@dataclass(frozen=True, slots=True)
class Shape:
    """``stated = value(operands)``, and its solution for one operand."""

    value: Callable[[Values], Decimal | None]
    solve: Callable[[int, Decimal, Values], Decimal | None]
    signs: tuple[int, ...] = ()  # of a sum, whose intervals add up


@dataclass(frozen=True, eq=False)
class Reading:
    """An equation with its figures at hand."""

    equation: Equation
    stated: Figure
    operands: tuple[Figure, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (self.stated, *self.operands)

    @cached_property
    def shape(self) -> Shape | None:
        """The shape that gives the stored value, or None."""
        if self.equation.value is None:
            return None
        wanted = self.equation.value * self.stated.quantity.unit.factor
        values = [figure.quantity.base for figure in self.operands]
        for shape in _shapes(self):
            found = shape.value(values)
            if found is not None and abs(found - wanted) <= _CLOSE * max(abs(wanted), Decimal(1)):
                return shape
        return None

    def implied(self, figure: Figure) -> Implied | None:
        """What `figure` would have to be, given all others; None where that cannot be said."""
        if figure.no == self.stated.no:
            return self.recomputed
        found = [i for i, each in enumerate(self.operands) if each.no == figure.no]
        if self.shape is None or len(found) != 1:
            return None
        shape, index = self.shape, found[0]
        values = [each.quantity.base for each in self.operands]
        point = shape.solve(index, self.stated.quantity.base, values)
        bounds = self._solved(shape, index)
        return None if point is None or bounds is None else Implied(point, bounds)

    @property
    def recomputed(self) -> Implied | None:
        """What the equation gives for the figure that it checks; None where it gives no number."""
        equation, factor = self.equation, self.stated.quantity.unit.factor
        if equation.value is None:
            return None
        bounds = Interval(equation.low, equation.high).scaled(factor)
        return Implied(equation.value * factor, bounds)

    def _solved(self, shape: Shape, index: int) -> Interval | None:
        own = [interval.of(figure.quantity) for figure in self.operands]
        stated = interval.of(self.stated.quantity)
        if shape.signs:
            rest = [_signed(sign, each) for sign, each in zip(shape.signs, own, strict=True)]
            rest.pop(index)
            left = interval.total([stated, *(each.negated() for each in rest)])
            return _signed(shape.signs[index], left)
        point = self.operands[index].quantity.base
        own[index] = Interval(point, point)
        return interval.at_corners(
            lambda first, *others: shape.solve(index, first, others), stated, *own
        )

    def holds_with(self, replaced: Mapping[int, Quantity]) -> bool | None:
        """Whether the equation holds with other quantities for some figures; None if unknown."""
        stated = replaced.get(self.stated.no, self.stated.quantity)
        if not any(figure.no in replaced for figure in self.operands):
            found = self.recomputed
            point, bounds = (found.point, found.bounds) if found else (None, None)
        else:
            if self.shape is None:
                return None
            quantities = [replaced.get(f.no, f.quantity) for f in self.operands]
            point, bounds = _computed(self.shape, quantities)
        if point is None or bounds is None:
            return None
        rounded = interval.agrees_when_rounded(point / stated.unit.factor, stated)
        return rounded or bounds.overlaps(interval.of(stated))


def _computed(
    shape: Shape, quantities: Sequence[Quantity]
) -> tuple[Decimal | None, Interval | None]:
    point = shape.value([quantity.base for quantity in quantities])
    own = [interval.of(quantity) for quantity in quantities]
    if shape.signs:
        return point, interval.total(
            [_signed(sign, each) for sign, each in zip(shape.signs, own, strict=True)]
        )
    return point, interval.at_corners(lambda *values: shape.value(values), *own)


def readings(document: Document) -> Iterator[Reading]:
    """Every equation that has a verdict, with its figures."""
    for equation in document.equations:
        if equation.verdict is not Verdict.NOT_CHECKABLE:
            operands = tuple(document.figures[number] for number in equation.operands)
            yield Reading(equation, document.figures[equation.stated], operands)


def _signed(sign: int, bounds: Interval) -> Interval:
    return bounds if sign > 0 else bounds.negated()


def _shapes(reading: Reading) -> Iterator[Shape]:
    """The shapes that an equation may have, by its stated unit and the number of its operands."""
    count = len(reading.operands)
    if not count:
        return
    yield _sum((1,) * count)
    if " − " in reading.equation.formula or reading.equation.formula.startswith("−"):
        yield _sum(_signs(reading))
    if count == 2:
        yield from _PAIRS if _is_percent(reading.stated) else (_PRODUCT,)
    if count == 1 and reading.equation.family == "rubric":
        yield from _rubric(reading)


def _is_percent(figure: Figure) -> bool:
    return figure.quantity.unit.dimension is Dimension.PERCENT


def _sum(signs: tuple[int, ...]) -> Shape:
    def value(operands: Values) -> Decimal:
        return sum((s * v for s, v in zip(signs, operands, strict=True)), Decimal(0))

    def solve(index: int, stated: Decimal, operands: Values) -> Decimal:
        rest = value(operands) - signs[index] * operands[index]
        return signs[index] * (stated - rest)

    return Shape(value, solve, signs)


def _signs(reading: Reading) -> tuple[int, ...]:
    """The sign before each operand where the formula shows it, as `signed_total` writes it."""
    signs: list[int] = []
    formula, position = reading.equation.formula, 0
    for figure in reading.operands:
        start = formula.find(show(figure), position)
        lead = formula[position:start] if start >= 0 else ""
        signs.append(-1 if "−" in lead else 1)
        position = start + len(show(figure)) if start >= 0 else position
    return tuple(signs)


def _quotient(part: Decimal, whole: Decimal) -> Decimal | None:
    return None if whole == 0 else part / whole


def _of_whole() -> Shape:
    """100 · part ÷ whole."""

    def value(operands: Values) -> Decimal | None:
        return interval.ratio_percent(operands[0], operands[1])

    def solve(index: int, stated: Decimal, operands: Values) -> Decimal | None:
        if index == 0:
            return stated * operands[1] / 100
        return _quotient(operands[0] * 100, stated)

    return Shape(value, solve)


def _grown_by(sign: int) -> Shape:
    """100 · c ÷ (v − sign · c), with operands c and v."""

    def value(operands: Values) -> Decimal | None:
        moved, current = operands
        found = interval.growth_percent(current, sign * moved)
        return None if found is None else abs(found)

    def solve(index: int, stated: Decimal, operands: Values) -> Decimal | None:
        moved, current = operands
        if index == 0:
            return _quotient(stated * current, 100 + sign * stated)
        return _quotient(moved * (100 + sign * stated), stated)

    return Shape(value, solve)


def _grown_from(sign: int) -> Shape:
    """sign · 100 · (v − b) ÷ b, with operands v and b."""

    def value(operands: Values) -> Decimal | None:
        current, previous = operands
        found = interval.ratio_percent(current - previous, previous)
        return None if found is None else sign * found

    def solve(index: int, stated: Decimal, operands: Values) -> Decimal | None:
        current, previous = operands
        if index == 0:
            return previous * (100 + sign * stated) / 100
        return _quotient(current * 100, 100 + sign * stated)

    return Shape(value, solve)


def _product() -> Shape:
    """rate · whole ÷ 100, with operands rate and whole."""

    def value(operands: Values) -> Decimal:
        return operands[0] * operands[1] / 100

    def solve(index: int, stated: Decimal, operands: Values) -> Decimal | None:
        return _quotient(stated * 100, operands[1 - index])

    return Shape(value, solve)


_PAIRS = (_of_whole(), _grown_by(1), _grown_by(-1), _grown_from(1), _grown_from(-1))
_PRODUCT = _product()


def _rubric(reading: Reading) -> Iterator[Shape]:
    """A scoring formula in one rate x, linear in it."""
    shown = show(reading.operands[0])
    if reading.equation.formula.count(shown) != 1:
        return
    expression = reading.equation.formula.replace(shown, "x")

    def value(operands: Values) -> Decimal | None:
        return evaluate(expression, operands[0] / 100)

    def solve(_: int, stated: Decimal, __: Values) -> Decimal | None:
        at_zero, at_one = evaluate(expression, Decimal(0)), evaluate(expression, Decimal(1))
        if at_zero is None or at_one is None:
            return None
        share = _quotient(stated - at_zero, at_one - at_zero)
        return None if share is None else share * 100

    yield Shape(value, solve)
