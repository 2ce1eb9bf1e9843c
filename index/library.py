"""The library: loaded reports, found again by words and vectors.

The one door of this package for those above it.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from index import checking, ledger, ledger_content, ledger_work, pictures, sources, words, writing
from index.aliases import NAMES, NAMES_VERSION, Aliases, rebuild_names
from index.confined import Limits, Reading, Source, read_one
from index.database import reading
from index.database import writing as writing_to
from index.errors import LibraryError
from index.ledger_home import belongs, bind
from index.migrations import migrate, needs_migration
from index.model import (
    Added,
    Expand,
    FailureInfo,
    FigureHit,
    PartInfo,
    PassageHit,
    Progress,
    Reader,
    ReportInfo,
    Verified,
)
from index.readahead import ReadAhead
from index.repair import rebuild_vectors, rebuild_words, repair, silent
from index.searching import Searching
from index.store import WORDS, Store, no_report
from ingest.archives import SUFFIX
from ingest.files import TEXT_SUFFIXES, is_text
from ingest.model import Document, Span
from ingest.pages import Picture
from ingest.pipeline import read_document
from ingest.settings import Settings

log = logging.getLogger(__name__)

READING = "读取"
_DOCUMENTS = 64
_FEW_DIGESTS = 500  # of more reports all digests are read
_FEW_FILES = 8  # texts; for fewer, starting processes takes longer than it saves


def _workers_for(paths: Sequence[Path]) -> int:
    """Processes that read: one a core, none for a few texts."""
    kinds = {path.suffix.lower() for path in paths}
    if len(paths) < _FEW_FILES and kinds <= TEXT_SUFFIXES:
        return 0
    cores = os.cpu_count() or 1
    return cores if SUFFIX in kinds else min(len(paths), cores)


class Library:
    """A folder of reports. Open it with `Library.open`; readers and one writer may share it."""

    def __init__(self, store: Store, reader: Reader, expand: Expand | None) -> None:
        self._store = store
        self._reader = reader
        self._searching = Searching(store, expand)
        self._documents: OrderedDict[int, Document] = OrderedDict()
        self._parts: tuple[str, tuple[PartInfo, ...]] = ("", ())
        self.aliases = Aliases(store)
        self._guard = threading.Lock()

    @classmethod
    def open(
        cls, settings: Settings, *, reader: Reader = read_document, expand: Expand | None = None
    ) -> Library:
        """Open the library at ``settings.data_dir``, or create it; repair what was broken off.

        Args:
            reader: turns a file's bytes and name into a Document.
            expand: gives further words that mean what a question says.

        Raises:
            LibraryError: the folder or the database cannot be used, or a newer program wrote it.
        """
        store = Store(settings)
        try:
            if needs_migration(store.engine):
                with store.locked():
                    migrate(store.engine)
            if not belongs(store.engine, store.folder):
                with store.locked():
                    bind(store.engine, store.folder)
            library = cls(store, reader, expand)
            library._recover()
        except BaseException:
            store.close()
            raise
        return library

    def _recover(self) -> None:
        try:
            with self._store.locked(seconds=0):
                repair(self._store)
                if self._store.meta().get(WORDS) != words.WORDS_VERSION:
                    rebuild_words(self._store)
                if self._store.meta().get(NAMES) != NAMES_VERSION:
                    rebuild_names(self._store)
        except LibraryError as error:
            if not error.retryable:
                raise
            log.info("another process is writing; it repairs what it leaves itself")

    @property
    def notices(self) -> tuple[str, ...]:
        """Chinese lines for the user about the state of the library."""
        found: list[str] = []
        if self._store.embedder_changed():
            found.append(
                f"设置中的向量模型（{self._store.settings.embedder}）与建库时的不同，"
                f"现仅按字词检索；{writing.REBUILD_HINT}"
            )
        if self._searching.damaged:
            found.append(f"向量索引已损坏，现仅按字词检索；{writing.REBUILD_HINT}")
        return tuple(found)

    def close(self) -> None:
        """Let go of all files."""
        self._store.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Changes

    def add(self, path: Path, progress: Progress | None = None) -> Added:
        """Add the file at `path`; see `Added` for what may come of it. Never raises for a bad
        file.

        Raises:
            LibraryError: the library itself cannot take it in.
        """
        source = sources.source(self._store, path)
        return source if isinstance(source, Added) else self._add(source, progress)

    def read(self, path: Path) -> Reading:
        """The report in a file, which is not added: from the library where its bytes are in it.

        Returns:
            The document, or one line that says why the file cannot be read.

        Raises:
            OSError: the file cannot be opened.
        """
        name = writing.clean_name(path.name)
        if not sources.fits(self._store, path.stat().st_size):
            return sources.limit(self._store, name)
        source = Source(name, path.read_bytes(), str(path))
        known = self._unchanged(source)
        if known is not None and known.report is not None:
            return self.document(known.report.id)
        return self._read(source, silent)

    def add_bytes(self, name: str, data: bytes, progress: Progress | None = None) -> Added:
        """Add a file that came as bytes, as `add` does."""
        clean = writing.clean_name(name)
        if not sources.fits(self._store, len(data)):
            return sources.too_large(self._store, Source(clean, b""))
        return self._add(Source(clean, data), progress)

    def add_all(
        self, paths: Sequence[Path], progress: Progress | None = None, workers: int | None = None
    ) -> Iterator[tuple[Path, Added]]:
        """Add files as `add` does, in their order, while further ones are read ahead.

        Of an archive, each file in it is added on its own, under a path such as
        ``archive.zip/2023/决算.pdf``. What needs no reading (unchanged files, missing ones) may be
        given back before its turn.

        Args:
            progress: told of files.
            workers: processes that read; None takes one for each core, and none for few files.

        Raises:
            LibraryError: the library itself cannot take a file in.
        """
        tell = progress or silent
        count = workers if workers is not None else _workers_for(paths)
        found = self._ahead(paths, count, tell) if count else self._one_by_one(paths, tell)
        for done, (path, added) in enumerate(found, 1):
            tell("加入", done, max(done, len(paths)))
            yield path, added

    def _one_by_one(self, paths: Sequence[Path], tell: Progress) -> Iterator[tuple[Path, Added]]:
        for path, source in sources.sources(self._store, paths):
            yield path, source if isinstance(source, Added) else self._add(source, tell)

    def _ahead(
        self, paths: Sequence[Path], workers: int, tell: Progress
    ) -> Iterator[tuple[Path, Added]]:
        ahead = self._processes(workers)
        try:
            for path, source in sources.sources(self._store, paths):
                known = source if isinstance(source, Added) else self._unchanged(source)
                if known is not None:
                    yield path, known
                elif isinstance(source, Source):
                    ahead.put(source)
                    while ahead.full:
                        yield self._take(ahead, tell)
            while ahead:
                yield self._take(ahead, tell)
        finally:
            ahead.close()

    def _processes(self, workers: int) -> ReadAhead:
        return ReadAhead(self._reader, workers, Limits.of(self._store.settings))

    def _take(self, ahead: ReadAhead, tell: Progress) -> tuple[Path, Added]:
        began = time.monotonic()

        def watch(source: Source, done: int, total: int) -> None:
            tell(f"{READING} {source.name}", done, total)

        source, found = ahead.take(watch)
        return Path(source.path), writing.finish(self._store, source, found, silent, began)

    def _unchanged(self, source: Source) -> Added | None:
        return writing.unchanged(self._store, source)

    def _add(self, source: Source, progress: Progress | None) -> Added:
        began = time.monotonic()
        tell = progress or silent
        known = self._unchanged(source)
        if known is not None:
            return known
        return writing.finish(self._store, source, self._read(source, tell), tell, began)

    def _read(self, source: Source, tell: Progress) -> Reading:
        """Read one file: a text here, any other format in a process of its own."""
        stage = f"{READING} {source.name}"
        if is_text(source.data):
            found = read_one(self._reader, source, lambda done, total: tell(stage, done, total))
            tell(stage, 1, 1)
            return found
        ahead = self._processes(1)
        try:
            ahead.put(source)
            return ahead.take(lambda _, done, total: tell(stage, done, total))[1]
        finally:
            ahead.close()

    def remove(self, report: int) -> None:
        """Delete a report and all that was stored of it.

        Raises:
            LibraryError: there is no such report.
        """
        writing.remove(self._store, report)
        with self._guard:
            self._documents.pop(report, None)

    def rebuild(self, progress: Progress | None = None, *, embedder: bool = True) -> None:
        """Make the indexes anew from the ledger.

        Args:
            embedder: also cut passages and compute all vectors anew, with the model that the
                settings name; else only the word indexes.
        """
        if embedder:
            rebuild_vectors(self._store, progress or silent)
            self._searching.damaged = False
        else:
            rebuild_words(self._store)

    # Reports

    def reports(self, include_superseded: bool = False) -> list[ReportInfo]:
        """The loaded reports in the order in which they were added."""
        with reading(self._store.engine) as connection:
            if include_superseded:
                return ledger.infos(connection, ("ready", "superseded"))
            return ledger.infos(connection, ("ready",))

    def parts(self) -> tuple[PartInfo, ...]:
        """The parts of all current reports: the same tuple until the library changes."""
        generation = self._store.current().generation
        with self._guard:
            if self._parts[0] == generation:
                return self._parts[1]
        with reading(self._store.engine) as connection:
            found = tuple(ledger.part_infos(connection))
        with self._guard:
            self._parts = (generation, found)
        return found

    def labels(self, reports: Collection[int]) -> list[str]:
        """What some reports call things: headings, metric names, labels of rows and columns."""
        with reading(self._store.engine) as connection:
            return ledger_content.labels(connection, reports)

    def digests(
        self, name: str, version: str, reports: Collection[int] | None = None
    ) -> dict[int, str]:
        """What was kept of reports under a name; nothing that another version kept."""
        few = None if reports is None or len(reports) > _FEW_DIGESTS else sorted(reports)
        with reading(self._store.engine) as connection:
            return ledger_content.digests(connection, name, version, few)

    def keep_digests(self, name: str, version: str, found: Mapping[int, str]) -> None:
        """Keep a text for each of some reports, until it is removed; it can be made again.

        Where another process is writing nothing is kept: it will be made again.
        """
        try:
            with self._store.locked(seconds=0), writing_to(self._store.engine) as connection:
                ledger_content.keep_digests(connection, name, version, found)
        except LibraryError as error:
            if not error.retryable:
                raise
            log.info("another process is writing; what was found is not kept")

    def failures(self) -> list[FailureInfo]:
        """Files that could not be added, the latest first; adding them again tries again."""
        with reading(self._store.engine) as connection:
            return ledger_work.failures(connection)

    def document(self, report: int) -> Document:
        """The report as it was read; also a superseded one.

        Raises:
            LibraryError: there is no such report.
        """
        with self._guard:
            found = self._documents.get(report)
            if found is not None:
                self._documents.move_to_end(report)
        if found is not None:
            with reading(self._store.engine) as connection:
                if not ledger_content.exists(connection, report):
                    raise no_report(report)
            return found
        found = self._store.document(report)
        with self._guard:
            self._documents[report] = found
            while len(self._documents) > _DOCUMENTS:
                self._documents.popitem(last=False)
        return found

    # Search

    def search_figures(
        self,
        query: str,
        *,
        reports: Collection[int] | None = None,
        limit: int = 200,
        vectors: bool = False,
    ) -> list[FigureHit]:
        """See `Searching.figures`."""
        return self._searching.figures(query, reports=reports, limit=limit, vectors=vectors)

    def reports_about(
        self, query: str, *, reports: Collection[int] | None = None, limit: int = 24
    ) -> list[int]:
        """See `Searching.reports_about`."""
        return self._searching.reports_about(query, reports=reports, limit=limit)

    def search_passages(
        self, query: str, *, reports: Collection[int] | None = None, limit: int | None = None
    ) -> list[PassageHit]:
        """See `Searching.passages`."""
        return self._searching.passages(query, reports=reports, limit=limit)

    def neighbours(self, hit: PassageHit) -> list[PassageHit]:
        """The passages just before and after a hit in its section, as far as there are any."""
        return self._searching.neighbours(hit)

    def picture(
        self,
        report: int,
        page: int | None = None,
        figure: int | None = None,
        spans: tuple[Span, ...] = (),
    ) -> Picture:
        """A page of the original, or the page of a figure or of `spans` with these boxed.

        Raises:
            LibraryError: there is no such report or page, or it cannot be drawn.
        """
        return pictures.draw(self._store, self.document(report), page, figure, spans)

    # Checks

    def verify(self) -> Verified:
        """Read every figure again from the stored bytes and compare."""
        return checking.verify(self._store, lambda source: self._read(source, silent))

    def consistency(self) -> list[str]:
        """What ledger, indexes and files disagree about; empty when nothing."""
        with self._store.locked():
            return checking.consistency(self._store)
