"""Rows of the ledger: reports and what belongs to them. Each function works in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select, update

from index import codec, schema
from index.database import upsert
from index.model import FailureInfo, Identity, PartInfo, ReportInfo, State
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
            parts.c.entity, parts.c.project, parts.c.year,
        )
        .join(reports, reports.c.id == parts.c.report)
        .where(reports.c.state == "ready")
        .order_by(parts.c.report, parts.c.no)
    )  # fmt: skip
    return [PartInfo(*row) for row in rows]


# Content


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


# Digests


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


# Work under way


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


# Failures


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
