"""The ledger on a real PostgreSQL server: who may share it, what happens when it goes away."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import Engine, inspect, make_url, text

from index import indexing, moving, postgres, words
from index import writing as changes
from index.aliases import JOINED
from index.database import reading, writing
from index.errors import LedgerUnreachableError, LibraryError
from index.ledger_home import open_ledger
from index.library import Library
from index.migrations import MIGRATIONS
from index.moving import move_ledger
from index.postgres_schema import statements
from index.postgres_text import escaped, unescaped
from index.schema import metadata
from index.store import Store
from ingest.settings import LEDGER_PASSWORD_VARIABLE, Settings
from tests.postgres_server import PASSWORD, PostgresServer

from .conftest import read_tiny
from .test_crash import Killed, die
from .test_library_search import UNITS, fill

ROOT = Path(__file__).resolve().parents[2]
GOUJI = (sys.executable, "-c", "from ui.cli import main; raise SystemExit(main())")
NEW = "@某市林业局 2023\n# 一、收入\n收入合计7万元\n".encode()


@pytest.fixture
def on_server(postgres_server: PostgresServer, tmp_path: Path) -> Settings:
    return postgres_server.settings(tmp_path / "data")


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A server that a test may stop."""
    try:
        running = PostgresServer()
    except AssertionError:
        pytest.skip("没有 PostgreSQL")
    yield running
    running.close()


def opened(settings: Settings) -> Library:
    return Library.open(settings, reader=read_tiny)


# The address


@pytest.mark.parametrize(
    "url",
    ["127.0.0.1", "mysql://root:geheim@127.0.0.1/x", "sqlite:///x", "postgresql+psycopg://127.0.0.1",
     "postgresql://u:geheim@127.0.0.1:port/x", "postgresql://u:ge@heim@127.0.0.1/x", "postgresql+asyncpg://u:geheim@127.0.0.1/x"],
)  # fmt: skip
def test_addresses_that_are_none(tmp_path: Path, url: str) -> None:
    with pytest.raises(LibraryError, match="ledger_url") as caught:
        Library.open(Settings(data_dir=tmp_path, ledger_url=url))
    assert "geheim" not in str(caught.value) + caught.value.english
    assert "ledger_url" in caught.value.english


@pytest.mark.parametrize(
    ("place", "variable"),
    [
        ("gouji@ledger.example/x", ""),
        ("10.0.0.1/x", ""),
        ("/x?host=ledger.example", ""),
        ("/x?host=127.0.0.1:5432&host=ledger.example:5432", ""),
        ("/x?host=/run,10.0.0.1", ""),
        ("localhost/x?hostaddr=10.0.0.1", ""),
        ("localhost/x?service=office", ""),
        ("/x", "PGHOST"),
        ("localhost/x", "PGHOSTADDR"),
        ("/x", "PGSERVICE"),
    ],
)
def test_offline_keeps_the_ledger_on_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, variable: str
) -> None:
    if variable:
        monkeypatch.setenv(variable, "ledger.example")
    with pytest.raises(LibraryError, match="offline"):
        Library.open(Settings(data_dir=tmp_path, ledger_url=f"postgresql://{place}"))


@pytest.mark.parametrize(
    "place", ["localhost/x", "[::1]/x", "/x", "/x?host=/run", "/x?host=::1,localhost"]
)
def test_places_of_this_machine(place: str) -> None:
    assert postgres._is_here(make_url(f"postgresql://{place}"))


@pytest.mark.parametrize("schema", ["", "Gouji", 'a"b', "pg_own", "a b", "勾稽", "x" * 64])
def test_schemas_that_are_none(tmp_path: Path, schema: str) -> None:
    settings = Settings(
        data_dir=tmp_path, ledger_url="postgresql://127.0.0.1/x", ledger_schema=schema
    )
    with pytest.raises(LibraryError, match="ledger_schema"):
        Library.open(settings)


def test_driver_that_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    settings = Settings(data_dir=tmp_path, ledger_url="postgresql://127.0.0.1/x")
    with pytest.raises(LibraryError, match=r"gouji\[postgres\]"):
        Library.open(settings)


def test_sqlite_needs_no_driver() -> None:
    wanted = "[n for n in sys.modules if n.startswith('psycopg') or 'dialects.postgresql' in n]"
    code = f"import sys, index.library; print({wanted})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_server_that_is_not_there(tmp_path: Path) -> None:
    url = "postgresql://gouji:geheim@127.0.0.1:1/gouji"
    with pytest.raises(LedgerUnreachableError, match="连不上台账数据库") as caught:
        Library.open(Settings(data_dir=tmp_path, ledger_url=url))
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not caught.value.retryable


def test_password_by_address_variable_or_file(
    on_server: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bare = replace(on_server, ledger_password_file="")
    monkeypatch.delenv("PGPASSWORD", raising=False)
    with pytest.raises(LedgerUnreachableError):
        opened(bare)
    monkeypatch.setenv(LEDGER_PASSWORD_VARIABLE, PASSWORD)
    opened(bare).close()
    monkeypatch.setenv(LEDGER_PASSWORD_VARIABLE, "falsch#1")
    with pytest.raises(LibraryError) as caught:
        opened(bare)
    assert "falsch#1" not in str(caught.value)
    full = on_server.ledger_url.replace("gouji@", f"gouji:{quote(PASSWORD, safe='')}@")
    opened(replace(bare, ledger_url=full)).close()
    with pytest.raises(LibraryError, match="ledger_password_file"):
        opened(replace(bare, ledger_password_file=str(tmp_path / "none")))


def test_other_encodings_are_refused(on_server: Settings, postgres_server: PostgresServer) -> None:
    store = Store(on_server)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(
            text(
                "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"
            )
        )
    store.close()
    with pytest.raises(LibraryError, match="LATIN1"):
        opened(replace(on_server, ledger_url=postgres_server.url("latin")))


def test_old_servers_are_refused(on_server: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "OLDEST", 99)
    with pytest.raises(LibraryError, match="99 或更新"):
        opened(on_server)


def test_database_that_lacks(on_server: Settings, postgres_server: PostgresServer) -> None:
    with pytest.raises(LibraryError, match="nothere"):
        opened(replace(on_server, ledger_url=postgres_server.url("nothere")))


def test_user_who_may_create_nothing(on_server: Settings, postgres_server: PostgresServer) -> None:
    with opened(on_server) as library, writing(library._store.engine) as connection:
        connection.execute(text(f"CREATE ROLE guest LOGIN PASSWORD '{PASSWORD}'"))
    guest = replace(
        on_server,
        ledger_url=postgres_server.url(user="guest"),
        data_dir=on_server.data_dir.parent / "guest",
    )
    with pytest.raises(LibraryError, match="没有权限"):
        opened(replace(guest, ledger_schema="guests"))


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


def environment(settings: Settings) -> dict[str, str]:
    return {
        **os.environ,
        "GOUJI_LEDGER_URL": settings.ledger_url,
        "GOUJI_LEDGER_SCHEMA": settings.ledger_schema,
        "GOUJI_LEDGER_PASSWORD_FILE": settings.ledger_password_file,
        "GOUJI_DATA_DIR": str(settings.data_dir),
    }


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


def test_killed_processes_leave_a_whole_library(on_server: Settings) -> None:
    command = ["-m", "eval.bench_crash", "--kills", "4", "--files", "4", "--seed", "11"]
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


def test_a_server_that_comes_back(own_server: PostgresServer, tmp_path: Path) -> None:
    settings = own_server.settings(tmp_path / "data")
    with opened(settings) as library:
        fill(library)
        own_server.stop("fast")
        own_server.start()
        assert library.search_figures("机关运行经费")  # restarted between two questions
        own_server.stop()
        for ask in (
            lambda: library.search_figures("机关运行经费"),
            lambda: library.reports(),
            lambda: library.remove(1),
            lambda: library.add_bytes("new.txt", NEW),
        ):
            with pytest.raises(LedgerUnreachableError, match="ledger_url") as caught:
                ask()
            assert PASSWORD not in str(caught.value)
        own_server.start()
        assert library.search_figures("机关运行经费")
        assert len(library.reports()) == len(UNITS)
        assert library.add_bytes("new.txt", NEW).status == "added"
        assert library.consistency() == []


def test_a_server_that_goes_away_in_the_middle(
    own_server: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = own_server.settings(tmp_path / "data")

    def stop_first(add: Callable[..., None]) -> Callable[..., None]:
        def stopping(*arguments: object) -> None:
            own_server.stop()
            add(*arguments)

        return stopping

    with opened(settings) as library:
        fill(library)
        with monkeypatch.context() as patched:
            patched.setattr(changes, "add_words", stop_first(indexing.add_words))
            with pytest.raises(LedgerUnreachableError):
                library.add_bytes("new.txt", NEW)
        own_server.start()
        assert library.add_bytes("new.txt", NEW).status == "added"
        assert library.consistency() == []
        assert len(library.reports()) == len(UNITS) + 1


@pytest.mark.parametrize("password", ["geheim1", "geheim@1", "geheim/1:@"])
def test_nobody_sees_the_password(on_server: Settings, password: str) -> None:
    url = on_server.ledger_url.replace("gouji@", f"gouji:{password}@")
    settings = replace(on_server, ledger_url=url)
    assert "geheim" not in repr(settings)
    environ = {**environment(settings), "GOUJI_LANGUAGE": "en"}
    for command in (["config"], ["config", "--json"], ["list"]):
        done = subprocess.run(
            [*GOUJI, *command],
            cwd=ROOT,
            env=environ,
            capture_output=True,
            text=True,
        )
        assert "geheim" not in done.stdout + done.stderr
        assert "1@1" not in done.stdout + done.stderr
        assert "***" in done.stdout + done.stderr
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("Error: the ")


def test_the_engine_shows_no_password(on_server: Settings) -> None:
    on_server.data_dir.mkdir()
    engine = open_ledger(on_server, on_server.data_dir)
    assert PASSWORD not in f"{engine!r}{engine.url}{postgres.place_of(engine)}"
    engine.dispose()


# Moving from SQLite


def filled(settings: Settings) -> tuple[list[object], list[object], object]:
    """A library in SQLite with an old edition, a removed report and a decision on names."""
    with opened(replace(settings, ledger_url="")) as library:
        fill(library)
        text = "@某市统计局 2023\n# 一、收入\n收入合计{}万元\n"
        library.add_bytes("统计局.txt", text.format(7).encode())
        library.add_bytes("统计局.txt", text.format(8).encode())
        last = library.add_bytes("last.txt", NEW).report
        assert last is not None
        library.remove(last.id)
        library.aliases.decide("add", "unit", "甲局", "乙局", JOINED, now="2024-01-01T00:00:00Z")
        return seen(library)


def seen(library: Library) -> tuple[list[object], list[object], object]:
    figures = [
        (hit.report, hit.figure, round(hit.score, 6))
        for hit in library.search_figures("水务局收入")
    ]
    return [*library.reports(include_superseded=True)], [*figures], library.aliases.decided()


def test_a_ledger_moves_with_all_that_is_in_it(on_server: Settings) -> None:
    before = filled(on_server)
    with pytest.raises(LibraryError, match="gouji move-ledger"):
        opened(on_server)
    moved = move_ledger(on_server)
    assert (moved.reports, moved.kept.name) == (len(UNITS) + 2, "ledger.sqlite3.moved")
    with opened(on_server) as library:
        assert seen(library) == before
        assert library.consistency() == []
        assert library.verify().disagreements == ()
        assert library.add_bytes("new.txt", NEW).report is not None
        assert library.reports()[-1].id == len(UNITS) + 4  # the removed one's is not given again
        assert library.aliases.undo() is not None
    with pytest.raises(LibraryError, match="没有可迁的台账"):
        move_ledger(on_server)


@pytest.mark.parametrize("place", ["refill_words", "_go_on_counting", "write_mark"])
def test_moving_that_breaks_off_changes_nothing(
    on_server: Settings, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    before = filled(on_server)
    with monkeypatch.context() as patched:
        patched.setattr(moving, place, die)
        with pytest.raises(Killed):
            move_ledger(on_server)
    with opened(replace(on_server, ledger_url="")) as library:
        assert seen(library) == before
    move_ledger(on_server)
    with opened(on_server) as library:
        assert seen(library) == before


def test_moving_that_breaks_off_before_its_last_step(
    on_server: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = filled(on_server)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", die)
        with pytest.raises(Killed):
            move_ledger(on_server)
    assert move_ledger(on_server).reports == len(UNITS) + 2
    with opened(on_server) as library:
        assert seen(library) == before


def test_moving_where_there_is_a_library_already(on_server: Settings, tmp_path: Path) -> None:
    filled(on_server)
    with opened(replace(on_server, data_dir=tmp_path / "other")) as library:
        library.add_bytes("new.txt", NEW)
    with pytest.raises(LibraryError, match="已有别的资料库"):
        move_ledger(on_server)
    with pytest.raises(LibraryError, match="没有设置 ledger_url"):
        move_ledger(replace(on_server, ledger_url=""))


def test_the_command_moves_and_says_so(on_server: Settings) -> None:
    filled(on_server)
    for code, said in ((0, "已把 6 份报告的台账迁到"), (2, "没有可迁的台账")):
        done = subprocess.run(
            [*GOUJI, "move-ledger"],
            cwd=ROOT,
            env=environment(on_server),
            capture_output=True,
            text=True,
        )
        assert (done.returncode, said in done.stdout + done.stderr) == (code, True), done.stderr


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
