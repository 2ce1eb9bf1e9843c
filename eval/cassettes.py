"""`python -m eval.cassettes` (`make cassettes`): record a real model's replies, to replay offline.

A server on this machine stands between the client and the provider: it passes requests on and
keeps bodies, never headers, so no key gets into a cassette. Replaying, it answers from the
cassette what was asked before, and 404 to anything else.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2

from eval.library import open_memory
from ingest.settings import load_settings
from qa.engine import Conversation, Engine
from qa.llm.assist import AssistedEngine
from qa.llm.checkup import check_up
from qa.llm.config import ModelConfig, ModelConfigError, configured
from qa.llm.model import ChatModel
from qa.llm.traces import without_keys
from qa.model import Answer

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "qa" / "llm" / "cassettes"
SAMPLES = (ROOT / "samples" / "reports",)
QUESTIONS = ROOT / "samples" / "model_questions.txt"
_FORGOTTEN = frozenset({"model", "max_tokens", "max_completion_tokens", "temperature"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, by the digest of what it asks, and the response to it."""

    asked: str
    status: int
    kind: str
    body: str


Respond = Callable[[bytes, dict[str, str]], Exchange]


def digest(body: bytes) -> str:
    """What a request asks: its messages and form, whatever the model and its limits are called."""
    asked = {key: value for key, value in json.loads(body).items() if key not in _FORGOTTEN}
    text = json.dumps(asked, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@contextmanager
def recording(config: ModelConfig, tape: list[Exchange]) -> Iterator[str]:
    """The address of a server that asks the configured one and puts every exchange on a tape."""
    with httpx2.Client(timeout=config.call_seconds, trust_env=not config.offline) as client:

        def respond(body: bytes, headers: dict[str, str]) -> Exchange:
            found = client.post(
                f"{config.base_url}/chat/completions",
                content=body,
                headers={"content-type": "application/json", **headers},
            )
            kind = found.headers.get("content-type", "application/json")
            text = without_keys(found.text, config.key)
            exchange = Exchange(digest(body), found.status_code, kind, text)
            tape.append(exchange)
            return exchange

        with _serving(respond) as url:
            yield url


@contextmanager
def replaying(tape: Sequence[Exchange]) -> Iterator[str]:
    """The address of a server that answers from a tape; the same request again is the next reply."""
    left = list(tape)

    def respond(body: bytes, _headers: dict[str, str]) -> Exchange:
        asked = digest(body)
        for place, exchange in enumerate(left):
            if exchange.asked == asked:
                return left.pop(place)
        return Exchange(asked, 404, "application/json", '{"error": {"message": "not recorded"}}')

    with _serving(respond) as url:
        yield url


@contextmanager
def _serving(respond: Respond) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            key = self.headers.get("authorization")
            try:
                exchange = respond(body, {"authorization": key} if key else {})
            except httpx2.HTTPError as error:
                exchange = Exchange("", 502, "text/plain", type(error).__name__)
            data = exchange.body.encode()
            self.send_response(exchange.status)
            self.send_header("content-type", exchange.kind)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_request(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def session(model: ChatModel, config: ModelConfig) -> tuple[list[Answer], list[Answer]]:
    """The check-up, then every question with and without the model: what is recorded and replayed."""
    list(check_up(model, config.budget))
    questions = [
        line for line in QUESTIONS.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    with open_memory(SAMPLES) as loaded:
        assisted = AssistedEngine(loaded.engine, loaded.library, model, budget=config.budget)
        return _asked(assisted, questions), _asked(loaded.engine, questions)


def _asked(engine: Engine | AssistedEngine, questions: Sequence[str]) -> list[Answer]:
    """The answers; a line that begins with 　 goes on from the one before it."""
    answers: list[Answer] = []
    conversation = Conversation()
    for line in questions:
        if not line.startswith(("　", " ")):
            conversation = Conversation()
        answers.append(engine.ask(line.strip(), conversation=conversation))
    return answers


def with_model(url: str, config: ModelConfig) -> tuple[list[Answer], list[Answer]]:
    """A session with the real client at an address on this machine."""
    from qa.llm.client import connect

    with closing(connect(replace(config, base_url=url))) as model:
        return session(model, config)


def save(path: Path, tape: Sequence[Exchange]) -> None:
    """Write a cassette."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shown = [asdict(exchange) for exchange in tape]
    path.write_text(json.dumps(shown, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> list[Exchange]:
    """Read a cassette."""
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return [Exchange(**each) for each in found]


def main(arguments: Sequence[str] | None = None) -> int:
    """Record the configured model; 2 where none is configured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    options = parser.parse_args(arguments)
    try:
        config = configured(load_settings())
        if config is None or not config.base_url:
            raise ModelConfigError(
                "请先设置 model 和 model_base_url", "set model and model_base_url"
            )
        tape: list[Exchange] = []
        with recording(config, tape) as url:
            answers, _ = with_model(url, config)
    except ModelConfigError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 2
    name = "".join(each if each.isalnum() else "-" for each in config.name)
    save(options.folder / f"{name}.json", tape)
    print(f"{len(tape)} 次往来，{len(answers)} 个问题：{options.folder / name}.json")
    return 0


if __name__ == "__main__":
    sys.exit(main())
