"""Which of two figures of one name is meant: the report's of the year itself, the row over all money."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.model import Figure, Role
from ingest.quantity import Dimension
from qa.figures.evidence import Candidate, Cluster
from qa.figures.standing import equations_of
from qa.figures.weighing import FUNDS, NARROW
from qa.plan import Plan, Target
from qa.words import cues
from qa.words.matching import grams, plain_name, squeeze


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
    if _FUND_SAID.search(plan.question):
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


_FOR_ONE = re.compile(r"(?:标准|单价|定额)$|每[人生户亩月天]")
_ONE_ASKED = re.compile(r"标准|价|定额|每|均|一[台个份辆套人户亩盏平]|各?补|发")


_AN_AMOUNT = re.compile(
    r"(?:决算|预算)(?:数|额)?$|(?:支出|收入|支付|执行|到位)(?:数|总?额|合计|总计)$|(?:总额|金额|数额)$"
)
_RATES = (Role.COMPLETION, Role.GROWTH, Role.SHARE)


def is_unasked_rate(plan: Plan, target: Target, figure: Figure) -> bool:
    """Whether a figure is a rate where an amount is asked for, or what one gets where all of it is.

    三公经费决算 is never the 15.41% of its budget, and what was spent no 补助标准4元.
    """
    if figure.role in _RATES:
        asked = target.role in _RATES or target.dimension is Dimension.PERCENT
        amount = _AN_AMOUNT.search(squeeze(target.key)) and not cues.rate_said(plan.text)
        return bool(amount) and not asked and figure.quantity.unit.dimension is Dimension.PERCENT
    money = figure.quantity.unit.dimension is Dimension.MONEY
    return money and bool(_FOR_ONE.search(figure.metric)) and not _ONE_ASKED.search(plan.text)


_A_NAME = 4  # characters that no question says by chance


def told_by_name(target: Target, figure: Figure) -> bool:
    """Whether a target says the whole of what a figure's own clause calls it (累计汇聚数据量)."""
    name = squeeze(figure.subject)
    whole = len(name) >= _A_NAME and squeeze(figure.metric).endswith(name)
    return whole and name in squeeze(target.key) and not target.noun


IN_FULL = 0.99  # share of a name that stands in the question, where all of it does


_MOVED = (Role.CHANGE, Role.GROWTH, Role.ADJUSTMENT, Role.ADJUSTMENT_RATE)


def part_meant(target: Target, good: Sequence[Cluster]) -> Cluster:
    """The best figure, or the part in its own sentence that the question calls by its whole name.

    ``政府采购里服务支出`` means 服务 in 政府采购支出总额…，其中货物…、服务…; ``平台的累计数据量`` the
    second number of 平台接入主题1838个，累计数据量45.48亿条.
    """
    whole = good[0].best
    if whole.figure.locator.table is not None or whole.match.precision >= IN_FULL:
        return good[0]
    own = grams(whole.figure.metric)
    for cluster in good[1:]:
        part = cluster.best
        if target.role is None and part.figure.role in _MOVED:
            continue  # 较上年减少0.16万元 is called 三公经费 as a whole, and is none
        beside = part.document is whole.document and part.figure.sentence == whole.figure.sentence
        name = grams(part.figure.metric)
        if beside and part.match.precision >= IN_FULL and name and not name & own:
            return cluster
        if beside and told_by_name(target, part.figure) and not told_by_name(target, whole.figure):
            return cluster
    return good[0]


def told_before(target: Target, best: Candidate, other: Candidate) -> bool:
    """True for another number of the sentence, where the question says the name of the best alone."""
    beside = best.document is other.document and best.figure.sentence == other.figure.sentence
    prose = best.figure.locator.table is None
    named = told_by_name(target, best.figure) and not told_by_name(target, other.figure)
    return beside and prose and named


_TOTAL = re.compile(r"(?:年度|项目|全年)?资金(?:总额|合计)|合计|总计|总额")


def of_total(target: Target, whole: Candidate, part: Candidate) -> bool:
    """True for a source of the money in the column of 年度资金总额, where only the column is asked for."""
    one, other = whole.figure, part.figure
    place, spot = one.locator, other.locator
    column = (place.table, place.column) == (spot.table, spot.column) and place.table is not None
    if whole.document is not part.document or not (column and one.row_path and other.row_path):
        return False
    total = bool(_TOTAL.fullmatch(squeeze(one.row_path[-1])))
    return total and grams(target.key) <= grams(one.metric)


_NEAR = 0.25  # of a score: noughts of other lines that fit so much less well tell nothing


def lone_zero(other: Cluster, best: Cluster) -> bool:
    """A nought told once (涉及政府性基金预算支出 0 万元), beside a value that the report tells twice."""
    nought, told = other.best, best.best
    as_well = [each for each in other.members if each.score >= nought.score - _NEAR]
    if nought.figure.quantity.base or len(as_well) > 1 or not told.figure.quantity.base:
        return False
    if nought.document is not told.document or _row_name(nought.figure) != _row_name(told.figure):
        return False
    return any(equation.verdict.holds for equation in equations_of(told.document, told.figure))


def told_twice(good: Sequence[Cluster], best: Cluster) -> Cluster:
    """The value that the report tells twice, before a nought of that name told once."""
    return next((each for each in good if lone_zero(best, each)), best)


def _row_name(figure: Figure) -> str:
    return plain_name(figure.row_path[-1] if figure.row_path else figure.metric)
