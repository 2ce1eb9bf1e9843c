"""What the commands of `gouji eval` share: where runs are kept, and what may be wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from ingest.settings import Settings
from ui.errors import RequestError
from ui.texts import plain

F = TypeVar("F", bound=Callable[..., Any])


def runs_option(command: F) -> F:
    """The option that says where runs are kept."""
    return click.option(
        "--out",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="评测记录所在的文件夹；缺省为资料库文件夹里的 evaluations",
    )(command)


def runs_folder(settings: Settings, out: Path | None) -> Path:
    """Where runs are kept."""
    from eval.runs import FOLDER

    return out or settings.data_dir / FOLDER


@contextmanager
def known_trouble() -> Iterator[None]:
    """What is wrong with a suite goes to stderr, a line each; other known errors are one line.

    Either ends the command with exit code 2.
    """
    from eval.asking import WorkerError
    from eval.library import NoReportsError
    from eval.runlog import RunLogError
    from eval.selection import NoSuchCaseError
    from eval.suites.suite import SuiteError

    try:
        yield
    except SuiteError as error:
        for line in str(error).splitlines():
            click.echo(plain(line), err=True)
        raise click.exceptions.Exit(2) from error
    except (NoReportsError, NoSuchCaseError, RunLogError, WorkerError) as error:
        raise RequestError(str(error)) from error
