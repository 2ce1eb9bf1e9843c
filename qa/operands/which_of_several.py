"""Which of several that a question lists is most or least (货物、工程、服务哪类最多): each asked for alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest import interval
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.model import PartRef
from qa.operands.apart import Ask, sure_operand
from qa.operands.which_of_two import LESS, comparable, named_in_full
from qa.question.ellipsis import Named

_WHICH = re.compile(
    r"[,，]?(?:这|这里面|其)?(?:[三四五六七八][个项类者种方家])?(?:当中|之中|里面?|中)?[,，]?"
    r"(?:哪一?[个家项类种笔块]|谁|哪)的?(?P<measure>[一-鿿\d]{0,10}?)"
    r"(?:是|为|花得?|用得?|占得?|要)*最(?P<way>多|高|大|少|低|小)[,，]?(?P<also>(?:是|有|为)?多少[^?？。]{0,4}|各?是多少)?[?？。]?$"
)
_AND = re.compile(r"、|以及|和|与|跟|及|还是")
_MOST, _FEWEST = 8, 3
_LEAD = re.compile(r"^(?:度|年度?|的|[,，])+")
_OF = re.compile(r"[,，:：]|中的|里面?的?|当中的?|的(?!费|支出)")


def largest_listed(
    question: str, named: Sequence[Named], parts: Sequence[PartRef], ask: Ask
) -> Draft | None:
    """The largest or smallest of the figures that a question lists, with all of them.

    None for any other question, and where one of them has no certain answer when asked for alone.
    """
    question = question.strip()
    which = _WHICH.search(question)
    if which is None:
        return None
    head = question[: which.start()]
    at = max((each.end for each in named if each.end <= len(head)), default=0)
    lead = _LEAD.match(head[at:])
    at += lead.end() if lead else 0
    listed = [piece.strip("，,的 ") for piece in _AND.split(head[at:])]
    if not _FEWEST <= len(listed) <= _MOST or not all(listed):
        return None
    ends = [found.end() for found in _OF.finditer(listed[0])]
    for end in dict.fromkeys((*reversed(ends), 0)):
        scope, first = f"{head[:at]}{listed[0][:end]}", listed[0][end:]
        names = (first, *listed[1:])
        found = [_one(scope, name, which["measure"], parts, ask) for name in names if name]
        sure = [each for each in found if each is not None]
        if len(sure) == len(listed) and all(comparable(a, b) for a, b in pairwise(sure)):
            return _draft(sure, names, which["way"])
    return None


def _one(
    scope: str, name: str, measure: str, parts: Sequence[PartRef], ask: Ask
) -> Candidate | None:
    """The figure of one of those listed: 服务类 is told as 服务, too."""
    ways = (name, name.removesuffix("类"))
    tried = (sure_operand(f"{scope}{way}{measure}是多少？", parts, ask) for way in ways)
    return next((each for each in tried if each is not None), None)


def _draft(found: Sequence[Candidate], names: Sequence[str], way: str) -> Draft | None:
    """All figures, the one asked for first; none where the intervals of the first two overlap."""
    pairs = sorted(
        zip(found, names, strict=True),
        key=lambda pair: pair[0].figure.quantity.base,
        reverse=way not in LESS,
    )
    (first, name), (second, _) = pairs[:2]
    if interval.of(first.figure.quantity).overlaps(interval.of(second.figure.quantity)):
        return None
    if len({(each.report, each.figure.no) for each in found}) != len(found):
        return None
    draft = Draft(phrase=name)
    values = [draft.show(each, label=named_in_full(each)) for each, _ in pairs]
    told = "；".join(
        f"{called} {value.number}{value.unit}"
        for value, (_, called) in zip(values, pairs, strict=True)
    )
    draft.text = f"{first.part.entity.value}{first.period}年“{name}”最{way}：{told}。"
    return draft
