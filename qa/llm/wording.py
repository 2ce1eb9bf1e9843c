"""A checked answer in a model's words: drafts pass the gate, or the answer's own wording stays.

Two calls at most: a draft, and one repair with the reasons. Numbers, values, sources, remarks and
outcome of the answer are never touched; only its text is.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qa.llm.asking import again, messages
from qa.llm.errors import ModelError
from qa.llm.gate import Judged, Verdict, gate, joined, judge
from qa.llm.judging import Refusal
from qa.llm.model import Budget, ChatModel
from qa.llm.slots import Part, SlotTable, slots_of
from qa.llm.sources import Sources
from qa.llm.tokens import sentences, tokens
from qa.model import Answer, Check, Source

NOT_PASSED: Final = "模型的措辞没有通过核对，以上是规则的措辞。"
_MOST_SENTENCES: Final = 24
_LONGEST: Final = 6000  # characters of a draft that are read at all


@dataclass(frozen=True, slots=True)
class Worded:
    """An answer with its wording.

    Attributes:
        answer: the same values, sources and outcome; `text` is the model's where it passed.
        sentences: the model's sentences as they are shown; empty where its wording is not used.
        notice: one line for the reader where the model was of no use.
        refusals: why drafts were refused, for the trace.
    """

    answer: Answer
    sentences: tuple[str, ...] = ()
    notice: str = ""
    refusals: tuple[Refusal, ...] = ()


def word(
    answer: Answer, passages: Sequence[Source], question: str, model: ChatModel, budget: Budget
) -> Worded:
    """The answer in the model's words where they pass the gate; never raises ModelError.

    Args:
        answer: checked; only answered and contradicted ones are worded.
        passages: places beside the answer's citations that may be quoted.
        question: as it was asked.
        model: asked twice at most.
        budget: of the question.
    """
    table = slots_of(replace(answer, question=question), passages)
    if not wordable(answer, table):
        return Worded(answer)
    sources, asked = Sources(table), messages(table)
    refused: tuple[Refusal, ...] = ()
    try:
        for _ in range(2):
            draft = model.complete(asked, budget=budget).text[:_LONGEST]
            verdict = gate(draft, sources)
            if usable(verdict, answer, sources):
                return _with(
                    answer, [each.text for each in verdict.sentences if each.passed], refused
                )
            refused += verdict.refusals
            asked = again(asked, draft, verdict.refusals)
    except ModelError as error:
        return Worded(answer, notice=error.zh, refusals=refused)
    return Worded(answer, notice=NOT_PASSED, refusals=refused)


def worded(
    answer: Answer,
    question: str,
    model: ChatModel,
    budget: Budget,
    say: Callable[[str], None] | None = None,
) -> Answer:
    """The answer in the model's words, or as it was with one line that says why.

    `say` hears each sentence once it has passed, and the lines that follow.
    """
    if say is None:
        found = word(answer, (), question, model, budget)
    else:
        found = aloud(stream(answer, (), question, model, budget), say)
        say(f"\n{found.notice}" if found.notice else "")
    if not found.notice:
        return found.answer
    return replace(found.answer, text=f"{found.answer.text}\n{found.notice}")


def aloud(pieces: Generator[str, None, Worded], say: Callable[[str], None]) -> Worded:
    """Every piece said; the whole at the end."""
    while True:
        try:
            piece = next(pieces)
        except StopIteration as end:
            worded: Worded = end.value
            return worded
        say(piece)


def wordable(answer: Answer, table: SlotTable) -> bool:
    """True for an answer with something to word."""
    given = answer.outcome.given
    return given and bool(table.values or table.passages)


def usable(verdict: Verdict, answer: Answer, sources: Sources) -> bool:
    """True where a draft passed and says what the answer says: its first value, both sides."""
    if not verdict.passed or len(verdict.sentences) > _MOST_SENTENCES:
        return False
    return not lacking(verdict.sentences, answer, sources)


def lacking(judged: Sequence[Judged], answer: Answer, sources: Sources) -> bool:
    """True where the sentences that passed leave out the first value or a competing one."""
    slots = {
        (token.slot.value, token.slot.part)
        for each in judged
        if each.passed
        for token in tokens(each.sentence, sources.table, sources.names)
        if token.slot
    }
    if answer.values and (0, Part.NUMBER) not in slots:
        return True
    disputed = {
        number
        for number, value in enumerate(sources.table.values)
        if value.check is Check.FAILS and value.other and (number, Part.NUMBER) in slots
    }
    return any((number, Part.OTHER) not in slots for number in disputed)


def _with(answer: Answer, texts: Sequence[str], refused: tuple[Refusal, ...]) -> Worded:
    """The answer with the model's sentences before what its text must keep."""
    lines = [opening(answer) + joined(texts), *closing(answer)]
    return Worded(replace(answer, text="\n".join(lines)), tuple(texts), refusals=refused)


def opening(answer: Answer) -> str:
    """What a follow-up took over."""
    return f"（沿用上文：{'、'.join(answer.inherited)}）" if answer.inherited else ""


def closing(answer: Answer) -> tuple[str, ...]:
    """The remarks; an answer that is words alone keeps them all, since a draft may leave some out."""
    if answer.values:
        return answer.remarks
    return (answer.text.removeprefix(opening(answer)),)


def stream(
    answer: Answer, passages: Sequence[Source], question: str, model: ChatModel, budget: Budget
) -> Generator[str, None, Worded]:
    """Sentences of the wording, each only after it has passed; returns the whole at the end.

    The first sentence that is refused ends the draft: the rest is asked for once more, and where
    that does not pass either the answer's own text follows. Nothing that was yielded is taken back.
    """
    table = slots_of(replace(answer, question=question), passages)
    if not wordable(answer, table):
        yield answer.text
        return Worded(answer)
    shown: list[Judged] = []
    sources, asked = Sources(table), messages(table)
    notice = NOT_PASSED
    refused: tuple[Refusal, ...] = ()
    try:
        pieces = model.stream(asked, budget=budget)
        draft, refused = yield from _passing(pieces, sources, shown, opening(answer))
        if refused or lacking(shown, answer, sources):
            reply = model.complete(again(asked, draft, refused), budget=budget).text[:_LONGEST]
            verdict = gate(reply, sources)
            refused += verdict.refusals
            fresh = [each for each in verdict.sentences if each.text not in _texts(shown)]
            if verdict.passed and not lacking((*shown, *fresh), answer, sources):
                for each in fresh:
                    if each.passed:
                        yield _next(shown, each, opening(answer))
    except ModelError as error:
        notice = error.zh
    texts = _texts(shown)
    if lacking(shown, answer, sources) or not texts:
        yield "\n" * bool(texts) + answer.text
        return Worded(answer, notice=notice, refusals=refused)
    for line in closing(answer):
        yield f"\n{line}"
    return _with(answer, texts, refused)


def _texts(judged: Sequence[Judged]) -> list[str]:
    return [each.text for each in judged if each.passed]


def _passing(
    pieces: Iterator[str], sources: Sources, shown: list[Judged], head: str
) -> Generator[str, None, tuple[str, tuple[Refusal, ...]]]:
    """Yield the sentences that pass as they are complete; return the draft and what was refused."""
    draft = rest = ""
    ended = False
    while not ended:
        piece = next(pieces, None)
        ended = piece is None or len(draft) > _LONGEST
        draft += piece or ""
        complete, rest = sentences(rest + (piece or "") + ("\n" if ended else ""))
        for sentence in complete:
            judged = judge(sentence, sources)
            if judged.refusals:
                return draft, judged.refusals
            if judged.passed:
                yield _next(shown, judged, head)
    return draft, ()


def _next(shown: list[Judged], judged: Judged, head: str) -> str:
    """A further sentence as it goes on behind those shown; the first one with its head."""
    before = joined(_texts(shown))
    shown.append(judged)
    return joined(_texts(shown))[len(before) :] if before else head + judged.text
