"""A comparison as HTML: a table and a chart a group, what to mind, every cell leading to its source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from markupsafe import Markup

from qa.compare.model import Caution, Cell, Change, Comparison, Derived, Kind, Row
from qa.model import Check
from ui.compare_view import GRAVE, ORIGIN_WORDS, grouped, metric_of, number_of, signed
from ui.render import CHECK_MARKS
from ui.texts import t
from ui.web.chart import Bars, chart
from ui.web.markup import EMPTY, action, html, joined

_EXAMPLES = 12


def welcome(examples: Sequence[str], trouble: str = "") -> Markup:
    """What the tab says before anything was compared."""
    asked = joined(
        html("<li>{}</li>", action("compare", each, classes="gj-example", text=each))
        for each in examples
    )
    return html(
        '<div class="gj-welcome">{}<h2>{}</h2><p>{}</p><ul>{}</ul></div>',
        html('<p class="gj-head abstained" role="alert">{}</p>', trouble) if trouble else EMPTY,
        t("比较各年、各单位、各项目"),
        t("写一句话，或在上面选。每格的数都在报告里找到并核对过；增减、增长率和占比由程序复算。"),
        asked,
    )


def comparison_html(comparison: Comparison, files: Callable[[str], str]) -> Markup:
    """The whole comparison; where there is none, why, and what may be named.

    Args:
        files: the address of its export of an ending.
    """
    if not comparison.rows:
        choices = joined(
            html("<li>{}</li>", action("compare", each, classes="gj-choice", text=each))
            for each in comparison.choices[:_EXAMPLES]
        )
        return html(
            '<div class="gj-welcome"><p class="gj-head abstained">{}</p><ul class="gj-choices">{}</ul></div>',
            comparison.reason,
            choices,
        )
    numbers = {id(row): number for number, row in enumerate(comparison.rows)}
    groups = joined(
        _group(comparison.columns, head, labels, rows, numbers)
        for head, labels, rows in grouped(comparison)
    )
    words = t(
        "范围 {reports} 份报告，用到 {used} 份", reports=comparison.reports, used=comparison.used
    )
    return html(
        '<div class="gj-compared"><div class="gj-totals"><h2 class="gj-asked">{}</h2>{}</div>'
        '{}{}<p class="gj-hint">{}</p></div>',
        comparison.question,
        _links(files),
        _cautions(comparison.warnings),
        groups,
        words,
    )


def _links(files: Callable[[str], str]) -> Markup:
    named = (("xlsx", "Excel"), ("csv", "CSV"), ("png", t("图")))
    return joined(
        html('<a class="gj-switch" href="{}" download>{}</a>', files(ending), words)
        for ending, words in named
    )


def _group(
    columns: Sequence[str],
    head: str,
    labels: Sequence[str],
    rows: Sequence[Row],
    numbers: dict[int, int],
) -> Markup:
    wide = len(columns) > 2
    heads = [t("{year}年", year=year) for year in columns] + ([t("首尾相比")] if wide else [])
    body = joined(
        _row(label, row, numbers[id(row)], wide) for label, row in zip(labels, rows, strict=True)
    )
    table = html(
        '<div class="gj-scroll" tabindex="0" role="group" aria-label="{0}"><table class="gj-grid gj-years">'
        "<caption>{0}</caption><thead><tr><td></td>{1}</tr></thead><tbody>{2}</tbody></table></div>",
        head,
        joined(html('<th scope="col" class="gj-num">{}</th>', each) for each in heads),
        body,
    )
    return html(
        '<section class="gj-group">{}{}</section>', table, _charts(columns, head, labels, rows)
    )


def _row(label: str, row: Row, number: int, wide: bool) -> Markup:
    before = {change.end: change for change in row.changes}
    cells = joined(
        html(
            '<td class="gj-num">{}{}</td>',
            _cell(cell, f"{number}.{at}"),
            _moved(before.get(cell.period), cell),
        )
        for at, cell in enumerate(row.cells)
    )
    overall = html('<td class="gj-num">{}</td>', _change(row.overall)) if wide else EMPTY
    return html('<tr><th scope="row">{}</th>{}{}</tr>', label, cells, overall)


def _cell(cell: Cell, ref: str) -> Markup:
    if cell.value is None:
        shown = html('<span class="gj-tag doubt">{}</span>', t(ORIGIN_WORDS[cell.origin]))
        rivals = joined(html("<small>{}</small>", each.shown) for each in cell.rivals)
        return html("{}{}", shown, rivals)
    check = Check.FAILS if cell.contradicted else cell.value.check
    mark, word, _ = CHECK_MARKS[check]
    number = number_of(cell)
    button = action(
        "cell",
        html("<i>{}</i>{}", mark, number),
        classes=f"gj-chip {'doubt' if cell.value.doubtful else check.value}",
        said=t("{number}，{check}：查看依据", number=number, check=t(word)),
        ref=ref,
    )
    other = joined(
        html('<small class="gj-other">{}{}</small>', t("另："), r.shown) for r in cell.rivals
    )
    origin = (
        html("<small>{}</small>", t(ORIGIN_WORDS[cell.origin]))
        if cell.origin in ORIGIN_WORDS
        else EMPTY
    )
    return html("{}{}{}", button, origin, other)


def _moved(change: Change | None, cell: Cell) -> Markup:
    share = EMPTY
    if cell.share is not None:
        share = html("<small>{}</small>", t("占 {share}%", share=cell.share.number))
    return html("{}{}", _change(change), share)


def _change(change: Change | None) -> Markup:
    if change is None:
        return EMPTY
    amount = (
        html('<small title="{}">{}</small>', change.amount.formula, _signed(change.amount))
        if change.amount
        else EMPTY
    )
    if change.growth is not None:
        rate = html(
            '<small class="gj-rate" title="{}">{}%</small>',
            change.growth.formula,
            _signed(change.growth),
        )
    else:
        rate = html("<small>{}</small>", t("不可比")) if change.note else EMPTY
    return html("{}{}", amount, rate)


def _signed(derived: Derived) -> str:
    failing = " ✗" if derived.check is Check.FAILS else ""
    return signed(derived).replace("-", "−") + failing


def _charts(
    columns: Sequence[str], head: str, labels: Sequence[str], rows: Sequence[Row]
) -> Markup:
    """One chart of several subjects' metric; of one subject's metrics, one chart each."""
    if len(columns) < 2:
        return EMPTY
    together = len({metric_of(row) for row in rows}) == 1 and len(rows) > 1
    sets = (
        [(head, list(zip(labels, rows, strict=True)))]
        if together
        else [(f"{head} {label}", [(label, row)]) for label, row in zip(labels, rows, strict=True)]
    )
    drawn = joined(
        chart(title, columns, [Bars(label, _heights(row)) for label, row in some])
        for title, some in sets
    )
    return html('<div class="gj-charts">{}</div>', drawn) if drawn else EMPTY


def _heights(row: Row) -> list[tuple[Decimal, str] | None]:
    return [
        None if cell.quantity is None else (cell.quantity.value, number_of(cell))
        for cell in row.cells
    ]


def _cautions(cautions: Sequence[Caution]) -> Markup:
    if not cautions:
        return EMPTY
    ordered = sorted(
        cautions, key=lambda each: (each.kind is not Kind.CONTRADICTION, each.kind not in GRAVE)
    )
    grave = [each for each in ordered if each.kind in GRAVE]
    rest = [each for each in ordered if each.kind not in GRAVE]
    items = joined(html('<li class="{}">{}</li>', each.kind.value, each.text) for each in grave)
    more = joined(html('<li class="{}">{}</li>', each.kind.value, each.text) for each in rest)
    folded = (
        html(
            "<details><summary>{}</summary><ul>{}</ul></details>",
            t("口径和来源的提示（{n} 条）", n=len(rest)),
            more,
        )
        if rest
        else EMPTY
    )
    return html(
        '<aside class="gj-cautions" aria-label="{0}"><h3>{0}</h3>{1}{2}</aside>',
        t("请注意"),
        html("<ul>{}</ul>", items) if grave else EMPTY,
        folded,
    )
