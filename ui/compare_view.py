"""A comparison on a terminal: a table a subject, changes under their years, then what to mind.

Text of reports is untrusted: it is shown as plain text, without markup and control characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ingest.quantity import format_number
from qa.compare.model import Caution, Cell, Change, Comparison, Derived, Kind, Origin, Row
from qa.model import Check
from ui.render import CHECK_MARKS, place_of
from ui.texts import plain, t

GRAVE = (Kind.CONTRADICTION, Kind.GUESS, Kind.UNCLEAR, Kind.MISSING)
ORIGIN_WORDS = {
    Origin.MISSING: "缺",
    Origin.UNCLEAR: "不确定",
    Origin.LATER: "他年报告",
    Origin.IMPLIED: "推算",
}
_SOURCES = 24


def compare_view(comparison: Comparison) -> RenderableType:
    """The whole comparison; where there is none, why, and what may be named."""
    if not comparison.rows:
        lines = [Text(plain(comparison.reason), style="yellow")]
        lines += [Text(f"  · {plain(choice)}") for choice in comparison.choices]
        return Group(*lines)
    parts: list[RenderableType] = []
    for head, labels, rows in grouped(comparison):
        table = _table(comparison.columns, labels, rows)
        parts += [Text(plain(head), style="bold"), table, Text()]
    parts += list(_cautions(comparison.warnings))
    parts += list(_sources(comparison))
    words = t(
        "范围 {reports} 份报告，用到 {used} 份", reports=comparison.reports, used=comparison.used
    )
    parts.append(Text(words, style="dim"))
    return Group(*parts)


def grouped(comparison: Comparison) -> Iterator[tuple[str, list[str], list[Row]]]:
    """Tables with their head and the labels of their rows.

    One a subject with its metrics; of several subjects one a metric, to be read down.
    """
    several = len({subject_of(row) for row in comparison.rows}) > 1
    groups: dict[str, list[Row]] = {}
    for row in comparison.rows:
        groups.setdefault(metric_of(row) if several else subject_of(row), []).append(row)
    label = subject_of if several else metric_of
    for head, rows in groups.items():
        yield head, [label(row) for row in rows], rows


def subject_of(row: Row) -> str:
    """Whose row it is: the unit, or its project."""
    return f"{row.entity}“{row.project}”" if row.project else row.entity


def metric_of(row: Row) -> str:
    """The row's metric with its unit: ``三公经费（万元）``."""
    return f"{row.metric}（{row.unit.symbol}）" if row.unit and row.unit.symbol else row.metric


def _table(columns: Sequence[str], labels: Sequence[str], rows: Sequence[Row]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("", overflow="fold")
    for year in columns:
        table.add_column(t("{year}年", year=year), justify="right", overflow="fold")
    if len(columns) > 2:
        table.add_column(t("首尾相比"), justify="right", overflow="fold")
    for label, row in zip(labels, rows, strict=True):
        _add(table, label, row, len(columns))
    return table


def _add(table: Table, label: str, row: Row, columns: int) -> None:
    """The values, under them the change from the year before, the rate and the share."""
    ends = {change.end: change for change in row.changes}
    wide = columns > 2
    table.add_row(plain(label), *map(_cell, row.cells), *([_overall(row.overall)] if wide else []))
    moved = [_moved(ends.get(cell.period)) for cell in row.cells]
    if any(moved):
        table.add_row(Text(t("  增减"), style="dim"), *moved, *([""] if wide else []))
    grown = [_grown(ends.get(cell.period)) for cell in row.cells]
    if any(grown):
        table.add_row(Text(t("  增长"), style="dim"), *grown, *([""] if wide else []))
    shares = [_share(cell.share) for cell in row.cells]
    if any(shares):
        table.add_row(Text(t("  占所列各行合计"), style="dim"), *shares, *([""] if wide else []))


def _cell(cell: Cell) -> Text:
    if cell.value is None:
        return Text(t(ORIGIN_WORDS[cell.origin]), style="yellow")
    check = Check.FAILS if cell.contradicted else cell.value.check
    mark, _, style = CHECK_MARKS[check]
    text = Text(f"{number_of(cell)} {mark}", style=style if check is Check.FAILS else "")
    if cell.origin in ORIGIN_WORDS:
        text.append(f" {t(ORIGIN_WORDS[cell.origin])}", style="dim")
    if cell.guessed:
        text.append(f" {t('推测同一')}", style="yellow")
    for rival in cell.rivals:
        text.append(f"\n{t('另：')}{plain(rival.shown)}", style="red")
    return text


def number_of(cell: Cell) -> str:
    """The cell's number with thousands separators."""
    return "" if cell.value is None else format_number(Decimal(cell.value.number))


def signed(derived: Derived) -> str:
    """A change with its sign, grouped by thousands."""
    value = Decimal(derived.number)
    return f"{'+' if value > 0 else ''}{format_number(value)}"


def _moved(change: Change | None) -> str:
    if change is None or change.amount is None:
        return ""
    return signed(change.amount) + _failing(change.amount)


def _grown(change: Change | None) -> str:
    if change is None:
        return ""
    if change.growth is not None:
        return f"{signed(change.growth)}%{_failing(change.growth)}"
    return t("不可比") if change.note else ""


def _failing(derived: Derived) -> str:
    return " ✗" if derived.check is Check.FAILS else ""


def _overall(change: Change | None) -> str:
    return " ".join(filter(None, (_moved(change), _grown(change))))


def _share(derived: Derived | None) -> str:
    return "" if derived is None else f"{derived.number}%"


def _cautions(cautions: Sequence[Caution]) -> Iterator[RenderableType]:
    if not cautions:
        return
    yield Text(t("请注意"), style="bold")
    for caution in sorted(cautions, key=lambda each: each.kind not in GRAVE):
        style = "red" if caution.kind is Kind.CONTRADICTION else "yellow"
        style = style if caution.kind in GRAVE else "dim"
        yield Padding(Text(f"· {plain(caution.text)}", style=style), (0, 0, 0, 2), expand=False)


def _sources(comparison: Comparison) -> Iterator[RenderableType]:
    """Where each cell stands, one place a cell; all of them are in the JSON and the files."""
    cells = [(row, cell) for row in comparison.rows for cell in row.cells if cell.value]
    if not cells:
        return
    yield Text(t("出处"), style="bold")
    for row, cell in cells[:_SOURCES]:
        if cell.value is None or not cell.value.sources:
            continue
        where = f"{cell.period}年 {row.label}：{place_of(cell.value.sources[0])}"
        yield Padding(Text(plain(where), style="dim"), (0, 0, 0, 2), expand=False)
    if len(cells) > _SOURCES:
        words = t("另有 {n} 处，全部见 --json", n=len(cells) - _SOURCES)
        yield Padding(Text(words, style="dim"), (0, 0, 0, 2), expand=False)
