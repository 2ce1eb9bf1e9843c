"""The login page and its two actions."""

from __future__ import annotations

import time
from urllib.parse import parse_qs

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from ingest.settings import Settings
from ui.texts import set_language, t
from ui.web.access import COOKIE, Access
from ui.web.journal import Journal
from ui.web.markup import EMPTY, html

_PAUSE = 0.5  # seconds that a wrong password costs


def is_secure(request: Request, proxy: str) -> bool:
    """True where the browser spoke https, to us or to the trusted proxy before us."""
    client = request.client.host if request.client else ""
    told = request.headers.get("x-forwarded-proto", "") if client == proxy else ""
    return "https" in (request.url.scheme, told.split(",")[0].strip().lower())


def add_login(app: FastAPI, access: Access, journal: Journal, settings: Settings) -> None:
    """Add the page and the actions to the app."""
    root = settings.root_path

    @app.get("/login")
    def page(language: str = "zh") -> HTMLResponse:
        return HTMLResponse(_page(root, language, wrong=False))

    @app.post("/login")
    async def enter(request: Request, language: str = "zh") -> Response:
        form = parse_qs((await request.body())[:4096].decode(errors="replace"))
        name, password = (form.get(key, [""])[0] for key in ("name", "password"))
        return _entered(name, password, language, is_secure(request, settings.trusted_proxy))

    @app.post("/logout")
    def leave() -> Response:
        reply = RedirectResponse(f"{root}/login", status_code=303)
        reply.delete_cookie(COOKIE, path=f"{root}/")
        return reply

    def _entered(name: str, password: str, language: str, secure: bool) -> Response:
        user = access.users.check(name, password)
        if user is None:
            journal.note(name, "login failed")
            return HTMLResponse(_page(root, language, wrong=True), status_code=401)
        journal.note(name, "login")
        reply = RedirectResponse(f"{root}/{'en/' if language == 'en' else ''}", status_code=303)
        reply.set_cookie(
            COOKIE,
            access.sessions.issue(user, time.time()),
            max_age=settings.session_hours * 3600,
            path=f"{root}/",
            httponly=True,
            secure=secure,
            samesite="lax",
        )
        return reply


def _page(root: str, language: str, *, wrong: bool) -> str:
    set_language("en" if language == "en" else "zh")
    trouble = html('<p role="alert">{}</p>', t("用户名或密码不对。")) if wrong else EMPTY
    return str(
        html(
            '<!doctype html><html lang="{0}"><head><title>{1}</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
            '<body class="gj-login"><main><h1>{1}</h1><p>{2}</p>{3}'
            '<form method="post" action="{4}/login?language={5}">'
            '<label>{6}<input name="name" autocomplete="username" required autofocus></label>'
            '<label>{7}<input name="password" type="password" autocomplete="current-password" required></label>'
            "<button>{8}</button></form></main></body></html>",
            "en" if language == "en" else "zh-CN",
            t("勾稽"),
            t("每个数都先复算，再显示"),
            trouble,
            root,
            "en" if language == "en" else "zh",
            t("用户名"),
            t("密码"),
            t("登录"),
        )
    )
