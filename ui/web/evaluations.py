"""Runs of suites as the page handles them: which suites there are, the one run under way, the kept ones.

A run belongs to the library, not to a reader: whoever looks sees the same.
"""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.evaluation import Loading, Progress, carry_out, check_unchanged, prepare
from eval.feedback import kept, suite_text
from eval.judging import Run, open_run
from eval.library import NoReportsError
from eval.rundiff import Diff, compare
from eval.runlog import Header, Options, RunLogError
from eval.runs import FOLDER, list_runs
from eval.selection import NoSuchCaseError
from eval.suites.suite import SuiteError, load_suite
from ingest.settings import Settings
from ui.errors import RequestError, known_errors, one_line
from ui.texts import set_language, t

log = logging.getLogger(__name__)

SUITES = "suites"
FEEDBACK_SUITE = "feedback.yaml"
ENDINGS = (".yaml", ".yml", ".jsonl")
_LARGEST = 4 * 1024 * 1024  # bytes of a suite
_TOLD = 8  # faults of a suite file that are told
# In processes of their own, so that nobody waits for them who asks a question.
_WORKERS = 2
_LIMIT = 600.0  # seconds a question
_Place = Callable[[], Path]
_FAULTS = (SuiteError, NoSuchCaseError, NoReportsError, RunLogError)


@dataclass(frozen=True, slots=True)
class Job:
    """The run that is under way, or was last.

    `problem` is why it ended early; `stopping` while the last questions come to their end.
    """

    run: str = ""
    suites: tuple[str, ...] = ()
    running: bool = False
    stopping: bool = False
    progress: Progress | None = None
    loaded: Loading | None = None
    problem: str = ""


class Evaluations:
    """The suites and runs of a library; one run at a time."""

    def __init__(self, settings: Settings, feedback: Path) -> None:
        self._settings = settings
        self._feedback = feedback
        self._own = settings.data_dir / SUITES
        self.runs = settings.data_dir / FOLDER
        self._job = Job()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._guard = threading.Lock()

    # Suites

    def suites(self) -> Mapping[str, Path]:
        """Suite files by name: those of the configured folder, uploaded ones, readers' feedback."""
        self._keep_feedback()
        places = [Path(self._settings.suites)] if self._settings.suites else []
        found: dict[str, Path] = {}
        for place in (*places, self._own):
            files = sorted(place.iterdir()) if place.is_dir() else []
            found.update({p.name: p for p in files if p.suffix.lower() in ENDINGS and p.is_file()})
        return found

    def _keep_feedback(self) -> None:
        """What readers said of answers, as a suite."""
        text = suite_text(kept(self._feedback))
        place = self._own / FEEDBACK_SUITE
        if text and (not place.is_file() or place.read_text(encoding="utf-8") != text):
            self._own.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")

    def take(self, path: Path) -> str:
        """Keep an uploaded suite; gives its name.

        Raises:
            RequestError: it is no suite; the message has what is wrong with it.
        """
        if path.suffix.lower() not in ENDINGS:
            raise RequestError(t("题库应为 YAML 或 JSONL 文件。"))
        if path.stat().st_size > _LARGEST:
            raise RequestError(t("题库不能超过 {n} MB", n=_LARGEST // 1024 // 1024))
        if path.name == FEEDBACK_SUITE:
            raise RequestError(t("{name} 由读者反馈生成，请换一个文件名。", name=path.name))
        try:
            load_suite(path)
        except SuiteError as error:
            raise RequestError(_faults(error, path)) from error
        self._own.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, self._own / path.name)
        return path.name

    # The run under way

    @property
    def job(self) -> Job:
        """How far the run under way is, or how the last one ended."""
        return self._job

    def start(self, names: Sequence[str], options: Options, language: str) -> None:
        """Begin a run of suites over the library.

        Raises:
            RequestError: nothing was chosen, or a run is under way.
        """
        known = self.suites()
        paths = [known[name] for name in names if name in known]
        if not paths:
            raise RequestError(t("请至少选一个题库。"))
        asked = replace(options, data=str(self._settings.data_dir))
        job = Job(suites=tuple(path.name for path in paths), running=True)
        self._begin(job, lambda: prepare(paths, asked, self._settings, self.runs), language)

    def resume(self, name: str, language: str) -> None:
        """Go on with a run that was stopped.

        Raises:
            RequestError: there is none of that name, or another run is under way.
        """
        folder, header = self._known(name)

        def place() -> Path:
            check_unchanged(folder, self._settings)
            return folder

        suites = tuple(suite.name for suite in header.suites)
        job = Job(run=header.run, suites=suites, running=True)
        self._begin(job, place, language)

    def _begin(self, job: Job, place: _Place, language: str) -> None:
        with self._guard:
            if self._job.running:
                raise RequestError(t("已有一次评测在进行，请等它结束或停止它。"))
            self._job = job
            self._stop.clear()
            self._thread = threading.Thread(
                target=self._work, args=(place, language), daemon=True, name="evaluation"
            )
            self._thread.start()

    def _work(self, place: _Place, language: str) -> None:
        set_language(language)
        try:
            folder = place()
            self._change(run=folder.name)
            carry_out(
                folder,
                self._settings,
                workers=_WORKERS,
                limit=_LIMIT,
                listener=self._hear,
                stopped=self._stop.is_set,
            )
        except _FAULTS as error:
            self._change(problem="；".join(str(error).splitlines()[:_TOLD]))
        except known_errors() as error:
            self._change(problem=one_line(error))
        except Exception:
            log.exception("an evaluation failed")
            self._change(problem=t("程序出错；详情已记入日志。"))
        finally:
            self._change(running=False, stopping=False)

    def _hear(self, event: Loading | Progress) -> None:
        if isinstance(event, Loading):
            self._change(loaded=event)
        else:
            self._change(progress=replace(event, last=None))

    def _change(self, **changed: object) -> None:
        with self._guard:
            self._job = replace(self._job, **changed)  # type: ignore[arg-type]

    def stop(self, seconds: float = 0) -> None:
        """Have the run end after the questions under way; wait for that so long at most."""
        self._stop.set()
        if self._job.running:
            self._change(stopping=True)
        if self._thread is not None and seconds:
            self._thread.join(seconds)

    # Kept runs

    def kept(self) -> list[Header]:
        """The runs of the library, the latest first."""
        return [header for _, header in reversed(list_runs(self.runs))]

    def open(self, name: str) -> Run:
        """A kept run.

        Raises:
            RequestError: there is none of that name, or it cannot be read.
        """
        folder, _ = self._known(name)
        try:
            return open_run(folder)
        except (RunLogError, SuiteError) as error:
            raise RequestError(" ".join(str(error).split())) from error

    def compare(self, before: str, after: str) -> Diff:
        """What differs between two kept runs.

        Raises:
            RequestError: one of them cannot be read.
        """
        return compare(self.open(before), self.open(after))

    def _known(self, name: str) -> tuple[Path, Header]:
        """By the whole name alone: what a browser sends is no path."""
        found = next((each for each in list_runs(self.runs) if each[1].run == name), None)
        if found is None:
            raise RequestError(t("没有这次评测。"))
        return found


def _faults(error: SuiteError, path: Path) -> str:
    lines = [line.replace(str(path), path.name) for line in str(error).splitlines()]
    more = t("……另有 {n} 处", n=len(lines) - _TOLD) if len(lines) > _TOLD else ""
    return "；".join([*lines[:_TOLD], *filter(None, (more,))])
