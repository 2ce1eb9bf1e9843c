"""Where the ledger of a library is, and that folder and database belong together.

A folder whose ledger is in PostgreSQL holds a number in ``ledger.id`` that the database holds as
well: vectors and files of one library must not be put right by the ledger of another.
"""

from __future__ import annotations

import uuid
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from index import ledger, postgres, schema
from index.database import is_sqlite, open_engine, reading, writing
from index.errors import LibraryError
from ingest.settings import Settings

FOLDER = "folder"
SQLITE = "ledger.sqlite3"
_MARK = "ledger.id"


def open_ledger(settings: Settings, folder: Path) -> Engine:
    """The database that the settings name.

    Raises:
        LibraryError: the folder's ledger is of the other kind, or the database cannot be used.
    """
    inside = folder / SQLITE
    if not settings.ledger_url:
        if (folder / _MARK).exists() and not inside.exists():
            raise LibraryError(
                f"资料库 {folder} 的台账在 PostgreSQL 中；请设置 ledger_url，或用 --data 换一个文件夹",
                english=f"the ledger of the library {folder} is in PostgreSQL; set ledger_url, "
                "or name another folder with --data",
            )
        return open_engine(inside)
    if inside.exists():
        raise LibraryError(
            f"资料库 {folder} 的台账是其中的 {SQLITE}；请运行 gouji move-ledger 把它迁到 ledger_url，"
            "或用 --data 换一个文件夹",
            english=f"the ledger of the library {folder} is {SQLITE} in it; move it to "
            "ledger_url with gouji move-ledger, or name another folder with --data",
        )
    return postgres.open_engine(settings)


def belongs(engine: Engine, folder: Path) -> bool:
    """Whether folder and database are known to belong together; always so with SQLite."""
    if is_sqlite(engine):
        return True
    with reading(engine) as connection:
        kept = ledger.meta(connection).get(FOLDER)
    return kept is not None and kept == read_mark(folder)


def bind(engine: Engine, folder: Path) -> None:
    """Make a new folder and a new database belong together. The caller holds the lock.

    Raises:
        LibraryError: one of them is in use already.
    """
    with writing(engine) as connection:
        kept, mark = ledger.meta(connection).get(FOLDER), read_mark(folder)
        if kept is not None and kept == mark:
            return
        if in_use(connection) or any((folder / "files").iterdir()):
            place = f"{postgres.place_of(engine)} ({postgres.schema_of(engine)})"
            raise LibraryError(
                f"台账 {place} 和文件夹 {folder} 不属于同一个资料库；"
                "请改用该资料库的文件夹，或用设置 ledger_schema 另取一个 schema",
                english=f"the ledger {place} and the folder {folder} are not of one library; "
                "use that library's folder, or another schema with the setting ledger_schema",
            )
        found = kept or mark or uuid.uuid4().hex
        write_mark(folder, found)
        ledger.set_meta(connection, {FOLDER: found})


def write_mark(folder: Path, number: str) -> None:
    """Make the folder belong to the database that keeps this number."""
    (folder / _MARK).write_text(number + "\n", encoding="utf-8")


def read_mark(folder: Path) -> str | None:
    """The number of the database that the folder belongs to, if there is one."""
    path = folder / _MARK
    return path.read_text(encoding="utf-8").strip() if path.exists() else None


def in_use(connection: Connection) -> bool:
    """Whether a database holds anything of a library."""
    tables = (schema.reports, schema.aliases)
    return any(connection.execute(select(each).limit(1)).first() is not None for each in tables)
