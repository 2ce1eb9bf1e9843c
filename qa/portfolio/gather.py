"""Asks every report that a portfolio is about, and says which ones are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from ingest.model import Document, Part, ReportKind
from qa.figures.evidence import Evidence
from qa.model import PartKey, PartRef
from qa.portfolio import digest as digest
from qa.portfolio.amounts import amount_of, excess_of
from qa.portfolio.budgets import amounts
from qa.portfolio.digest import Gave
from qa.portfolio.facts import of_metric
from qa.portfolio.known import Known
from qa.portfolio.model import Asked, Covered, Lacking, Member, Metric, Over, Portfolio
from qa.portfolio.ranking import portfolio
from qa.portfolio.same_names import same_names
from qa.portfolio.whole import PROJECT_KINDS, UNIT_KINDS, leftover

Progress = Callable[[int, int], None]
"""Called with how many reports were asked, and how many there are."""


_AT_ONCE = 48  # parts whose documents are held at a time
# Metrics that every report is asked for when it is loaded; grades take longer and are asked later.
_USUAL = (
    Metric.EXECUTION,
    Metric.ADJUSTMENT,
    Metric.ADJUSTMENT_RATE,
    Metric.SCORE,
    Metric.SCORE_RATE,
    Metric.AMOUNT,
)


def no_progress(_done: int, _total: int) -> None:
    """The progress of those who do not want any."""


def gather(
    asked: Asked,
    evidence: Evidence,
    parts: Sequence[PartRef],
    threshold: float,
    progress: Progress = no_progress,
) -> Portfolio:
    """The portfolio over the parts in question.

    Args:
        asked: the question.
        evidence: where the documents come from.
        parts: of the library, those that the reader did not rule out.
        threshold: how much of the words of an amount must stand with a figure.
        progress: told of the reports asked.
    """
    dated = [part for part in parts if not asked.years or part.year in asked.years]
    wanted = [part for part in dated if is_about(asked, part)]
    given = _given(asked, evidence, wanted, threshold, progress)
    members = [
        Member(part, (), found) if isinstance(found, Lacking) else Member(part, found)
        for part in wanted
        for found in [given[part.key]]
    ]
    reports = {part.report for part in dated}
    outside = reports - {part.report for part in wanted}
    covered = Covered(len(reports), 0, len(outside))
    return portfolio(asked, members, covered, same_names(asked, evidence, wanted))


def _given(
    asked: Asked,
    evidence: Evidence,
    wanted: Sequence[PartRef],
    threshold: float,
    progress: Progress,
) -> dict[PartKey, Gave]:
    """What each part gives: as it is kept, else asked of its report, and kept."""
    name, mark = digest.name_of(asked), f"{digest.version()}:{threshold}"
    library = evidence.library
    by_report: dict[int, list[PartRef]] = defaultdict(list)
    for part in wanted:
        by_report[part.report].append(part)
    keeper = library if isinstance(library, digest.Keeping) else None
    kept = keeper.digests(name, mark, by_report) if keeper else {}
    given: dict[PartKey, Gave] = {}
    fresh: dict[int, str] = {}
    for done, (report, own) in enumerate(by_report.items(), 1):
        found = digest.read(kept[report]) if report in kept else {}
        if any(part.part not in found for part in own):
            found |= {part.part: _ask(asked, evidence, part, threshold) for part in own}
            fresh[report] = digest.written(found)
        given |= {part.key: found[part.part] for part in own}
        progress(done, len(by_report))
    if fresh and keeper:
        keeper.keep_digests(name, mark, fresh)
    return given


def prepare(
    evidence: Evidence,
    reports: Collection[int],
    threshold: float,
    progress: Progress = no_progress,
) -> None:
    """Have what some reports give kept, so that the first ranking over all need not open them."""
    parts = [part for part in evidence.parts if part.report in reports]
    for start in range(0, len(parts), _AT_ONCE):
        some = parts[start : start + _AT_ONCE]
        for over in Over:
            for metric in _USUAL:
                asked = Asked(metric, over)
                _given(asked, evidence, _about(asked, some), threshold, no_progress)
        progress(min(start + _AT_ONCE, len(parts)), len(parts))


def _about(asked: Asked, parts: Sequence[PartRef]) -> list[PartRef]:
    return [part for part in parts if is_about(asked, part) and (asked.words or _needs_none(asked))]


def _needs_none(asked: Asked) -> bool:
    return asked.metric is not Metric.AMOUNT or asked.over is Over.PROJECTS


def is_about(asked: Asked, part: PartRef) -> bool:
    """Whether a part of a report is one of the units or projects that are compared."""
    kind = ReportKind(part.kind)
    if asked.over is Over.PROJECTS:
        return kind in PROJECT_KINDS and bool(leftover(part.project))
    return kind in UNIT_KINDS and not part.project


def only_projects(asked: Asked, parts: Iterable[PartRef]) -> bool:
    """Whether the parts of the years asked for are all reports on projects."""
    wanted = [part for part in parts if not asked.years or part.year in asked.years]
    return all(ReportKind(part.kind) in PROJECT_KINDS for part in wanted)


def population(asked: Asked, parts: Iterable[PartRef]) -> int:
    """How many units or projects a question is about."""
    wanted = (part for part in parts if not asked.years or part.year in asked.years)
    names = {
        part.project if asked.over is Over.PROJECTS else part.entity
        for part in wanted
        if is_about(asked, part)
    }
    return len(names)


def _ask(asked: Asked, evidence: Evidence, ref: PartRef, threshold: float) -> Gave:
    if asked.metric is Metric.EXCESS:
        return excess_of(evidence, ref, asked.words, threshold)
    if asked.metric is Metric.AMOUNT and asked.words:
        return amount_of(evidence, ref, asked.words, threshold)
    document = evidence.document(ref.report)
    known = Known.of(ref.report, document, _part(document, ref))
    if asked.metric is Metric.AMOUNT:
        return amounts(known, budget=asked.scope == "预算")
    return of_metric(known, asked.metric)


def _part(document: Document, ref: PartRef) -> Part:
    return next(part for part in document.parts if part.no == ref.part)
