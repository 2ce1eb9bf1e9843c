"""A portfolio as a workbook (排名, 未列入, 合计与分布) or as one CSV table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

from qa.model import Source, Value
from qa.portfolio.model import Gap, Portfolio, Row
from ui import sheets
from ui.portfolio_view import REASON_WORDS
from ui.render import CHECK_MARKS, place_of
from ui.texts import t

_COLUMNS = (
    ("名次", 7),
    ("单位", 30),
    ("项目", 30),
    ("年度", 8),
    ("口径", 20),
    ("数值", 16),
    ("计量单位", 9),
    ("核对", 20),
    ("算式", 40),
    ("对照值", 14),
    ("报告", 30),
    ("位置", 40),
    ("原文", 60),
    ("说明", 50),
)


def write_xlsx(found: Portfolio, path: Path) -> None:
    """Write the workbook to `path`, in the current language."""
    book = sheets.new_book()
    sheets.listed(book, t("排名"), _COLUMNS, (_row(row) for row in found.shown))
    gaps = (("原因", 16), *_COLUMNS[1:])
    sheets.listed(book, t("未列入"), gaps, (_gap(gap) for gap in found.gaps))
    _summary(found, book)
    book.save(path)


def write_table(found: Portfolio, path: Path) -> None:
    """Write ranking and gaps to `path` as one table; a gap has its reason for a rank."""
    head = [t(name) for name, _ in _COLUMNS]
    rows = [*(_row(row) for row in found.shown), *(_gap(gap) for gap in found.gaps)]
    sheets.write_csv(path, [head, *rows])


def _row(row: Row) -> list[sheets.Value]:
    rank = str(row.rank) if row.fact.base is not None else ""
    shown = [rank, row.entity, row.project, row.year, row.fact.scope.name]
    return [*shown, *_value(row.fact.value), ""]


def _gap(gap: Gap) -> list[sheets.Value]:
    head: list[sheets.Value] = [
        t(REASON_WORDS[gap.reason]),
        gap.entity,
        gap.project,
        gap.year,
        "",
    ]
    value = gap.values[0] if gap.values else None
    blank: list[sheets.Value] = ["", "", "", "", "", "、".join(gap.reports), "", ""]
    return [*head, *(_value(value) if value is not None else blank), gap.words]


def _value(value: Value) -> list[sheets.Value]:
    source = value.sources[0] if value.sources else None
    return [
        value.number,
        value.unit,
        t(CHECK_MARKS[value.check][1]),
        value.formula,
        value.other or "",
        source.report if source else "",
        place_of(source) if source else "",
        _quotes(value.sources),
    ]


def _quotes(sources: tuple[Source, ...]) -> str:
    return "\n".join(dict.fromkeys(source.quote for source in sources))


def _summary(found: Portfolio, book: Workbook) -> None:
    sheet = sheets.new_sheet(book, t("合计与分布"), [40, 16, 10, 60])
    for row in _summary_rows(found):
        sheets.append(sheet, row)


def _summary_rows(found: Portfolio) -> Iterator[list[sheets.Value]]:
    yield [found.title]
    yield [t("口径"), found.scope.name]
    for total in found.totals:
        yield [
            f"{total.label}（{total.count}）",
            total.number,
            total.unit,
            total.formula,
            total.note,
        ]
    for band in found.bands:
        yield [band.label, band.count, "", "、".join(band.names)]
    if found.spread is not None:
        spread = found.spread
        for name, number in (
            ("最低", spread.lowest),
            ("下四分位", spread.lower),
            ("中位", spread.median),
            ("上四分位", spread.upper),
            ("最高", spread.highest),
        ):
            yield [t(name), number, spread.unit]
    for warning in found.warnings:
        yield [warning]
    covered = found.covered
    yield [t("报告份数"), covered.reports]
    yield [t("用到"), covered.used]
    yield [t("不属于本次比较"), covered.outside]
