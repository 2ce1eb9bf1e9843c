"""The outer wall: hosts, origins, sizes, rates, and the policy of every page."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import pytest

from ui.web.access import Access, Sessions, Users
from ui.web.guard import LOCAL_HOSTS, Guard, Message, Receive, Scope, Send

PAGE = b"<html><head><title>x</title></head><body><script>a()</script></body></html>"


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    kind = b"application/json" if scope["path"] == "/json" else b"text/html; charset=utf-8"
    headers = [(b"content-type", kind), (b"content-length", str(len(PAGE)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": PAGE[:20], "more_body": True})
    await send({"type": "http.response.body", "body": PAGE[20:]})


def guard(rate: int = 100, clock: Any = lambda: 0.0) -> Guard:
    return Guard(
        page,
        lambda path, _user: f'<script src="{path}.js"></script>',
        access=Access(Users(Path("nowhere")), cast(Sessions, None), header="", proxy=""),
        hosts=LOCAL_HOSTS,
        rate=rate,
        largest=1000,
        clock=clock,
    )


def ask(
    made: Guard, method: str = "GET", path: str = "/", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    named = {"host": "localhost:7860", **{k.replace("_", "-"): v for k, v in headers.items()}}
    wire = [(k.encode(), v.encode()) for k, v in named.items()]
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": wire,
        "client": ("1.2.3.4", 1),
    }
    # In a thread of its own: a browser of another test may keep a loop in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, made(scope, receive, send)).result()
    found = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(each.get("body", b"") for each in sent[1:])


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {}, 200),
        ("GET", {"host": "127.0.0.1:7860"}, 200),
        ("GET", {"host": "[::1]:7860"}, 200),
        ("GET", {"host": "evil.example"}, 421),
        ("GET", {"host": "localhost.evil.example:7860"}, 421),
        ("GET", {"origin": "http://evil.example"}, 200),
        ("POST", {}, 200),
        ("POST", {"origin": "http://localhost:7860"}, 200),
        ("POST", {"origin": "http://localhost:7861"}, 403),
        ("POST", {"origin": "null"}, 403),
        ("POST", {"origin": "http://evil.example"}, 403),
        ("POST", {"content_length": "1000"}, 200),
        ("POST", {"content_length": "1001"}, 413),
        ("POST", {"content_length": "-5"}, 413),
    ],
)
def test_who_may_ask(method: str, headers: dict[str, str], status: int) -> None:
    assert ask(guard(), method, **headers)[0] == status


def test_a_client_asks_only_so_often() -> None:
    now = [0.0]
    made = guard(rate=2, clock=lambda: now[0])
    assert [ask(made, "POST")[0] for _ in range(3)] == [200, 200, 429]
    assert ask(made)[0] == 200
    now[0] = 60.0
    assert ask(made, "POST")[0] == 200


def test_every_script_of_a_page_carries_the_nonce_of_its_policy() -> None:
    _, headers, body = ask(guard())
    nonce = re.search(r"'nonce-([^']+)'", headers["content-security-policy"])
    assert nonce is not None
    assert body.count(f'<script nonce="{nonce[1]}"'.encode()) == body.count(b"<script") == 2
    assert int(headers["content-length"]) == len(body)
    assert ask(guard())[1]["content-security-policy"] != headers["content-security-policy"]


def test_what_is_no_page_is_sent_as_it_is() -> None:
    _, headers, body = ask(guard(), path="/json")
    assert body == PAGE
    assert headers["x-content-type-options"] == "nosniff"
