"""Rows of the ledger: work that was broken off or is left to do, and files that could not be read."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, and_, delete, or_, select

from index import schema
from index.database import upsert
from index.model import FailureInfo


def staged(connection: Connection) -> list[tuple[int, str]]:
    """(id, sha256) of reports whose adding was broken off."""
    table = schema.reports
    found = select(table.c.id, table.c.sha256).where(table.c.state == "staged")
    rows = connection.execute(found.order_by(table.c.id))
    return [(row[0], row[1]) for row in rows]


def add_chore(connection: Connection, report: int, sha256: str = "") -> None:
    """Ask for the report's vectors to be taken out, and its bytes where `sha256` is given."""
    connection.execute(
        upsert(connection, schema.chores)
        .values(report=report, sha256=sha256)
        .on_conflict_do_update(index_elements=["report"], set_={"sha256": sha256})
    )


def chores(connection: Connection) -> list[tuple[int, str]]:
    """(report, sha256) of the work that is left."""
    rows = connection.execute(select(schema.chores).order_by(schema.chores.c.report))
    return [(row[0], row[1]) for row in rows]


def end_chore(connection: Connection, report: int) -> None:
    connection.execute(delete(schema.chores).where(schema.chores.c.report == report))


def remember_failure(connection: Connection, failure: FailureInfo) -> None:
    """Keep why a file could not be added; a later reason replaces an earlier one."""
    values = asdict(failure)
    changed = {key: values[key] for key in ("path", "reason", "failed_at")}
    connection.execute(
        upsert(connection, schema.failures)
        .values(values)
        .on_conflict_do_update(index_elements=["sha256", "name"], set_=changed)
    )


def forget_failure(connection: Connection, sha256: str, name: str) -> None:
    """Drop the failures of these bytes, and those of the name whose bytes were never read."""
    table = schema.failures
    unread = and_(table.c.sha256 == "", table.c.name == name)
    connection.execute(delete(table).where(or_(table.c.sha256 == sha256, unread)))


def failures(connection: Connection) -> list[FailureInfo]:
    """Files that could not be added, the latest first."""
    table = schema.failures
    rows = connection.execute(
        select(
            table.c.name, table.c.sha256, table.c.path, table.c.reason, table.c.failed_at
        ).order_by(table.c.failed_at.desc(), table.c.name)
    )
    return [FailureInfo(*row) for row in rows]
