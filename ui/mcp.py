"""`gouji mcp`: the same operations as tools of the Model Context Protocol, over stdio or HTTP.

Other assistants quote checked numbers from here; every tool gives JSON text.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ingest.settings import Settings
from qa.codec import json_line
from ui.errors import known_errors, one_line
from ui.library import open_library
from ui.texts import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from mcp.server.mcpserver import MCPServer

    from ui.web.api import Api

_ABOUT = (
    "Questions and comparisons over Chinese public-finance reports. Every number was recomputed by "
    "a program; quote it with its check and its source, and never compute from it yourself."
)


@click.command("mcp", help="以 MCP 向其他助手提供问答、对比、核查和检索。")
@click.option("--http", is_flag=True, help="经 HTTP 提供（默认经标准输入输出）")
@click.option("--port", type=click.IntRange(1, 65535), default=7861, help="HTTP 的端口")
@click.pass_obj
def mcp(settings: Settings, http: bool, port: int) -> None:
    from ui.web.api import Api
    from ui.web.services import Services

    with open_library(settings) as library:
        api = Api(Services(library, settings))
        made = server(api, files=not http)
        if http:
            click.echo(t("MCP：{address}", address=f"http://127.0.0.1:{port}/mcp"), err=True)
            made.run(transport="streamable-http", host="127.0.0.1", port=port)
        else:
            made.run(transport="stdio")


def server(api: Api, *, files: bool) -> MCPServer[Any]:
    """The server with its tools; with `files`, also one that loads files of this machine."""
    from mcp.server.mcpserver import MCPServer as Server

    made: MCPServer[Any] = Server("gouji", instructions=_ABOUT)

    @made.tool(structured_output=False)
    def ask(question: str, unit: str = "", project: str = "", year: str = "") -> str:
        """Answer a question about the loaded reports; each number has check, formula and sources."""
        return _text(lambda: api.ask(question, unit, project, year))

    @made.tool(structured_output=False)
    def compare(
        question: str = "",
        units: list[str] | None = None,
        projects: list[str] | None = None,
        metrics: list[str] | None = None,
        years: str = "",
    ) -> str:
        """Compare units or projects over years (2022-2024), in words or by name."""
        return _text(
            lambda: api.compare(question, units or (), projects or (), metrics or (), years)
        )

    @made.tool(structured_output=False)
    def audit(reports: list[str] | None = None) -> str:
        """Find figures of reports that contradict each other; no names means all reports."""
        return _text(lambda: api.audit(reports or ()))

    @made.tool(structured_output=False)
    def search(query: str, limit: int = 10) -> str:
        """Find passages of the reports."""
        return _text(lambda: api.search(query, limit))

    @made.tool(structured_output=False)
    def reports() -> str:
        """List the loaded reports."""
        return _text(api.reports)

    if files:

        @made.tool(structured_output=False)
        def ingest(paths: list[str]) -> str:
            """Load files of this machine into the library."""
            return _text(lambda: api.ingest([Path(each) for each in paths]))

    return made


def _text(operation: Callable[[], dict[str, Any]]) -> str:
    try:
        return json_line(operation())
    except known_errors() as error:
        return json_line({"error": one_line(error)})
