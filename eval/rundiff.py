"""Two runs held against each other, case by case."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from eval.judging import Judged, Run
from eval.score import Verdict
from qa.model import Answer


class Change(StrEnum):
    FIXED = "fixed"  # right now
    BROKEN = "broken"  # right before
    WORSE = "worse"  # abstained before, wrong now
    BETTER = "better"  # wrong before, abstained now
    CHANGED = "changed"  # another answer, the same verdict
    UNSCORED = "unscored"  # could not be judged in one of the runs
    NEW = "new"  # only in the later run
    GONE = "gone"  # only in the earlier one


# Of several answers to one case the worst counts.
_WORST_FIRST = (Verdict.WRONG, Verdict.UNSCORED, Verdict.ABSTAINED, Verdict.RIGHT)
_SHOWN = 40  # characters of an answer without figures


@dataclass(frozen=True, slots=True)
class State:
    """How a case came out in a run: its worst verdict, and what was answered with it."""

    verdict: Verdict
    shown: str
    reason: str = ""
    answers: frozenset[bytes] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class Difference:
    """A case that came out otherwise; `expectation` tells that the suite asks for another answer.

    `before` or `after` is None where the case was not asked.
    """

    case: str
    question: str
    change: Change
    before: State | None
    after: State | None
    expectation: bool = False


@dataclass(frozen=True, slots=True)
class Diff:
    """What differs between two runs, out of `compared` cases that both have."""

    before: str
    after: str
    compared: int
    differences: tuple[Difference, ...]

    def of(self, change: Change) -> tuple[Difference, ...]:
        """The differences of one sort."""
        return tuple(each for each in self.differences if each.change is change)

    @property
    def regressions(self) -> tuple[Difference, ...]:
        """Cases that are worse than before: no longer right, or wrong instead of silent."""
        worse = {Change.BROKEN, Change.WORSE}
        return tuple(each for each in self.differences if each.change in worse)


def compare(before: Run, after: Run) -> Diff:
    """Hold a later run against an earlier one; their logs are read once, answer by answer."""
    old, new = states(before.judged()), states(after.judged())
    found = []
    for case in [*new, *(each for each in old if each not in new)]:
        change = _change(old.get(case), new.get(case))
        if change is not None:
            here, there = after.cases.get(case), before.cases.get(case)
            question = here or there
            other = bool(here and there and here.expect != there.expect)
            words = question.question if question else ""
            found.append(Difference(case, words, change, old.get(case), new.get(case), other))
    return Diff(before.header.run, after.header.run, len(old.keys() & new.keys()), tuple(found))


def states(judged: Iterable[Judged]) -> dict[str, State]:
    """The state of each case, in the order asked; its answers themselves are not kept."""
    found: dict[str, State] = {}
    for each in judged:
        case, score = each.outcome.case.id, each.outcome.score
        answer = each.outcome.answer
        state = State(score.verdict, _shown(answer), score.reason, frozenset({_digest(answer)}))
        found[case] = _worse(found[case], state) if case in found else state
    return found


def _worse(one: State, other: State) -> State:
    first = min(one, other, key=lambda state: _WORST_FIRST.index(state.verdict))
    return State(first.verdict, first.shown, first.reason, one.answers | other.answers)


def _shown(answer: Answer | None) -> str:
    if answer is None:
        return ""
    values = "；".join(f"{value.number}{value.unit}" for value in answer.values[:3])
    text = " ".join(answer.text.split())
    return values or (text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def _digest(answer: Answer | None) -> bytes:
    """What an answer says: its figures in order, else its words."""
    if answer is None:
        return b""
    said = [answer.outcome.value]
    said += [f"{value.number} {value.unit} {value.check.value}" for value in answer.values]
    said += [] if answer.values else [answer.text]
    return hashlib.sha256("\n".join(said).encode("utf-8", "surrogatepass")).digest()


def _change(before: State | None, after: State | None) -> Change | None:
    if before is None:
        return Change.NEW
    if after is None:
        return Change.GONE
    if before.verdict is after.verdict:
        return None if before.answers == after.answers else Change.CHANGED
    if Verdict.UNSCORED in (before.verdict, after.verdict):
        return Change.UNSCORED
    if after.verdict is Verdict.RIGHT:
        return Change.FIXED
    if before.verdict is Verdict.RIGHT:
        return Change.BROKEN
    return Change.WORSE if after.verdict is Verdict.WRONG else Change.BETTER


def diff_json(diff: Diff) -> dict[str, Any]:
    """A comparison for programs."""
    return {
        "before": diff.before,
        "after": diff.after,
        "compared": diff.compared,
        "counts": {change.value: len(diff.of(change)) for change in Change},
        "differences": [_difference_json(each) for each in diff.differences],
    }


def _difference_json(found: Difference) -> dict[str, Any]:
    return {
        "case": found.case,
        "question": found.question,
        "change": found.change.value,
        "expectation_changed": found.expectation,
        "before": _state_json(found.before),
        "after": _state_json(found.after),
    }


def _state_json(state: State | None) -> dict[str, Any] | None:
    if state is None:
        return None
    shown = asdict(state)
    del shown["answers"]
    return shown
