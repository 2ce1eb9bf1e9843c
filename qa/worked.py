"""Answers worked out from figures that are each looked up as if they had been asked for alone.

Every operand passes all the rules and the last gate; so does what they give.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product

from qa.answering import answer_of
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.model import Answer, Check, PartRef
from qa.operands.asks import OperandAsks, operand_asks
from qa.operands.listed import as_listed, listed_asks, worked_listed
from qa.operands.over_years import worked_over_years, year_asks
from qa.operands.pair import is_group, total_row, worked_from
from qa.operands.per_thing import counts, per_asks, worked_per
from qa.operands.projects import ProjectAsks, project_asks, worked_over
from qa.operands.rates import paired_rate, rate_asks, worked_rate
from qa.operands.shown import OfShown, worked_with
from qa.operands.stages import as_staged, stage_asks, worked_stages
from qa.operations.context import Context
from qa.plan import Operation, Plan
from qa.turns import Turns

Read = tuple[Plan, Context]
Assured = Callable[[str, Read, Draft, Answer], Answer]


_COUNTED = (Operation.LOOKUP, Operation.COUNT)


class Worked:
    """Questions about several figures over the same parts of a library."""

    def __init__(self, turns: Turns, parts: Sequence[PartRef], assured: Assured) -> None:
        """Args:
        turns: how a question is read and answered.
        parts: the catalogue.
        assured: lets an answer past the last gate, or holds it back.
        """
        self._turns, self._parts, self._assured = turns, parts, assured

    def answer(self, question: str, read: Read) -> tuple[Answer, Draft] | None:
        """What two figures give, each looked up as if it had been asked for alone; see `operand_asks`."""
        plan = read[0]
        over = project_asks(plan)
        if over is not None:
            return self._over_projects(question, read, over)
        if year_asks(plan) is not None:
            return self._over_years(question, read)
        found = self._listed(question, read) or self._stages(question, read)
        if found is not None:
            return found
        asks = operand_asks(plan)
        if asks is None:
            return self._per_thing(question, read) or self._rate(question, read)
        first = None if asks.summed else self._first(asks.first)
        second = self._second(asks, first)
        if second is None:
            return None
        if first is not None:
            draft = worked_from(asks, plan, first, second)
        elif asks.deed == "share":
            summed = (self._summed(ask) for ask in asks.first)
            parts = next((each for each in summed if each), ())
            draft = worked_with(OfShown("share", ""), parts, second) if parts else None
        else:
            return None
        return self.given(question, read, draft)

    def _second(self, asks: OperandAsks, part: Candidate | None) -> Candidate | None:
        """The other operand: what its questions bring, or the total of the table where a part stands.

        The total goes first where the whole is called by what it is of alone (全支队).
        """
        total = total_row(part, asks.whole) if part is not None else None
        if total is not None and is_group(asks.whole):
            return total
        return self._first(asks.second) or total

    def _over_years(self, question: str, read: Read) -> tuple[Answer, Draft] | None:
        """What the figures of several years add up to, each looked up as if asked for alone."""
        asks = year_asks(read[0])
        found = [self._operand(ask, _COUNTED) for ask in asks.asks] if asks is not None else []
        known = [each for each in found if each is not None]
        if asks is None or len(known) != len(found):
            return None
        return self.given(question, read, worked_over_years(asks, read[0], known))

    def _listed(self, question: str, read: Read) -> tuple[Answer, Draft] | None:
        """What the figures of several things that are listed add up to."""
        asks = listed_asks(read[0])
        found: list[Candidate] = []
        for ways in asks.asks if asks is not None else ():
            one = self._first(ways)
            if one is None:
                return None
            found.append(one)
        draft = worked_listed(asks, read[0], found) if asks is not None else None
        if draft is None or asks is None:
            return None
        plain = replace(read[0], text=as_listed(read[0].text, asks))
        return self.given(as_listed(question, asks), (plain, read[1]), draft)

    def _stages(self, question: str, read: Read) -> tuple[Answer, Draft] | None:
        """What lies between two stages of one amount, each looked up as if asked for alone."""
        asks = stage_asks(read[0])
        tried = [self._operand(ask, _COUNTED) for ask in asks.first] if asks is not None else []
        firsts = [each for each in tried if each is not None]
        if asks is None or not firsts:
            return None
        tried = [self._operand(ask, _COUNTED) for ask in asks.second]
        seconds = [each for each in tried if each is not None]
        draft = worked_stages(asks, read[0], product(firsts, seconds))
        plain = replace(read[0], text=as_staged(read[0].text))
        return self.given(as_staged(question), (plain, read[1]), draft)

    def _per_thing(self, question: str, read: Read) -> tuple[Answer, Draft] | None:
        """An amount over a count, each looked up as if it had been asked for alone."""
        plan = read[0]
        asks = per_asks(plan)
        if asks is None:
            return None
        counted = ((self._operand(ask, _COUNTED), noun) for ask, noun in asks.counts)
        count = next((each for each, noun in counted if each and counts(each.figure, noun)), None)
        for ask in asks.amounts if count is not None else ():
            amount = self._operand(ask, _COUNTED)
            draft = worked_per(asks, plan, amount, count) if amount and count else None
            given = self.given(question, read, draft)
            if given is not None:
                return given
        return None

    def _rate(self, question: str, read: Read) -> tuple[Answer, Draft] | None:
        """A part, looked up as if it had been asked for alone, over the whole that stands with it."""
        asks = rate_asks(read[0])
        for ask in asks.parts if asks is not None else ():
            part = self._operand(ask, _COUNTED)
            draft = worked_rate(asks, part) if part is not None and asks is not None else None
            given = self.given(question, read, draft)
            if given is not None:
                return given
        paired = paired_rate(asks, read[0], read[1].evidence) if asks is not None else None
        return self.given(question, read, paired)

    def _over_projects(
        self, question: str, read: Read, asks: ProjectAsks
    ) -> tuple[Answer, Draft] | None:
        """What one figure of each of several projects gives, each looked up as if asked for alone."""
        found = [self._operand(ask) for ask in asks.asks]
        known = [each for each in found if each is not None]
        draft = worked_over(asks, read[0], known) if len(known) == len(found) else None
        return self.given(question, read, draft)

    def given(self, question: str, read: Read, draft: Draft | None) -> tuple[Answer, Draft] | None:
        """What was worked out, as far as the last gate lets it pass."""
        if draft is None:
            return None
        answer = answer_of(question, read[0], draft, self._parts)
        if answer.outcome.given:
            answer = self._assured(question, read, draft, answer)
        return (answer, draft) if answer.outcome.given else None

    def _first(self, ways: Sequence[str]) -> Candidate | None:
        """The figure that the first of several ways of asking for it brings."""
        tried = (self._operand(ask, _COUNTED) for ask in ways)
        return next((each for each in tried if each is not None), None)

    def _summed(self, ask: str) -> tuple[Candidate, ...]:
        """The figures of which an answer past the last gate is the sum; () for any other answer."""
        ask = re.sub(r"(?:合起来|加起来|合计)?是多少？$", "一共是多少？", ask)
        read = self._turns.read(ask, None)
        if read[0].operation is not Operation.SUM:
            return ()
        _, _, draft = self._turns.turn(ask, read, None)
        answer = answer_of(ask, read[0], draft, self._parts)
        derived = [value for value in answer.values if value.check is Check.DERIVED]
        if len(derived) != 1 or len(draft.figures) != len(answer.values) - 1:
            return ()
        given = self._assured(ask, read, draft, answer).outcome.given
        return tuple(each.candidate for each in draft.figures) if given else ()

    def _operand(
        self, ask: str, kinds: Sequence[Operation] = (Operation.LOOKUP,)
    ) -> Candidate | None:
        """The one figure, as it is printed, that answers a question past the last gate."""
        read = self._turns.read(ask, None)
        if read[0].operation not in kinds:
            return None
        _, _, draft = self._turns.turn(ask, read, None)
        answer = answer_of(ask, read[0], draft, self._parts)
        if len(answer.values) != 1 or len(draft.figures) != 1 or not answer.outcome.given:
            return None
        if answer.values[0].check not in (Check.EXACT, Check.ROUNDING, Check.STATED):
            return None
        sure = self._assured(ask, read, draft, answer).outcome.given
        return draft.figures[0].candidate if sure else None
