"""Totals of tables that sentences quote."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest import interval
from ingest.equations.alike import KIND, LAST_DIGITS, VAGUE, digits, where
from ingest.equations.book import Book
from ingest.equations.claims import Claim, closed, same
from ingest.equations.slips import TELLING
from ingest.figures.naming import is_cell, is_loose
from ingest.model import Figure
from ingest.quantity import Dimension, round_half_up
from ingest.reading.text import compact

_PLAIN = re.compile(
    r"资金|项目|涉及|共|全年|年度|实际|累计|财政|支出|收入|使用|支付|执行|完成|拨付|到位|投入|总|额|数|部门|整体|绩效|自评|评价|\d|年"
)
_SOME = 8  # cells of one value, and other values near one, that are looked at


def quoted_totals(book: Book, told: set[int]) -> Iterator[Claim]:
    """Amounts in sentences that a table's total row gives digit for digit, or all but the last.

    Args:
        book: the document's figures.
        told: the figures that have met another statement of their fact already.
    """
    totals = _totals(book)
    rounded: dict[tuple[object, ...], _Rounded] = {}
    amounts = [
        figure
        for figure in book.document.figures
        if figure.quantity.unit.dimension is Dimension.MONEY
        and not is_cell(figure)
        and closed(figure)
        and digits(figure) >= TELLING
    ]
    said = {(f.part, f.quantity.value, f.quantity.unit.factor) for f in amounts}
    for figure in amounts:
        if figure.no in told:
            continue
        places, factor = interval.places(figure.quantity), figure.quantity.unit.factor
        whose = (figure.part, figure.period, KIND.get(figure.role, ""))
        key = (*whose, places, factor)
        if key not in rounded:
            rounded[key] = _Rounded(totals.get(whose, ()), places, factor)
        value = figure.quantity.value
        twin = _chosen(book, figure, rounded[key].of(value))
        if twin is None and digits(figure) > TELLING:
            near = (v for v in rounded[key].near(value) if (figure.part, v, factor) not in said)
            found = (_chosen(book, figure, rounded[key].of(v)) for v in near)
            twin = next((cell for cell in found if cell and _rivals(book, figure, cell)), None)
        if twin is not None:
            yield same("same_fact", figure, twin, where(twin))


def _rivals(book: Book, figure: Figure, cell: Figure) -> bool:
    """True where a total is held and the sentence's figure is not, or goes by the total's name."""
    key = book.names.of(cell)
    named = len(key) > 2 and not VAGUE.fullmatch(key) and key in compact(figure.metric)
    return cell.no in book.held and (named or figure.no not in book.held)


class _Rounded:
    """The total rows of one owner by the values that a sentence would print for them."""

    def __init__(self, totals: Sequence[Figure], places: int, factor: Decimal) -> None:
        self._cells: dict[Decimal, list[Figure]] = defaultdict(list)
        for total in totals:
            self._cells[round_half_up(total.quantity.base / factor, places)].append(total)
        self._values = sorted(self._cells)
        self._reach = Decimal(LAST_DIGITS).scaleb(-places)

    def of(self, value: Decimal) -> Sequence[Figure]:
        """The cells that would be printed as `value`."""
        return self._cells.get(value, ())

    def near(self, value: Decimal) -> list[Decimal]:
        """The other values that differ from it in the last two digits at most."""
        low = bisect_left(self._values, value - self._reach)
        high = bisect_right(self._values, value + self._reach)
        return [each for each in self._values[low:high] if each != value][:_SOME]


def _chosen(book: Book, figure: Figure, cells: Sequence[Figure]) -> Figure | None:
    """The first of some cells that a sentence may speak of, spending before income."""
    ordered = sorted(cells[:_SOME], key=lambda cell: "收入" in "".join(cell.column_path))
    return next((other for other in ordered if _may_be(book, figure, other)), None)


def _totals(book: Book) -> dict[tuple[int, str, str], list[Figure]]:
    """The amounts in total rows, by part, period and kind."""
    totals: dict[tuple[int, str, str], list[Figure]] = defaultdict(list)
    for number, grid in book.grids.items():
        table = book.document.tables[number]
        for (row, column), figure in grid.items():
            kind = KIND.get(figure.role, "")
            money = figure.quantity.unit.dimension is Dimension.MONEY
            if kind and money and table.row_at(row, column).total:
                totals[figure.part, figure.period, kind].append(figure)
    return totals


def _may_be(book: Book, figure: Figure, cell: Figure) -> bool:
    """True where a sentence may speak of the total in a cell.

    Never where one is income and the other expenditure. A total under a header such as 金额 may
    be any amount's; one that its column names must share words with the sentence's name.
    """
    named, labels = figure.metric, "".join((*cell.row_path, *cell.column_path))
    for word, other in (("收入", "支出"), ("支出", "收入")):
        if word in named and other not in named and other in labels and word not in labels:
            return False
    key = book.names.of(cell)
    if is_loose(book.names.of(figure)) and key.startswith("本年"):
        return False
    if len(key) < 3 or VAGUE.fullmatch(key):
        return True
    own = _PLAIN.sub("", compact(named))
    words = {own[i : i + 2] for i in range(len(own) - 1)}
    return not words or any(word in key for word in words)
