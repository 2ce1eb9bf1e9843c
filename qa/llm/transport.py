"""The way to the model server: no detours, no more bytes than a reply can have."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2

from ingest.addresses import is_loopback
from qa.llm.config import ModelConfig
from qa.llm.errors import CutShort, NoNetwork

_LONGEST_REPLY = 4 * 1024 * 1024  # bytes
_CONNECT_SECONDS = 5.0


def http_client(config: ModelConfig) -> httpx2.AsyncClient:
    """A client that follows no redirection and reads four MB of a reply at most.

    With ``offline = true`` it goes to this machine alone, past every proxy that the environment
    names; a request to elsewhere is refused before a connection is made.
    """

    async def stays_here(request: httpx2.Request) -> None:
        if config.offline and not is_loopback(str(request.url)):
            raise NoNetwork(f"refused: {request.url.host}")

    async def bounded(response: httpx2.Response) -> None:
        if isinstance(response.stream, httpx2.AsyncByteStream):
            response.stream = _Bounded(response.stream)

    return httpx2.AsyncClient(
        timeout=httpx2.Timeout(config.call_seconds, connect=_CONNECT_SECONDS),
        follow_redirects=False,
        trust_env=not config.offline,
        event_hooks={"request": [stays_here], "response": [bounded]},
    )


class _Bounded(httpx2.AsyncByteStream):
    """A body that is given up where it does not end."""

    def __init__(self, body: httpx2.AsyncByteStream) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        read = 0
        async for piece in self._body:
            read += len(piece)
            if read > _LONGEST_REPLY:
                raise CutShort("the reply does not end")
            yield piece

    async def aclose(self) -> None:
        await self._body.aclose()
