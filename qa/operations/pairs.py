"""Two figures of one relation: found each by its words, preferably in one table or sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from ingest.model import Figure, Role
from ingest.quantity import Dimension
from qa.figures.evidence import Candidate, Cluster
from qa.operations.context import Context, choose, closed
from qa.operations.previous import derived
from qa.plan import Target
from qa.words import cues
from qa.words.matching import squeeze

_ANY_WHOLE = re.compile(
    r"^(?:项目|资金|经费|全年|实际|全部|总|支出|收入|费用|金额|投入|合计|总额|总计|数|明细|决算|表)+$"
)


# The total of a whole table; 人员经费合计 is the total of a part of it.
_TOTAL_OF_ALL = re.compile(r"^(?:(?:本年)?(?:支出|收入)?(?:合计|总计|总额)|金额合计|总分|)$")


class Pair(NamedTuple):
    """Two figures of one relation, and those that they were worked out from, if they were."""

    left: Cluster
    right: Cluster
    behind: tuple[Candidate, ...] = ()


def find_pair(context: Context, part: str, whole: str) -> Pair | None:
    """The part's figure and the whole's, best where they stand in one table or sentence."""
    left = choose(context, side(context, part), keep=on_side(part, is_amount))
    found = left.rivals if left.best is None else (left.best,)
    beside = [(c, whole_in_sentence(c.best, whole)) for c in found]
    pairs = [Pair(c, total) for c, total in beside if total is not None]
    if len(pairs) == 1:
        return pairs[0]
    if left.best is None and left.rivals:
        right = choose(context, side(context, whole), keep=is_amount)
        if right.best is None:
            return None
        together = [c for c in left.rivals if share_place(c, right.best)]
        return Pair(together[0], right.best) if len(together) == 1 else None
    if left.best is None:
        return _derived_pair(context, part, whole)
    for member in left.best.members:
        same = _of_same_thing(member, whole)
        if same is not None:
            return Pair(Cluster(member, (member,)), same)
        total = total_of(member, whole)
        if total is not None:
            return Pair(left.best, total)
    near = [(left.best.best.report, left.best.best.figure.part)]
    for keys in (near, None):
        right = choose(
            context,
            side(context, whole),
            keys=keys,
            keep=other_than(left.best.best.figure, on_side(whole, is_amount)),
        )
        if right.best is not None and one_scope(context, left.best.best, right.best.best):
            return Pair(left.best, right.best)
        together = [c for c in right.rivals if share_place(c, left.best)]
        if len(together) == 1:
            return Pair(left.best, together[0])
    return None


# What an amount was before it was spent: of one thing, where nothing else is named.
_STAGE = re.compile(
    r"^(?:其|该|原|本年度?|当年|全年|年初|年度|下达的?|安排的?|财政)*"
    r"(?P<stage>(?:全年|年初|调整后?|原)?(?:预算|计划|下达|合同|到位|安排|批复|申报|中标|目标)(?:数|额|金额|价款?|资金|投资|值)*)$"
)
_PLAIN_END = re.compile(r"(?:[(（][^()（）]*[)）]|数|额|金额|资金|值)+$")


def _of_same_thing(part: Candidate, whole: str) -> Cluster | None:
    """Of 决算占预算 the one budget in the row of what was spent, or in its column."""
    place, said = part.figure.locator, _STAGE.match(squeeze(whole))
    if place.table is None or said is None:
        return None
    name = _PLAIN_END.sub("", said["stage"])
    found = []
    for other in filter(other_than(part.figure, is_amount), part.document.figures):
        spot = other.locator
        if spot.table != place.table or (spot.row == place.row) == (spot.column == place.column):
            continue
        path = other.column_path if spot.row == place.row else other.row_path
        label = _PLAIN_END.sub("", squeeze(path[-1])) if path else ""
        if label and (label.endswith(name) or name.endswith(label)):
            found.append(other)
    if len(found) != 1:
        return None
    same = replace(part, figure=found[0])
    return Cluster(same, (same,))


def one_scope(context: Context, left: Candidate, right: Candidate) -> bool:
    """False for figures of two bodies, or of two years, where the question names one of each."""
    plan = context.plan
    bodies = {left.part.entity.value, right.part.entity.value}
    years = {left.period, right.period} - {""}
    several = len(plan.apart) > 1 or len(plan.projects) > 1
    return (len(bodies) < 2 or several) and (
        len(years) < 2 or len({*plan.years, *plan.basis_years}) > 1
    )


def _derived_pair(context: Context, part: str, whole: str) -> Pair | None:
    """Both sides of an earlier year, each worked out from the next year's report."""
    left, right = (derived(context, side(context, phrase)) for phrase in (part, whole))
    if left is None or right is None:
        return None
    return Pair(left, right, (*left.members[1:], *right.members[1:]))


def side(context: Context, phrase: str) -> Target:
    """The target of one side; a side that only says its role is about the rest of the question."""
    asked = cues.asked(phrase)
    role = asked.role if asked.role in (Role.BUDGET, Role.ACTUAL, Role.TARGET, Role.SCORE) else None
    plan = context.plan
    label = phrase
    key = cues.without_role(phrase, role)
    rest = re.sub(r"计划|预算|决算|条数|数量|金额|数|实际|\s", "", phrase)
    if role is not None and len(rest) < 2 and plan.context:
        key = plan.context
    money = plan.unit is not None and role is not Role.SCORE
    return Target(key, role, Dimension.MONEY if money else None, label=label)


def is_amount(figure: Figure) -> bool:
    return (
        closed(figure)
        and figure.role
        in (
            Role.VALUE,
            Role.ACTUAL,
            Role.BUDGET,
            Role.TARGET,
            Role.FULL_MARK,
            Role.SCORE,
        )
        and figure.quantity.unit.dimension not in (Dimension.PERCENT, Dimension.POINT)
    )


def on_side(phrase: str, test: Callable[[Figure], bool]) -> Callable[[Figure], bool]:
    """A test that a figure of income fails where spending alone is asked for, and the reverse."""

    def keep(figure: Figure) -> bool:
        name = f"{figure.metric}{''.join(figure.row_path)}{''.join(figure.column_path)}"
        own = next((w for w, o in _SIDES if w in phrase and o not in phrase), "")
        other = dict(_SIDES).get(own, "")
        return test(figure) and (not own or own in name or other not in name)

    return keep


_SIDES = (("收入", "支出"), ("支出", "收入"))


def other_than(figure: Figure, test: Callable[[Figure], bool]) -> Callable[[Figure], bool]:
    def keep(other: Figure) -> bool:
        return (
            test(other)
            and other.no != figure.no
            and other.quantity.unit.compatible(figure.quantity.unit)
        )

    return keep


def whole_in_sentence(part: Candidate, whole: str) -> Cluster | None:
    """The one figure before the part in its sentence that the whole is called by: 共有车辆23辆，其中…."""
    own, name = part.figure, squeeze(whole)
    found = [
        other
        for other in before_in_sentence(part)
        if is_amount(other)
        and len(name) > 1
        and name in squeeze(other.metric)
        and other.quantity.unit == own.quantity.unit
        and other.quantity.base >= own.quantity.base
    ]
    if len(found) != 1 or own.locator.table is not None:
        return None
    total = replace(part, figure=found[0])
    return Cluster(total, (total,))


def before(part: Candidate) -> Sequence[Figure]:
    """The few figures before one, among which its whole stands."""
    own = part.figure
    return part.document.figures[max(own.no - _NEAR, 0) : own.no]


def before_in_sentence(part: Candidate) -> list[Figure]:
    """Those of them that stand in its sentence."""
    place = part.figure.block, part.figure.sentence
    return [each for each in before(part) if (each.block, each.sentence) == place]


_NEAR = 8  # figures before a part among which its whole stands


def share_place(left: Cluster, right: Cluster) -> bool:
    return any(one_place(a, b) for a in left.members for b in right.members)


def one_place(left: Candidate, right: Candidate) -> bool:
    a, b = left.figure.locator, right.figure.locator
    return left.report == right.report and (
        (a.table is not None and a.table == b.table) or left.figure.block == right.figure.block
    )


def one_measure(one: Figure, other: Figure) -> bool:
    """False for two cells of one table that share neither line nor column: 甲的预算 and 乙的支出."""
    a, b = one.locator, other.locator
    if a.table is None or a.table != b.table:
        return True
    rows = squeeze("".join(one.row_path)) == squeeze("".join(other.row_path))
    return rows or squeeze("".join(one.column_path)) == squeeze("".join(other.column_path))


def total_of(part: Candidate, whole: str) -> Cluster | None:
    """The 合计 row of the part's own table and column, when the whole is just “总…”."""
    place = part.figure.locator
    if place.table is None:
        return None
    table = part.document.tables[place.table]
    if not _ANY_WHOLE.match(squeeze(whole)) and squeeze(whole) not in squeeze(table.title):
        return None
    for figure in part.document.figures:
        other = figure.locator
        if other.table != place.table or other.column != place.column or other.row is None:
            continue
        row = table.row_at(other.row, other.column or 0)
        of_all = row.total and bool(_TOTAL_OF_ALL.match(squeeze(row.path[-1] if row.path else "")))
        if of_all and figure.no != part.figure.no:
            found = replace(part, figure=figure)
            return Cluster(found, (found,))
    return None
