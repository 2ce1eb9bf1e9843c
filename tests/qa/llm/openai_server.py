"""A scripted server on this machine that speaks the chat-completions protocol of OpenAI.

Every request is answered by the next step of its script, the last one for ever after. A step is
given the request and says what to send: words, a call of the tool, a status, or a fault.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Request = dict[str, Any]


class Connection:
    """One request, and the ways to answer it."""

    def __init__(self, handler: BaseHTTPRequestHandler, body: Request) -> None:
        self.body = body
        self._handler = handler

    @property
    def streaming(self) -> bool:
        return bool(self.body.get("stream"))

    @property
    def prompt(self) -> str:
        return "\n".join(str(message["content"]) for message in self.body["messages"])

    def send(self, data: bytes) -> None:
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def head(self, status: int, kind: str, headers: Sequence[tuple[str, str]] = ()) -> None:
        self._handler.send_response(status)
        self._handler.send_header("content-type", kind)
        self._handler.send_header("connection", "close")
        for name, value in headers:
            self._handler.send_header(name, value)
        self._handler.end_headers()

    def json(
        self, value: object, status: int = 200, headers: Sequence[tuple[str, str]] = ()
    ) -> None:
        data = json.dumps(value, ensure_ascii=False).encode()
        self.head(status, "application/json", [*headers, ("content-length", str(len(data)))])
        self.send(data)


Step = Callable[[Connection], None]


def say(text: str, *, finish: str | None = "stop", pieces: int = 3) -> Step:
    """Words, whole or by server-sent events as asked for; `finish` None cuts the stream short."""

    def step(to: Connection) -> None:
        if not to.streaming:
            to.json(completion({"role": "assistant", "content": text}, finish))
            return
        to.head(200, "text/event-stream")
        size = max(1, len(text) // pieces)
        for start in range(0, len(text), size):
            to.send(event({"content": text[start : start + size]}))
        if finish is not None:
            to.send(event({}, finish))
            to.send(b"data: [DONE]\n\n")

    return step


def call(**arguments: object) -> Step:
    """A call of the tool that the request offers, or the same as JSON where it offers none."""
    return call_raw(json.dumps(arguments, ensure_ascii=False))


def call_raw(arguments: str) -> Step:
    """The same with arguments as they are, JSON or not."""

    def step(to: Connection) -> None:
        tools = to.body.get("tools")
        if not tools:
            say(arguments)(to)
            return
        function = {"name": tools[0]["function"]["name"], "arguments": arguments}
        called = {"id": "call_1", "type": "function", "function": function}
        message = {"role": "assistant", "content": None, "tool_calls": [called]}
        to.json(completion(message, "tool_calls"))

    return step


def status(code: int, message: str = "no", **headers: str) -> Step:
    """A refusal; `headers` with underscores for hyphens."""
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    body = {"error": {"message": message, "type": "error", "code": None}}
    return lambda to: to.json(body, code, named)


def raw(data: bytes, kind: str = "application/json", length: int | None = None) -> Step:
    """Bytes as they are; `length` promises more than there is."""

    def step(to: Connection) -> None:
        to.head(200, kind, [("content-length", str(length if length is not None else len(data)))])
        to.send(data)

    return step


def slow(seconds: float) -> Step:
    """Nothing for so long, then words."""

    def step(to: Connection) -> None:
        time.sleep(seconds)
        say("太晚了。")(to)

    return step


def dripping(seconds: float) -> Step:
    """A blank every while, for ever: bytes keep coming, a reply does not."""

    def step(to: Connection) -> None:
        to.head(200, "text/event-stream" if to.streaming else "application/json")
        for _ in range(int(60 / seconds)):
            to.send(b": wait\n\n" if to.streaming else b" ")
            time.sleep(seconds)

    return step


def endless() -> Step:
    """Words without end, as fast as they can be read."""

    def step(to: Connection) -> None:
        to.head(200, "text/event-stream" if to.streaming else "application/json")
        piece = event({"content": "很好" * 400}) if to.streaming else b" " * 65536
        for _ in range(200_000):
            to.send(piece)

    return step


def only_way(way: str, step: Step) -> Step:
    """A server that lacks tools (``json``), or JSON mode as well (``text``)."""

    def chosen(to: Connection) -> None:
        lacks_json = way == "text" and "response_format" in to.body
        if to.body.get("tools") or lacks_json:
            status(400, "this model does not support tools")(to)
        else:
            step(to)

    return chosen


def completion(message: dict[str, Any], finish: str | None) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    }


def event(delta: dict[str, Any], finish: str | None = None) -> bytes:
    chunk = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()


@dataclass
class Scripted:
    """A server under way: its address, and the requests that it was sent."""

    url: str
    script: list[Step]
    requests: list[Request] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)

    def next_step(self) -> Step:
        return self.script[min(len(self.requests), len(self.script)) - 1]


@contextmanager
def serving(*script: Step) -> Iterator[Scripted]:
    """A server on a free port of 127.0.0.1 that follows a script."""
    scripted = Scripted("", list(script))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            scripted.requests.append(body)
            scripted.headers.append(dict(self.headers.items()))
            self.close_connection = True
            try:
                scripted.next_step()(Connection(self, body))
            except OSError:
                scripted.hung_up.set()

        def log_request(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    scripted.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield scripted
    finally:
        server.shutdown()
        with suppress(OSError):
            server.server_close()
        thread.join()
