"""What an indicator lost, as a sentence divides it: 过程指标扣2.4分：甲扣0.9分，乙扣1.5分."""

from __future__ import annotations

import re
from decimal import Decimal

from ingest.model import Document, Figure, Role
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.scores.scorecard import Mark
from qa.words.matching import squeeze

_LOST = re.compile(r"(?:指标|部分|方面)?(?:被|共|合计)*(?:扣|失|丢)(?:了|掉|去)*$")


def told_apart(document: Document, report: int, mark: Mark) -> Draft | None:
    """The lost points of an indicator by what they were lost for.

    Only where one sentence tells the whole and its parts, the parts add up to it, and the whole is
    what the score sheet says was lost.
    """
    for whole in _lost(document):
        if _name(whole) != squeeze(mark.name) or whole.quantity.base != mark.lost:
            continue
        parts = [
            each
            for each in _lost(document)
            if each.no > whole.no and each.block == whole.block and each.sentence == whole.sentence
        ]
        if not parts or sum((each.quantity.base for each in parts), Decimal(0)) != mark.lost:
            continue
        return _draft(document, report, mark, parts)
    return None


def _lost(document: Document) -> list[Figure]:
    return [f for f in document.figures if f.role is Role.DEDUCTION and f.sentence]


def _name(figure: Figure) -> str:
    """The indicator that a deduction is told of, without quotes."""
    return squeeze(_LOST.sub("", re.sub(r"[“”\"\s]", "", figure.metric)))


def _draft(document: Document, report: int, mark: Mark, parts: list[Figure]) -> Draft:
    draft = Draft(phrase=mark.name)
    for figure in parts:
        name = _LOST.sub("", figure.metric)
        candidate = Candidate.sure(report, document, figure)
        draft.show(candidate, label=f"{name}扣分")
    lines = "；".join(
        f"{_LOST.sub('', figure.metric)}扣 {value.number} 分"
        for figure, value in zip(parts, draft.values, strict=True)
    )
    first = draft.values[0]
    lost = f"{mark.lost.normalize():f}"
    draft.text = f"{first.entity}{first.period}年“{mark.name}”共扣 {lost} 分：{lines}。"
    return draft
