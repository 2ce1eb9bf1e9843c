"""An answer heard while a model words it: each sentence that has passed, as the page can show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from queue import SimpleQueue

from qa.engine import Conversation
from qa.llm.assist import AssistedEngine
from qa.model import Answer
from ui.web.conversations import Talk, Turn

_DONE = object()


class Heard:
    """Puts what is said into the turn, and tells of it."""

    def __init__(self, talk: Talk, number: int, news: SimpleQueue[object]) -> None:
        self._talk, self._number, self._news = talk, number, news

    def begins(self, answer: Answer) -> None:
        """See `qa.llm.assist.Listener`; the head of an answer is shown with the whole."""

    def says(self, piece: str) -> None:
        """See `qa.llm.assist.Listener`."""
        self._talk.change(self._number, lambda turn: replace(turn, partial=turn.partial + piece))
        self._news.put(piece)


def hearing(
    engine: AssistedEngine,
    talk: Talk,
    turn: Turn,
    memory: Conversation,
    settle: Callable[[Callable[[], Answer]], Answer | None],
) -> Iterator[Answer | None]:
    """None for each sentence, then the answer (None again where there is none).

    A reader who leaves stops the call of the model.

    Args:
        settle: takes how to ask, keeps the answer or the trouble in the talk.
    """
    news: SimpleQueue[object] = SimpleQueue()
    budget, heard = engine.fresh_budget(), Heard(talk, turn.number, news)

    def ask() -> Answer:
        return engine.ask(
            turn.question,
            filters=turn.filters,
            conversation=memory,
            budget=budget,
            listener=heard,
        )

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(copy_context().run, settle, ask)
        future.add_done_callback(lambda _: news.put(_DONE))
        try:
            while news.get() is not _DONE:
                yield None
        finally:
            budget.cancel()
        yield future.result()
