"""`gouji portfolio`: one metric over all reports of a year, on the screen, as JSON or a table."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.settings import Settings
from qa.codec import json_line
from qa.model import Filters
from ui.errors import RequestError
from ui.library import open_library, stage_bar
from ui.texts import plain, t

if TYPE_CHECKING:
    from ingest.quantity import Unit
    from qa.portfolio.model import Asked, Condition, Portfolio

METRICS = (
    "execution",
    "adjustment",
    "adjustment-rate",
    "score",
    "score-rate",
    "grade",
    "amount",
    "excess",
)
_UNITS = ("元", "万元", "亿元")


@click.command(
    help="汇总一个年度的全部报告：按预算执行率、预算调整、得分、等级或金额排名，给出合计、分布和未列入的原因。"
)
@click.argument("question", nargs=-1)
@click.option("--metric", type=click.Choice(METRICS), help="比较什么；不写时由问题决定")
@click.option("--name", help="金额的名称，如 三公经费（用于 amount、excess）")
@click.option(
    "--over", type=click.Choice(("units", "projects")), default="units", help="各单位或各项目"
)
@click.option("--year", "years", multiple=True, help="年度，可重复")
@click.option("--unit", help="只查这个单位")
@click.option("--kind", help="只查这类报告，如 部门决算")
@click.option("--scope", help="口径，如 全口径、财政拨款、自评")
@click.option("--lowest", type=click.IntRange(1), metavar="N", help="只列最低的 N 名")
@click.option("--highest", type=click.IntRange(1), metavar="N", help="只列最高的 N 名")
@click.option("--above", metavar="VALUE", help="只列高于此值的，如 100万元、80%")
@click.option("--below", metavar="VALUE", help="只列低于此值的，如 100万元、80%")
@click.option("--in", "money", type=click.Choice(_UNITS), help="金额用什么单位显示")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.option("--xlsx", metavar="FILE", help="写成表格（Excel）")
@click.option("--csv", "as_csv", metavar="FILE", help="写成表格（CSV）")
@click.pass_context
def portfolio(
    context: click.Context,
    question: tuple[str, ...],
    metric: str | None,
    name: str | None,
    over: str,
    years: tuple[str, ...],
    unit: str | None,
    kind: str | None,
    scope: str | None,
    lowest: int | None,
    highest: int | None,
    above: str | None,
    below: str | None,
    money: str | None,
    as_json: bool,
    xlsx: str | None,
    as_csv: str | None,
) -> None:
    words = " ".join(question).strip()
    if bool(words) == (metric is not None):
        raise RequestError(
            t('请写一个问题（如 gouji portfolio "2023年各部门执行率最低的三个"），或用 --metric。')
        )
    asked: Asked | str = words
    if metric is not None:
        ends = (lowest, highest, _condition(above, below))
        asked = _asked(metric, over, years, name, scope, ends, money)
    found = _found(context.obj, asked, _filters(unit, kind, years if words else ()))
    _write(found, xlsx, as_csv)
    if as_json:
        from qa.portfolio.codec import portfolio_to_json

        click.echo(json_line(portfolio_to_json(found), indent=2))
    elif xlsx is None and as_csv is None:
        from ui.portfolio_view import portfolio_view
        from ui.render import new_console, put

        put(new_console(), portfolio_view(found))
    context.exit(int(not found.rows))


def _filters(unit: str | None, kind: str | None, years: tuple[str, ...]) -> Filters:
    from ui.ask import kind_of

    return Filters(unit=unit, year=years[0] if len(years) == 1 else None, kind=kind_of(kind))


def _asked(
    metric: str,
    over: str,
    years: tuple[str, ...],
    name: str | None,
    scope: str | None,
    ends: tuple[int | None, int | None, Condition | None],
    money: str | None,
) -> Asked:
    from qa.plan import Order
    from qa.portfolio.model import Asked, Metric, Over

    lowest, highest, condition = ends
    chosen, rows = Metric(metric.replace("-", "_")), Over(over)
    if lowest is not None and highest is not None:
        raise RequestError(t("--lowest 与 --highest 只能用一个。"))
    if not name and (chosen is Metric.EXCESS or (chosen is Metric.AMOUNT and rows is Over.UNITS)):
        raise RequestError(t("请用 --name 写明金额的名称，如 --name 三公经费。"))
    return Asked(
        metric=chosen,
        over=rows,
        years=years,
        words=name or "",
        scope=scope,
        order=Order.LEAST if lowest else Order.MOST,
        top=lowest or highest,
        condition=condition,
        unit=_unit(money),
        size=chosen in (Metric.ADJUSTMENT, Metric.ADJUSTMENT_RATE) and not lowest,
    )


def _unit(money: str | None) -> Unit | None:
    from ingest.quantity import WAN_YUAN, YI_YUAN, YUAN

    return next((u for u in (YUAN, WAN_YUAN, YI_YUAN) if u.symbol == money), None)


def _condition(above: str | None, below: str | None) -> Condition | None:
    from qa.portfolio.model import Condition

    least, most = _bound(above), _bound(below)
    if least is None and most is None:
        return None
    said = [f"高于{above}"] if above else []
    said += [f"低于{below}"] if below else []

    def holds(value: Decimal) -> bool:
        return (least is None or value > least) and (most is None or value < most)

    return Condition("且".join(said), holds)


def _bound(typed: str | None) -> Decimal | None:
    """A bound in the base unit; a bare number is a percentage, a score or 元."""
    from ingest.reading.reader import read_quantities

    if typed is None:
        return None
    readings = read_quantities(typed)
    if not readings:
        raise RequestError(t("“{typed}”不是数，请写成 100万元 或 80%。", typed=typed))
    return readings[0].quantity.base


def _found(settings: Settings, asked: Asked | str, filters: Filters) -> Portfolio:
    from qa.engine import Engine

    with open_library(settings) as library, stage_bar(t("汇总报告")) as show_stage:
        engine = Engine(library, settings)
        found = engine.portfolio(
            asked, filters=filters, progress=lambda done, total: show_stage("", done, total)
        )
    if found is None:
        raise RequestError(
            t("这个问题不是问全部单位或项目的；请写明“各部门”“所有项目”等，或用 gouji ask。")
        )
    return found


def _write(found: Portfolio, xlsx: str | None, as_csv: str | None) -> None:
    if xlsx is not None:
        from ui.portfolio_xlsx import write_xlsx

        write_xlsx(found, Path(xlsx))
    if as_csv is not None:
        from ui.portfolio_xlsx import write_table

        write_table(found, Path(as_csv))
    for path in filter(None, (xlsx, as_csv)):
        click.echo(t("已写入 {path}", path=plain(path)), err=True)
