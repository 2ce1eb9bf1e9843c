"""The place that fits a question best, and how far ahead of the best place that says otherwise."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from qa.extract.places import NEAR, Scope, Spot
from qa.extract.types import holds
from qa.extract.words import words_of
from qa.figures.weighing import adjustment
from qa.model import PartKey
from qa.operations.context import Context
from qa.operations.text_search import keys_of
from qa.plan import Plan
from qa.texts.model import TextKind
from qa.texts.terms import Profile, likeness
from qa.words.matching import grams, squeeze

_MOST_READ = 40  # reports that are looked through; of more, those that the words lead to
_EVERY = 0.3  # weight of a question's words that only ask
_ADJUSTED, _MOST, _LEAST = 0.3, 0.3, -1.0  # what role, scope and part of a figure add at most
_NAMED = 0.1
_HEAD = 4  # characters at the end of the last word, which say what of a thing is asked
_LAST = 0.12  # for a figure whose own clause says what stands last in the question
_ALIKE = 0.6  # share of the pairs of characters of one text that stand in the other
_OUTSIDE = 0.08  # what a place costs that is not in the parts which the planner chose


@dataclass(frozen=True, slots=True)
class Found:
    """The best place and what is known of it.

    Attributes:
        spot: the place.
        margin: how far its score is above that of the best place that says otherwise; None where
            there is no other.
        every: how far it and its headings cover all words of the question, those too that ask.
        local: the same by itself alone.
        near: share of the needed words beside the figure, or in the cell and its own labels.
        own: the same with its sentence and headings.
        weakest: share of the needed word that stands there least, names of the report included.
        mass: worth of the needed words, the rarer the more.
        letters: how many characters the needed words have.
        outside: it is not in the parts which the planner chose.
        open: several units, years or projects may be meant.
    """

    spot: Spot
    margin: float | None
    every: float
    local: float
    near: float
    own: float
    weakest: float
    mass: float
    letters: int
    outside: bool
    open: bool


def best(context: Context, *, confined: bool = False) -> Found | None:
    """The place that fits best; None where none has a word of the question and its kind of thing.

    Args:
        context: evidence and plan.
        confined: only parts that the planner chose are looked at.
    """
    plan = context.plan
    inside = keys_of(context, plan.text_kind or TextKind.FACT) or list(plan.parts)
    if not inside or len({report for report, _ in inside}) > _MOST_READ:
        return None
    beside = [] if confined else _beside(context, inside)
    scope = Scope(context.evidence, [*inside, *beside])
    words = words_of(plan)
    needed, every = scope.profile(words.needed), scope.profile(words.every)
    last = scope.profile([word[-_HEAD:] for word in words.needed[-1:]])
    scored = sorted(
        (
            (
                -_score(spot, plan, every, last) + _OUTSIDE * (spot.part not in inside),
                number,
                spot,
            )
            for number, spot in enumerate(scope.spots(needed, figures=plan.text_kind is None))
            if holds(spot, plan) and _of_year(spot, plan.years)
        ),
        key=lambda each: each[:2],
    )
    if not scored:
        return None
    worth, _, spot = scored[0]
    other = next((score for score, _, each in scored[1:] if not _alike(spot, each)), None)
    return Found(
        spot,
        None if other is None else other - worth,
        _every(spot, every, around=True),
        _every(spot, every, around=False),
        needed.cover(((NEAR, spot.near),)).share,
        needed.cover(((NEAR, spot.local),)).share,
        _weakest(spot, needed),
        sum(weight for term in needed.terms for weight in term.weights),
        sum(len(term.text) for term in needed.terms),
        spot.part not in inside,
        _open(context, inside),
    )


def _beside(context: Context, inside: Collection[PartKey]) -> list[PartKey]:
    """Other parts whose names bear the unit asked for: a project may have been misunderstood."""
    plan, names = context.plan, context.evidence.names
    if plan.inherited or len(names.reports) > _MOST_READ:
        return []
    units = [squeeze(plan.question[n.start : n.end]) for n in plan.named if n.kind == "unit"]
    held = set(inside)
    found: list[PartKey] = []
    for key in names.keys:
        ref = names.refs[key]
        own = squeeze(f"{ref.entity}{ref.title}{ref.report_name}")
        if key not in held and all(unit in own for unit in units):
            found.append(key)
    return found


def _score(spot: Spot, plan: Plan, every: Profile, last: Profile) -> float:
    worth = (1 - _EVERY) * spot.coverage.depth + _EVERY * _every(spot, every, around=True)
    if spot.figure is not None and plan.targets:
        added = adjustment(spot.document, spot.figure, plan.targets[0], plan)
        worth += _ADJUSTED * max(_LEAST, min(_MOST, added))
        worth += _LAST * last.cover(((NEAR, spot.near),)).share
        worth += _NAMED * spot.named(grams(plan.question) | grams(plan.text))
    return worth


def _every(spot: Spot, profile: Profile, *, around: bool) -> float:
    near = ((NEAR, spot.local),)
    if not around:
        return profile.cover(near).share
    return profile.cover((*near, (0.7, f"{spot.around}\n{spot.names}"))).depth


def _alike(one: Spot, other: Spot) -> bool:
    """The same number, or nearly the same words."""
    if one.figure is not None or other.figure is not None:
        return one.says == other.says
    return max(likeness(one.segment.text, other.segment.text)) >= _ALIKE


def _weakest(spot: Spot, needed: Profile) -> float:
    layers = ((NEAR, f"{spot.local}\n{spot.around}\n{spot.names}"),)
    alone = (replace(needed, terms=(term,)) for term in needed.terms)
    return min((each.cover(layers).share for each in alone), default=0.0)


def _of_year(spot: Spot, years: Sequence[str]) -> bool:
    """Of a year asked for by its report, its period or its own words."""
    told = spot.year
    text = _COMPARED.sub("", spot.segment.text)  # 比2023年增加 says nothing of 2023 itself
    return not years or not told or told in years or any(year in text for year in years)


_COMPARED = re.compile(r"(?:比|较|相比|同比|对比|与|同)(?:于)?20\d\d年?(?:度|同期|底|末)?(?!年?至)")


def _open(context: Context, keys: Collection[PartKey]) -> bool:
    """Several units, or several years where none is asked for, may be meant."""
    plan = context.plan
    refs = [context.evidence.ref(key) for key in keys]
    bodies = {ref.entity for ref in refs if ref.entity}
    years = {ref.year for ref in refs if ref.year and (not plan.years or ref.year in plan.years)}
    return len(bodies) > 1 or len(years) > 1
