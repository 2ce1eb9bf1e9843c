"""A comparison as flat rows for files: one line a cell, its place and what speaks against it beside.

They are written by `ui.sheets`, which keeps texts of reports from becoming formulas.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ingest.interval import places
from qa.compare.model import Cell, Change, Comparison, Derived, Row
from qa.model import Check, Source
from ui.render import CHECK_MARKS, place_of
from ui.texts import t

Plain = str | Decimal | None


@dataclass(frozen=True, slots=True)
class Line:
    """One cell of the comparison with all that a file says of it."""

    row: Row
    cell: Cell
    change: Change | None
    source: Source | None


def lines_of(comparison: Comparison) -> Iterator[Line]:
    """All cells, row by row, the missing ones too; one line for each place of a value."""
    for row in comparison.rows:
        ends = {change.end: change for change in row.changes}
        for cell in row.cells:
            sources = cell.value.sources if cell.value is not None else ()
            for source in sources[:1] or (None,):
                yield Line(row, cell, ends.get(cell.period), source)


def check_words(cell: Cell) -> str:
    """How a cell was checked, in words; what it is where it has no value."""
    from ui.compare_view import ORIGIN_WORDS

    if cell.value is None:
        return t(ORIGIN_WORDS[cell.origin])
    check = Check.FAILS if cell.contradicted else cell.value.check
    words = t(CHECK_MARKS[check][1])
    further = [t(ORIGIN_WORDS[cell.origin])] if cell.origin in ORIGIN_WORDS else []
    further += [t("推测同一")] if cell.guessed else []
    return "；".join((words, *further))


def number_of(cell: Cell) -> Decimal | None:
    """The cell's value in the row's unit."""
    return None if cell.value is None else Decimal(cell.value.number)


def derived_number(derived: Derived | None) -> Decimal | None:
    """A computed number as it is printed."""
    return None if derived is None else Decimal(derived.number)


def decimals_of(cell: Cell) -> int:
    """Decimals that the cell's number shows."""
    return 0 if cell.quantity is None else places(cell.quantity)


COLUMNS: tuple[tuple[str, int], ...] = (
    ("单位", 30), ("项目", 26), ("指标", 20), ("年度", 8), ("数值", 16), ("计量单位", 9),
    ("核对", 18), ("原文数", 16), ("比前一年增减", 14), ("增长率（%）", 11), ("占比（%）", 10),
    ("算式", 30), ("对照数", 20), ("说明", 40), ("报告里的单位", 26), ("报告里的名称", 26),
    ("出处", 40), ("原文", 60),
)  # fmt: skip
"""Heads of the flat rows with their widths in characters."""


def values_of(line: Line) -> tuple[Plain, ...]:
    """The flat row of a line, parallel to `COLUMNS`."""
    row, cell, source = line.row, line.cell, line.source
    value = cell.value
    change = line.change
    rivals = "；".join(filter(None, (rival.shown for rival in cell.rivals)))
    notes = dict.fromkeys((*cell.notes, *(r.message for r in cell.rivals if r.message)))
    if change is not None and change.note:
        notes[change.note] = None
    return (
        row.entity,
        row.project,
        row.metric,
        cell.period,
        number_of(cell),
        "" if row.unit is None else row.unit.symbol,
        check_words(cell),
        cell.printed,
        derived_number(change.amount if change else None),
        derived_number(change.growth if change else None),
        derived_number(cell.share),
        value.formula if value else "",
        rivals or (value.other or "" if value else ""),
        "；".join(notes),
        cell.entity,
        cell.name,
        place_of(source) if source else "",
        source.quote if source else "",
    )
