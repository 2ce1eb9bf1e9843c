"""What the rest of the code knows of a language model: messages in, one reply or its pieces out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from qa.llm.budget import Budget

if TYPE_CHECKING:
    from pydantic import BaseModel

__all__ = ["Budget", "ChatModel", "Message", "Reply", "Speaker"]


class Speaker(StrEnum):
    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """A part of a prompt."""

    speaker: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said.

    Attributes:
        text: the reply as it came; empty where the model answered through a tool alone.
        data: the object of the schema that was asked for, validated; None without a schema.
        tokens_in, tokens_out: as the server counted them, else estimated.
        seconds: from the request to the last word, repetitions included.
        attempts: how often the model was asked.
    """

    text: str
    data: BaseModel | None = None
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    attempts: int = 1


class ChatModel(Protocol):
    """A language model, real or scripted.

    Both methods raise `qa.llm.errors.ModelError` and nothing else: after bounded repetitions,
    within the budget.
    """

    @property
    def name(self) -> str: ...

    def complete(
        self, messages: Sequence[Message], *, schema: type[BaseModel] | None = None, budget: Budget
    ) -> Reply:
        """The whole reply; with a schema, `Reply.data` is an object of it."""
        ...

    def stream(self, messages: Sequence[Message], *, budget: Budget) -> Iterator[str]:
        """The pieces of the reply as they come; an error may arise after the first piece."""
        ...
