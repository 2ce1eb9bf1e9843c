"""The database of a library: SQLite in its folder, or PostgreSQL; explicit transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import sqlite

from index import postgres

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

_BUSY_MS = 30_000


def is_sqlite(place: Engine | Connection) -> bool:
    """True for SQLite, False for PostgreSQL."""
    return place.dialect.name == "sqlite"


def open_engine(path: Path) -> Engine:
    """An engine whose transactions are SQLite's own: reads deferred, writes immediate."""
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # The driver's own transaction handling commits before DDL; SQLAlchemy's BEGIN does not.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"busy_timeout={_BUSY_MS}",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("gouji_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that takes the database's write lock at its start; committed at the end."""
    if not is_sqlite(engine):
        with postgres.writing(engine) as connection:
            yield connection
        return
    with engine.connect().execution_options(gouji_write=True) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A consistent view of the ledger as it was at the start."""
    if not is_sqlite(engine):
        with postgres.reading(engine) as connection:
            yield connection
        return
    with engine.connect() as connection:
        yield connection


def upsert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can be given ``on_conflict_do_update``."""
    if is_sqlite(connection):
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


def checkpoint(engine: Engine) -> None:
    """Leave nothing that was deleted in the database's files, as far as that can be had."""
    if not is_sqlite(engine):
        postgres.clear_away(engine)
        return
    # The write-ahead log goes into the database itself.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def broken_references(connection: Connection) -> list[str]:
    """Rows that refer to a report that is not there; PostgreSQL lets none come about."""
    if not is_sqlite(connection):
        return []
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return [str(tuple(row)) for row in broken]
