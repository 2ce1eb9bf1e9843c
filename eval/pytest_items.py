"""The cases of a suite as items of pytest; imported once a suite is collected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eval.hosted import Host, ground_of
from eval.library import NoReportsError
from eval.pytest_plugin import CHECKED_WRONG, VERDICT, reports_of
from eval.report import details
from eval.reports.gaps import gaps
from eval.reports.inert import inert
from eval.runner import Outcome
from eval.score import Verdict
from eval.suites.suite import Case, Suite, SuiteError, load_suite
from ingest.settings import SettingsError
from qa.llm.config import ModelConfigError

_HOST = pytest.StashKey[Host]()


class NotRightError(Exception):
    """A case did not come out right; the message is what a reader wants to know of it."""


_TOLD = (NotRightError, NoReportsError, ModelConfigError, SettingsError)


class SuiteFile(pytest.File):
    """A suite; what is wrong with it is told with its lines."""

    def collect(self) -> Iterator[SuiteItem]:
        """An item for each case."""
        try:
            suite = load_suite(self.path)
        except SuiteError as error:
            raise self.CollectError(str(error)) from error
        for case in suite.cases:
            item: SuiteItem = SuiteItem.from_parent(self, name=case.id, suite=suite, case=case)
            yield item


class SuiteItem(pytest.Item):
    """A case: right passes, wrong fails, abstained is as the options say.

    What could not be judged fails as well: a question that nobody answered must not pass unseen.
    """

    def __init__(self, *, suite: Suite, case: Case, **given: Any) -> None:
        super().__init__(**given)
        self.suite = suite
        self.case = case
        self.extra_keyword_matches.update((case.type, *case.tags))

    def runtest(self) -> None:
        """Ask the case and hold the answer against what is known."""
        outcome = _host(self.config).ask(self.suite, self.case)
        score = outcome.score
        self.user_properties.append((VERDICT, score.verdict.value))
        if score.checked_wrong:
            self.user_properties.append((CHECKED_WRONG, "true"))
        if score.verdict is Verdict.RIGHT:
            return
        if score.verdict is Verdict.ABSTAINED:
            _abstained(self.config, score.reason)
        raise NotRightError(shown(outcome, self.path))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The text of a case that is not right, without a stack; others as pytest shows them."""
        if isinstance(excinfo.value, _TOLD):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the case stands in its file."""
        return self.path, max(0, self.case.line - 1), self.name


def _abstained(config: pytest.Config, reason: str) -> None:
    """End the item as the options say of abstentions; go on where they are failures."""
    mode = config.getoption("gouji_abstained") or config.getini("gouji_abstained")
    why = f"abstained: {reason}"
    if mode == "xfail":
        pytest.xfail(why)
    if mode == "skip":
        pytest.skip(why)


def _host(config: pytest.Config) -> Host:
    """The reports, opened once a process."""
    if _HOST not in config.stash:
        ground = ground_of(
            reports_of(config),
            memory=config.getoption("gouji_memory"),
            model=config.getoption("gouji_model"),
        )
        config.stash[_HOST] = Host(ground)
    return config.stash[_HOST]


def close(config: pytest.Config) -> None:
    """Let go of the reports, where they were opened."""
    if _HOST in config.stash:
        config.stash[_HOST].close()


def shown(outcome: Outcome, path: Path) -> str:
    """Question, expectation, answer, difference, reason and places of a case."""
    lines = [f"{path.name}:{outcome.case.line}", details(outcome)]
    for gap in gaps(outcome):
        if not gap.met and gap.difference:
            share = f"（{gap.share}）" if gap.share else ""
            lines.append(f"差：{gap.label}{' ' if gap.label else ''}{gap.difference}{share}")
    if outcome.answer is not None:
        places = (place for value in outcome.answer.values[:3] for place in value.sources[:1])
        for place in places:
            page = f" 第 {place.page} 页" if place.page is not None else ""
            lines.append(f"据：{place.report}{page}：{place.quote}")
    return inert("\n".join(lines))
