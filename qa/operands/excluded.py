"""An amount without one of its parts (除了甲以外一共多少): the whole less the part, in one table.

The whole is asked for by itself; the part is the line or column of the same table that bears the name
which is left out. Where either is not certain nothing is answered: the whole would be too much.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest import interval
from ingest.figures.finding import strip_number
from ingest.model import Figure
from ingest.quantity import Dimension
from qa.drafts import Draft
from qa.figures import compute
from qa.figures.evidence import Candidate
from qa.model import Outcome, PartRef
from qa.operands.apart import Ask, sure_operand
from qa.present import shown
from qa.words.left_out import LeftOut, left_out
from qa.words.matching import plain_name, squeeze

_ADDED = (Dimension.MONEY, Dimension.COUNT, Dimension.MEASURE)
_SHORTER = 2  # characters that a name may lack at either end (施工 for 施工费)


def without(question: str, parts: Sequence[PartRef], ask: Ask) -> Draft | None:
    """The whole less what the question leaves out; an abstention where that cannot be worked out.

    None for a question that leaves nothing out.
    """
    asked = left_out(question)
    if asked is None:
        return None
    whole = sure_operand(asked.rest, parts, ask)
    pairs = list(_pairs(whole, asked)) if whole is not None else []
    values = {part.figure.quantity.base for _, part in pairs}
    if not pairs or len(values) > 1:
        reason = f"没有找到能够减去“{asked.what}”的合计，不能计算除它以外的数；可以分别询问合计和“{asked.what}”。"
        return Draft(Outcome.ABSTAINED, reason=reason, settled=True)
    return _draft(asked, *pairs[0])


def _pairs(whole: Candidate, asked: LeftOut) -> Iterator[tuple[Candidate, Candidate]]:
    """The whole where it stands in a table, with the part of it in the same column or line."""
    if whole.figure.quantity.unit.dimension not in _ADDED:
        return
    own = interval.of(whole.figure.quantity)
    figures = whole.document.figures
    for figure in figures:
        unit = figure.quantity.unit
        same = figure.locator.table is not None and unit.compatible(whole.figure.quantity.unit)
        if not same or not interval.of(figure.quantity).overlaps(own):
            continue
        found = [
            other
            for other in figures
            if other.locator.table == figure.locator.table
            and (_below(figure, other, asked.what) or _beside(figure, other, asked.what))
            and other.quantity.base <= figure.quantity.base
        ]
        if len(found) == 1:
            yield replace(whole, figure=figure), replace(whole, figure=found[0])


def _below(whole: Figure, part: Figure, what: str) -> bool:
    """Whether a part is a line of that name in the column of a whole, below its heading or its total."""
    if _labels(whole.column_path) != _labels(part.column_path) or not part.row_path:
        return False
    head, path = _labels(whole.row_path), _labels(part.row_path)
    inside = path[: len(head)] == head if not _is_total(whole.row_path) else True
    return inside and path != head and _named(part.row_path[-1], what)


def _beside(whole: Figure, part: Figure, what: str) -> bool:
    """Whether a part is the cell of a column of that name in the line of a whole."""
    same = whole.locator.row == part.locator.row and _is_total(whole.column_path[-1:])
    return same and bool(part.column_path) and _named(part.column_path[-1], what)


def _labels(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(squeeze(strip_number(label)) for label in path)


def _is_total(path: Sequence[str]) -> bool:
    return bool(path) and squeeze(path[-1]).endswith(("合计", "总计", "小计", "总额"))


def _named(label: str, what: str) -> bool:
    own, asked = plain_name(strip_number(label)), plain_name(what)
    short, long = sorted((own, asked), key=len)
    near = len(long) - len(short) <= _SHORTER and len(short) > 1
    return own == asked or (near and (long.startswith(short) or long.endswith(short)))


def _draft(asked: LeftOut, whole: Candidate, part: Candidate) -> Draft:
    draft = Draft(phrase=asked.what)
    result = compute.difference(whole.figure, part.figure)
    label = f"除“{asked.what}”外"
    value = draft.derive(
        result,
        [whole, part],
        label=label,
        metric=label,
        period=whole.period,
        again=lambda figures: compute.difference(figures[0], figures[1]),
    )
    facts = "，".join(f"{each.figure.metric} {shown(each.figure)}" for each in (whole, part))
    draft.text = (
        f"{value.entity}{whole.period}年{label}：{value.number}{value.unit}"
        f"（{result.formula}）。依据：{facts}。"
    )
    return draft
