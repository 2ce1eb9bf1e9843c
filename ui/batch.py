"""A stream of questions, one JSON line each, answered one JSON line each."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from qa.codec import (
    BatchQuestion,
    QuestionLineError,
    answer_to_json,
    json_line,
    read_question_line,
)
from qa.model import Filters
from ui.texts import t

if TYPE_CHECKING:
    from qa.engine import Conversation, Engine
    from qa.llm.assist import AssistedEngine


def answer_batch(
    engine: Engine | AssistedEngine,
    lines: Iterable[bytes],
    out: IO[str],
    filters: Filters | None = None,
) -> int:
    """Answer each line as it comes and write one line for it at once.

    A question with `followup_of` goes on from the state right after that question, so two
    follow-ups of one question do not see each other. A line that cannot be answered gives
    ``{"id": …, "line": n, "error": "…"}`` and the rest go on.

    Returns:
        0, or 1 when any line gave an error.
    """
    batch = _Batch(engine, filters)
    failed = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        shown = batch.answer(number, line)
        failed |= "error" in shown
        out.write(json_line(shown) + "\n")
        out.flush()
    return int(failed)


@dataclass
class _Batch:
    engine: Engine | AssistedEngine
    filters: Filters | None
    states: dict[str | int, Conversation] = field(default_factory=dict)
    ignored: set[str] = field(default_factory=set)

    def answer(self, number: int, line: bytes) -> dict[str, Any]:
        try:
            asked = read_question_line(line)
            conversation = self._state_before(asked)
        except QuestionLineError as error:
            return {"id": error.id, "line": number, "error": str(error)}
        self._tell_ignored(asked)
        try:
            answer = self.engine.ask(
                asked.question, filters=self.filters, conversation=conversation
            )
        except Exception as error:  # noqa: BLE001 - one defect must not take the other answers
            traceback.print_exc()
            return {"id": asked.id, "line": number, "error": f"{type(error).__name__}: {error}"}
        self.states[asked.id] = conversation
        return {"id": asked.id, **answer_to_json(answer)}

    def _state_before(self, asked: BatchQuestion) -> Conversation:
        from qa.engine import Conversation

        if asked.followup_of is None:
            return Conversation()
        if asked.followup_of not in self.states:
            raise QuestionLineError(
                t("前面没有 id 为 {id} 的问题得到回答", id=asked.followup_of), asked.id
            )
        return self.states[asked.followup_of].copy()

    def _tell_ignored(self, asked: BatchQuestion) -> None:
        for key in asked.unknown:
            if key not in self.ignored:
                self.ignored.add(key)
                print(t("已忽略不认识的字段 {key}。", key=key), file=sys.stderr)
