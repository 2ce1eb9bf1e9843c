"""What the last gate looks at, and what it may doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from qa.grounds import Ground
from qa.model import Answer, Outcome, Value
from qa.plan import Plan


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason why an answer may miss the question.

    Attributes:
        kind: its row in `qa/data/assurance.toml`.
        words: the words of the question, or of the answer, that it is about.
    """

    kind: str
    words: str = ""


class Asked(NamedTuple):
    """A question as it was read, the answer to it, and what stands with that answer.

    `unknown` are the English words of the question that nothing stands for.
    """

    question: str
    plan: Plan
    answer: Answer
    ground: Ground
    unknown: tuple[str, ...] = ()

    @property
    def figures(self) -> tuple[Value, ...]:
        """The values that are numbers."""
        return tuple(value for value in self.answer.values if value.unit or _NUMBER(value.number))

    @property
    def contradicted(self) -> bool:
        """Whether the answer shows a report that contradicts itself."""
        return self.answer.outcome is Outcome.CONTRADICTED


_NUMBER = re.compile(r"[-−+]?\d[\d,]*(?:\.\d+)?").fullmatch

Doubts = Callable[[Asked], Iterator[Doubt]]
