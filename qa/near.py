"""Questions in the words of their reports: where those words are looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from qa.figures.evidence import Evidence
from qa.figures.word_index import FigureIndex
from qa.plan import Operation, Plan
from qa.question.near_words import Place, Reading, exchangeable, in_words_of
from qa.texts.index import Index, index_of
from qa.texts.model import TextKind
from qa.texts.terms import pair_set

# A name or a word of its own is told by the asker's words, or not at all.
_TOLD_ALONE = (TextKind.FACT, TextKind.PERSON_OR_BODY)
_READ = 24  # reports that are looked through


def in_words_of_reports(plan: Plan, evidence: Evidence, question: str) -> tuple[Reading, ...]:
    """The question as its reports would put it, the likeliest reading first; empty: no other words."""
    reports = sorted({report for report, _ in plan.parts or plan.asked_parts})
    names = [plan.question[each.start : each.end] for each in plan.named]
    if not reports or len(reports) > _READ or plan.operation is Operation.VERIFY:
        return ()
    if plan.text_kind in _TOLD_ALONE:
        return ()
    found = exchangeable(question, names)
    wanted = {gram for word in found for _, own in word.others for gram in sorted(own)[:1]}
    if not wanted:
        return ()
    return tuple(in_words_of(question, plan.text, _places(plan, evidence, wanted), names))


def _places(plan: Plan, evidence: Evidence, wanted: set[str]) -> Iterator[Place]:
    for report, parts in evidence.scoped(plan.parts or plan.asked_parts):
        index = evidence.index(report)
        yield from _figures(index, parts, wanted)
        yield from _passages(index_of(index.document), parts, wanted)


def _figures(index: FigureIndex, parts: set[int], wanted: set[str]) -> Iterator[Place]:
    numbers = {no for gram in wanted for no, _ in index.postings.get(gram, ())}
    rarity = _known(index.rarity, index.postings.__contains__)
    for no in sorted(numbers):
        figure = index.document.figures[no]
        if figure.part in parts:
            yield Place(index.features[no].weights.keys(), rarity)


def _passages(index: Index, parts: set[int], wanted: set[str]) -> Iterator[Place]:
    numbers = {no for gram in wanted for no in index.postings.get(gram, ())}
    for no in sorted(numbers):
        segment = index.segments[no]
        if segment.part in parts and not segment.is_heading:
            held = pair_set(f"{segment.own}\n{segment.label}\n{index.around(segment)}")
            yield Place(held, index.rarity)


def _known(rarity: Callable[[str], float], held: Callable[[str], bool]) -> Callable[[str], float]:
    return lambda gram: rarity(gram) if held(gram) else 0.0
