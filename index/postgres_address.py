"""Where the PostgreSQL database of a ledger is: the setting ``ledger_url``, and its password."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from index.errors import LibraryError
from ingest.addresses import is_loopback, without_password
from ingest.settings import LEDGER_PASSWORD_VARIABLE, Settings

_DRIVER = "postgresql+psycopg"
_SPELLINGS = ("postgres", "postgresql", _DRIVER)


def address(settings: Settings) -> URL:
    """The database that the settings name, with its password where they give one.

    Raises:
        LibraryError: it is no address of PostgreSQL, `offline` forbids it, or the password cannot be
            read.
    """
    shown = without_password(settings.ledger_url)
    try:
        url = make_url(settings.ledger_url)
    except (ArgumentError, ValueError):
        url = None
    fits = url is not None and url.drivername in _SPELLINGS and url.database
    if url is None or not fits or "@" in (url.host or ""):
        raise LibraryError(
            f"设置 ledger_url 不是 PostgreSQL 的地址：{shown}；应如 {_DRIVER}://用户@主机/库名，"
            "密码中的 @ 写成 %40",
            english=f"the setting ledger_url is no address of PostgreSQL: {shown}; "
            f"write {_DRIVER}://user@host/database, and %40 for an @ in a password",
        ) from None
    if settings.offline and not _is_here(url):
        raise LibraryError(
            f"设置了 offline = true，只能使用本机上的 PostgreSQL，而 ledger_url 为 {shown}；"
            "如可以联网，请设 offline = false",
            english="with offline = true PostgreSQL must be on this machine, "
            f"but ledger_url is {shown}",
        )
    url = url.set(drivername=_DRIVER)
    password = url.password or _password(settings)
    return url.set(password=password) if password else url


def _is_here(url: URL) -> bool:
    """Whether only servers of this machine are named, also by what libpq looks at besides."""
    given = dict(url.query)
    if "service" in given or (not url.host and os.environ.get("PGSERVICE")):
        return False
    named = [url.host or os.environ.get("PGHOST", ""), os.environ.get("PGHOSTADDR", "")]
    for option in ("host", "hostaddr"):
        asked = given.get(option, ())
        named += [asked] if isinstance(asked, str) else asked
    hosts = [host.strip() for each in named for host in each.split(",")]
    return all(not host or host.startswith("/") or _loopback(host) for host in hosts)


def _loopback(host: str) -> bool:
    return is_loopback(f"//{host}") or is_loopback(f"//[{host}]")


def _password(settings: Settings) -> str | None:
    if not settings.ledger_password_file:
        return os.environ.get(LEDGER_PASSWORD_VARIABLE)
    path = Path(settings.ledger_password_file)
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "UTF-8"
        raise LibraryError(
            f"读不出设置 ledger_password_file 所指的文件 {path}（{why}）；请检查路径和权限",
            english=f"the file {path} of the setting ledger_password_file cannot be read ({why})",
        ) from error
