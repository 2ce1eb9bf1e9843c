"""Reading one file in a process of its own, within limits of time and memory.

The process serves one file after another until a file ends it. A file may take `total_seconds` in
all, and `page_seconds` from one page to the next; the latter is kept by an alarm of the operating
system, which ends the process even where a library is stuck in its own machine code.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import sys
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from multiprocessing.sharedctypes import RawArray
from typing import Any

from pebble import ProcessPool

from index.model import Reader
from ingest.model import Document
from ingest.readers.errors import UnreadableFile
from ingest.settings import Settings

log = logging.getLogger(__name__)

_MEGABYTE = 1024 * 1024
_SLOT = 2  # numbers that tell a file's progress: pages done, pages in all


@dataclass(frozen=True)
class Source:
    """The bytes of a file. `path` is "" where they came without one."""

    name: str
    data: bytes
    path: str = ""

    @cached_property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


Reading = Document | str
"""A document, or why there is none: one Chinese line for the user."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take; `memory_mb` is the process's address space."""

    total_seconds: int = 3600
    page_seconds: int = 120
    memory_mb: int = 6144

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """The limits that the settings name."""
        return cls(settings.read_seconds, settings.page_seconds, settings.read_memory_mb)


@dataclass(slots=True)
class _Process:
    """What a reading process was started with."""

    limits: Limits
    progress: Any  # ctypes array of c_int; two numbers a slot


_process: _Process | None = None


def progress_slots(count: int) -> Any:
    """Shared numbers for `count` files under way. Without a lock: a process that is ended while
    it writes leaves nothing locked."""
    return RawArray("i", _SLOT * count)


def told(progress: Any, slot: int) -> tuple[int, int]:
    """Pages done and pages in all of the file in the slot; (0, 0) before it says."""
    return progress[_SLOT * slot], progress[_SLOT * slot + 1]


def start_pool(workers: int, limits: Limits, progress: Any) -> ProcessPool:
    """Processes within the limits; a task that ends its process does not end the others."""
    # A fork would copy the threads and locks of Chroma and of the tokenizer.
    return ProcessPool(
        max_workers=workers,
        context=multiprocessing.get_context("spawn"),
        initializer=enter,
        initargs=(limits, progress),
    )


def enter(limits: Limits, progress: Any) -> None:
    """Make this process one that reads files: called once, before the first."""
    global _process
    _process = _Process(limits, progress)
    if sys.platform == "win32":
        return
    import resource

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    size = limits.memory_mb * _MEGABYTE
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(
        resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard)
    )


def read_confined(reader: Reader, source: Source, slot: int) -> Reading:
    """Read a file in this process, telling the pages done in its slot."""
    if _process is None:
        raise RuntimeError("index.confined.enter was not called in this process")
    limits, progress = _process.limits, _process.progress
    progress[_SLOT * slot] = progress[_SLOT * slot + 1] = 0

    def tell(done: int, total: int) -> None:
        progress[_SLOT * slot], progress[_SLOT * slot + 1] = done, total
        _alarm(limits.page_seconds)

    _alarm(limits.page_seconds)
    try:
        return read_one(reader, source, tell)
    finally:
        _alarm(0)


def _alarm(seconds: int) -> None:
    if sys.platform != "win32":
        signal.alarm(seconds)


def read_one(reader: Reader, source: Source, tell: Any) -> Reading:
    """The document of a file; an error of the program itself is logged and told."""
    try:
        return reader(source.data, source.name, tell)
    except UnreadableFile as error:
        return str(error)
    except MemoryError:
        return f"{source.name}：{OUT_OF_MEMORY}"
    except Exception as error:
        log.exception("reading %s failed", source.name)
        return (
            f"{source.name}：程序读取时出错（{type(error).__name__}：{error}）；"
            "该文件未加入，请把文件和日志反馈给维护者"
        )


OUT_OF_MEMORY = "读取时内存超过上限；该文件未加入，请拆分文件，或调高设置 read_memory_mb"
