"""How many there were in the end: so many at first, some taken out and some put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest import interval
from ingest.equations.book import Book, Paragraph
from ingest.equations.claims import Claim, closed, figures_of, show
from ingest.model import Figure, Role
from ingest.quantity import Dimension

_FIRST = re.compile(r"(?:年初|原|最初|起初)[^,;。]{0,20}?(?:由|有|共|安排|设|含|包括)\s*$")
_OUT = re.compile(r"(?:取消|调减|减少|核减|去除|撤销)了?\s*$")
_IN = re.compile(r"(?:新增|调增|增加|增设|追加|增列)了?\s*$")
_LAST = re.compile(
    r"(?:最终|最后|调整后|调整之后)[^,;。]{0,8}?(?:的|为|共|有|保留|实施|剩)?(?:全部)?\s*$"
)
_PLAIN = (Role.VALUE, Role.ACTUAL, Role.BUDGET, Role.ADJUSTMENT, Role.CHANGE)


def count_course(book: Book) -> Iterator[Claim]:
    """“年初由 a 个组成，取消 b 个，新增 c 个。最终调整后的 d 个”：d = a − b + c。

    来源：项目概况、子项目调整情况。
    例：7 个 − 2 个 + 1 个 = 6 个，写作“最终调整后的 5 个”不成立。
    边界：同一段里依次说出，量词相同；中间有同一量词的其他数就不查。
    """
    for paragraph in book.paragraphs:
        yield from (c for c in _courses(paragraph) if figures_of(c) not in book.said)


def _courses(paragraph: Paragraph) -> Iterator[Claim]:
    first: Figure | None = None
    moves: list[tuple[int, Figure]] = []
    for run in paragraph:
        for lead, figure in zip(run.leads, run.figures, strict=True):
            if figure.quantity.unit.dimension is not Dimension.COUNT:
                continue
            if _FIRST.search(lead):
                first, moves = figure, []
            elif first is None or figure.quantity.unit != first.quantity.unit:
                continue
            elif _OUT.search(lead):
                moves.append((-1, figure))
            elif _IN.search(lead):
                moves.append((1, figure))
            elif _LAST.search(lead) and moves:
                yield from _claim(first, moves, figure)
                first = None
            else:
                first = None


def _claim(first: Figure, moves: list[tuple[int, Figure]], last: Figure) -> Iterator[Claim]:
    parts = (first, *(figure for _, figure in moves))
    if not all(closed(figure) and figure.role in _PLAIN for figure in (*parts, last)):
        return
    value: Decimal = first.quantity.base
    bounds = [interval.of(first.quantity)]
    formula = show(first)
    for sign, figure in moves:
        value += sign * figure.quantity.base
        edges = interval.of(figure.quantity)
        bounds.append(edges if sign > 0 else edges.negated())
        formula += f" {'+' if sign > 0 else '−'} {show(figure)}"
    yield Claim("count_parts", last, parts, formula, value, interval.total(bounds))
