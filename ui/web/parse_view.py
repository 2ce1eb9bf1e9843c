"""What was read of a report, page by page, beside the page itself: so that a reader can compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from index.model import ReportInfo
from ingest.model import Block, Document, Table, Verdict
from ui.library import kind_name
from ui.show import VERDICT_WORDS
from ui.texts import t
from ui.web.markup import EMPTY, action, html, joined
from ui.web.originals import is_pictured, picture_link, table_html

_BLOCKS = 24  # blocks of a stretch of a report without pages
_PROBLEMS = 12
_TEXT = 4000
_ROWS = 60


def empty() -> Markup:
    """What the pane says before a report was chosen."""
    return html(
        '<div class="gj-parse gj-empty"><h2>{}</h2><p>{}</p></div>',
        t("读出的内容"),
        t("点一份报告，这里逐页对照原件和读出的表格、段落。"),
    )


def parse_html(info: ReportInfo, document: Document, page: int, root: str) -> Markup:
    """One page (or stretch) of a report: as it is, and as it was read."""
    last = pages_of(document)
    page = min(max(page, 1), last)
    blocks = blocks_of(document, page)
    return html(
        '<section class="gj-parse" aria-label="{}">{}{}{}<div class="gj-beside"><div>{}</div>'
        '<div class="gj-read">{}</div></div></section>',
        t("读出的内容"),
        _head(info, document),
        _problems(document),
        _steps(info.id, page, last, paged=document.pages is not None),
        _original(document, blocks, page, info.id, root),
        _read(document, blocks),
    )


def pages_of(document: Document) -> int:
    """How many pages, or stretches where the format has no pages."""
    if document.pages:
        return document.pages
    return max(-(-len(document.blocks) // _BLOCKS), 1)


def blocks_of(document: Document, page: int) -> Sequence[Block]:
    """The blocks that begin on a page, or make up a stretch."""
    if document.pages:
        return [block for block in document.blocks if block.page == page]
    return document.blocks[(page - 1) * _BLOCKS : page * _BLOCKS]


def _head(info: ReportInfo, document: Document) -> Markup:
    verdicts = Counter(equation.verdict for equation in document.equations)
    who = [kind_name(info.kind), info.entity, info.project, info.year]
    counts = [
        t("表格 {n} 张", n=len(document.tables)),
        t("数值 {n} 个", n=len(document.figures)),
        *(f"{t(VERDICT_WORDS[v])} {verdicts[v]}" for v in Verdict if verdicts[v]),
    ]
    return html(
        '<header><h2>{}</h2><p class="gj-who">{}</p><p class="gj-who">{}</p></header>',
        info.name,
        " · ".join(each for each in who if each),
        "，".join(counts),
    )


def _problems(document: Document) -> Markup:
    if not document.problems:
        return EMPTY
    items = joined(html("<li>{}</li>", each.message) for each in document.problems[:_PROBLEMS])
    head = t("读取时的提醒（{n} 条）", n=len(document.problems))
    return html('<details class="gj-items"><summary>{}</summary><ul>{}</ul></details>', head, items)


def _steps(report: int, page: int, last: int, *, paged: bool) -> Markup:
    words = "第 {page} 页，共 {last} 页" if paged else "第 {page} 段，共 {last} 段"
    here = t(words, page=page, last=last)
    before = action("open", t("上一页"), classes="gj-step", report=report, page=page - 1)
    after = action("open", t("下一页"), classes="gj-step", report=report, page=page + 1)
    return html(
        '<nav class="gj-steps" aria-label="{}">{}<span>{}</span>{}</nav>',
        t("翻页"),
        before if page > 1 else EMPTY,
        here,
        after if page < last else EMPTY,
    )


def _original(
    document: Document, blocks: Sequence[Block], page: int, report: int, root: str
) -> Markup:
    if is_pictured(document):
        link = picture_link(root, report, page)
        said = t("{report} 第 {page} 页的原件", report=document.name, page=page)
        return html(
            '<a class="gj-page" href="{0}" target="_blank" rel="noopener"><img src="{0}" alt="{1}"></a>',
            link,
            said,
        )
    spans = [span for block in blocks for span in _spans(document, block)]
    if not spans:
        return html('<p class="gj-hint">{}</p>', t("这一页没有读出文字。"))
    text = document.text[min(s for s, _ in spans) : max(e for _, e in spans)]
    shown = joined((html("{}", line) for line in text[:_TEXT].splitlines()), "\n")
    return html(
        '<pre class="gj-raw" tabindex="0" role="group" aria-label="{}">{}</pre>', t("原文"), shown
    )


def _spans(document: Document, block: Block) -> list[tuple[int, int]]:
    if block.table is None:
        return list(block.spans)
    table = document.tables[block.table]
    return [span for row in (*table.header, *table.rows) for cell in row for span in cell.spans]


def _read(document: Document, blocks: Sequence[Block]) -> Markup:
    pieces = [
        _table(document.tables[block.table])
        if block.table is not None
        else html('<p class="gj-{}">{}</p>', block.kind.value, block.text[:_TEXT])
        for block in blocks
        if block.table is not None or block.text.strip()
    ]
    if not pieces:
        return html('<p class="gj-hint">{}</p>', t("这一页没有读出文字。"))
    return joined(pieces)


def _table(table: Table) -> Markup:
    unit = t("单位：{unit}", unit=table.unit.symbol) if table.unit else ""
    return html(
        '<div class="gj-scroll" tabindex="0" role="group" aria-label="{}">{}{}</div>',
        table.title or t("表格"),
        html('<p class="gj-hint">{}</p>', unit) if unit else EMPTY,
        table_html(table, around=0 if len(table.rows) > _ROWS else None, limit=_ROWS),
    )
