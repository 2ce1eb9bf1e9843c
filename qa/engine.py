"""A question to a checked Answer: plan, evidence, computation, check.."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol, runtime_checkable

from ingest.model import Document
from qa.answering import LONGEST, answer_of, too_long
from qa.assurance.gate import doubts_of, judged
from qa.assurance.model import Asked as Looked
from qa.assurance.model import Doubt
from qa.compare.comparison import compare
from qa.compare.model import Comparison
from qa.compare.request import Request
from qa.drafting import of_tables
from qa.drafts import Draft
from qa.english.questions import language_of, to_chinese
from qa.english.slips import plain_english
from qa.extract.last_resort import Resort, Silent, last_resort
from qa.figures.evidence import Evidence
from qa.grounds import ground_of
from qa.model import Answer, Filters, Outcome, PartRef
from qa.named_as import by_its_name
from qa.naming.known_names import LibraryNames, Listed
from qa.operations import portfolio
from qa.operations.context import Context
from qa.part_index import index_of
from qa.plan import Operation, Plan
from qa.planning.planner import Remembered, spoken
from qa.planning.scope import passes
from qa.pointed import pointed_in
from qa.pointing import pointed_draft
from qa.portfolio.gather import Progress, gather, no_progress, prepare
from qa.portfolio.model import Asked, Portfolio
from qa.question.wording import normalise
from qa.readings import readings
from qa.reconsider.held import Held, SecondLook, second_look
from qa.reworded import Reworded
from qa.sibling import siblings_meant
from qa.turns import Turns, remembered_of
from qa.worked import Worked

# Typing errors are mended against the words of so many reports at most.
_VOCABULARY_REPORTS = 50
_ADDED = (Operation.SUM, Operation.AVERAGE)


class Library(Listed, Protocol):
    """What the engine needs of a library."""

    def document(self, report: int) -> Document: ...


@runtime_checkable
class Labelled(Protocol):
    """A library that knows what its reports call things without reading them."""

    def labels(self, reports: Collection[int]) -> list[str]: ...


class Configured(Protocol):
    """What the engine needs of the settings."""

    @property
    def abstain_threshold(self) -> float: ...


@dataclass(slots=True)
class Conversation:
    """One chain of follow-up questions: remembers the turn before."""

    previous: Remembered | None = None
    asked: tuple[str, ...] = ()  # the questions so far, as they were typed
    offered: tuple[str, ...] = ()  # the choices of the turn before, each complete by itself

    def copy(self) -> Conversation:
        """A branch that can go on without changing this one."""
        return Conversation(self.previous, self.asked, self.offered)


class Engine:
    """Answers questions over a library by rules alone."""

    def __init__(
        self,
        library: Library,
        settings: Configured,
        *,
        least: Decimal | None = None,
        resort: Resort | None = last_resort,
        again: SecondLook | None = second_look,
    ) -> None:
        """Args:
        least: the confidence that an answer must have (see `qa.assurance.gate`); None: the default.
        resort: what is asked where the rules end without an answer, unless `least` is given.
        again: what looks once more at an answer that was held back, where nothing else is found,
            unless `least` is given.
        """
        self._library = library
        self._least = least
        self._resort = resort if least is None else None
        self._again = again if least is None else None
        self._threshold = settings.abstain_threshold
        self._known_reports: tuple[int, ...] = ()
        self._words: frozenset[str] = frozenset()
        self._names = LibraryNames(library)

    def ask(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        conversation: Conversation | None = None,
    ) -> Answer:
        """The answer to a question; an abstention where nothing certain enough is found.

        Args:
            question: in Chinese or English.
            filters: restrictions given beside the question.
            conversation: the chain that the question belongs to; it is moved on.
        """
        if len(question) > LONGEST:
            return too_long(question)
        started = time.perf_counter()
        parts = self._names.parts()
        pointed = self._pointed(question, parts)
        if pointed is not None:
            if conversation is not None:
                conversation.asked += (question,)
                conversation.offered = ()
            return replace(pointed, seconds=round(time.perf_counter() - started, 4))
        alone = conversation is None or question in conversation.offered
        before = None if alone or conversation is None else conversation.previous
        said, filters = self._spoken(question, parts, filters)
        turns = self._turns(parts, filters)
        held: list[Held] = []
        tried = (
            self._answered(
                question, said, turns, previous, read, confined=filters is not None, held=held
            )
            for previous, read in readings(turns, said, question, before)
        )
        first = next(tried)
        answer, remembered = first
        if answer.outcome is Outcome.ABSTAINED:
            answer, remembered = next((one for one in tried if one[0].outcome.given), first)
        if said == question:
            reworded = Reworded(
                self._library,
                parts,
                self._vocabulary(parts),
                self._answered,
                self._assured,
                confined=filters is not None,
            )
            again = reworded.answer(question, turns, before, found=answer.outcome.given)
            answer, remembered = again or (answer, remembered)
        if answer.outcome is Outcome.ABSTAINED:
            answer, remembered = self._reconsidered(question, held) or (answer, remembered)
        if conversation is not None:
            lost = not answer.outcome.given and bool(_ELLIPTIC.search(question))
            conversation.previous = _scope_of(before, remembered) if lost else remembered
            conversation.asked += (question,)
            conversation.offered = answer.choices
        return replace(answer, seconds=round(time.perf_counter() - started, 4))

    def _pointed(self, question: str, parts: Sequence[PartRef]) -> Answer | None:
        """The answer to a question that says itself which figures and passages are meant."""
        reports = frozenset(index_of(parts).reports)
        steps = pointed_in(question, reports.__contains__, self._library.document)
        draft = pointed_draft(steps, self._library.document) if steps else None
        if draft is None:
            return None
        plan = Plan(question, question, Operation.LOOKUP, ())
        return answer_of(question, plan, draft, parts)

    def _answered(
        self,
        question: str,
        said: str,
        turns: Turns,
        previous: Remembered | None,
        read: tuple[Plan, Context],
        *,
        confined: bool,
        resort: bool = True,
        held: list[Held] | None = None,
    ) -> tuple[Answer, Remembered]:
        """The answer to a question that follows on a turn, past the last gate; what to remember.

        What the gate holds back goes to `held`.
        """
        parts = self._names.parts()
        remembered, plan, draft = turns.turn(said, read, previous)
        answer = answer_of(question, plan, draft, parts)
        if draft.tabled or draft.coverage is not None:
            return answer, remembered
        found = answer
        doubts: tuple[Doubt, ...] = ()
        if answer.outcome.given:
            looked = self._looked(question, read, draft, answer)
            doubts = doubts_of(looked)
            answer = self._past(looked, doubts)
            if not answer.outcome.given:  # what was held back is nothing that a follow-up may be of
                remembered = remembered_of(plan, Draft())
                _keep(held, Held(looked, doubts, draft))
        working = Worked(turns, parts, self._assured)
        if found.outcome.given and not answer.outcome.given:
            meant = self._sibling(question, read, draft, doubts, working)
            if meant is not None:
                return meant[0], remembered_of(plan, meant[1])
        if found.outcome.given and not answer.outcome.given and plan.operation in _ADDED:
            tabled = working.given(question, read, of_tables(read[1]))
            if tabled is not None:
                return tabled[0], remembered_of(plan, tabled[1])
        open_one = answer.outcome is Outcome.CLARIFY
        if (answer.outcome is Outcome.ABSTAINED or open_one) and not draft.settled:
            worked = working.answer(question, read)
            if worked is not None:
                return worked[0], remembered_of(plan, worked[1])
        silent = answer.outcome is Outcome.ABSTAINED and not draft.settled
        if silent and resort and self._resort is not None:
            asked, unknown = _whole(question, read[0])
            later = previous is not None
            given = self._resort(Silent(asked, read[1], found, unknown, parts, later, confined))
            if given is not None:
                return given.answer, remembered_of(plan, given.draft)
        return answer, remembered

    def _reconsidered(
        self, question: str, held: Sequence[Held]
    ) -> tuple[Answer, Remembered] | None:
        """What was held back first, where a second look gives it; no follow-up is looked at again."""
        first = next(iter(held), None)
        if self._again is None or first is None or first.asked.question != question:
            return None
        answer = self._again(first)
        return None if answer is None else (answer, remembered_of(first.asked.plan, first.draft))

    def _sibling(
        self,
        question: str,
        read: tuple[Plan, Context],
        draft: Draft,
        doubts: Sequence[Doubt],
        working: Worked,
    ) -> tuple[Answer, Draft] | None:
        """The one neighbour in its sentence of a figure that was held back, past the last gate."""
        drafts = siblings_meant(read[0], draft, doubts)
        meant = [working.given(question, read, each) for each in drafts]
        sure = [each for each in meant if each is not None and not each[0].doubts]
        return sure[0] if len(sure) == 1 else None

    def _turns(self, parts: Sequence[PartRef], filters: Filters | None) -> Turns:
        return Turns(
            self._library,
            self._names,
            parts,
            filters,
            vocabulary=self._vocabulary(parts),
            threshold=self._threshold,
        )

    def _spoken(
        self, question: str, parts: Sequence[PartRef], filters: Filters | None
    ) -> tuple[str, Filters | None]:
        """A question in Chinese; with an English one goes what was typed."""
        typed = normalise(question)
        if language_of(typed) == "zh":
            return question, filters
        asked = spoken(typed, parts, self._vocabulary(parts))
        return asked, replace(filters or Filters(), english=typed)

    def _assured(
        self, question: str, read: tuple[Plan, Context], draft: Draft, answer: Answer
    ) -> Answer:
        """The answer as the last gate lets it pass."""
        looked = self._looked(question, read, draft, answer)
        return self._past(looked, doubts_of(looked))

    def _past(self, looked: Looked, doubts: Sequence[Doubt]) -> Answer:
        """The answer as the last gate lets it pass, with the report's own name of its figure."""
        return by_its_name(judged(looked, doubts, self._least, self._found_alone), looked)

    def _looked(
        self, question: str, read: tuple[Plan, Context], draft: Draft, answer: Answer
    ) -> Looked:
        """What the last gate looks at."""
        plan, context = read
        ground = ground_of(context.evidence, plan, answer.citations, draft.involved)
        whole, unknown = _whole(question, plan)
        return Looked(whole, plan, answer, ground, unknown)

    def _found_alone(self, question: str) -> Hashable:
        """What a question that is asked by itself finds past the last gate; None where nothing."""
        turns = self._turns(self._names.parts(), None)
        read = turns.read(question, None)
        draft = turns.turn(question, read, None)[2]
        answer = answer_of(question, read[0], draft, self._names.parts())
        if answer.outcome.given:
            looked = self._looked(question, read, draft, answer)
            answer = judged(looked, doubts_of(looked), self._least)
        if answer.outcome is Outcome.CLARIFY:
            return answer.choices
        return (answer.values, answer.citations) if answer.outcome.given else None

    def compare(self, request: Request) -> Comparison:
        """Compare units or projects over the years; without rows where nothing can be compared."""
        parts = self._names.parts()
        return compare(
            self._library,
            parts,
            request,
            threshold=self._threshold,
            identities=self._names.identities(),
            vocabulary=self._vocabulary(parts),
        )

    def portfolio(
        self,
        asked: Asked | str,
        *,
        filters: Filters | None = None,
        progress: Progress = no_progress,
    ) -> Portfolio | None:
        """One metric over all reports in scope.

        Args:
            asked: what is compared, or a question that says so.
            filters: restrictions given beside it.
            progress: told of the reports asked and of how many there are.

        Returns:
            None where a question is not about all units or projects.
        """
        parts = self._names.parts()
        if isinstance(asked, str):
            asked, filters = self._spoken(asked, parts, filters)
            plan, context = self._turns(parts, filters).read(asked, None)
            return portfolio.portfolio_of(context, plan, progress)
        kept = [part for part in parts if passes(part, filters)]
        return gather(asked, Evidence(self._library, parts), kept, self._threshold, progress)

    def plan(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        conversation: Conversation | None = None,
    ) -> Plan:
        """How the rules read a question; the conversation stays where it is."""
        parts = self._names.parts()
        previous = conversation.previous if conversation else None
        question, filters = self._spoken(question, parts, filters)
        return self._turns(parts, filters).read(question, previous)[0]

    def prepare(self, reports: Collection[int], progress: Progress = no_progress) -> None:
        """Have what reports that were just loaded give for a ranking kept beside them."""
        evidence = Evidence(self._library, self._names.parts())
        prepare(evidence, reports, self._threshold, progress)

    def _vocabulary(self, parts: Sequence[PartRef]) -> frozenset[str]:
        """Words of the library that a question may use, gathered once per set of reports."""
        reports = index_of(parts).reports
        if reports != self._known_reports:
            first = reports[:_VOCABULARY_REPORTS]
            if isinstance(self._library, Labelled):
                texts = self._library.labels(first)
            else:
                texts = [t for report in first for t in labels_of(self._library.document(report))]
            kept = set(first)
            for part in parts:
                texts += [part.entity, part.project] if part.report in kept else []
            words = {run for text in texts for run in _RUN.findall(text)}
            self._known_reports, self._words = reports, frozenset(words)
        return self._words


_ELLIPTIC = re.compile(r"^[^,，]{1,16}呢[?？]?$")
_RUN = re.compile(r"[\u4e00-\u9fff]{2,12}")


def _keep(held: list[Held] | None, one: Held) -> None:
    if held is not None:
        held.append(one)


def _scope_of(previous: Remembered | None, lost: Remembered) -> Remembered:
    """Where “维修费呢？” finds nothing, its scope stands, and what is asked next is of its words."""
    if previous is None:
        return lost
    return replace(previous, phrase=lost.phrase, shown=(), earlier=())


def _whole(question: str, plan: Plan) -> tuple[str, tuple[str, ...]]:
    """The question, a follow-up in full, and its English words that nothing stands for."""
    asked = plan.question if plan.completed else question
    return asked, tuple(to_chinese(plain_english(normalise(asked))).unknown)


def labels_of(document: Document) -> list[str]:
    """Headings, labels and metric names of a document."""
    texts = [section.title for section in document.sections]
    for figure in document.figures:
        texts += [figure.metric, *figure.row_path, *figure.column_path]
    return texts
