"""What was found for a year as a cell: checked, converted, with what other reports say against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest import interval
from ingest.model import Document, Figure, Verdict
from ingest.quantity import UnitError
from qa.compare.across import AcrossClaim, Place
from qa.compare.found import Found, implied, stated_later
from qa.compare.model import Cell, Origin, Rival
from qa.compare.rows import Line, names_of
from qa.compare.sums import Operand, in_unit
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.model import Outcome, Value
from qa.operations.context import Context
from qa.present import computed_value, shown, source_at, source_of

_SOURCES = 4
RESTATED = re.compile(r"同口径|可比口径|口径调整|口径变化|追溯|剔除|扣除[^,;。]{0,10}因素")
_ORIGINS = {
    Origin.LATER: "{year}年的报告里没有，取自其他年度报告所列的{year}年数",
    Origin.IMPLIED: "{year}年的报告里没有，由次年报告的数和增减额推算",
}


def cell_of(context: Context, line: Line, found: Found) -> Cell:
    """The cell of a year: number in the row's unit, check, sources, competing values."""
    best = found.best
    notes = (found.note,) if found.note else ()
    if best is None:
        rivals = tuple(_choice(cluster.best) for cluster in found.rivals[:4])
        return Cell(found.period, found.origin, rivals=rivals, notes=notes)
    value, remarks, contradicted = _value(line, found, best)
    rivals = tuple(_against(context, line, found))
    if contradicted and value.other and not rivals:
        rivals = (Rival(value.other, remarks[0] if remarks else ""),)
    if found.origin in _ORIGINS:
        notes = (*notes, _ORIGINS[found.origin].format(year=found.period))
    quantity = best.figure.quantity
    if line.unit is not None and quantity.unit.compatible(line.unit):
        quantity = quantity.to(line.unit)
    part = best.part
    return Cell(
        period=found.period,
        origin=found.origin,
        value=value,
        quantity=quantity,
        printed=shown(best.figure),
        entity=part.entity.value,
        project=part.project.value,
        name=best.figure.metric,
        scope=best.figure.scope,
        report_kind=part.kind.value,
        rivals=rivals,
        guessed=line.subject.guessed(part.entity.value, part.project.value),
        notes=(*notes, *remarks),
    )


def _choice(candidate: Candidate) -> Rival:
    """A figure that fits as well as others."""
    return Rival(shown(candidate.figure), candidate.figure.metric, (source_of(candidate),))


def _value(line: Line, found: Found, best: Candidate) -> tuple[Value, tuple[str, ...], bool]:
    """The value, what its own report says against it, and whether that contradicts it."""
    draft = Draft()
    if found.computed is not None:
        value = draft.derive(
            found.computed,
            list(found.behind),
            label=f"{found.period}年 {line.label}",
            metric=best.figure.metric,
            period=found.period,
            again=lambda figures: compute.previous_value(*figures),
        )
        value = _converted(line, found, value)
    else:
        beside = found.members[1:_SOURCES]
        value = draft.show(best, label=line.label, unit=line.unit, beside=beside)
        value = replace(value, period=found.period)
    return value, tuple(draft.remarks), draft.outcome is Outcome.CONTRADICTED


def _converted(line: Line, found: Found, value: Value) -> Value:
    """A worked-out value in the row's unit."""
    if found.computed is None or not found.behind:
        return value
    computed = in_unit(found.computed, line.unit)
    again = computed_value(
        computed, found.behind, label=value.label, metric=value.metric, period=value.period
    )
    return replace(value, number=again.number, unit=again.unit, recomputed=again.recomputed)


def operand_of(found: Found, cell: Cell) -> Operand | None:
    """What a cell is computed with; None for a cell without a value."""
    if found.best is None:
        return None
    behind = (found.behind[0].figure, found.behind[1].figure) if found.behind else None
    return Operand(found.period, found.best.figure, not cell.contradicted, behind)


# ---- what the other years' reports say


def _against(context: Context, line: Line, found: Found) -> Iterator[Rival]:
    """Values that another report gives for the same year and figure."""
    told = False
    own = {Place(each.report, each.figure.no) for each in found.members}
    if found.origin is Origin.IMPLIED:
        return
    for claim in line.claims:
        if claim.verdict is Verdict.FAILS and own & {claim.stated, *claim.operands[-1:]}:
            rival = _of_claim(context, claim, own)
            if rival is not None:
                told = True
                yield rival
    if not told and found.origin is Origin.OWN:
        yield from _next_year(context, line, found)


def _of_claim(context: Context, claim: AcrossClaim, own: set[Place]) -> Rival | None:
    """What a failed claim between two reports gives instead; None where digits are doubtful."""
    stated, *operands = (_candidate(context, p) for p in (claim.stated, *claim.operands))
    if any(each[1].doubtful for each in (stated, *operands)):
        return None
    document, figure = stated
    sources = (source_at(document, figure),)
    if claim.stated in own:
        other = source_at(*operands[-1])
        return Rival(shown(operands[-1][1]), claim.message, (other,))
    if len(operands) == 1:
        return Rival(shown(figure), claim.message, sources)
    current = operands[0]
    computed = compute.previous_value(current[1], figure)
    words = f"{computed.number}{computed.unit.symbol}（{computed.formula}）"
    return Rival(words, claim.message, (source_at(*current), *sources))


def _candidate(context: Context, place: Place) -> tuple[Document, Figure]:
    document = context.evidence.index(place.report).document
    return document, document.figures[place.figure]


def _next_year(context: Context, line: Line, found: Found) -> Iterator[Rival]:
    """What the next year's report gives for this year under the same name, where it disagrees."""
    best = found.best
    if best is None or not found.period.isdigit():
        return
    following = str(int(found.period) + 1)
    parts = tuple(part for part in line.subject.parts if part.year == following)
    if not parts:
        return
    subject = replace(line.subject, parts=parts)
    for look in (stated_later, implied):
        other = look(context, subject, line.target, found.period)
        rival = other.best
        if rival is None or not _one_name(other, found):
            continue
        if _agree(rival.figure, best.figure) or rival.figure.doubtful:
            return
        sentence = (other.behind[-1] if other.behind else rival).figure.sentence
        if RESTATED.search(sentence):
            return
        given = shown(rival.figure) + (f"（{other.computed.formula}）" if other.computed else "")
        message = (
            f"{following}年报告所列的{found.period}年数为 {given}，"
            f"{found.period}年报告为 {shown(best.figure)}，不一致。"
        )
        sources = tuple(source_of(each) for each in (other.behind or (rival,)))
        yield Rival(given, message, sources)
        return


def _one_name(other: Found, found: Found) -> bool:
    """Whether both figures are named alike, so that one can be held against the other."""
    sides = (other.behind[:1] or other.members, found.members)
    left, right = (frozenset(name for each in side for name in names_of(each)) for side in sides)
    return bool(left & right)


def _agree(left: Figure, right: Figure) -> bool:
    try:
        compute.difference(left, right)
    except UnitError:
        return True  # figures of another kind: nothing to hold against this one
    return interval.of(left.quantity).overlaps(interval.of(right.quantity))
