"""A library and an engine to put questions to, over a folder of reports or an existing library."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from eval.memory import MemoryLibrary
from eval.suites.suite import Suite
from ingest.files import SUFFIXES as READABLE
from ingest.settings import Settings, load_settings
from qa.engine import Engine
from qa.question.vocabulary import use_vocabulary

if TYPE_CHECKING:
    from index.library import Library

L_co = TypeVar("L_co", covariant=True)
_ROOT = Path(__file__).resolve().parents[1]
SHARED = _ROOT.parent / "shared"
SUFFIXES = tuple(sorted(READABLE))


class NoReportsError(ValueError):
    """There is nothing to ask questions of; the message says what to give."""


@dataclass(frozen=True, slots=True)
class Loaded(Generic[L_co]):
    """An engine with the reports it answers from, and how long loading them took.

    `data` is the folder of the library, where it is on disk.
    """

    engine: Engine
    library: L_co
    reports: tuple[str, ...]
    problems: tuple[str, ...]
    seconds: float
    each: tuple[tuple[str, float], ...] = ()
    data: Path | None = None


def report_files(folder: Path) -> tuple[Path, ...]:
    """The report files of a folder and of the folders below it, by name; a file is itself one."""
    if folder.is_file():
        return (folder,)
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    return tuple(sorted(path for path in found if path.is_file()))


Folders = tuple[Path, ...]
_REAL, _SAMPLES = SHARED / "reports", _ROOT / "samples" / "reports"
_KNOWN: tuple[Folders, ...] = (
    (_REAL,),
    (_SAMPLES,),
    *((folder,) for folder in sorted((_ROOT / "tests" / "gold").glob("others*/"))),
    (_REAL, _SAMPLES),
)


def reports_for(suite: Suite) -> Folders:
    """The folders that hold every file the suite quotes: real reports, samples, those of tests.

    Empty where one of the files is not at hand.
    """
    quoted = {quote.file for case in suite.cases for quote in case.source}
    for folders in _KNOWN:
        if quoted <= {path.name for folder in folders for path in report_files(folder)}:
            return folders
    return ()


def files_of(folders: Folders) -> tuple[Path, ...]:
    """The report files of several folders.

    Raises:
        NoReportsError: there is none.
    """
    files = tuple(path for folder in folders for path in report_files(folder))
    if not files:
        kinds, names = "、".join(SUFFIXES), "、".join(map(str, folders))
        raise NoReportsError(f"{names} 中没有报告（{kinds}），请用 --reports 指明文件夹")
    return files


@contextmanager
def open_memory(
    reports: Folders, settings: Settings | None = None
) -> Iterator[Loaded[MemoryLibrary]]:
    """An engine over reports that are read into memory only; nothing is stored or searched.

    Args:
        reports: folders with the files.
        settings: those at hand when None.

    Raises:
        NoReportsError: the folder holds no readable report.
    """
    files = files_of(reports)
    start = time.perf_counter()
    library = MemoryLibrary(files)
    seconds = time.perf_counter() - start
    names = tuple(path.name for path in files)
    settings = settings or load_settings()
    use_vocabulary(settings.vocabulary)
    yield Loaded(Engine(library, settings), library, names, (), seconds)


def apart(settings: Settings) -> Settings:
    """The settings for a library of one's own, which leaves a configured database server alone."""
    return replace(settings, ledger_url="")


@contextmanager
def open_engine(
    reports: Folders = (), data: Path | None = None, settings: Settings | None = None
) -> Iterator[Loaded[Library]]:
    """Open a library and its engine.

    Args:
        reports: folders whose files are loaded first.
        data: folder of the library; a temporary one, removed afterwards, when None.
        settings: those at hand when None; their own folder is not used.

    Raises:
        NoReportsError: the folder holds no readable report.
    """
    files = files_of(reports) if reports or data is None else ()
    # Loading the library pulls in its frameworks, which reading into memory does not need.
    from index.library import Library

    with ExitStack() as stack:
        own = data is None
        if data is None:
            data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gouji-eval-")))
        settings = replace(settings, data_dir=data) if settings else load_settings(data=data)
        if own:
            settings = apart(settings)
        use_vocabulary(settings.vocabulary)
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
        yield Loaded(Engine(library, settings), library, names, problems, spent, tuple(each), data)
