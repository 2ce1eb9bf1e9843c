"""A part of a whole that the question names first (支出合计中，基本支出是多少): the part asked for alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.drafts import Draft
from qa.figures.around import told_with
from qa.figures.evidence import Candidate
from qa.model import Outcome
from qa.operands.apart import Ask
from qa.question.ellipsis import Named
from qa.words.matching import grams, squeeze

_WITHIN = re.compile(
    r"(?:的)?(?P<whole>[一-鿿“”\"()（）]{2,16}?)(?:当中|之中|里面|里头|中|里)(?:的|[,，]|其中|有){0,2}(?P<part>[一-鿿“”\"、]{2,20}?)"
    r"(?P<tail>(?:是|有|为|占了?|花了?|用了?|安排了?|共)?(?:多少|几)[^,，?？。]{0,6}[?？。]?)$"
)
_SHARE = re.compile(r"占|比[例重]|百分")
_COLUMN = re.compile(r"^(?:金额|数量|数|合计|总额|预算数?|决算数?)$")


def part_of_whole(question: str, named: Sequence[Named], ask: Ask) -> Draft | None:
    """The answer to the question for the part alone, where the report tells it as one of that whole.

    None for any other question, and where the whole's words do not stand around the figure.
    """
    question = question.strip()
    start = max((each.end for each in named if each.kind != "metric"), default=0)
    found = _WITHIN.search(question, start)
    if found is None or _SHARE.search(found["tail"]) or _COLUMN.match(found["part"]):
        return None
    whole = re.sub(r"^(?:(?:19|20)\d\d年?度?|的|度)+", "", found["whole"])
    lead = question[: found.start()]
    if len(squeeze(whole)) < _LEAST:
        return None
    _, _, draft = ask(f"{lead}{found['part']}{found['tail']}")
    if draft.outcome is not Outcome.ANSWERED or len(draft.figures) != 1 or len(draft.values) != 1:
        return None
    around = _around(draft.figures[0].candidate)
    return draft if grams(whole) <= around else None


_LEAST = 2


def _around(candidate: Candidate) -> frozenset[str]:
    """What a figure is told as a part of, with what introduces its table."""
    figure, document = candidate.figure, candidate.document
    said = [figure.basis, *told_with(candidate)]
    if figure.locator.table is not None and figure.block:
        before = document.blocks[figure.block - 1]
        said += [before.text] if before.table is None else []
    return frozenset(gram for text in said for gram in grams(text))
