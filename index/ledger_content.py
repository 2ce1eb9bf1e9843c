"""Rows of the ledger: what a report holds, and what was made of it (digests)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from index import codec, schema
from index.database import upsert
from index.passages import Passage
from ingest.model import Document


class Stored(NamedTuple):
    """What the ledger says about the bytes of a report."""

    name: str
    sha256: str
    media_type: str
    encoding: str
    text: str | None
    pages: int | None
    anchors: bytes | None


def exists(connection: Connection, report: int) -> bool:
    """Whether there is a report of this number that is not staged."""
    table = schema.reports
    found = select(table.c.id).where(table.c.id == report, table.c.state != "staged")
    return connection.execute(found).first() is not None


def stored(connection: Connection, report: int) -> Stored | None:
    """The stored file of a report that is not staged."""
    table = schema.reports
    found = connection.execute(
        select(
            table.c.name, table.c.sha256, table.c.media_type, table.c.encoding, table.c.text,
            table.c.pages, table.c.anchors,
        ).where(table.c.id == report, table.c.state != "staged")
    ).first()  # fmt: skip
    return None if found is None else Stored(*found)


def _content(connection: Connection, table: Any, report: int) -> Iterable[Sequence[Any]]:
    statement = select(table).where(table.c.report == report).order_by(table.c.no)
    return connection.execute(statement)


def load(connection: Connection, report: int, file: Stored, text: str) -> Document:
    """The report's document, rebuilt from its rows."""
    return Document(
        name=file.name,
        sha256=file.sha256,
        media_type=file.media_type,
        encoding=file.encoding,
        text=text,
        blocks=codec.read_all(_content(connection, schema.blocks, report), codec.block_of),
        sections=codec.read_all(_content(connection, schema.sections, report), codec.section_of),
        tables=codec.read_all(_content(connection, schema.tables, report), codec.table_of),
        parts=codec.read_all(_content(connection, schema.parts, report), codec.part_of),
        figures=codec.read_all(_content(connection, schema.figures, report), codec.figure_of),
        equations=codec.read_all(_content(connection, schema.equations, report), codec.equation_of),
        assertions=codec.read_all(
            _content(connection, schema.assertions, report), codec.assertion_of
        ),
        problems=codec.read_all(_content(connection, schema.problems, report), codec.problem_of),
        pages=file.pages,
        anchors=codec.anchors_in(file.anchors),
    )


def _passage_of(row: Sequence[Any]) -> Passage:
    _, no, part, section, first, last, path, text, about = row
    return Passage(no, part, section, first, last, tuple(json.loads(path)), text, about)


def passages(connection: Connection, report: int) -> list[Passage]:
    """The report's passages in reading order."""
    return [_passage_of(row) for row in _content(connection, schema.passages, report)]


def passages_at(
    connection: Connection, keys: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], Passage]:
    """The passages with these (report, no), as far as there are any."""
    table = schema.passages
    found: dict[tuple[int, int], Passage] = {}
    for report, no in keys:
        statement = select(table).where(table.c.report == report, table.c.no == no)
        row = connection.execute(statement).first()
        if row is not None:
            found[report, no] = _passage_of(row)
    return found


def labels(connection: Connection, reports: Iterable[int]) -> list[str]:
    """Headings, metric names, row and column labels of some reports, each once."""
    sections, figures = schema.sections, schema.figures
    found: dict[str, None] = {}
    for report in reports:
        titles = select(sections.c.title).where(sections.c.report == report)
        found.update(dict.fromkeys(connection.execute(titles).scalars()))
        named = select(figures.c.metric, figures.c.row_path, figures.c.column_path)
        for row in connection.execute(named.where(figures.c.report == report).distinct()):
            found.update(dict.fromkeys(row))
    return list(found)


def descriptions(connection: Connection, report: int) -> list[str]:
    """The descriptions of the report's figures, in their order."""
    table = schema.figures
    statement = select(table.c.description).where(table.c.report == report).order_by(table.c.no)
    return list(connection.execute(statement).scalars())


def ready_keys(connection: Connection, name: str) -> set[tuple[int, int]]:
    """(report, no) of every row of a table of content that belongs to a ready report."""
    table, reports = schema.metadata.tables[name], schema.reports
    rows = connection.execute(
        select(table.c.report, table.c.no)
        .join(reports, reports.c.id == table.c.report)
        .where(reports.c.state == "ready")
    )
    return {(row[0], row[1]) for row in rows}


def digests(
    connection: Connection, name: str, version: str, reports: Sequence[int] | None
) -> dict[int, str]:
    """The digests of a name and version, by report; of some reports, or of all where None."""
    table = schema.digests
    wanted = select(table.c.report, table.c.content).where(
        table.c.name == name, table.c.version == version
    )
    if reports is not None:
        wanted = wanted.where(table.c.report.in_(reports))
    rows = connection.execute(wanted)
    return {row[0]: row[1] for row in rows}


def keep_digests(connection: Connection, name: str, version: str, found: Mapping[int, str]) -> None:
    """Keep digests in the place of older ones; those of reports that are gone are dropped."""
    there = set(connection.execute(select(schema.reports.c.id)).scalars())
    rows = [
        {"name": name, "report": report, "version": version, "content": content}
        for report, content in found.items()
        if report in there
    ]
    if rows:
        statement = upsert(connection, schema.digests)
        changed = {name: statement.excluded[name] for name in ("version", "content")}
        connection.execute(
            statement.on_conflict_do_update(index_elements=["name", "report"], set_=changed), rows
        )
