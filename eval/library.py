"""A library and an engine to put questions to, over a folder of reports or an existing library."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from eval.memory import MemoryLibrary
from eval.suite import Suite
from ingest.settings import load_settings
from qa.engine import Engine

if TYPE_CHECKING:
    from index.library import Library

L = TypeVar("L")
_ROOT = Path(__file__).resolve().parents[1]
SHARED = _ROOT.parent / "shared"
SUFFIXES = (".txt", ".md")


class NoReportsError(ValueError):
    """There is nothing to ask questions of; the message says what to give."""


@dataclass(frozen=True, slots=True)
class Loaded(Generic[L]):
    """An engine with the reports it answers from, and how long loading them took."""

    engine: Engine
    library: L
    reports: tuple[str, ...]
    problems: tuple[str, ...]
    seconds: float
    each: tuple[tuple[str, float], ...] = ()


def report_files(folder: Path) -> tuple[Path, ...]:
    """The report files of a folder and of the folders below it, by name."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    return tuple(sorted(path for path in found if path.is_file()))


def reports_for(suite: Suite) -> Path | None:
    """The folder that holds every file the suite quotes: real reports, samples, or those of tests."""
    quoted = {quote.file for case in suite.cases for quote in case.source}
    for folder in (
        SHARED / "reports",
        _ROOT / "samples" / "reports",
        _ROOT / "tests" / "gold" / "others",
    ):
        if quoted <= {path.name for path in report_files(folder)}:
            return folder
    return None


def _files(folder: Path | None) -> tuple[Path, ...]:
    files = report_files(folder) if folder is not None else ()
    if not files:
        kinds = "、".join(SUFFIXES)
        raise NoReportsError(f"{folder} 中没有报告（{kinds}），请用 --reports 指明文件夹")
    return files


@contextmanager
def open_memory(reports: Path | None) -> Iterator[Loaded[MemoryLibrary]]:
    """An engine over reports that are read into memory only; nothing is stored or searched.

    Raises:
        NoReportsError: the folder holds no readable report.
    """
    files = _files(reports)
    start = time.perf_counter()
    library = MemoryLibrary(files)
    seconds = time.perf_counter() - start
    names = tuple(path.name for path in files)
    yield Loaded(Engine(library, load_settings()), library, names, (), seconds)


@contextmanager
def open_engine(reports: Path | None = None, data: Path | None = None) -> Iterator[Loaded[Library]]:
    """Open a library and its engine.

    Args:
        reports: folder whose files are loaded first.
        data: folder of the library; a temporary one, removed afterwards, when None.

    Raises:
        NoReportsError: the folder holds no readable report.
    """
    files = _files(reports) if reports is not None or data is None else ()
    # Loading the library pulls in its frameworks, which reading into memory does not need.
    from index.library import Library

    with ExitStack() as stack:
        if data is None:
            data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gouji-eval-")))
        settings = load_settings(data=data)
        library = Library.open(settings)
        stack.callback(library.close)
        added, each = [], []
        for path in files:
            start = time.perf_counter()
            added.append((path, library.add(path)))
            each.append((path.name, round(time.perf_counter() - start, 3)))
        problems = tuple(f"{path.name}：{one.problem}" for path, one in added if one.report is None)
        names = tuple(path.name for path, one in added if one.report is not None)
        spent = sum(seconds for _, seconds in each)
        yield Loaded(Engine(library, settings), library, names, problems, spent, tuple(each))
