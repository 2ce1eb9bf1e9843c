"""One user of a running server: asks by REST, and in a conversation of the page as a browser does."""

from __future__ import annotations

import html
import http.client
import json
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

_TIMEOUT = 120.0  # seconds
_ASKED = re.compile(r'class="gj-question"><p>(.*?)</p>', re.DOTALL)
_ANSWERED = "gj-foot"  # stands below every answer
_JSON = {"content-type": "application/json"}


class LoadError(RuntimeError):
    """The server answered with an error, or not at all."""


@dataclass(frozen=True, slots=True)
class AskEvent:
    """How the page's own script tells the server of a question: numbers of gradio's config."""

    function: int
    trigger: int
    inputs: int

    @classmethod
    def of(cls, config: dict[str, Any]) -> AskEvent:
        """The event of the button that sends a question."""
        names = {each["id"]: each["props"].get("elem_id") for each in config["components"]}
        for each in config["dependencies"]:
            for target, event in each["targets"]:
                if names.get(target) == "gj-send" and event == "click":
                    return cls(each["id"], target, len(each["inputs"]))
        raise LoadError("the page has no button that sends a question")


@dataclass
class User:
    """One user: a connection, and a conversation of the page with what was asked in it."""

    address: str
    talk: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_hex(6))
    asked: list[str] = field(default_factory=list)

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Post JSON, and give the JSON that comes back."""
        found: dict[str, Any] = json.loads(self._send("POST", path, json.dumps(body).encode()))
        return found

    def get(self, path: str) -> bytes:
        """What stands at an address."""
        return self._send("GET", path)

    def config(self) -> dict[str, Any]:
        """The description of the page that its script reads."""
        found: dict[str, Any] = json.loads(self.get("/config"))
        return found

    def upload(self, name: str, data: bytes) -> dict[str, Any]:
        """Load a file."""
        mark = secrets.token_hex(12)
        head = (
            f'--{mark}\r\ncontent-disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        )
        body = head.encode() + data + f"\r\n--{mark}--\r\n".encode()
        headers = {"content-type": f"multipart/form-data; boundary={mark}"}
        found: dict[str, Any] = json.loads(self._send("POST", "/api/ingest", body, headers))
        return found

    def ask_on_page(self, question: str, event: AskEvent) -> tuple[float, list[str]]:
        """Ask in the user's conversation of the page.

        Returns:
            the seconds until the answer stood there, and the questions that the page shows at last.
        """
        began, seconds = time.perf_counter(), 0.0
        joined = {
            "data": [self.talk, question, *[""] * (event.inputs - 2)],
            "fn_index": event.function,
            "trigger_id": event.trigger,
            "session_hash": self.session,
            "event_data": None,
        }
        self.post("/gradio_api/queue/join", joined)
        self.asked.append(question)
        for message in self._messages():
            output = message.get("output") or {}
            if not seconds and _ANSWERED in json.dumps(output):
                seconds = time.perf_counter() - began
            if message["msg"] == "process_completed":
                if not message.get("success", False):
                    raise LoadError(str(output)[:200])
                shown = str(output["data"][0])
                return seconds, [html.unescape(each) for each in _ASKED.findall(shown)]
        raise LoadError("the stream of the page ended without an answer")

    def begin_anew(self) -> None:
        """Go on in another conversation, as in a new tab of the browser."""
        self.talk, self.session = secrets.token_urlsafe(24), secrets.token_hex(6)
        self.asked = []

    def _messages(self) -> Iterator[dict[str, Any]]:
        path = f"/gradio_api/queue/data?session_hash={self.session}"
        with self._answer("GET", path, b"", {"accept": "text/event-stream"}) as reply:
            for line in reply:
                if line.startswith(b"data:"):
                    message: dict[str, Any] = json.loads(line[5:])
                    yield message
                    if message["msg"] == "close_stream":
                        return

    def _send(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> bytes:
        with self._answer(method, path, body, headers or _JSON) as reply:
            return reply.read()

    @contextmanager
    def _answer(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> Iterator[http.client.HTTPResponse]:
        where = urlsplit(self.address)
        line = http.client.HTTPConnection(where.hostname or "", where.port, timeout=_TIMEOUT)
        try:
            line.request(method, path, body or None, headers)
            reply = line.getresponse()
            if reply.status >= 400:
                raise LoadError(f"{method} {path}: {reply.status} {reply.read()[:200]!r}")
            yield reply
        except OSError as error:
            raise LoadError(f"{method} {path}: {error}") from error
        finally:
            line.close()
