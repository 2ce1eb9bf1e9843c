"""All that is known of names that are one: stated, by code, by the user, guessed; with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.compare.model import Alignment, State
from qa.figures.evidence import Catalogue as Documents
from qa.model import PartRef, Source
from qa.naming.catalogue import Catalogue
from qa.naming.identity import PROJECT, UNIT, Identities, NameFact

_ORDER = (State.USER, State.PARTED, State.CONFIRMED, State.SPELLED, State.GUESSED)


@dataclass(frozen=True, slots=True)
class Named:
    """A name that reports bear: how many of them, and in which years."""

    reports: int
    years: tuple[str, ...]


def aliases_of(catalogue: Catalogue, facts: Sequence[NameFact]) -> tuple[Alignment, ...]:
    """Every pair: what the user decided first, then what reports state, spellings, the guesses last.

    What is stated of names that no report bears is left out, unless the other name has reports.
    """
    identities = Identities(catalogue, facts)
    found: dict[tuple[str, frozenset[str]], Alignment] = {}
    for each in (*_of_facts(catalogue, identities, facts), *identities.links()):
        found.setdefault((each.kind, frozenset((each.first, each.second))), each)
    return tuple(
        sorted(found.values(), key=lambda e: (_ORDER.index(e.state), e.kind, e.first, e.second))
    )


def _of_facts(
    catalogue: Catalogue, identities: Identities, facts: Sequence[NameFact]
) -> Iterator[Alignment]:
    """What the user and the reports say; the user's word on a pair stands before a report's."""
    for fact in sorted(facts, key=lambda each: _ORDER.index(each.state)):
        first, second = identities.spelled(fact)
        known = catalogue.parts_of if fact.kind == UNIT else catalogue.parts_of_project
        if fact.state in (State.USER, State.PARTED) or first in known or second in known:
            yield Alignment(fact.kind, first, second, fact.state, fact.how, fact.sources)


def named(
    catalogue: Catalogue, refs: dict[tuple[int, int], PartRef], kind: str, name: str
) -> Named:
    """The reports that bear a name."""
    known = catalogue.parts_of if kind == UNIT else catalogue.parts_of_project
    parts = [refs[key] for key in known.get(name, ())]
    years = sorted({part.year for part in parts if part.year})
    return Named(len({part.report for part in parts}), tuple(years))


def kind_of(catalogue: Catalogue, first: str, second: str) -> str | None:
    """Whether two names are of units or of projects; None where no report bears either."""
    for kind, known in ((UNIT, catalogue.parts_of), (PROJECT, catalogue.parts_of_project)):
        if first in known or second in known:
            return kind
    return None


def bearing(
    documents: Documents, catalogue: Catalogue, kind: str, names: Sequence[str]
) -> tuple[Source, ...]:
    """Where a report bears each of the names: evidence for a decision on them."""
    known = catalogue.parts_of if kind == UNIT else catalogue.parts_of_project
    found: list[Source] = []
    for name in names:
        for report, number in known.get(name, ())[:1]:
            document = documents.document(report)
            part = next(part for part in document.parts if part.no == number)
            fact = part.entity if kind == UNIT else part.project
            if fact.locator is None or not fact.locator.spans:
                continue
            start, end = fact.locator.spans[0][0], fact.locator.spans[-1][1]
            quote = document.text[start:end]
            found.append(Source(document.name, quote, start, end, fact.locator.page))
    return tuple(found)
