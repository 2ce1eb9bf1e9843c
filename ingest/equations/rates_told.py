"""Rates that a report states twice: of the same amounts, or of the whole in text and score sheet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ingest import interval
from ingest.equations.alike import slip, where
from ingest.equations.book import Book
from ingest.equations.claims import Claim, closed, holds, same
from ingest.equations.slips import TELLING
from ingest.model import Figure, Role
from ingest.quantity import Dimension
from ingest.reading.text import compact

_FAMILIES = ("completion", "share", "score_rate")
_TELLING = 4  # significant digits that the two amounts of a rate must have between them, each
_BARE = re.compile(
    r"(?:部门|整体|总体|项目|资金|全年)*预算(?:执行|完成)率(?:仅|只|约|总体)*[为是达到]*"
)
_ROW = re.compile(r"(?:部门|整体|总体|项目|资金)*预算(?:执行|完成)率")
_POINTS = 5  # by which two rates of one thing differ at most


def same_rate(book: Book) -> Iterator[Claim]:
    """同样两个数算出的比率，两处应相同。

    来源：项目自评结果的文字与自评表，正文前后各处的完成率、占比。
    例：全年预算 420 万元、执行 386.40 万元，文字写完成 95.2%，自评表执行率 92.0%，不一致。
    边界：两处所用的两个数都相同（至少四位有效数字），其中一处算得成立、另一处不成立，
    而且相差不到 5 个百分点或者像是笔误。
    """
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if claim.family in _FAMILIES and len(claim.operands) == 2 and claim.value is not None:
            amounts = tuple(figure.quantity.base for figure in claim.operands)
            if all(_digits(amount) >= _TELLING for amount in amounts):
                groups[claim.stated.part, claim.family, *amounts].append(claim)
    for claims in groups.values():
        right = next((claim.stated for claim in claims if holds(claim)), None)
        for claim in claims:
            if right is not None and not holds(claim) and _near(claim.stated, right):
                yield same("same_fact", claim.stated, right, where(right))


def _near(rate: Figure, other: Figure) -> bool:
    """True where two rates differ as two statements of one do."""
    apart = abs(rate.quantity.base - other.quantity.base)
    return apart <= _POINTS or slip(rate, other, TELLING - 1)


def _digits(amount: Decimal) -> int:
    """Digits printed for an amount, those of its last unit counted."""
    return len(f"{abs(amount).normalize():f}".replace(".", ""))


def whole_rate(book: Book) -> Iterator[Claim]:
    """正文所写的（部门、项目）预算执行率 = 评分表“预算执行率”指标的实际完成值。

    来源：绩效评价、自评报告的资金使用情况与评分表“预算执行率”一行。
    例：正文“全年实际支出 3,496.93 万元，预算执行率为 94.86%”，评分表写 93.21%，不一致。
    边界：正文“预算执行率”前不带项目、地区等字样；评分表里只有一个值；正文写法都与它不同、而且只有一个值，
    相差不到 5 个百分点的才报错。
    """
    rows: dict[int, dict[Decimal, Figure]] = defaultdict(dict)
    told: dict[int, list[Figure]] = defaultdict(list)
    for figure in book.document.figures:
        if _is_row(figure):
            rows[figure.part].setdefault(figure.quantity.base, figure)
    for run in book.runs if rows else ():
        for index, figure in enumerate(run.figures):
            near = re.split(r"[,;:。、(]", compact(run.leads[index]))[-1]
            if _is_rate(figure) and figure.locator.table is None and _BARE.fullmatch(near):
                told[figure.part].append(figure)
    for part, figures in told.items():
        if len(rows[part]) == 1:
            yield from _against(next(iter(rows[part].values())), figures)


def _against(row: Figure, figures: list[Figure]) -> Iterator[Claim]:
    alike = [f for f in figures if interval.of(f.quantity).overlaps(interval.of(row.quantity))]
    values = {figure.quantity.base for figure in figures}
    near = all(abs(value - row.quantity.base) <= _POINTS for value in values)
    if alike or (len(values) == 1 and near):
        for figure in alike or figures:
            yield same("same_fact", figure, row, where(row) if row.row_path else "评分表")


def _is_rate(figure: Figure) -> bool:
    percent = figure.quantity.unit.dimension is Dimension.PERCENT
    return percent and figure.role is Role.COMPLETION and closed(figure)


def _is_row(figure: Figure) -> bool:
    """True for what a score sheet gives as reached on the indicator."""
    if figure.locator.table is None or not figure.row_path or not closed(figure):
        return False
    percent = figure.quantity.unit.dimension is Dimension.PERCENT
    reached = figure.role in (Role.COMPLETION, Role.ACTUAL)
    return percent and reached and _ROW.fullmatch(compact(figure.row_path[-1])) is not None
