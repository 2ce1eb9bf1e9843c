"""Asking the questions of a suite and keeping what came back, scored in both modes."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

from eval.score import Score, Verdict, score
from eval.suites.suite import Case
from eval.wire import AnswerFormatError, answer_from_json
from qa.model import Answer

C = TypeVar("C")
_C_contra = TypeVar("_C_contra", contravariant=True)


class Asker(Protocol[_C_contra]):
    """What answers questions: the engine, or anything with its `ask`."""

    def ask(self, question: str, *, conversation: _C_contra) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one case brought: the answer or the error, its scores and the time it took.

    `score` asks contradictions for both values, `stated` for the stated one alone.
    """

    case: Case
    answer: Answer | None
    score: Score
    stated: Score
    seconds: float | None = None


def judge(case: Case, answer: Answer | Mapping[str, Any], seconds: float | None = None) -> Outcome:
    """Score an answer, or its JSON, in both modes; broken JSON leaves the case unscored."""
    if not isinstance(answer, Answer):
        try:
            answer = answer_from_json(answer)
        except AnswerFormatError as error:
            return unscored(case, str(error))
    stated = score(case, answer, contradictions="stated")
    return Outcome(case, answer, score(case, answer), stated, seconds)


def unscored(case: Case, reason: str) -> Outcome:
    """The case brought no answer that could be judged."""
    nothing = Score(Verdict.UNSCORED, reason)
    return Outcome(case, None, nothing, nothing)


class Spending(Protocol):
    """What a question has used up of a model."""

    @property
    def tokens(self) -> int: ...
    @property
    def calls(self) -> int: ...


class Allowance(Protocol):
    """What a question may use up; see `qa.llm.budget.Budget`."""

    @property
    def spent(self) -> Spending: ...


@runtime_checkable
class Budgeted(Protocol):
    """An asker with a model beside it, which tells what each question used up of it."""

    def fresh_budget(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What came back for one case; without an answer `error` says why.

    `tokens` and `calls` are those of a model; None where none is beside the asker.
    """

    case: Case
    answer: Answer | None
    error: str = ""
    seconds: float | None = None
    tokens: int | None = None
    calls: int | None = None


@dataclass
class Session(Generic[C]):
    """Asks cases one after another; follow-ups stand in the conversation of their predecessor."""

    engine: Asker[C]
    new_conversation: Callable[[], C]

    def run(
        self, cases: Iterable[Case], wanted: Collection[str] | None = None
    ) -> tuple[Outcome, ...]:
        """Ask every case (or those of the `wanted` ids) and score its answer.

        A case whose asking raises is unscored with the exception as its reason, so that one
        failure does not hide the rest.
        """
        return tuple(
            unscored(asked.case, asked.error)
            if asked.answer is None
            else judge(asked.case, asked.answer, asked.seconds)
            for asked in self.each(cases, wanted)
        )

    def each(self, cases: Iterable[Case], wanted: Collection[str] | None = None) -> Iterator[Asked]:
        """Ask as `run` does, giving back each answer before the next question is put."""
        known = {case.id: case for case in cases}
        self._open: dict[str, C] = {}
        for case in known.values():
            if wanted is None or case.id in wanted:
                yield self._one(case, known)

    def _one(self, case: Case, known: Mapping[str, Case]) -> Asked:
        try:
            conversation = self._conversation(case, known)
            asked = self._ask(case, conversation)
        except Exception as error:  # noqa: BLE001 - shown as the reason of an unscored case
            return Asked(case, None, f"{type(error).__name__}: {error}")
        self._open[case.id] = conversation
        return asked

    def _ask(self, case: Case, conversation: C) -> Asked:
        start = time.perf_counter()
        if not isinstance(self.engine, Budgeted):
            answer = self.engine.ask(case.question, conversation=conversation)
            return Asked(case, answer, seconds=time.perf_counter() - start)
        budget: Allowance = self.engine.fresh_budget()
        ask: Callable[..., Answer] = self.engine.ask
        answer = ask(case.question, conversation=conversation, budget=budget)
        seconds = time.perf_counter() - start
        return Asked(case, answer, "", seconds, budget.spent.tokens, budget.spent.calls)

    def _conversation(self, case: Case, known: Mapping[str, Case]) -> C:
        """The conversation as it stood right after the predecessor; replayed if it moved on."""
        if case.followup_of is None:
            return self.new_conversation()
        ready = self._open.pop(case.followup_of, None)
        if ready is not None:
            return ready
        before = known[case.followup_of]
        conversation = self._conversation(before, known)
        self.engine.ask(before.question, conversation=conversation)
        return conversation
