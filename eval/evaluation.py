"""A run from its first question to its last: begun, told as it goes, stopped, taken up again.

Nothing is printed here; who shows a run hears of it through `Listener`.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from eval.asking import Task, ask_here, ask_in_processes
from eval.bench.measure import PACKAGES
from eval.ground import Ground, answering, data_sum, loading, placed, reports_used, settings_sum
from eval.judging import Run, judge_entry, keep_scores, open_run
from eval.library import NoReportsError, reports_for
from eval.runlog import (
    Entry,
    Header,
    Key,
    Options,
    ReportUsed,
    RunLogError,
    appending,
    begin,
    read_header,
)
from eval.runner import Outcome
from eval.runs import changed, keep_suites, kept_suites, named, new_name, used
from eval.selection import Chain, NoSuchCaseError, chains, wanted, with_wordings
from eval.suites.suite import Case, Suite, load_suites
from ingest.settings import Settings

AT_HAND = ("auto",)


@dataclass(frozen=True, slots=True)
class Loading:
    """Reports are being loaded, or have been: then `seconds` says how long it took."""

    reports: int
    seconds: float | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `last` is the answer that just came; None for those of before a stop."""

    done: int
    total: int
    right: int = 0
    wrong: int = 0
    abstained: int = 0
    unscored: int = 0
    last: Outcome | None = field(default=None, repr=False)

    def after(self, outcome: Outcome, *, told: bool = True) -> Progress:
        """The progress with one more answer."""
        name = outcome.score.verdict.value
        count = {name: getattr(self, name) + 1}
        return replace(self, done=self.done + 1, last=outcome if told else None, **count)

    @property
    def whole(self) -> bool:
        return self.done == self.total


Listener = Callable[[Loading | Progress], None]


def silent(_event: Loading | Progress) -> None:
    """Hears nothing."""


def never() -> bool:
    """Does not stop."""
    return False


@dataclass(frozen=True, slots=True)
class Part:
    """Cases that are asked on one ground."""

    ground: Ground
    chains: tuple[Chain, ...]


def prepare(
    suites: Sequence[Path], options: Options, settings: Settings, runs: Path, name: str = ""
) -> Path:
    """Begin a run: read the suites, find the reports, write the header. Nothing is asked yet.

    Args:
        suites: files.
        options: what is asked of what, and how often.
        settings: those at hand; `options` goes before them.
        runs: folder that the run's folder is made in.
        name: of the run; one made of the time when empty.

    Returns:
        the run's folder, for `carry_out`.

    Raises:
        SuiteError: a suite cannot be read.
        NoSuchCaseError: there is no such case.
        NoReportsError: there is nothing to ask.
        RunLogError: there is a run of that name.
    """
    read = load_suites(suites)
    parts = _parts(read, options, settings)
    asks = options.repeat * sum(len(chain.wanted) for part in parts for chain in part.chains)
    if not asks:
        raise NoSuchCaseError("没有符合条件的题目")
    started = datetime.now(UTC)
    name = name or new_name(started)
    header = _header(name, started, read, parts, options, asks)
    begin(runs / name, header)
    keep_suites(runs / name, header.suites)
    return runs / name


def _header(
    name: str,
    started: datetime,
    suites: Sequence[Suite],
    parts: Sequence[Part],
    options: Options,
    asks: int,
) -> Header:
    reports = _reports(parts)
    return Header(
        run=name,
        started=started.isoformat(timespec="seconds"),
        settings=settings_sum(parts[0].ground.settings),
        data=data_sum(reports),
        versions=versions(),
        reports=reports,
        suites=used(suites),
        options=options,
        asks=asks,
    )


def versions() -> dict[str, str]:
    """The versions of this program and of the packages that its answers depend on."""
    found = {}
    for name in ("gouji", *PACKAGES):
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "-"
    return found


def _reports(parts: Iterable[Part]) -> tuple[ReportUsed, ...]:
    found = {report for part in parts for report in reports_used(part.ground)}
    return tuple(sorted(found, key=lambda report: (report.name, report.sha256)))


def _parts(suites: Sequence[Suite], options: Options, settings: Settings) -> list[Part]:
    """The cases to ask, those over the same reports together."""
    chosen = {case.id for case in wanted(_every(suites, options), options)}
    found: dict[Ground, list[Chain]] = {}
    for name, suite in named(suites).items():
        mine = chains(name, with_wordings(suite.cases, options), chosen)
        if mine:
            found.setdefault(_ground(suite, options, settings), []).extend(mine)
    return [Part(ground, tuple(mine)) for ground, mine in found.items()]


def _every(suites: Iterable[Suite], options: Options) -> Iterator[Case]:
    for suite in suites:
        yield from with_wordings(suite.cases, options)


def _ground(suite: Suite, options: Options, settings: Settings) -> Ground:
    folders = tuple(map(Path, options.reports))
    if options.reports == AT_HAND:
        folders = reports_for(suite)
        if not folders:
            raise NoReportsError(f"{suite.name} 所引的报告不在本机，请用 --reports 指明文件夹")
    if options.memory and not folders:
        raise NoReportsError("--memory 须与 --reports 一起用")
    asked = replace(settings, model=options.model)
    if options.data:
        asked = replace(asked, data_dir=Path(options.data))
    if options.k is not None:
        asked = replace(asked, search_passages=options.k)
    return Ground(asked, folders, options.memory, options.k)


def check_unchanged(folder: Path, settings: Settings) -> None:
    """Refuse to take up a run whose answers would not be of one piece.

    Raises:
        RunLogError: suites, reports, settings or versions are other than when it began.
    """
    header = read_header(folder)
    parts = _parts(kept_suites(folder, header.suites), header.options, settings)
    differs = {
        "题库": bool(changed(header.suites)),
        "报告": data_sum(_reports(parts)) != header.data,
        "设置": settings_sum(parts[0].ground.settings) != header.settings,
        "程序或程序库的版本": versions() != header.versions,
    }
    other = "、".join(name for name, differing in differs.items() if differing)
    if other:
        raise RunLogError(f"评测 {header.run} 开始后，{other}已改变，不能接着做；请另做一次评测")


def carry_out(
    folder: Path,
    settings: Settings,
    *,
    workers: int = 1,
    limit: float | None = None,
    listener: Listener = silent,
    stopped: Callable[[], bool] = never,
) -> Progress:
    """Ask what a run has not asked yet, and keep the verdicts once it is whole.

    Args:
        folder: of a run that was prepared, or stopped in the middle.
        settings: as for `prepare`.
        workers: processes that ask; with 1 and no limit this process asks itself.
        limit: seconds that a question may take, follow-ups together; None: as many as it wants.
        listener: told of loading and of each answer.
        stopped: asked between two answers; when it says True the run ends there, to be taken up.

    Raises:
        RunLogError: the log is damaged, or another process is at work on it.
        NoReportsError: there is nothing to ask.
        ModelConfigError: the model of the settings cannot be had.
    """
    run = open_run(folder)
    options = run.header.options
    parts = _parts(kept_suites(folder, run.header.suites), options, settings)
    with appending(folder) as log:
        progress, done = _before(run)
        listener(progress)
        for part in parts:
            tasks = list(_tasks(part, options, done))
            if not tasks or stopped():
                continue
            for entry in _asked(part.ground, tasks, workers, limit, listener, stopped):
                log.add(entry)
                progress = progress.after(judge_entry(run.cases[entry.case], entry))
                listener(progress)
    if progress.whole:
        keep_scores(run)
    return progress


def _before(run: Run) -> tuple[Progress, set[Key]]:
    """What was done before a stop."""
    progress, done = Progress(0, run.header.asks), set()
    for judged in run.judged():
        progress = progress.after(judged.outcome, told=False)
        done.add(judged.entry.key)
    return progress, done


def _tasks(part: Part, options: Options, done: set[Key]) -> Iterator[Task]:
    for repeat in range(1, options.repeat + 1):
        for chain in part.chains:
            left = frozenset(case for case in chain.wanted if (case, repeat) not in done)
            if left:
                yield Task(replace(chain, wanted=left), repeat, options.price)


def _asked(
    ground: Ground,
    tasks: Sequence[Task],
    workers: int,
    limit: float | None,
    listener: Listener,
    stopped: Callable[[], bool],
) -> Iterator[Entry]:
    with loading(ground) as loaded:
        listener(Loading(len(loaded.reports), loaded.seconds, loaded.problems))
        if workers > 1 or limit is not None:
            yield from ask_in_processes(placed(ground, loaded), tasks, workers, stopped, limit)
            return
        with answering(ground, loaded) as opened:
            yield from ask_here(opened, tasks, stopped)
