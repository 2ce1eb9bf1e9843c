"""A portfolio on a terminal: the ranking with checks, contradictions, totals, spread, gaps."""

from __future__ import annotations

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from qa.portfolio.model import Gap, Portfolio, Reason
from qa.present import grouped
from ui.render import CHECK_MARKS, DOUBT_MARK, place_of
from ui.texts import plain, t

REASON_WORDS = {
    Reason.NOT_STATED: "未写明",
    Reason.UNIT_UNCLEAR: "计量单位不明",
    Reason.BODY_UNCLEAR: "所属单位不明",
    Reason.SCOPE_DIFFERS: "口径不同",
    Reason.AMBIGUOUS: "有几个数，未能确定",
    Reason.CONTRADICTED: "自相矛盾",
}


def portfolio_view(found: Portfolio) -> RenderableType:
    """The whole portfolio, top to bottom; sections that are empty are left out."""
    head = f"{found.title}（{t('口径：{scope}', scope=found.scope.name)}）"
    parts: list[RenderableType] = [Text(plain(head), style="bold")]
    parts += [_rows(found)] if found.shown else [Text(t("没有可以列入的。"), style="yellow")]
    contradicted = found.contradicted
    if contradicted:
        parts += [Text(t("自相矛盾，未列入排名"), style="bold red"), *map(_gap, contradicted)]
    parts += _totals(found)
    parts += [Text(plain(warning), style="yellow") for warning in found.warnings]
    parts += _missing(found)
    covered = found.covered
    words = t(
        "范围 {reports} 份报告，用到 {used} 份，{outside} 份不属于本次比较",
        reports=covered.reports,
        used=covered.used,
        outside=covered.outside,
    )
    return Group(*parts, Text(words, style="dim"))


def _rows(found: Portfolio) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for head, right in (
        ("名次", True),
        ("单位", False),
        ("项目", False),
        ("年度", True),
        ("数值", True),
        ("核对", False),
        ("算式", False),
        ("出处", False),
    ):
        table.add_column(t(head), justify="right" if right else "left", overflow="fold")
    for row in found.shown:
        value = row.fact.value
        mark, words, style = DOUBT_MARK if value.doubtful else CHECK_MARKS[value.check]
        cells = [
            str(row.rank) if row.fact.base is not None else "",
            row.entity,
            row.project,
            row.year,
            f"{grouped(value.number)} {value.unit}".strip(),
        ]
        table.add_row(
            *(Text(plain(cell)) for cell in cells),
            Text(f"{mark} {t(words)}", style=style),
            Text(plain(value.formula)),
            Text(place_of(value.sources[0]) if value.sources else "", style="dim"),
        )
    return table


def _gap(gap: Gap) -> Text:
    numbers = "、".join(f"{grouped(value.number)} {value.unit}".strip() for value in gap.values)
    return Text(plain(f"  ✗ {gap.name} {numbers}：{gap.words}"))


def _totals(found: Portfolio) -> list[RenderableType]:
    lines = [
        f"  {total.label}（{total.count}）：{grouped(total.number)} {total.unit} = {total.formula}"
        + (f"（{total.note}）" if total.note else "")
        for total in found.totals
    ]
    lines += [f"  {band.label}：{band.count}" for band in found.bands]
    if found.spread is not None:
        spread = found.spread
        lines.append(
            t(
                "  最低 {a}，下四分位 {b}，中位 {c}，上四分位 {d}，最高 {e}（{unit}）",
                a=spread.lowest,
                b=spread.lower,
                c=spread.median,
                d=spread.upper,
                e=spread.highest,
                unit=spread.unit,
            )
        )
    if not lines:
        return []
    return [Text(t("合计与分布"), style="bold"), *(Text(plain(line)) for line in lines)]


def _missing(found: Portfolio) -> list[RenderableType]:
    gaps = [gap for gap in found.gaps if gap.reason is not Reason.CONTRADICTED]
    if not gaps:
        return []
    lines = [
        Text(plain(f"  · {gap.name}（{t(REASON_WORDS[gap.reason])}）：{gap.words}")) for gap in gaps
    ]
    return [Text(t("未列入"), style="bold"), *lines]
