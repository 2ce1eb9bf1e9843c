"""What two figures that were each asked for alone give together, and the total of a table as a whole. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from ingest.model import Figure, Role
from ingest.quantity import Dimension, UnitError
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.figures.fitting import same_noun
from qa.operands.asks import OperandAsks
from qa.operations.pairs import total_of
from qa.plan import Plan
from qa.present import Computed, moved_word, shown
from qa.words.matching import squeeze

DEEDS: Mapping[str, Callable[[Figure, Figure], Computed | None]] = {
    "growth": compute.growth_between,
    "change": compute.difference,
    "share": compute.percent_of,
    "times": compute.multiple_of,
    "times_over": compute.multiple_of,
    "apart": compute.difference,
}


# 占全支队, 占七个街道, 占全部检验批次: the total of the table in which the part stands.
_ALL_OF = re.compile(
    r"(?:全(?:部|[省市县区镇乡州旗局院校馆体]|街道|支队|系统)|所有|(?:[两三四五六七八九十]|\d+)[个家所座]"
    r"(?:县区|区县|乡镇|镇街|街镇|街道|大队|[县区市镇乡村站馆校院所]))的?(?P<rest>[^的]*?)(?:合计|总[额数量])?$"
)


def is_group(whole: str) -> bool:
    """Whether a whole is called by what it is of alone (全支队, 七个街道), not by what is measured."""
    said = _ALL_OF.search(whole)
    return said is not None and not said["rest"]


def total_row(part: Candidate, whole: str) -> Candidate | None:
    """The total of the part's column, where a question calls the whole all of its table."""
    said = _ALL_OF.search(whole)
    names = squeeze("".join((*part.figure.column_path, part.figure.metric)))
    if said is None or part.figure.locator.table is None or squeeze(said["rest"]) not in names:
        return None
    found = total_of(part, "合计")
    return found.best if found is not None else None


def worked_from(asks: OperandAsks, plan: Plan, first: Candidate, second: Candidate) -> Draft | None:
    """What two figures give; None where they are no such pair."""
    if not _is_pair(asks, plan, first, second):
        return None
    over_years = asks.deed in _OVER_YEARS
    rates = first.figure.quantity.unit.dimension is Dimension.PERCENT
    deed = "change" if over_years and rates else asks.deed
    make = partial(_made, deed)
    try:
        computed = make((first.figure, second.figure))
    except UnitError:
        return None
    if computed is None or (deed == "share" and computed.value > _WHOLE):
        return None
    draft = Draft(phrase=first.figure.metric)
    word = ""
    if over_years and deed != "times_over":
        word = moved_word(computed)
    elif asks.deed == "apart" and _MORE_OR_LESS.search(plan.question):
        word = "多" if computed.value > 0 else "少" if computed.value < 0 else ""
    sign = "−" if asks.deed == "apart" else "÷"
    label = (
        f"{first.period}年{'÷' if deed == 'times_over' else '比'}{second.period}年 {first.figure.metric}"
        if over_years
        else f"{first.figure.metric} {sign} {second.figure.metric}"
    )
    value = draft.derive(
        computed.shown_in(plan.unit),
        [first, second],
        label=label,
        metric=first.figure.metric,
        period=first.period,
        again=make,
        direction=word,
    )
    told = value.number.lstrip("-") if word else value.number
    years = [f"{each.period}年 " if over_years else "" for each in (first, second)]
    facts = "，".join(
        f"{year}{each.figure.metric} {shown(each.figure)}"
        for year, each in zip(years, (first, second), strict=True)
    )
    draft.text = f"{label}：{word}{told}{value.unit}（{computed.formula}）。依据：{facts}。"
    return draft


_OVER_YEARS = ("growth", "change", "times_over")
_WHOLE = 100  # per cent


def _is_pair(asks: OperandAsks, plan: Plan, first: Candidate, second: Candidate) -> bool:
    """Whether two figures are of one kind, and of the years and the account that are asked for."""
    one, other = first.figure, second.figure
    over_years, apart = asks.deed in _OVER_YEARS, asks.deed == "apart"
    same_year = first.period == second.period
    if (first.report, one.no) == (second.report, other.no) or over_years == same_year:
        return False
    if not over_years and first.report != second.report:
        return False
    rates = one.quantity.unit.dimension is Dimension.PERCENT
    if _plain_role(first) is not _plain_role(second) or (rates and asks.deed == "times_over"):
        return False
    if (over_years or apart) and not _counted_alike(one, other):
        return False
    if _PERSONS.search(plan.question) and one.quantity.unit.noun == "户":
        return False
    of_account = all(_of_account(asks.whole, each) for each in (first, second))
    return asks.deed != "share" or of_account


_PERSONS = re.compile(r"的人[,，里中]|人数|(?:多少|几)个?人")
_ACCOUNT = re.compile(r"财政拨款|一般公共预算|政府性基金")


def _of_account(whole: str, each: Candidate) -> bool:
    """Whether a figure is of the account that the whole is called by (财政拨款 is not all that was spent)."""
    said = _ACCOUNT.search(whole)
    if said is None:
        return True
    figure, place = each.figure, each.figure.locator
    title = each.document.tables[place.table].title if place.table is not None else ""
    heads = "".join(each.document.section_path(figure.section))
    labels = "".join((figure.metric, *figure.row_path, *figure.column_path))
    return bool(_ACCOUNT.search(squeeze(f"{labels}{figure.sentence}{title}{heads}")))


def _counted_alike(one: Figure, other: Figure) -> bool:
    """Whether both count in one measure word, or in two for the same things (186名, 171人)."""
    left, right = one.quantity.unit.noun, other.quantity.unit.noun
    return left == right or (bool(left and right) and same_noun(left, right))


def _made(deed: str, figures: Sequence[Figure]) -> Computed | None:
    """What two figures give, the second counted in the measure word of the first (171人 as 171名)."""
    first, second = figures
    unit, own = first.quantity.unit, second.quantity.unit
    if (
        deed in ("apart", "change")
        and unit.noun != own.noun
        and unit.factor == own.factor
        and _counted_alike(first, second)
    ):
        second = replace(second, quantity=replace(second.quantity, unit=unit))
    return DEEDS[deed](first, second)


_MORE_OR_LESS = re.compile("[多少]了?(?:花|用|支出?)?了?(?:多少|几)")


def _plain_role(each: Candidate) -> Role:
    """实际支出 of one year and 支出 of another are of one kind."""
    role = each.figure.role
    return Role.VALUE if role is Role.ACTUAL else role
