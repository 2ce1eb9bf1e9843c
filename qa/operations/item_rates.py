"""Accounts ranked, or chosen by a bound, by how much of their budget they spent: one sentence each."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.model import Figure, Role
from ingest.reading.text import fold
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.operations.context import Context
from qa.operations.grid import asked_words, unexplained
from qa.operations.grid_lines import ASKING
from qa.plan import Operation, Order
from qa.words import bounds
from qa.words.matching import squeeze

_RATE = re.compile(
    r"完成(?:了)?(?:年初|全年)?预算(?:数)?的?(?:比例|比重|百分比|进度|程度)?|预算(?:完成|执行)(?:率|比例)|完成得?(?=最|比例)|执行率|完成率"
)
_ITEMS = re.compile(r"项级|科目|各个?项|哪一?项|[(（]项[)）]")
_ITEM = re.compile(r"(?P<name>[^()（）]+?)[(（]项[)）]\s*$")
_SAID = "一般公共预算财政拨款支出决算年初预算具体情况科目功能分类项级各项"
_EXTREME = re.compile(
    r"(?:最|排|居|前|第)[一-鿿\d]{0,3}?[高低大小多少好差]?者?|有(?:年初)?预算|年初(?:已)?(?:列|有)预算"
)
_FEWEST = 3  # accounts below which nothing is ranked


def by_item(context: Context) -> Draft | None:
    """The accounts with the highest or lowest rate, or those whose rate meets a bound."""
    plan, text = context.plan, asked_words(context)
    test = bounds.condition_of(text) if plan.operation is Operation.FILTER else None
    if not _RATE.search(text) or not _ITEMS.search(text) or (test is None and plan.order is None):
        return None
    found = _rates(context)
    bare = bounds.without_condition(text) if test else text
    rest = _EXTREME.sub(" ", _RATE.sub(" ", ASKING.sub(" ", bare)))
    if len(found) < _FEWEST or unexplained(rest, _around(found)):
        return None
    if test is not None:
        chosen = [each for each in found if test(each.figure.quantity.base)]
    else:
        least = plan.order is Order.LEAST
        ranked = sorted(found, key=lambda c: c.figure.quantity.base, reverse=not least)
        edge = ranked[min(plan.top, len(ranked)) - 1].figure.quantity.base
        last = max(n for n, c in enumerate(ranked, 1) if c.figure.quantity.base == edge)
        chosen = ranked[:last]
    if not chosen:
        return None
    draft = Draft(phrase=chosen[0].figure.metric)
    for each in chosen:
        draft.show(each, label=each.figure.metric)
    first = draft.values[0]
    word = "符合条件的" if test else "最低" if plan.order is Order.LEAST else "最高"
    names = "；".join(f"{v.label} {v.number}{v.unit}" for v in draft.values)
    draft.text = (
        f"{first.entity}{first.period}年各项科目支出决算完成年初预算的比例，{word}：{names}"
        f"（共比较 {len(found)} 项）。"
    )
    return draft


def _rates(context: Context) -> list[Candidate]:
    """The rate of each account in scope, by its own name; none where one has two."""
    plan = context.plan
    rates: dict[str, Candidate] = {}
    for report, parts in context.evidence.scoped(plan.parts):
        document = context.evidence.index(report).document
        for figure in document.figures:
            item = _item(figure)
            known = not plan.years or figure.period in plan.years
            if not item or not known or figure.part not in parts:
                continue
            named = replace(figure, metric=item)
            one = Candidate.sure(report, document, named)
            before = rates.setdefault(fold(figure.subject), one)
            if before.figure.quantity.base != figure.quantity.base:
                return []
    return list(rates.values())


def _item(figure: Figure) -> str:
    """The account of a sentence's rate: ``…（款）培训支出（项）``; "" for another figure."""
    if figure.role is not Role.COMPLETION or figure.locator.table is not None:
        return ""
    match = _ITEM.search(figure.subject)
    return match["name"].strip() if match else ""


def _around(found: list[Candidate]) -> str:
    first = found[0]
    titles = first.document.section_path(first.figure.section)
    part = first.part
    return squeeze("，".join((_SAID, *titles, part.title.value, part.entity.value)))
