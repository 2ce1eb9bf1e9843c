"""Rows of the ledger: reports and what belongs to them. Each function works in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from index import codec, schema
from index.database import upsert
from index.model import Identity, PartInfo, ReportInfo, State
from index.passages import Passage
from ingest.model import Document, ReportKind

_INFO = (
    "id", "name", "sha256", "state", "kind", "title", "entity", "project", "year", "parts",
    "figures", "equations", "problems", "pages", "size", "added_at", "superseded_by",
)  # fmt: skip
_INFO_COLUMNS = [schema.reports.c[name] for name in _INFO]


# Meta


def meta(connection: Connection) -> dict[str, str]:
    """All remembered facts about the library itself."""
    return {row.key: row.value for row in connection.execute(select(schema.meta))}


def set_meta(connection: Connection, values: Mapping[str, str]) -> None:
    """Remember facts about the library itself."""
    for key, value in values.items():
        statement = upsert(connection, schema.meta).values(key=key, value=value)
        connection.execute(
            statement.on_conflict_do_update(index_elements=["key"], set_={"value": value})
        )


def bump_generation(connection: Connection) -> None:
    """Tell other processes that what they remember of the library is old."""
    number = int(meta(connection).get("generation", "0")) + 1
    set_meta(connection, {"generation": str(number)})


# Reports


def identity_of(document: Document) -> Identity:
    """What the report is about: the facts of its first part."""
    if not document.parts:
        return Identity(ReportKind.OTHER.value, "", "", "", "")
    part = min(document.parts, key=lambda each: each.no)
    return Identity(
        part.kind.value, part.title.value, part.entity.value, part.project.value, part.year
    )


class File(NamedTuple):
    """The stored bytes of a report."""

    name: str
    sha256: str
    size: int


def stage(connection: Connection, file: File, now: str) -> int:
    """The id of a new report that nothing but repairs can see yet."""
    values = {
        **dict.fromkeys(("kind", "title", "entity", "project", "year"), ""),
        **dict.fromkeys(("media_type", "encoding"), ""),
        **dict.fromkeys(("parts", "figures", "equations", "problems", "passages"), 0),
        "name": file.name,
        "sha256": file.sha256,
        "size": file.size,
        "state": "staged",
        "added_at": now,
    }
    key = connection.execute(insert(schema.reports).values(values)).inserted_primary_key
    if key is None:
        raise RuntimeError("the database gave no id for a new report")
    return int(key[0])


def publish(
    connection: Connection,
    report: int,
    document: Document,
    passages: Sequence[Passage],
    descriptions: Sequence[str],
    text: str | None,
) -> None:
    """Write the content of a staged report and make it ready.

    Args:
        descriptions: of the figures, in their order.
        text: the document's text; None where decoding the stored bytes gives it again.
    """
    _insert(connection, report, schema.parts, map(codec.part_row, document.parts))
    _insert(connection, report, schema.sections, map(codec.section_row, document.sections))
    _insert(connection, report, schema.blocks, map(codec.block_row, document.blocks))
    _insert(connection, report, schema.tables, map(codec.table_row, document.tables))
    described = zip(document.figures, descriptions, strict=True)
    rows = (codec.figure_row(figure, description) for figure, description in described)
    _insert(connection, report, schema.figures, rows)
    _insert(connection, report, schema.equations, map(codec.equation_row, document.equations))
    _insert(connection, report, schema.assertions, map(codec.assertion_row, document.assertions))
    problems = (codec.problem_row(no, each) for no, each in enumerate(document.problems))
    _insert(connection, report, schema.problems, problems)
    insert_passages(connection, report, passages)
    values = {
        **asdict(identity_of(document)),
        "media_type": document.media_type,
        "encoding": document.encoding,
        "text": text,
        "anchors": codec.anchors_out(document.anchors),
        "pages": document.pages,
        "parts": len(document.parts),
        "figures": len(document.figures),
        "equations": len(document.equations),
        "problems": len(document.problems),
        "passages": len(passages),
        "state": "ready",
    }
    connection.execute(update(schema.reports).where(schema.reports.c.id == report).values(values))


def _insert(
    connection: Connection, report: int, table: Any, rows: Iterable[Mapping[str, Any]]
) -> None:
    values = [{"report": report, **row} for row in rows]
    if values:
        connection.execute(insert(table), values)


def _passage_row(passage: Passage) -> Mapping[str, Any]:
    return {
        "no": passage.no,
        "part": passage.part,
        "section": passage.section,
        "first_block": passage.first_block,
        "last_block": passage.last_block,
        "path": json.dumps(passage.path, ensure_ascii=False),
        "text": passage.text,
        "about": passage.about,
    }


def insert_passages(connection: Connection, report: int, passages: Sequence[Passage]) -> None:
    """Write passages; the caller keeps the report's count of them."""
    _insert(connection, report, schema.passages, map(_passage_row, passages))


def replace_derived(
    connection: Connection, report: int, passages: Sequence[Passage], descriptions: Sequence[str]
) -> None:
    """Write passages and descriptions anew."""
    table = schema.passages
    connection.execute(delete(table).where(table.c.report == report))
    insert_passages(connection, report, passages)
    connection.execute(
        update(schema.reports).where(schema.reports.c.id == report).values(passages=len(passages))
    )
    rows = [{"text": text, "id": report, "place": no} for no, text in enumerate(descriptions)]
    if rows:
        figures = schema.figures
        connection.execute(
            update(figures)
            .where(figures.c.report == bindparam("id"), figures.c.no == bindparam("place"))
            .values(description=bindparam("text")),
            rows,
        )


def supersede(connection: Connection, old: int, new: int) -> None:
    """Take a report out of the current ones; its content stays for old citations."""
    connection.execute(
        update(schema.reports)
        .where(schema.reports.c.id == old)
        .values(state="superseded", superseded_by=new)
    )


def delete_report(connection: Connection, report: int) -> None:
    """Delete a report's rows; those that belong to it go with it."""
    connection.execute(delete(schema.reports).where(schema.reports.c.id == report))


def info(connection: Connection, report: int) -> ReportInfo | None:
    """The report, whatever its state but staged; None where there is none."""
    found = connection.execute(
        select(*_INFO_COLUMNS).where(
            schema.reports.c.id == report, schema.reports.c.state != "staged"
        )
    ).first()
    return None if found is None else ReportInfo(*found)


def info_by_hash(connection: Connection, sha256: str) -> ReportInfo | None:
    """The report with these bytes."""
    found = connection.execute(
        select(*_INFO_COLUMNS).where(
            schema.reports.c.sha256 == sha256, schema.reports.c.state != "staged"
        )
    ).first()
    return None if found is None else ReportInfo(*found)


def infos(connection: Connection, states: Iterable[State]) -> list[ReportInfo]:
    """Reports in the order in which they were added."""
    rows = connection.execute(
        select(*_INFO_COLUMNS)
        .where(schema.reports.c.state.in_(list(states)))
        .order_by(schema.reports.c.id)
    )
    return [ReportInfo(*row) for row in rows]


def ready_ids(connection: Connection) -> frozenset[int]:
    """The reports that questions see."""
    rows = connection.execute(select(schema.reports.c.id).where(schema.reports.c.state == "ready"))
    return frozenset(rows.scalars())


def editions(connection: Connection, name: str, identity: Identity, but: int) -> list[int]:
    """Ready reports of the same file name and identity, `but` itself left out.

    A report that names neither its unit nor its year or project has no identity to compare.
    """
    if not identity.entity or not (identity.year or identity.project):
        return []
    table = schema.reports
    rows = connection.execute(
        select(table.c.id)
        .where(
            table.c.name == name,
            table.c.entity == identity.entity,
            table.c.kind == identity.kind,
            table.c.project == identity.project,
            table.c.year == identity.year,
            table.c.state == "ready",
            table.c.id != but,
        )
        .order_by(table.c.id)
    )
    return list(rows.scalars())


def totals(connection: Connection) -> dict[str, int]:
    """How many figures and passages the ready reports have."""
    table = schema.reports
    found = connection.execute(
        select(
            func.coalesce(func.sum(table.c.figures), 0),
            func.coalesce(func.sum(table.c.passages), 0),
        ).where(table.c.state == "ready")
    ).one()
    return {"figures": int(found[0]), "passages": int(found[1])}


def part_infos(connection: Connection) -> list[PartInfo]:
    """The parts of all ready reports."""
    parts, reports = schema.parts, schema.reports
    rows = connection.execute(
        select(
            parts.c.report, parts.c.no, reports.c.name, parts.c.kind, parts.c.title,
            parts.c.entity, parts.c.project, parts.c.year, parts.c.facts,
        )
        .join(reports, reports.c.id == parts.c.report)
        .where(reports.c.state == "ready")
        .order_by(parts.c.report, parts.c.no)
    )  # fmt: skip
    return [PartInfo(*row[:-1], codec.carriers_in(row[-1])) for row in rows]
