"""The schema: from the oldest to the newest, the same as the tables in code say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from index import migrations, schema
from index.database import open_engine, writing
from index.errors import LibraryError
from index.ledger_home import open_ledger
from ingest.settings import Settings

BOTH_LEDGERS = True


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    settings.data_dir.mkdir()
    opened = open_ledger(settings, settings.data_dir)
    yield opened
    opened.dispose()


def test_new_database_has_the_tables_of_the_code(engine: Engine) -> None:
    assert migrations.needs_migration(engine)
    migrations.migrate(engine)
    assert not migrations.needs_migration(engine)
    found = inspect(engine)
    for table in schema.metadata.sorted_tables:
        columns = {column["name"] for column in found.get_columns(table.name)}
        assert columns == set(table.columns.keys()), table.name


@pytest.mark.parametrize("oldest", range(migrations.LATEST))
def test_every_older_schema_is_brought_up(engine: Engine, oldest: int) -> None:
    migrations.migrate(engine, upto=oldest)
    migrations.migrate(engine)
    migrations.migrate(engine)
    with engine.connect() as connection:
        assert migrations.schema_version(connection) == migrations.LATEST
        versions = connection.execute(text("SELECT version FROM schema_version")).scalars()
        assert list(versions) == list(range(1, migrations.LATEST + 1))


def test_rows_survive_a_new_step(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    migrations.migrate(engine)
    with writing(engine) as connection:
        connection.execute(text("INSERT INTO meta VALUES ('key', 'value')"))
    steps = (*migrations.MIGRATIONS, ("ALTER TABLE meta ADD COLUMN more TEXT",))
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    monkeypatch.setattr(migrations, "LATEST", len(steps))
    migrations.migrate(engine, upto=len(steps))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM meta")).one() == ("key", "value", None)


def test_failed_step_leaves_the_older_schema(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations.migrate(engine)
    steps = (*migrations.MIGRATIONS, ("CREATE TABLE extra (a TEXT)", "no SQL at all"))
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    with pytest.raises(Exception, match="syntax error"):
        migrations.migrate(engine, upto=len(steps))
    with engine.connect() as connection:
        assert migrations.schema_version(connection) == len(steps) - 1
    assert not inspect(engine).has_table("extra")


def test_newer_library_is_refused(engine: Engine) -> None:
    migrations.migrate(engine)
    with writing(engine) as connection:
        connection.execute(text("INSERT INTO schema_version VALUES (999, '')"))
    with pytest.raises(LibraryError, match="请升级"):
        migrations.needs_migration(engine)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2), ("secure_delete", 1)],
)
def test_pragmas(tmp_path: Path, pragma: str, value: object) -> None:
    engine = open_engine(tmp_path / "ledger.sqlite3")
    with engine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_broken_off_transaction_leaves_nothing(engine: Engine) -> None:
    migrations.migrate(engine)

    def broken_off() -> None:
        with writing(engine) as connection:
            connection.execute(text("INSERT INTO meta VALUES ('key', 'value')"))
            raise KeyError

    with pytest.raises(KeyError):
        broken_off()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM meta")).scalar() == 0
