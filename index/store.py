"""The folder of a library: its files, its database, its lock, and what is loaded late."""

from __future__ import annotations

import logging
import os
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from filelock import FileLock, Timeout

from index import ledger, ledger_content, postgres
from index.database import checkpoint, is_sqlite, reading, writing
from index.errors import LibraryError
from index.ledger_home import open_ledger
from ingest.model import Document
from ingest.readers.encoding import decode
from ingest.settings import Settings

if TYPE_CHECKING:
    from index.embedding import Encoder
    from index.reranking import Reranker
    from index.vector_homes import VectorHome
    from index.vectors import Vectors

log = logging.getLogger(__name__)

LOCK_SECONDS = 600.0
"""How long a change waits for another process to finish its own."""


def no_report(report: int) -> LibraryError:
    """The error of asking for a report that is not there."""
    return LibraryError(f"资料库中没有编号为 {report} 的报告；用 gouji list 查看编号")


GENERATION = "generation"
VECTORS = "vectors"
EMBEDDER = "embedder"
WORDS = "words"
KEY = "key"


class Current(NamedTuple):
    """What questions see: the ready reports, and how many figures and passages they have."""

    generation: str
    ready: frozenset[int]
    totals: dict[str, int]


class Store:
    """Everything that the parts of the library share. Opening it changes nothing on disk
    but to create the folder."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder = Path(settings.data_dir)
        try:
            (self.folder / "files").mkdir(parents=True, exist_ok=True)
            (self.folder / "chroma").mkdir(exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"无法使用资料库文件夹 {self.folder}：{error.strerror}；请检查路径和权限"
            ) from error
        self.engine = open_ledger(settings, self.folder)
        self._lock = FileLock(self.folder / "write.lock", thread_local=False)
        self._threads = threading.RLock()
        self._inside = 0
        self._loading = threading.RLock()
        self._encoder: Encoder | None = None
        self._reranker: Reranker | None = None
        self._vectors: Vectors | None = None
        self.vectors_sound = False
        self._vectors_of: tuple[str, str] = ("", "")
        self._current: Current | None = None

    def close(self) -> None:
        """Let go of all files."""
        self.forget_vectors()
        self.engine.dispose()

    # The lock of writers

    @contextmanager
    def locked(self, seconds: float = LOCK_SECONDS) -> Iterator[None]:
        """Only one process and thread at a time is inside; may be entered again by its owner.

        Raises:
            LibraryError: another process did not finish within `seconds`.
        """
        with self._threads:
            try:
                self._lock.acquire(timeout=seconds)
            except Timeout as error:
                raise LibraryError(
                    f"另一个 gouji 进程正在修改资料库 {self.folder}；请等它结束后重试",
                    retryable=True,
                ) from error
            except OSError as error:
                raise LibraryError(
                    f"无法锁定资料库 {self.folder}：{error.strerror}；请检查文件夹的写入权限"
                ) from error
            try:
                with self._beyond_this_machine(seconds):
                    yield
            finally:
                self._lock.release()

    @contextmanager
    def _beyond_this_machine(self, seconds: float) -> Iterator[None]:
        """The same with a database server, where the folder's lock may not be seen by all."""
        if is_sqlite(self.engine) or self._inside:
            yield
            return
        with postgres.holding(self.engine, seconds):
            self._inside += 1
            try:
                yield
            finally:
                self._inside -= 1

    # Original bytes

    def file(self, sha256: str) -> Path:
        """Where the bytes of a report lie."""
        return self.folder / "files" / sha256

    def write_file(self, sha256: str, data: bytes) -> None:
        """Store bytes under their hash, wholly or not at all."""
        path = self.file(sha256)
        partial = path.with_suffix(".part")
        with partial.open("wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
        partial.replace(path)

    def read_file(self, sha256: str) -> bytes:
        """The stored bytes.

        Raises:
            LibraryError: they are missing.
        """
        try:
            return self.file(sha256).read_bytes()
        except OSError as error:
            raise LibraryError(
                f"资料库中缺少原始文件 {self.file(sha256)}；请重新加入该报告，或从备份恢复"
            ) from error

    def drop_file(self, sha256: str) -> None:
        """Delete the bytes and what an interrupted write left of them."""
        self.file(sha256).unlink(missing_ok=True)
        self.file(sha256).with_suffix(".part").unlink(missing_ok=True)

    def document(self, report: int) -> Document:
        """The report's document from its rows and its stored bytes.

        Raises:
            LibraryError: there is no such report, or its bytes are missing.
        """
        with reading(self.engine) as connection:
            file = ledger_content.stored(connection, report)
            if file is None:
                raise no_report(report)
            text = file.text
            if text is None:
                text = decode(self.read_file(file.sha256), file.encoding)
            return ledger_content.load(connection, report, file, text)

    def checkpoint(self) -> None:
        """Leave nothing that was deleted in the database's files."""
        checkpoint(self.engine)

    # Loaded late: the model and Chroma cost half a second to import

    @property
    def encoder(self) -> Encoder:
        """The model that the settings name."""
        with self._loading:
            if self._encoder is None:
                from index.embedding import load_encoder

                self._encoder = load_encoder(self.settings)
            return self._encoder

    @property
    def reranker(self) -> Reranker | None:
        """The cross-encoder that the settings name, if they name one."""
        if not self.settings.reranker:
            return None
        with self._loading:
            if self._reranker is None:
                from index.reranking import Reranker

                self._reranker = Reranker(self.settings)
            return self._reranker

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the model that the settings name."""
        from index.embedding import fingerprint

        return fingerprint(self.settings)

    def embedder_changed(self) -> bool:
        """True when the library's vectors were made by another model than the settings name."""
        stored = self.meta().get(EMBEDDER)
        return stored is not None and stored != self.fingerprint

    def meta(self) -> dict[str, str]:
        with reading(self.engine) as connection:
            return ledger.meta(connection)

    def current(self) -> Current:
        """The ready reports, asked for again only where some process changed the library."""
        with reading(self.engine) as connection:
            generation = ledger.meta(connection).get(GENERATION, "0")
            known = self._current
            if known is None or known.generation != generation:
                ready, totals = ledger.ready_ids(connection), ledger.totals(connection)
                known = self._current = Current(generation, ready, totals)
            return known

    def vectors(self) -> Vectors:
        """Chroma, opened anew where another process changed the library."""
        meta = self.meta()
        wanted = (meta.get(VECTORS, "1"), meta.get(GENERATION, "0"))
        with self._loading:
            if self._vectors is None or self._vectors_of != wanted:
                self.forget_vectors()
                self._vectors = self.open_vectors(wanted[0])
                self._vectors_of = wanted
            return self._vectors

    def open_vectors(self, number: str) -> Vectors:
        """The set of vectors of a number; the caller closes it."""
        return self._home.open(number)

    def keep_vectors(self) -> None:
        """Remember that the open Chroma has seen this process's own last change."""
        meta = self.meta()
        with self._loading:
            if self._vectors is not None and self._vectors_of[0] == meta.get(VECTORS, "1"):
                self._vectors_of = (self._vectors_of[0], meta.get(GENERATION, "0"))

    def forget_vectors(self) -> None:
        with self._loading:
            if self._vectors is not None:
                self._vectors.close()
            self._vectors = None
            self.vectors_sound = False

    def drop_other_vectors(self) -> None:
        """Delete what an interrupted or finished rebuild left beside the current set."""
        self._home.drop_others(self.meta().get(VECTORS, "1"))

    @cached_property
    def _home(self) -> VectorHome:
        from index.vector_homes import FolderHome, ServerHome

        if not self.settings.chroma_url:
            return FolderHome(self.folder / "chroma")
        return ServerHome(self.settings.chroma_url, self._key(), offline=self.settings.offline)

    def _key(self) -> str:
        """What tells this library's vectors on a server from those of others."""
        found = self.meta().get(KEY)
        if found is None:
            found = f"gouji-{uuid.uuid4().hex[:12]}"
            with writing(self.engine) as connection:
                ledger.set_meta(connection, {KEY: found})
        return found
