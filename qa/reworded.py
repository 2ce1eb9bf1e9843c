"""Questions that are put otherwise: without slips, without asides, in the words of their reports.

Each is asked only where what was typed finds no answer, or a slip may hide the word that tells it from
its neighbour.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from ingest.model import Document
from qa.answering import answer_of, in_other_words, understood
from qa.model import Answer, PartRef
from qa.near import in_words_of_reports
from qa.operations.context import Context
from qa.plan import Operation, Plan
from qa.planning.planner import Remembered
from qa.question.respelling import respelled, which_meant
from qa.question.simpler import simpler
from qa.question.wording import mended
from qa.readings import readings
from qa.turns import Turns
from qa.worked import Assured

_SURE = 2  # neighbours that speak for a slip in a question that was answered as it is
_READ_AGAIN = 24  # reports of which the texts are looked through for what a slip stands for

Given = tuple[Answer, Remembered]


class Documents(Protocol):
    """What is needed of a library: its reports, read whole."""

    def document(self, report: int) -> Document: ...


class Reworded:
    """The other ways of putting a question, over the same parts of a library."""

    def __init__(
        self,
        library: Documents,
        parts: Sequence[PartRef],
        vocabulary: frozenset[str],
        answered: Callable[..., Given],
        assured: Assured,
        *,
        confined: bool,
    ) -> None:
        """Args:
        library: the reports.
        parts: the catalogue.
        vocabulary: words of the library.
        answered: asks a question as it stands.
        assured: lets an answer past the last gate, or holds it back.
        confined: a reader narrowed the question to some parts.
        """
        self._library, self._parts, self._vocabulary = library, parts, vocabulary
        self._answered, self._assured, self._confined = answered, assured, confined

    def answer(
        self, question: str, turns: Turns, before: Remembered | None, *, found: bool
    ) -> Given | None:
        """What the question finds put otherwise; None: nothing, or nothing better than was `found`."""
        as_typed = turns.read(question, None)
        again = self._respelled(question, turns, before, as_typed[0], found)
        if again is not None or found:
            return again
        shorter = self._put_shorter(question, turns, before, as_typed[0])
        return shorter or self._in_report_words(question, turns, before, as_typed)

    def _ask(
        self,
        meant: str,
        turns: Turns,
        previous: Remembered | None,
        read: tuple[Plan, Context],
        *,
        resort: bool = True,
    ) -> Given:
        confined = self._confined
        return self._answered(meant, meant, turns, previous, read, confined=confined, resort=resort)

    def _respelled(
        self,
        question: str,
        turns: Turns,
        before: Remembered | None,
        as_typed: Plan,
        found: bool,
    ) -> Given | None:
        """The answer to a question without the slips that its reports show; None where that has none.

        A slip can hide the very word that tells an answer from its neighbour (问卷有校的: 有效), so
        this answer goes before what was `found` with the slip, if several neighbours speak for it.
        """
        for meant in self._meant(question, as_typed, _SURE if found else 1):
            for previous, read in readings(turns, meant, meant, before):
                if _asks_less(as_typed, read[0]):
                    continue
                answer, kept = self._ask(meant, turns, previous, read)
                if answer.outcome.given:
                    return understood(answer, question, meant), kept
        return None

    def _put_shorter(
        self, question: str, turns: Turns, before: Remembered | None, whole: Plan
    ) -> Given | None:
        """The answer to a question without its asides, held against all that it says; None: none."""
        plain = not whole.unknown and whole.operation is not Operation.TEXT
        for meant in simpler(question) if plain else ():
            for previous, read in readings(turns, meant, meant, before):
                remembered, plan, draft = turns.turn(meant, read, previous)
                answer = answer_of(question, plan, draft, self._parts)
                if not answer.outcome.given or draft.tabled or draft.coverage is not None:
                    continue
                asked = replace(read[0], text=whole.text, question=whole.question)
                answer = self._assured(question, (asked, read[1]), draft, answer)
                if answer.outcome.given and not answer.doubts and answer.values:
                    return answer, remembered
        return None

    def _in_report_words(
        self,
        question: str,
        turns: Turns,
        before: Remembered | None,
        as_typed: tuple[Plan, Context],
    ) -> Given | None:
        """The one answer to a question in the words that its reports use for its own; None: none."""
        plan, context = as_typed
        of_figures = plan.operation is not Operation.TEXT  # a passage is told by the asker's words
        given: list[Given] = []
        # As typed, and in the usual form: 延期 for 比合同晚.
        said = dict.fromkeys((question, plan.question))
        for reading in (r for q in said for r in in_words_of_reports(plan, context.evidence, q)):
            meant = reading.question
            for previous, read in readings(turns, meant, meant, before):
                answer, kept = self._ask(meant, turns, previous, read, resort=of_figures)
                if answer.outcome.given and answer.confidence is not None:
                    given.append((in_other_words(answer, question, reading.exchanged), kept))
                    break
        shown = {(answer.values or answer.text) for answer, _ in given}
        return given[0] if len(shown) == 1 else None

    def _meant(self, question: str, plan: Plan, least: int) -> tuple[str, ...]:
        """The question without the slips that its reports show, then without those of trade words."""
        reports = sorted({report for report, _ in plan.parts or plan.asked_parts})
        if not reports or len(reports) > _READ_AGAIN:
            return ()
        texts = [self._library.document(report).text for report in reports]
        names = [plan.question[each.start : each.end] for each in plan.named]
        readings = [respelled(question, texts, names, least=least), which_meant(question)]
        if least == 1:  # ways of asking are written in words of the trade
            trade = mended(question, self._vocabulary, names)
            readings.append(respelled(trade, texts, names))
            readings.append(which_meant(respelled(trade, texts, names, bold=True)))
        return tuple(dict.fromkeys(each for each in readings if each != question))


def _asks_less(as_typed: Plan, meant: Plan) -> bool:
    """Whether what kind of quantity is asked for is lost with a slip: of 辆数 nothing but 年数 is left."""
    return any(each.dimension for each in as_typed.targets) and not any(
        each.dimension for each in meant.targets
    )
