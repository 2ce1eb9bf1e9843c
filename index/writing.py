"""Changes of the library, each wholly in or wholly out.

The ledger decides. A report's row is first written as ``staged``; its bytes and vectors follow;
then one transaction writes its content and its words and makes it ``ready``. What a change has to
take out elsewhere (vectors, bytes) is written into ``chores`` in the transaction that decides it.
So after a crash `repair` finds in the ledger everything that is left to do.
"""

from __future__ import annotations

import hashlib
import logging
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath, PureWindowsPath
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from index import ledger, words
from index.database import reading, writing
from index.errors import LibraryError
from index.model import Added, FailureInfo, Progress, Reader, ReportInfo
from index.passages import Passage, cut_passages
from index.store import EMBEDDER, VECTORS, WORDS, Store
from ingest.figures import describe
from ingest.model import Document
from ingest.readers.encoding import decode
from ingest.readers.errors import UnreadableFile

if TYPE_CHECKING:
    from index.vectors import Item, Matrix, Vectors

log = logging.getLogger(__name__)

REBUILD_HINT = "请运行 gouji rebuild 重新计算向量"
_EMBED_BATCH = 512


def now() -> str:
    """The time, UTC, ISO 8601 in seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def clean_name(name: str) -> str:
    """A file's name without folders, in Unicode's composed form."""
    last = PureWindowsPath(PurePath(name).name).name or "未命名"
    return unicodedata.normalize("NFC", last.encode("utf-8", "replace").decode("utf-8"))


def silent(_stage: str, _done: int, _total: int) -> None:
    """The progress of those who do not want any."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to be added. `path` is "" where its bytes came without one."""

    name: str
    data: bytes
    path: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


# Adding


def add(store: Store, incoming: Incoming, reader: Reader, progress: Progress) -> Added:
    """Read a file and take it in; a file that cannot be read is remembered as a failure."""
    began = time.monotonic()
    sha256 = incoming.sha256
    known = _known(store, sha256)
    if known is not None:
        return Added("unchanged", known, "", time.monotonic() - began)
    progress("读取", 0, 1)
    try:
        document = reader(incoming.data, incoming.name)
    except UnreadableFile as error:
        return fail(store, incoming, sha256, str(error), began)
    except Exception as error:
        log.exception("reading %s failed", incoming.name)
        reason = (
            f"{incoming.name}：程序读取时出错（{type(error).__name__}：{error}）；"
            "该文件未加入，请把文件和日志反馈给维护者"
        )
        return fail(store, incoming, sha256, reason, began)
    progress("读取", 1, 1)
    with store.locked():
        known = _known(store, sha256)
        if known is not None:
            return Added("unchanged", known, "", time.monotonic() - began)
        repair(store)
        return _take_in(store, incoming, document, sha256, progress, began)


def _known(store: Store, sha256: str) -> ReportInfo | None:
    """The report with these bytes, unless it was superseded by one that is gone again."""
    with reading(store.engine) as connection:
        found = ledger.info_by_hash(connection, sha256)
    if found and (found.state == "ready" or found.superseded_by is not None):
        return found
    return None


def fail(store: Store, incoming: Incoming, sha256: str, reason: str, began: float) -> Added:
    """Remember why a file is not in."""
    failure = FailureInfo(incoming.name, sha256, incoming.path, reason, now())
    with store.locked(), writing(store.engine) as connection:
        ledger.remember_failure(connection, failure)
    return Added("failed", None, reason, time.monotonic() - began)


def _take_in(
    store: Store,
    incoming: Incoming,
    document: Document,
    sha256: str,
    progress: Progress,
    began: float,
) -> Added:
    check_embedder(store)
    with reading(store.engine) as connection:
        old = ledger.info_by_hash(connection, sha256)
    if old is not None:  # superseded by an edition that was removed since
        remove(store, old.id)
    content = _content(document, incoming)
    vectors = store.vectors()
    with writing(store.engine) as connection:
        file = ledger.File(incoming.name, sha256, len(incoming.data))
        report = ledger.stage(connection, file, now())
    store.write_file(sha256, incoming.data)
    embed(store, vectors, report, content, progress)
    with writing(store.engine) as connection:
        ledger.publish(connection, report, content)
        _add_words(connection, report, content.passages, content.descriptions)
        replaced = ledger.editions(connection, incoming.name, ledger.identity_of(document), report)
        for each in replaced:
            _remove_words(connection, each)
            ledger.supersede(connection, each, report)
            ledger.add_chore(connection, each)
        ledger.forget_failure(connection, sha256)
        ledger.bump_generation(connection)
        info = ledger.info(connection, report)
    store.keep_vectors()
    do_chores(store)
    return Added("superseded" if replaced else "added", info, "", time.monotonic() - began)


def _content(document: Document, incoming: Incoming) -> ledger.Content:
    text: str | None = document.text
    try:
        if decode(incoming.data, document.encoding) == text:
            text = None
    except ValueError:
        log.debug("%s: no encoding of a text, its text is stored", incoming.name)
    return ledger.Content(document, *derive(document), text)


def derive(document: Document) -> tuple[tuple[Passage, ...], list[str]]:
    """What is indexed of a document: its passages and its figures' descriptions."""
    return cut_passages(document), [describe(document, each) for each in document.figures]


def _add_words(
    connection: Connection, report: int, passages: Iterable[Passage], descriptions: Iterable[str]
) -> None:
    texts = (words.Text(report, each.no, each.indexed) for each in passages)
    words.add(connection, words.PASSAGES, texts)
    described = (words.Text(report, no, text) for no, text in enumerate(descriptions))
    words.add(connection, words.FIGURES, described)


def _remove_words(connection: Connection, report: int) -> None:
    passages = ledger.passages(connection, report)
    texts = (words.Text(report, each.no, each.indexed) for each in passages)
    words.remove(connection, words.PASSAGES, texts)
    described = ledger.descriptions(connection, report)
    words.remove(
        connection, words.FIGURES, (words.Text(report, no, text) for no, _, text in described)
    )


# Vectors


def embed(
    store: Store, vectors: Vectors, report: int, content: ledger.Content, progress: Progress
) -> None:
    """Store the vectors of a report's passages and figures."""
    parts = [part.no for part in content.document.parts]
    fields = {no: _fields(content.document, no) for no in parts} or {0: _fields(None, 0)}
    default = next(iter(fields.values()))
    texts = {
        "passages": [(each.no, each.part, each.indexed) for each in content.passages],
        "figures": [
            (figure.no, figure.part, text)
            for figure, text in zip(content.document.figures, content.descriptions, strict=True)
        ],
    }
    total, done = sum(map(len, texts.values())), 0
    for collection, rows in texts.items():
        for items, matrix in _embedded(store, rows, fields, default):
            vectors.add(collection, report, items, matrix)
            done += len(items)
            progress("建立索引", done, total)


def _embedded(
    store: Store,
    rows: Sequence[tuple[int, int, str]],
    fields: dict[int, dict[str, str | int]],
    default: dict[str, str | int],
) -> Iterator[tuple[list[Item], Matrix]]:
    from index.vectors import Item

    for start in range(0, len(rows), _EMBED_BATCH):
        batch = rows[start : start + _EMBED_BATCH]
        matrix = store.embeddings.documents([text for _, _, text in batch])
        yield [Item(no, fields.get(part, default)) for no, part, _ in batch], matrix


def _fields(document: Document | None, no: int) -> dict[str, str | int]:
    """What Chroma can filter by."""
    part = next((each for each in document.parts if each.no == no), None) if document else None
    if part is None:
        return {"part": no, "unit": "", "project": "", "year": "", "kind": ""}
    return {
        "part": no,
        "unit": part.entity.value,
        "project": part.project.value,
        "year": part.year,
        "kind": part.kind.value,
    }


def check_embedder(store: Store) -> None:
    """Refuse to mix vectors of two models.

    Raises:
        LibraryError: the settings name another model than the library was made with.
    """
    if store.embedder_changed():
        raise LibraryError(
            f"设置中的向量模型（{store.settings.embedder}）与建库时的不同；{REBUILD_HINT}"
        )
    if EMBEDDER not in store.meta():
        with writing(store.engine) as connection:
            ledger.set_meta(connection, {EMBEDDER: store.fingerprint})


# Removing and repairing


def remove(store: Store, report: int) -> None:
    """Delete a report: rows, words, vectors, bytes.

    Raises:
        LibraryError: there is no such report.
    """
    with store.locked():
        with writing(store.engine) as connection:
            info = ledger.info(connection, report)
            if info is None:
                raise LibraryError(f"资料库中没有编号为 {report} 的报告；用 gouji list 查看编号")
            if info.state == "ready":
                _remove_words(connection, report)
                words.optimize(connection)
            ledger.delete_report(connection, report)
            ledger.add_chore(connection, report, info.sha256)
            ledger.bump_generation(connection)
        do_chores(store)
        store.keep_vectors()
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def do_chores(store: Store) -> None:
    """Take out what committed changes left to be taken out. The caller holds the lock."""
    with reading(store.engine) as connection:
        left = ledger.chores(connection)
    for report, sha256 in left:
        store.vectors().remove(report)
        if sha256:
            store.drop_file(sha256)
        with writing(store.engine) as connection:
            ledger.end_chore(connection, report)


def repair(store: Store) -> None:
    """Undo what was broken off and finish what was decided. The caller holds the lock."""
    with reading(store.engine) as connection:
        staged = ledger.staged(connection)
        left = ledger.chores(connection)
    for report, sha256 in staged:
        log.warning("undoing the adding of report %d, which was broken off", report)
        with writing(store.engine) as connection:
            ledger.delete_report(connection, report)
            ledger.add_chore(connection, report, sha256)
    if staged or left:
        do_chores(store)
    store.drop_other_vectors()


# Rebuilding


def rebuild_words(store: Store) -> None:
    """Fill both word indexes anew from the ledger, in one transaction."""
    with store.locked(), writing(store.engine) as connection:
        _refill_words(connection)
        ledger.bump_generation(connection)


def _refill_words(connection: Connection) -> None:
    words.clear(connection)
    for report in sorted(ledger.ready_ids(connection)):
        described = [text for _, _, text in ledger.descriptions(connection, report)]
        _add_words(connection, report, ledger.passages(connection, report), described)
    ledger.set_meta(connection, {WORDS: words.WORDS_VERSION})


def rebuild_vectors(store: Store, progress: Progress) -> None:
    """Cut passages, describe figures, index and embed both anew, into a new Chroma folder.

    Until the one transaction at the end the library is used as it was.
    """
    with store.locked():
        repair(store)
        number = str(int(store.meta().get(VECTORS, "1")) + 1)
        with reading(store.engine) as connection:
            reports = sorted(ledger.ready_ids(connection))
        fresh = store.open_vectors(number)
        try:
            for done, report in enumerate(reports):
                progress("重建索引", done, len(reports))
                document = load_document(store, report)
                content = ledger.Content(document, *derive(document), None)
                embed(store, fresh, report, content, silent)
        finally:
            fresh.close()
        with writing(store.engine) as connection:
            for report in reports:
                ledger.replace_derived(connection, report, *derive(load_document(store, report)))
            _refill_words(connection)
            ledger.set_meta(connection, {VECTORS: number, EMBEDDER: store.fingerprint})
            ledger.bump_generation(connection)
        progress("重建索引", len(reports), len(reports))
        store.forget_vectors()
        store.drop_other_vectors()


def load_document(store: Store, report: int) -> Document:
    """The report's document from its rows and its stored bytes.

    Raises:
        LibraryError: there is no such report, or its bytes are missing.
    """
    with reading(store.engine) as connection:
        file = ledger.stored(connection, report)
        if file is None:
            raise LibraryError(f"资料库中没有编号为 {report} 的报告；用 gouji list 查看编号")
        text = file.text
        if text is None:
            text = decode(store.read_file(file.sha256), file.encoding)
        return ledger.load(connection, report, file, text)
