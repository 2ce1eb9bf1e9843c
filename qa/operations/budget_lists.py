"""Items of the accounts whose final figure is beyond, below or without a budget at the start."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.model import Document, Figure, Role
from ingest.quantity import Dimension
from ingest.reading.text import fold
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.figures.weighing import FUNDS
from qa.operations.context import Context
from qa.operations.marks import year_words
from qa.words import cues

_WHICH = re.compile(r"哪[些几]|有哪|列出|列示|列明|列举")
_ITEMS = re.compile(r"科目|项级|款项|支出项|(?:哪[些几]个?)(?:项|支出)")
_NONE = re.compile(
    r"(?:年初|预算)[^,，。;；?？]{0,4}?(?:没有?|未|一分钱?(?:都)?没|无)(?:有)?(?:安排|列|编制|编|批|给)?(?:预算|钱)?"
    r"|(?:没有?|未|无)(?:安排|编制|列入|列)?年初预算|年初预算(?:数)?(?:为|是)?(?:零|0(?:\.0+)?(?:万元|元)?)(?!\d)"
)
_OVER = re.compile(
    r"(?:大于|超过|超出|高于|多于|超)了?(?:年初)?预算|超(?:年初)?预算|超支(?!率)|预算(?:不够|超了)"
)
_UNDER = re.compile(r"(?:小于|低于|少于|不足|没达到|未达到)了?(?:年初)?预算|没花到预算")
_ITEM = re.compile(
    r"(?:^|[)）])(?P<name>[^()（）]{2,30}(?:[(（][^()（）]{1,12}[)）])?)[(（]项[)）]$"
)
_TOLD = re.compile(r"[(（]项[)）][。,，:：]?\s*年初预算(?:数)?为?\s*\d")
_LEAST = 3  # items that a report must tell so for a list of them to be whole


@dataclass(frozen=True, slots=True)
class _Item:
    """An item with its budget at the start of the year and its final figure."""

    name: str
    budget: Candidate
    final: Candidate

    @property
    def over(self) -> int:
        """1 above the budget, −1 below it, 0 level with it."""
        budget, final = self.budget.figure.quantity.base, self.final.figure.quantity.base
        return (final > budget) - (final < budget)


def beyond_budget(context: Context) -> Draft | None:
    """Which items had no budget at the start, which spent more than it, which less."""
    question = cues.unquoted(fold(context.plan.question))
    test = _test_of(question)
    if test is None or not _WHICH.search(question) or not _ITEMS.search(question):
        return None
    found = [items for items in _reports(context, question) if len(items) >= _LEAST]
    if len(found) != 1:
        return None
    chosen = [item for item in found[0] if test[1](item)]
    if not chosen:
        return None
    draft = Draft(phrase=context.plan.targets[0].key, whole=True)
    lines: list[str] = []
    for item in chosen:
        budget = draft.show(item.budget, label=f"{item.name}年初预算")
        final = draft.show(item.final, label=f"{item.name}支出决算")
        lines.append(
            f"{item.name}（年初预算 {budget.number}{budget.unit}，支出决算 {final.number}{final.unit}）"
        )
    first = draft.values[0]
    entries = "\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1))
    draft.text = (
        f"{first.entity}{year_words(first.period)}逐项说明的 {len(found[0])} 个项级科目中，"
        f"{test[0]}的有 {len(chosen)} 个：\n{entries}"
    )
    return draft


def _test_of(question: str) -> tuple[str, Callable[[_Item], bool]] | None:
    """What the question asks of an item, in words and as a test."""
    if _NONE.search(question):
        return (
            "年初没有预算、年中有支出",
            lambda item: not item.budget.figure.quantity.base and (item.over > 0),
        )
    if _OVER.search(question):
        return "决算大于年初预算", lambda item: item.over > 0
    if _UNDER.search(question):
        return "决算小于年初预算", lambda item: item.over < 0
    return None


def _reports(context: Context, question: str) -> list[list[_Item]]:
    """The items of each report in scope, in its order."""
    plan = context.plan
    fund = next((word for word in FUNDS if word in question), "")
    found: list[list[_Item]] = []
    for report, parts in context.evidence.scoped(plan.parts):
        document = context.evidence.index(report).document
        asked = {n for n in parts if not plan.years or document.parts[n].year in plan.years}
        items: list[_Item] = []
        open_budget: Figure | None = None
        for figure in document.figures:
            money = figure.quantity.unit.dimension is Dimension.MONEY
            told = figure.locator.table is None and _ITEM.search(fold(figure.subject).strip())
            if figure.part not in asked or not money or not told:
                continue
            if not _of_fund(document, figure.section, fund):
                continue
            if figure.role is Role.BUDGET and "年初预算" in figure.metric:
                open_budget = figure
            elif "决算" in figure.metric and open_budget and open_budget.subject == figure.subject:
                pair = (Candidate.sure(report, document, each) for each in (open_budget, figure))
                items.append(_Item(told["name"], *pair))
                open_budget = None
        if items and len(items) == _told_in_all(document, asked, fund):
            found.append(items)
    return found


def _told_in_all(document: Document, parts: set[int], fund: str) -> int:
    """How many items the paragraphs tell so: a list that lacks one of them is none."""
    count = 0
    for block in document.blocks:
        own = block.table is None and document.part_of(block.no).no in parts
        if own and _of_fund(document, block.section, fund):
            count += len(_TOLD.findall(fold(block.text)))
    return count


def _of_fund(document: Document, section: int, fund: str) -> bool:
    """Whether a section may be about a fund: its headings name it, or no other."""
    above = "".join(document.section_path(section))
    return not fund or fund in above or not any(word in above for word in FUNDS)
