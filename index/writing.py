"""Adding and removing reports, each wholly in or wholly out.

The ledger decides. A report's row is first written as ``staged``; its bytes and vectors follow;
then one transaction writes its content and its words and makes it ``ready``. What a change has to
take out elsewhere (vectors, bytes) is written into ``chores`` in the transaction that decides it.
So after a crash `index.repair` finds in the ledger everything that is left to do.
"""

from __future__ import annotations

import time
import unicodedata
from datetime import UTC, datetime
from pathlib import PurePath, PureWindowsPath

from index import ledger, ledger_work, words
from index.aliases import insert_names
from index.confined import Reading, Source
from index.database import reading, writing
from index.errors import LibraryError
from index.indexing import Derived, add_words, derive, embed, remove_words
from index.model import Added, FailureInfo, Progress, ReportInfo, Status
from index.repair import do_chores, repair, sound_vectors
from index.store import EMBEDDER, Store, no_report
from ingest.model import Document
from ingest.readers.encoding import decode

REBUILD_HINT = "请运行 gouji rebuild 重新计算向量"


def now() -> str:
    """The time, UTC, ISO 8601 in microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def clean_name(name: str) -> str:
    """A file's name without folders, in Unicode's composed form."""
    last = PureWindowsPath(PurePath(name).name).name or "未命名"
    return unicodedata.normalize("NFC", last.encode("utf-8", "replace").decode("utf-8"))


# Adding


def unchanged(store: Store, source: Source) -> Added | None:
    """The answer for bytes that are in already, else None."""
    began = time.monotonic()
    known = _known(store, source.sha256)
    return Added("unchanged", known, "", time.monotonic() - began) if known else None


def finish(store: Store, source: Source, found: Reading, progress: Progress, began: float) -> Added:
    """Take in what was read of a file, or remember why there is nothing."""
    if isinstance(found, str):
        return fail(store, source, found, began)
    return take_in(store, source, found, progress, began)


def _known(store: Store, sha256: str) -> ReportInfo | None:
    """The report with these bytes, unless it was superseded by one that is gone again."""
    with reading(store.engine) as connection:
        found = ledger.info_by_hash(connection, sha256)
    if found and (found.state == "ready" or found.superseded_by is not None):
        return found
    return None


def fail(store: Store, source: Source, reason: str, began: float) -> Added:
    """Remember why a file is not in."""
    sha256 = source.sha256 if source.data else ""
    failure = FailureInfo(source.name, sha256, source.path, reason, now())
    with writing(store.engine) as connection:
        ledger_work.remember_failure(connection, failure)
    return Added("failed", None, reason, time.monotonic() - began)


def forget_failure(store: Store, source: Source) -> None:
    """Drop what was remembered of a file that could not be read before."""
    with writing(store.engine) as connection:
        ledger_work.forget_failure(connection, source.sha256, source.name)


def take_in(
    store: Store, source: Source, document: Document, progress: Progress, began: float
) -> Added:
    """Add a file that was read already."""
    with store.locked():
        known = _known(store, source.sha256)
        if known is not None:
            return Added("unchanged", known, "", time.monotonic() - began)
        repair(store)
        check_embedder(store)
        with reading(store.engine) as connection:
            old = ledger.info_by_hash(connection, source.sha256)
        if old is not None:  # superseded by an edition that was removed since
            remove(store, old.id)
        derived = derive(document)
        report = _stage(store, source, document, derived, progress)
        info, replaced = _publish(store, report, source, document, derived)
        status: Status = "superseded" if replaced else "added"
        return Added(status, info, "", time.monotonic() - began, replaced)


def _stage(
    store: Store, source: Source, document: Document, derived: Derived, progress: Progress
) -> int:
    """Write a report's row, bytes and vectors; nothing of it is to be seen yet."""
    vectors = sound_vectors(store)
    with writing(store.engine) as connection:
        file = ledger.File(source.name, source.sha256, len(source.data))
        report = ledger.stage(connection, file, now())
    store.write_file(source.sha256, source.data)
    embed(store, vectors, report, document, derived, progress)
    return report


def _publish(
    store: Store, report: int, source: Source, document: Document, derived: Derived
) -> tuple[ReportInfo | None, tuple[int, ...]]:
    """Write a staged report's content and make it ready; older editions give way."""
    text = _text_to_keep(source, document)
    identity = ledger.identity_of(document)
    with writing(store.engine) as connection:
        ledger.publish(connection, report, document, derived.passages, derived.descriptions, text)
        insert_names(connection, report, document)
        add_words(connection, report, derived)
        replaced = ledger.editions(connection, source.name, identity, report)
        for each in replaced:
            remove_words(connection, each)
            ledger.supersede(connection, each, report)
            ledger_work.add_chore(connection, each)
        ledger_work.forget_failure(connection, source.sha256, source.name)
        ledger.bump_generation(connection)
        info = ledger.info(connection, report)
    store.keep_vectors()
    do_chores(store)
    return info, tuple(replaced)


def _text_to_keep(source: Source, document: Document) -> str | None:
    """None where decoding the stored bytes gives the document's text again."""
    try:
        same = decode(source.data, document.encoding) == document.text
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
            ledger_work.add_chore(connection, report, info.sha256)
            ledger.bump_generation(connection)
        store.keep_vectors()
        do_chores(store)
        store.checkpoint()
