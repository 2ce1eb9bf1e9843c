"""Ties between the functions of spending in the public forms: one row here, one row there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ingest.equations.book import Book
from ingest.equations.claims import Claim, holds, same, total
from ingest.equations.sides import Side
from ingest.equations.ties import Forms, forms_by_part
from ingest.interval import Interval
from ingest.model import Figure
from ingest.reading.text import compact

_CLASS = 3  # digits of the code of a function (类)
_SUBTOTAL = re.compile(r"^(?:合计|小计|本年支出合计|本年支出)$")


class _Column(NamedTuple):
    """A column of a form that lists spending by function, and the form that details it."""

    form: str
    header: str  # in the column's path; "" for the last column of the side
    source: str
    spent: str  # in the path of the source's column of all spending


_COLUMNS = (
    _Column("01", "", "03", "合计"),
    _Column("04", "一般公共预算财政拨款", "05", "合计"),
    _Column("04", "政府性基金预算财政拨款", "07", "本年支出"),
)


def function_ties(book: Book) -> Iterator[Claim]:
    """按功能分类的支出，总表一行 = 明细表同名的一类；明细表没有列的类在总表为 0。

    表 01 各类支出 = 表 03 同名的类；表 04 一般公共预算、政府性基金各列 = 表 05、07 同名的类。

    来源：部门决算公开 01、03、04、05、07 表的功能分类（类，3 位编码）。
    例：表 01“五、教育支出 520.05”= 表 03“205 教育支出 520.05”；表 03 没有外交支出，表 01“外交支出”应为 0.00。
    边界：按类的名称对应，半数以上成立才报错；“没有列的为 0”须明细表各类之和等于合计，而且明细表的类在总表里都有。
    """
    for forms in book.once(forms_by_part):
        for column in _COLUMNS:
            if column.form in forms and column.source in forms:
                claims = list(_tied(forms, column))
                good = sum(map(holds, claims))
                believed = good > 0 and good >= len(claims) - good
                yield from (c for c in claims if holds(c) or believed)


def _tied(forms: Forms, column: _Column) -> Iterator[Claim]:
    source = next((s for s in forms[column.source] if s.coded), None)
    listed = None if source is None else _listed(source, column.spent)
    if listed is None:
        return
    stated = _by_function(forms[column.form], column.header)
    for name, figure in stated.items():
        given = listed.classes.get(name)
        if given is not None and (figure.quantity.base or given.quantity.base):
            yield same("form_tie", figure, given, f"表 {column.source}：{name}")
        elif (
            given is None
            and figure.quantity.base
            and listed.whole
            and set(listed.classes) <= set(stated)
        ):
            formula = f"表 {column.source} 没有列{name}"
            zero = Decimal(0)
            yield Claim("form_tie", figure, (listed.whole,), formula, zero, Interval(zero, zero))


class _Listed(NamedTuple):
    """The functions that a form details, and its total where they add up to it."""

    classes: dict[str, Figure]
    whole: Figure | None


def _listed(side: Side, spent: str) -> _Listed | None:
    column = next((c for c in side.columns if _is_spent(side, c, spent)), None)
    if column is None or side.excerpt:
        return None
    classes = {
        compact(info.path[-1]): side.grid[row, column]
        for row, info in side.rows
        if len(info.code) == _CLASS and (row, column) in side.grid
    }
    wholes = [side.grid[row, column] for row in side.totals if (row, column) in side.grid]
    adds_up = len(wholes) == 1 and holds(total("form_tie", wholes[0], list(classes.values())))
    return _Listed(classes, wholes[0] if adds_up else None)


def _is_spent(side: Side, column: int, spent: str) -> bool:
    path = [compact(header) for header in side.table.columns[column].path]
    return bool(path) and spent in "".join(path) and _SUBTOTAL.match(path[-1]) is not None


def _by_function(found: list[Side], header: str) -> dict[str, Figure]:
    """The rows of spending above 本年支出合计, by their function."""
    for side in found:
        ends = [r for r, info in side.rows if compact(info.path[-1]) == "本年支出合计"]
        columns = [
            c for c in side.columns if header in compact("".join(side.table.columns[c].path))
        ]
        if ends and columns and not side.excerpt:
            column = columns[0] if header else columns[-1]
            return {
                compact(info.path[-1]): side.grid[row, column]
                for row, info in side.rows
                if row < ends[0] and len(info.path) == 1 and (row, column) in side.grid
            }
    return {}
