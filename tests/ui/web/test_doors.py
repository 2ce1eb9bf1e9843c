"""The doors for programs: the model beside the rules, the journal, MCP over HTTP with logins, proxies."""

from __future__ import annotations

import base64
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import httpx
import httpx2
import pytest
from starlette.testclient import TestClient

from index.library import Library
from ingest.settings import Settings
from qa.engine import Engine
from qa.llm.assist import AssistedEngine
from tests.ui.web.test_web_model import Wording
from ui.mcp import http_app
from ui.web.access import Role
from ui.web.app import create_app
from ui.web.guard import served_hosts
from ui.web.services import Services

PASSWORD = "correct horse"  # noqa: S105
QUESTION = "云岭市民政局2023年项目支出是多少？"
REPORT = (
    "云岭市民政局2023年度部门决算\n\n一、收入支出情况\n\n"
    "2023年总支出1,200万元，其中基本支出700万元，项目支出500万元。\n"
)


class Asker(AssistedEngine):
    """Says that it was asked."""

    asked = 0

    def ask(self, *given: Any, **named: Any) -> Any:
        self.asked += 1
        return super().ask(*given, **named)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    settings = Settings(data_dir=tmp_path)
    with Library.open(settings) as library:
        library.add_bytes("民政局2023.txt", REPORT.encode())
        asker = Asker(Engine(library, settings), library, Wording(), plans="never")
        yield Services(library, settings, asker)


def basic(name: str = "甲") -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{PASSWORD}".encode()).decode()}


def client(services: Services, host: str = "localhost", scheme: str = "http") -> TestClient:
    app = create_app(services, lambda *_: None)
    return TestClient(
        app,
        base_url=f"{scheme}://{host}",
        follow_redirects=False,
        client=("127.0.0.1", 50000),
    )


def journal(services: Services) -> list[tuple[str, str, str]]:
    lines = (services.settings.data_dir / "journal.jsonl").read_text("utf-8").splitlines()
    notes = [json.loads(line) for line in lines]
    return [(each["who"], each["what"], each["about"]) for each in notes]


@pytest.mark.parametrize(("model", "times"), [(None, 1), (True, 1), (False, 0)])
def test_a_program_is_answered_as_the_page_is_unless_it_forbids_the_model(
    services: Services, model: bool | None, times: int
) -> None:
    body = {"question": QUESTION} | ({} if model is None else {"model": model})
    answer = client(services).post("/api/ask", json=body).json()
    assert answer["values"][0]["number"] == "500"
    assert isinstance(services.asker, Asker)
    assert services.asker.asked == times


def test_who_asked_what_through_which_door_is_noted(services: Services) -> None:
    services.access.users.put("甲", PASSWORD, Role.EDITOR)
    made = client(services)
    for name, body in (
        ("ask", {"question": QUESTION}),
        ("compare", {"units": ["云岭市民政局"], "metrics": ["项目支出"]}),
        ("audit", {}),
        ("search", {"query": "项目支出"}),
    ):
        assert made.post(f"/api/{name}", json=body, headers=basic()).status_code == 200
    files = [("files", ("乙.txt", b"2023"))]
    assert made.post("/api/ingest", files=files, headers=basic()).status_code == 200
    noted = journal(services)
    assert [(who, what) for who, what, _ in noted] == [
        ("甲", "api ask"),
        ("甲", "api compare"),
        ("甲", "api audit"),
        ("甲", "api search"),
        ("甲", "api ingest"),
    ]
    assert [about for *_, about in noted][::3] == [QUESTION, "项目支出"]


@contextmanager
def over_http(services: Services) -> Iterator[str]:
    uvicorn = pytest.importorskip("uvicorn")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config = uvicorn.Config(http_app(services), host="127.0.0.1", port=port, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 60
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}/mcp"
    server.should_exit = True
    thread.join(20)


def test_mcp_over_http_asks_for_a_login_and_notes_who_asked(services: Services) -> None:
    mcp = pytest.importorskip("mcp")
    from mcp.client.streamable_http import streamable_http_client

    services.access.users.put("甲", PASSWORD, Role.READER)
    start = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {}}

    async def ask(address: str) -> tuple[set[str], dict[str, Any]]:
        async with (
            httpx2.AsyncClient(headers=basic(), timeout=60) as http,
            streamable_http_client(address, http_client=http) as (read, write, *_),
            mcp.ClientSession(read, write) as session,
        ):
            await session.initialize()
            tools = {tool.name for tool in (await session.list_tools()).tools}
            asked = {"question": QUESTION, "model": False}
            reply = await session.call_tool("ask", asked)
            return tools, json.loads(reply.content[0].text)

    with over_http(services) as address:
        accept = {"accept": "application/json, text/event-stream"}
        assert httpx.post(address, json=start, headers=accept).status_code == 401
        wrong = {"authorization": "Basic " + base64.b64encode("甲:wrong word".encode()).decode()}
        assert httpx.post(address, json=start, headers=accept | wrong).status_code == 401
        foreign = accept | basic() | {"origin": "http://evil.example"}
        assert httpx.post(address, json=start, headers=foreign).status_code == 403
        tools, answer = anyio.run(ask, address)
    assert tools == {"ask", "compare", "audit", "search", "reports"}
    assert answer["values"][0]["number"] == "500"
    assert journal(services) == [("甲", "mcp ask", QUESTION)]


@pytest.mark.parametrize(
    ("scheme", "told", "proxy", "secure"),
    [
        ("http", "", "127.0.0.1", False),
        ("https", "", "10.0.0.9", True),
        ("http", "https", "127.0.0.1", True),
        ("http", "HTTPS, http", "127.0.0.1", True),
        ("http", "http", "127.0.0.1", False),
        ("http", "https", "10.0.0.9", False),  # said by somebody who is no proxy of ours
    ],
)
def test_a_session_that_came_by_https_goes_back_by_https_alone(
    services: Services, scheme: str, told: str, proxy: str, secure: bool
) -> None:
    services.access.users.put("甲", PASSWORD, Role.READER)
    services.settings = replace(services.settings, trusted_proxy=proxy)
    headers = {"x-forwarded-proto": told} if told else {}
    made = client(services, scheme=scheme)
    reply = made.post("/login", content=f"name=甲&password={PASSWORD}", headers=headers)
    assert reply.status_code == 303
    assert ("secure" in reply.headers["set-cookie"].lower()) == secure


@pytest.mark.parametrize(
    ("host", "names", "served"),
    [
        ("127.0.0.1", "", {"localhost"}),
        ("127.0.0.1", "gouji.example.cn", {"localhost", "gouji.example.cn"}),
        ("0.0.0.0", " A.example.cn, b.example.cn ", {"localhost", "a.example.cn", "b.example.cn"}),  # noqa: S104
        ("0.0.0.0", "", {"anything.example"}),  # noqa: S104
    ],
)
def test_names_that_the_page_is_served_under(host: str, names: str, served: set[str]) -> None:
    found = served_hosts(Settings(host=host, host_names=names))
    assert found is None if served == {"anything.example"} else served <= (found or set())
    assert found is None or "evil.example" not in found


def test_a_proxy_that_passes_its_name_on_is_answered_and_another_refused(
    services: Services,
) -> None:
    services.settings = replace(services.settings, host_names="gouji.example.cn")
    made = client(services)
    names = {"host": "gouji.example.cn", "origin": "https://gouji.example.cn"}
    asked = {"question": QUESTION, "model": False}
    assert made.post("/api/ask", json=asked, headers=names).status_code == 200
    assert made.get("/api/reports", headers={"host": "evil.example"}).status_code == 421
    crossed = {"host": "gouji.example.cn", "origin": "https://evil.example"}
    assert made.post("/api/ask", json=asked, headers=crossed).status_code == 403
