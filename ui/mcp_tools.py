"""The operations as tools of the Model Context Protocol. Only `ui.mcp` imports this.

Other assistants quote checked numbers from here; every tool gives JSON text.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mcp.server.mcpserver import Context, MCPServer

from qa.codec import json_line
from ui.errors import known_errors, one_line
from ui.web.api import Api

_ABOUT = (
    "Questions and comparisons over Chinese public-finance reports. Every number was recomputed by "
    "a program; quote it with its check and its source, and never compute from it yourself."
)


def server(api: Api, *, files: bool) -> MCPServer[Any]:
    """The server with its tools; with `files`, also one that loads files of this machine."""
    made: MCPServer[Any] = MCPServer("gouji", instructions=_ABOUT)

    @made.tool(structured_output=False)
    def ask(
        question: str,
        context: Context[Any, Any],
        unit: str = "",
        project: str = "",
        year: str = "",
        model: bool = True,
    ) -> str:
        """Answer a question about the loaded reports; each number has check, formula and sources."""
        who = _who(context)
        return _text(lambda: api.ask(question, unit, project, year, model=model, who=who))

    @made.tool(structured_output=False)
    def compare(
        context: Context[Any, Any],
        question: str = "",
        units: list[str] | None = None,
        projects: list[str] | None = None,
        metrics: list[str] | None = None,
        years: str = "",
    ) -> str:
        """Compare units or projects over years (2022-2024), in words or by name."""
        named = (units or (), projects or (), metrics or (), years)
        return _text(lambda: api.compare(question, *named, _who(context)))

    @made.tool(structured_output=False)
    def audit(context: Context[Any, Any], reports: list[str] | None = None) -> str:
        """Find figures of reports that contradict each other; no names means all reports."""
        return _text(lambda: api.audit(reports or (), _who(context)))

    @made.tool(structured_output=False)
    def search(context: Context[Any, Any], query: str, limit: int = 10) -> str:
        """Find passages of the reports."""
        return _text(lambda: api.search(query, limit, _who(context)))

    @made.tool(structured_output=False)
    def reports() -> str:
        """List the loaded reports."""
        return _text(api.reports)

    if files:

        @made.tool(structured_output=False)
        def ingest(context: Context[Any, Any], paths: list[str]) -> str:
            """Load files of this machine into the library."""
            return _text(lambda: api.ingest([Path(each) for each in paths], _who(context)))

    return made


def _who(context: Context[Any, Any]) -> str:
    """The login that a tool was called with over HTTP; "" otherwise."""
    request = context.request_context.request
    return str(request.scope.get("gouji.user", "")) if request is not None else ""


def _text(operation: Callable[[], dict[str, Any]]) -> str:
    try:
        return json_line(operation())
    except known_errors() as error:
        return json_line({"error": one_line(error)})
