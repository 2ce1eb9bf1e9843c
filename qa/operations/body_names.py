"""What one body is called in the reports of several years: 2023年决算和2024年自评说明里各叫什么名字."""

from __future__ import annotations

import re

from qa.drafts import Draft
from qa.model import PartKey, PartRef
from qa.operations.context import Context
from qa.present import place_at
from qa.words.matching import shortens, squeeze

_ASKED = re.compile(
    r"(?:各自?|分别)(?:叫|称|用的?是?)(?:什么|啥|哪个)?(?:名字|名称|名)?|(?:名字|名称)(?:各|分别)是?(?:什么|啥)"
)
# 管民政的这个局, 主管市场监管的局: what the body is in charge of.
_IN_CHARGE = re.compile(
    r"(?:主管|负责|分管|管)(?P<what>[一-鿿]{2,8}?)(?:工作)?的(?:这个|那个|这家|那家)?(?:局|委|厅|部门|单位|机构)"
)
_FEWEST = 2  # years


def called(context: Context) -> Draft | None:
    """The body's name in each year, with the title that bears it; None where a year has two bodies."""
    plan = context.plan
    if len(plan.years) < _FEWEST or not _ASKED.search(plan.question):
        return None
    found: list[tuple[str, PartKey, PartRef]] = []
    for year in plan.years:
        bodies = _bodies(context, year)
        if len({ref.entity for _, ref in bodies}) != 1:
            return None
        found.append((year, *bodies[0]))
    draft = Draft(phrase="名称", whole=True)
    for _, key, _ in found:
        document = context.evidence.document(key[0])
        fact = document.parts[key[1]].entity
        if fact.locator is None:
            return None
        first = document.parts[key[1]].first_block
        draft.citations.append(place_at(document, fact.locator, first))
    draft.text = "；".join(f"{year}年：{ref.entity}" for year, _, ref in found) + "。"
    return draft


def _bodies(context: Context, year: str) -> list[tuple[PartKey, PartRef]]:
    """The parts of a year, those of the body itself first, whose body is in charge of what is said."""
    plan = context.plan
    charge = _IN_CHARGE.search(plan.question)
    refs = [(key, context.evidence.ref(key)) for key in plan.parts]
    own = [
        (key, ref)
        for key, ref in refs
        if ref.year == year and ref.entity and (not plan.entities or ref.entity in plan.entities)
    ]
    if charge is not None:
        what = squeeze(charge["what"])
        own = [each for each in own if what in each[1].entity or shortens(what, each[1].entity)]
    return sorted(own, key=lambda each: bool(each[1].project))
