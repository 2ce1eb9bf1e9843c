"""The outer wall of the server: which host and origin may speak to it, how often, and what a page
of it may load.

A plain ASGI wrapper, so that it also stands before what gradio mounts by itself.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from ingest.settings import Settings
from ui.web.access import OPEN, Access

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_SCRIPT = re.compile(rb"<script(?=[\s>])")
_FOREIGN = re.compile(rb"<meta\s[^>]*(?:og:|twitter:)[^>]*/>|<link rel=\"manifest\"[^>]*/>")
_CLIENTS = 10_000
_LOGINS = 10  # attempts of a client in a minute


def served_hosts(settings: Settings) -> frozenset[str] | None:
    """The host names that may be asked for: those of this machine where it is served here alone,
    and those that a proxy serves it under; None, which allows all, where neither is known."""
    named = frozenset(each.strip().lower() for each in settings.host_names.split(",")) - {""}
    if settings.host in ("127.0.0.1", "::1", "localhost"):
        return LOCAL_HOSTS | named
    return LOCAL_HOSTS | named if named else None


def policy(nonce: str) -> str:
    """The Content-Security-Policy of every page.

    gradio compiles the scripts of its HTML components in the browser, hence 'unsafe-eval'.
    """
    return (
        "default-src 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'; "
        "form-action 'self'; connect-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"style-src 'self' 'unsafe-inline'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'"
    )


class Guard:
    """Wraps an app.

    Args:
        app: what is guarded.
        head: HTML that goes right behind ``<head>`` of every page, its scripts without a nonce;
            given the path that was asked for and the user's name.
        access: tells whose a request is.
        hosts: host names that may be asked for; None allows all.
        rate: changing requests a client may make in a minute.
        largest: bytes of a request.
    """

    def __init__(
        self,
        app: App,
        head: Callable[[str, str], str],
        *,
        access: Access,
        hosts: frozenset[str] | None,
        rate: int,
        largest: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._head = head
        self._access = access
        self._hosts = hosts
        self._rate = rate
        self._largest = largest
        self._clock = clock
        self._seen: dict[str, deque[float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused is not None:
            await _answer(send, *refused)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if not path.startswith(OPEN):
            user = await asyncio.to_thread(
                self._access.user, _headers(scope), _client(scope), time.time()
            )
            if user is None:
                await self._send_to_login(scope, path, send)
                return
            scope["gouji.user"], scope["gouji.edits"] = user.name, user.may_edit
        await self._app(scope, receive, _Page(send, scope, self._head).send)

    async def _send_to_login(self, scope: Scope, path: str, send: Send) -> None:
        """A reader goes to the login page; a program is told that it must log in."""
        wants_page = "text/html" in _headers(scope).get("accept", "")
        if scope["method"] != "GET" or not wants_page:
            await _answer(send, 401, "login needed")
            return
        language = "en" if path.startswith("/en") else "zh"
        place = f"{scope.get('root_path', '')}/login?language={language}"
        headers = [(b"location", place.encode()), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        headers = _headers(scope)
        host = headers.get("host", "")
        if self._hosts is not None and _bare(host) not in self._hosts:
            return 421, "host not served here"
        if scope["method"] in _SAFE:
            return None
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != host:
            return 403, "foreign origin"
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._largest:
            return 413, "request too large"
        client = _client(scope)
        if scope["path"].endswith("/login") and self._too_often(f"login {client}", _LOGINS):
            return 429, "too many attempts"
        return (429, "too many requests") if self._too_often(client, self._rate) else None

    def _too_often(self, client: str, rate: int) -> bool:
        now = self._clock()
        if len(self._seen) > _CLIENTS:
            self._seen = {key: seen for key, seen in self._seen.items() if now - seen[-1] < 60}
        seen = self._seen.setdefault(client, deque())
        while seen and now - seen[0] >= 60:
            seen.popleft()
        if len(seen) >= rate:
            return True
        seen.append(now)
        return False


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def _client(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else ""


def _bare(host: str) -> str:
    """A Host header without its port."""
    return re.sub(r":\d+$", "", host.lower())


class _Page:
    """Sends an answer on; of a page of HTML, with the head filled in and its scripts allowed."""

    def __init__(self, send: Send, scope: Scope, head: Callable[[str, str], str]) -> None:
        self._send = send
        self._path = scope["path"]
        self._user = scope.get("gouji.user", "")
        self._make_head = head
        self._nonce = secrets.token_urlsafe(16)
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *self._headers()]
            if self._is_page(message):
                self._start = message
                return
        elif message["type"] == "http.response.body" and self._start is not None:
            self._body += message.get("body", b"")
            if message.get("more_body", False):
                return
            await self._send_page(self._start)
            return
        await self._send(message)

    def _headers(self) -> list[tuple[bytes, bytes]]:
        return [
            (b"content-security-policy", policy(self._nonce).encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"same-origin"),
        ]

    def _is_page(self, message: Message) -> bool:
        headers = dict(message["headers"])
        plain = b"content-encoding" not in headers
        return plain and headers.get(b"content-type", b"").startswith(b"text/html")

    async def _send_page(self, start: Message) -> None:
        body = _FOREIGN.sub(b"", self._body)
        body = body.replace(
            b"<head>", b"<head>" + self._make_head(self._path, self._user).encode(), 1
        )
        body = _SCRIPT.sub(f'<script nonce="{self._nonce}"'.encode(), body)
        headers = [each for each in start["headers"] if each[0] != b"content-length"]
        start["headers"] = [*headers, (b"content-length", str(len(body)).encode())]
        self._start = None
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


async def _answer(send: Send, status: int, words: str) -> None:
    body = words.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
