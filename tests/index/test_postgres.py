"""The ledger on a real PostgreSQL server: who may share it, what happens when it goes away."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from index import indexing, postgres, words
from index import writing as changes
from index.database import reading, writing
from index.errors import LedgerUnreachableError, LibraryError
from index.library import Library
from index.migrations import MIGRATIONS
from index.postgres_schema import statements
from index.postgres_text import escaped, unescaped
from index.schema import metadata
from index.store import Store
from ingest.settings import Settings
from tests.postgres_server import GOUJI, PASSWORD, PostgresServer, environment

from .conftest import opened
from .test_library_search import UNITS, fill

ROOT = Path(__file__).resolve().parents[2]
NEW = "@某市林业局 2023\n# 一、收入\n收入合计7万元\n".encode()


# Folder and database


def test_two_libraries_share_a_database(
    on_server: Settings, postgres_server: PostgresServer, tmp_path: Path
) -> None:
    with (
        opened(on_server) as first,
        opened(postgres_server.settings(tmp_path / "other")) as second,
    ):
        fill(first)
        second.add_bytes("another.txt", NEW)
        assert len(first.reports()) == len(UNITS)
        assert [each.name for each in second.reports()] == ["another.txt"]
        first.remove(1)
        first.rebuild()
        assert first.consistency() == second.consistency() == []


def test_a_ledger_takes_no_other_folder(on_server: Settings, tmp_path: Path) -> None:
    with opened(on_server) as library:
        library.add_bytes("another.txt", NEW)
    with pytest.raises(LibraryError, match="ledger_schema") as caught:
        opened(replace(on_server, data_dir=tmp_path / "other"))
    assert "one library" in caught.value.english
    with pytest.raises(LibraryError, match="不属于同一个资料库"):  # the database was lost
        opened(replace(on_server, ledger_schema="new"))
    with opened(on_server) as library:
        assert library.consistency() == []


def test_a_folder_keeps_its_kind_of_ledger(on_server: Settings, tmp_path: Path) -> None:
    with opened(on_server) as library:
        library.add_bytes("another.txt", NEW)
    with pytest.raises(LibraryError, match="台账在 PostgreSQL 中"):
        opened(replace(on_server, ledger_url=""))
    assert not (on_server.data_dir / "ledger.sqlite3").exists()
    embedded = Settings(data_dir=tmp_path / "embedded")
    opened(embedded).close()
    with pytest.raises(LibraryError, match=r"ledger\.sqlite3"):
        opened(replace(on_server, data_dir=embedded.data_dir))


# The same as SQLite


def test_words_rank_as_in_sqlite(on_server: Settings, tmp_path: Path) -> None:
    with opened(on_server) as library:
        fill(library)
        found = library.search_figures("水务局的机关运行经费收入")
    with opened(Settings(data_dir=tmp_path / "own")) as library:
        fill(library)
        expected = library.search_figures("水务局的机关运行经费收入")
    assert [(hit.report, hit.figure) for hit in found] == [
        (hit.report, hit.figure) for hit in expected
    ]
    assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected], abs=1e-6)


@pytest.mark.parametrize("string", ["", "收入", "a\x00b", "\x1a", "\x1a0\x00\x1a1", "\ufffe\x01"])
def test_any_character_comes_back(on_server: Settings, string: str) -> None:
    assert unescaped(escaped(string)) == string
    assert "\x00" not in escaped(string)
    store = Store(on_server)
    with store.engine.connect() as connection:
        given = connection.execute(text("SELECT cast(:a AS text), :b"), {"a": string, "b": string})
        assert given.one() == (string, string)
        (many,) = connection.execute(
            text("SELECT cast(:many AS text[])"), {"many": [string, "x"]}
        ).one()
        assert many == [string, "x"]
    store.close()


def test_a_report_with_any_character_is_taken_in(on_server: Settings) -> None:
    with opened(on_server) as library:
        added = library.add_bytes("a.txt", "@某市林业局 2023\n收入\x00合计\x1a7万元\n".encode())
        assert added.report is not None
        assert "\x00" in library.document(added.report.id).text
        assert library.document(added.report.id).blocks[1].text == "收入\x00合计\x1a7万元"
        assert library.consistency() == []


def test_very_long_words_and_texts(on_server: Settings) -> None:
    long = "x" * 5_000
    many = "".join(chr(0x4E00 + at) for at in range(20_000)) + "".join(
        chr(0x4E00 + at) for at in range(0, 20_000, 3)
    )
    with opened(on_server) as library, writing(library._store.engine) as connection:
        texts = [words.Text(1, 0, long), words.Text(1, 1, many), words.Text(1, 2, "x" * 4_999)]
        words.add(connection, words.PASSAGES, texts)
        found = words.search(connection, words.PASSAGES, long, total=0)
        assert [hit.no for hit in found] == [0]
        assert words.search(connection, words.PASSAGES, "一丁", total=0)
        words.remove(connection, words.PASSAGES, texts)
        assert words.problems(connection) == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE words_sizes SET tokens = tokens + 1", "numbers of texts"),
        ("UPDATE term_counts SET texts = texts + 1 WHERE term = '入'", "counts of"),
        ("DELETE FROM words_figures WHERE report = 1", "missing"),
        ("UPDATE words_figures SET terms = '' WHERE report = 1 AND no = 0", "counts of"),
    ],
)
def test_damage_is_found_and_put_right(on_server: Settings, damage: str, said: str) -> None:
    with opened(on_server) as library:
        fill(library)
        with writing(library._store.engine) as connection:
            connection.execute(text(damage))
        assert any(said in each for each in library.consistency())
        library.rebuild(embedder=False)
        assert library.consistency() == []


# Several at once, and a server that goes away


def test_only_one_writer_also_where_files_lock_nothing(on_server: Settings) -> None:
    first, second = Store(on_server), Store(on_server)
    with (
        postgres.holding(first.engine, 0),
        pytest.raises(LibraryError, match="另一个 gouji 进程") as caught,
        second.locked(seconds=0),
    ):
        pass
    assert caught.value.retryable
    with second.locked(seconds=0), second.locked(seconds=0):
        pass
    with first.locked(seconds=0):
        pass
    first.close()
    second.close()


def test_a_writer_that_waits_too_long_says_so(
    on_server: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_WAIT_SECONDS", 1)
    with opened(on_server) as library:
        engine = library._store.engine
        with (
            writing(engine),
            pytest.raises(LibraryError, match="另一个 gouji 进程") as caught,
            writing(engine),
        ):
            pass
        assert caught.value.retryable


def test_a_reader_sees_one_state(on_server: Settings) -> None:
    with opened(on_server) as library:
        fill(library)
        with reading(library._store.engine) as connection:
            count = text("SELECT count(*) FROM reports")
            before = connection.execute(count).scalar()
            library.remove(1)
            assert connection.execute(count).scalar() == before
        assert len(library.reports()) == len(UNITS) - 1
        assert library.consistency() == []


@pytest.mark.slow
def test_two_processes_load_at_once(on_server: Settings, tmp_path: Path) -> None:
    commands = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        for number in range(4):
            report = (
                f"2023年度某市{name}{number}局部门决算\n\n一、收入\n\n收入合计{number}7万元。\n"
            )
            (folder / f"{name}{number}.txt").write_text(report, encoding="utf-8")
        commands.append([*GOUJI, "ingest", str(folder)])
    running = [
        subprocess.Popen(
            [*command], cwd=ROOT, env=environment(on_server), stdout=subprocess.PIPE, text=True
        )
        for command in commands
    ]
    said = [each.communicate()[0] for each in running]
    assert [each.returncode for each in running] == [0, 0], said
    with Library.open(on_server) as library:
        assert len(library.reports()) == 8
        assert library.consistency() == []


@pytest.mark.slow
def test_killed_processes_leave_a_whole_library(on_server: Settings) -> None:
    command = ["-m", "eval.bench.crash", "--kills", "4", "--files", "4", "--seed", "11"]
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(on_server),
        capture_output=True,
        check=True,
    )
    outcome = json.loads(done.stdout)
    assert outcome["kills"] == 4
    assert (outcome["inconsistencies"], outcome["lost"], outcome["examples"]) == (0, 0, [])


def test_a_server_that_comes_back(own_postgres: PostgresServer, tmp_path: Path) -> None:
    settings = own_postgres.settings(tmp_path / "data")
    with opened(settings) as library:
        fill(library)
        own_postgres.stop("fast")
        own_postgres.start()
        assert library.search_figures("机关运行经费")  # restarted between two questions
        own_postgres.stop()
        for ask in (
            lambda: library.search_figures("机关运行经费"),
            lambda: library.reports(),
            lambda: library.remove(1),
            lambda: library.add_bytes("new.txt", NEW),
        ):
            with pytest.raises(LedgerUnreachableError, match="ledger_url") as caught:
                ask()
            assert PASSWORD not in str(caught.value)
        own_postgres.start()
        assert library.search_figures("机关运行经费")
        assert len(library.reports()) == len(UNITS)
        assert library.add_bytes("new.txt", NEW).status == "added"
        assert library.consistency() == []


def test_a_server_that_goes_away_in_the_middle(
    own_postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = own_postgres.settings(tmp_path / "data")

    def stop_first(add: Callable[..., None]) -> Callable[..., None]:
        def stopping(*arguments: object) -> None:
            own_postgres.stop()
            add(*arguments)

        return stopping

    with opened(settings) as library:
        fill(library)
        with monkeypatch.context() as patched:
            patched.setattr(changes, "add_words", stop_first(indexing.add_words))
            with pytest.raises(LedgerUnreachableError):
                library.add_bytes("new.txt", NEW)
        own_postgres.start()
        assert library.add_bytes("new.txt", NEW).status == "added"
        assert library.consistency() == []
        assert len(library.reports()) == len(UNITS) + 1


def described(engine: Engine) -> dict[str, object]:
    """What a schema says of each table of the ledger, in words that both databases share."""
    found = inspect(engine)
    return {
        name: {
            "columns": [each["name"] for each in found.get_columns(name)],
            "key": (key := found.get_pk_constraint(name)["constrained_columns"]),
            "required": {
                each["name"]
                for each in found.get_columns(name)
                if not each["nullable"] and each["name"] not in key
            },
            "references": [
                (each["constrained_columns"], each["referred_table"])
                for each in found.get_foreign_keys(name)
            ],
            "unique": sorted(
                tuple(each["column_names"]) for each in found.get_unique_constraints(name)
            ),
            "indexes": sorted(
                (each["name"], tuple(each["column_names"]))
                for each in found.get_indexes(name)
                if "duplicates_constraint" not in each
            ),
        }
        for name in sorted([*metadata.tables, "schema_version", "term_counts"])
    }


def test_the_schema_is_the_same_on_both(on_server: Settings, tmp_path: Path) -> None:
    inside = Settings(data_dir=tmp_path / "own")
    with opened(on_server) as library, opened(inside) as other:
        one, two = described(library._store.engine), described(other._store.engine)
    for name in one:
        assert one[name] == two[name], name
    assert one.keys() == two.keys()


@pytest.mark.parametrize("step", [each for step in MIGRATIONS for each in step])
def test_no_words_of_sqlite_are_left(step: str) -> None:
    for statement in statements(step):
        assert not re.search(r"ROWID|AUTOINCREMENT|BLOB|fts5|VIRTUAL", statement)
