"""No rate of growth where there was nothing before: a base of zero, or a report that says it had none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.model import BlockKind, Document, Locator, slice_spans
from ingest.reading.text import fold
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.model import Source
from qa.operations.context import Context, clear, label_for
from qa.operations.previous import statable
from qa.operations.stated_change import change_beside
from qa.plan import Target
from qa.present import place_at, shown
from qa.words.matching import squeeze

_NEAREST = 6  # figures of the asked name whose stated change is looked at


def from_nothing(target: Target, now: Candidate, before: Candidate) -> Draft:
    """The two figures of which the earlier one is zero."""
    base = "年初预算" if target.basis == "预算" else f"{before.period}年"
    draft, name = Draft(phrase=target.key), label_for(replace(target, label=target.key), now)
    draft.show(before, label=f"{base} {name}")
    draft.show(now, label=f"{now.period}年 {name}")
    draft.text = (
        f"{now.part.entity.value}{now.period}年 {name}为 {shown(now.figure)}，"
        f"{base}为 {shown(before.figure)}（基数为0，不可比），无法计算增长率。"
    )
    return draft


def stated_as_new(context: Context, target: Target) -> Draft | None:
    """A figure whose stated change is as large as it is: there was none of it before."""
    value = replace(target, role=None, dimension=None, basis="")
    against = target.basis or "上年"
    candidates = context.evidence.candidates(
        value, context.plan, years=context.plan.years, keep=statable
    )
    for candidate in [c for c in candidates if clear(context, c)][:_NEAREST]:
        change = change_beside(candidate, against=against)
        if change is None:
            continue
        base = compute.previous_value(candidate.figure, change.figure)
        return _new(target, candidate, change) if base.value == 0 else None
    return None


def _new(target: Target, candidate: Candidate, change: Candidate) -> Draft:
    label = f"{candidate.period}年 {target.label or target.key}"
    budget = target.basis == "预算"
    before = "年初预算" if budget else "上年"
    period = candidate.period
    if not budget and period.isdigit():
        period = str(int(period) - 1)
    draft = Draft(phrase=target.key)
    draft.derive(
        compute.previous_value(candidate.figure, change.figure),
        [candidate, change],
        label=f"{label} {before}数",
        metric=candidate.figure.metric,
        period=period,
        again=lambda figures: compute.previous_value(*figures),
    )
    draft.text = (
        f"{candidate.part.entity.value}{label}为 {shown(candidate.figure)}，比{before}增加"
        f" {shown(change.figure)}，{before}为 0（基数为0，不可比），无法计算增长率。"
    )
    return draft


_KIND_END = re.compile(
    r"(?:预算)?(?:财政拨款)?(?:收入|支出|收支|决算数?|合计|总额|经费|费用?)*(?:\d[\d.]*(?:万|亿)?元?)?$"
)
_SHORTEST = 4  # characters that name a kind of money of its own


def said_none(context: Context, target: Target, year: str) -> Draft | None:
    """A sentence that says there was none of it in the year compared with: no rate follows."""
    core = _KIND_END.sub("", squeeze(target.key))
    if len(core) < _SHORTEST or not year:
        return None
    none = re.compile(
        rf"(?:无|没有|未发生|未安排){re.escape(core)}|"
        rf"{re.escape(core)}[^，。；,;、]{{0,24}}[（(](?:上年|{year}年)(?:度)?(?:为|是)?(?:0|零)(?![.\d])|"
        rf"{re.escape(core)}[^，。；,;、]{{0,12}}(?:为零|为0(?![.\d]))"
    )
    for document, source, words in _sentences(context, core, year):
        flat = squeeze(words)
        if none.search(flat) or none.search(re.sub(r"\s", "", fold(words))):
            draft = Draft(phrase=target.key)
            draft.citations.append(source)
            draft.text = (
                f"{year}年没有{core}（{document.name}：“{words.strip()}”），"
                "基数为0，无法计算增长率。"
            )
            return draft
    return None


_SENTENCE = re.compile(r"[^。；;]+[。；;]?")


def _sentences(context: Context, core: str, year: str) -> Iterator[tuple[Document, Source, str]]:
    """The sentences on a subject that speak of a year: its own report's, and the next one's of it."""
    plan = context.plan
    bodies = {context.evidence.ref(key).entity for key in plan.parts}
    keys = [
        part.key
        for part in context.evidence.parts
        if part.entity in bodies and part.year in {year, *plan.years}
    ]
    for report, parts in context.evidence.scoped(keys):
        document = context.evidence.index(report).document
        for block in document.blocks:
            if core not in squeeze(block.text) or block.kind is BlockKind.HEADING:
                continue
            part = document.part_of(block.no)
            if part.no not in parts:
                continue
            for match in _SENTENCE.finditer(block.text):
                words = match.group()
                others = set(re.findall(r"20\d\d", words)) - {year}
                named = year in words or "上年" in words
                if core in squeeze(words) and (named if part.year != year else not others):
                    place = Locator(
                        slice_spans(block.spans, match.start(), match.end()), page=block.page
                    )
                    yield document, place_at(document, place, block.no), words
