"""The server: our own addresses, the gradio page in two languages, and the guard before all."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse
from markupsafe import escape

from index.errors import LibraryError
from ingest.pages import Picture
from ingest.settings import Settings
from ui.errors import RequestError
from ui.web.api import Api
from ui.web.checking import FILES
from ui.web.guard import App, Guard, served_hosts
from ui.web.login import add_login
from ui.web.rest import add_api, owner_of
from ui.web.services import Services

LANGUAGES = {"/en": "en", "/": "zh"}
"""Where the page is mounted in each language; the longer addresses first."""
_PICTURES = 64
_MEGABYTE = 1024 * 1024
_BOXES = 50
_DRAWING = 2


def create_app(services: Services, mount: Callable[[FastAPI, str, str], None]) -> App:
    """The whole server.

    Args:
        services: what the page does.
        mount: puts the page in a language at an address; given the app, the address, ``zh``/``en``.
    """
    settings = services.settings
    access = services.access
    app = FastAPI(title="Gouji", docs_url=None, redoc_url=None, openapi_url=None)
    _add_state(app, services)
    _add_files(app)
    add_login(app, access, services.journal, settings)
    _add_originals(app, services)
    _add_exports(app, services)
    add_api(app, Api(services))
    for path, language in LANGUAGES.items():
        _add_slash(app, path)
        mount(app, path, language)
    return Guard(
        app,
        _head(settings),
        access=access,
        hosts=served_hosts(settings),
        rate=settings.requests_per_minute,
        largest=settings.upload_mb * _MEGABYTE,
    )


def _head(settings: Settings) -> Callable[[str, str], str]:
    def head(path: str, user: str) -> str:
        english = path.removeprefix(settings.root_path).startswith("/en")
        language = "en" if english else "zh-CN"
        root, name = settings.root_path, escape(user)
        return (
            f'<script src="{root}/gouji/web.js" data-language="{language}"'
            f' data-root="{root}" data-user="{name}"></script>'
            f'<link rel="stylesheet" href="{root}/gouji/web.css">'
            f'<link rel="icon" href="{root}/gouji/icon.svg" type="image/svg+xml">'
        )

    return head


def _add_state(app: FastAPI, services: Services) -> None:
    @app.get("/health")
    def health() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok"}

    @app.get("/ready")
    def ready() -> JSONResponse:
        """The library can be read."""
        try:
            return JSONResponse({"status": "ready", "reports": services.loaded()})
        except LibraryError as error:
            return JSONResponse({"status": "not ready", "reason": str(error)}, status_code=503)


_TYPES = {"web.js": "text/javascript", "web.css": "text/css", "icon.svg": "image/svg+xml"}


def _add_slash(app: FastAPI, path: str) -> None:
    """The addresses in a page are relative, so that of the page itself ends in a slash."""
    if path == "/":
        return

    @app.get(path)
    def with_slash(request: Request) -> RedirectResponse:
        return RedirectResponse(request.url.replace(path=request.url.path + "/"))


def _add_files(app: FastAPI) -> None:
    @app.get("/gouji/{name}")
    def file(name: str) -> Response:
        if name not in _TYPES:
            raise HTTPException(404)
        data = files("ui").joinpath("data", name).read_bytes()
        headers = {"cache-control": "no-cache"}
        return Response(data, media_type=f"{_TYPES[name]}; charset=utf-8", headers=headers)


class _Pictures:
    """Pictures of pages, the last ones kept; a few are drawn at a time."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._kept: OrderedDict[tuple[Any, ...], Picture] = OrderedDict()
        self._guard = threading.Lock()
        self._drawing = threading.Semaphore(_DRAWING)

    def get(self, report: int, page: int | None, spans: tuple[tuple[int, int], ...]) -> Picture:
        library = self._services.library
        key = (library.document(report).sha256, page, spans)
        with self._guard:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        with self._drawing:
            drawn = library.picture(report, page, None, spans)
        with self._guard:
            self._kept[key] = drawn
            while len(self._kept) > _PICTURES:
                self._kept.popitem(last=False)
        return drawn


def _add_originals(app: FastAPI, services: Services) -> None:
    pictures = _Pictures(services)

    @app.get("/original/{report}")
    def original(report: int, page: int | None = None, box: str = "") -> Response:
        """A page of a report as a picture, with the characters of `box` (``12-34,…``) boxed."""
        try:
            drawn = pictures.get(report, page, _spans(box))
        except LibraryError as error:
            return PlainTextResponse(str(error), status_code=404)
        headers = {"cache-control": "private, max-age=600"}
        return Response(drawn.data, media_type=drawn.media_type, headers=headers)


def _spans(box: str) -> tuple[tuple[int, int], ...]:
    try:
        pairs = [each.split("-") for each in box.split(",")[:_BOXES] if each]
        return tuple((int(start), int(end)) for start, end in pairs)
    except ValueError as error:
        raise HTTPException(400, "box") from error


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _add_exports(app: FastAPI, services: Services) -> None:
    @app.get("/export/conversation.{ending}")
    def conversation(request: Request, ending: str, c: str, language: str = "zh") -> Response:
        """The conversation that the browser names, as Markdown or as a Word file."""
        if ending not in ("md", "docx"):
            raise HTTPException(404)
        data = services.export(owner_of(request), c, ending, language)
        headers = {"content-disposition": f'attachment; filename="gouji.{ending}"'}
        media = _WORD if ending == "docx" else "text/markdown; charset=utf-8"
        return Response(data, media_type=media, headers=headers)

    @app.get("/export/audit.{ending}")
    def paper(request: Request, ending: str, c: str, language: str = "zh") -> Response:
        """The working paper of the audit that belongs to the browser's conversation."""
        if ending not in ("xlsx", "html"):
            raise HTTPException(404)
        data = services.paper(owner_of(request), c, ending, language)
        headers = {"content-disposition": f'attachment; filename="gouji-audit.{ending}"'}
        return Response(data, media_type="application/octet-stream", headers=headers)

    @app.get("/export/comparison.{ending}")
    def comparison(request: Request, ending: str, c: str, language: str = "zh") -> Response:
        """The comparison that belongs to the browser's conversation, as a table or a chart."""
        if ending not in FILES:
            raise HTTPException(404)
        try:
            data = services.comparison_file(owner_of(request), c, ending, language)
        except RequestError as error:
            return PlainTextResponse(str(error), status_code=404)
        headers = {"content-disposition": f'attachment; filename="gouji-comparison.{ending}"'}
        return Response(data, media_type="application/octet-stream", headers=headers)

    @app.get("/export/evaluation.{ending}")
    def evaluation(ending: str, run: str, before: str = "", language: str = "zh") -> Response:
        """A kept run of suites, held against an earlier one where that is named."""
        try:
            data = services.eval_file(run, before, ending, language)
        except RequestError as error:
            return PlainTextResponse(str(error), status_code=404)
        headers = {"content-disposition": f'attachment; filename="gouji-evaluation.{ending}"'}
        return Response(data, media_type="application/octet-stream", headers=headers)
