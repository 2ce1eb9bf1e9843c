"""Numbers of tables that sentences print with a digit or two in the wrong place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest import interval
from ingest.equations.book import Book, Run
from ingest.equations.claims import Claim, closed, same
from ingest.equations.slips import TELLING, exchanged, significant
from ingest.figures.naming import is_cell
from ingest.model import Figure, Role
from ingest.quantity import Dimension, round_half_up
from ingest.reading.text import compact
from ingest.structure.markers import read_marker

_ROLES = (Role.VALUE, Role.ACTUAL, Role.BUDGET)
_KIND = {Role.ACTUAL: Role.VALUE}  # one to a sentence, the other to a table
_PREFIX = 5  # characters of a longer label that say which row is meant
_LONG = 4  # characters of a label that is no word of every sentence
_INCLUDING = re.compile(r"^(?:其中|包括)[::]?")
_DONE = re.compile(r"实际|完成|计划|到位")
_CELLS = 4  # cells of one value that are looked at

Print = tuple[int, Decimal]  # decimals and unit: how a sentence prints a number
Owner = tuple[int, str, Role]  # part, period, kind


def misprint(book: Book) -> Iterator[Claim]:
    """正文里的数与表格里同一事项的数相差颠倒的两位、错的一位或小数点：两处应相同。

    来源：正文引用表格中某一行的数（“某区 2,120 人次”，表中该区为 2,210）。
    例：“林业站实有 3,412 人”，表中林业站一行为 3,142。
    边界：至少四位有效数字；表中的行名（合计行为列名）须见于同一句；表中的数在正文别处已写到、而那里说的不是这一行
    的，正文的数在别的表里有的，或者有其他等式支持的，都不算。
    """
    words = [figure for figure in book.document.figures if _telling(figure) and not is_cell(figure)]
    prints = {(interval.places(f.quantity), f.quantity.unit.factor) for f in words}
    cells = [figure for figure in book.document.figures if _telling(figure) and is_cell(figure)]
    told = [figure for figure in words if _of_row(book, figure)]
    said: _Said = defaultdict(list)
    for each in words:
        said[each.part, each.quantity.value, _print(each)].append(
            compact(f"{each.metric}{each.subject}{each.sentence}")
        )
    known, inner = _index(cells, prints), _index(told, prints)
    for run in book.runs:
        for index, figure in enumerate(run.figures):
            if not _telling(figure) or is_cell(figure):
                continue
            if figure.no not in book.held:
                cell = _meant(book, run, index, known, said)
                if cell is not None:
                    labels = " / ".join((*cell.row_path[-1:], *cell.column_path[-1:]))
                    yield same("same_fact", figure, cell, f"表：{labels}")
            elif figure.locator.table is None:
                yield from _in_a_cell(book, run, index, inner)


_REACHED = re.compile(r"实际|完成情况|完成值|实现情况")


def _of_row(book: Book, figure: Figure) -> bool:
    """True for a number in the words of a cell that tell what a row's indicator reached."""
    table = book.table(figure)
    labels = table.columns[figure.locator.column or 0].path if table is not None else ()
    return any(_REACHED.search(label) for label in labels)


def _in_a_cell(book: Book, run: Run, index: int, inner: _Index) -> Iterator[Claim]:
    """A cell's words (受理6,482件) that have two digits exchanged of what a held sentence says."""
    figure = run.figures[index]
    values = inner.get((_owner(figure), _print(figure)), {})
    text = compact("".join(run.leads[: index + 1]))
    if figure.quantity.value in values:
        return
    for value, found in values.items():
        for cell in found[:_CELLS] if exchanged(value, figure.quantity.value) else ():
            label = _plain(compact(cell.row_path[-1])) if cell.row_path else ""
            if cell.no not in book.held and len(label) >= _LONG and label in text:
                yield same("same_fact", cell, figure, "正文")
                return


def _telling(figure: Figure) -> bool:
    """True for a number of four digits; the zeros that end a count are digits of it."""
    value = figure.quantity.value
    digits = len(f"{abs(value):f}") if figure.quantity.exact else len(significant(value))
    return figure.role in _ROLES and closed(figure) and digits >= TELLING


def _print(figure: Figure) -> Print:
    return interval.places(figure.quantity), figure.quantity.unit.factor


def _owner(figure: Figure) -> Owner:
    return figure.part, figure.period, _KIND.get(figure.role, figure.role)


_Said = defaultdict[tuple[int, Decimal, Print], list[str]]
_Index = dict[tuple[Owner, Print], dict[Decimal, list[Figure]]]


def _index(cells: Sequence[Figure], prints: set[Print]) -> _Index:
    """The cells by the values that sentences would print for them."""
    known: _Index = defaultdict(lambda: defaultdict(list))
    for cell in cells:
        for places, factor in prints:
            value = round_half_up(cell.quantity.base / factor, places)
            known[_owner(cell), (places, factor)][value].append(cell)
    return known


def _meant(
    book: Book,
    run: Run,
    index: int,
    known: _Index,
    said: _Said,
) -> Figure | None:
    """The cell that a figure is a misprint of; None where there is none or the figure is right."""
    figure = run.figures[index]
    printed = _print(figure)
    values = known.get((_owner(figure), printed), {})
    if figure.quantity.value in values:
        return None
    text = compact("".join(run.leads[: index + 1]))
    for value in _variants(figure.quantity.value, printed[0]):
        others = said.get((figure.part, value, printed), ())
        for cell in values.get(value, ())[:_CELLS]:
            # Said of the same row elsewhere, it is what the report means; of another thing, it is that.
            elsewhere = all(_alluded(book, other, cell) for other in others)
            if elsewhere and _comparable(figure, cell) and _alluded(book, text, cell):
                return cell
    return None


def _comparable(figure: Figure, cell: Figure) -> bool:
    """True where the units convert, or the table leaves it to its header to say what it counts."""
    unit, other = figure.quantity.unit, cell.quantity.unit
    bare = other.dimension is Dimension.NUMBER and unit.dimension is Dimension.COUNT
    return bare or unit.compatible(other)


def _variants(value: Decimal, places: int) -> Iterator[Decimal]:
    """What a slip may have made `value` of: two or three neighbours changed places, the point, one digit."""
    digits = f"{abs(value):.{places}f}".replace(".", "")
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            yield _number(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :], places)
    for i in range(len(digits) - 2):
        three = digits[i : i + 3]
        if len(set(three)) == len(three):  # 454.05 for 405.45
            yield _number(digits[:i] + three[1:] + three[0] + digits[i + 3 :], places)
            yield _number(digits[:i] + three[2] + three[:2] + digits[i + 3 :], places)
    for power in (-4, -1, 1, 4):
        yield value.scaleb(power)
    for i, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit:
                yield _number(digits[:i] + other + digits[i + 1 :], places)


def _number(digits: str, places: int) -> Decimal:
    return Decimal(digits).scaleb(-places)


def _alluded(book: Book, text: str, cell: Figure) -> bool:
    """True where the text names the cell's row, or the column of a total row."""
    table = book.table(cell)
    total = (
        table is not None and table.row_at(cell.locator.row or 0, cell.locator.column or 0).total
    )
    label = (cell.column_path if total else cell.row_path)[-1:]
    name = _plain(compact(label[0])) if label else ""
    if total and all(word in text for word in _DONE.findall(name)):
        name = _DONE.sub("", name)  # 日常养护完成 is 完成日常养护
    return len(name) >= (_LONG if total else 2) and (name in text or _begins(name, text))


def _begins(name: str, text: str) -> bool:
    return len(name) > _PREFIX and name[:_PREFIX] in text


def _plain(label: str) -> str:
    marker = read_marker(label)
    rest = label[marker.length :] if marker and marker.length < len(label) else label
    return _INCLUDING.sub("", rest)
