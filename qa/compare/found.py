"""The figure of a subject's metric in a year: in that year's report, else in another year's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ingest.model import Figure, Role
from ingest.quantity import Quantity, UnitError
from qa.compare.model import Origin
from qa.compare.subjects import Subject
from qa.figures.evidence import Candidate, Cluster
from qa.model import PartKey
from qa.naming.identity_vetoes import metric_veto
from qa.operations.context import Choice, Context, choose, closed
from qa.operations.lookup import overall_asked, overall_score
from qa.operations.previous import previous_from_change
from qa.plan import Target
from qa.present import Computed

_AMOUNTS = (Role.VALUE, Role.ACTUAL)
_DEPENDENT = (Role.CHANGE, Role.GROWTH, Role.SHARE, Role.ADJUSTMENT, Role.ADJUSTMENT_RATE)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a year.

    Attributes:
        members: the chosen figure, then other places that say the same.
        rivals: where nothing decides, the figures that fit.
        behind: (value, change) of the next year that an implied figure was worked out from.
        computed: how it was worked out.
        note: how it was told from others.
    """

    period: str
    origin: Origin
    members: tuple[Candidate, ...] = ()
    rivals: tuple[Cluster, ...] = ()
    behind: tuple[Candidate, ...] = ()
    computed: Computed | None = None
    note: str = ""

    @property
    def best(self) -> Candidate | None:
        return self.members[0] if self.members else None

    def first(self, candidate: Candidate) -> Found:
        """The same with another of its members in front."""
        rest = tuple(each for each in self.members if each is not candidate)
        return replace(self, members=(candidate, *rest))


def find(context: Context, subject: Subject, targets: Sequence[Target], year: str) -> Found:
    """The figure of a metric for `year`, under the first of its names that gives one."""
    found = [_find(context, subject, targets[0], year)]
    for target in targets[1:]:
        if found[-1].origin is not Origin.MISSING:
            break
        found.append(_find(context, subject, target, year))
    return found[-1]


def _find(context: Context, subject: Subject, target: Target, year: str) -> Found:
    """The figure of `target`, from the surest report that gives one."""
    unclear: tuple[Cluster, ...] = ()
    for keys in subject.tiers(year):
        found = _stated(context, target, year, keys, Origin.OWN)
        if found.members:
            return found
        unclear = unclear or found.rivals
    if unclear:
        return Found(year, Origin.UNCLEAR, rivals=unclear)
    for later in (stated_later, implied):
        found = later(context, subject, target, year)
        if found.members:
            return found
    return Found(year, Origin.MISSING)


def _stated(
    context: Context,
    target: Target,
    year: str,
    keys: Sequence[PartKey],
    origin: Origin,
    keep: Callable[[Figure], bool] = closed,
) -> Found:
    """The figure that these parts state: an amount where the metric names no other role."""
    inside = _within(context, keys, year)
    for roles in (_AMOUNTS, ()) if target.role is None else ((),):
        wanted = _kept(roles, target, keep)
        if overall_asked(target):
            choice = overall_score(inside, target, (year,)) or Choice(None)
        else:
            choice = choose(inside, target, years=(year,), keys=keys, keep=wanted)
        if choice.best is not None:
            return Found(year, origin, choice.best.members)
        if choice.rivals:
            return Found(year, Origin.UNCLEAR, rivals=choice.rivals)
    return Found(year, Origin.MISSING)


def _kept(
    roles: tuple[Role, ...], target: Target, keep: Callable[[Figure], bool]
) -> Callable[[Figure], bool]:
    def wanted(figure: Figure) -> bool:
        fits = figure.role in roles if roles else target.role is not None or _plain(figure)
        return fits and keep(figure) and not metric_veto(target.label, _said(figure))

    return wanted


def _said(figure: Figure) -> str:
    return " ".join((figure.metric, *figure.row_path, *figure.column_path))


def _plain(figure: Figure) -> bool:
    return figure.role not in _DEPENDENT


def _within(context: Context, keys: Sequence[PartKey], year: str) -> Context:
    plan = replace(context.plan, parts=tuple(keys), projects=(), years=(year,), basis_years=())
    return replace(context, plan=plan)


def stated_later(context: Context, subject: Subject, target: Target, year: str) -> Found:
    """What a report for another year states for `year`: the nearest later report first."""
    for key in subject.others(year):
        found = _stated(
            context, target, year, (key,), Origin.LATER,
            keep=lambda figure: figure.period == year and closed(figure),
        )  # fmt: skip
        if found.members:
            return found
    return Found(year, Origin.MISSING)


def implied(context: Context, subject: Subject, target: Target, year: str) -> Found:
    """The next year's value less its stated change, as a figure that was worked out."""
    if not year.isdigit():
        return Found(year, Origin.MISSING)
    for keys in subject.tiers(str(int(year) + 1)):
        try:
            found = previous_from_change(_within(context, keys, year), target, year)
        except UnitError:
            found = None
        if found is None:
            continue
        computed, current, change = found
        low, high = computed.bounds or (None, None)
        quantity = Quantity(computed.value, computed.unit, low, high, computed.number)
        figure = replace(current.figure, quantity=quantity, period=year)
        worked_out = replace(current, figure=figure)
        return Found(
            year, Origin.IMPLIED, (worked_out,), behind=(current, change), computed=computed
        )
    return Found(year, Origin.MISSING)
