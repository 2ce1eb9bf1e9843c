"""The figures of one part of a report that are about the whole of it, and values made of them.

A value is either stated, and checked by the equations that hold it, or computed from figures that
are stated. Where a report states several that cannot all be, none is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest import interval
from ingest.model import Document, Figure, Part
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.model import Check
from qa.portfolio.model import BETTER, Fact, Lacking, Reason, Scope
from qa.portfolio.whole import Whole, whole_figures
from qa.present import Computed

Found = tuple[list[Fact], Lacking | None]
"""Facts, at most one a scope; and why there are none, or not all."""

Make = Callable[[Sequence[Figure]], Computed | None]


@dataclass(frozen=True, slots=True)
class Known:
    """A part of a report with the figures that are about the whole of it."""

    report: int
    document: Document
    part: Part
    wholes: tuple[Whole, ...]

    @classmethod
    def of(cls, report: int, document: Document, part: Part) -> Known:
        year = part.year
        found = whole_figures(document, part)
        own = tuple(each for each in found if each.figure.period in ("", year))
        return cls(report, document, part, own)

    def candidate(self, figure: Figure) -> Candidate:
        """The figure as what answers are made of."""
        return Candidate.sure(self.report, self.document, figure)


def one_of(known: Known, fund: str, fits: Callable[[Whole], bool]) -> Figure | None:
    """The one value that the figures of a kind have; None where there is none, or several."""
    found = [whole.figure for whole in known.wholes if whole.fund == fund and fits(whole)]
    groups = alike(found)
    return groups[0][0] if len(groups) == 1 else None


def beside(left: Figure, right: Figure) -> bool:
    """Whether two figures stand in one paragraph or one table."""
    if left.locator.table is not None or right.locator.table is not None:
        return left.locator.table == right.locator.table
    return left.block == right.block


def alike(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Figures grouped by what they may all say."""
    groups: list[list[Figure]] = []
    for figure in figures:
        bounds = interval.of(figure.quantity)
        for group in groups:
            if interval.of(group[0].quantity).overlaps(bounds):
                group.append(figure)
                break
        else:
            groups.append([figure])
    return groups


def from_stated(known: Known, stated: dict[Scope, list[Whole]], name: str) -> Found:
    """One fact a scope from stated figures; where they disagree, a contradiction or no choice."""
    facts: list[Fact] = []
    lacking: Lacking | None = None
    for scope, wholes in stated.items():
        shown_facts = [shown_fact(known, scope, name, whole.figure) for whole in wholes]
        groups = alike([whole.figure for whole in wholes])
        shown_facts.sort(key=lambda fact: BETTER[fact.value.check])
        failing = next((fact for fact in shown_facts if fact.against), None)
        if failing is not None:
            facts.append(failing)
        elif len(groups) == 1:
            facts.append(shown_facts[0])
        else:
            values = tuple(shown_fact(known, scope, name, group[0]).value for group in groups)
            words = "、".join(f"{value.number}{value.unit}" for value in values)
            lacking = Lacking(Reason.AMBIGUOUS, f"有几个数都可能是：{words}", values)
    return facts, lacking


def shown_fact(known: Known, scope: Scope, name: str, figure: Figure) -> Fact:
    """A stated figure with its check; what contradicts it speaks against it."""
    draft = Draft()
    value = draft.show(known.candidate(figure), label=name)
    quantity = figure.quantity
    amount = Computed(
        quantity.value,
        _own_bounds(figure),
        quantity.unit,
        value.formula,
        interval.places(quantity),
    )
    return Fact(scope, value, amount, against(draft))


def _own_bounds(figure: Figure) -> interval.Interval:
    return interval.Interval(figure.quantity.low, figure.quantity.high)


def against(draft: Draft) -> str:
    """What speaks against the value of a draft: its remarks where it is contradicted."""
    failed = any(value.check is Check.FAILS for value in draft.values)
    return "".join(draft.remarks) or "报告自相矛盾" if failed else ""


def derived_fact(
    known: Known, scope: Scope, name: str, figures: Sequence[Figure], make: Make
) -> Fact | None:
    """A value computed from stated figures, with what speaks against them."""
    computed = make(figures)
    if computed is None:
        return None
    draft = Draft()
    value = draft.derive(
        computed,
        [known.candidate(figure) for figure in figures],
        label=f"{known.part.year}年 {name}",
        metric=name,
        period=known.part.year,
        again=make,
    )
    return Fact(scope, value, computed, against(draft))


def percent_of(figures: Sequence[Figure]) -> Computed | None:
    return compute.percent_of(figures[0], figures[1])
