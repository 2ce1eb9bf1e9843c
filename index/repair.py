"""Putting a library right: after a crash, after a change of model, after damage."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from index import ledger, ledger_content, ledger_work, words
from index.database import reading, writing
from index.errors import LibraryError, VectorsError
from index.indexing import add_words, derive, embed, stored_words
from index.model import Progress
from index.store import EMBEDDER, VECTORS, WORDS, Store

if TYPE_CHECKING:
    from index.vectors import Key, Vectors

log = logging.getLogger(__name__)


def silent(_stage: str, _done: int, _total: int) -> None:
    """The progress of those who do not want any."""


def repair(store: Store) -> None:
    """Undo what was broken off and finish what was decided. The caller holds the lock."""
    with reading(store.engine) as connection:
        staged = ledger_work.staged(connection)
        left = ledger_work.chores(connection)
    for report, sha256 in staged:
        log.info("undoing the adding of report %d, which was broken off", report)
        with writing(store.engine) as connection:
            ledger.delete_report(connection, report)
            ledger_work.add_chore(connection, report, sha256)
    if staged or left:
        do_chores(store)
    store.drop_other_vectors()


def do_chores(store: Store) -> None:
    """Take out what committed changes left to be taken out. The caller holds the lock."""
    with reading(store.engine) as connection:
        left = ledger_work.chores(connection)
    for report, sha256 in left:
        sound_vectors(store).remove(report)
        if sha256:
            store.drop_file(sha256)
        with writing(store.engine) as connection:
            ledger_work.end_chore(connection, report)


# Vectors


def sound_vectors(store: Store) -> Vectors:
    """Chroma, compared with the ledger once after each opening, and healed where it differs.

    While another process writes nothing is compared; its half-done reports are in no result.

    Raises:
        VectorsError: Chroma's files are damaged and another process holds the lock.
    """
    try:
        vectors = store.vectors()
        if store.vectors_sound or _counts_agree(store, vectors):
            store.vectors_sound = True
            return vectors
        broken = None
    except VectorsError as error:
        broken = error
    try:
        with store.locked(seconds=0):
            if broken is None:
                heal(store)
            else:
                log.warning("向量索引已损坏，正在从台账重新计算：%s", broken)
                rebuild_vectors(store, silent)
    except LibraryError as error:
        if not error.retryable:
            raise
        if broken is not None:
            raise broken from error
    return store.vectors()


def _counts_agree(store: Store, vectors: Vectors) -> bool:
    with reading(store.engine) as connection:
        totals = ledger.totals(connection)
    return all(vectors.count(name) == count for name, count in totals.items())


def heal(store: Store) -> None:
    """Make Chroma hold what the ledger says: no vector more, none less. Under the lock."""
    vectors = store.vectors()
    with reading(store.engine) as connection:
        expected = expected_keys(connection)
        busy = {
            report
            for report, _ in (*ledger_work.staged(connection), *ledger_work.chores(connection))
        }
    lacking: set[int] = set()
    for collection, keys in expected.items():
        found = vectors.keys(collection)
        extra = {key for key in found - keys if key[0] not in busy}
        missing = keys - found
        if extra or missing:
            log.info("%s: %d vectors too many, %d lacking", collection, len(extra), len(missing))
        vectors.remove_keys(collection, extra)
        lacking |= {report for report, _ in missing}
    for report in sorted(lacking):
        document = store.document(report)
        with reading(store.engine) as connection:
            stored = stored_words(connection, report)
        embed(store, vectors, report, document, stored, silent)
    store.vectors_sound = True


def expected_keys(connection: Connection) -> dict[str, set[Key]]:
    """The (report, no) that the indexes must hold."""
    return {
        name: ledger_content.ready_keys(connection, name)
        for name in (words.FIGURES, words.PASSAGES)
    }


# Rebuilding


def rebuild_words(store: Store) -> None:
    """Fill both word indexes anew from the ledger, in one transaction."""
    with store.locked(), writing(store.engine) as connection:
        refill_words(connection)
        ledger.bump_generation(connection)


def refill_words(connection: Connection) -> None:
    """Fill both word indexes anew from the ledger, in the caller's transaction."""
    words.clear(connection)
    for report in sorted(ledger.ready_ids(connection)):
        add_words(connection, report, stored_words(connection, report))
    ledger.set_meta(connection, {WORDS: words.WORDS_VERSION})


def rebuild_vectors(store: Store, progress: Progress) -> None:
    """Cut passages, describe figures, index and embed both anew, into a new Chroma folder.

    Until the one transaction at the end the library is used as it was.
    """
    with store.locked():
        number = str(int(store.meta().get(VECTORS, "1")) + 1)
        store.drop_other_vectors()
        with reading(store.engine) as connection:
            reports = sorted(ledger.ready_ids(connection))
        fresh = store.open_vectors(number)
        try:
            for done, report in enumerate(reports):
                progress("重建索引", done, len(reports))
                document = store.document(report)
                embed(store, fresh, report, document, derive(document), silent)
        finally:
            fresh.close()
        with writing(store.engine) as connection:
            for report in reports:
                ledger.replace_derived(connection, report, *derive(store.document(report)))
            refill_words(connection)
            ledger.set_meta(connection, {VECTORS: number, EMBEDDER: store.fingerprint})
            ledger.bump_generation(connection)
        progress("重建索引", len(reports), len(reports))
        store.forget_vectors()
        store.drop_other_vectors()
