"""Cases asked one at a time from the loop of another tool, such as pytest or Inspect."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from eval.ground import Ground, Opened, answering, loading, reports_used
from eval.runner import Outcome, Session
from eval.suites.suite import Case, Suite
from ingest.settings import Settings, load_settings
from qa.engine import Conversation


def ground_of(
    reports: tuple[Path, ...],
    *,
    memory: bool = False,
    model: str = "",
    settings: Settings | None = None,
) -> Ground:
    """What is asked: the reports of some files and folders, or the library where none is named.

    Args:
        reports: files and folders; empty for the library of the settings.
        memory: the reports are only read into memory, nothing is stored or searched.
        model: name of a language model beside the rules; "" for none, whatever is configured.
        settings: those at hand when None.

    Raises:
        SettingsError: the settings at hand cannot be used.
    """
    return Ground(
        replace(settings or load_settings(), model=model), reports, memory and bool(reports)
    )


@dataclass
class Host:
    """Opens its reports at the first question and keeps them open until it is closed."""

    ground: Ground
    _opened: Opened | None = field(default=None, init=False)
    _holding: ExitStack = field(default_factory=ExitStack, init=False)

    def ask(self, suite: Suite, case: Case) -> Outcome:
        """Ask one case and judge the answer; the questions that it follows are put before it.

        Raises:
            NoReportsError: there is nothing to ask.
            ModelConfigError: the model cannot be had.
        """
        session = Session(self._open().asker, Conversation)
        return session.run(suite.cases, {case.id})[0]

    def _open(self) -> Opened:
        if self._opened is None:
            reports_used(self.ground)
            loaded = self._holding.enter_context(loading(self.ground))
            self._opened = self._holding.enter_context(answering(self.ground, loaded))
        return self._opened

    def close(self) -> None:
        """Let go of the reports."""
        self._opened = None
        self._holding.close()
