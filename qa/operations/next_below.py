"""金额仅次于津贴补贴的是哪一项: the line of a table that comes next below a line that is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from qa.drafts import Draft
from qa.operations.context import Context
from qa.operations.families import Family, Member, families
from qa.words import cues
from qa.words.matching import squeeze

_NEXT = re.compile(
    r"(?:仅|只)?(?:次于|少于|低于|排在)(?P<name>[^,，。;；?？]{2,24}?)(?:之后|后面|以后)?的?(?:那(?:个|项|笔))?(?:又|会)?(?:是|属于)?"
    r"(?=哪|谁|什么)"
)
_ASKED = re.compile(r"仅次于|只次于|(?:紧)?(?:排|跟|随)在[^,，。]{2,24}(?:之后|后面)的")
_LEAST = 3  # lines of which one is next to another
_FAR = 0.1  # a table that fits so much worse is not the one that is meant


def next_below(context: Context) -> Draft | None:
    """The line whose figure comes next below that of the line named; None where tables disagree."""
    plan = context.plan
    said = _NEXT.search(plan.text) if _ASKED.search(plan.text) else None
    if said is None or not plan.targets:
        return None
    name = squeeze(said["name"].strip('“”"《》'))
    around = cues.content(plan.text[: said.start()] + " " + plan.text[said.end() :])
    wanted = replace(plan.targets[0], key=around, noun="", role=None, dimension=None)
    found: list[tuple[Family, Member, Member]] = []
    for family in families(context, wanted):
        pair = _next_in(family, name)
        if pair is not None:
            found.append((family, *pair))
    found = [each for each in found if each[0].score >= found[0][0].score - _FAR]
    if not found or len({(squeeze(after.name), _value(after)) for _, _, after in found}) != 1:
        return None
    _, first, after = found[0]
    draft = Draft(phrase=after.name)
    value = draft.show(after.candidate, label=after.name, unit=plan.unit)
    beside = draft.show(first.candidate, label=first.name, unit=plan.unit)
    draft.text = (
        f"{value.entity}{value.period}年仅次于{first.name}（{beside.number}{beside.unit}）的是 "
        f"{after.name}：{value.number}{value.unit}。"
    )
    return draft


def _value(member: Member) -> str:
    return str(member.candidate.figure.quantity.base)


def _next_in(family: Family, name: str) -> tuple[Member, Member] | None:
    """The member that is named, and the one next below it among its siblings."""
    named = [member for member in family.members if squeeze(member.name) == name]
    if len(named) != 1:
        return None
    siblings = [m for m in family.members if m.path[:-1] == named[0].path[:-1]]
    if len(siblings) < _LEAST or not _alike(siblings):
        return None
    less = sorted((m for m in siblings if _base(m) < _base(named[0])), key=_base, reverse=True)
    if not less or (len(less) > 1 and _base(less[0]) == _base(less[1])):
        return None
    return named[0], less[0]


def _base(member: Member) -> Decimal:
    return member.candidate.figure.quantity.base


def _alike(members: Sequence[Member]) -> bool:
    return len({m.candidate.figure.quantity.unit.dimension for m in members}) == 1
