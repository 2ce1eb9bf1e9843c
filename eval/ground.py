"""What the questions of a run are put to: which reports, with which settings, by whom answered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from eval.library import Folders, Loaded, NoReportsError, apart, files_of, open_engine, open_memory
from eval.runlog import ReportUsed, Retrieved
from eval.runner import Asker
from ingest.settings import Settings
from qa.engine import Conversation
from qa.engine import Library as EngineLibrary
from qa.llm.opening import assisted

if TYPE_CHECKING:
    from index.model import PassageHit, ReportInfo

# They change where things are kept and shown, never what is answered.
_PLACES = frozenset(
    {"data_dir", "language", "host", "port", "root_path", "upload_mb", "upload_files"}
    | {
        "user_header",
        "trusted_proxy",
        "session_hours",
        "requests_per_minute",
        "host_names",
        "suites",
    }
    | {"model_trace", "model_telemetry"}
    | {"ledger_url", "ledger_schema", "ledger_password_file"}
)


@dataclass(frozen=True, slots=True)
class Ground:
    """Reports to ask and how: of `folders`, else the library of `settings`.

    `k` passages are searched for each question and kept beside its answer; none where None.
    """

    settings: Settings
    folders: Folders = ()
    memory: bool = False
    k: int | None = None


@runtime_checkable
class Searched(Protocol):
    """What a library needs for its passages to be kept."""

    def reports(self) -> Sequence[ReportInfo]: ...
    def search_passages(self, query: str, *, limit: int | None = None) -> list[PassageHit]: ...


@dataclass(frozen=True, slots=True)
class Opened:
    """What answers, and where it searches (None where nothing is to be kept of that)."""

    asker: Asker[Conversation]
    searched: Searched | None = None
    k: int = 0

    def retrieved(self, question: str) -> tuple[Retrieved, ...] | None:
        """The passages that a search brings for a question, best first."""
        if self.searched is None:
            return None
        names = {report.id: report.name for report in self.searched.reports()}
        hits = self.searched.search_passages(question, limit=self.k)
        return tuple(Retrieved(names.get(hit.report, ""), hit.text) for hit in hits)


def reports_used(ground: Ground) -> tuple[ReportUsed, ...]:
    """The reports with the sums of their bytes, by name; nothing is loaded for it.

    Raises:
        NoReportsError: there is none.
    """
    if ground.folders:
        found = [
            ReportUsed(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
            for path in files_of(ground.folders)
        ]
    else:
        with open_engine((), ground.settings.data_dir, ground.settings) as loaded:
            found = [ReportUsed(each.name, each.sha256) for each in loaded.library.reports()]
        if not found:
            raise NoReportsError(
                "资料库是空的；请先用 gouji ingest 载入报告，或用 --reports 指明文件夹"
            )
    return tuple(sorted(found, key=lambda report: (report.name, report.sha256)))


def data_sum(reports: Sequence[ReportUsed]) -> str:
    """One SHA-256 sum for all reports, whatever their names and order."""
    lines = "\n".join(sorted(report.sha256 for report in reports))
    return hashlib.sha256(lines.encode()).hexdigest()


def settings_sum(settings: Settings) -> str:
    """One SHA-256 sum for the settings that can change an answer, and for the own vocabulary."""
    found: dict[str, object] = {
        each.name: str(getattr(settings, each.name))
        for each in fields(settings)
        if each.name not in _PLACES | {"vocabulary"}
    }
    found["vocabulary"] = _sums(Path(settings.vocabulary)) if settings.vocabulary else {}
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def _sums(place: Path) -> Mapping[str, str]:
    files = [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@contextmanager
def loading(ground: Ground) -> Iterator[Loaded[EngineLibrary]]:
    """The reports of a ground, loaded.

    Raises:
        NoReportsError: there is none.
    """
    if ground.memory:
        with open_memory(ground.folders, ground.settings) as memory:
            yield memory
        return
    data = None if ground.folders else ground.settings.data_dir
    with open_engine(ground.folders, data, ground.settings) as stored:
        yield stored


def placed(ground: Ground, loaded: Loaded[EngineLibrary]) -> Ground:
    """The ground as another process can open it while `loaded` is held open here."""
    if loaded.data is None:
        return ground
    settings = replace(ground.settings, data_dir=loaded.data)
    return replace(ground, folders=(), settings=apart(settings) if ground.folders else settings)


@contextmanager
def answering(ground: Ground, loaded: Loaded[EngineLibrary]) -> Iterator[Opened]:
    """What answers from loaded reports, with the configured model beside it.

    Raises:
        ModelConfigError: the model of the settings cannot be had.
    """
    with assisted(loaded.engine, loaded.library, ground.settings) as asker:
        library = loaded.library
        if ground.k is not None and isinstance(library, Searched):
            yield Opened(asker, library, ground.k)
        else:
            yield Opened(asker)
