"""Suites as tests of pytest: ``pytest --gouji-suite FILE --gouji-reports DIR``.

pytest loads this module wherever the package is installed. Until a suite is asked for it adds its
options and does nothing else; nothing but pytest is imported for it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

ABSTAINED = ("xfail", "skip", "fail")
SUITES = pytest.StashKey[tuple[Path, ...]]()
VERDICT = "gouji_verdict"  # names a property of a report, as CHECKED_WRONG does
CHECKED_WRONG = "gouji_checked_wrong"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, and what a configuration file may say in their place."""
    group = parser.getgroup("gouji", "Gouji: suites of questions with known answers")
    group.addoption(
        "--gouji-suite", action="append", default=[], metavar="FILE",
        help="collect this suite; alone where no other tests are named",
    )  # fmt: skip
    group.addoption(
        "--gouji-reports", action="append", default=[], metavar="DIR",
        help="ask these reports (a folder or a file); the configured library by default",
    )  # fmt: skip
    group.addoption(
        "--gouji-memory", action="store_true", default=False,
        help="only read the reports into memory, without a library and its search (fast)",
    )  # fmt: skip
    group.addoption(
        "--gouji-model", default="", metavar="NAME",
        help="ask with this language model beside the rules; without one by default",
    )  # fmt: skip
    group.addoption(
        "--gouji-abstained", choices=ABSTAINED, default=None,
        help="what no answer to a question that has one counts as (xfail by default)",
    )  # fmt: skip
    parser.addini("gouji_suite", "suites to collect beside the tests", "paths", [])
    parser.addini("gouji_reports", "reports that suites ask", "paths", [])
    parser.addini("gouji_abstained", "xfail, skip or fail", "string", "xfail")


def pytest_configure(config: pytest.Config) -> None:
    """Name the suites among what is collected."""
    typed = [_absolute(config, name) for name in config.getoption("gouji_suite")]
    suites = [path.resolve() for path in (*typed, *config.getini("gouji_suite"))]
    if not suites:
        return
    mode = config.getini("gouji_abstained")
    if mode not in ABSTAINED:
        raise pytest.UsageError(f"gouji_abstained: {mode!r} is none of {', '.join(ABSTAINED)}")
    for path in suites:
        if not path.is_file():
            raise pytest.UsageError(f"--gouji-suite: no such file: {path}")
    config.stash[SUITES] = tuple(dict.fromkeys(suites))
    alone = bool(typed) and config.args_source is not pytest.Config.ArgsSource.ARGS
    named = [] if alone else config.args
    # A suite that is named itself, or some cases of it, is not asked as a whole beside that.
    there = {_absolute(config, name.partition("::")[0]).resolve() for name in named}
    config.args = [*named, *(str(path) for path in config.stash[SUITES] if path not in there)]


def _absolute(config: pytest.Config, name: str) -> Path:
    return config.invocation_params.dir / name


def reports_of(config: pytest.Config) -> tuple[Path, ...]:
    """The files and folders of the reports that are asked."""
    typed = [_absolute(config, name) for name in config.getoption("gouji_reports")]
    return tuple(typed or config.getini("gouji_reports"))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A suite as a file of tests."""
    suites = parent.config.stash.get(SUITES, ())
    if file_path.resolve() not in suites:
        return None
    from eval.pytest_items import SuiteFile

    found: pytest.Collector = SuiteFile.from_parent(parent, path=file_path)
    return found


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let go of the reports."""
    if SUITES in config.stash:
        from eval.pytest_items import close

        close(config)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A line with the verdicts, apart from what pytest makes of them."""
    if SUITES not in terminalreporter.config.stash:
        return
    counts = dict.fromkeys(("right", "wrong", "abstained", "unscored"), 0)
    checked_wrong = 0
    for reports in terminalreporter.stats.values():
        for report in reports:
            told = dict(getattr(report, "user_properties", ()))
            if getattr(report, "when", "") == "call" and told.get(VERDICT) in counts:
                counts[told[VERDICT]] += 1
                checked_wrong += CHECKED_WRONG in told
    shown = ", ".join(f"{name} {count}" for name, count in counts.items())
    marked = f" (wrong and shown as checked: {checked_wrong})" if checked_wrong else ""
    terminalreporter.write_line(f"gouji: {shown}{marked}")
