"""A question to a checked Answer: plan, evidence, computation, check.."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol, runtime_checkable

from ingest.model import Document
from ingest.quantity import UnitError
from qa import choices
from qa.answering import LONGEST, abstain, answer_of, phrase_of, too_long, unknown_unit
from qa.asking import usual_form
from qa.assurance import judged
from qa.assurance_model import Asked as Looked
from qa.compare import compare
from qa.compare_model import Comparison
from qa.compare_request import Request
from qa.drafts import Draft
from qa.english import language_of, to_chinese
from qa.english_slips import plain_english
from qa.evidence import Evidence
from qa.extract import Resort, Silent, last_resort
from qa.grounds import ground_of
from qa.known_names import LibraryNames, Listed
from qa.model import Answer, Filters, Outcome, PartRef
from qa.narrowing import narrowed
from qa.operations import compared, elsewhere, gaps, portfolio, several, statements, texts, verify
from qa.operations.context import Context
from qa.operations.steps import Step, by_table, steps_for
from qa.part_index import index_of
from qa.plan import Operation, Plan
from qa.plan_names import with_aliases, with_labels
from qa.planner import Remembered, make_plan, spoken
from qa.portfolio_gather import Progress, gather, no_progress, prepare
from qa.portfolio_model import Asked, Portfolio
from qa.scope import passes
from qa.targets import asked_apart, asked_of_each, separate_asks, text_asks, values_beside_agreement
from qa.textual_model import TextKind
from qa.wording import normalise

# Typing errors are mended against the words of so many reports at most.
_VOCABULARY_REPORTS = 50
_ALIAS_REPORTS = 8
_UNITS_NAMED = 20  # units that are named where one is not in the library
_MOST_CITATIONS = 60  # every entry of a list has its own


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
    ) -> None:
        """Args:
        least: the confidence that an answer must have (see `qa.assurance`); None: the default.
        resort: what is asked where the rules end without an answer, unless `least` is given.
        """
        self._library = library
        self._least = least
        self._resort = resort if least is None else None
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
        alone = conversation is None or question in conversation.offered
        previous = None if alone or conversation is None else conversation.previous
        said, filters = self._spoken(question, parts, filters)
        read = self._context(said, parts, previous, filters)
        remembered, plan, draft = self._turn(said, read, parts, previous, filters)
        answer = answer_of(question, plan, draft, parts)
        if not draft.tabled and draft.coverage is None:
            found = answer
            if answer.outcome in _SHOWN:
                answer = self._assured(question, read, draft, answer)
            if answer.outcome is Outcome.ABSTAINED and self._resort is not None:
                asked, unknown = _whole(question, read[0])
                later, confined = previous is not None, filters is not None
                silent = Silent(asked, read[1], found, unknown, parts, later, confined)
                given = self._resort(silent)
                if given is not None:
                    answer, remembered = given.answer, remembered_of(plan, given.draft)
        if conversation is not None:
            lost = answer.outcome not in _SHOWN and bool(_ELLIPTIC.search(question))
            conversation.previous = (previous if lost else None) or remembered
            conversation.asked += (question,)
            conversation.offered = answer.choices
        return replace(answer, seconds=round(time.perf_counter() - started, 4))

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
        plan, context = read
        ground = ground_of(context.evidence, plan, answer.citations, draft.involved)
        question, unknown = _whole(question, plan)
        return judged(Looked(question, plan, answer, ground, unknown), self._least)

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
            plan, context = self._context(asked, parts, None, filters)
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
        return self._context(question, parts, previous, filters)[0]

    def prepare(self, reports: Collection[int], progress: Progress = no_progress) -> None:
        """Have what reports that were just loaded give for a ranking kept beside them."""
        evidence = Evidence(self._library, self._names.parts())
        prepare(evidence, reports, self._threshold, progress)

    def _turn(
        self,
        question: str,
        read: tuple[Plan, Context],
        parts: Sequence[PartRef],
        previous: Remembered | None,
        filters: Filters | None,
    ) -> tuple[Remembered, Plan, Draft]:
        """One question answered; asks of different kinds in it one after the other."""
        plan, context = read
        question = plan.question if plan.completed else usual_form(question)
        summed = self._with_sum(question, parts, previous, filters)
        if summed is not None:
            return summed
        series = compared.answer(self._library, plan, parts, self._names, filters, self._threshold)
        if series is not None:
            series.tabled = True
            each_year = self._draft(context) if compared.LACKING in series.text else series
            if len(each_year.values) == len(plan.years) > 1:
                return remembered_of(plan, each_year), plan, each_year
            return Remembered(plan, series.phrase), plan, series
        value_asks = values_beside_agreement(question)
        if plan.operation is Operation.VERIFY and value_asks:
            one, inner = self._context(value_asks, parts, previous, filters)
            found = self._draft(inner)
            words = one.operation is Operation.TEXT
            checked = found if words else verify.verify_shown(context, found)
            if checked is not None:
                return Remembered(one, checked.phrase or phrase_of(one)), one, checked
        steps = self._asks(question, plan, parts, previous, filters)
        if steps:
            return self._stepwise(steps, plan, parts, previous, filters)
        told = self._told_apart(question, plan, parts, previous, filters)
        if told is not None:
            return told
        draft = self._single(question, plan, context, parts, previous, filters)
        each = asked_of_each(question)
        asks = each or separate_asks(question)
        if draft.outcome is Outcome.ABSTAINED and len(asks) > 1:
            words = plan.operation is Operation.TEXT and not any(_LISTS.search(a) for a in asks)
            figures = None if words else not each
            apart = self._stepwise(asks, plan, parts, previous, filters, figures=figures)
            if apart[2].outcome in _SHOWN:
                return apart
        remembered = remembered_of(plan, draft)
        if plan.completed and previous is not None:
            remembered = replace(remembered, earlier=previous.shown)
        return remembered, plan, draft

    def _single(
        self,
        question: str,
        plan: Plan,
        context: Context,
        parts: Sequence[PartRef],
        previous: Remembered | None,
        filters: Filters | None,
    ) -> Draft:
        """The answer to a question taken as one; ready choices where it is open."""
        draft = self._over_years(plan, context, self._draft(context))
        summed = plan.operation is Operation.SUM and len(plan.years) > 1
        if draft.outcome is Outcome.ABSTAINED or (summed and draft.outcome is Outcome.CLARIFY):
            draft = self._sum_of_years(question, plan, parts, previous, filters) or draft
        if draft.outcome is Outcome.CLARIFY:
            draft = choices.offer(draft, _asked_name(plan), self._alone(parts, filters))
        return draft

    def _stepwise(
        self,
        steps: Sequence[str],
        plan: Plan,
        parts: Sequence[PartRef],
        previous: Remembered | None,
        filters: Filters | None,
        figures: bool | None = None,
    ) -> tuple[Remembered, Plan, Draft]:
        """Asks answered one after the other; no answer where one of them has none.

        `figures` says that each has to bring figures, or that none may.
        """
        whole, silent = Draft(), False
        lines: list[str] = []
        for ask in steps:
            one, context = self._context(ask, parts, previous, filters)
            draft = self._draft(context)
            previous = remembered_of(one, draft)
            if draft.outcome is Outcome.CONTRADICTED:
                whole.outcome = Outcome.CONTRADICTED
            lines.append(draft.text or draft.reason)
            silent = silent or draft.outcome in (Outcome.ABSTAINED, Outcome.CLARIFY)
            figured = bool(draft.values) and one.operation is not Operation.TEXT
            silent = silent or figures not in (None, figured)
            whole.remarks.extend(r for r in draft.remarks if r not in whole.remarks)
            if draft.outcome in (Outcome.ANSWERED, Outcome.CONTRADICTED):
                whole.values.extend(draft.values)
                whole.citations.extend(draft.citations)
                whole.equations.extend(draft.equations)
                whole.involved.extend(draft.involved)
        if not whole.values and not whole.citations:
            whole.outcome = Outcome.ABSTAINED
        some = whole.values or whole.citations
        if silent and some and whole.outcome is Outcome.ANSWERED:
            whole.outcome = Outcome.ABSTAINED
            lines.insert(0, "所问的几项只找到一部分，不能完整作答：")
        whole.text = whole.reason = "\n".join(lines)
        return previous or Remembered(plan, whole.phrase), plan, whole

    def _sum_of_years(
        self,
        question: str,
        plan: Plan,
        parts: Sequence[PartRef],
        previous: Remembered | None,
        filters: Filters | None,
    ) -> Draft | None:
        """One figure of each of the years that a question names, and their sum."""
        yearly = several.each_year(plan, question)
        if not yearly:
            return None
        read = self._context(yearly, parts, previous, filters)
        found = self._turn(yearly, read, parts, previous, filters)[2]
        shown = [each.candidate for each in found.figures]
        answered = found.outcome in (Outcome.ANSWERED, Outcome.CONTRADICTED)
        whole = answered and len(shown) == len(plan.years)
        return found if whole and several.add_sum(found, shown, first=True) else None

    def _over_years(self, plan: Plan, context: Context, draft: Draft) -> Draft:
        """A project over years, found as well under the names that it had in others of them."""
        known = self._names.known()
        several_years = len({*plan.years, *plan.basis_years}) > 1
        if draft.outcome is not Outcome.ABSTAINED or not several_years or known is None:
            return draft
        if not plan.projects or plan.projects_apart:
            return draft
        had = {name for name, _ in plan.projects}
        others = [other for name in had for other in known.once_called(name) if other not in had]
        if not others:
            return draft
        added = tuple((other, known.parts_of_project(other)) for other in dict.fromkeys(others))
        keys = tuple(dict.fromkeys((*plan.parts, *(key for _, its in added for key in its))))
        wider = replace(plan, projects=(*plan.projects, *added), parts=keys)
        found = self._draft(replace(context, plan=wider))
        if found.outcome not in (Outcome.ANSWERED, Outcome.CONTRADICTED):
            return draft
        names = "”“".join(dict.fromkeys((*had, *others)))
        found.remark(f"“{names}”按同一项目对齐：报告写明更名。")
        return found

    def _with_sum(
        self,
        question: str,
        parts: Sequence[PartRef],
        previous: Remembered | None,
        filters: Filters | None,
    ) -> tuple[Remembered, Plan, Draft] | None:
        """Figures asked for with their sum or difference, or that of those shown the turn before."""
        gap = gaps.gap_beside(question, follows=previous is not None)
        rest = gap.rest if gap else several.without_sum(question)
        if rest is None:
            return None
        if rest:
            read = self._context(rest, parts, previous, filters)
            remembered, plan, draft = self._turn(rest, read, parts, previous, filters)
        elif previous is not None:
            remembered, plan, draft = previous, previous.plan, Draft(phrase=previous.phrase)
        else:
            return None
        shown = [each.candidate for each in draft.figures] if rest else list(remembered.shown)
        if gap and previous is not None:
            shown = gaps.operands(gap, shown, previous)
        answered = draft.outcome in (Outcome.ANSWERED, Outcome.CONTRADICTED)
        if not answered or len(shown) < 2:
            return None
        added = gaps.add_gap(draft, shown, gap) if gap else several.add_sum(draft, shown)
        if not added and not (gap and gaps.unlike(draft, shown)):
            return None
        return remembered, plan, draft

    def _asks(
        self,
        question: str,
        plan: Plan,
        parts: Sequence[PartRef],
        previous: Remembered | None,
        filters: Filters | None,
    ) -> list[str]:
        """The asks of a question where they need different operations; empty for one."""
        asks = separate_asks(question)
        if asked_apart(asks):
            return asks
        if len(asks) < 2 or plan.operation in _AT_ONCE:
            return []
        operations: list[Operation] = []
        for ask in asks:
            one, _ = self._context(ask, parts, previous, filters)
            previous = Remembered(one, phrase_of(one))
            operations.append(one.operation)
        plain = Operation.TEXT not in operations
        return asks if plain and len(set(operations)) > 1 else []

    def _told_apart(
        self,
        question: str,
        plan: Plan,
        parts: Sequence[PartRef],
        previous: Remembered | None,
        filters: Filters | None,
    ) -> tuple[Remembered, Plan, Draft] | None:
        """Two things asked for in words (由谁评价，文号是多少), where each has an answer of its own."""
        asks = text_asks(question) if plan.operation is Operation.TEXT else []
        before = previous
        for ask in asks:
            one, _ = self._context(ask, parts, before, filters)
            # 服务期到哪天 by itself finds the date of any other thing.
            loose = before is not previous and one.text_kind is TextKind.DATE
            if one.operation is not Operation.TEXT or loose:
                return None
            before = Remembered(one, phrase_of(one))
        if not asks:
            return None
        apart = self._stepwise(asks, plan, parts, previous, filters, figures=False)
        lines = apart[2].text.split("\n")
        return apart if apart[2].outcome is Outcome.ANSWERED and len(set(lines)) > 1 else None

    def _alone(self, parts: Sequence[PartRef], filters: Filters | None) -> Callable[[str], Draft]:
        """How a question comes out that is asked by itself."""

        def ask(question: str) -> Draft:
            return self._draft(self._context(question, parts, None, filters)[1])

        return ask

    def _context(
        self,
        question: str,
        parts: Sequence[PartRef],
        previous: Remembered | None,
        filters: Filters | None,
    ) -> tuple[Plan, Context]:
        plan = make_plan(
            question,
            parts,
            vocabulary=self._vocabulary(parts),
            previous=previous,
            filters=filters,
            known_names=self._names.known(),
        )
        plan = narrowed(plan, parts, self._library)
        evidence = Evidence(self._library, parts)
        plan = with_labels(with_aliases(plan, evidence), evidence)
        return plan, Context(evidence, plan, self._threshold)

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

    def _draft(self, context: Context) -> Draft:
        plan = context.plan
        if not context.evidence.parts:
            return Draft(Outcome.ABSTAINED, reason="资料库是空的，请先用 gouji ingest 装入报告。")
        if plan.unknown and not plan.entities:
            return unknown_unit(context)
        if not plan.parts:
            return Draft(Outcome.ABSTAINED, reason="没有报告符合所给的单位、年份或其他限定。")
        over_reports = _tried(portfolio.over_reports, context)
        if over_reports is not None:
            return over_reports
        draft = _first(steps_for(plan), context)
        open_one = draft is not None and draft.outcome is Outcome.CLARIFY
        if draft is None or (open_one and plan.operation is not Operation.LOOKUP):
            draft = _first(by_table(plan), context) or draft
        if draft is not None:
            agreement = plan.operation is Operation.VERIFY
            draft = draft if agreement else texts.beside(context, draft)
            return elsewhere.held_against_others(context, statements.contested(context, draft))
        said = statements.asserted(context)
        return said if said is not None and _answers(plan, said) else abstain(context)


def _answers(plan: Plan, draft: Draft) -> bool:
    """False for words that contradict each other where a number is asked for."""
    asked = "多少" in plan.text or any(target.dimension is not None for target in plan.targets)
    return not asked or plan.operation is Operation.VERIFY or any(v.unit for v in draft.values)


def _whole(question: str, plan: Plan) -> tuple[str, tuple[str, ...]]:
    """The question, a follow-up in full, and its English words that nothing stands for."""
    asked = plan.question if plan.completed else question
    return asked, tuple(to_chinese(plain_english(normalise(asked))).unknown)


def _first(steps: Sequence[Step], context: Context) -> Draft | None:
    """What the first of the operations that finds anything finds."""
    for step in steps:
        draft = _tried(step, context)
        if draft is not None:
            return draft
    return None


def _tried(step: Step, context: Context) -> Draft | None:
    """What an operation finds; nothing where the figures that it found are of unlike units."""
    try:
        return step(context)
    except UnitError:
        return None


# Taken as one question, however many clauses of it ask.
_AT_ONCE = (Operation.TEXT, Operation.LOOKUP, Operation.VERIFY, Operation.FILTER)
_SHOWN = (Outcome.ANSWERED, Outcome.CONTRADICTED)
_ELLIPTIC = re.compile(r"^[^,，]{1,16}呢[?？]?$")  # where it finds nothing, the turn before stands
_LISTS = re.compile(r"、|分别|各")  # asks for several things at once
_RUN = re.compile(r"[\u4e00-\u9fff]{2,12}")


def labels_of(document: Document) -> list[str]:
    """Headings, labels and metric names of a document."""
    texts = [section.title for section in document.sections]
    for figure in document.figures:
        texts += [figure.metric, *figure.row_path, *figure.column_path]
    return texts


def _asked_name(plan: Plan) -> str:
    """How the question calls its first figure."""
    return plan.targets[0].label if plan.targets else ""


def remembered_of(plan: Plan, draft: Draft) -> Remembered:
    """What a turn hands to the next one."""
    shown = tuple(each.candidate for each in draft.figures)
    return Remembered(plan, draft.phrase or phrase_of(plan), shown)
