"""Lists of reports and figures as tables on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ingest.model import Document, Figure
from ui.library import kind_name
from ui.show import ROLE_WORDS
from ui.texts import plain, t

if TYPE_CHECKING:
    from index.model import ReportInfo


def _table(*columns: tuple[str, bool]) -> Table:
    """An empty table; each column has a head and says whether it holds numbers."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for head, numeric in columns:
        table.add_column(
            t(head), justify="right" if numeric else "left", no_wrap=numeric, overflow="fold"
        )
    return table


def reports_list(reports: Sequence[ReportInfo], console: Console) -> RenderableType:
    """A table where the screen is wide enough for its longest row, else some lines a report."""
    table = reports_table(reports)
    boundless = console.options.update(width=10_000)
    if console.measure(table, options=boundless).maximum <= console.width:
        return table
    return Group(*(line for report in reports for line in _report_lines(report)))


def _report_lines(report: ReportInfo) -> list[RenderableType]:
    who = [kind_name(report.kind), report.entity, report.project, report.year]
    counts = t("数 {figures} 个，等式 {n} 条", figures=report.figures, n=report.equations)
    about = " · ".join([*filter(None, who), counts])
    return [
        Text(plain(f"{report.id}  {report.name}"), style="bold"),
        Padding(Text(plain(about)), (0, 0, 0, 4), expand=False),
    ]


def reports_table(reports: Sequence[ReportInfo]) -> Table:
    """One row a report."""
    table = _table(
        ("编号", True),
        ("文件", False),
        ("类型", False),
        ("单位", False),
        ("项目", False),
        ("年度", True),
        ("数值", True),
        ("等式", True),
    )
    for report in reports:
        cells = [
            str(report.id),
            report.name,
            kind_name(report.kind),
            report.entity,
            report.project,
            report.year,
            str(report.figures),
            str(report.equations),
        ]
        table.add_row(*(Text(plain(cell)) for cell in cells))
    return table


def figures_table(document: Document) -> Table:
    """One row a figure, in reading order."""
    table = _table(
        ("编号", True),
        ("指标", False),
        ("数值", True),
        ("类别", False),
        ("期间", True),
        ("口径", False),
        ("位置", False),
    )
    for figure in document.figures:
        cells = [
            str(figure.no),
            figure.metric,
            f"{figure.quantity.approx}{figure.quantity.printed} {figure.quantity.unit.symbol}",
            t(ROLE_WORDS[figure.role]),
            figure.period,
            "、".join(figure.scope),
            _place(document, figure),
        ]
        table.add_row(*(Text(plain(cell)) for cell in cells))
    return table


def _place(document: Document, figure: Figure) -> str:
    words = []
    if figure.locator.page is not None:
        words.append(t("第 {page} 页", page=figure.locator.page))
    cell = document.cell_at(figure.locator.spans)
    if cell:
        words.append(cell)
    if figure.locator.table is not None:
        table = document.tables[figure.locator.table]
        words.append(table.title or t("第 {no} 个表", no=table.no + 1))
    return " ".join(words)
