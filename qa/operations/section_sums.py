"""Scores that stand one to a section, added up below the headings that a question names.

``“项目管理绩效指标分析”部分各三级指标的得分加起来``: no row and no sentence has that sum.
"""

from __future__ import annotations

import re
from collections import defaultdict

from ingest.figures.finding import heading_name
from ingest.model import Document, Figure, Role
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.operations.aggregates import sum_draft
from qa.operations.context import Context
from qa.words.matching import squeeze
from qa.words.numerals import number_of

_ROLES = (Role.SCORE, Role.FULL_MARK)
_TOGETHER = re.compile(r"一共|总共|合计|共计|加起来|加在一起|加总|之和|总和")
_COUNTED = re.compile(r"(?P<n>[两二三四五六七八九十]+|\d+)个(?:[一二三]级)?指标")
_ABOUT = re.compile(r"(?:绩效)?(?:情况)?(?:分析|评价)?$")
_A_NAME = 4  # characters of a heading that a question does not say by chance
_FEWEST = 2


def under_headings(context: Context) -> Draft | None:
    """The sum of the scores (or full marks) below the headings named; None unless it is plain."""
    plan = context.plan
    target = plan.targets[0] if plan.targets else None
    if target is None or not _TOGETHER.search(plan.text):
        return None
    role = Role.FULL_MARK if re.search("满分|分值", plan.text) else Role.SCORE
    if target.role not in (None, *_ROLES) or not re.search("得分|评分|多少分|几分|分值", plan.text):
        return None
    found: list[list[Candidate]] = []
    for report, parts in context.evidence.scoped(set(plan.asked_parts)):
        document = context.evidence.index(report).document
        own = [f for f in document.figures if f.part in parts and f.locator.table is None]
        members = _members(document, _named(document, squeeze(plan.question)), own, role)
        if len(members) >= _FEWEST:
            found.append([Candidate.sure(report, document, each) for each in members])
    if len(found) != 1:
        return None
    counted = _COUNTED.search(plan.text)
    if counted is not None and number_of(counted["n"]) != len(found[0]):
        return None
    return sum_draft(context, found[0], target.label.strip() or target.key)


def _named(document: Document, asked: str) -> frozenset[int]:
    """The innermost sections whose headings the question says."""
    said = {
        section.no: section
        for section in document.sections
        if len(name := squeeze(_ABOUT.sub("", heading_name(section.title)))) >= _A_NAME
        and name in asked
    }
    outer = {no for each in said.values() for no in _above(document, each.no)}
    return frozenset(set(said) - outer)


def _above(document: Document, section: int) -> list[int]:
    found: list[int] = []
    parent = document.sections[section].parent
    while parent is not None:
        found.append(parent)
        parent = document.sections[parent].parent
    return found


def _members(
    document: Document, named: frozenset[int], figures: list[Figure], role: Role
) -> list[Figure]:
    """The one score of each innermost section below; none where a section has two different ones."""
    held: defaultdict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        inside = named & {figure.section, *_above(document, figure.section)}
        if figure.role is role and inside:
            held[figure.section].append(figure)
    outer = {above for section in held for above in _above(document, section)}
    leaves = [its for section, its in held.items() if section not in outer and section not in named]
    if any(len({figure.quantity.base for figure in its}) > 1 for its in leaves):
        return []
    return [its[0] for its in leaves]
