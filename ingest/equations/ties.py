"""Ties between the tables of departmental final accounts (部门决算公开表)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ingest.equations.book import Book
from ingest.equations.claims import Claim, holds, same, signed_total, total
from ingest.equations.sides import Side, sides
from ingest.model import Figure, Role, Table
from ingest.reading.text import compact

# The public forms of departmental final accounts (部门决算公开 01–09 表) by their titles.
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("09", re.compile(r"三公")),
    ("08", re.compile(r"国有资本经营预算财政拨款(?:收入)?支出决算")),
    ("07", re.compile(r"政府性基金预算财政拨款收入支出决算")),
    ("06", re.compile(r"一般公共预算财政拨款基本支出决算")),
    ("05", re.compile(r"一般公共预算财政拨款支出决算")),
    ("04", re.compile(r"财政拨款收入支出决算总表")),
    ("01", re.compile(r"收入支出决算总表")),
    ("02", re.compile(r"(?:^|[^一-鿿]|年度?|部门|本级|表[一二三四五六七八九十]+)收入决算表")),
    ("03", re.compile(r"(?:^|[^一-鿿]|年度?|部门|本级|表[一二三四五六七八九十]+)支出决算表")),
)
Forms = dict[str, list[Side]]
# (form, name) of what is stated and of what it is taken from.
_TIES: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = (
    (("02", "本年收入"), ("01", "本年收入")),
    (("03", "本年支出"), ("01", "本年支出")),
    (("02", "财政拨款收入"), ("04", "财政拨款收入")),
    (("04", "一般公共预算财政拨款收入"), ("01", "一般公共预算财政拨款收入")),
    (("04", "政府性基金预算财政拨款收入"), ("01", "政府性基金预算财政拨款收入")),
    (("05", "一般公共预算财政拨款支出"), ("04", "一般公共预算财政拨款支出")),
    (("07", "政府性基金预算财政拨款支出"), ("04", "政府性基金预算财政拨款支出")),
    (("07", "政府性基金预算财政拨款收入"), ("04", "政府性基金预算财政拨款收入")),
    (("02", "其他收入"), ("01", "其他收入")),
    (("02", "事业收入"), ("01", "事业收入")),
    (("02", "经营收入"), ("01", "经营收入")),
    (("02", "上级补助收入"), ("01", "上级补助收入")),
    (("02", "附属单位上缴收入"), ("01", "附属单位上缴收入")),
)


def form_of(table: Table) -> str:
    """The number of the public form that a table's title names, or ""."""
    title = compact(table.title)
    return next((number for number, words in _FORMS if words.search(title)), "")


def form_ties(book: Book) -> Iterator[Claim]:
    """部门决算各表之间的勾稽：各表的合计与总表相等。

    表 01 本年收入、本年支出 = 表 02、03 合计；表 02 财政拨款收入 = 表 04 本年收入；表 04 各类拨款 = 表 01、05、07；
    收入总计 = 支出总计；表 05 基本支出 = 表 06 人员经费 + 公用经费；表 07 年初结转 + 本年收入 − 本年支出 = 年末结转。

    来源：部门决算公开 01–07 表的表间关系（财政部部门决算报表审核公式）。
    例：表 05 基本支出 560.21 = 表 06 人员经费 501.12 + 公用经费 59.08，在尾差范围内。
    边界：按表名认表，同一部分里同名表不止一张的不查；标题写明节选的只确认、不报错。
    """
    for own in book.once(forms_by_part):
        totals = {form: _named_totals(book, found) for form, found in own.items()}
        yield from _ties(totals, own)
        yield from _people_and_office(totals)
        yield from _fund_balance(totals)
        for form in ("01", "04"):
            yield from _both_sides(own.get(form, ()))


def forms_by_part(book: Book) -> tuple[Forms, ...]:
    """Per part, the sides of its public forms by form number, where a form stands there once."""
    by_table: dict[int, list[Side]] = defaultdict(list)
    for side in sides(book):
        by_table[side.table.no].append(side)
    parts: dict[int, dict[str, list[list[Side]]]] = defaultdict(lambda: defaultdict(list))
    for found in by_table.values():
        part = next(iter(found[0].grid.values())).part
        parts[part][form_of(found[0].table)].append(found)
    return tuple(
        {form: tables[0] for form, tables in forms.items() if form and len(tables) == 1}
        for forms in parts.values()
    )


def _named_totals(book: Book, found: Sequence[Side]) -> dict[str, Figure]:
    """The figures of a form's total rows and of its plain rows, by name; zeros included."""
    named: dict[str, Figure] = {}
    for side in found:
        for (row, column), figure in side.grid.items():
            if column in side.columns and figure.role is Role.VALUE:
                info = side.table.row_at(row, column)
                if info.total or len(info.path) == 1:
                    named.setdefault(book.names.of(figure), figure)
    return named


def _ties(totals: dict[str, dict[str, Figure]], own: dict[str, list[Side]]) -> Iterator[Claim]:
    for (form, name), (source, other) in _TIES:
        stated, given = totals.get(form, {}).get(name), totals.get(source, {}).get(other)
        if stated is None or given is None or not (stated.quantity.base or given.quantity.base):
            continue
        if stated.quantity.unit.compatible(given.quantity.unit):
            claim = same("form_tie", stated, given, f"表 {source}：{other}")
            whole = not any(side.excerpt for side in (*own[form], *own[source]))
            yield from [claim] if whole or holds(claim) else []


def _people_and_office(totals: dict[str, dict[str, Figure]]) -> Iterator[Claim]:
    basic = totals.get("05", {}).get("基本支出")
    detail = totals.get("06", {})
    parts = [detail[name] for name in ("人员经费", "公用经费") if name in detail]
    if basic is not None and len(parts) == 2 and basic.quantity.base:
        yield total("form_tie", basic, parts)


def _fund_balance(totals: dict[str, dict[str, Figure]]) -> Iterator[Claim]:
    fund = totals.get("07", {})
    fund_name = "政府性基金预算财政拨款"
    names = ("年初结转和结余", f"{fund_name}收入", f"{fund_name}支出", "年末结转和结余")
    if all(name in fund for name in names):
        start, income, spent, rest = (fund[name] for name in names)
        if income.quantity.base or spent.quantity.base:
            yield signed_total("form_tie", rest, [(1, start), (1, income), (-1, spent)])


def _both_sides(found: Sequence[Side]) -> Iterator[Claim]:
    """收入总计 = 支出总计."""
    grand = [
        side.grid[row, side.columns[0]]
        for side in found
        for row, info in side.rows
        if compact(info.path[-1]) == "总计" and (row, side.columns[0]) in side.grid
    ]
    if len(found) == len(grand) == 2 and grand[0].quantity.base:
        yield same("form_tie", grand[1], grand[0], "收入总计")
