"""The operations for curl and programs: POST a JSON object to /api/NAME, get one back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from fastapi import Body, FastAPI, Request, UploadFile
from fastapi.responses import JSONResponse

from index.errors import LedgerUnreachableError
from ui.errors import known_errors, one_line
from ui.texts import t
from ui.web.api import Api

_Text = Annotated[str, Body(max_length=4000)]
_Texts = Annotated[list[str], Body(max_length=200)]
_Number = Annotated[int, Body(ge=1, le=50)]


def add_api(app: FastAPI, api: Api) -> None:
    """Add the operations to the app."""

    @app.post("/api/ask")
    def ask(
        request: Request,
        question: _Text,
        unit: _Text = "",
        project: _Text = "",
        year: _Text = "",
        kind: _Text = "",
        report: _Text = "",
        before: _Texts = [],  # noqa: B006 - the framework copies it
        model: Annotated[bool, Body()] = True,
    ) -> JSONResponse:
        named, who = (unit, project, year, kind, report), owner_of(request)
        return _answer(lambda: api.ask(question, *named, before, model, who))

    @app.post("/api/compare")
    def compare(
        request: Request,
        question: _Text = "",
        units: _Texts = [],  # noqa: B006
        projects: _Texts = [],  # noqa: B006
        metrics: _Texts = [],  # noqa: B006
        years: _Text = "",
    ) -> JSONResponse:
        return _answer(
            lambda: api.compare(question, units, projects, metrics, years, owner_of(request))
        )

    @app.post("/api/audit")
    def audit(
        request: Request,
        reports: Annotated[list[str], Body(embed=True)] = [],  # noqa: B006
    ) -> JSONResponse:
        return _answer(lambda: api.audit(reports, owner_of(request)))

    @app.post("/api/search")
    def search(request: Request, query: _Text, limit: _Number = 10) -> JSONResponse:
        return _answer(lambda: api.search(query, limit, owner_of(request)))

    @app.get("/api/reports")
    def reports() -> JSONResponse:
        return _answer(api.reports)

    @app.post("/api/ingest")
    def ingest(request: Request, files: list[UploadFile]) -> JSONResponse:
        if not request.scope.get("gouji.edits", False):
            return JSONResponse(
                {"error": t("您的角色是只读，不能上传或删去报告。")}, status_code=403
            )
        with tempfile.TemporaryDirectory(prefix="gouji-ingest-") as folder:
            kept = [_kept(Path(folder), n, each) for n, each in enumerate(files)]
            return _answer(lambda: api.ingest(kept, owner_of(request)))


def owner_of(request: Request) -> str:
    """The login that a request came with; "" for local use without logins."""
    return str(request.scope.get("gouji.user", ""))


def _kept(folder: Path, number: int, file: UploadFile) -> Path:
    """The uploaded file under its own name, which leads nowhere else."""
    place = folder / str(number)
    place.mkdir()
    path = place / (Path(file.filename or "").name or "upload")
    with path.open("wb") as target:
        shutil.copyfileobj(file.file, target)
    return path


def _answer(operation: Callable[[], dict[str, Any]]) -> JSONResponse:
    try:
        return JSONResponse(operation())
    except LedgerUnreachableError as error:
        return JSONResponse({"error": one_line(error)}, status_code=503)
    except known_errors() as error:
        return JSONResponse({"error": one_line(error)}, status_code=400)
