"""`gouji mcp`: the same operations as tools of the Model Context Protocol, over stdio or HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ingest.settings import Settings
from ui.library import open_library
from ui.model import beside_model
from ui.texts import t

if TYPE_CHECKING:
    from ui.web.guard import App
    from ui.web.services import Services

_LARGEST = 1024 * 1024  # bytes of a request


@click.command("mcp", help="以 MCP 向其他助手提供问答、对比、核查和检索。")
@click.option("--http", is_flag=True, help="经 HTTP 提供（默认经标准输入输出）")
@click.option("--port", type=click.IntRange(1, 65535), default=7861, help="HTTP 的端口")
@click.pass_obj
def mcp(settings: Settings, http: bool, port: int) -> None:
    from qa.engine import Engine
    from ui.mcp_tools import server
    from ui.web.api import Api
    from ui.web.services import Services

    with (
        open_library(settings) as library,
        beside_model(Engine(library, settings), library, settings, use=True) as asker,
    ):
        services = Services(library, settings, asker)
        if not http:
            server(Api(services, "mcp"), files=True).run(transport="stdio")
            return
        import uvicorn

        click.echo(t("MCP：{address}", address=f"http://127.0.0.1:{port}/mcp"), err=True)
        config = uvicorn.Config(
            http_app(services),
            host="127.0.0.1",
            port=port,
            log_level="warning",
            proxy_headers=False,
            server_header=False,
        )
        uvicorn.Server(config).run()


def http_app(services: Services) -> App:
    """The tools over HTTP at ``/mcp``, behind the same wall as the page: logins, hosts, origins,
    rates."""
    from ui.mcp_tools import server
    from ui.web.api import Api
    from ui.web.guard import LOCAL_HOSTS, Guard

    return Guard(
        server(Api(services, "mcp"), files=False).streamable_http_app(),
        lambda _path, _user: "",
        access=services.access,
        hosts=LOCAL_HOSTS,
        rate=services.settings.requests_per_minute,
        largest=_LARGEST,
    )
