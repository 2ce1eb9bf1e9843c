"""`gouji serve`: the page in a browser."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from typing import Any

import click

from ingest.settings import Settings
from ui.errors import RequestError
from ui.library import open_library
from ui.model import beside_model
from ui.texts import t

LOCAL = ("127.0.0.1", "::1", "localhost")

_LAST_QUESTIONS = 20  # seconds that an evaluation under way may take to come to its end
_ANY = ("0.0.0.0", "::")  # noqa: S104 - only compared with


@click.command(help="在浏览器里使用：问答、核查、资料库。")
@click.option("--host", help="监听的地址；默认只有本机能访问")
@click.option("--port", type=click.IntRange(1, 65535), help="端口")
@click.option("--root-path", metavar="PATH", help="反向代理之后的网址前缀，如 /gouji")
@click.pass_obj
def serve(settings: Settings, host: str | None, port: int | None, root_path: str | None) -> None:
    given: dict[str, Any] = {"host": host, "port": port, "root_path": root_path}
    chosen = replace(
        settings, **{name: value for name, value in given.items() if value is not None}
    )
    if chosen.root_path and not chosen.root_path.startswith("/"):
        raise RequestError(t("网址前缀应以 / 开头，如 /gouji"))
    chosen = replace(chosen, root_path=chosen.root_path.rstrip("/"))
    from qa.engine import Engine

    with (
        open_library(chosen) as library,
        beside_model(Engine(library, chosen), library, chosen, use=True) as asker,
        tempfile.TemporaryDirectory(prefix="gouji-") as cache,
    ):
        os.environ["GRADIO_TEMP_DIR"] = cache
        import uvicorn

        from ui.web.app import create_app
        from ui.web.page import mount
        from ui.web.services import Services

        services = Services(library, chosen, asker)
        if chosen.host not in LOCAL and not services.access.needed:
            raise RequestError(t("对外提供前请先用 gouji user 添加登录用户，或设置 user_header"))
        app = create_app(services, lambda *where: mount(services, *where))
        shown = chosen.host if chosen.host not in _ANY else "localhost"
        click.echo(
            t(
                "已启动：{address}　按 Ctrl-C 停止。",
                address=f"http://{shown}:{chosen.port}{chosen.root_path}/",
            )
        )
        config = uvicorn.Config(
            app,
            host=chosen.host,
            port=chosen.port,
            root_path=chosen.root_path,
            log_level="warning",
            timeout_graceful_shutdown=5,
            proxy_headers=False,
            server_header=False,
        )
        uvicorn.Server(config).run()
        services.evaluations.stop(_LAST_QUESTIONS)
