"""How many innermost indicators a score sheet has, as a whole or below one that the question names."""

from __future__ import annotations

import re

from ingest.figures.finding import strip_number
from qa.drafts import Draft
from qa.operations.context import Context
from qa.operations.statements import too_wide
from qa.operations.tallies import counted_value
from qa.present import source_at
from qa.scores.scorecard import Mark, score_sheet
from qa.words import cues
from qa.words.matching import squeeze

_HOW_MANY = re.compile(r"(?:多少|几)个?(?:具体的?)?(?P<level>三级|末级|具体)?(?P<noun>指标)")
# What a question for all of them says besides: 评价体系里, 四个一级指标下面一共设了.
_GENERAL = re.compile(
    r"(?:绩效|项目|支出|评价|评分|打分|自评|体系|正文|报告|指标|表|一级|二级|四个|[两三四五六]个|下面|底下|下|里面|里|中|内|逐项|"
    r"一共|总共|合计|共|全部|所有|各|设置|设立|设|有|包含|包括|列|分成?|是|了|的|按|根据|这一?类|这一?项|这个|一类|类|科目)+"
)
_LEAST = 2  # indicators of a sheet


def indicators(context: Context) -> Draft | None:
    """The number of innermost indicators, from the one score sheet in scope; None where another word is left."""
    plan = context.plan
    asked = _HOW_MANY.search(cues.unquoted(plan.text))
    if asked is None or too_wide(plan):
        return None
    rest = f"{plan.text[: asked.start()]} {plan.text[asked.end() :]}"
    sheets = []
    for report, parts in context.evidence.scoped(plan.project_parts or plan.asked_parts):
        document = context.evidence.index(report).document
        marks = [mark for mark in score_sheet(document, parts) if mark.leaf]
        if len(marks) >= _LEAST:
            sheets.append((document, marks))
    if len(sheets) != 1:
        return None
    document, marks = sheets[0]
    head, left = _head_of(marks, rest)
    if left or (not head and asked["level"] is None):
        return None
    inside = [mark for mark in marks if not head or head in map(_plain, mark.path[:-1])]
    if len(inside) < _LEAST:
        return None
    part = document.parts[inside[0].score.part]
    sources = tuple(source_at(document, mark.score) for mark in inside)
    value = counted_value(plan, "个", len(inside), sources, part.year, part.entity.value)
    draft = Draft(phrase=value.label, whole=True)
    draft.values.append(value)
    names = "、".join(mark.name for mark in inside)
    below = f"“{head}”下" if head else "评分表"
    draft.text = f"{value.entity}{part.year}年{below}共 {value.number} 个末级指标：{names}。"
    return draft


def _plain(label: str) -> str:
    return re.sub(r"[(（]\d+分?[)）]", "", squeeze(strip_number(label)))


def _head_of(marks: list[Mark], rest: str) -> tuple[str, str]:
    """The indicator above others that a question names, and what else it names beside general words."""
    flat = squeeze(rest)
    heads = {_plain(label) for mark in marks for label in mark.path[:-1]}
    named = max((head for head in heads if head and head in flat), key=len, default="")
    left = _GENERAL.sub("", re.sub(r"[“”\"《》,，。?？:：\s]|\d+", "", flat.replace(named, " ")))
    return named, left
