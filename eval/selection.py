"""Which cases of a suite are asked, and the chains that they form: a question and its follow-ups."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from eval.paraphrase import original, wordings
from eval.runlog import Options
from eval.suites.suite import Case


class NoSuchCaseError(ValueError):
    """No case of the suites is as it was chosen; the message says what none is."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Cases that hang on one first question, in order; one asker has them all.

    `wanted` are the ids of those whose answers count; the others are asked where a wanted one
    follows them.
    """

    suite: str
    cases: tuple[Case, ...]
    wanted: frozenset[str]


def with_wordings(cases: Sequence[Case], options: Options) -> tuple[Case, ...]:
    """The cases, followed by their other wordings where the options ask for them."""
    return (*cases, *wordings(cases)) if options.paraphrases else tuple(cases)


def wanted(cases: Iterable[Case], options: Options) -> tuple[Case, ...]:
    """The cases that the options choose.

    Raises:
        NoSuchCaseError: an id, type, kind or tag that no case has.
    """
    every = tuple(cases)
    _refuse_unknown("ids", options.ids, {name for c in every for name in (c.id, original(c))})
    _refuse_unknown("types", options.types, {case.type for case in every})
    _refuse_unknown("kinds", options.kinds, {case.kind for case in every if case.kind is not None})
    _refuse_unknown("tags", options.tags, {tag for case in every for tag in case.tags})
    return tuple(case for case in every if _fits(case, options))


def _refuse_unknown(name: str, asked: Iterable[object], known: Collection[object]) -> None:
    unknown = sorted(str(each) for each in asked if each not in known)
    if unknown:
        raise NoSuchCaseError(f"题库中没有 --{name} {'、'.join(unknown)}")


def _fits(case: Case, options: Options) -> bool:
    return (
        (not options.ids or not {case.id, original(case)}.isdisjoint(options.ids))
        and (not options.types or case.type in options.types)
        and (not options.kinds or case.kind in options.kinds)
        and (not options.tags or not set(case.tags).isdisjoint(options.tags))
    )


def chains(suite: str, cases: Iterable[Case], chosen: Collection[str]) -> list[Chain]:
    """The chains of a suite that hold a chosen case, in the order of their first questions."""
    known = {case.id: case for case in cases}
    roots: dict[str, list[Case]] = {}
    for case in known.values():
        roots.setdefault(_root(case, known), []).append(case)
    found = (
        Chain(suite, tuple(members), frozenset(chosen).intersection(case.id for case in members))
        for members in roots.values()
    )
    return [chain for chain in found if chain.wanted]


def _root(case: Case, known: dict[str, Case]) -> str:
    while case.followup_of is not None:
        case = known[case.followup_of]
    return case.id
