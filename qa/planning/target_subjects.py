"""What a target takes over from the asks before it: the subject of its measure, its name, its role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.model import Role
from ingest.quantity import Dimension
from qa.plan import Target
from qa.planning.carried import BUDGETS, MONEYS, measure_of, plain_measure, subject_of, without_aim
from qa.words import cues
from qa.words.matching import squeeze

GRADES = ("等级", "评价等级", "自评等级", "等次", "评级", "档次")
_LONGEST_NAME = 16
_A_PROJECT = re.compile(r"(?:项目|工程|专项|资金|经费|补助|补贴)$")
_SAYS_MONEY = re.compile(
    r"[钱帐账]$|情况|变化|过程|报告|预算|支出|收入|请|说|列|按|从|对|"
    r"^(?:(?:专项|重点|该|本|这个?|那个?|上述|财政|全部|所有|各个?|一般)*(?:项目|资金|经费|专项)+)$"
)


def measured(target: Target, before: Sequence[Target]) -> Target:
    """A target that says nothing but a measure, with the role that this gives it.

    What was done (建了几座) after what was planned is what was reached.
    """
    key = plain_measure(target.key)
    measure = measure_of(key)
    role = target.role or (Role.BUDGET if measure in BUDGETS else None)
    planned = before and before[-1].role is Role.TARGET and target.dimension is not None
    if role is None and planned and cues.thin(target.key):
        role = Role.ACTUAL
    return replace(target, key=key, measure=measure, role=role)


def same_name(target: Target, before: str) -> str:
    """The name that an ask without one takes over from the ask before it.

    A score behind the amounts of a whole is that of the whole.
    """
    if measure_of(before):
        scored = target.role in (Role.SCORE, Role.FULL_MARK)
        return "总得分" if scored else target.label or before
    return subject_of(before) or without_aim(before)


def carried_subject(target: Target, before: Sequence[Target], clause: str) -> str:
    """What the list of asks said before its first measure, for a target that is a bare measure."""
    if not target.measure or not before:
        return ""
    last = before[-1]
    spent = target.dimension is Dimension.MONEY and "钱" in clause and bool(last.noun)
    aimed = last.role in (Role.TARGET, Role.ACTUAL) and not last.measure
    rated = aimed and target.measure not in MONEYS
    if last.role is Role.SCORE and _A_PROJECT.search(squeeze(last.key)):
        return last.key
    return subject_of(last.key) or (without_aim(last.key) if spent or rated else "")


def told_first(target: Target, told: str) -> str:
    """``死亡抚恤，年初预算多少``: what a clause of its own names before a bare measure."""
    own = squeeze(told)
    if not target.measure or not 2 < len(own) <= _LONGEST_NAME:
        return ""
    return "" if measure_of(own) or cues.thin(own) or _SAYS_MONEY.search(own) else told
