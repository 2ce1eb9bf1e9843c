"""Open questions over many reports: only those are opened that the words of the question lead to.

A question that names no unit could be about any report. Up to a few dozen, all of them are read;
beyond that, the library's word index says which ones fit. Questions over all reports (rankings,
sums over units) are not narrowed: they are asked of every report (`qa.portfolio.gather`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

from qa.model import PartKey, PartRef
from qa.part_index import PartIndex, index_of
from qa.plan import Plan
from qa.portfolio.words import asked_over

_MOST_OPEN = 40  # reports that are all read for one question
_LED_TO = 24  # reports that the words lead to, where there are more


@runtime_checkable
class Searchable(Protocol):
    """A library that can say which reports fit some words."""

    def reports_about(
        self, query: str, *, reports: Collection[int] | None = None, limit: int = 24
    ) -> list[int]: ...


def narrowed(plan: Plan, parts: Sequence[PartRef], library: object) -> Plan:
    """The plan with at most a few dozen reports in scope; unchanged where there are no more."""
    asked = plan.project_parts
    many = len({report for report, _ in plan.parts}) > _MOST_OPEN
    many_projects = len({report for report, _ in asked}) > _MOST_OPEN
    if not (many or many_projects) or not isinstance(library, Searchable):
        return plan
    if not plan.projects and asked_over(plan) is not None:
        return plan
    index = index_of(parts)
    if many_projects:
        kept = set(_led_to(plan, asked, index, library))
        projects = tuple((name, tuple(k for k in its if k in kept)) for name, its in plan.projects)
        plan = replace(plan, projects=tuple((name, its) for name, its in projects if its))
    if many and not plan.projects:
        plan = replace(plan, parts=_led_to(plan, plan.parts, index, library))
    return plan


def _led_to(
    plan: Plan, keys: Sequence[PartKey], index: PartIndex, library: Searchable
) -> tuple[PartKey, ...]:
    """The parts among `keys` of the years asked, as far as the words of the question lead to them."""
    dated = [key for key in keys if index.refs[key].year in plan.years] or list(keys)
    reports = {report for report, _ in dated}
    if len(reports) > _MOST_OPEN:
        within = None if len(reports) == len(index.reports) else reports
        words = " ".join((plan.text, *plan.years))
        found = set(library.reports_about(words, reports=within, limit=_LED_TO))
        kept = [key for key in dated if key[0] in found]
        dated = kept or dated[:_LED_TO]
    return tuple(dated)
