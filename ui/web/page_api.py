"""The operations as named endpoints of gradio, for `gradio_client`: the same as those of REST."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import api as endpoint

from ui.errors import known_errors, one_line
from ui.texts import t
from ui.web.api import Api
from ui.web.page_ask import may_edit, owner_of

_LIMIT = 20


def add_endpoints(api: Api) -> None:
    """Add the endpoints to the open gradio context."""

    # gradio fills the request in; a caller does not give it.
    def ask(
        request: gr.Request,
        question: str,
        unit: str = "",
        project: str = "",
        year: str = "",
        kind: str = "",
        report: str = "",
        model: bool = True,
    ) -> dict[str, Any]:
        """The answer to a question, every number with its check, formula and sources."""
        named, who = (unit, project, year, kind, report), owner_of(request)
        return _result(lambda: api.ask(question, *named, (), model, who))

    def compare(
        request: gr.Request,
        question: str = "",
        units: list[str] = [],  # noqa: B006 - gradio reads the default from here
        projects: list[str] = [],  # noqa: B006
        metrics: list[str] = [],  # noqa: B006
        years: str = "",
    ) -> dict[str, Any]:
        """Units or projects over the years, with changes, growth, shares and warnings."""
        return _result(
            lambda: api.compare(question, units, projects, metrics, years, owner_of(request))
        )

    def audit(
        request: gr.Request,
        reports: list[str] = [],  # noqa: B006
    ) -> dict[str, Any]:
        """Figures of reports that contradict each other; no names means all reports."""
        return _result(lambda: api.audit(reports, owner_of(request)))

    def search(
        request: gr.Request,
        query: str,
        limit: int = 10,
    ) -> dict[str, Any]:
        """Passages of the reports that fit a query, best first."""
        return _result(lambda: api.search(query, limit, owner_of(request)))

    for operation in (ask, compare, audit, search):
        endpoint(operation, api_name=operation.__name__, concurrency_limit=_LIMIT)
    _add_ingest(api)


def _add_ingest(api: Api) -> None:
    """Files come through a component of gradio, which keeps what is not its own upload out."""

    def ingest(files: list[str] | None, request: gr.Request) -> dict[str, Any]:
        """Load uploaded files into the library, and say what became of each."""
        if not may_edit(request):
            raise gr.Error(t("您的角色是只读，不能上传或删去报告。"))
        paths = [Path(each) for each in files or ()]
        return _result(lambda: api.ingest(paths, owner_of(request)))

    files = gr.File(visible=False, file_count="multiple", type="filepath")
    outcome = gr.JSON(visible=False)
    button = gr.Button(visible=False)
    button.click(ingest, [files], [outcome], api_name="ingest", concurrency_limit=2)


def _result(operation: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return operation()
    except known_errors() as error:
        raise gr.Error(one_line(error)) from error
