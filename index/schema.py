"""The ledger's tables as SQLAlchemy sees them. index/migrations.py makes them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()


def _text(*names: str) -> list[Column[str]]:
    return [Column(name, Text) for name in names]


def _integer(*names: str) -> list[Column[int]]:
    return [Column(name, Integer) for name in names]


def _key() -> list[Column[int]]:
    return [Column("report", Integer, primary_key=True), Column("no", Integer, primary_key=True)]


meta = Table("meta", metadata, Column("key", Text, primary_key=True), *_text("value"))
reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    *_text("name", "sha256", "state", "kind", "title", "entity", "project", "year"),
    *_text("media_type", "encoding", "text"),
    *_integer("pages"),
    Column("size", BigInteger),
    *_integer("parts", "figures", "equations", "problems", "passages"),
    *_text("added_at"),
    *_integer("superseded_by"),
    Column("anchors", LargeBinary),
)
parts = Table(
    "parts",
    metadata,
    *_key(),
    *_text("kind", "title", "entity", "project", "year"),
    *_integer("first_block", "last_block"),
    *_text("facts"),
)
sections = Table(
    "sections", metadata, *_key(), *_integer("level"), *_text("title"), *_integer("parent", "block")
)
blocks = Table(
    "blocks",
    metadata,
    *_key(),
    *_text("kind", "text", "spans"),
    *_integer("section", "page", "table_no"),
)
tables = Table("tables", metadata, *_key(), *_integer("block"), *_text("title", "unit", "grid"))
figures = Table(
    "figures",
    metadata,
    *_key(),
    *_integer("part", "block", "section"),
    *_text("role", "metric", "period", "value", "low", "high", "printed", "approx"),
    *_text("dimension", "unit", "factor", "noun"),
    *_text("basis", "direction", "subject", "sentence", "scope", "row_path", "column_path"),
    *_integer("start", "end"),
    *_text("spans"),
    *_integer("page", "table_no", "row_no", "column_no"),
    *_text("description"),
    *_integer("doubtful"),
)
equations = Table(
    "equations",
    metadata,
    *_key(),
    *_text("family", "formula", "verdict"),
    *_integer("stated"),
    *_text("operands", "value", "low", "high", "reason", "places"),
)
assertions = Table(
    "assertions",
    metadata,
    *_key(),
    *_text("family", "subject", "verdict"),
    *_integer("part"),
    *_text("stated", "others", "recomputed", "message"),
)
problems = Table(
    "problems", metadata, *_key(), *_text("code", "message"), *_integer("start", "end")
)
passages = Table(
    "passages",
    metadata,
    *_key(),
    *_integer("part", "section", "first_block", "last_block"),
    *_text("path", "text", "about"),
)
failures = Table(
    "failures",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    *_text("path", "reason", "failed_at"),
)
digests = Table(
    "digests",
    metadata,
    Column("name", Text, primary_key=True),
    Column("report", Integer, primary_key=True),
    *_text("version", "content"),
)
chores = Table("chores", metadata, Column("report", Integer, primary_key=True), *_text("sha256"))
names = Table(
    "names",
    metadata,
    *_key(),
    *_integer("part"),
    *_text("told", "subject", "first", "second"),
    *_integer("start", "end", "page"),
    *_text("quote"),
)
aliases = Table(
    "aliases",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    *_text("kind", "low", "high", "first", "second", "state", "note", "evidence", "at"),
)
alias_history = Table(
    "alias_history",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    *_text("at", "action", "before", "after"),
    *_integer("undone"),
)
