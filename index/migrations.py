"""The ledger's schema, as numbered steps.

A step that was ever published is never edited: a change is a new step at the end. Each step runs
in its own transaction together with the row that records it. They are written for SQLite;
`index/postgres_schema.py` says the same to PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, inspect, text

from index import postgres_schema
from index.database import is_sqlite, reading, writing
from index.errors import LibraryError
from index.postgres import make_schema

_FIRST = (
    """
    CREATE TABLE meta (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE reports (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL CHECK (state IN ('staged', 'ready', 'superseded')),
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        entity TEXT NOT NULL,
        project TEXT NOT NULL,
        year TEXT NOT NULL,
        media_type TEXT NOT NULL,
        encoding TEXT NOT NULL,
        text TEXT,
        pages INTEGER,
        size INTEGER NOT NULL,
        parts INTEGER NOT NULL,
        figures INTEGER NOT NULL,
        equations INTEGER NOT NULL,
        problems INTEGER NOT NULL,
        passages INTEGER NOT NULL,
        added_at TEXT NOT NULL,
        superseded_by INTEGER REFERENCES reports (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX reports_identity ON reports (name, entity, kind, project, year)",
    "CREATE INDEX reports_state ON reports (state)",
    "CREATE INDEX reports_superseded_by ON reports (superseded_by)",
    """
    CREATE TABLE parts (
        report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        no INTEGER NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        entity TEXT NOT NULL,
        project TEXT NOT NULL,
        year TEXT NOT NULL,
        first_block INTEGER NOT NULL,
        last_block INTEGER NOT NULL,
        facts TEXT NOT NULL,
        PRIMARY KEY (report, no)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX parts_about ON parts (entity, year, kind)",
    """
    CREATE TABLE sections (
        report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        no INTEGER NOT NULL,
        level INTEGER NOT NULL,
        title TEXT NOT NULL,
        parent INTEGER,
        block INTEGER NOT NULL,
        PRIMARY KEY (report, no)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE blocks (
        report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        no INTEGER NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        spans TEXT NOT NULL,
        section INTEGER NOT NULL,
        page INTEGER,
        table_no INTEGER,
        PRIMARY KEY (report, no)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE tables (
        report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        no INTEGER NOT NULL,
        block INTEGER NOT NULL,
        title TEXT NOT NULL,
        unit TEXT,
        grid TEXT NOT NULL,
        PRIMARY KEY (report, no)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE figures (
        report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        no INTEGER NOT NULL,
        part INTEGER NOT NULL,
        block INTEGER NOT NULL,
        section INTEGER NOT NULL,
        role TEXT NOT NULL,
        metric TEXT NOT NULL,
        period TEXT NOT NULL,
        value TEXT NOT NULL,
        low TEXT,
        high TEXT,
        printed TEXT NOT NULL,
        approx TEXT NOT NULL,
        dimension TEXT NOT NULL,
        unit TEXT NOT NULL,
        factor TEXT NOT NULL,
        noun TEXT NOT NULL,
        basis TEXT NOT NULL,
        direction TEXT NOT NULL,
        subject TEXT NOT NULL,
        sentence TEXT NOT NULL,
        scope TEXT NOT NULL,
        row_path TEXT NOT NULL,
        column_path TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        spans TEXT NOT NULL,
        page INTEGER,
        table_no INTEGER,
        row_no INTEGER,
        column_no INTEGER,
        description TEXT NOT NULL,
        PRIMARY KEY (report, no)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX figures_about ON figures (metric, period, role)",
    """
    CREATE TABLE equations (
        report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        no INTEGER NOT NULL,
        family TEXT NOT NULL,
        formula TEXT NOT NULL,
        verdict TEXT NOT NULL,
        stated INTEGER NOT NULL,
        operands TEXT NOT NULL,
        value TEXT,
        low TEXT,
        high TEXT,
        reason TEXT NOT NULL,
        PRIMARY KEY (report, no)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX equations_verdict ON equations (verdict)",
    """
    CREATE TABLE problems (
        report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        no INTEGER NOT NULL,
        code TEXT NOT NULL,
        message TEXT NOT NULL,
        start INTEGER,
        "end" INTEGER,
        PRIMARY KEY (report, no)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE passages (
        report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        no INTEGER NOT NULL,
        part INTEGER NOT NULL,
        section INTEGER NOT NULL,
        first_block INTEGER NOT NULL,
        last_block INTEGER NOT NULL,
        path TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (report, no)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE failures (
        sha256 TEXT NOT NULL,
        name TEXT NOT NULL,
        path TEXT NOT NULL,
        reason TEXT NOT NULL,
        failed_at TEXT NOT NULL,
        PRIMARY KEY (sha256, name)
    ) WITHOUT ROWID
    """,
    # What a committed change still has to take out elsewhere: vectors, and bytes unless "".
    """
    CREATE TABLE chores (
        report INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL
    )
    """,
    """
    CREATE VIRTUAL TABLE words_figures USING fts5 (
        chars, pairs, content='', tokenize="unicode61 remove_diacritics 2 tokenchars '.-_'"
    )
    """,
    """
    CREATE VIRTUAL TABLE words_passages USING fts5 (
        chars, pairs, content='', tokenize="unicode61 remove_diacritics 2 tokenchars '.-_'"
    )
    """,
    # How many texts hold a character: frequent ones are left out of questions.
    """
    CREATE TABLE char_counts (
        words TEXT NOT NULL,
        char TEXT NOT NULL,
        texts INTEGER NOT NULL,
        PRIMARY KEY (words, char)
    ) WITHOUT ROWID
    """,
)

# Pairs are counted as well; a library of the older index fills the table when it is opened.
_COUNT_TERMS = (
    "DROP TABLE char_counts",
    """
    CREATE TABLE term_counts (
        words TEXT NOT NULL,
        term TEXT NOT NULL,
        texts INTEGER NOT NULL,
        PRIMARY KEY (words, term)
    ) WITHOUT ROWID
    """,
)

# Passages of older libraries get theirs at the next rebuild.
_PASSAGES_ABOUT = ("ALTER TABLE passages ADD COLUMN about TEXT NOT NULL DEFAULT ''",)

# Reports of older libraries have no assertions until they are added anew.
_ASSERTIONS = (
    "ALTER TABLE equations ADD COLUMN places TEXT NOT NULL DEFAULT '[]'",
    """
    CREATE TABLE assertions (
        report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        no INTEGER NOT NULL,
        family TEXT NOT NULL,
        subject TEXT NOT NULL,
        verdict TEXT NOT NULL,
        part INTEGER NOT NULL,
        stated TEXT NOT NULL,
        others TEXT NOT NULL,
        recomputed TEXT NOT NULL,
        message TEXT NOT NULL,
        PRIMARY KEY (report, no)
    ) WITHOUT ROWID
    """,
)

# Where the text of a report that is no plain text stands in the original; see index/codec.py.
_ANCHORS = ("ALTER TABLE reports ADD COLUMN anchors BLOB",)

# Whether a figure's digits were not surely recognised.
_DOUBTFUL = ("ALTER TABLE figures ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0",)

# What other packages found in a report and would otherwise look for again: see index/library.py.
_DIGESTS = (
    """
    CREATE TABLE digests (
        name TEXT NOT NULL,
        report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        version TEXT NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (name, report)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX digests_of_report ON digests (report)",
)

# What reports say of names; what the user decided of them, and how that came about.
_NAMES = (
    """
    CREATE TABLE names (
        report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
        no INTEGER NOT NULL,
        part INTEGER NOT NULL,
        told TEXT NOT NULL,
        subject TEXT NOT NULL,
        first TEXT NOT NULL,
        second TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        page INTEGER,
        quote TEXT NOT NULL,
        PRIMARY KEY (report, no)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE aliases (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('unit', 'project')),
        low TEXT NOT NULL,
        high TEXT NOT NULL,
        first TEXT NOT NULL,
        second TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('joined', 'parted')),
        note TEXT NOT NULL,
        evidence TEXT NOT NULL,
        at TEXT NOT NULL,
        UNIQUE (kind, low, high)
    )
    """,
    """
    CREATE TABLE alias_history (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        action TEXT NOT NULL,
        before TEXT,
        after TEXT,
        undone INTEGER NOT NULL DEFAULT 0
    )
    """,
    "CREATE INDEX alias_history_undone ON alias_history (undone, id)",
)

MIGRATIONS: tuple[Sequence[str], ...] = (
    _FIRST,
    _COUNT_TERMS,
    _PASSAGES_ABOUT,
    _ASSERTIONS,
    _ANCHORS,
    _DOUBTFUL,
    _DIGESTS,
    _NAMES,
)
LATEST = len(MIGRATIONS)


def schema_version(connection: Connection) -> int:
    """The number of the last step that was applied; 0 for an empty database."""
    if not inspect(connection).has_table("schema_version"):
        return 0
    found = connection.execute(text("SELECT max(version) FROM schema_version")).scalar()
    return int(found or 0)


def needs_migration(engine: Engine) -> bool:
    """True when steps are missing.

    Raises:
        LibraryError: a newer version of the program wrote the library.
    """
    with reading(engine) as connection:
        version = schema_version(connection)
    if version > LATEST:
        raise LibraryError(
            f"资料库的结构版本为 {version}，本程序只认识到 {LATEST}；请升级 gouji 后再打开"
        )
    return version < LATEST


def migrate(engine: Engine, upto: int = LATEST) -> None:
    """Apply the missing steps, each wholly or not at all. The caller holds the write lock."""
    with writing(engine) as connection:
        if not is_sqlite(connection):
            make_schema(connection)
        connection.execute(
            text(
                "CREATE TABLE IF NOT EXISTS schema_version ("
                "version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)"
            )
        )
        version = schema_version(connection)
    for number in range(version + 1, upto + 1):
        with writing(engine) as connection:
            for statement in _statements(connection, number):
                connection.execute(text(statement))
            connection.execute(
                text("INSERT INTO schema_version VALUES (:number, :now)"),
                {"number": number, "now": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")},
            )


def _statements(connection: Connection, number: int) -> Iterator[str]:
    for statement in MIGRATIONS[number - 1]:
        if is_sqlite(connection):
            yield statement
        else:
            yield from postgres_schema.statements(statement)
