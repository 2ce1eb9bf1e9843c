"""The log of a run: one folder, in it a header line and a line for every answer, only appended.

What is known about a run stands here and nowhere else, so that it can be scored again, compared
and taken up after a stop. A last line without its end was being written when the process was
killed; it is dropped, and its case is asked again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, Literal

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

LOG = "run.jsonl"
_LOCK = "run.lock"


class RunLogError(ValueError):
    """A run cannot be read or written; the message is one line and says why."""


@dataclass(frozen=True, slots=True)
class SuiteUsed:
    """A suite as it was when it was read from `path`, with how many cases it has."""

    name: str
    path: str
    sha256: str
    cases: int


@dataclass(frozen=True, slots=True)
class ReportUsed:
    """A report that answers were looked for in."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Options:
    """What was chosen for a run: all that is needed to go on with it.

    Attributes:
        reports: folders that were loaded for the run alone; ``("auto",)`` for those at hand that
            hold what each suite quotes; empty for the library of `data`.
        data: folder of the library.
        memory: the reports are read into memory, nothing is stored or searched.
        model: name of the language model beside the rules; "" for none.
        k: passages that a search brings back, also kept in the log; None leaves the setting.
        repeat: how often every question is asked.
        paraphrases: the suites' other wordings are asked too.
        price: of a million tokens, prompts and replies together; None where unknown.
        ids, types, kinds, tags: which cases; empty for all.
    """

    reports: tuple[str, ...] = ()
    data: str = ""
    memory: bool = False
    model: str = ""
    k: int | None = None
    repeat: int = 1
    paraphrases: bool = False
    price: Decimal | None = None
    ids: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    kinds: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """What a run is of. `asks` are the answers that it has when it is whole.

    `settings` and `data` are SHA-256 sums: of the settings that can change an answer, and of the
    reports' own sums.
    """

    run: str
    started: str  # UTC, ISO 8601
    settings: str
    data: str
    versions: dict[str, str]
    reports: tuple[ReportUsed, ...]
    suites: tuple[SuiteUsed, ...]
    options: Options
    asks: int
    format: Literal[1] = 1


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A passage that the search brought for the question as it is."""

    report: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer: to a case (a wording has its own id, ``a-001~formal``), for the n-th time.

    `answer` is the JSON of `gouji ask --json`, None where asking failed; then `error` says why.
    `seconds`, `tokens`, `calls` and `cost` are None where unknown or where no model was used.
    """

    suite: str
    case: str
    repeat: int
    answer: dict[str, Any] | None
    error: str = ""
    seconds: float | None = None
    tokens: int | None = None
    calls: int | None = None
    cost: Decimal | None = None
    retrieved: tuple[Retrieved, ...] | None = None

    @property
    def key(self) -> Key:
        """What no other line of the run has."""
        return self.case, self.repeat


Key = tuple[str, int]
_HEADER = TypeAdapter(Header)
_ENTRY = TypeAdapter(Entry)


def begin(folder: Path, header: Header) -> None:
    """Make the folder of a run with its header line.

    Raises:
        RunLogError: there is a run of that name.
    """
    try:
        folder.mkdir(parents=True)
    except FileExistsError as error:
        raise RunLogError(f"{folder} 已存在，请换一个名称，或用 --resume 继续") from error
    # Whole or not at all: a run without a header could not be taken up.
    first = folder / f"{LOG}.new"
    first.write_bytes(_HEADER.dump_json(header) + b"\n")
    first.replace(folder / LOG)


def read_header(folder: Path) -> Header:
    """The header of a run.

    Raises:
        RunLogError: the folder holds no run, or one of a newer program.
    """
    try:
        with (folder / LOG).open("rb") as file:
            line = file.readline()
        return _HEADER.validate_json(line, strict=True)
    except OSError as error:
        raise RunLogError(f"{folder} 中没有评测记录（{LOG}）") from error
    except ValidationError as error:
        raise RunLogError(f"{folder / LOG}:1：不是本程序的评测记录（{_why(error)}）") from error


def entries(folder: Path) -> Iterator[Entry]:
    """The answers of a run one by one, in the order in which they came; never all at once.

    Raises:
        RunLogError: a line that was written to its end is no answer.
    """
    with (folder / LOG).open("rb") as file:
        file.readline()
        for number, line in enumerate(file, 2):
            if not line.endswith(b"\n"):
                return
            try:
                yield _ENTRY.validate_json(line, strict=True)
            except ValidationError as error:
                raise RunLogError(
                    f"{folder / LOG}:{number}：记录已损坏（{_why(error)}）"
                ) from error


def torn(folder: Path) -> bool:
    """Whether the last line was broken off."""
    with (folder / LOG).open("rb") as file:
        return _whole(file) != file.seek(0, os.SEEK_END)


def _whole(file: IO[bytes]) -> int:
    """The place right after the last line that was written to its end."""
    step, end = 1 << 16, file.seek(0, os.SEEK_END)
    while end > 0:
        start = max(0, end - step)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def _why(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    return "：".join(filter(None, (".".join(map(str, first["loc"])), first["msg"])))


@dataclass
class Writer:
    """Appends answers to the log of a run; each is on its way to the disk before the next."""

    file: IO[bytes] = field(repr=False)

    def add(self, entry: Entry) -> None:
        """Append one answer."""
        self.file.write(_ENTRY.dump_json(entry) + b"\n")
        self.file.flush()


@contextmanager
def appending(folder: Path) -> Iterator[Writer]:
    """A writer at the end of a log, for one process at a time; a torn last line is cut off first.

    Raises:
        RunLogError: another process is at work on the run.
    """
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise RunLogError(f"{folder} 正由另一个进程运行，请等它结束") from error
    try:
        with (folder / LOG).open("r+b") as file:
            file.truncate(_whole(file))
            file.seek(0, os.SEEK_END)
            yield Writer(file)
            os.fsync(file.fileno())
    finally:
        lock.release()
