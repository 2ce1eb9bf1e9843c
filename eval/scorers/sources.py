"""Sources: whether an answer cites the expected report, page and words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import PurePath

from eval.suites.model import Case, Quote
from eval.units import compact
from qa.model import Answer, Source

_SHARED = Decimal("0.6")  # of the shorter of two quotes must stand in the other, in one piece
_SHORTEST = 4  # characters; less is found anywhere


@dataclass(frozen=True, slots=True)
class SourceFound:
    """How closely an answer cites its case's sources; None where the suite does not say.

    `recall` is the share of the expected quotes that are cited.
    """

    report: bool | None
    page: bool | None
    quote: bool | None
    recall: Decimal | None


def cited(answer: Answer) -> tuple[Source, ...]:
    """All places that an answer names: those of its values, then its citations."""
    of_values = (source for value in answer.values for source in value.sources)
    return (*of_values, *answer.citations)


def source_found(expected: Sequence[Quote], places: Iterable[Source]) -> SourceFound:
    """Compare cited places with the expected ones; one that fits is enough."""
    found = tuple(places)
    if not expected:
        return SourceFound(None, None, None, None)
    paged = [quote for quote in expected if quote.page is not None]
    quoted = [any(is_quoted(quote, place) for place in found) for quote in expected]
    return SourceFound(
        report=any(_same_report(quote, place) for quote in expected for place in found),
        page=any(_same_page(quote, place) for quote in paged for place in found) if paged else None,
        quote=any(quoted),
        recall=Decimal(sum(quoted)) / len(quoted),
    )


def cite_miss(case: Case, answer: Answer) -> str | None:
    """Why the answer's citations do not do, where the case asks for them; None where they do."""
    if case.cite is None:
        return None
    found = source_found(case.source, cited(answer))
    wanted = {"report": found.report, "page": found.page, "quote": found.quote}[case.cite]
    words = {"report": "应引的报告", "page": "应引的页", "quote": "应引的原文"}[case.cite]
    return None if wanted else f"没有引出{words}"


def is_quoted(expected: Quote, place: Source) -> bool:
    """True when the two quotes are of one report and one stands in the other, or most of it."""
    if not _same_report(expected, place):
        return False
    return same_words(expected.quote, place.quote)


def same_words(left: str, right: str) -> bool:
    """True when one text stands in the other, or the most of the shorter one in one piece."""
    a, b = sorted((compact(left), compact(right)), key=len)
    if len(a) < _SHORTEST:
        return a == b
    if a in b:
        return True
    match = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    return match.size >= _SHARED * len(a) and match.size > 2 * _SHORTEST


def _same_report(expected: Quote, place: Source) -> bool:
    return PurePath(expected.file).stem == PurePath(place.report).stem


def _same_page(expected: Quote, place: Source) -> bool:
    return _same_report(expected, place) and place.page == expected.page
