"""A place in the original: the picture of its page, or the paragraphs and rows around it.

PDF files, scans and pictures are shown as they are printed, the place boxed; of texts, tables and
Word files the stretch around the place is laid out again from what was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import urlencode

from markupsafe import Markup

from ingest.model import Block, BlockKind, Cell, Document, Span, Table
from ui.texts import t
from ui.web.markup import EMPTY, html, joined, piece

PICTURED = ("application/pdf", "image/")
"""Beginnings of the media types whose pages are drawn."""
_BEFORE, _AFTER = 3, 5  # blocks around a place
_ROWS = 8  # rows above and below a cell
_LONG = 1200  # characters of a paragraph that are shown around a place


def is_pictured(document: Document) -> bool:
    return document.media_type.startswith(PICTURED)


def picture_link(root: str, report: int, page: int | None, spans: Sequence[Span] = ()) -> str:
    """The address of the picture of a page, with `spans` boxed."""
    asked = {"page": str(page)} if page is not None else {}
    if spans:
        asked["box"] = ",".join(f"{start}-{end}" for start, end in spans)
    return f"{root}/original/{report}?{urlencode(asked)}"


def original(
    document: Document, root: str, report: int, spans: Sequence[Span], quote: Span
) -> Markup:
    """The place in its surroundings, `spans` boxed and the quote around it shaded.

    Args:
        root: what stands before every address of this server.
        report: the report's number in the library.
        spans: the characters to box.
        quote: the sentence or row that they stand in.
    """
    page = document.page_at(tuple(spans), None)
    if is_pictured(document):
        return _picture(document, picture_link(root, report, page, spans), page)
    body = joined(_stretch(document, spans, quote))
    return html(
        '<div class="gj-paper" tabindex="0" role="group" aria-label="{}">{}</div>',
        t("原文位置"),
        body,
    )


def _picture(document: Document, link: str, page: int | None) -> Markup:
    said = t("{report} 第 {page} 页的原件，所引的数已框出", report=document.name, page=page or 1)
    return html(
        '<a class="gj-page" href="{0}" target="_blank" rel="noopener" title="{2}">'
        '<img src="{0}" alt="{1}" loading="lazy"></a>',
        link,
        said,
        t("在新窗口看大图"),
    )


def _stretch(document: Document, spans: Sequence[Span], quote: Span) -> Iterator[Markup]:
    at = spans[0][0]
    number = _block_at(document, at)
    for block in document.blocks[max(number - _BEFORE, 0) : number + _AFTER + 1]:
        if block.table is not None:
            table = document.tables[block.table]
            near = block.no == number or abs(block.no - number) == 1
            if near:
                yield table_html(table, spans, around=_row_at(table, at))
        elif block.kind is not BlockKind.CONTENTS and block.text.strip():
            yield _block(block, spans, quote)


def _block_at(document: Document, at: int) -> int:
    """The block that a raw offset falls in, or the last one that begins before it."""
    found = 0
    for block in document.blocks:
        pieces = _spans_of(document, block)
        if any(start <= at < end for start, end in pieces):
            return block.no
        if pieces and pieces[0][0] <= at:
            found = block.no
    return found


def _spans_of(document: Document, block: Block) -> Sequence[Span]:
    if block.table is None:
        return block.spans
    table = document.tables[block.table]
    return [span for row in (*table.header, *table.rows) for cell in row for span in cell.spans]


def _row_at(table: Table, at: int) -> int | None:
    for number, row in enumerate(table.rows):
        if any(start <= at < end for cell in row for start, end in cell.spans):
            return number
    return None


def _block(block: Block, spans: Sequence[Span], quote: Span) -> Markup:
    heads = {
        BlockKind.TITLE: "gj-title",
        BlockKind.HEADING: "gj-heading",
        BlockKind.CAPTION: "gj-cap",
    }
    shown = marked(block.text, block.spans, spans, quote)
    return html('<p class="{}">{}</p>', heads.get(block.kind, "gj-para"), shown)


def table_html(
    table: Table, spans: Sequence[Span] = (), around: int | None = None, limit: int = _ROWS
) -> Markup:
    """A table as it was read; with `around`, the rows near that one only."""
    low = 0 if around is None else max(around - limit, 0)
    high = len(table.rows) if around is None else around + limit + 1
    head = joined(_head_rows(table))
    body = joined(_row("td", row, spans) for row in table.rows[low:high])
    return html(
        "{}<table>{}{}<tbody>{}</tbody></table>{}",
        _left_out(low),
        html("<caption>{}</caption>", table.title) if table.title else EMPTY,
        html("<thead>{}</thead>", head) if head else EMPTY,
        body,
        _left_out(len(table.rows) - high),
    )


def _head_rows(table: Table) -> Iterator[Markup]:
    """The header by levels, neighbours under one heading joined."""
    paths = [column.path for column in table.columns]
    for level in range(max(map(len, paths), default=0)):
        cells: list[Markup] = []
        number = 0
        while number < len(paths):
            end = number + 1
            while (
                end < len(paths)
                and len(paths[number]) > level
                and (paths[end][: level + 1] == paths[number][: level + 1])
            ):
                end += 1
            words = paths[number][level] if len(paths[number]) > level else ""
            cells.append(html('<th scope="col" colspan="{}">{}</th>', end - number, words))
            number = end
        yield html("<tr>{}</tr>", joined(cells))


def _left_out(rows: int) -> Markup:
    return html('<p class="gj-hint">{}</p>', t("… 另有 {n} 行", n=rows)) if rows > 0 else EMPTY


def _row(tag: str, row: Sequence[Cell], spans: Sequence[Span]) -> Markup:
    return html("<tr>{}</tr>", joined(_cell(tag, cell, spans) for cell in row))


def _cell(tag: str, cell: Cell, spans: Sequence[Span]) -> Markup:
    own = any(low < end and start < high for low, high in cell.spans for start, end in spans)
    numeric = cell.text[-1:].isdigit() or cell.text[-1:] in "%％)）"
    classes = " ".join(
        each
        for each in ("gj-boxed" if own else "", "gj-num" if cell.text and numeric else "")
        if each
    )
    shown = marked(cell.text, cell.spans, spans) if own else html("{}", cell.text)
    return html('<{0} class="{1}">{2}</{0}>', Markup(tag), classes, shown)  # noqa: S704


def marked(
    text: str, own: Sequence[Span], spans: Sequence[Span], quote: Span | None = None
) -> Markup:
    """A text whose raw places are `own`, with what falls into `spans` boxed."""
    bounds = _inside(own, spans)
    shaded = _inside(own, [quote]) if quote is not None else []
    low, high = 0, len(text)
    if bounds and len(text) > _LONG:
        low, high = max(bounds[0][0] - _LONG // 2, 0), min(bounds[-1][1] + _LONG // 2, len(text))
    elif len(text) > _LONG:
        high = _LONG
    edges = sorted({low, high, *(e for pair in (*bounds, *shaded) for e in pair if low < e < high)})
    parts = [Markup("…")] if low else []
    for start, end in pairwise(edges):
        boxed = any(a <= start and end <= b for a, b in bounds)
        lit = any(a <= start and end <= b for a, b in shaded)
        shown = piece(text[start:end])
        if boxed:
            shown = html('<mark class="gj-box">{}</mark>', shown)
        elif lit:
            shown = html('<span class="gj-lit">{}</span>', shown)
        parts.append(shown)
    return joined([*parts, *([Markup("…")] if high < len(text) else [])])


def _inside(own: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """Where `spans` fall in the text concatenated from `own`."""
    found: list[Span] = []
    position = 0
    for low, high in own:
        for start, end in spans:
            first, last = max(start, low), min(end, high)
            if first < last:
                found.append((position + first - low, position + last - low))
        position += high - low
    return sorted(found)
