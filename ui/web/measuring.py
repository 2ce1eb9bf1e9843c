"""Evaluation as the page does it: suites chosen, a run begun and watched, its cases opened, compared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from urllib.parse import urlencode

from markupsafe import Markup

from eval.judging import Judged, Run
from eval.reports.collected import collect
from eval.reports.words import Language
from eval.reports.writing import Format, report_text
from eval.runlog import LOG, Options
from eval.tally import Summary, tally
from index.library import Library
from ingest.settings import Settings
from qa.engine import Engine
from ui.errors import RequestError
from ui.texts import language, t
from ui.web.eval_case import case_html, no_case
from ui.web.eval_html import diff_html, eval_welcome, job_html, listed_name, run_html
from ui.web.evaluations import Evaluations
from ui.web.journal import Journal
from ui.web.kept import Kept
from ui.web.library_view import notice

EVAL_FILES: dict[str, Format] = {"html": "html", "json": "json", "xml": "junit", "md": "md"}


class Measuring:
    """The part of `ui.web.services.Services` that evaluates."""

    library: Library
    settings: Settings
    engine: Engine
    journal: Journal
    evaluations: Evaluations
    root: str
    _summaries: Kept[Summary]

    def eval_suites(self) -> list[str]:
        """The names of the suites there are."""
        return list(self.evaluations.suites())

    def eval_runs(self) -> list[tuple[str, str]]:
        """The kept runs, the latest first: how they are listed, and their names."""
        return [
            (listed_name(each.run, each.started, [s.name for s in each.suites]), each.run)
            for each in self.evaluations.kept()
        ]

    def take_suite(self, owner: str, path: Path) -> str:
        """Keep an uploaded suite; returns what is wrong with it, "" where nothing is."""
        try:
            name = self.evaluations.take(path)
        except RequestError as error:
            return str(error)
        self.journal.note(owner, "suite", name)
        return ""

    def start_eval(
        self, owner: str, suites: Sequence[str], spoken: str, *, wordings: bool, model: bool
    ) -> str:
        """Begin a run over the library; returns what prevents it."""
        name = self.settings.model if model else ""
        try:
            options = Options(paraphrases=wordings, model=name)
            self.evaluations.start(suites, options, spoken)
        except RequestError as error:
            return str(error)
        self.journal.note(owner, "evaluate", "、".join(suites))
        return ""

    def resume_eval(self, owner: str, name: str, spoken: str) -> str:
        """Go on with a run that was stopped; returns what prevents it."""
        try:
            self.evaluations.resume(name, spoken)
        except RequestError as error:
            return str(error)
        self.journal.note(owner, "evaluate", name)
        return ""

    def eval_job_html(self, trouble: str = "") -> Markup:
        """The run under way."""
        return notice(trouble) + job_html(self.evaluations.job)

    def eval_html(
        self, name: str, before: str, verdicts: Collection[str], *, edits: bool
    ) -> Markup:
        """A kept run, after what differs from an earlier one where that was chosen."""
        if not name:
            return eval_welcome(len(self.eval_suites()))
        try:
            run = self.evaluations.open(name)
            diff = self.evaluations.compare(before, name) if before and before != name else None
        except RequestError as error:
            return notice(str(error))
        job = self.evaluations.job
        running = job.running and job.run == name
        files = self._eval_files(name, before if diff is not None else "")
        shown = run_html(run, self._summary(run), verdicts, files, edits=edits, running=running)
        return (diff_html(diff) if diff is not None else Markup("")) + shown

    def _eval_files(self, name: str, before: str) -> Callable[[str], str]:
        query = urlencode({"run": name, "before": before, "language": language()})
        return lambda ending: f"{self.root}/export/evaluation.{ending}?{query}"

    def _summary(self, run: Run) -> Summary:
        """A run counted, anew where it has grown or was scored again."""
        states = [
            (path.stat().st_mtime_ns, path.stat().st_size)
            for path in (run.folder / LOG, run.folder / "scores.jsonl")
            if path.is_file()
        ]
        return self._summaries.get((run.header.run, states), lambda: tally(run.judged()))

    def eval_case(self, name: str, before: str, ref: str) -> Markup:
        """The case ``repeat/id`` of a run, or of the one that it is compared with."""
        for each in filter(None, (name, before)):
            try:
                found = _find(self.evaluations.open(each), ref)
            except RequestError:
                continue
            if found is not None:
                case = found.outcome.case
                plan = self.engine.plan(case.question) if case.followup_of is None else None
                numbers = {info.name: info.id for info in self.library.reports()}
                return case_html(found, plan, numbers)
        return no_case()

    def eval_file(self, name: str, before: str, ending: str, spoken: str) -> bytes:
        """A kept run as a file, held against an earlier one where that is named.

        Raises:
            RequestError: there is no such run, or no such kind of file.
        """
        if ending not in EVAL_FILES:
            raise RequestError(t("没有这次评测。"))
        baseline = self.evaluations.open(before) if before else None
        found = collect(self.evaluations.open(name), baseline)
        words: Language = "en" if spoken == "en" else "zh"
        return report_text(found, EVAL_FILES[ending], words).encode()


def _find(run: Run, ref: str) -> Judged | None:
    repeat, _, case = ref.partition("/")
    return next(
        (j for j in run.judged() if j.entry.case == case and str(j.entry.repeat) == repeat), None
    )
