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
_MARK, _SQLITE = "ledger.id", "ledger.sqlite3"


def open_ledger(settings: Settings, folder: Path) -> Engine:
    """The database that the settings name.

    Raises:
        LibraryError: the folder's ledger is of the other kind, or the database cannot be used.
    """
    inside = folder / _SQLITE
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
            f"资料库 {folder} 的台账是其中的 {_SQLITE}；要用 ledger_url，请用 --data 换一个文件夹并重新载入报告",
            english=f"the ledger of the library {folder} is {_SQLITE} in it; to use ledger_url, name "
            "another folder with --data and load the reports there",
        )
    return postgres.open_engine(settings)


def belongs(engine: Engine, folder: Path) -> bool:
    """Whether folder and database are known to belong together; always so with SQLite."""
    if is_sqlite(engine):
        return True
    with reading(engine) as connection:
        kept = ledger.meta(connection).get(FOLDER)
    return kept is not None and kept == _mark(folder)


def bind(engine: Engine, folder: Path) -> None:
    """Make a new folder and a new database belong together. The caller holds the lock.

    Raises:
        LibraryError: one of them is in use already.
    """
    with writing(engine) as connection:
        kept, mark = ledger.meta(connection).get(FOLDER), _mark(folder)
        if kept is not None and kept == mark:
            return
        if _in_use(connection) or any((folder / "files").iterdir()):
            place = f"{postgres.place_of(engine)} ({postgres.schema_of(engine)})"
            raise LibraryError(
                f"台账 {place} 和文件夹 {folder} 不属于同一个资料库；"
                "请改用该资料库的文件夹，或用设置 ledger_schema 另取一个 schema",
                english=f"the ledger {place} and the folder {folder} are not of one library; "
                "use that library's folder, or another schema with the setting ledger_schema",
            )
        found = kept or mark or uuid.uuid4().hex
        (folder / _MARK).write_text(found + "\n", encoding="utf-8")
        ledger.set_meta(connection, {FOLDER: found})


def _mark(folder: Path) -> str | None:
    path = folder / _MARK
    return path.read_text(encoding="utf-8").strip() if path.exists() else None


def _in_use(connection: Connection) -> bool:
    tables = (schema.reports, schema.aliases)
    return any(connection.execute(select(each).limit(1)).first() is not None for each in tables)
