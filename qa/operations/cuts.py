"""Adjustments of a budget that are counted (两次调减), and their sum."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import groupby

from ingest.model import Direction, Role
from ingest.quantity import Dimension
from qa.drafts import Draft
from qa.figures.evidence import Candidate
from qa.model import PartKey
from qa.operations.context import Context, sentence
from qa.operations.several import add_sum
from qa.words.matching import asked_grams, grams

_SEVERAL = re.compile(
    r"(?P<n>[两二三四2-4])(?:次|回|轮)(?:预算)?(?P<a>调[增减]|压减|核减|追加|调整)|"
    r"(?P<b>调[增减]|压减|核减|追加|减|砍)(?:了|过)?(?P<m>[两二三四2-4])(?:次|回|轮)"
)
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "2": 2, "3": 3, "4": 4}
_TOGETHER = re.compile(r"一共|总共|共|合计|加起来|总计|累计|加在一起")


def together(context: Context) -> Draft | None:
    """``两次调减一共多少``: the adjustments that one sentence counts up, and their sum.

    None where the sentences in scope that state so many do not all state the same.
    """
    plan = context.plan
    match = _SEVERAL.search(plan.text)
    if match is None or not _TOGETHER.search(plan.text) or not plan.parts:
        return None
    count = _COUNTS[match["n"] or match["m"]]
    up = (match["a"] or match["b"]) in ("调增", "追加")
    keys = _of_years(context, set(plan.project_parts))
    keys = keys or _of_years(context, plan.parts)
    asked = asked_grams(plan.text)

    def named(stated: list[Candidate]) -> int:
        return len(asked & grams(stated[0].figure.metric + stated[0].figure.sentence))

    found: dict[tuple[Decimal, ...], list[Candidate]] = {}
    for key in keys:
        for stated in _adjusted(context, key, Direction.UP if up else Direction.DOWN):
            if len(stated) == count:
                bases = tuple(c.figure.quantity.base for c in stated)
                found[bases] = max((found.get(bases, stated), stated), key=named)
    draft = Draft(phrase="调增" if up else "调减")
    if len(found) != 1:
        return None
    [figures] = found.values()
    for each in figures:
        draft.show(each)
    draft.text = "\n".join(
        sentence(value, each) for value, each in zip(draft.values, figures, strict=True)
    )
    return draft if add_sum(draft, figures, first=True) else None


def _of_years(context: Context, keys: Collection[PartKey]) -> list[PartKey]:
    """The parts of the years that are asked for."""
    years = context.plan.years
    return sorted(key for key in keys if not years or context.evidence.ref(key).year in years)


def _adjusted(context: Context, key: PartKey, way: Direction) -> Iterator[list[Candidate]]:
    """The adjustments of one direction, sentence by sentence."""
    report, part = key
    document = context.evidence.document(report)
    moved = [
        figure
        for figure in document.figures
        if figure.part == part
        and (figure.role, figure.direction) == (Role.ADJUSTMENT, way)
        and figure.quantity.unit.dimension is Dimension.MONEY
        and figure.locator.table is None
    ]
    for _, group in groupby(moved, key=lambda figure: (figure.block, figure.sentence)):
        yield [Candidate.sure(report, document, f) for f in group]
