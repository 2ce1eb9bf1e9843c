"""Adding and removing reports, each wholly in or wholly out.

The ledger decides. A report's row is first written as ``staged``; its bytes and vectors follow;
then one transaction writes its content and its words and makes it ``ready``. What a change has to
take out elsewhere (vectors, bytes) is written into ``chores`` in the transaction that decides it.
So after a crash `index.repair` finds in the ledger everything that is left to do.
"""

from __future__ import annotations

import hashlib
import logging
import time
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import PurePath, PureWindowsPath

from index import ledger, words
from index.database import reading, writing
from index.errors import LibraryError
from index.indexing import Derived, add_words, derive, embed, remove_words
from index.model import Added, FailureInfo, Progress, Reader, ReportInfo, Status
from index.repair import do_chores, repair, sound_vectors
from index.store import EMBEDDER, Store, no_report
from ingest.model import Document
from ingest.readers.encoding import decode
from ingest.readers.errors import UnreadableFile

log = logging.getLogger(__name__)

REBUILD_HINT = "请运行 gouji rebuild 重新计算向量"


def now() -> str:
    """The time, UTC, ISO 8601 in microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def clean_name(name: str) -> str:
    """A file's name without folders, in Unicode's composed form."""
    last = PureWindowsPath(PurePath(name).name).name or "未命名"
    return unicodedata.normalize("NFC", last.encode("utf-8", "replace").decode("utf-8"))


@dataclass(frozen=True)
class Incoming:
    """A file to be added. `path` is "" where its bytes came without one."""

    name: str
    data: bytes
    path: str = ""

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


# Adding


def add(store: Store, incoming: Incoming, reader: Reader, progress: Progress) -> Added:
    """Read a file and take it in; a file that cannot be read is remembered as a failure."""
    began = time.monotonic()
    known = _known(store, incoming.sha256)
    if known is not None:
        return Added("unchanged", known, "", time.monotonic() - began)
    progress("读取", 0, 1)
    try:
        document = reader(incoming.data, incoming.name)
    except UnreadableFile as error:
        return fail(store, incoming, str(error), began)
    except Exception as error:
        log.exception("reading %s failed", incoming.name)
        reason = (
            f"{incoming.name}：程序读取时出错（{type(error).__name__}：{error}）；"
            "该文件未加入，请把文件和日志反馈给维护者"
        )
        return fail(store, incoming, reason, began)
    progress("读取", 1, 1)
    return take_in(store, incoming, document, progress, began)


def _known(store: Store, sha256: str) -> ReportInfo | None:
    """The report with these bytes, unless it was superseded by one that is gone again."""
    with reading(store.engine) as connection:
        found = ledger.info_by_hash(connection, sha256)
    if found and (found.state == "ready" or found.superseded_by is not None):
        return found
    return None


def fail(store: Store, incoming: Incoming, reason: str, began: float) -> Added:
    """Remember why a file is not in."""
    sha256 = incoming.sha256 if incoming.data else ""
    failure = FailureInfo(incoming.name, sha256, incoming.path, reason, now())
    with writing(store.engine) as connection:
        ledger.remember_failure(connection, failure)
    return Added("failed", None, reason, time.monotonic() - began)


def take_in(
    store: Store, incoming: Incoming, document: Document, progress: Progress, began: float
) -> Added:
    """Add a file that was read already."""
    with store.locked():
        known = _known(store, incoming.sha256)
        if known is not None:
            return Added("unchanged", known, "", time.monotonic() - began)
        repair(store)
        check_embedder(store)
        with reading(store.engine) as connection:
            old = ledger.info_by_hash(connection, incoming.sha256)
        if old is not None:  # superseded by an edition that was removed since
            remove(store, old.id)
        derived = derive(document)
        report = _stage(store, incoming, document, derived, progress)
        info, replaced = _publish(store, report, incoming, document, derived)
        status: Status = "superseded" if replaced else "added"
        return Added(status, info, "", time.monotonic() - began, replaced)


def _stage(
    store: Store, incoming: Incoming, document: Document, derived: Derived, progress: Progress
) -> int:
    """Write a report's row, bytes and vectors; nothing of it is to be seen yet."""
    vectors = sound_vectors(store)
    with writing(store.engine) as connection:
        file = ledger.File(incoming.name, incoming.sha256, len(incoming.data))
        report = ledger.stage(connection, file, now())
    store.write_file(incoming.sha256, incoming.data)
    embed(store, vectors, report, document, derived, progress)
    return report


def _publish(
    store: Store, report: int, incoming: Incoming, document: Document, derived: Derived
) -> tuple[ReportInfo | None, tuple[int, ...]]:
    """Write a staged report's content and make it ready; older editions give way."""
    text = _text_to_keep(incoming, document)
    identity = ledger.identity_of(document)
    with writing(store.engine) as connection:
        ledger.publish(connection, report, document, derived.passages, derived.descriptions, text)
        add_words(connection, report, derived)
        replaced = ledger.editions(connection, incoming.name, identity, report)
        for each in replaced:
            remove_words(connection, each)
            ledger.supersede(connection, each, report)
            ledger.add_chore(connection, each)
        ledger.forget_failure(connection, incoming.sha256, incoming.name)
        ledger.bump_generation(connection)
        info = ledger.info(connection, report)
    store.keep_vectors()
    do_chores(store)
    return info, tuple(replaced)


def _text_to_keep(incoming: Incoming, document: Document) -> str | None:
    """None where decoding the stored bytes gives the document's text again."""
    try:
        same = decode(incoming.data, document.encoding) == document.text
    except ValueError:  # the encoding of no plain text
        same = False
    return None if same else document.text


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


# Removing


def remove(store: Store, report: int) -> None:
    """Delete a report: rows, words, vectors, bytes.

    Raises:
        LibraryError: there is no such report.
    """
    with store.locked():
        with writing(store.engine) as connection:
            info = ledger.info(connection, report)
            if info is None:
                raise no_report(report)
            if info.state == "ready":
                remove_words(connection, report)
            words.optimize(connection)
            ledger.delete_report(connection, report)
            ledger.add_chore(connection, report, info.sha256)
            ledger.bump_generation(connection)
        store.keep_vectors()
        do_chores(store)
        store.checkpoint()
