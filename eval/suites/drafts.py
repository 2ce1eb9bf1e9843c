"""Cases drafted from the figures of reports: cells of tables, sums, growth, shares.

Answers are recomputed by Decimal from the figures as printed. What was misread there is wrong here
as well, so every draft is marked for somebody to look at.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from eval.arithmetic import value_of
from eval.suites.writing import Fields
from ingest.model import Document, Figure, Verdict
from ingest.quantity import Dimension, is_range, round_half_up

_TOTALS = frozenset({"合计", "总计"})
_ADDED = frozenset({Dimension.MONEY, Dimension.COUNT})
_WORDS = re.compile(r"[一-鿿].*[一-鿿]")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_NUMBERED = re.compile(r"^附?(?:公开)?表?[\d一二三四五六七八九十]+(?:[-—]\d+)?表?\s*")
_LONGEST = 24  # characters of a label: what is longer is no name
_AROUND = 60  # characters before a figure that its quote may begin with


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table with the words that a question about it needs."""

    report: str
    whom: str
    year: str
    table: int
    title: str
    row: tuple[str, ...]
    column: str
    figure: Figure
    quote: str

    @property
    def number(self) -> str:
        """The printed number in plain digits."""
        return format(self.figure.quantity.value, "f")

    @property
    def unit(self) -> str:
        """The symbol of its unit."""
        return self.figure.quantity.unit.symbol

    @property
    def name(self) -> str:
        """Its row, as a reader calls it."""
        return self.row[-1]


def drafted(documents: Sequence[Document], count: int, seed: int = 0) -> list[Fields]:
    """Up to `count` cases without ids, of all kinds by turns; the same seed drafts the same."""
    cells = [cell for document in documents for cell in cells_of(document)]
    dice = random.Random(seed)  # noqa: S311 - a choice of examples, nothing secret
    kinds: list[list[Fields]] = []
    for make in MAKERS:
        found = list(make(cells))
        dice.shuffle(found)
        kinds.append(found)
    by_turns = (each for turn in zip_longest(*kinds) for each in turn if each is not None)
    return _different(by_turns, count)


def _different(cases: Iterable[Fields], count: int) -> list[Fields]:
    found: dict[str, Fields] = {}
    for case in cases:
        if len(found) == count:
            break
        found.setdefault(case["question"], case)
    return list(found.values())


def cells_of(document: Document) -> Iterator[Cell]:
    """The cells that can be asked for by name and are sure: no other has the same names."""
    refuted = {
        number
        for equation in document.equations
        if equation.verdict is Verdict.FAILS
        for number in (equation.stated, *equation.operands)
    }
    cells = [
        cell
        for figure in document.figures
        if figure.no not in refuted and (cell := _cell(document, figure)) is not None
    ]
    alike = Counter((cell.whom, cell.year, cell.title, cell.name, cell.column) for cell in cells)
    for cell in cells:
        if alike[(cell.whom, cell.year, cell.title, cell.name, cell.column)] == 1:
            yield cell


def _cell(document: Document, figure: Figure) -> Cell | None:
    place, quantity = figure.locator, figure.quantity
    part = document.parts[figure.part]
    whom, year = part.project.value or part.entity.value, figure.period or part.year
    if place.table is None or not whom or not re.fullmatch(r"\d{4}", year):
        return None
    if not figure.row_path or not figure.column_path or figure.doubtful or len(place.spans) != 1:
        return None
    if quantity.approx or is_range(quantity) or not quantity.value or not quantity.unit.symbol:
        return None
    column = "".join(dict.fromkeys(figure.column_path))
    title = document.tables[place.table].title.strip()
    if not all(map(_is_name, (title, figure.row_path[-1], column))):
        return None
    row, quote = figure.row_path, _quote(document.text, place.spans[0])
    return Cell(document.name, whom, year, place.table, title, row, column, figure, quote)


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST + 16 and bool(_WORDS.search(text)) and "\n" not in text


def _quote(text: str, span: tuple[int, int]) -> str:
    """The line around the figure, cut before it where it is long."""
    start, end = span
    begin = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    stop = text.find("\n", end)
    if start - begin == _AROUND:
        # Never within a number: it would read as another one.
        begin += next((n for n, char in enumerate(text[begin:start]) if not char.isdigit()), 0)
        while begin < start and text[begin] in ".,，．":
            begin += 1
        while begin < start and text[begin].isdigit():
            begin += 1
    return " ".join(text[begin : end if stop < 0 else min(stop, end + 1)].split())


def _case(kind: str, question: str, cells: Sequence[Cell], expect: Fields, derive: str) -> Fields:
    source = [{"file": cell.report, "quote": cell.quote} for cell in cells]
    fields: Fields = {"type": kind, "question": question, "expect": expect}
    if derive:
        fields["derive"] = derive
    unique = [each for n, each in enumerate(source) if each not in source[:n]]
    return {**fields, "source": unique, "tags": ["draft"], "review": "pending"}


def _cells(cells: Sequence[Cell]) -> Iterator[Fields]:
    for cell in cells:
        if cell.name in _TOTALS and cell.column in _TOTALS:
            continue  # 合计的合计: nobody asks so
        question = f"{_where(cell)}，{cell.name}的{cell.column}是多少？"
        yield _case("lookup_table", question, [cell], _number(cell.number, cell.unit), "")


def _sums(cells: Sequence[Cell]) -> Iterator[Fields]:
    """Neighbouring rows of one level, in one column."""
    groups: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        if _is_addend(cell):
            groups[(cell.report, cell.table, cell.column, cell.unit, cell.row[:-1])].append(cell)
    for group in groups.values():
        for one, two in pairwise(group):
            derive = f"{one.number} + {two.number}"
            question = f"{_where(one)}，{one.name}与{two.name}两项{one.column}之和是多少？"
            expect = _number(format(value_of(derive), "f"), one.unit)
            yield _case("sum", question, [one, two], expect, derive)


def _shares(cells: Sequence[Cell]) -> Iterator[Fields]:
    """A row out of the table's total row."""
    totals = {
        (cell.report, cell.table, cell.column, cell.unit): cell
        for cell in cells
        if cell.name in _TOTALS and cell.figure.quantity.value > 0
    }
    for cell in cells:
        total = totals.get((cell.report, cell.table, cell.column, cell.unit))
        if total is None or not _is_addend(cell) or not _less(cell, total):
            continue
        derive = f"round({cell.number} / {total.number} * 100, 2)"
        question = f"{_where(cell)}，{cell.name}的{cell.column}占{total.name}的百分之几？"
        yield _case("share", question, [cell, total], _percent(derive), derive)


def _growths(cells: Sequence[Cell]) -> Iterator[Fields]:
    """One row and column in two years that follow one another."""
    groups: dict[tuple[object, ...], dict[str, Cell]] = defaultdict(dict)
    for cell in cells:
        if cell.figure.quantity.unit.dimension is Dimension.MONEY and cell.number[0] != "-":
            title, column = (_YEAR.sub("", words) for words in (_named(cell), cell.column))
            groups[(cell.whom, title, cell.row, column, cell.unit)].setdefault(cell.year, cell)
    for years in groups.values():
        for year, now in sorted(years.items()):
            before = years.get(str(int(year) - 1))
            if before is None:
                continue
            derive = f"round(({now.number} - {before.number}) / {before.number} * 100, 2)"
            question = (
                f"{now.whom}“{_named(now)}”中，{now.name}的{now.column}"
                f"{year}年比{before.year}年的增长率是多少（下降为负）？"
            )
            yield _case("growth", question, [now, before], _percent(derive), derive)


MAKERS: tuple[Callable[[Sequence[Cell]], Iterator[Fields]], ...] = (
    _cells,
    _sums,
    _growths,
    _shares,
)


def _named(cell: Cell) -> str:
    """The table's title without its number, which changes over the years."""
    return _NUMBERED.sub("", cell.title)


def _where(cell: Cell) -> str:
    return f"{cell.whom}{cell.year}年“{cell.title}”中"


def _is_addend(cell: Cell) -> bool:
    quantity = cell.figure.quantity
    is_total = cell.name.endswith(("合计", "总计", "小计"))
    return quantity.unit.dimension in _ADDED and quantity.value > 0 and not is_total


def _less(cell: Cell, total: Cell) -> bool:
    return cell.figure.quantity.value <= total.figure.quantity.value


def _number(number: str, unit: str) -> Fields:
    return {"number": number, "unit": unit}


def _percent(derive: str) -> Fields:
    """Two decimals, or the one that reports usually print."""
    value = value_of(derive)
    short = format(round_half_up(value_of(derive.replace(", 2)", ", 12)")), 1), "f")
    found = _number(format(value, "f"), "%")
    return {**found, "accept": [_number(short, "%")]}
