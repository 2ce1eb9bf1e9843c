"""`gouji compare`: units, projects and metrics over the years, on the screen or as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.settings import Settings
from qa.codec import json_line
from ui.errors import RequestError
from ui.library import open_library
from ui.texts import plain, t

if TYPE_CHECKING:
    from qa.compare.model import Comparison
    from qa.compare.request import Request


@click.command(
    help="比较单位、项目的各项数在各年的值：复算增减、增长率和占比，指明缺漏、口径差别和矛盾。"
)
@click.argument("question", nargs=-1)
@click.option("--unit", "units", multiple=True, help="单位，可重复")
@click.option("--project", "projects", multiple=True, help="项目，可重复")
@click.option("--metric", "metrics", multiple=True, help="指标（如 三公经费），可重复")
@click.option("--years", help="年度，如 2022-2024 或 2021,2023")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.option("--xlsx", metavar="FILE", help="写成 Excel，出处另列")
@click.option("--csv", metavar="FILE", help="写成 CSV（UTF-8，带 BOM），出处另列")
@click.option("--chart", metavar="FILE", help="画成图（.svg 或 .png，黑白打印可读）")
@click.pass_context
def compare(
    context: click.Context,
    question: tuple[str, ...],
    units: tuple[str, ...],
    projects: tuple[str, ...],
    metrics: tuple[str, ...],
    years: str | None,
    as_json: bool,
    xlsx: str | None,
    csv: str | None,
    chart: str | None,
) -> None:
    request = _request(" ".join(question).strip(), units, projects, metrics, years)
    comparison = _compared(context.obj, request)
    if as_json:
        from qa.compare.codec import comparison_to_json

        click.echo(json_line(comparison_to_json(comparison), indent=2))
    elif not comparison.rows or not any((xlsx, csv, chart)):
        _print(comparison)
    if comparison.rows:
        _write(comparison, xlsx, csv, chart)
    context.exit(int(not comparison.rows))


def _request(
    question: str,
    units: tuple[str, ...],
    projects: tuple[str, ...],
    metrics: tuple[str, ...],
    years: str | None,
) -> Request:
    from qa.compare.request import Request, read_years

    if not question and not units and not projects:
        raise RequestError(
            t(
                '请说明比较什么，如 gouji compare "比较某局2022到2024年的三公经费"，或用 --unit、--project。'
            )
        )
    if years is not None and not read_years(years):
        raise RequestError(t("--years 应写成 2022-2024 或 2021,2023。"))
    return Request(question, units, projects, metrics, (years,) if years else ())


def _compared(settings: Settings, request: Request) -> Comparison:
    from qa.engine import Engine

    with open_library(settings) as library:
        return Engine(library, settings).compare(request)


def _write(comparison: Comparison, xlsx: str | None, csv: str | None, chart: str | None) -> None:
    if xlsx is not None:
        from ui.compare_xlsx import write_xlsx

        write_xlsx(comparison, Path(xlsx))
    if csv is not None:
        from ui.compare_csv import write_csv

        write_csv(comparison, Path(csv))
    if chart is not None:
        from ui.compare_chart import write_chart

        write_chart(comparison, Path(chart))
    for path in filter(None, (xlsx, csv, chart)):
        click.echo(t("已写入 {path}", path=plain(path)), err=True)


def _print(comparison: Comparison) -> None:
    from ui.compare_view import compare_view
    from ui.render import new_console, put

    put(new_console(), compare_view(comparison))
