"""A question that compares years, units or projects, answered from a comparison of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.quantity import Dimension, format_number
from qa.compare.comparison import compare_planned
from qa.compare.model import Cell, Change, Comparison, Derived, Kind, Row
from qa.compare.request import metric_words
from qa.drafts import Draft
from qa.figures.evidence import Catalogue
from qa.model import Check, Filters, Outcome, PartRef, Source, Value
from qa.naming.catalogue import catalogue_of
from qa.naming.identity import Identities
from qa.naming.known_names import LibraryNames
from qa.plan import Operation, Plan
from qa.planning.scope import passes
from qa.words.matching import squeeze

_COMPARES = re.compile(
    r"比较(?!好|高|低|大|小|多|少)|对比|变化趋势|变动趋势|趋势|走势|变化情况|变动情况|增减情况"
)
_OVER_YEARS = re.compile(r"历年|逐年|各年度?(?=的|[^\s]{2})|每年度?(?=的)|近几年|这几年")
# Asked beside: which one is most, why, whether it agrees, what there is to say.
_OTHERWISE = re.compile(
    r"哪|最|为什么|为何|原因|是否|有没有|一致|对不对|对得上|平均|总和|一共|总共|排名|第几|吗|如何做|措施|建议|几倍|倍"
)
_ANSWERING = (
    Operation.LOOKUP, Operation.CHANGE, Operation.GROWTH, Operation.DIFFERENCE, Operation.TEXT,
    Operation.COMPLETION,
)  # fmt: skip
_SAID = (
    Kind.CONTRADICTION, Kind.GUESS, Kind.UNCLEAR, Kind.SCOPE, Kind.UNIT, Kind.REPORT_KIND,
    Kind.NAME, Kind.IMPLIED, Kind.DOUBTFUL, Kind.RESTATED, Kind.MISSING,
)  # fmt: skip
_MOST_REMARKS = 8
LACKING = "没有找到"  # said of a year without a value


def asked(plan: Plan) -> bool:
    """True where a question compares a metric over years, units or projects, and asks no more."""
    text = squeeze(plan.question)
    over_years = bool(_OVER_YEARS.search(text))
    if not (over_years or _COMPARES.search(text)) or _OTHERWISE.search(text) or plan.lenient:
        return False
    if plan.operation not in _ANSWERING or not (plan.entities or plan.projects):
        return False
    several = len(plan.years) + len(plan.basis_years) > 1 or len(plan.projects) > 1
    several = several or len({squeeze(name)[:4] for name in plan.entities}) > 1
    return (several or over_years) and bool(metric_words(plan) or plan.memory)


def answer(
    documents: Catalogue,
    plan: Plan,
    parts: Sequence[PartRef],
    names: LibraryNames,
    filters: Filters | None,
    threshold: float,
) -> Draft | None:
    """What a question that compares finds; None for any other question."""
    if not asked(plan):
        return None
    identities = names.identities()
    if filters is not None:
        parts = tuple(part for part in parts if passes(part, filters))
        identities = Identities(catalogue_of(parts), names.facts())
    found = compare_planned(documents, parts, plan, threshold=threshold, identities=identities)
    return draft_of(found)


def draft_of(comparison: Comparison) -> Draft | None:
    """The comparison as an answer; None where some row has no value at all."""
    rows = comparison.rows
    if not rows or any(not any(cell.value for cell in row.cells) for row in rows):
        return None
    if sum(cell.value is not None for row in rows for cell in row.cells) < 2:
        return None
    draft = Draft(phrase=" ".join(dict.fromkeys(row.metric for row in rows)))
    draft.text = "\n".join(map(_line, rows))
    draft.values = [value for row in rows for value in _cells(row)]
    draft.values += [value for row in rows for value in _changes(row)]
    if comparison.contradicted:
        draft.outcome = Outcome.CONTRADICTED
    for caution in comparison.warnings:
        if caution.kind in _SAID and len(draft.remarks) < _MOST_REMARKS:
            draft.remark(f"另请注意：{caution.text}。".replace("。。", "。"))
    return draft


def _cells(row: Row) -> Iterator[Value]:
    """The values of the years, those that are contradicted with their rival."""
    for cell in row.cells:
        if cell.value is None:
            continue
        yield _contradicted(cell, cell.value) if cell.contradicted else cell.value


def _contradicted(cell: Cell, value: Value) -> Value:
    rival = next((each.shown for each in cell.rivals), value.other)
    return replace(value, check=Check.FAILS, other=value.other or rival)


def _changes(row: Row) -> Iterator[Value]:
    """The changes and rates as derived values, with the places of both years."""
    sources = {cell.period: _source(cell) for cell in row.cells}
    for change in (*row.changes, *filter(None, [row.overall])):
        places = tuple(each for y in (change.start, change.end) if (each := sources.get(y)))
        for derived, word in ((change.amount, "增减额"), (change.growth, "增长率")):
            if derived is not None:
                yield Value(
                    label=f"{change.end}年比{change.start}年 {row.metric}{word}",
                    number=derived.number,
                    unit=derived.unit.symbol,
                    period=change.end,
                    entity=row.entity,
                    project=row.project or None,
                    metric=row.metric,
                    check=derived.check,
                    formula=derived.formula,
                    sources=places,
                )


def _source(cell: Cell) -> Source | None:
    return cell.value.sources[0] if cell.value and cell.value.sources else None


def _line(row: Row) -> str:
    """One sentence a row: the years with their values and changes, the whole change at the end."""
    ends = {change.end: change for change in row.changes}
    years = "，".join(_year(cell, ends.get(cell.period)) for cell in row.cells)
    whole = (
        f"；{row.overall.end}年比{row.overall.start}年{_moved(row.overall)}" if row.overall else ""
    )
    return f"{row.label}：{years}{whole}。"


def _year(cell: Cell, change: Change | None) -> str:
    if cell.value is None:
        return f"{cell.period}年{LACKING}"
    mark = "（与另一数矛盾）" if cell.contradicted else "（推测同一）" if cell.guessed else ""
    number = f"{cell.period}年 {cell.value.number}{cell.value.unit}{mark}"
    moved = _moved(change) if change is not None else ""
    share = f"，占所列合计的{cell.share.number}%" if cell.share is not None else ""
    return (
        number + (f"（比{change.start}年{moved}）" if change is not None and moved else "") + share
    )


def _moved(change: Change) -> str:
    """增加3.66万元，增长3.15%; 上升1.5个百分点."""
    if change.amount is None:
        return ""
    value = change.amount.value
    if not value:
        return "持平"
    rate = change.amount.unit.dimension in (Dimension.PERCENT, Dimension.POINT)
    words = ("上升", "下降") if rate else ("增加", "减少")
    said = f"{words[value < 0]}{_plain(change.amount)}{change.amount.unit.symbol}"
    if change.growth is not None:
        said += f"，{('增长', '下降')[change.growth.value < 0]}{_plain(change.growth)}%"
    return said + (f"（{change.note}）" if change.note else "")


def _plain(derived: Derived) -> str:
    return format_number(abs(derived.value), _places(derived))


def _places(derived: Derived) -> int:
    _, _, decimals = derived.number.partition(".")
    return len(decimals)
