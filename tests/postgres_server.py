"""A PostgreSQL server of the tests' own: its files in a temporary folder, a free port, a password."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from functools import cached_property
from itertools import count
from pathlib import Path

from ingest.settings import Settings

PASSWORD = "geheim@勾:稽/1"  # noqa: S105 - of a server of the tests alone
ABSENT = "没有 PostgreSQL 的服务程序（initdb）"
_HOMES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin")
_SETTINGS = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off", "max_connections": 60}
_numbers = count(1)
GOUJI = (sys.executable, "-c", "from ui.cli import main; raise SystemExit(main())")


def program(name: str) -> str | None:
    """The newest installed program of PostgreSQL of this name."""
    found = [path for home in _HOMES for path in Path("/").glob(f"{home[1:]}/{name}")]
    return str(max(found, default="")) or shutil.which(name)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class PostgresServer:
    """Can be stopped and started again. The superuser's password is `PASSWORD`."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="gouji-pg-"))
        self.port = free_port()
        if os.geteuid() == 0:  # which the server refuses to run as
            shutil.chown(self.folder, "postgres", "postgres")
        secret = self.folder / "secret"
        secret.write_text(PASSWORD, encoding="utf-8")
        secret.chmod(0o644)
        self._run(
            "initdb", "--username=gouji", "--auth=scram-sha-256", f"--pwfile={secret}",
            "--encoding=UTF8", "--no-locale", "--no-sync", f"--pgdata={self.folder / 'data'}",
        )  # fmt: skip
        self.start()

    def _run(self, name: str, *arguments: str) -> None:
        found = program(name)
        assert found is not None
        command = [found, *arguments]
        if os.geteuid() == 0:
            command = [
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--clear-groups",
                *command,
            ]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, timeout=120)

    def _control(self, *arguments: str) -> None:
        log = self.folder / "log"
        self._run(
            "pg_ctl", f"--pgdata={self.folder / 'data'}", f"--log={log}", "--wait", *arguments
        )

    def start(self) -> None:
        given = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
        where = f"-c listen_addresses=127.0.0.1 -c port={self.port} -k {self.folder}"
        self._control("--options", f"{where} {given}", "start")

    def stop(self, mode: str = "immediate") -> None:
        self._control(f"--mode={mode}", "stop")

    def close(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @cached_property
    def password_file(self) -> Path:
        return self.folder / "secret"

    def url(self, database: str = "postgres", user: str = "gouji") -> str:
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}"

    def settings(self, folder: Path) -> Settings:
        """For a library in `folder` with a schema of its own."""
        return Settings(
            data_dir=folder,
            ledger_url=self.url(),
            ledger_schema=f"library_{os.getpid()}_{next(_numbers)}",
            ledger_password_file=str(self.password_file),
        )


def environment(settings: Settings) -> dict[str, str]:
    """That of a process that works on the library of the settings."""
    return {
        **os.environ,
        "GOUJI_LEDGER_URL": settings.ledger_url,
        "GOUJI_LEDGER_SCHEMA": settings.ledger_schema,
        "GOUJI_LEDGER_PASSWORD_FILE": settings.ledger_password_file,
        "GOUJI_DATA_DIR": str(settings.data_dir),
    }
