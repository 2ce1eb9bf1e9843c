"""The ledger in PostgreSQL: its connections, transactions and locks, and its housekeeping.

Several libraries may share a database, each in a schema of its own. All writers of a library take
one advisory lock, as writers of SQLite take that of its file.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from index.errors import LedgerUnreachableError, LibraryError
from index.postgres_address import address
from index.postgres_errors import busy, in_words
from index.postgres_text import keep_every_character
from ingest.settings import Settings

log = logging.getLogger(__name__)

_SCHEMA = re.compile(r"(?!pg_)[a-z_][a-z0-9_]{0,62}")
OLDEST = 13
_CONNECT_SECONDS = 5
_SILENT_MS = 30_000  # after which a server that acknowledges nothing counts as gone
_WAIT_SECONDS = 30  # of a writer for another one, as with SQLite
_CONNECTIONS, _MORE_CONNECTIONS = 5, 35
_WRITERS, _HOLDERS = 0x676F756A, 0x676F756B  # classes of advisory locks: "gouj", "gouk"
_POLL_SECONDS = 0.05
_CLEARED = ("words_figures_terms", "words_passages_terms")


# Opening


def open_engine(settings: Settings) -> Engine:
    """An engine for the database that the settings name, which was asked whether it fits.

    Raises:
        LibraryError: the address is none, `offline` forbids it, the driver is not installed, the
            server is too old or of another encoding, or the schema's name is none.
        LedgerUnreachableError: the server does not answer or lets nobody in.
    """
    url = address(settings)
    if not _SCHEMA.fullmatch(settings.ledger_schema):
        raise LibraryError(
            f"设置 ledger_schema 应为小写字母、数字和下划线，现为 {settings.ledger_schema}",
            english="the setting ledger_schema takes lower-case letters, digits and underscores, "
            f"not {settings.ledger_schema}",
        )
    try:
        engine = create_engine(
            url,
            pool_pre_ping=True,
            pool_size=_CONNECTIONS,
            max_overflow=_MORE_CONNECTIONS,
            connect_args={
                # Plans made for one question do not fit another; poolers know no such statements.
                "prepare_threshold": None,
                "application_name": "gouji",
                "tcp_user_timeout": _SILENT_MS,
                **({} if "connect_timeout" in url.query else {"connect_timeout": _CONNECT_SECONDS}),
            },
        )
    except ImportError as error:
        raise LibraryError(
            "设置了 ledger_url，但没有安装 PostgreSQL 的驱动程序；请运行 pip install 'gouji[postgres]'",
            english="ledger_url is set, but the driver of PostgreSQL is not installed; "
            "run pip install 'gouji[postgres]'",
        ) from error
    engine.update_execution_options(gouji_schema=settings.ledger_schema)
    event.listen(engine, "connect", _prepare(settings.ledger_schema))
    try:
        _check(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _prepare(schema: str) -> Any:
    def prepare(connection: Any, _record: Any) -> None:
        keep_every_character(connection)
        connection.autocommit = True
        connection.execute(f'SET search_path TO "{schema}"')
        connection.execute("SET jit = off")
        connection.autocommit = False

    return prepare


def _check(engine: Engine) -> None:
    with reading(engine) as connection:
        version, encoding = connection.execute(
            text(
                "SELECT current_setting('server_version_num')::integer, "
                "current_setting('server_encoding')"
            )
        ).one()
    place = place_of(engine)
    if version < OLDEST * 10_000:
        raise LibraryError(
            f"{place} 是 PostgreSQL {version // 10_000}，须为 {OLDEST} 或更新的版本",
            english=f"{place} is PostgreSQL {version // 10_000}; {OLDEST} or newer is needed",
        )
    if encoding != "UTF8":
        raise LibraryError(
            f"{place} 的编码是 {encoding}，须为 UTF8；请用 createdb --encoding=UTF8 另建一个库",
            english=f"{place} is encoded in {encoding}, not UTF8; "
            "make another with createdb --encoding=UTF8",
        )


def place_of(engine: Engine) -> str:
    """The database's address as it may be shown."""
    return engine.url.render_as_string(hide_password=True)


def schema_of(place: Engine | Connection) -> str:
    """The schema of the library."""
    return str(place.get_execution_options()["gouji_schema"])


# Transactions


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A consistent view of the ledger as it was at the first statement."""
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with _guarded(engine), engine.connect().execution_options(**options) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction of the only writer; committed at the end.

    It sees, statement by statement, what was committed before: a view fixed at its start would be
    older than the lock that it waited for.
    """
    options = {"isolation_level": "READ COMMITTED"}
    with (
        _guarded(engine),
        engine.connect().execution_options(**options) as connection,
        connection.begin(),
    ):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_WAIT_SECONDS}s'")
        connection.execute(
            text("SELECT pg_advisory_xact_lock(:writers, hashtext(:schema))"),
            {"writers": _WRITERS, "schema": schema_of(connection)},
        )
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        yield connection


@contextmanager
def holding(engine: Engine, seconds: float) -> Iterator[None]:
    """Only one process, on whatever machine, is inside; a process that ends lets go.

    Raises:
        LibraryError: another did not finish within `seconds`.
    """
    values = {"holders": _HOLDERS, "schema": schema_of(engine)}
    with (
        _guarded(engine),
        engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
    ):
        until = time.monotonic() + seconds
        take = text("SELECT pg_try_advisory_lock(:holders, hashtext(:schema))")
        while not connection.execute(take, values).scalar():
            if time.monotonic() >= until:
                raise busy(place_of(engine))
            time.sleep(_POLL_SECONDS)
        try:
            yield
        finally:
            _let_go(connection, values)


def _let_go(connection: Connection, values: dict[str, Any]) -> None:
    try:
        release = text("SELECT pg_advisory_unlock(:holders, hashtext(:schema))")
        connection.execute(release, values)
    except SQLAlchemyError as error:  # the server has dropped the lock with the connection
        log.info("the lock of writers ended with its connection: %s", type(error).__name__)
        connection.invalidate()


@contextmanager
def _guarded(engine: Engine) -> Iterator[None]:
    """Troubles of the server, as errors that a person can read and mend."""
    try:
        yield
    except PoolTimeout as error:
        raise busy(place_of(engine)) from error
    except DBAPIError as error:
        told = in_words(error, place_of(engine), engine.url.password)
        if told is None:
            raise
        raise told from error


# Housekeeping


def make_schema(connection: Connection) -> None:
    """Create the library's schema where it lacks."""
    schema = schema_of(connection)
    there = text("SELECT 1 FROM pg_namespace WHERE nspname = :schema")
    if connection.execute(there, {"schema": schema}).first() is None:
        connection.exec_driver_sql(f'CREATE SCHEMA "{schema}"')


def clear_away(engine: Engine) -> None:
    """Clear deleted rows out of the tables and their terms out of the indexes.

    Rows that somebody still reads stay until the server's own housekeeping finds them.
    """
    tables = text(
        "SELECT quote_ident(tablename) FROM pg_tables "
        "WHERE schemaname = :schema AND tableowner = current_user"
    )
    try:
        with (
            _guarded(engine),
            engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        ):
            names = connection.execute(tables, {"schema": schema_of(engine)}).scalars().all()
            if names:
                connection.exec_driver_sql("VACUUM " + ", ".join(names))
            connection.exec_driver_sql(f"SET lock_timeout = '{_CONNECT_SECONDS}s'")
            try:
                for index in _CLEARED:
                    connection.exec_driver_sql(f"REINDEX INDEX {index}")
            finally:
                connection.exec_driver_sql("RESET lock_timeout")
    except (LibraryError, SQLAlchemyError) as error:
        if isinstance(error, LedgerUnreachableError):
            raise
        log.info("deleted rows are cleared away later: %s", type(error).__name__)
