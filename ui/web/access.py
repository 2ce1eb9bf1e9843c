"""Who may use the page, and for what: logins with hashed passwords and roles, sessions, proxies.

Users stand in `users.json` of the library's folder, their passwords as scrypt hashes. A session is
a signed name with an end; its key is made once and kept beside, readable by the owner alone. A user
who is removed, or whose password changes, is out at the next request.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ui.errors import RequestError
from ui.texts import t

USERS = "users.json"
_KEY = "session.key"
_COST = {"n": 2**14, "r": 8, "p": 1}
SHORTEST = 8
"""Characters of a password."""


class Role(StrEnum):
    READER = "reader"  # asks, compares, audits
    EDITOR = "editor"  # also loads and removes reports
    ADMIN = "admin"  # the same; for those who keep the users


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who was let in; `name` is "" for local use without logins."""

    name: str = ""
    role: Role = Role.ADMIN

    @property
    def may_edit(self) -> bool:
        return self.role is not Role.READER


class Users:
    """The users of a library."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / USERS
        self._guard = threading.Lock()

    def all(self) -> dict[str, Role]:
        """Roles by name."""
        return {name: Role(each["role"]) for name, each in self._read().items()}

    def _read(self) -> dict[str, dict[str, str]]:
        if not self._path.exists():
            return {}
        found: dict[str, dict[str, str]] = json.loads(self._path.read_text(encoding="utf-8"))
        return found

    def _write(self, users: Mapping[str, Mapping[str, str]]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        partial = self._path.with_suffix(".part")
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(users, file, ensure_ascii=False, indent=1)
        partial.replace(self._path)

    def put(self, name: str, password: str, role: Role) -> None:
        """Add a user, or change password and role.

        Raises:
            RequestError: the name or the password will not do.
        """
        if not name.strip() or len(name) > 64 or any(ord(each) < 32 for each in name):
            raise RequestError(t("用户名不能为空，也不能有控制字符"))
        if len(password) < SHORTEST:
            raise RequestError(t("密码至少 {n} 个字符", n=SHORTEST))
        salt = secrets.token_bytes(16)
        with self._guard:
            users = self._read()
            users[name] = {"role": role.value, "salt": salt.hex(), "hash": _hash(password, salt)}
            self._write(users)

    def remove(self, name: str) -> None:
        """Remove a user.

        Raises:
            RequestError: there is none of that name.
        """
        with self._guard:
            users = self._read()
            if users.pop(name, None) is None:
                raise RequestError(t("没有名为“{name}”的用户", name=name))
            self._write(users)

    def check(self, name: str, password: str) -> User | None:
        """The user whose password this is. It takes as long for a name that does not exist."""
        known = self._read().get(name)
        salt = bytes.fromhex(known["salt"]) if known else b"\0" * 16
        right = hmac.compare_digest(_hash(password, salt), known["hash"] if known else "")
        return User(name, Role(known["role"])) if known and right else None

    def mark(self, name: str) -> str:
        """What changes with the password: sessions are bound to it."""
        known = self._read().get(name)
        return known["hash"][:16] if known else ""


def _hash(password: str, salt: bytes) -> str:
    made = hashlib.scrypt(
        password.encode()[:1024], salt=salt, n=_COST["n"], r=_COST["r"], p=_COST["p"]
    )
    return made.hex()


class Sessions:
    """Signed names with an end."""

    def __init__(self, users: Users, folder: Path, seconds: int) -> None:
        self._users = users
        self._key = _key(folder / _KEY)
        self._seconds = seconds

    def issue(self, user: User, now: float) -> str:
        """A token for a user who has shown a password."""
        name = base64.urlsafe_b64encode(user.name.encode()).decode()
        body = f"{name}.{int(now) + self._seconds}.{self._users.mark(user.name)}"
        return f"{body}.{self._sign(body)}"

    def user(self, token: str, now: float) -> User | None:
        """The user of a token that is ours, not over, and still stands for that user."""
        body, _, signature = token.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._sign(body).encode()):
            return None
        name, end, mark = body.split(".")
        who = base64.urlsafe_b64decode(name).decode()
        role = self._users.all().get(who)
        if role is None or int(end) < now or mark != self._users.mark(who):
            return None
        return User(who, role)

    def _sign(self, body: str) -> str:
        return hmac.new(self._key, body.encode(), hashlib.sha256).hexdigest()


def _key(path: Path) -> bytes:
    """The key of the sessions, made where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
    except FileExistsError:
        pass
    return path.read_bytes()


COOKIE = "gouji_session"
OPEN = ("/health", "/ready", "/login", "/gouji/")
"""Beginnings of the addresses that need no login."""


class Access:
    """Who a request comes from: by a header of a trusted proxy, a session, or a password."""

    def __init__(self, users: Users, sessions: Sessions, *, header: str, proxy: str) -> None:
        self.users = users
        self.sessions = sessions
        self._header = header.lower()
        self._proxy = proxy

    @property
    def needed(self) -> bool:
        """True where nobody is let in without a name."""
        return bool(self._header or self.users.all())

    def user(self, headers: Mapping[str, str], client: str, now: float) -> User | None:
        """The user of a request; None where it must log in first."""
        if self._header:
            name = headers.get(self._header, "") if client == self._proxy else ""
            return User(name, self.users.all().get(name, Role.READER)) if name else None
        if not self.users.all():
            return User()
        token = _cookie(headers.get("cookie", ""))
        if token and (found := self.sessions.user(token, now)) is not None:
            return found
        return self._basic(headers.get("authorization", ""))

    def _basic(self, authorization: str) -> User | None:
        """The user of an ``Authorization: Basic`` header, for programs."""
        kind, _, code = authorization.partition(" ")
        if kind.lower() != "basic":
            return None
        try:
            name, _, password = base64.b64decode(code, validate=True).decode().partition(":")
        except ValueError:
            return None
        return self.users.check(name, password)


def _cookie(header: str) -> str:
    for pair in header.split(";"):
        name, _, value = pair.strip().partition("=")
        if name == COOKIE:
            return value
    return ""
