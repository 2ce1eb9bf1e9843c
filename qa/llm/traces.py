"""What was said to a model and back: a local log, and spans for those who collect them."""

from __future__ import annotations

import json
import logging
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ingest.addresses import is_loopback
from qa.llm.errors import ModelError
from qa.llm.model import Budget, ChatModel, Message, Reply
from qa.llm.replies import tokens_of

if TYPE_CHECKING:
    from pydantic import BaseModel

LOG_NAME = "model_calls.jsonl"
_SECONDS_TO_SEND = 2
_LARGEST = 50 * 1024 * 1024  # bytes, before the log is put aside as .1
_KEYS = re.compile(r"(?i)(bearer\s+|(?:api[-_ ]?)?key[\"':= ]+)[\w.~+/-]{8,}|\bsk-[\w-]{8,}")


class Span(Protocol):
    """The part of an OpenTelemetry span that is used."""

    def set_attribute(self, key: str, value: Any) -> object: ...


Spans = Callable[[str], AbstractContextManager[Span | None]]


class TracedModel:
    """A model whose every call is written down. What cannot be written stops no answer."""

    def __init__(
        self, model: ChatModel, log: Path | None, *, key: str = "", spans: Spans | None = None
    ) -> None:
        """Args:
        log: the file; None writes none.
        key: never written, wherever it stands.
        spans: opens a span of a name.
        """
        self._model = model
        self._log = log
        self._key = key
        self._spans = spans or (lambda _name: nullcontext(None))

    @property
    def name(self) -> str:
        return self._model.name

    def complete(
        self, messages: Sequence[Message], *, schema: type[BaseModel] | None = None, budget: Budget
    ) -> Reply:
        """See `ChatModel.complete`."""
        with self._spans(f"chat {self.name}") as span:
            call = _Call(self, "complete", messages, span)
            try:
                reply = self._model.complete(messages, schema=schema, budget=budget)
            except ModelError as error:
                call.failed(error)
                raise
            shown = reply.data.model_dump_json() if reply.data is not None else reply.text
            call.ended(shown, reply.tokens_in, reply.tokens_out, reply.attempts)
            return reply

    def stream(self, messages: Sequence[Message], *, budget: Budget) -> Iterator[str]:
        """See `ChatModel.stream`; written down when the stream ends, is left or fails."""
        with self._spans(f"chat {self.name}") as span:
            call = _Call(self, "stream", messages, span)
            said: list[str] = []
            try:
                for piece in self._model.stream(messages, budget=budget):
                    said.append(piece)
                    yield piece
            except ModelError as error:
                call.failed(error)
                raise
            finally:
                words = "".join(said)
                into = sum(tokens_of(message.text) for message in messages)
                call.ended(words, into, tokens_of(words), 1)

    def write(self, entry: dict[str, Any]) -> None:
        """Append one line to the log, without keys."""
        if self._log is None:
            return
        line = without_keys(json.dumps(entry, ensure_ascii=False), self._key)
        try:
            if self._log.is_file() and self._log.stat().st_size > _LARGEST:
                self._log.replace(self._log.with_suffix(".jsonl.1"))
            handle = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError:
            return  # a full or read-only disk is told of where the library itself is written
        with os.fdopen(handle, "a", encoding="utf-8", errors="replace") as file:
            file.write(line + "\n")


class _Call:
    """One call under way; written once, when it ends."""

    def __init__(
        self, model: TracedModel, kind: str, messages: Sequence[Message], span: Span | None
    ) -> None:
        self._model, self._span, self._written = model, span, False
        self._started = time.monotonic()
        self._entry: dict[str, Any] = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "model": model.name,
            "kind": kind,
            "prompt": [{"role": m.speaker.value, "content": m.text} for m in messages],
        }

    def ended(self, said: str, tokens_in: int, tokens_out: int, attempts: int) -> None:
        counted = {"tokens_in": tokens_in, "tokens_out": tokens_out, "attempts": attempts}
        self._close({"reply": said, **counted})
        if self._span is not None:
            self._span.set_attribute("gen_ai.usage.input_tokens", tokens_in)
            self._span.set_attribute("gen_ai.usage.output_tokens", tokens_out)

    def failed(self, error: ModelError) -> None:
        kind = type(error).__name__
        self._close({"error": kind, "detail": error.detail})
        if self._span is not None:
            self._span.set_attribute("error.type", kind)

    def _close(self, result: dict[str, Any]) -> None:
        if self._written:
            return
        self._written = True
        seconds = round(time.monotonic() - self._started, 3)
        self._model.write({**self._entry, **result, "seconds": seconds})
        if self._span is not None:
            self._span.set_attribute("gen_ai.operation.name", "chat")
            self._span.set_attribute("gen_ai.request.model", self._model.name)


def without_keys(text: str, key: str = "") -> str:
    """The text with the key, and whatever else looks like one, struck out."""
    bare = text.replace(key, "***") if key else text
    return _KEYS.sub(lambda found: (found.group(1) or "") + "***", bare)


def spans_to(address: str, *, offline: bool) -> Spans | None:
    """Spans sent by OTLP/gRPC to an address; None without one, or one elsewhere while offline.

    They hold the model's name, tokens, seconds and kind of error; no prompt and no reply.
    """
    if not address or (offline and not is_loopback(address)):
        return None
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    # Whether anybody collects is no business of the asker's.
    logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
    provider = TracerProvider(resource=Resource.create({"service.name": "gouji"}))
    past_proxies: Any = (("grpc.enable_http_proxy", 0),)
    exporter = OTLPSpanExporter(
        endpoint=address,
        insecure=address.startswith("http://"),
        timeout=_SECONDS_TO_SEND,
        channel_options=past_proxies if offline else None,
    )
    provider.add_span_processor(BatchSpanProcessor(exporter))
    tracer = provider.get_tracer("gouji")
    return lambda name: tracer.start_as_current_span(name)
