"""A run read back: each answer of its log with its case and verdict, one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.paraphrase import wordings
from eval.runlog import Entry, Header, Key, entries, read_header
from eval.runner import Outcome, judge, unscored
from eval.runs import Scored, kept_suites, read_scores, scoring, used
from eval.score import Verdict
from eval.suites.suite import Case, Suite, load_suites


@dataclass(frozen=True, slots=True)
class Judged:
    """One line of a log with what was made of it."""

    entry: Entry
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Run:
    """A run with the cases that it asked.

    `scored` are the verdicts that it was given; an answer without one is judged when it is read.
    """

    folder: Path
    header: Header
    cases: Mapping[str, Case]
    scored: Mapping[Key, Scored]

    def judged(self) -> Iterator[Judged]:
        """Every answer with its verdict, in the order of the log."""
        for entry in entries(self.folder):
            yield Judged(entry, self._outcome(entry))

    def _outcome(self, entry: Entry) -> Outcome:
        found = judge_entry(self.cases[entry.case], entry)
        kept = self.scored.get(entry.key)
        if kept is None:
            return found
        return Outcome(found.case, found.answer, kept.score, kept.stated, found.seconds)


def judge_entry(case: Case, entry: Entry) -> Outcome:
    """The verdict on a line of a log by the present scorers; unscored where there is no answer."""
    if entry.answer is None:
        return unscored(case, entry.error)
    return judge(case, entry.answer, entry.seconds)


def by_id(suites: Iterable[Suite]) -> dict[str, Case]:
    """The cases of suites and their other wordings."""
    return {case.id: case for suite in suites for case in (*suite.cases, *wordings(suite.cases))}


def open_run(folder: Path) -> Run:
    """A run with the verdicts that it was given last.

    Raises:
        RunLogError: the folder holds no run.
        SuiteError: its copies of the suites cannot be read.
    """
    header, scores = read_header(folder), read_scores(folder)
    cases = by_id(kept_suites(folder, header.suites))
    if scores and scores.suites != header.suites:
        cases |= by_id(kept_suites(folder, scores.suites))
    return Run(folder, header, cases, scores.by_key if scores else {})


@dataclass(frozen=True, slots=True)
class Moved:
    """An answer whose verdict is another one than before."""

    case: str
    repeat: int
    before: Verdict
    after: Verdict
    reason: str


def score_run(folder: Path, suites: Sequence[Path] = ()) -> tuple[Moved, ...]:
    """Judge the answers of a run anew, without asking again, and keep the verdicts.

    Args:
        folder: of the run.
        suites: files to judge by; those that the run was asked from, as they are now, when empty.

    Returns:
        the verdicts that changed; a case that the suites no longer have is unscored.

    Raises:
        RunLogError: the folder holds no run.
        SuiteError: a suite cannot be read.
    """
    run = open_run(folder)
    paths = suites or [Path(suite.path) for suite in run.header.suites]
    read = load_suites(paths)
    cases, moved = by_id(read), []
    with scoring(folder, used(read)) as keep:
        for entry in entries(folder):
            outcome = _by_present(run, cases, entry)
            keep.add(outcome, entry.repeat)
            kept = run.scored.get(entry.key)
            before = kept.score.verdict if kept else outcome.score.verdict
            if before is not outcome.score.verdict:
                after = outcome.score
                moved.append(Moved(entry.case, entry.repeat, before, after.verdict, after.reason))
    return tuple(moved)


def _by_present(run: Run, cases: Mapping[str, Case], entry: Entry) -> Outcome:
    case = cases.get(entry.case)
    if case is None:
        return unscored(run.cases[entry.case], "题库中已没有这道题")
    return judge_entry(case, entry)


def keep_scores(run: Run) -> None:
    """Keep the verdicts of a run that has just been asked, found by its own suites."""
    with scoring(run.folder, run.header.suites) as keep:
        for judged in run.judged():
            keep.add(judged.outcome, judged.entry.repeat)
