"""Which PostgreSQL server may hold a ledger, who is let in, and that nobody sees a password."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from index import postgres, postgres_address
from index.database import writing
from index.errors import LedgerUnreachableError, LibraryError
from index.ledger_home import open_ledger
from index.library import Library
from index.postgres_errors import in_words
from index.store import Store
from ingest.settings import LEDGER_PASSWORD_VARIABLE, Settings
from tests.postgres_server import GOUJI, PASSWORD, PostgresServer, environment

from .conftest import opened

ROOT = Path(__file__).resolve().parents[2]
NEW = "@某市林业局 2023\n# 一、收入\n收入合计7万元\n".encode()


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
    assert postgres_address._is_here(make_url(f"postgresql://{place}"))


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


@pytest.mark.parametrize(
    ("said", "state", "kind", "told"),
    [
        ("server closed the connection unexpectedly\n\tThis probably means", "", LedgerUnreachableError,
         "（server closed the connection unexpectedly）"),
        ("failures were:\n- refused geheim", "", LedgerUnreachableError, "（- refused ***）"),
        ("", "", LedgerUnreachableError, "（?）"),
        ("terminating connection", "57P01", LedgerUnreachableError, "ledger_url"),
        ("too many", "53300", LedgerUnreachableError, "ledger_url"),
        ("no", "28P01", LibraryError, "密码"),
        ("full", "53100", LibraryError, "磁盘已满"),
        ("cannot execute INSERT", "25006", LibraryError, "只读"),
        ("canceling statement", "55P03", LibraryError, "另一个 gouji 进程"),
    ],
)  # fmt: skip
def test_what_the_server_says_in_one_line(
    said: str, state: str, kind: type[LibraryError], told: str
) -> None:
    class OperationalError(Exception):
        sqlstate = state or None

    error = DBAPIError("SELECT 1", {}, OperationalError(said))
    found = in_words(error, "postgresql://***@host/db", "geheim")
    assert type(found) is kind
    assert told in str(found)
    assert found.english
    assert "geheim" not in str(found) + found.english
    assert "\n" not in str(found)


def test_a_defect_is_no_trouble_of_the_server() -> None:
    class ProgrammingError(Exception):
        sqlstate = "42601"

    assert in_words(DBAPIError("SELEC", {}, ProgrammingError("syntax")), "place") is None


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
