"""A question in one library, turn by turn: read, parted where it asks several things, answered.

What a question asks is answered whole or not at all; sums, differences and years that it asks for
beside its figures are worked out from the figures shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.answering import phrase_of
from qa.drafting import draft_of
from qa.drafts import Draft
from qa.figures.evidence import Catalogue, Evidence
from qa.model import Filters, Outcome, PartRef
from qa.naming.asked_bodies import asks_of_bodies
from qa.naming.known_names import LibraryNames
from qa.naming.plan_names import (
    with_aliases,
    with_labels,
    with_only_project,
    with_spending,
    with_told,
    with_whole,
)
from qa.narrowing import narrowed
from qa.operands.apart import added, calculated
from qa.operands.excluded import without
from qa.operands.shown import column_total, of_shown, same_again, worked_with
from qa.operands.which_of_several import largest_listed
from qa.operands.which_of_two import gap_of_two, larger_within, which_of_two
from qa.operands.within_budget import within_budget
from qa.operands.within_whole import part_of_whole
from qa.operations import compared, gaps, several, statements, verify
from qa.operations.context import Context
from qa.operations.summed_asked import parts_named
from qa.plan import Operation, Plan
from qa.planning import choices
from qa.planning.planner import Remembered, make_plan
from qa.portfolio.words import asked_over
from qa.question.asking import usual_form
from qa.question.separate_asks import (
    asked_apart,
    asked_of_each,
    separate_asks,
    text_asks,
    values_beside_agreement,
)
from qa.question.telling import with_body_told
from qa.texts.model import TextKind

# Taken as one question, however many clauses of it ask.
# What else a question for a sum or a difference asks: 各是多少，合计多少.
_ASKS_TOO = re.compile("多少|几|各|分别|哪|每")
_AT_ONCE = (Operation.TEXT, Operation.LOOKUP, Operation.VERIFY, Operation.FILTER)
# 哪个县结余最多，结余多少万元
_HOW_MUCH = re.compile(
    r"(?:又|是|有|为|达到?|得|各|分别|具体|它|结余|剩下?|花了?|支出|金额|得分|一共)*(?:多少|几)(?:钱|万?元|亿元|分|个?百分点|[个家人件次辆])?[?？。呢]*"
)
# Their operands may each be asked for alone.
_OF_A_WHOLE = (Operation.LOOKUP, Operation.COUNT)
_CALCULATED = (
    Operation.DIFFERENCE,
    Operation.CHANGE,
    Operation.SHARE,
    Operation.RATIO,
    Operation.LOOKUP,
)
_LISTS = re.compile(r"、|分别|各")  # asks for several things at once


class Turns:
    """Questions put to the same parts of a library, under the same filters."""

    def __init__(
        self,
        library: Catalogue,
        names: LibraryNames,
        parts: Sequence[PartRef],
        filters: Filters | None,
        *,
        vocabulary: frozenset[str],
        threshold: float,
    ) -> None:
        self._library, self._names = library, names
        self._parts, self._filters = parts, filters
        self._vocabulary, self._threshold = vocabulary, threshold
        self._read_alone: dict[str, tuple[Plan, Context]] = {}

    def read(
        self,
        question: str,
        previous: Remembered | None,
    ) -> tuple[Plan, Context]:
        """The plan of a question, with the evidence to answer it from; read once where it follows none."""
        if previous is not None:
            return self._read(question, previous)
        if question not in self._read_alone:
            self._read_alone[question] = self._read(question, None)
        return self._read_alone[question]

    def _read(self, question: str, previous: Remembered | None) -> tuple[Plan, Context]:
        plan = make_plan(
            question,
            self._parts,
            vocabulary=self._vocabulary,
            previous=previous,
            filters=self._filters,
            known_names=self._names.known(),
        )
        plan = narrowed(plan, self._parts, self._library)
        evidence = Evidence(self._library, self._parts)
        plan = with_body_told(plan, evidence)
        plan = with_aliases(with_spending(with_told(plan, evidence), evidence), evidence)
        plan = with_only_project(plan, evidence)
        plan = with_labels(with_whole(plan, evidence), evidence)
        return plan, Context(evidence, plan, self._threshold)

    def turn(
        self,
        question: str,
        read: tuple[Plan, Context],
        previous: Remembered | None,
    ) -> tuple[Remembered, Plan, Draft]:
        """One question answered; asks of different kinds in it one after the other."""
        plan, context = read
        question = plan.question if plan.completed else usual_form(question)
        at_once = self._at_once(question, plan, context, previous)
        if at_once is not None:
            return at_once
        series = self._series(plan, context)
        if series is not None:
            return series
        agreeing = self._agreement(question, plan, context, previous)
        if agreeing is not None:
            return agreeing
        bodies = asks_of_bodies(plan.question, plan.named, plan.years)
        if bodies:
            return self._stepwise(bodies, plan, None, figures=True, alone=True)
        steps = self._asks(question, plan, previous)
        if steps:
            return self._stepwise(steps, plan, previous)
        told = self._told_apart(question, plan, previous)
        if told is not None:
            return told
        draft = self._single(question, plan, context, previous)
        each = asked_of_each(question)
        asks = each or separate_asks(question)
        if draft.outcome is Outcome.ABSTAINED and len(asks) > 1 and not draft.settled:
            words = plan.operation is Operation.TEXT and not any(_LISTS.search(a) for a in asks)
            figures = None if words else not each
            apart = self._stepwise(asks, plan, previous, figures=figures)
            if apart[2].outcome.given:
                return apart
        if not draft.outcome.given and not draft.settled:
            draft = self._of_shown(question, previous) or draft
        remembered = remembered_of(plan, draft)
        if plan.completed and previous is not None:
            remembered = replace(remembered, earlier=previous.shown)
        return remembered, plan, draft

    def _agreement(
        self, question: str, plan: Plan, context: Context, previous: Remembered | None
    ) -> tuple[Remembered, Plan, Draft] | None:
        """A value asked for and whether it agrees, first with the parts that the question names."""
        if plan.operation is not Operation.VERIFY:
            return None
        value_asks = values_beside_agreement(question)
        if parts_named(plan.text):
            draft = self._single(question, plan, context, previous)
            if draft.outcome.given:
                return remembered_of(plan, draft), plan, draft
        if not value_asks:
            return None
        one, inner = self.read(value_asks, previous)
        found = draft_of(inner)
        words = one.operation is Operation.TEXT
        checked = found if words else verify.verify_shown(context, found)
        if checked is None:
            return None
        return Remembered(one, checked.phrase or phrase_of(one)), one, checked

    def _at_once(
        self, question: str, plan: Plan, context: Context, previous: Remembered | None
    ) -> tuple[Remembered, Plan, Draft] | None:
        """What is answered before a question is parted: sums, follow-ups of one, what is denied."""
        summed = self._with_sum(question, previous) or self._of_sum(question, plan, previous)
        if summed is not None:
            return summed
        than = self._of_shown(question, previous) if _than_another(question, plan) else None
        if than is not None:
            return remembered_of(plan, than), plan, than
        rest = without(plan.question, self._parts, self._answered)
        if rest is not None:
            return remembered_of(plan, rest), plan, rest
        larger = which_of_two(plan.question, plan.named, self._parts, self._answered)
        if larger is not None:
            return remembered_of(plan, larger), plan, larger
        gap = gap_of_two(plan.question, plan.named, self._parts, self._answered)
        if gap is not None:
            return remembered_of(plan, gap), plan, gap
        budget = within_budget(plan.question, plan.named, self._parts, self._answered)
        if budget is not None:
            return remembered_of(plan, budget), plan, budget
        denied = statements.told_otherwise(context)
        return (remembered_of(plan, denied), plan, denied) if denied is not None else None

    def _series(self, plan: Plan, context: Context) -> tuple[Remembered, Plan, Draft] | None:
        """A comparison over the years, where a question asks for one."""
        series = compared.answer(
            self._library, plan, self._parts, self._names, self._filters, self._threshold
        )
        if series is None:
            return None
        series.tabled = True
        each_year = draft_of(context) if compared.LACKING in series.text else series
        if len(each_year.values) == len(plan.years) > 1:
            return remembered_of(plan, each_year), plan, each_year
        return Remembered(plan, series.phrase), plan, series

    def _single(
        self,
        question: str,
        plan: Plan,
        context: Context,
        previous: Remembered | None,
    ) -> Draft:
        """The answer to a question taken as one; ready choices where it is open."""
        draft = draft_of(context)
        if draft.settled:
            return draft
        draft = self._over_years(plan, context, draft)
        summed = plan.operation is Operation.SUM and len(plan.years) > 1
        if draft.outcome is Outcome.ABSTAINED or (summed and draft.outcome is Outcome.CLARIFY):
            draft = self._sum_of_years(question, plan, previous) or draft
        if not draft.outcome.given and plan.operation in _CALCULATED:
            draft = calculated(plan.question, plan, self._parts, self._answered) or draft
        if not draft.outcome.given and plan.operation in (Operation.SUM, Operation.AVERAGE):
            draft = added(plan.question, plan, self._parts, self._answered) or draft
        if not draft.outcome.given:
            within = larger_within(plan.question, plan.named, self._parts, self._answered)
            draft = within or draft
        if draft.outcome is Outcome.ABSTAINED and plan.operation in _OF_A_WHOLE:
            inside = part_of_whole(plan.question, plan.named, self._answered)
            draft = inside or draft
        if not draft.outcome.given and plan.operation is Operation.RANK:
            listed = largest_listed(plan.question, plan.named, self._parts, self._answered)
            draft = listed or draft
        if draft.outcome is Outcome.CLARIFY:
            draft = choices.offer(draft, _asked_name(plan), self._alone())
        if previous is not None and plan.renamed and _other_measure(draft, previous):
            reason = f"与上一问同类的数里没有“{plan.renamed}”的，不能接着作答；请把问题说完整。"
            draft = Draft(Outcome.ABSTAINED, reason=reason, settled=True)
        if previous is not None and same_again(plan, draft, previous.plan, previous.shown):
            draft = Draft(
                Outcome.ABSTAINED, reason="与上一问所答是同一个数，没有找到所问的另一个数。"
            )
        return draft

    def _stepwise(
        self,
        steps: Sequence[str],
        plan: Plan,
        previous: Remembered | None,
        figures: bool | None = None,
        *,
        alone: bool = False,
    ) -> tuple[Remembered, Plan, Draft]:
        """Asks answered one after the other; no answer where one of them has none.

        `figures` says that each has to bring figures, or that none may; `alone` that each names
        whom it is about and takes over nothing.
        """
        whole, silent = Draft(), False
        lines: list[str] = []
        found: list[str] = []
        for ask in steps:
            one, context = self.read(ask, None if alone else previous)
            draft = draft_of(context)
            previous = remembered_of(one, draft)
            if draft.outcome is Outcome.CONTRADICTED:
                whole.outcome = Outcome.CONTRADICTED
            lines.append(draft.text or draft.reason)
            silent = silent or draft.outcome in (Outcome.ABSTAINED, Outcome.CLARIFY)
            figured = bool(draft.values) and one.operation is not Operation.TEXT
            silent = silent or figures not in (None, figured)
            whole.remarks.extend(r for r in draft.remarks if r not in whole.remarks)
            if draft.outcome.given:
                found.append(ask)
                whole.values.extend(draft.values)
                whole.citations.extend(draft.citations)
                whole.equations.extend(draft.equations)
                whole.involved.extend(draft.involved)
        if not whole.values and not whole.citations:
            whole.outcome = Outcome.ABSTAINED
        some = whole.values or whole.citations
        if silent and some and whole.outcome is Outcome.ANSWERED:
            whole.outcome = Outcome.ABSTAINED
            lines = [_in_part(found, [ask for ask in steps if ask not in found])]
        whole.text = whole.reason = "\n".join(lines)
        return previous or Remembered(plan, whole.phrase), plan, whole

    def _sum_of_years(
        self,
        question: str,
        plan: Plan,
        previous: Remembered | None,
    ) -> Draft | None:
        """One figure of each of the years that a question names, and their sum."""
        yearly = several.each_year(plan, question)
        if not yearly:
            return None
        read = self.read(yearly, previous)
        found = self.turn(yearly, read, previous)[2]
        shown = [each.candidate for each in found.figures]
        answered = found.outcome.given
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
        had = dict.fromkeys(name for name, _ in plan.projects)
        others = [other for name in had for other in known.once_called(name) if other not in had]
        if not others:
            return draft
        added = tuple((other, known.parts_of_project(other)) for other in dict.fromkeys(others))
        keys = tuple(dict.fromkeys((*plan.parts, *(key for _, its in added for key in its))))
        wider = replace(plan, projects=(*plan.projects, *added), parts=keys)
        found = draft_of(replace(context, plan=wider))
        if not found.outcome.given:
            return draft
        names = "”“".join(dict.fromkeys((*had, *others)))
        found.remark(f"“{names}”按同一项目对齐：报告写明更名。")
        return found

    def _with_sum(
        self,
        question: str,
        previous: Remembered | None,
    ) -> tuple[Remembered, Plan, Draft] | None:
        """Figures asked for with their sum or difference, or that of those shown the turn before."""
        gap = gaps.gap_beside(question, follows=previous is not None)
        rest = gap.rest if gap else several.without_sum(question)
        if rest is None:
            return None
        if rest:
            read = self.read(rest, previous)
            if read[0].completed and read[0].question == question:
                return None  # what was asked before tells the sum again
            remembered, plan, draft = self.turn(rest, read, previous)
        elif previous is not None:
            remembered, plan, draft = previous, previous.plan, Draft(phrase=previous.phrase)
        else:
            return None
        shown = [each.candidate for each in draft.figures] if rest else list(remembered.shown)
        if gap and previous is not None:
            shown = gaps.operands(gap, shown, previous)
        answered = draft.outcome.given
        if not answered or len(shown) < 2:
            return None
        alone = bool(rest) and not _ASKS_TOO.search(rest)
        added = (
            gaps.add_gap(draft, shown, gap) if gap else several.add_sum(draft, shown, first=alone)
        )
        if not added and not (gap and gaps.unlike(draft, shown)):
            return None
        if added and gap and alone and not gap.before:
            several.tell_first(draft)
        return remembered, plan, draft

    def _of_sum(
        self, question: str, plan: Plan, previous: Remembered | None
    ) -> tuple[Remembered, Plan, Draft] | None:
        """What a follow-up works out from the figures whose sum was the answer before."""
        if previous is None or previous.plan.operation is not Operation.SUM:
            return None
        if len(previous.shown) < 2 or of_shown(question) is None:
            return None
        draft = self._of_shown(question, previous)
        if draft is None:
            reason = "没有找到与上一问合计相比的那个数，不能计算。"
            draft = Draft(Outcome.ABSTAINED, reason=reason, settled=True)
        return remembered_of(plan, draft), plan, draft

    def _of_shown(self, question: str, previous: Remembered | None) -> Draft | None:
        """What a follow-up works out from the figures shown before and one that it names."""
        asked = of_shown(question) if previous is not None and previous.shown else None
        if asked is None or previous is None:
            return None
        whole = column_total(asked, previous.shown)
        if whole is not None:
            return worked_with(asked, previous.shown, whole)
        scope = replace(previous, phrase="", shown=(), earlier=())
        ways = ((f"{asked.other}呢？", previous), (f"{asked.other}是多少？", scope))
        for ask, before in ways:
            draft = draft_of(self.read(ask, before)[1])
            if draft.outcome.given and len(draft.figures) == len(draft.values) == 1:
                return worked_with(asked, previous.shown, draft.figures[0].candidate)
        return None

    def _asks(
        self,
        question: str,
        plan: Plan,
        previous: Remembered | None,
    ) -> list[str]:
        """The asks of a question where they need different operations; empty for one."""
        over = asked_over(plan)
        if over is not None and over.beside:
            return []  # all of it is asked of the same rows
        asks = separate_asks(question)
        if asked_apart(asks):
            return asks
        if plan.operation is Operation.RANK and all(_HOW_MUCH.fullmatch(a) for a in asks[1:]):
            return []  # a ranking shows the figure as well
        if len(asks) < 2 or plan.operation in _AT_ONCE:
            return []
        operations: list[Operation] = []
        for ask in asks:
            one, _ = self.read(ask, previous)
            previous = Remembered(one, phrase_of(one))
            operations.append(one.operation)
        plain = Operation.TEXT not in operations
        return asks if plain and len(set(operations)) > 1 else []

    def _told_apart(
        self,
        question: str,
        plan: Plan,
        previous: Remembered | None,
    ) -> tuple[Remembered, Plan, Draft] | None:
        """Two things asked for in words (由谁评价，文号是多少), where each has an answer of its own."""
        asks = text_asks(question) if plan.operation is Operation.TEXT else []
        before = previous
        for ask in asks:
            one, _ = self.read(ask, before)
            # 服务期到哪天 by itself finds the date of any other thing.
            loose = before is not previous and one.text_kind is TextKind.DATE
            if one.operation is not Operation.TEXT or loose:
                return None
            before = Remembered(one, phrase_of(one))
        if not asks:
            return None
        apart = self._stepwise(asks, plan, previous, figures=False)
        lines = apart[2].text.split("\n")
        return apart if apart[2].outcome is Outcome.ANSWERED and len(set(lines)) > 1 else None

    def _answered(self, question: str) -> tuple[Plan, Context, Draft]:
        """How a question that is asked by itself is read, and what is found for it."""
        plan, context = self.read(question, None)
        return plan, context, draft_of(context)

    def _alone(self) -> Callable[[str], Draft]:
        """How a question comes out that is asked by itself."""

        def ask(question: str) -> Draft:
            return draft_of(self.read(question, None)[1])

        return ask


def _other_measure(draft: Draft, previous: Remembered) -> bool:
    """Whether another name was put in the place of one (学生呢), and what is found measures otherwise."""
    before = {each.figure.quantity.unit.dimension for each in previous.shown}
    now = {each.candidate.figure.quantity.unit.dimension for each in draft.figures}
    one = len(previous.shown) == len(draft.figures) == 1
    return one and before != now


def _asked_name(plan: Plan) -> str:
    """How the question calls its first figure."""
    return plan.targets[0].label if plan.targets else ""


def _than_another(question: str, plan: Plan) -> bool:
    """Whether a follow-up holds what was shown against another project (比乙项目高多少分)."""
    asked = of_shown(question)
    return asked is not None and asked.deed == "than" and bool(plan.projects) and not plan.completed


def _in_part(found: Sequence[str], missing: Sequence[str]) -> str:
    """Which asks have an answer and which have none; no value that has not passed the last gate."""
    have, lack = (
        "、".join(f"“{ask.strip('，,。？? ')}”" for ask in asks) for asks in (found, missing)
    )
    lost = f"；没有找到 {lack}" if lack else ""
    return f"所问的几项只找到一部分，不能完整作答：找到 {have}{lost}。请把各项分开再问。"


def remembered_of(plan: Plan, draft: Draft) -> Remembered:
    """What a turn hands to the next one."""
    shown = tuple(each.candidate for each in draft.figures)
    return Remembered(plan, draft.phrase or phrase_of(plan), shown)
