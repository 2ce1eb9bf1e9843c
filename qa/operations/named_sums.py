"""``人员经费加公用经费与基本支出是否相符``: named figures added up and held against a named one."""

from __future__ import annotations

import re
from decimal import Decimal

from ingest.model import Figure
from ingest.quantity import UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.operations.context import Context, choose
from qa.operations.pairs import is_amount, side
from qa.operations.quoted import half_units, sum_draft
from qa.plan import Target
from qa.present import source_of
from qa.words import cues

_ADDED = re.compile(
    r"(?P<parts>[^,;?。]*?[^,;?。加]加上?[^,;?。]+?)(?:两项|二者|两者|之和|的和)?[,]?(?:与|和|同|跟|是否|是不是|等于)+"
    r"(?P<whole>[一-鿿]{2,12}?)数?\s*(?P<n>\d[\d.]*)?\s*(?:万元|亿元|元)?(?:是否|是不是|能否)?"
    r"(?:相符|一致|吻合|相等|等于|对得上)"
)


def added_up(context: Context) -> Draft | None:
    """The sum of named figures of one report against a named total, where it holds.

    A sum that does not hold proves nothing: what is named need not be all the parts.
    """
    match = _ADDED.search(context.plan.text)
    if match is None:
        return None
    pieces = [cues.content(piece) for piece in re.split(r"加上?", match["parts"])]
    number = Decimal(match["n"].rstrip(".")) if match["n"] else None

    def meant(figure: Figure) -> bool:
        return is_amount(figure) and (number is None or figure.quantity.value == number)

    whole = choose(context, Target(cues.content(match["whole"]), label=match["whole"]), keep=meant)
    if whole.best is None or not all(pieces):
        return None
    total = whole.best.best
    parts: list[Candidate] = []
    for piece in pieces:
        found = choose(
            context,
            side(context, piece),
            keys=[_part(total)],
            years=(total.period,),
            keep=is_amount,
        )
        if found.best is None:
            return None
        parts.append(found.best.best)
    return _held(total, parts)


def _part(candidate: Candidate) -> tuple[int, int]:
    return candidate.report, candidate.figure.part


def _held(total: Candidate, parts: list[Candidate]) -> Draft | None:
    figures = [each.figure for each in parts]
    if len({f.no for f in (*figures, total.figure)}) != len(parts) + 1:
        return None
    try:
        added = compute.total(figures)
        value = added.value * added.unit.factor
    except UnitError:
        return None
    unit = total.figure.quantity.unit
    slack = half_units(figures, total.figure)
    if (
        slack is None
        or not added.unit.compatible(unit)
        or any(f.quantity.unit != unit for f in figures)
    ):
        return None
    gap = abs(value - total.figure.quantity.base) / unit.factor
    if gap > slack:
        return None
    draft = sum_draft(total, figures, value / unit.factor, gap)
    draft.involved.extend(parts)
    draft.citations.extend(source_of(each) for each in parts)
    return draft
