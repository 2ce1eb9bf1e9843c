"""The page over a database server that goes away and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import gradio as gr
import httpx
import pytest

from index.errors import LedgerUnreachableError
from index.library import Library
from qa.model import Filters
from tests.postgres_server import PostgresServer
from ui.errors import RequestError
from ui.web.page_troubles import telling
from ui.web.services import Services

from .conftest import serving

REPORT = "2023年度某市林业局部门决算\n\n一、收入\n\n2023年收入合计7.50万元。\n"
NAME = "a-ledger-that-is-gone"
QUESTION = "2023年某市林业局收入合计是多少"


def lines(services: Services) -> str:
    for _ in services.ask("", NAME, QUESTION, Filters()):
        shown = str(services.talk_html("", NAME))
    return shown


def test_the_page_says_so_and_recovers(own_postgres: PostgresServer, tmp_path: Path) -> None:
    settings = own_postgres.settings(tmp_path / "data")
    with Library.open(settings) as library:
        library.add_bytes("林业局.txt", REPORT.encode())
        services = Services(library, settings)
        with (
            serving(services) as address,
            httpx.Client(base_url=address, timeout=60, trust_env=False) as client,
        ):
            assert client.get("/ready").json() == {"status": "ready", "reports": 1}
            assert "7.50" in lines(services)
            own_postgres.stop()
            assert client.get("/health").status_code == 200
            found = client.get("/ready")
            assert (found.status_code, "连不上台账数据库" in found.text) == (503, True)
            assert client.get("/").status_code == 200
            reply = client.post("/api/ask", json={"question": QUESTION})
            assert (reply.status_code, list(reply.json())) == (503, ["error"])
            assert "连不上台账数据库" in lines(services)
            assert "连不上台账数据库" in services.remove("", "1")
            own_postgres.start()
            assert client.get("/ready").json() == {"status": "ready", "reports": 1}
            again = client.post("/api/ask", json={"question": QUESTION}).json()
            assert again["outcome"] == "answered"
            assert lines(services).count("7.50") >= 2
        assert library.consistency() == []


def test_events_tell_what_a_person_can_mend() -> None:
    def fails(kind: type[Exception]) -> None:
        raise kind("一行")

    def fails_later(kind: type[Exception]) -> Iterator[int]:
        yield 1
        raise kind("一行")

    for known in (LedgerUnreachableError, RequestError):
        with pytest.raises(gr.Error, match="一行"):
            telling(fails)(known)
        steps = telling(fails_later)(known)
        assert next(steps) == 1
        with pytest.raises(gr.Error, match="一行"):
            next(steps)
    with pytest.raises(KeyError):
        telling(fails)(KeyError)
