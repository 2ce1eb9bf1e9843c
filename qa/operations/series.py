"""One figure over several years: of each year the one that its report calls by the same words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ingest.model import Figure
from qa.figures.evidence import Cluster
from qa.figures.fitting import same_noun
from qa.operations.context import Context, choose
from qa.plan import Target
from qa.words.matching import grams

_ALIKE = 0.7  # share of the grams of the shorter of two names that the other holds

_LOOSE = 0.4  # share of the words of a name that stand with one called alike

Choosing = Callable[[Context, Target, str], Cluster | None]


def over_years(
    context: Context, target: Target, years: Sequence[str], chosen: Choosing
) -> Mapping[str, Cluster]:
    """For years whose own figure is lacking or called otherwise, the one called as in the others.

    The year whose figure fits the question best says what it is called.
    """
    if len(years) < 2:
        return {}
    own = {year: chosen(context, target, year) for year in years}
    found = [cluster for cluster in own.values() if cluster is not None]
    if not found:
        return {}
    model = max(found, key=lambda cluster: cluster.best.score)
    called = replace(target, key=_name(model.best.figure), synonyms=False, aside="")
    loose = replace(context, threshold=_LOOSE, most_lacking=1.0)  # `_alike` decides
    better: dict[str, Cluster] = {}
    for year, cluster in own.items():
        if cluster is not None and _alike(cluster.best.figure, model.best.figure):
            continue
        other = choose(loose, called, years=(year,), keep=_like(model.best.figure)).best
        if other is not None and _alike(other.best.figure, model.best.figure):
            better[year] = other
    return better


def _like(model: Figure) -> Callable[[Figure], bool]:
    unit = model.quantity.unit

    def keep(figure: Figure) -> bool:
        own = figure.quantity.unit
        return (
            figure.role is model.role
            and own.dimension is unit.dimension
            and same_noun(own.noun, unit.noun)
        )

    return keep


def _name(figure: Figure) -> str:
    """What a figure is called, without the heading that it stands under."""
    told = figure.locator.table is None and figure.subject in figure.metric
    return figure.subject if told and figure.subject else figure.metric


def _alike(one: Figure, other: Figure) -> bool:
    names = grams(_name(one)), grams(_name(other))
    least = min(map(len, names))
    return bool(least) and len(names[0] & names[1]) >= _ALIKE * least
