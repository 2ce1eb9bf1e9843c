"""Moving a library's ledger from SQLite in its folder to PostgreSQL. Files and vectors stay."""

from __future__ import annotations

import uuid
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, Table, func, insert, select, text, update

from index import ledger, postgres, schema
from index.database import reading, writing
from index.errors import LibraryError
from index.ledger_home import FOLDER, SQLITE, in_use, read_mark, write_mark
from index.library import Library
from index.migrations import migrate
from index.model import Progress
from index.repair import refill_words, repair, silent
from index.store import Store
from ingest.settings import Settings

KEPT = SQLITE + ".moved"
"""What the former ledger is called afterwards."""

_TOGETHER = 1_000  # rows of one statement


class Moved(NamedTuple):
    """How many reports went where, and what is kept of the former ledger."""

    reports: int
    place: str
    kept: Path


def move_ledger(settings: Settings, progress: Progress = silent) -> Moved:
    """Move the ledger in the folder of the settings to their ``ledger_url``, wholly or not at all.

    Broken off at any instant, it can be called again.

    Raises:
        LibraryError: there is nothing to move, or nowhere to move it.
    """
    folder = Path(settings.data_dir)
    if not settings.ledger_url:
        raise LibraryError(
            "没有设置 ledger_url；台账要迁到哪里，请在设置中写明",
            english="ledger_url is not set; name the database to move the ledger to",
        )
    if not (folder / SQLITE).exists():
        raise LibraryError(
            f"文件夹 {folder} 中没有 {SQLITE}，没有可迁的台账",
            english=f"there is no {SQLITE} in {folder}: nothing to move",
        )
    target = postgres.open_engine(settings)
    inside = replace(settings, ledger_url="")
    try:
        Library.open(inside).close()  # brings it up to date and repairs it
        store = Store(inside)
        try:
            with store.locked(), postgres.holding(target, 0):
                repair(store)
                store.checkpoint()  # so that its file alone is all of it
                if not _moved_already(target, folder):
                    _move(store.engine, target, folder, progress)
        finally:
            store.close()
        with reading(target) as connection:
            count = len(ledger.infos(connection, ("ready", "superseded")))
    finally:
        place = postgres.place_of(target)
        target.dispose()
    (folder / SQLITE).rename(folder / KEPT)
    return Moved(count, place, folder / KEPT)


def _moved_already(target: Engine, folder: Path) -> bool:
    """Whether only the last step, giving the former ledger another name, was not done."""
    migrate(target)
    with reading(target) as connection:
        kept = ledger.meta(connection).get(FOLDER)
        used = in_use(connection)
    if kept is not None and kept == read_mark(folder):
        return True
    if used:
        place = f"{postgres.place_of(target)} ({postgres.schema_of(target)})"
        raise LibraryError(
            f"台账 {place} 中已有别的资料库；请用设置 ledger_schema 另取一个 schema",
            english=f"the ledger {place} is another library's; "
            "name another schema with the setting ledger_schema",
        )
    return False


def _move(source: Engine, target: Engine, folder: Path, progress: Progress) -> None:
    number = uuid.uuid4().hex
    write_mark(folder, number)
    # The other tables refer to reports.
    tables = sorted(schema.metadata.sorted_tables, key=lambda each: each is not schema.reports)
    with reading(source) as old, writing(target) as new:
        for done, table in enumerate(tables):
            progress("迁移台账", done, len(tables))
            _copy(old, new, table)
        _superseded(old, new)
        _go_on_counting(old, new)
        refill_words(new)
        ledger.set_meta(new, {FOLDER: number})
        progress("迁移台账", len(tables), len(tables))


def _copy(old: Connection, new: Connection, table: Table) -> None:
    new.execute(table.delete())  # what opening an empty library remembers of itself
    rows = old.execute(select(table).order_by(*table.primary_key.columns)).mappings()
    for some in rows.partitions(_TOGETHER):
        new.execute(insert(table), [_row(table, dict(each)) for each in some])
    count = select(func.count()).select_from(table)
    if old.execute(count).scalar() != new.execute(count).scalar():
        raise RuntimeError(f"{table.name} was not copied as a whole")


def _row(table: Table, values: dict[str, object]) -> dict[str, object]:
    if table is schema.reports:
        values["superseded_by"] = None  # a report that comes later
    return values


def _superseded(old: Connection, new: Connection) -> None:
    table = schema.reports
    found = select(table.c.id, table.c.superseded_by).where(table.c.superseded_by.is_not(None))
    for report, by in old.execute(found).all():
        new.execute(update(table).where(table.c.id == report).values(superseded_by=by))


def _go_on_counting(old: Connection, new: Connection) -> None:
    """No number is given again, not even that of a report that was removed."""
    given = {row[0]: row[1] for row in old.execute(text("SELECT name, seq FROM sqlite_sequence"))}
    for name in ("reports", "aliases", "alias_history"):
        last = given.get(name, 0)
        if last:
            new.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
                {"name": name, "last": last},
            )
