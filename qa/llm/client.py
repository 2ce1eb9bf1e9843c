"""The model server through LangChain: the one module that knows it; imported where one is set."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack
from queue import SimpleQueue
from typing import Any, Literal

from anyio.from_thread import start_blocking_portal
from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.runnables import Runnable
from langsmith import tracing_context
from pydantic import BaseModel, ValidationError

from qa.llm.config import OPENAI, ModelConfig, ModelConfigError
from qa.llm.errors import Cancelled, CutShort, Empty, Malformed, ModelError, NotOffered, OutOfBudget
from qa.llm.faults import told
from qa.llm.model import Budget, Message, Reply, Speaker
from qa.llm.replies import json_in, spoken, tokens_of, without_thoughts
from qa.llm.retry import retrying
from qa.llm.transport import http_client

Way = Literal["tools", "json", "text"]
_WAYS: tuple[Way, ...] = ("tools", "json", "text")
_NO_KEY = "none"  # servers on this machine want no key, their client library wants one
_CHARACTERS_A_TOKEN = 8
_END = object()


class LangChainModel:
    """A `ChatModel` over any provider that LangChain knows.

    One event loop in a thread of its own makes the calls, so that a deadline or a cancellation
    ends one at once, wherever it is.
    """

    def __init__(self, config: ModelConfig) -> None:
        """Raises ModelConfigError where the provider is unknown or its package is missing."""
        self._config = config
        self._ways = list(_WAYS) if config.output == "auto" else [_way(config.output)]
        self._stack = ExitStack()
        self._portal = self._stack.enter_context(start_blocking_portal(name="model"))
        self._chat = self._portal.call(_connected, config)

    @property
    def name(self) -> str:
        return self._config.name

    @property
    def way(self) -> str:
        """How it gives a set form, as far as is known: the first way that was not refused."""
        return self._ways[0]

    def close(self) -> None:
        self._stack.close()

    def complete(
        self, messages: Sequence[Message], *, schema: type[BaseModel] | None = None, budget: Budget
    ) -> Reply:
        """See `ChatModel.complete`. A way to a set form that the server lacks gives way to the next."""
        started, attempts = time.monotonic(), 0
        for attempt in retrying(budget, self._config.retries):
            with attempt:
                attempts += 1
                reply = self._complete_once(messages, schema, budget, attempts)
        return Reply(
            reply.text,
            reply.data,
            reply.tokens_in,
            reply.tokens_out,
            time.monotonic() - started,
            attempts,
        )

    def _complete_once(
        self,
        messages: Sequence[Message],
        schema: type[BaseModel] | None,
        budget: Budget,
        attempt: int,
    ) -> Reply:
        """One attempt; a repeated one asks for the form in the next way."""
        if schema is None:
            return self._called(messages, None, "text", budget)
        while True:
            way = self._ways[min(attempt, len(self._ways)) - 1]
            try:
                return self._called(messages, schema, way, budget)
            except NotOffered:
                # A new list: several questions at a time may find out the same.
                left = [each for each in self._ways if each != way]
                if not left:
                    raise
                self._ways = left

    def _called(
        self,
        messages: Sequence[Message],
        schema: type[BaseModel] | None,
        way: Way,
        budget: Budget,
    ) -> Reply:
        prompt = [*messages, _form(schema)] if schema is not None and way != "tools" else messages
        _affordable(prompt, budget)
        future = self._portal.start_task_soon(self._ask, prompt, schema, way, budget)
        try:
            with budget.stopping(future.cancel):
                return future.result()
        except CancelledError as error:
            raise Cancelled from error
        finally:
            future.cancel()

    async def _ask(
        self,
        prompt: Sequence[Message],
        schema: type[BaseModel] | None,
        way: Way,
        budget: Budget,
    ) -> Reply:
        asked: Runnable[LanguageModelInput, Any] = self._chat
        if schema is not None and way == "tools":
            asked = self._chat.with_structured_output(
                schema, method="function_calling", include_raw=True
            )
        if schema is not None and way == "json":
            asked = self._chat.bind(response_format={"type": "json_object"})
        try:
            with tracing_context(enabled=False):
                async with asyncio.timeout(self._seconds(budget)):
                    found = await asked.ainvoke(_pairs(prompt))
        except Exception as error:
            raise told(error) from error
        raw = found["raw"] if isinstance(found, dict) else found
        parsed = found["parsed"] if isinstance(found, dict) else None
        return _reply(raw, parsed, schema, prompt, budget)

    def stream(self, messages: Sequence[Message], *, budget: Budget) -> Iterator[str]:
        """See `ChatModel.stream`; repeated only as long as no word has come."""
        return spoken(self._pieces(messages, budget))

    def _pieces(self, messages: Sequence[Message], budget: Budget) -> Iterator[str]:
        for attempt in retrying(budget, self._config.retries):
            with attempt:
                _affordable(messages, budget)
                pieces = self._poured(messages, budget)
                first = next(pieces, "")
                if not first:
                    raise Empty
        yield first
        yield from pieces

    def _poured(self, messages: Sequence[Message], budget: Budget) -> Iterator[str]:
        queue: SimpleQueue[object] = SimpleQueue()
        future = self._portal.start_task_soon(self._pour, messages, budget, queue)
        written = 0
        try:
            with budget.stopping(future.cancel):
                while (piece := queue.get()) is not _END:
                    if isinstance(piece, ModelError):
                        raise piece
                    written += tokens_of(str(piece))
                    yield str(piece)
        finally:
            future.cancel()
            budget.charge(sum(tokens_of(m.text) for m in messages) + written)

    async def _pour(
        self, messages: Sequence[Message], budget: Budget, queue: SimpleQueue[object]
    ) -> None:
        try:
            with tracing_context(enabled=False):
                async with asyncio.timeout(self._seconds(budget)):
                    async for text in self._words(messages):
                        queue.put(text)
        except asyncio.CancelledError:
            queue.put(Cancelled())
            raise
        except Exception as error:  # noqa: BLE001 - every provider has errors of its own
            queue.put(told(error))
        finally:
            queue.put(_END)

    async def _words(self, messages: Sequence[Message]) -> AsyncIterator[str]:
        finish, length = "", 0
        async for chunk in self._chat.astream(_pairs(messages)):
            finish = chunk.response_metadata.get("finish_reason") or finish
            length += len(chunk.text)
            if length > self._config.reply_tokens * _CHARACTERS_A_TOKEN:
                raise CutShort("the reply does not end")
            if chunk.text:
                yield chunk.text
        if self._config.provider == OPENAI and finish in ("", "length"):
            raise CutShort(f"finish_reason: {finish or 'none'}")

    def _seconds(self, budget: Budget) -> float:
        return min(self._config.call_seconds, budget.seconds_left())


def connect(config: ModelConfig) -> LangChainModel:
    """The configured model; no request is made yet."""
    return LangChainModel(config)


def _way(output: str) -> Way:
    return next(way for way in _WAYS if way == output)


async def _connected(config: ModelConfig) -> BaseChatModel:
    options: dict[str, Any] = {"max_retries": 0, "timeout": config.call_seconds}
    if config.temperature is not None:
        options["temperature"] = config.temperature
    if config.provider == OPENAI:
        options |= _openai_options(config)
    else:
        options |= {"max_tokens": config.reply_tokens}
        options |= {"base_url": config.base_url} if config.base_url else {}
        options |= {"api_key": config.key} if config.key else {}
    try:
        chat: BaseChatModel = init_chat_model(
            config.name, model_provider=config.provider, **options
        )
    except (ImportError, ValueError) as error:
        words = " ".join(str(error).split())[:200].replace(config.key or "\0", "***")
        raise ModelConfigError(
            f"不能使用模型提供方 {config.provider}：{words}",
            f"The provider {config.provider} cannot be used: {words}",
        ) from error
    return chat


def _openai_options(config: ModelConfig) -> dict[str, Any]:
    options: dict[str, Any] = {
        "api_key": config.key or _NO_KEY,
        "http_async_client": http_client(config),
        "use_responses_api": False,
        "stream_usage": False,
        "openai_proxy": "",
    }
    if config.base_url:
        options["base_url"] = config.base_url
    if config.new_limit:
        options["max_tokens"] = config.reply_tokens
    else:
        options["extra_body"] = {"max_tokens": config.reply_tokens}
    return options


def _pairs(messages: Sequence[Message]) -> list[tuple[str, str]]:
    return [(message.speaker.value, message.text) for message in messages]


def _form(schema: type[BaseModel]) -> Message:
    """The form of the reply in words, for servers without tools."""
    shape = json.dumps(schema.model_json_schema(), ensure_ascii=False)
    return Message(
        Speaker.USER, f"只输出一个 JSON 对象，符合以下 JSON Schema，不要其他文字：\n{shape}"
    )


def _affordable(messages: Sequence[Message], budget: Budget) -> None:
    budget.check()
    if sum(tokens_of(message.text) for message in messages) > budget.tokens_left():
        raise OutOfBudget("the prompt alone is longer than the tokens left")


def _reply(
    raw: object,
    parsed: object,
    schema: type[BaseModel] | None,
    prompt: Sequence[Message],
    budget: Budget,
) -> Reply:
    """The reply of a message, counted; raises where it is empty, cut short or of another form."""
    if not isinstance(raw, BaseMessage):
        raise Malformed(f"{type(raw).__name__} instead of a message")
    text = without_thoughts(raw.text)
    usage = raw.usage_metadata if isinstance(raw, AIMessage) and raw.usage_metadata else None
    calls = [*raw.tool_calls, *raw.invalid_tool_calls] if isinstance(raw, AIMessage) else []
    into = usage["input_tokens"] if usage else sum(tokens_of(m.text) for m in prompt)
    out = usage["output_tokens"] if usage else tokens_of(raw.text)
    budget.charge(into + out)
    if raw.response_metadata.get("finish_reason") == "length":
        raise CutShort("finish_reason: length")
    if schema is None:
        if not text:
            raise Empty
        return Reply(text, None, into, out)
    if isinstance(parsed, schema):
        return Reply(text, parsed, into, out)
    if not text and not calls:
        raise Empty
    given = calls[0]["args"] if calls else json_in(text)
    return Reply(text, _validated(schema, given), into, out)


def _validated(schema: type[BaseModel], given: object) -> BaseModel:
    if not isinstance(given, dict):
        raise Malformed("no JSON object")
    try:
        return schema.model_validate(given)
    except ValidationError as error:
        raise Malformed(str(error)[:500]) from error
