"""Which turn of a conversation a question may follow on, and how it reads after each."""

from __future__ import annotations

from collections.abc import Iterator

from qa.operations.context import Context
from qa.plan import Plan
from qa.planning.planner import Remembered
from qa.question.leaning import Leaning, leaning, own_words, scope_only
from qa.turns import Turns

_FAR = 6  # characters of what is named: more than the name of an account that any report may have


def readings(
    turns: Turns, said: str, typed: str, previous: Remembered | None
) -> Iterator[tuple[Remembered | None, tuple[Plan, Context]]]:
    """The turns that a question may follow on, the likeliest first, and how it reads after each."""
    alone = turns.read(said, None)
    for turn in _turns_before(alone[0], typed, previous):
        yield turn, alone if turn is None else turns.read(said, turn)


def _turns_before(
    alone: Plan, typed: str, previous: Remembered | None
) -> tuple[Remembered | None, ...]:
    """The turns that a question read alone may follow on; None: on no turn at all."""
    if previous is None:
        return (None,)
    need = leaning(alone, typed)
    if need is Leaning.NOT:
        return (None,)
    if need is Leaning.WORDS:
        return (previous,)
    kinds = {each.kind for each in alone.named}
    if "project" in kinds:
        return (None, scope_only(previous))
    if "unit" in kinds:
        return (scope_only(previous), None)
    far = len(own_words(alone)) >= _FAR
    return (previous, scope_only(previous), *((None,) if far else ()))
