"""Reading many files at once, in processes of their own."""

from __future__ import annotations

import hashlib
import logging
import multiprocessing
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cached_property

from index.model import Reader
from ingest.model import Document
from ingest.readers.errors import UnreadableFile

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Source:
    """The bytes of a file. `path` is "" where they came without one."""

    name: str
    data: bytes
    path: str = ""

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


Reading = Document | str
"""A document, or why there is none: one Chinese line for the user."""


def read_one(reader: Reader, source: Source) -> Reading:
    """The document of a file; an error of the program itself is logged and told."""
    try:
        return reader(source.data, source.name)
    except UnreadableFile as error:
        return str(error)
    except Exception as error:
        log.exception("reading %s failed", source.name)
        return (
            f"{source.name}：程序读取时出错（{type(error).__name__}：{error}）；"
            "该文件未加入，请把文件和日志反馈给维护者"
        )


class ReadAhead:
    """Files being read by a pool of processes, given back in the order in which they came.

    A file that ends its process (no memory left, say) is told as unreadable; the others go on.
    """

    def __init__(self, reader: Reader, workers: int) -> None:
        self._reader = reader
        self._workers = workers
        self._pool = _pool(workers)
        self._queue: deque[tuple[Source, Future[Reading]]] = deque()

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def full(self) -> bool:
        """True when two files a worker wait: further ones would only take memory."""
        return len(self._queue) >= 2 * self._workers

    def put(self, source: Source) -> None:
        """Start reading a file."""
        try:
            future = self._pool.submit(read_one, self._reader, source)
        except BrokenProcessPool as error:
            future = Future()
            future.set_exception(error)
        self._queue.append((source, future))

    def take(self) -> tuple[Source, Reading]:
        """The file that waits longest, with its reading."""
        source, future = self._queue.popleft()
        try:
            return source, future.result()
        except BrokenProcessPool:
            # Some file ended its process and took the pool along: read this one by itself.
            self._pool.shutdown(wait=False)
            found = _alone(self._reader, source)
            self._pool = _pool(self._workers)
            waiting = [each for each, _ in self._queue]
            self._queue.clear()
            for each in waiting:
                self.put(each)
            return source, found

    def close(self) -> None:
        """Stop reading; what was not taken is dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    # A fork would copy the threads and locks of Chroma and of the tokenizer.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context)


def _alone(reader: Reader, source: Source) -> Reading:
    with _pool(1) as pool:
        try:
            return pool.submit(read_one, reader, source).result()
        except BrokenProcessPool:
            log.exception("reading %s ended its process", source.name)
            return (
                f"{source.name}：读取时进程意外终止（内存不足，或文件损坏）；"
                "该文件未加入，请检查文件，或拆分后重试"
            )
