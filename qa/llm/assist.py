"""The rules first, a model beside them: what it understands is put to the rules, never shown as found.

Where the rules answer, their answer stands. Where they do not, what the model makes of the question
is asked of the rules, and what they answer is offered as a question to choose; it is answered at
once only where both questions are proven to ask the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from ingest.model import Document
from qa.engine import Conversation, Engine
from qa.engine import Library as EngineLibrary
from qa.llm.catalogue import Names, menu_for
from qa.llm.errors import ModelError
from qa.llm.guards import misplaced, proven_equal, refusal
from qa.llm.model import Budget, ChatModel
from qa.llm.planning import Proposal, Restated, prompt, restated, schema_for
from qa.model import Answer, Filters, Outcome
from qa.naming.known_names import part_ref
from qa.plan import Plan

_MOST_CHOICES = 4
_TURNS = 6


class Listener(Protocol):
    """Hears the text of an answer while it is worded. Nothing that was said is taken back."""

    def begins(self, answer: Answer) -> None:
        """Words are about to come for this answer, whose values are what they will be."""
        ...

    def says(self, piece: str) -> None:
        """A sentence that has passed, or a line; a line break stands where one belongs."""
        ...


class Worder(Protocol):
    """Words an answer that stands; returns it with other text, its values untouched."""

    def __call__(
        self,
        answer: Answer,
        question: str,
        model: ChatModel,
        budget: Budget,
        say: Callable[[str], None] | None = None,
    ) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules made of one reading of the model's."""

    restated: Restated
    plan: Plan
    answer: Answer
    conversation: Conversation


class Understood(NamedTuple):
    """An answer, and the lines about how the model read the question before and after its text."""

    answer: Answer
    before: str = ""
    after: str = ""


class AssistedEngine:
    """Answers like `Engine`, with a language model beside it.

    Nothing that a model says is ever shown but as a question of our own making, over names of the
    catalogue. Each fault of the model ends in the rules' answer and one line that says so.
    """

    def __init__(
        self,
        engine: Engine,
        library: EngineLibrary,
        model: ChatModel,
        *,
        budget: Callable[[], Budget] = Budget,
        plans: str = "always",
        worder: Worder | None = None,
    ) -> None:
        """Args:
        budget: makes the budget of one question.
        plans: ``always``, ``open`` (where the rules do not answer) or ``never``.
        """
        self._engine = engine
        self._library = library
        self._model = model
        self._budget = budget
        self._plans = plans
        self._worder = worder
        self._names = Names(self._document)

    def ask(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        conversation: Conversation | None = None,
        budget: Budget | None = None,
        listener: Listener | None = None,
    ) -> Answer:
        """See `Engine.ask`.

        Args:
            budget: at hand where the asker may cancel the question.
            listener: hears the text as it is worded; nothing where the model words none.
        """
        spent = budget or self._budget()
        before = conversation.copy() if conversation else Conversation()
        answer = self._engine.ask(question, filters=filters, conversation=conversation)
        head = tail = ""
        try:
            answer, head, tail = self._understood(
                answer, question, filters, before, conversation, spent
            )
            if self._worder is not None and answer.outcome.given:
                if listener is not None:
                    listener.begins(answer)
                    listener.says(f"{head}\n" if head else "")
                say = listener.says if listener else None
                answer = self._worder(answer, question, self._model, spent, say)
                if listener is not None and tail:
                    listener.says(f"\n{tail}")
        except ModelError as error:
            tail = error.zh
        answer = _with_lines(answer, head, tail)
        if conversation is not None:
            conversation.offered = answer.choices
        return answer

    def fresh_budget(self) -> Budget:
        """A budget for one question, for an asker who may cancel it."""
        return self._budget()

    def _understood(
        self,
        answer: Answer,
        question: str,
        filters: Filters | None,
        before: Conversation,
        conversation: Conversation | None,
        budget: Budget,
    ) -> Understood:
        """The answer, with what the model understood beside it."""
        stands = answer.outcome.given
        if self._plans == "never" or (stands and self._plans == "open"):
            return Understood(answer)
        plan = self._engine.plan(question, filters=filters, conversation=before)
        if plan.unknown:
            return Understood(
                answer
            )  # no other unit may be put in the place of one that is not there
        found = self._readings(question, plan, filters, before.asked[-_TURNS:], budget)
        if stands:
            return Understood(answer, after=_remark(answer, found))
        for each in found:
            if not each.restated.steps and proven_equal(plan, each.plan):
                if conversation is not None:
                    conversation.previous = each.conversation.previous
                return _at_once(answer, each, plan)
        return Understood(_offered(answer, found, plan))

    def _readings(
        self,
        question: str,
        plan: Plan,
        filters: Filters | None,
        before: Sequence[str],
        budget: Budget,
    ) -> list[Found]:
        """What the rules answer to the model's readings that may stand for the question."""
        parts = [part_ref(part) for part in self._library.parts()]
        if not parts:
            return []
        menu = menu_for(question, plan, parts, self._names, before)
        reply = self._model.complete(
            prompt(question, before, menu), schema=schema_for(menu), budget=budget
        )
        if not isinstance(reply.data, Proposal):
            return []
        found: list[Found] = []
        for each in restated(reply.data, menu, plan, self._document):
            read = self._engine.plan(each.question, filters=filters)
            if (
                misplaced(plan, each.steps, self._document)
                if each.steps
                else refusal(plan, read, each)
            ):
                continue
            turn = Conversation()
            answer = self._engine.ask(each.question, filters=filters, conversation=turn)
            if answer.outcome.given:
                found.append(Found(each, read, answer, turn))
        return found

    def _document(self, report: int) -> Document:
        return self._library.document(report)


def _with_lines(answer: Answer, head: str, tail: str) -> Answer:
    return replace(answer, text="\n".join(filter(None, (head, answer.text, tail))))


def _remark(answer: Answer, found: Sequence[Found]) -> str:
    """What to add where the model reads an answered question as another one; "" where it agrees."""
    if not found or any(_agree(answer, each.answer) for each in found):
        return ""
    return f"模型对问题的理解不同，可另问：“{found[0].restated.question}”"


def _agree(one: Answer, other: Answer) -> bool:
    """Whether two answers give the same first figure, or quote the same place."""
    if one.values and other.values:
        mine = {(value.number, value.unit) for value in one.values}
        return (other.values[0].number, other.values[0].unit) in mine
    places = {(source.report, source.start, source.end) for source in one.citations}
    return any((each.report, each.start, each.end) in places for each in other.citations)


def _at_once(answer: Answer, found: Found, plan: Plan) -> Understood:
    line = f"{_inherited(plan)}模型将问题理解为：“{found.restated.question}”"
    return Understood(replace(found.answer, question=answer.question, planner="model"), line)


def _offered(answer: Answer, found: Sequence[Found], plan: Plan) -> Answer:
    """The rules' answer, with the model's readings as complete questions to choose from."""
    own = [each.restated.question for each in found if each.restated.question not in answer.choices]
    own = own[: max(0, _MOST_CHOICES - len(answer.choices))]
    if not own:
        return answer
    choices = (*own, *answer.choices)
    lines = [f"{number}. {question}" for number, question in enumerate(choices, 1)]
    lines = lines if len(choices) > 1 else []
    reason = "" if answer.choices else answer.reason
    then = "请选一个再问：" if lines else "如是，请照此再问。"
    head = f"{_inherited(plan)}模型理解为：{own[0]}{then}"
    quoted = [each.answer.text for each in found if each.restated.question == own[0]]
    quoted = quoted if _quotes_alone(found, own[0]) else []
    said = [f"模型选出的原文（是否所问，请对照）：\n{text}" for text in quoted]
    words = "\n".join(filter(None, (reason, head, *lines, *said)))
    return replace(
        answer,
        outcome=Outcome.CLARIFY,
        text=words,
        reason=words,
        choices=choices,
        planner="model",
    )


def _quotes_alone(found: Sequence[Found], question: str) -> bool:
    """Whether a reading only points at passages: their words may be shown, for they claim nothing."""
    steps = [each.restated.steps for each in found if each.restated.question == question]
    return any(own and all(step.operation == "quote" for step in own) for own in steps)


def _inherited(plan: Plan) -> str:
    return f"（沿用上文：{'、'.join(plan.inherited)}）" if plan.inherited else ""
