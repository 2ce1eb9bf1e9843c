"""Questions made of a table's own labels, with the value that each must bring.

Nobody asks just so; but who asks in a table's own words must get that very cell, and what is
computed must be computed from the cells that are named. Dense where suites by hand are sparse.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.figures.finding import strip_number
from ingest.model import Document, Figure
from ingest.quantity import Dimension, round_half_up

KINDS = ("cell", "short", "less_column", "less_row", "sum", "share", "other_year", "other_row")
# Columns of words hold numbers that nobody asks for by the column's name.
_WORDS = re.compile(r"说明|原因|标准|措施|情况|内容|依据|备注|细则|序号|代码|编码|级指标|目标$")
_MARK = re.compile(r"其中[:：]|[（(][^()（）]*[)）]\s*$")
_LONGEST = 24  # characters of a row's name
_YEARS_ON = 5  # a year of which no report says anything
_RATES = (Dimension.PERCENT, Dimension.POINT)


@dataclass(frozen=True, slots=True)
class CellQuestion:
    """A question, and the numbers that answer it.

    Attributes:
        kind: one of KINDS.
        text: the question.
        wanted: the value in its base unit; None where nothing answers.
        also: the values of other cells that are called the same.
    """

    kind: str
    text: str
    wanted: Decimal | None
    also: frozenset[Decimal] = frozenset()


def label(path: Sequence[str]) -> str:
    """What a row or column is called in a question: its own name without marks and unit."""
    return re.sub(r"\s", "", _MARK.sub("", strip_number(path[-1]))).strip() if path else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one report that can be asked for by row and column."""

    document: Document
    cells: tuple[Figure, ...]
    alike: Mapping[tuple[int, str, str], frozenset[Decimal]]

    @classmethod
    def of(cls, document: Document) -> Sheet:
        """The cells of all its tables that have a name both ways."""
        named = [
            figure
            for figure in document.figures
            if figure.locator.table is not None and label(figure.row_path)
            if label(figure.column_path) and not _WORDS.search("".join(figure.column_path))
        ]
        alike: dict[tuple[int, str, str], set[Decimal]] = defaultdict(set)
        for figure in named:
            alike[_key(figure)].add(figure.quantity.base)
        short = tuple(figure for figure in named if len(label(figure.row_path)) <= _LONGEST)
        return cls(document, short, {key: frozenset(values) for key, values in alike.items()})

    def only(self, figure: Figure) -> bool:
        """Whether no other value of the report is called the same."""
        return len(self.alike[_key(figure)]) == 1


def _key(figure: Figure) -> tuple[int, str, str]:
    return figure.part, label(figure.row_path), label(figure.column_path)


def questions(
    sheet: Sheet, seed: str, count: int, foreign: Sequence[str] = ()
) -> Iterator[CellQuestion]:
    """Questions about `count` cells of a report, drawn by `seed`.

    Args:
        foreign: names of rows of other reports, none of which this one has.
    """
    drawn = random.Random(seed)  # noqa: S311 - a sample
    for figure in drawn.sample(sheet.cells, min(count, len(sheet.cells))):
        asked = _Asked.of(sheet, figure)
        value, also = figure.quantity.base, sheet.alike[_key(figure)]
        yield CellQuestion("cell", f"{asked.lead}{asked.row}的{asked.column}是多少？", value, also)
        yield CellQuestion("short", f"{asked.lead}{asked.row}{asked.column}", value, also)
        yield from _two(sheet, figure, asked, drawn)
        yield from _nothing(asked, drawn, foreign)


@dataclass(frozen=True, slots=True)
class _Asked:
    """How a question calls a cell: whom and when, its row, its column."""

    who: str
    year: str
    row: str
    column: str

    @classmethod
    def of(cls, sheet: Sheet, figure: Figure) -> _Asked:
        part = sheet.document.parts[figure.part]
        row, column = label(figure.row_path), label(figure.column_path)
        period = figure.period or part.year
        year = f"{period}年" if re.fullmatch(r"\d{4}", period) else ""
        year = "" if year and (year in column or year in row) else year
        return cls(part.project.value or part.entity.value, year, row, column)

    @property
    def lead(self) -> str:
        return f"{self.who}{self.year}"


def _two(
    sheet: Sheet, figure: Figure, asked: _Asked, drawn: random.Random
) -> Iterator[CellQuestion]:
    """What is asked of two cells of one row, or of one column."""
    if not sheet.only(figure):
        return
    value, place = figure.quantity.base, figure.locator
    like = [other for other in sheet.cells if _comparable(sheet, figure, other)]
    row = [o for o in like if o.locator.row == place.row and label(o.column_path) != asked.column]
    down = [o for o in like if o.locator.column == place.column and label(o.row_path) != asked.row]
    if row:
        other = drawn.choice(row)
        text = f"{asked.lead}{asked.row}的{asked.column}和{label(other.column_path)}相差多少？"
        yield CellQuestion("less_column", text, abs(value - other.quantity.base))
    if not down:
        return
    other = drawn.choice(down)
    name, more = label(other.row_path), other.quantity.base
    head = f"{asked.lead}{asked.row}"
    yield CellQuestion("less_row", f"{head}的{asked.column}比{name}多多少？", abs(value - more))
    if figure.quantity.unit.dimension not in _RATES:
        text = f"{head}和{name}的{asked.column}一共是多少？"
        yield CellQuestion("sum", text, value + more)
    if more:
        share = round_half_up(value / more * 100, 2)
        text = f"{head}的{asked.column}相当于{name}的百分之几？"
        yield CellQuestion("share", text, share)


def _comparable(sheet: Sheet, figure: Figure, other: Figure) -> bool:
    unit = figure.quantity.unit
    return (
        other.no != figure.no
        and other.locator.table == figure.locator.table
        and other.quantity.unit == unit
        and other.period == figure.period
        and sheet.only(other)
    )


def _nothing(asked: _Asked, drawn: random.Random, foreign: Sequence[str]) -> Iterator[CellQuestion]:
    """What the report does not say: another year, a row of another report."""
    if asked.year:
        year = int(asked.year[:4]) + _YEARS_ON
        text = f"{asked.who}{year}年{asked.row}的{asked.column}是多少？"
        yield CellQuestion("other_year", text, None)
    if foreign:
        row = drawn.choice(foreign)
        yield CellQuestion("other_row", f"{asked.lead}{row}的{asked.column}是多少？", None)
