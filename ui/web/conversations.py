"""Conversations of the people who use the page, kept in memory: bounded, and apart by owner.

The browser holds a random name of its conversation; the same name under another login is another
conversation.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from qa.compare.model import Comparison
from qa.engine import Conversation
from qa.model import Answer, Filters
from ui.web.audit_html import Audit

KEPT = 2000
"""Conversations that are remembered; the one unused for longest is forgotten first."""
TURNS = 200
_NAME = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer; `answer` is None while it is being worked out.

    `partial` is the text as far as a model has worded it. `rating` is ``right`` or ``wrong`` where
    the reader said so.
    """

    number: int
    question: str
    filters: Filters = field(default_factory=Filters)
    answer: Answer | None = None
    follow_ups: tuple[str, ...] = ()
    rating: str = ""
    trouble: str = ""
    partial: str = ""


@dataclass(slots=True)
class Talk:
    """One conversation: its turns, what the engine remembers of it, and what was compared and audited
    last."""

    turns: list[Turn] = field(default_factory=list)
    memory: Conversation = field(default_factory=Conversation)
    lock: threading.Lock = field(default_factory=threading.Lock)
    comparison: Comparison | None = None
    audit: Audit | None = None

    def turn(self, number: int) -> Turn | None:
        """The turn of that number, if it is (still) there."""
        return next((each for each in self.turns if each.number == number), None)

    def begin(self, question: str, filters: Filters) -> Turn:
        """A new turn without an answer yet; the oldest is dropped when there are too many."""
        last = self.turns[-1].number if self.turns else 0
        turn = Turn(last + 1, question, filters)
        self.turns.append(turn)
        del self.turns[:-TURNS]
        return turn

    def change(self, number: int, change: Callable[[Turn], Turn]) -> None:
        """Put the changed turn in the place of the one of that number."""
        self.turns[:] = [change(each) if each.number == number else each for each in self.turns]

    def answered(self, number: int, answer: Answer, memory: Conversation) -> None:
        """Keep an answer, and what the next question may leave out."""
        self.memory = memory
        self.change(number, lambda turn: replace(turn, answer=answer))

    def clear(self) -> None:
        """Begin anew."""
        self.turns.clear()
        self.memory = Conversation()


class Conversations:
    """The conversations by owner and name."""

    def __init__(self) -> None:
        self._talks: OrderedDict[tuple[str, str], Talk] = OrderedDict()
        self._guard = threading.Lock()

    def of(self, owner: str, name: str) -> Talk:
        """The conversation of that name, begun where there is none.

        A name that no browser of ours would make up belongs to nobody: its talk is not kept.
        """
        if _NAME.fullmatch(name) is None:
            return Talk()
        with self._guard:
            talk = self._talks.setdefault((owner, name), Talk())
            self._talks.move_to_end((owner, name))
            while len(self._talks) > KEPT:
                self._talks.popitem(last=False)
            return talk
