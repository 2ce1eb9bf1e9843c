"""A library and an engine to put questions to, over a folder of reports or an existing library."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.library import Library
from ingest.settings import load_settings
from qa.engine import Engine

_ROOT = Path(__file__).resolve().parents[1]
SHARED = _ROOT.parent / "shared"
SUFFIXES = (".txt", ".md")


class NoReportsError(ValueError):
    """There is nothing to ask questions of; the message says what to give."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An engine with the reports it answers from, and how long loading them took."""

    engine: Engine
    library: Library
    reports: tuple[str, ...]
    problems: tuple[str, ...]
    seconds: float


def report_files(folder: Path) -> tuple[Path, ...]:
    """The report files of a folder and of the folders below it, by name."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    return tuple(sorted(path for path in found if path.is_file()))


def default_reports() -> Path:
    """The folder of real reports beside the repository, else the samples in it."""
    shared = SHARED / "reports"
    return shared if shared.is_dir() else _ROOT / "samples" / "reports"


@contextmanager
def open_engine(reports: Path | None = None, data: Path | None = None) -> Iterator[Loaded]:
    """Open a library and its engine.

    Args:
        reports: folder whose files are loaded first; the default reports when both are None.
        data: folder of the library; a temporary one, removed afterwards, when None.

    Raises:
        NoReportsError: the folder holds no readable report.
    """
    folder = reports if reports is not None or data is not None else default_reports()
    files = report_files(folder) if folder is not None else ()
    if folder is not None and not files:
        raise NoReportsError(
            f"{folder} 中没有报告（{'、'.join(SUFFIXES)}），请用 --reports 指明文件夹"
        )
    with ExitStack() as stack:
        if data is None:
            data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gouji-eval-")))
        settings = load_settings(data=data)
        library = Library.open(settings)
        stack.callback(library.close)
        start = time.perf_counter()
        added = [(path, library.add(path)) for path in files]
        seconds = time.perf_counter() - start
        problems = [f"{path.name}：{each.problem}" for path, each in added if each.report is None]
        names = tuple(path.name for path, each in added if each.report is not None)
        yield Loaded(Engine(library, settings), library, names, tuple(problems), seconds)
