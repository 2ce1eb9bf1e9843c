"""Amounts that a sentence gives to one year and the rest of the report to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ingest import interval
from ingest.equations.book import Book
from ingest.equations.claims import closed
from ingest.equations.slips import significant
from ingest.figures.naming import is_cell, own_key
from ingest.model import Assertion, Figure, Role
from ingest.structure.texts import Texts, contrary, said_of

_ROLES = {Role.VALUE: "value", Role.ACTUAL: "value", Role.BUDGET: "budget"}
_DIGITS = 4  # from which on one amount in two years is no chance
_MOST = 60  # figures of one name beyond which it names a kind of row, not a fact
_NEAR = 80  # characters from a year to its figure that are quoted
_OFTEN = 2  # sentences that give the year of the report before a lone other one is wrong

_Facts = dict[tuple[int, str, str], list[Figure]]  # by part, kind and name


def figure_year(texts: Texts) -> Iterator[Assertion]:
    """文字里写明年度的金额，与表格里（或另几处文字里）同名同额的年度一致。

    来源：沿用上年文本而未改的年度，如 2023 年度决算里写“2022年度本年收入 2,468.10 万元”，表中这一数为 2023 年。
    例：表中 2023 年总支出 640.15 万元，文字写“2022年度总支出 640.15 万元”，年度不符。
    边界：至少四位有效数字，名称相同，与报告年度相差一年；文字所写的年度另有这个数的不算；没有表格的，须有两处
    以上文字写报告年度。
    """
    facts = _facts(texts.book)
    for (part, _, name), figures in facts.items():
        own = texts.document.parts[part].year
        for figure in figures if len(figures) <= _MOST else ():
            if is_cell(figure) or not _next_to(figure.period, own):
                continue
            there = [f for f in figures if f.no != figure.no and _same(f, figure)]
            right = [f for f in there if f.period == own]
            tabled = [f for f in right if is_cell(f)]
            if any(f.period == figure.period for f in there) or not right:
                continue
            if tabled or len(right) >= _OFTEN:
                yield _told(texts, name, figure, (tabled or right)[0])


def _facts(book: Book) -> _Facts:
    facts: _Facts = defaultdict(list)
    for figure in book.document.figures:
        kind = _ROLES.get(figure.role)
        if kind is None or not closed(figure) or len(significant(figure.quantity.value)) < _DIGITS:
            continue
        names = [book.names.of(figure)]
        if not is_cell(figure):
            names.append(own_key(figure))
        for name in dict.fromkeys(name for name in names if len(name) > 2):
            facts[figure.part, kind, name].append(figure)
    return facts


def _next_to(year: str, own: str) -> bool:
    return year.isdigit() and own.isdigit() and abs(int(year) - int(own)) == 1


def _same(first: Figure, second: Figure) -> bool:
    alike = first.quantity.unit.compatible(second.quantity.unit)
    return alike and interval.of(first.quantity).overlaps(interval.of(second.quantity))


def _told(texts: Texts, name: str, figure: Figure, other: Figure) -> Assertion:
    """The words from the year to the figure, against the other place of the figure."""
    text, own = texts.text_of(figure), texts.document.parts[figure.part].year
    label = text.folded.rfind(figure.period, 0, figure.start)
    near = label >= 0 and figure.start - label <= _NEAR
    said = text.said(label, figure.end, figure.no) if near else said_of(figure)
    where = "表中" if is_cell(other) else "别处"
    words = f"“{said.text}”：{where}{said_of(other).text}为{own}年的{name}。"
    return contrary("figure_year", figure.part, name, said, (said_of(other),), f"{own}年", words)
