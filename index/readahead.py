"""Reading many files at once, each in a process of its own and within limits."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable
from concurrent.futures import TimeoutError as Late
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from pebble import ProcessExpired, ProcessFuture

from index.confined import (
    OUT_OF_MEMORY,
    Limits,
    Reading,
    Source,
    progress_slots,
    read_confined,
    start_pool,
    told,
)
from index.model import Reader

_LOOK = 0.1  # seconds between two looks at the progress

Watch = Callable[[Source, int, int], None]
"""Called with a file being read, its pages done and its pages in all."""


class _Waiting(NamedTuple):
    source: Source
    slot: int
    future: ProcessFuture[Reading]


class ReadAhead:
    """Files being read by a pool of processes, given back in the order in which they came.

    A file that ends its process, or is ended for taking too long, is told as unreadable; the
    others go on.
    """

    def __init__(self, reader: Reader, workers: int, limits: Limits | None = None) -> None:
        self._reader = reader
        self._workers = workers
        self._limits = limits or Limits()
        self._slots = 2 * workers + 1
        self._progress = progress_slots(self._slots)
        self._pool = start_pool(workers, self._limits, self._progress)
        self._queue: deque[_Waiting] = deque()
        self._count = 0

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def full(self) -> bool:
        """True when two files a worker wait: further ones would only take memory."""
        return len(self._queue) >= 2 * self._workers

    def put(self, source: Source) -> None:
        """Start reading a file."""
        slot = self._count % self._slots
        self._count += 1
        future = self._pool.schedule(
            read_confined,
            args=(self._reader, source, slot),
            timeout=self._limits.total_seconds,
        )
        self._queue.append(_Waiting(source, slot, future))

    def take(self, watch: Watch | None = None) -> tuple[Source, Reading]:
        """The file that waits longest, with its reading; `watch` sees its pages go by."""
        waiting = self._queue.popleft()
        while watch is not None and not waiting.future.done():
            done, total = told(self._progress, waiting.slot)
            if total:
                watch(waiting.source, done, total)
            try:
                waiting.future.exception(_LOOK)
            except Late:
                continue
        return waiting.source, self._result(waiting)

    def _result(self, waiting: _Waiting) -> Reading:
        name = waiting.source.name
        try:
            return waiting.future.result()
        except Late:
            seconds = self._limits.total_seconds
            return (
                f"{name}：读取超过 {seconds} 秒的上限，已停止；该文件未加入，"
                "请拆分文件，或调高设置 read_seconds"
            )
        except MemoryError:
            return f"{name}：{OUT_OF_MEMORY}"
        except BrokenProcessPool:
            return f"{name}：读取文件的进程无法启动；该文件未加入，请检查内存和设置 read_memory_mb"
        except ProcessExpired as error:
            return f"{name}：{self._why_ended(error, waiting.slot)}"

    def _why_ended(self, error: ProcessExpired, slot: int) -> str:
        done, total = told(self._progress, slot)
        where = f"第 {min(done + 1, total)} 页（共 {total} 页）" if total else "文件"
        if error.exitcode == -getattr(signal, "SIGALRM", 0):
            return (
                f"{where}的读取超过 {self._limits.page_seconds} 秒的上限，已停止；该文件未加入，"
                "请检查文件，或调高设置 page_seconds"
            )
        return (
            f"读取{where}时进程意外终止（内存不足，或文件损坏）；"
            "该文件未加入，请检查文件，或拆分后重试"
        )

    def close(self) -> None:
        """Stop reading; what was not taken is dropped."""
        self._pool.stop()
        self._pool.join()
