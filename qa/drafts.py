"""An answer under way: every value that goes into it brings its equations and its disputes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ingest import interval
from ingest.model import Document, Equation, Figure, Verdict
from ingest.quantity import Unit, round_half_up
from qa.figures.evidence import Candidate
from qa.figures.standing import Dispute, Standing, equations_of, restated, standing, told_twice
from qa.model import Check, Coverage, EquationNote, Outcome, Source, Value
from qa.present import (
    Computed,
    computed_value,
    note,
    other_side,
    plain,
    rival_of,
    shown,
    source_of,
    value_of,
)

# Of the equations of one figure, so many are listed; what fails comes first.
_LISTED = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure of a report among the values, and how it was put there."""

    index: int
    candidate: Candidate
    label: str
    unit: Unit | None


Recompute = Callable[[Sequence[Figure]], Computed | None]


@dataclass(slots=True)
class Draft:
    """An answer under way: what an operation found, before it is timed and covered.

    `remarks` are what a reader must know about the values shown; they close the text.
    """

    outcome: Outcome = Outcome.ANSWERED
    text: str = ""
    values: list[Value] = field(default_factory=list)
    citations: list[Source] = field(default_factory=list)
    equations: list[EquationNote] = field(default_factory=list)
    reason: str = ""
    choices: list[str] = field(default_factory=list)
    rivals: list[Candidate] = field(default_factory=list)  # figures that an open question may mean
    units: list[Unit] = field(default_factory=list)  # of the figures found so far
    phrase: str = ""  # what a follow-up question takes up
    remarks: list[str] = field(default_factory=list)
    whole: bool = False  # the text also answers what is asked in words beside the figures
    figures: list[Shown] = field(default_factory=list)  # behind the values, as far as they are any
    involved: list[Candidate] = field(default_factory=list)  # figures shown and computed from
    coverage: Coverage | None = None  # of an answer over many reports; else counted from sources
    settled: bool = False  # an abstention after which nothing else may be tried
    tabled: bool = False  # a comparison, which says itself whom it is about and what it lacks
    _failed: set[tuple[str, int]] = field(default_factory=set)  # equations remarked on

    def show(
        self,
        candidate: Candidate,
        *,
        label: str = "",
        unit: Unit | None = None,
        beside: Sequence[Candidate] = (),
        strict: bool = False,
    ) -> Value:
        """Append a figure of a report with its check, places, equations and disputes.

        Args:
            candidate: the figure.
            label: how the answer calls it; its own name when empty.
            unit: the unit to show it in.
            beside: the same fact at other places, further sources.
            strict: hold every failed equation against it (see `standing`).
        """
        value = value_of(candidate, label=label, unit=unit, strict=strict)
        value = replace(value, sources=(*value.sources, *map(source_of, beside)))
        self.figures.append(Shown(len(self.values), candidate, label, unit))
        self.values.append(value)
        words = f"{value.label}原文写的是 {shown(candidate.figure)}"
        self._involve(candidate, words, strict=strict)
        return value

    def derive(
        self,
        computed: Computed,
        operands: Sequence[Candidate],
        *,
        label: str,
        metric: str,
        period: str,
        again: Recompute | None = None,
        behind: Sequence[Candidate] = (),
        direction: str = "",
    ) -> Value:
        """Append a computed number; one whose operand is disputed is contradicted as well.

        Args:
            computed: the result over the figures of `operands`.
            operands: what it was computed from.
            label: how the answer calls it.
            metric: what it measures.
            period: its year.
            again: the same computation over other figures, to show what a disputed operand's
                rival would give.
            behind: figures that operands were themselves worked out from.
            direction: the word for a change's sign.
        """
        value = computed_value(
            computed,
            operands,
            label=label,
            metric=metric,
            period=period,
            behind=behind,
            direction=direction,
        )
        other = self._stated_otherwise(computed, operands)
        failed = other is not None
        # The later operand is the one that says how the first one moved or is divided.
        for operand in reversed(operands):
            words = f"算式用到 {operand.figure.metric} {shown(operand.figure)}"
            found = self._involve(operand, words)
            if found.against is not None:
                failed = True
                other = other or _with_rival(operands, operand, found.against, again)
        for each in behind:
            words = f"算式用到 {each.figure.metric} {shown(each.figure)}"
            failed = self._involve(each, words).against is not None or failed
        if failed:
            value = replace(value, check=Check.FAILS, other=other)
        if failed and other is not None and not any(other in words for words in self.remarks):
            self.remark(f"如以对照的数计算，{label}为 {other}。")
        self.values.append(value)
        return value

    def hold_to_all(self) -> None:
        """Hold every failed equation of the figures shown against them, whoever is the suspect."""
        self.remarks.clear()
        self._failed.clear()
        for each in self.figures:
            value = value_of(each.candidate, label=each.label, unit=each.unit, strict=True)
            sources, project = self.values[each.index].sources, self.values[each.index].project
            self.values[each.index] = replace(value, sources=sources, project=project)
            words = f"{value.label}原文写的是 {shown(each.candidate.figure)}"
            self._involve(each.candidate, words, strict=True)

    def remark(self, words: str) -> None:
        """Add a remark once."""
        if words not in self.remarks:
            self.remarks.append(words)

    def contradict(self, words: str) -> None:
        """Say that the report contradicts itself in what is shown."""
        self.outcome = Outcome.CONTRADICTED
        self.remark(words)

    def list_equation(self, document: Document, equation: Equation) -> None:
        """List an equation once."""
        made = note(document, equation)
        if made not in self.equations:
            self.equations.append(made)

    def _involve(self, candidate: Candidate, words: str, *, strict: bool = False) -> Standing:
        document, figure = candidate.document, candidate.figure
        self.involved.append(candidate)
        found = standing(document, figure, strict=strict)
        if figure.doubtful:
            where = f"第 {figure.locator.page} 页的" if figure.locator.page else ""
            self.remark(f"{where} {shown(figure)} 识别存疑，请对照原页。".lstrip())
        equations = equations_of(document, figure)
        failed_first = sorted(equations, key=lambda e: e.verdict is not Verdict.FAILS)
        for equation in failed_first[:_LISTED]:
            self.list_equation(document, equation)
        for dispute in found.disputes:
            known = (document.sha256, dispute.equation.no)
            if dispute.accused or dispute.twice:
                self.outcome = Outcome.CONTRADICTED
            elif found.against is not None:
                continue
            if known in self._failed:
                continue
            self._failed.add(known)
            self.remark(_remark(document, figure, words, dispute, found.check))
        for assertion in document.assertions:
            if assertion.verdict is not Verdict.FAILS:
                continue
            if assertion.stated.figure == figure.no:
                self.contradict(f"报告自相矛盾：{assertion.message}")
            elif any(said.figure == figure.no for said in assertion.others):
                self.remark(f"另请注意：{assertion.message}")
        return found

    def _stated_otherwise(self, computed: Computed, operands: Sequence[Candidate]) -> str | None:
        """What the report itself states for the computed number, where its equation fails."""
        document = operands[0].document
        figures = tuple(operand.figure for operand in operands)
        if len(operands) < 2 or any(not _as_read(operand, document) for operand in operands):
            return None
        for equation, figure in restated(document, figures):
            if not figure.quantity.unit.compatible(computed.unit):
                continue
            self.list_equation(document, equation)
            if equation.verdict is Verdict.FAILS:
                stated = shown(figure)
                self._failed.add((document.sha256, equation.no))
                self.contradict(
                    f"报告自相矛盾：按所列各数计算为 {computed.number}{computed.unit.symbol}，"
                    f"而报告所写的{figure.metric}是 {stated}。"
                )
                self.citations.append(source_of(replace(operands[0], figure=figure)))
                return stated
        return None


def _as_read(operand: Candidate, document: Document) -> bool:
    """False for a figure of another report, and for one that was itself computed."""
    figure = operand.figure
    read = document.figures[figure.no].quantity if operand.document is document else None
    return read is figure.quantity


def _remark(document: Document, figure: Figure, words: str, dispute: Dispute, check: Check) -> str:
    """What a failed equation says of one of its members, which `words` name with its value."""
    if dispute.accused:
        return f"报告自相矛盾：{words}，{_accusation(document, figure, dispute)}"
    if dispute.twice:
        return f"报告自相矛盾：{words}，{_other_place(document, figure, dispute, check)}"
    return _caution(document, dispute, check)


def _accusation(document: Document, figure: Figure, dispute: Dispute) -> str:
    """What a failed equation says against a figure that may be the wrong one."""
    equation, stated = dispute.equation, document.figures[dispute.equation.stated]
    if equation.stated == figure.no:
        return f"而按 {equation.formula} 复算为 {other_side(document, equation)}。"
    if told_twice(document, equation):
        return f"而另一处写的是 {shown(stated)}。"
    rival = rival_of(document, figure, dispute)
    implied = f"，要使其成立应为 {rival}" if rival else ""
    return (
        f"而报告所写的{stated.metric} {shown(stated)} = {equation.formula} 不成立"
        f"（复算为 {other_side(document, equation)}）{implied}。"
    )


def _other_place(document: Document, figure: Figure, dispute: Dispute, check: Check) -> str:
    """Another statement of the same fact, which is the suspect of the two."""
    equation, stated = dispute.equation, document.figures[dispute.equation.stated]
    other = document.figures[equation.operands[0]] if stated.no == figure.no else stated
    return f"而另一处{other.metric}写的是 {shown(other)}；{_in_doubt(check)}。"


def _in_doubt(check: Check) -> str:
    """Which number is the suspect where it is another than the one with this check."""
    return "本数另有等式支持，问题应在其他数" if check is not Check.STATED else "哪个数有误未能确定"


def _caution(document: Document, dispute: Dispute, check: Check) -> str:
    """A failed equation whose suspect is another figure."""
    equation, stated = dispute.equation, document.figures[dispute.equation.stated]
    return (
        f"另请注意：报告所写的{stated.metric} {shown(stated)} = {equation.formula} 不成立"
        f"（复算为 {other_side(document, equation)}）；{_in_doubt(check)}。"
    )


def _with_rival(
    operands: Sequence[Candidate], disputed: Candidate, dispute: Dispute, again: Recompute | None
) -> str | None:
    """What the computation gives with the value that the report's own equation asks for."""
    if again is None or dispute.rival is None:
        return None
    quantity = disputed.figure.quantity
    value = round_half_up(dispute.rival, interval.places(quantity))
    half = Decimal(5).scaleb(-interval.places(quantity) - 1)
    rival = replace(
        quantity, value=value, low=value - half, high=value + half, printed=plain(value), approx=""
    )
    figures = [
        replace(o.figure, quantity=rival) if o.figure.no == disputed.figure.no else o.figure
        for o in operands
    ]
    result = again(figures)
    return None if result is None else f"{result.number}{result.unit.symbol}"
