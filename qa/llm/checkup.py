"""Is the configured model of use here: it answers, streams, keeps to a form, to ids and to slots."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from qa.llm.errors import ModelError
from qa.llm.model import Budget, ChatModel, Message, Speaker
from qa.llm.replies import in_language

_SLOT = "{{v1}}"


class Trial(StrEnum):
    """What is tried, in order."""

    ANSWERS = "answers"
    CHINESE = "chinese"
    STREAMS = "streams"
    FORM = "form"
    CHOICE = "choice"
    SLOTS = "slots"


@dataclass(frozen=True, slots=True)
class Tried:
    """How a trial went.

    Attributes:
        passed: whether the model did what it should.
        seconds: how long it took.
        said: a short piece of what came back, for a person.
        error: what kept it from an answer, or None.
    """

    trial: Trial
    passed: bool
    seconds: float
    said: str = ""
    error: ModelError | None = None


class _Choice(BaseModel):
    """The id of what was asked for."""

    model_config = ConfigDict(extra="forbid")

    metric: Literal["m1", "m2", "m3"]


def check_up(model: ChatModel, budget: Callable[[], Budget]) -> Iterator[Tried]:
    """Try the model, each trial with a budget of its own; what needs an answer stops without one."""
    first = _tried(Trial.ANSWERS, lambda: _greeting(model, budget()))
    yield first
    if first.error is not None:
        return
    yield Tried(Trial.CHINESE, in_language(first.said, "zh"), 0.0, first.said)
    yield _tried(Trial.STREAMS, lambda: _stream(model, budget()))
    chosen = _tried(Trial.FORM, lambda: _choice(model, budget()))
    yield Tried(Trial.FORM, chosen.passed, chosen.seconds, chosen.said, chosen.error)
    yield Tried(Trial.CHOICE, chosen.said == "m2", 0.0, chosen.said)
    slots = _tried(Trial.SLOTS, lambda: _slots(model, budget()))
    yield Tried(Trial.SLOTS, slots.passed and keeps_slots(slots.said), slots.seconds, slots.said)


def keeps_slots(text: str) -> bool:
    """Whether a sentence has its slot and no digit of its own."""
    return _SLOT in text and not re.search(r"\d", text.replace(_SLOT, ""))


def _tried(trial: Trial, ask: Callable[[], str]) -> Tried:
    started = time.monotonic()
    try:
        said = ask()
    except ModelError as error:
        return Tried(trial, False, time.monotonic() - started, error=error)
    return Tried(trial, True, time.monotonic() - started, said)


def _user(text: str) -> list[Message]:
    return [Message(Speaker.USER, text)]


def _greeting(model: ChatModel, budget: Budget) -> str:
    return model.complete(_user("请用中文打个招呼，不超过十个字。"), budget=budget).text[:60]


def _stream(model: ChatModel, budget: Budget) -> str:
    pieces = list(model.stream(_user("请用中文说一句关于预算的话。"), budget=budget))
    return str(len(pieces))


def _choice(model: ChatModel, budget: Budget) -> str:
    asked = (
        "问题：“出国花了多少钱？”指标：m1 公务接待费；m2 因公出国（境）费用；m3 会议费。"
        "给出所问指标的编号（metric）。"
    )
    data = model.complete(_user(asked), schema=_Choice, budget=budget).data
    return data.metric if isinstance(data, _Choice) else ""


def _slots(model: ChatModel, budget: Budget) -> str:
    asked = (
        f"请用一句中文转述：本年支出为{_SLOT}。照抄占位符 {_SLOT}，不要写任何数字，只输出这一句。"
    )
    return model.complete(_user(asked), budget=budget).text[:120]
