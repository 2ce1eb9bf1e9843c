"""The library as HTML: files on their way, what could not be read, the loaded reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from index.model import FailureInfo, ReportInfo
from ui.library import kind_name
from ui.texts import t
from ui.web.markup import EMPTY, action, capital, html, joined
from ui.web.uploads import ENDED, Item

SHOWN = 200
_STATES = {
    "waiting": "等待",
    "reading": "正在读取",
    "added": "已载入",
    "unchanged": "内容未变，未重读",
    "superseded": "已替换旧版",
    "failed": "读取失败",
    "skipped": "类型不读，未载入",
}
_ITEMS = 60
_HEADS = ("文件", "类型", "单位", "项目", "年度", "数值", "等式")


def notice(trouble: str) -> Markup:
    """What prevented the last action; nothing where nothing did."""
    return html('<p class="gj-trouble" role="alert">{}</p>', trouble) if trouble else EMPTY


def items_html(items: Sequence[Item], *, preparing: bool = False) -> Markup:
    """The uploads of this run of the server; nothing where there are none.

    Args:
        preparing: what came in is being made ready for questions.
    """
    if not items:
        return EMPTY
    left = sum(item.state not in ENDED for item in items)
    failed = sum(item.state == "failed" for item in items)
    head = t(
        "上传：{n} 个文件，未完成 {left}，失败 {failed}", n=len(items), left=left, failed=failed
    )
    if preparing:
        head += t("；正在为提问做准备…")
    order = {"reading": 0, "failed": 1, "waiting": 2}
    ordered = sorted(items, key=lambda item: order.get(item.state, 3))
    rows = joined(_item(item) for item in ordered[:_ITEMS])
    return html(
        '<section class="gj-items" aria-live="polite"><h3>{}</h3><ul>{}</ul></section>', head, rows
    )


def _item(item: Item) -> Markup:
    bar, buttons = EMPTY, EMPTY
    words = t(_STATES[item.state])
    if item.other:
        words = t("与已载入的 {name} 内容相同，未重读", name=item.other)
    if item.state == "reading" and item.total:
        words += t(" {done}/{total} 页", done=item.done, total=item.total)
        bar = html(
            '<progress max="{}" value="{}" aria-label="{}"></progress>',
            item.total,
            item.done,
            item.name,
        )
    if item.state == "failed":
        buttons = html(
            "{}{}",
            action("retry", t("重试"), classes="gj-link", item=item.number),
            action("forget", t("移除"), classes="gj-link", item=item.number),
        )
    if item.report is not None:
        buttons = action("open", t("查看"), classes="gj-link", report=item.report, page=1)
    return html(
        '<li class="{}"><b>{}</b><span class="gj-state">{}</span>{}{}{}</li>',
        item.state,
        item.name,
        words,
        bar,
        html('<p class="gj-problem">{}</p>', item.problem) if item.problem else EMPTY,
        buttons,
    )


def failures_html(failures: Sequence[FailureInfo]) -> Markup:
    """Files that earlier runs could not read, with the reasons."""
    if not failures:
        return EMPTY
    rows = joined(
        html(
            '<li class="failed"><b>{}</b><span class="gj-state">{}</span><p class="gj-problem">{}</p></li>',
            each.name,
            each.failed_at[:16].replace("T", " ") + " UTC",
            each.reason.removeprefix(f"{each.name}："),
        )
        for each in failures[:_ITEMS]
    )
    head = t("未能读取的文件（{n}）", n=len(failures))
    return html('<details class="gj-items"><summary>{}</summary><ul>{}</ul></details>', head, rows)


def reports_html(reports: Sequence[ReportInfo], wanted: str, chosen: int | None = None) -> Markup:
    """The loaded reports whose name, unit, project, year or kind hold every word of `wanted`, the
    latest first, each followed by the older editions that it replaced."""
    fitting = [each for each in _in_order(reports) if _fits(each, wanted)]
    if not reports:
        return html('<p class="gj-none">{}</p>', t("资料库还是空的：把文件拖到上面。"))
    if not fitting:
        return html('<p class="gj-none">{}</p>', t("没有符合的报告"))
    head = joined(html('<th scope="col">{}</th>', capital(t(each))) for each in _HEADS)
    current = {each.id: each for each in reports}
    rows = joined(_report(each, each.id == chosen, current) for each in fitting[:SHOWN])
    more = len(fitting) - SHOWN
    left = (
        html('<p class="gj-hint">{}</p>', t("另有 {n} 份，请用上面的筛选", n=more))
        if more > 0
        else EMPTY
    )
    old = sum(_is_old(each) for each in fitting)
    caption = t("已载入 {n} 份报告", n=len(fitting) - old)
    if old:
        caption += t("，另有 {n} 份旧版", n=old)
    return html(
        '<div class="gj-scroll" tabindex="0" role="group" aria-label="{0}">'
        '<table class="gj-grid gj-reports"><caption>{0}</caption><thead><tr>{1}<th scope="col">{2}</th></tr></thead>'
        "<tbody>{3}</tbody></table></div>{4}",
        caption,
        head,
        html('<span class="gj-sr">{}</span>', t("操作")),
        rows,
        left,
    )


def _is_old(report: ReportInfo) -> bool:
    return report.state == "superseded"


def _in_order(reports: Sequence[ReportInfo]) -> Iterator[ReportInfo]:
    """The current ones, the latest first; behind each the editions before it."""
    before: dict[int | None, list[ReportInfo]] = defaultdict(list)
    for each in reversed(reports):
        if _is_old(each):
            before[each.superseded_by].append(each)

    def chain(report: ReportInfo) -> Iterator[ReportInfo]:
        yield report
        for old in before.pop(report.id, ()):
            yield from chain(old)

    for each in reversed(reports):
        if not _is_old(each):
            yield from chain(each)
    for left in before.values():
        yield from left


def _fits(report: ReportInfo, wanted: str) -> bool:
    text = " ".join(
        (
            report.name,
            report.title,
            report.entity,
            report.project,
            report.year,
            kind_name(report.kind),
        )
    )
    return all(word in text for word in wanted.split())


def _report(report: ReportInfo, chosen: bool, current: Mapping[int, ReportInfo]) -> Markup:
    old = _is_old(report)
    state = html(' <span class="gj-tag stated">{}</span>', t("已被新版替换")) if old else EMPTY
    newer = current.get(report.superseded_by) if report.superseded_by is not None else None
    if newer is not None:
        at = newer.added_at[:16].replace("T", " ") + " UTC"
        state += html(' <small class="gj-hint">{}</small>', t("新版载入于 {at}", at=at))
    name = action("open", report.name, classes="gj-link", report=report.id, page=1)
    cells = (kind_name(report.kind), report.entity, report.project, report.year)
    heads = [capital(t(each)) for each in _HEADS[1:]]
    words = joined(
        html('<td data-label="{}">{}</td>', *each) for each in zip(heads[:4], cells, strict=True)
    )
    counts = joined(
        html('<td class="gj-num" data-label="{}">{}</td>', head, f"{n:,}")
        for head, n in zip(heads[4:], (report.figures, report.equations), strict=True)
    )
    remove = action(
        "remove",
        t("删去"),
        classes="gj-link gj-danger",
        said=t("删去 {name}", name=report.name),
        report=report.id,
        sure=t("从资料库删去“{name}”？引用它的答案将找不到原文。", name=report.name),
    )
    return html(
        '<tr class="{}"><th scope="row">{}{}</th>{}{}<td>{}</td></tr>',
        " ".join(filter(None, ("gj-chosen" if chosen else "", "gj-old" if old else ""))),
        name,
        state,
        words,
        counts,
        remove,
    )
