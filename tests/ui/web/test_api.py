"""The operations for other programs: the same answers by REST, gradio_client and MCP."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from ingest.settings import Settings
from tests.ui.web.conftest import SAMPLES, Served

QUESTION = "番禺区政务服务数据管理局2023年的机关运行经费是多少？"
UNIT = "广州市番禺区政务服务数据管理局"


def post(served: Served, name: str, **body: object) -> tuple[int, dict[str, Any]]:
    reply = httpx.post(f"{served.address}/api/{name}", json=body, timeout=60)
    return reply.status_code, reply.json()


def test_a_question_by_rest(served: Served) -> None:
    status, answer = post(served, "ask", question=QUESTION)
    assert status == 200
    value = answer["values"][0]
    assert (value["number"], value["unit"], value["check"]) == ("56.4", "万元", "rounding")
    assert "56.4万元" in value["sources"][0]["quote"]
    _, again = post(served, "ask", question="比上年增长多少？", before=[QUESTION])
    assert again["values"][0]["number"] == "10.1" or again["values"][0]["number"] == "5.19"


def test_a_comparison_an_audit_and_a_search_by_rest(served: Served) -> None:
    _, compared = post(served, "compare", units=[UNIT], metrics=["三公经费"], years="2021-2023")
    assert [cell["number"] for cell in compared["rows"][0]["cells"]] == ["5.34", "4.66", "4.03"]
    _, audited = post(served, "audit", reports=["panyu_2022_final_accounts.txt"])
    assert audited["reports"][0]["findings"][0]["stated"] == "91.7%"
    _, found = post(served, "search", query="三公经费", limit=3)
    assert len(found["passages"]) == 3
    listed = httpx.get(f"{served.address}/api/reports").json()["reports"]
    assert len(listed) >= 14


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("ask", {"question": " "}, 400),
        ("ask", {}, 422),
        ("ask", {"question": 7}, 422),
        ("ask", {"question": "字" * 5000}, 422),
        ("compare", {}, 400),
        ("compare", {"units": ["甲"], "years": "later"}, 400),
        ("audit", {"reports": ["没有这份报告"]}, 400),
        ("search", {"query": "甲", "limit": 0}, 422),
    ],
)
def test_what_a_caller_can_mend_is_told(
    served: Served, name: str, body: dict[str, Any], status: int
) -> None:
    assert post(served, name, **body)[0] == status


def test_files_by_rest(served: Served) -> None:
    good = SAMPLES / "zhengfawei_2022_rental.txt"
    files = [
        ("files", ("../../evil.txt", good.read_bytes())),
        ("files", ("坏.pdf", b"%PDF-1.7 broken")),
    ]
    reply = httpx.post(f"{served.address}/api/ingest", files=files, timeout=60).json()["files"]
    assert {each["file"]: each["status"] for each in reply} == {
        "evil.txt": "unchanged",
        "坏.pdf": "failed",
    }


def test_a_foreign_page_cannot_ask(served: Served) -> None:
    headers = {"origin": "http://evil.example"}
    url = f"{served.address}/api/ask"
    assert httpx.post(url, json={"question": QUESTION}, headers=headers).status_code == 403
    assert httpx.get(url, headers={"host": "evil.example"}).status_code == 421


def test_health_and_readiness(served: Served) -> None:
    assert httpx.get(f"{served.address}/health").json() == {"status": "ok"}
    assert httpx.get(f"{served.address}/ready").json()["status"] == "ready"
    for path in ("/openapi.json", "/docs", "/gouji/../../pyproject.toml", "/gouji/icon.png"):
        assert httpx.get(served.address + path).status_code == 404


@pytest.mark.parametrize("query", ["?page=99999", "?box=x", "?box=9-1", "?page=-1"])
def test_a_made_up_page_is_no_error_of_ours(served: Served, query: str) -> None:
    number = served.services.library.reports()[0].id
    assert httpx.get(f"{served.address}/original/{number}{query}", timeout=60).status_code < 500
    assert httpx.get(f"{served.address}/original/99999{query}").status_code in (400, 404)


def test_gradio_client_asks_and_loads(served: Served, tmp_path: Path) -> None:
    client = pytest.importorskip("gradio_client")
    made = client.Client(served.address, verbose=False)
    answer = made.predict(QUESTION, api_name="/ask")
    assert answer["values"][0]["number"] == "56.4"
    compared = made.predict(
        units=[UNIT], metrics=["三公经费"], years="2021-2022", api_name="/compare"
    )
    assert [cell["number"] for cell in compared["rows"][0]["cells"]] == ["5.34", "4.66"]
    good = client.handle_file(str(SAMPLES / "zhengfawei_2022_rental.txt"))
    assert made.predict([good], api_name="/ingest")["files"][0]["status"] == "unchanged"
    names = set(made.view_api(return_format="dict")["named_endpoints"])
    assert names == {"/ask", "/compare", "/audit", "/search", "/ingest"}


def test_an_mcp_client_asks_over_stdio(served: Served) -> None:
    mcp = pytest.importorskip("mcp")
    from mcp.client.stdio import stdio_client

    settings: Settings = served.services.settings
    arguments = ["-c", "from ui.cli import main; main()", "--data", str(settings.data_dir), "mcp"]
    root = str(Path(__file__).resolve().parents[3])
    asked = mcp.StdioServerParameters(command=sys.executable, args=arguments, cwd=root)

    async def ask() -> tuple[set[str], dict[str, Any]]:
        # Its default is whatever stood for stderr when it was first imported.
        client = stdio_client(asked, errlog=errors)
        async with client as (read, write), mcp.ClientSession(read, write) as session:
            await session.initialize()
            tools = {tool.name for tool in (await session.list_tools()).tools}
            reply = await session.call_tool("ask", {"question": QUESTION})
            return tools, json.loads(reply.content[0].text)

    with Path(os.devnull).open("w") as errors:
        tools, answer = anyio.run(ask)
    assert tools == {"ask", "compare", "audit", "search", "reports", "ingest"}
    assert answer["values"][0]["number"] == "56.4"
