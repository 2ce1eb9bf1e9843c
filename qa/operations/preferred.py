"""Which of two figures of one name is meant: the report's of the year itself, the row over all money."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.model import Figure
from qa.figures.evidence import Candidate, Cluster
from qa.figures.weighing import FUNDS, NARROW
from qa.plan import Plan
from qa.words.matching import plain_name, squeeze


def told_later(own: Candidate, later: Candidate) -> bool:
    """True where a later report of the body tells last year's value of what `own` is in its year.

    What it gives otherwise contradicts the report of the year, and leaves nothing to choose.
    """
    return (
        own.period == later.period == own.part.year != later.part.year
        and own.part.entity.value == later.part.entity.value
        and own.part.project.value == later.part.project.value
        and own.figure.role is later.figure.role
        and squeeze(own.figure.metric) == squeeze(later.figure.metric)
    )


def of_its_own_year(good: Sequence[Cluster], best: Cluster) -> Cluster:
    """The statement of the report of the year itself, before what a later one says of that year."""
    own = (each for each in good if told_later(each.best, best.best))
    return next(own, best)


# A fund, a part of the spending, or an account as the text on 一般公共预算 prints it (某支出（项）).
_FUND_SAID = re.compile(
    r"财政拨款|公共预算|政府性基金|国有资本|基金|项目|基本|人员|公用|[(（][类款项][)）]"
)


def of_all_funds(plan: Plan, good: Sequence[Cluster], best: Cluster) -> Cluster:
    """The row over all money, before the same row of one fund that the question does not name."""
    first = best.best
    question = plan.question
    if _FUND_SAID.search(question):
        return best
    if not any(fund in each.figure.scope for each in best.members for fund in FUNDS):
        return best
    wider = (
        each
        for each in good
        if not any(narrow in each.best.figure.scope for narrow in NARROW)
        and each.best.document is first.document
        and each.best.period == first.period
        and each.best.figure.role is first.figure.role
        and each.best.figure.quantity.unit.compatible(first.figure.quantity.unit)
        and each.best.figure.quantity.base > first.figure.quantity.base
        and _row_name(each.best.figure) == _row_name(first.figure)
    )
    return next(wider, best)


def _row_name(figure: Figure) -> str:
    return plain_name(figure.row_path[-1] if figure.row_path else figure.metric)
