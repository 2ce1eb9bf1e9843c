"""The last resort: where the rules find nothing certain, the one place that a careful reader would
point to by the rare words of the question.

A typed place (a figure of the dimension asked for, a 文号, a date, a clause that gives a reason) is
shown with its quote, or nothing: only where a model fitted to judged answers
(`qa/data/extract.toml`, `eval.bench.extract`) holds it for right. Questions that several places
have to answer, or that need something worked out, are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ingest.quantity import Dimension
from qa.answering import answer_of, phrase_of
from qa.assurance import gate as assurance
from qa.assurance.model import Asked, Doubt
from qa.drafts import Draft
from qa.extract.found import Found, best
from qa.extract.places import Spot
from qa.extract.vetoes import asks_elsewhere, misplaced, quoted_numbers, says_all
from qa.extract.words import words_of
from qa.figures.evidence import Candidate
from qa.figures.matches import Match
from qa.fitted import fitted
from qa.grounds import ground_of, particular_words
from qa.model import Answer, PartRef
from qa.operations.context import Context, sentence
from qa.operations.statements import contested
from qa.operations.text_words import worded
from qa.texts.enumerations import marked_lists
from qa.texts.model import Confidence, Place, ScopedDocument, TextKind
from qa.texts.search import make_finding
from qa.words.matching import grams

TABLE = "extract.toml"
"""Its weights, of `qa/data`."""
_WIDE = 0.4  # a margin from here on says no more
_RARE = 40.0  # worth of words of which a feature counts 1
_REMARK = "（由问句的用词在报告中找到的一处，请对照原文。）"


class Silent(NamedTuple):
    """A question that ended without an answer.

    Attributes:
        question: as it was asked, or completed from the turn before.
        context: its evidence and plan.
        withheld: what the rules had found before the last gate; an abstention where nothing.
        unknown: its English words that nothing stands for.
        parts: the catalogue.
        followup: it belongs to a conversation.
        confined: a reader narrowed it to the parts in scope.
    """

    question: str
    context: Context
    withheld: Answer
    unknown: tuple[str, ...]
    parts: Sequence[PartRef]
    followup: bool
    confined: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place that may answer, as the answer it would make, and what speaks for and against it."""

    answer: Answer
    draft: Draft
    features: dict[str, float]
    doubts: tuple[Doubt, ...]


class Given(NamedTuple):
    """An answer that is given, and the draft that it was made from."""

    answer: Answer
    draft: Draft


Resort = Callable[[Silent], Given | None]


def last_resort(asked: Silent) -> Given | None:
    """The answer that one place gives; None where it is not likely enough to be right."""
    found = proposed(asked)
    worth = fitted(TABLE)
    kinds = {doubt.kind for doubt in found.doubts} if found is not None else set()
    if found is None or worth.vetoes & kinds:
        return None
    if "body_open" in kinds and not _says_which(asked):
        return None  # any body's report may have it
    if "quoted" in kinds and not found.features["figure"]:
        return None  # words from another place than the one that the question quotes
    chance = worth.chance(found.features)
    if chance < worth.least:
        return None
    doubts = assurance.reservations(found.doubts)
    return Given(replace(found.answer, confidence=chance, doubts=doubts), found.draft)


def _says_which(asked: Silent) -> bool:
    """Whether the question has words of its own beside those that every report has (预算执行率)."""
    return any(map(particular_words, words_of(asked.context.plan).needed))


def proposed(asked: Silent) -> Proposal | None:
    """The best place as an answer with its features; None where nothing can be proposed."""
    plan = asked.context.plan
    if not plan.parts:
        return None
    if asks_elsewhere(plan, asked.question):
        return None
    found = best(asked.context, confined=asked.confined)
    if found is None:
        return None
    draft = _draft(asked.context, found)
    answer = answer_of(asked.question, plan, draft, asked.parts)
    confirmed = _same(answer, asked.withheld)
    if misplaced(plan, found, confirmed=confirmed):
        return None
    ground = ground_of(asked.context.evidence, plan, answer.citations, draft.involved)
    doubts = assurance.doubts_of(Asked(asked.question, plan, answer, ground, asked.unknown))
    features = _features(asked, found, confirmed=confirmed)
    kinds = {doubt.kind for doubt in doubts}
    features["gate"] = float(assurance.confidence(kinds, assurance.weights()))
    features |= dict.fromkeys(kinds, 1.0)
    return Proposal(answer, draft, features, doubts)


def _draft(context: Context, found: Found) -> Draft:
    """The figure with its check and equations, or the quote."""
    spot, plan = found.spot, context.plan
    figure = spot.figure
    if figure is None:
        place = _whole_list(spot)
        scope = ScopedDocument(spot.report, spot.document.name, spot.document)
        finding = make_finding(scope, place, Confidence.MEDIUM, spot.coverage)
        draft = worded(context, [finding], plan.text_kind or TextKind.FACT)
    else:
        named = spot.named(grams(plan.question))
        coverage = spot.coverage
        match = Match(figure.no, coverage.depth, coverage.share, 1 - coverage.share, 1.0, named)
        candidate = Candidate(spot.report, spot.document, figure, match, coverage.depth)
        money = figure.quantity.unit.dimension is Dimension.MONEY
        draft = Draft(phrase=phrase_of(plan))
        value = draft.show(candidate, unit=plan.unit if money else None)
        draft.text = sentence(value, candidate)
    draft.remark(_REMARK)
    return contested(context, draft)


def _whole_list(spot: Spot) -> Place:
    """The place, with the rest of the enumeration where it is its first entry: 一是…；二是…."""
    place = spot.segment.place
    if place.table is not None:
        return place
    text = spot.document.blocks[place.block].text
    for entries in marked_lists(text, place.start, len(text)):
        first, last = entries.spans[0], entries.spans[-1]
        if entries.contiguous and place.start <= first[0] < place.end < last[1]:
            return replace(place, end=last[1])
    return place


def _features(asked: Silent, found: Found, *, confirmed: bool) -> dict[str, float]:
    """What speaks for and against the place, in numbers near 0 to 1."""
    plan, spot = asked.context.plan, found.spot
    numbers = quoted_numbers(plan)
    given = asked.withheld.outcome.given
    return {
        "confirmed": float(confirmed),
        "unlike": float(given and not confirmed),
        "margin": _WIDE if found.margin is None else min(_WIDE, found.margin),
        "every": found.every,
        "local": found.local,
        "named": spot.named(grams(plan.question) | grams(plan.text)),
        "mass": min(found.mass / _RARE, 2.0) * found.own,
        "outside": float(found.outside),
        "numbers": float(bool(numbers) and says_all(numbers, spot.segment.text)),
        "followup": float(asked.followup),
        "english": float(plan.lenient),
        "figure": float(spot.figure is not None),
    }


def _same(answer: Answer, withheld: Answer) -> bool:
    """True where the rules had found the same number, or the same passage."""
    if answer.values:
        value = answer.values[0]
        others = withheld.values if len(withheld.values) == 1 else ()
        return any(o.number == value.number and o.unit == value.unit for o in others)
    mine = [source.quote.strip() for source in answer.citations]
    theirs = [source.quote.strip() for source in withheld.citations]
    return not withheld.values and any(a in b or b in a for a in mine for b in theirs if a and b)
