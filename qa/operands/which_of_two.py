"""Which of two is more, and by how much (甲局和乙局2023年三公经费哪个多): each asked for alone.

For figures of two bodies or two projects; within one body the operations over its own tables answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest import interval
from ingest.model import Role
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.model import Outcome, PartRef, Value
from qa.operands.apart import Ask, sure_operand
from qa.operations.context import closed
from qa.question.ellipsis import Named

_WHICH = re.compile(
    r"[,，]?(?:相比|比较|比起来|比一比|两者|二者|相比较)*[,，]?(?:哪一?[个家项边方]|哪|谁)的?(?P<measure>[一-鿿\d]{0,14}?)"
    r"(?:是|更|要|比较|相对|还|会|得)*(?P<way>多|高|大|贵|少|低|小)(?:一?些|一?点儿?|了)?[,，]?(?P<also>[^?？。]*)[?？。]?$"
)
_AND = re.compile(r"和|与|跟|同|、|还是")
LESS = "少低小"  # words of a comparison that ask for the smaller
_MOST_SIDES = 2


class Sides(NamedTuple):
    """The two questions, and the word for how one is more or less than the other."""

    left: str
    right: str
    way: str


def which_of_two(
    question: str, named: Sequence[Named], parts: Sequence[PartRef], ask: Ask
) -> Draft | None:
    """The larger or smaller of two figures with both of them; an abstention where one is not certain.

    None for any other question.
    """
    readings = list(_sides(question, named))
    if not readings:
        return None
    for sides in readings:
        pair = _found(sides, parts, ask)
        if pair is not None:
            return _draft(*pair, sides.way)
    asked = "”“".join(each.removesuffix("是多少？") for each in readings[0][:_MOST_SIDES])
    reason = f"要比较的两个数（“{asked}”）没有都找到，不能比较；请分别询问。"
    return Draft(Outcome.ABSTAINED, reason=reason, settled=True)


def larger_within(
    question: str, named: Sequence[Named], parts: Sequence[PartRef], ask: Ask
) -> Draft | None:
    """The same of two figures of one body; None where they are not both certain."""
    for sides in _within(question, named):
        pair = _found(sides, parts, ask)
        if pair is not None:
            return _draft(*pair, sides.way) if pair[0].period == pair[1].period else None
    return None


def _found(sides: Sides, parts: Sequence[PartRef], ask: Ask) -> tuple[Candidate, Candidate] | None:
    """The figures of both sides, where each is certain and they are of one measure."""
    left, right = (sure_operand(each, parts, ask) for each in (sides.left, sides.right))
    return (left, right) if left and right and comparable(left, right) else None


def _within(question: str, named: Sequence[Named]) -> Iterator[Sides]:
    """The ways to read a question as one about two figures of the body that it names first."""
    question = question.strip()
    which = _WHICH.search(question)
    if which is None or "最" in which["measure"]:
        return
    head = question[: which.start()]
    at = max((n.end for n in named if n.end <= len(head)), default=0)
    year = _YEAR_SAID.match(head[at:])
    at += year.end() if year is not None else 0
    for cut in _AND.finditer(head, at):
        left, right = head[at : cut.start()].strip("，,的 "), head[cut.end() :].strip("，, ")
        if min(len(left), len(right)) > 1 and not _AND.search(right):
            measure = which["measure"]
            scope = head[:at]
            one, other = f"{scope}{left}{measure}是多少？", f"{scope}{right}{measure}是多少？"
            yield Sides(one, other, which["way"])


_YEAR_SAID = re.compile(r"(?:度|年度?|的)*")


def _sides(question: str, named: Sequence[Named]) -> Iterator[Sides]:
    """The ways to read a question as one about the figures of two bodies or projects."""
    question = question.strip()
    which = _WHICH.search(question)
    if which is not None and "最" not in which["measure"]:
        head = question[: which.start()]
        yield from _of_owners(question, head, which["measure"], which["way"], _AND, named)


def _of_owners(
    question: str, head: str, measure: str, way: str, cuts: re.Pattern[str], named: Sequence[Named]
) -> Iterator[Sides]:
    """The two sides of ``head``, where each has a body or a project of its own."""
    owners = sorted((n for n in named if n.kind in ("unit", "project")), key=lambda n: n.start)
    owners = [n for n in owners if n.end <= len(head)]
    if len({question[n.start : n.end] for n in owners if n.kind == "unit"}) > _MOST_SIDES:
        return
    for cut in cuts.finditer(head):
        before = [n for n in owners if n.end <= cut.start()]
        after = [n for n in owners if cut.end() <= n.start]
        inside = any(n.start < cut.end() and cut.start() < n.end for n in owners)
        if inside or not before or not after:
            continue
        bodies = {question[n.start : n.end] for n in (before[0], after[0])}
        if len(bodies) < _MOST_SIDES or before[0].kind != after[0].kind:
            continue
        left, right = head[: cut.start()].strip("，, "), head[cut.end() :].strip("，, ")
        owner, said = right[: after[0].end - cut.end()], right[after[0].end - cut.end() :]
        own = left[before[0].end :]
        if not own:  # 甲局和乙局2023年三公经费
            left += said
        elif not said:  # 甲局2023年三公经费比乙局少多少
            right = f"{owner}{own}"
        elif not re.search(r"(?:19|20)\d\d", right):
            year = re.search(r"(?:19|20)\d\d年?度?", left)
            right = f"{owner}{year.group() if year else ''}{said}"
            left = f"{left}{said}" if _YEAR_ALONE.fullmatch(own) else left
        yield Sides(f"{left}{measure}是多少？", f"{right}{measure}是多少？", way)


_YEAR_ALONE = re.compile(r"(?:19|20)\d\d年?度?的?")
_GAP = re.compile(r"(?:相差|差距|差额|差)(?:是|为|有)?了?(?:多少|几)[^,，?？]{0,4}[?？。]?$")
_BY = re.compile(r"(?P<way>多|高|少|低)(?:支出|花|用|出)?了?(?:多少|几)[^,，?？]{0,4}[?？。]?$")
_THAN = re.compile("比")


def gap_of_two(
    question: str, named: Sequence[Named], parts: Sequence[PartRef], ask: Ask
) -> Draft | None:
    """By how much the figures of two bodies or projects differ, with both of them; None where not sure."""
    question = question.strip()
    for pattern, cuts in ((_GAP, _AND), (_BY, _THAN)):
        asked = pattern.search(question)
        if asked is None:
            continue
        head = question[: asked.start()].rstrip("的，, ")
        for sides in _of_owners(question, head, "", "", cuts, named):
            pair = _found(sides, parts, ask)
            if pair is not None and pair[0].period == pair[1].period:
                return _gap(*pair)
    return None


def _gap(left: Candidate, right: Candidate) -> Draft:
    computed = compute.difference(left.figure, right.figure)
    draft = Draft(phrase=left.figure.metric)
    word = "多" if computed.value > 0 else "少"
    value = draft.derive(
        computed,
        [left, right],
        label=f"{named_in_full(left)} − {named_in_full(right)}",
        metric=left.figure.metric,
        period=left.period,
        again=lambda figures: compute.difference(figures[0], figures[1]),
        direction=word if computed.value else "",
    )
    shown = [draft.show(each, label=named_in_full(each)) for each in (left, right)]
    told = "；".join(f"{each.label} {each.number}{each.unit}" for each in shown)
    number = f"{value.number.lstrip('-')}{value.unit}（{computed.formula}）"
    side = f"前者比后者{word}" if computed.value else "两者相差"
    draft.text = f"{told}；{side} {number}。"
    return draft


def comparable(left: Candidate, right: Candidate) -> bool:
    """Whether two printed figures are of one measure and can be held against each other."""
    one, other = left.figure.quantity, right.figure.quantity
    apart = (left.report, left.figure.no) != (right.report, right.figure.no)
    plain = closed(left.figure) and closed(right.figure)
    budgets = {each.figure.role is Role.BUDGET for each in (left, right)}
    if len(budgets) > 1:
        return False
    return apart and plain and one.unit.compatible(other.unit) and one.unit.noun == other.unit.noun


def _draft(left: Candidate, right: Candidate, way: str) -> Draft:
    """Both figures, the one asked for first; neither where their intervals overlap."""
    draft = Draft(phrase=left.figure.metric)
    same = interval.of(left.figure.quantity).overlaps(interval.of(right.figure.quantity))
    order = sorted(
        (left, right), key=lambda each: each.figure.quantity.base, reverse=way not in LESS
    )
    values = [draft.show(each, label=named_in_full(each)) for each in order]
    told = "；".join(f"{value.label} {value.number}{value.unit}" for value in values)
    if same:
        draft.text = f"两者相同（按所印的精度）：{told}。"
    else:
        draft.text = f"{_whose(values[0], order)}较{way}：{told}。"
    return draft


def named_in_full(candidate: Candidate) -> str:
    """A figure's name with its body and project."""
    project = f"“{candidate.part.project.value}”" if candidate.part.project.value else ""
    return f"{candidate.part.entity.value}{project} {candidate.figure.metric}"


def _whose(first: Value, order: Sequence[Candidate]) -> str:
    bodies = {each.part.entity.value for each in order}
    return first.entity if len(bodies) == len(order) else f"“{first.project}”"
