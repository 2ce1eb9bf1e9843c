"""Which model is configured, where it is, and whether it may be asked at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from ingest.addresses import is_loopback
from qa.llm.budget import Budget

# Servers that count the tokens of a reply under the newer name, and refuse the older one.
_NEW_LIMIT = ("openai.com", "azure.com")
OPENAI = "openai"


class ModelSettings(Protocol):
    """What of the settings concerns the model; see docs/settings.md."""

    @property
    def offline(self) -> bool: ...
    @property
    def model(self) -> str: ...
    @property
    def model_provider(self) -> str: ...
    @property
    def model_base_url(self) -> str: ...
    @property
    def model_key_variable(self) -> str: ...
    @property
    def model_output(self) -> str: ...
    @property
    def model_seconds(self) -> float: ...
    @property
    def model_call_seconds(self) -> float: ...
    @property
    def model_tokens(self) -> int: ...
    @property
    def model_reply_tokens(self) -> int: ...
    @property
    def model_retries(self) -> int: ...
    @property
    def model_temperature(self) -> float: ...


class ModelConfigError(ValueError):
    """The model cannot be asked as it is configured; the message is one line in Chinese.

    `english` is the same line in English.
    """

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(chinese)
        self.english = english


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """A model and how to ask it. The key is left out of every printed form."""

    name: str
    provider: str = OPENAI
    base_url: str = ""
    key: str = field(default="", repr=False)
    output: str = "auto"
    call_seconds: float = 30.0
    question_seconds: float = 60.0
    question_tokens: int = 20_000
    reply_tokens: int = 1500
    retries: int = 2
    temperature: float | None = 0.0
    offline: bool = True

    def budget(self) -> Budget:
        """A fresh budget for one question."""
        return Budget(self.question_seconds, self.question_tokens)

    @property
    def where(self) -> str:
        """The server, for a person; without user name and password."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.hostname or ''}{_port(self.base_url)}{parts.path}"

    @property
    def new_limit(self) -> bool:
        """Whether the server wants `max_completion_tokens` rather than `max_tokens`."""
        host = urlsplit(self.base_url).hostname or "openai.com"
        return any(host == each or host.endswith(f".{each}") for each in _NEW_LIMIT)


def configured(
    settings: ModelSettings, environ: Mapping[str, str] | None = None
) -> ModelConfig | None:
    """The model that the settings name, or None where they name none.

    Raises:
        ModelConfigError: the address is no address, the model lies outside this machine while
            ``offline = true``, or a service on the network was given no key.
    """
    if not settings.model.strip():
        return None
    environment = os.environ if environ is None else environ
    url = settings.model_base_url.strip().rstrip("/")
    if url and urlsplit(url).scheme not in ("http", "https"):
        raise ModelConfigError(
            f"model_base_url 应以 http:// 或 https:// 开头，现为 {url}。",
            f"model_base_url should begin with http:// or https://, it is {url}.",
        )
    local = settings.model_provider == OPENAI and is_loopback(url)
    if settings.offline and not local:
        raise ModelConfigError(
            "设置了 offline = true，只能使用本机上的模型服务（model_base_url 为 127.0.0.1 或 "
            "localhost）；如可以联网，请设 offline = false。",
            "offline = true allows a model server on this machine only (model_base_url at "
            "127.0.0.1 or localhost); set offline = false where the network may be used.",
        )
    key = environment.get(settings.model_key_variable, "").strip()
    if not key and not url and settings.model_provider == OPENAI:
        raise ModelConfigError(
            f"没有找到密钥：请设环境变量 {settings.model_key_variable}。",
            f"No key found: set the environment variable {settings.model_key_variable}.",
        )
    return ModelConfig(
        name=settings.model.strip(),
        provider=settings.model_provider,
        base_url=url,
        key=key,
        output=settings.model_output,
        call_seconds=settings.model_call_seconds,
        question_seconds=settings.model_seconds,
        question_tokens=settings.model_tokens,
        reply_tokens=settings.model_reply_tokens,
        retries=settings.model_retries,
        temperature=None if settings.model_temperature < 0 else settings.model_temperature,
        offline=settings.offline,
    )


def _port(url: str) -> str:
    try:
        port = urlsplit(url).port
    except ValueError:
        return ""
    return f":{port}" if port else ""
