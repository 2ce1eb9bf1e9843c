"""The answer to a pointed question: its figures shown and computed with, its passages quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest import interval
from ingest.model import Figure, Locator, Role
from ingest.quantity import Quantity, Unit, UnitError
from ingest.reading.units import parse_unit
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.model import Check, Outcome, Source, Value
from qa.operations.context import sentence
from qa.pointed import Pointed, Read, Step, name_of
from qa.present import Computed, place_at, plain, source_of, trimmed


def pointed_draft(steps: Sequence[Step], read: Read) -> Draft | None:
    """The answer under way; None where a step cannot be computed: unlike units, a zero base."""
    draft = Draft()
    lines: list[str] = []
    for step in steps:
        try:
            line = _said(draft, step, read)
        except UnitError:
            return None
        if line is None:
            return None
        lines.append(line)
    draft.text = "\n".join(lines)
    return draft


def _said(draft: Draft, step: Step, read: Read) -> str | None:
    """One step, put into the draft; its line of the text."""
    if step.operation == "quote":
        return _quoted(draft, step.first, read)
    if any(each.figure is None for each in (*step.first, *step.second)):
        return None
    first, second = (
        [_candidate(each, read) for each in side] for side in (step.first, step.second)
    )
    if step.operation == "lookup":
        return "\n".join(_shown(draft, each, step.unit) for each in first)
    if step.operation in ("most", "least"):
        return _extreme(draft, first, most=step.operation == "most")
    if step.operation == "count":
        return _counted(draft, first)
    if step.operation == "agree":
        return _agreed(draft, first, second)
    return _computed(draft, step, first, second)


def _candidate(each: Pointed, read: Read) -> Candidate:
    document = read(each.report)
    return Candidate.sure(each.report, document, document.figures[each.figure or 0])


def _quoted(draft: Draft, passages: Sequence[Pointed], read: Read) -> str:
    lines = []
    for each in passages:
        document = read(each.report)
        part = document.part_of(each.block)
        who = f"{part.entity.value}{part.year + '年' if part.year else ''}"
        who += f"“{part.project.value}”" if part.project.value else ""
        quote = " ".join(document.text[each.start : each.end].split())
        draft.citations.append(_source(each, read))
        lines.append(f"{who}：{quote}")
    return "\n".join(lines)


def _source(each: Pointed, read: Read) -> Source:
    """The passage with its page; verbatim."""
    document = read(each.report)
    block = document.blocks[each.block]
    found = place_at(document, Locator(((each.start, each.end),), block.page), each.block)
    quote = document.text[each.start : each.end]
    return replace(found, start=each.start, end=each.end, quote=quote)


def _shown(draft: Draft, candidate: Candidate, symbol: str) -> str:
    value = draft.show(candidate, label=name_of(candidate.figure), unit=_unit(symbol, candidate))
    return sentence(value, candidate)


def _unit(symbol: str, candidate: Candidate) -> Unit | None:
    """The unit asked for, where the figure converts into it."""
    unit = parse_unit(symbol) if symbol else None
    return unit if unit is not None and unit.compatible(candidate.figure.quantity.unit) else None


def _computed(
    draft: Draft, step: Step, first: Sequence[Candidate], second: Sequence[Candidate]
) -> str | None:
    figures = [each.figure for each in first], [each.figure for each in second]
    result = _result(step.operation, *figures)
    if result is None:
        return None
    asked = parse_unit(step.unit) if step.unit else None
    result = result.shown_in(asked)
    label = _label(step.operation, first, second)
    operands = [*first, *second]
    value = draft.derive(result, operands, label=label, metric=label, period=first[0].period)
    for each in operands:
        draft.show(each, label=name_of(each.figure))
    return f"{value.entity}{label}：{value.number}{value.unit}（{result.formula}）。"


def _result(operation: str, first: Sequence[Figure], second: Sequence[Figure]) -> Computed | None:
    if operation in ("sum", "average"):
        return (compute.total if operation == "sum" else compute.average)(first)
    if not second:
        return None
    one, other = _together(first), _together(second)
    if operation == "difference":
        return compute.difference(one, other)
    if operation == "previous":
        moved = len(second) == 1 and other.role is Role.CHANGE
        return compute.previous_value(one, other) if moved else None
    worked = {
        "share": compute.percent_of,
        "ratio": compute.multiple_of,
        "growth": compute.growth_between,
    }
    return worked[operation](one, other) if operation in worked else None


def _together(figures: Sequence[Figure]) -> Figure:
    """Several figures as their sum, which is printed as precisely as they are."""
    if len(figures) == 1:
        return figures[0]
    whole = compute.total(figures)
    low, high = whole.bounds or (None, None)
    digits = plain(whole.value)
    return replace(figures[0], quantity=Quantity(whole.value, whole.unit, low, high, digits))


def _label(operation: str, first: Sequence[Candidate], second: Sequence[Candidate]) -> str:
    one, other = (
        "、".join(dict.fromkeys(name_of(each.figure) for each in side)) for side in (first, second)
    )
    years = {each.period for each in (*first, *second)}
    if len(years) > 1 and len(first) == len(second) == 1:
        one, other = f"{first[0].period}年{one}", f"{second[0].period}年{other}"
    words = {
        "sum": f"{one}合计",
        "average": f"{one}平均",
        "difference": f"{one} − {other}",
        "previous": f"{one}按{other}倒推的上年数",
        "share": f"{one}占{other}的比重",
        "ratio": f"{one}是{other}的倍数",
        "growth": f"{one}比{other}的增长率",
    }
    return words[operation]


def _extreme(draft: Draft, among: Sequence[Candidate], *, most: bool) -> str:
    """The largest or smallest of the figures, with the others to look at."""
    for each in among[1:]:
        if not each.figure.quantity.unit.compatible(among[0].figure.quantity.unit):
            raise UnitError("不是同类单位，不能比较")
    ordered = sorted(among, key=lambda each: each.figure.quantity.base, reverse=most)
    best = ordered[0].figure.quantity.base
    level = [each for each in ordered if each.figure.quantity.base == best]
    lines = [_shown(draft, each, "") for each in level]
    for each in ordered[len(level) :]:
        draft.show(each, label=name_of(each.figure))
    return f"{len(among)} 项中{'最大' if most else '最小'}的：" + "\n".join(lines)


def _counted(draft: Draft, figures: Sequence[Candidate]) -> str:
    """How many there are, one by one."""
    names = [name_of(each.figure) for each in figures]
    first = figures[0]
    part = first.part
    draft.values.append(
        Value(
            label="所指各项",
            number=str(len(figures)),
            unit="项",
            period=first.period,
            entity=part.entity.value,
            project=part.project.value or None,
            metric="项数",
            check=Check.DERIVED,
            formula=f"逐项计数：{'、'.join(names)}",
            sources=tuple(map(source_of, figures)),
        )
    )
    return f"一共 {len(figures)} 项：{'、'.join(names)}。"


def _agreed(draft: Draft, parts: Sequence[Candidate], whole: Sequence[Candidate]) -> str | None:
    """Whether the parts add up to the whole, within what the print of both allows."""
    if len(whole) != 1:
        return None
    one, other = _together([each.figure for each in parts]), whole[0].figure
    apart = compute.difference(one, other)
    bounds = interval.of(one.quantity).overlaps(interval.of(other.quantity))
    formula = " + ".join(f"{plain(each.figure.quantity.value)}" for each in parts)
    said = f"{name_of(other)} {plain(other.quantity.value)}{other.quantity.unit.symbol}"
    summed = f"{plain(one.quantity.value)}{one.quantity.unit.symbol}"
    for each in (*whole, *parts):
        draft.show(each, label=name_of(each.figure))
    if apart.value == 0:
        return f"一致：{formula} = {summed}，与{said}相同。"
    gap = f"相差 {trimmed(abs(apart.value))}{apart.unit.symbol}"
    if bounds:
        return f"在四舍五入范围内一致：{formula} = {summed}，{said}，{gap}。"
    draft.outcome = Outcome.CONTRADICTED
    return f"不一致：{formula} = {summed}，而{said}，{gap}。"
