"""What one question may spend on the model: seconds and tokens, and a way to stop it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from qa.llm.errors import Cancelled, OutOfBudget


@dataclass(slots=True)
class Spent:
    """What a question has used up so far; shared by all its calls."""

    tokens: int = 0
    calls: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)
    under_way: list[Callable[[], object]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits of one question, over all its calls and their repetitions.

    Attributes:
        seconds: how long the calls may take together.
        tokens: tokens of prompts and replies together.
        started: when the question began, by `clock`.
    """

    seconds: float = 60.0
    tokens: int = 20_000
    clock: Callable[[], float] = time.monotonic
    started: float = field(default_factory=time.monotonic)
    spent: Spent = field(default_factory=Spent, compare=False)

    def seconds_left(self) -> float:
        return max(0.0, self.seconds - (self.clock() - self.started))

    def tokens_left(self) -> int:
        return max(0, self.tokens - self.spent.tokens)

    def charge(self, tokens: int) -> None:
        """Count the tokens of a call that has ended, whether it brought anything or not."""
        self.spent.tokens += max(0, tokens)
        self.spent.calls += 1

    def cancel(self) -> None:
        """Stop the call under way, and let none begin any more."""
        self.spent.stopped.set()
        for stop in tuple(self.spent.under_way):
            stop()

    @contextmanager
    def stopping(self, stop: Callable[[], object]) -> Iterator[None]:
        """While it lasts, `cancel` calls `stop`, from whatever thread it is called in."""
        self.spent.under_way.append(stop)
        try:
            if self.spent.stopped.is_set():
                stop()
            yield
        finally:
            self.spent.under_way.remove(stop)

    def check(self) -> None:
        """Raises Cancelled or OutOfBudget where no further word may be asked for."""
        if self.spent.stopped.is_set():
            raise Cancelled
        if not self.seconds_left() or not self.tokens_left():
            raise OutOfBudget

    def wait(self, seconds: float) -> None:
        """Wait before a repetition; raises at once where the time left is shorter."""
        if seconds >= self.seconds_left():
            raise OutOfBudget(f"asked to wait {seconds:.0f} s")
        self.spent.stopped.wait(seconds)
        self.check()
