"""What a report shows of a run, gathered while its answers pass by one at a time.

Right answers leave their counts, their time and how sure they were; the others are kept whole, up
to a limit, the worst first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from eval.judging import Judged, Run
from eval.report import Totals
from eval.rundiff import Diff, compare
from eval.runlog import Header
from eval.score import Verdict
from eval.scorers.risk import area
from eval.tally import Summary, Tally

DETAILS = 500  # answers that were not right and are shown whole


@dataclass(frozen=True, slots=True)
class Collected:
    """A run as its reports show it.

    Attributes:
        run: to read its answers once more.
        done: answers that are there, of `header.asks`.
        summary: counts, by type and kind.
        tags: counts by tag of the suites.
        suites: counts by suite, with the seconds that its answers took together.
        area: under the curve of risk over coverage, 0 where nothing was answered.
        seconds: the times to an answer, in order of size.
        failed: answers that are not right, the worst first.
        left_out: how many more of those there are.
        diff: against the baseline, where one is given.
    """

    run: Run
    done: int
    summary: Summary
    tags: Mapping[str, Totals]
    suites: Mapping[str, tuple[Totals, Decimal]]
    area: Decimal
    seconds: tuple[float, ...]
    failed: tuple[Judged, ...]
    left_out: int
    diff: Diff | None = None

    @property
    def header(self) -> Header:
        """What the run is of."""
        return self.run.header

    def of(self, verdict: Verdict) -> tuple[Judged, ...]:
        """The failed answers with one verdict."""
        return tuple(each for each in self.failed if each.outcome.score.verdict is verdict)


def collect(run: Run, baseline: Run | None = None, details: int = DETAILS) -> Collected:
    """Read a run once (twice with a baseline, whose answers are held against its own)."""
    gathered = _Gathered(details)
    for judged in run.judged():
        gathered.add(judged)
    failed = tuple(gathered.worst_first())
    summary = gathered.tally.summary()
    every = summary.everything
    return Collected(
        run=run,
        done=every.cases,
        summary=summary,
        tags=dict(sorted(gathered.tags.items())),
        suites=gathered.suites,
        area=area(summary.risk),
        seconds=tuple(sorted(gathered.tally.seconds)),
        failed=failed,
        left_out=every.cases - every.right - len(failed),
        diff=compare(baseline, run) if baseline is not None else None,
    )


@dataclass
class _Gathered:
    details: int
    tally: Tally = field(default_factory=Tally)
    tags: dict[str, Totals] = field(default_factory=dict)
    suites: dict[str, tuple[Totals, Decimal]] = field(default_factory=dict)
    failed: dict[int, list[Judged]] = field(default_factory=dict)

    def add(self, judged: Judged) -> None:
        outcome = judged.outcome
        self.tally.add(judged)
        totals, seconds = self.suites.get(judged.entry.suite, (Totals(), Decimal(0)))
        more = Decimal(str(judged.entry.seconds or 0))
        self.suites[judged.entry.suite] = totals.plus(outcome), seconds + more
        for tag in outcome.case.tags:
            self.tags[tag] = self.tags.get(tag, Totals()).plus(outcome)
        if outcome.score.verdict is not Verdict.RIGHT:
            alike = self.failed.setdefault(_badness(judged), [])
            if len(alike) < self.details:
                alike.append(judged)

    def worst_first(self) -> Iterator[Judged]:
        left = self.details
        for badness in sorted(self.failed):
            yield from self.failed[badness][:left]
            left -= min(left, len(self.failed[badness]))


def _badness(judged: Judged) -> int:
    """0 is the worst: wrong, and shown as checked."""
    score = judged.outcome.score
    if score.verdict is Verdict.WRONG:
        return 0 if score.checked_wrong else 1 if score.stated_wrong else 2
    return 3 if score.verdict is Verdict.UNSCORED else 4
