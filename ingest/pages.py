"""Pictures of the original page, with a figure boxed: what a reader checks a quote against.

Pages of PDF files and scans are drawn as they are. Other formats are drawn from their PDF, where
LibreOffice can make one; without it the picture is an excerpt of the text as a page of HTML.
"""

from __future__ import annotations

import html
import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import ImageDraw
from PIL.Image import Image

from ingest.model import Box, Document, Figure, Span
from ingest.pipeline import read_document
from ingest.readers import libreoffice
from ingest.readers.errors import UnreadableFile
from ingest.readers.pdf import PDFIUM, open_pdf
from ingest.readers.pictures import count_pages, page_images, size_of
from ingest.readers.sniff import Kind, sniff
from ingest.twins import twin_of

DPI = 144
_MAX_PIXELS = 60_000_000
_MARGIN = 2.0  # points around a box
_NEAR = 6.0  # points between words that one box holds
_LINE = 3  # pixels
_RED = (204, 0, 0)
_CONTEXT = 6  # rows or paragraphs around the figure in an excerpt
_ENDINGS = {
    Kind.DOCX: "docx",
    Kind.DOC: "doc",
    Kind.RTF: "rtf",
    Kind.XLSX: "xlsx",
    Kind.XLS: "xls",
    Kind.HTML: "html",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a PNG file, or an excerpt as an HTML file; `page` counts from 1."""

    data: bytes
    media_type: str
    page: int | None = None


def picture(
    data: bytes,
    document: Document,
    page: int | None,
    figure: int | None,
    spans: tuple[Span, ...] = (),
) -> Picture:
    """The page of a report, or the page of one of its figures with the figure boxed.

    Args:
        data: the report's file.
        document: what was read of it.
        page: which page; None for the figure's own.
        figure: the number of the figure to box, or None.
        spans: characters to box where no figure is; not for formats that are converted.

    Raises:
        UnreadableFile: there is no such page, or the page cannot be drawn.
        IndexError: there is no such figure.
    """
    kind = sniff(data)
    wanted = document.figures[figure] if figure is not None else None
    if kind in (Kind.PDF, Kind.IMAGE):
        boxed = wanted.locator.spans if wanted is not None else spans
        return _drawn(data, document, page, boxed)
    ending = _ENDINGS.get(kind) if isinstance(kind, Kind) else None
    if ending is not None and libreoffice.program() is not None:
        return _converted(data, ending, document, page, wanted)
    return Picture(_excerpt(document, wanted, page).encode(), "text/html")


def _drawn(data: bytes, document: Document, page: int | None, spans: tuple[Span, ...]) -> Picture:
    places = document.places(spans)
    boxes = [(p.page, p.box) for p in places if p.page is not None and p.box is not None]
    number = page or (boxes[0][0] if boxes else 1)
    on_page = joined([box for at, box in boxes if at == number])
    return Picture(draw_page(data, document.name, number, on_page), "image/png", number)


def _converted(
    data: bytes, ending: str, document: Document, page: int | None, figure: Figure | None
) -> Picture:
    try:
        pdf = libreoffice.convert(data, ending, "pdf")
    except libreoffice.ConversionError as error:
        raise UnreadableFile(f"{document.name}：{error}，不能画出页面") from error
    printed = read_document(pdf, document.name)
    twin = twin_of(figure, document, printed) if figure is not None else None
    if figure is not None and twin is None and page is None:
        return Picture(_excerpt(document, figure, None).encode(), "text/html")
    return _drawn(pdf, printed, page, twin.locator.spans if twin is not None else ())


def joined(boxes: Sequence[Box]) -> list[Box]:
    """One box for those that stand on one line next to each other, in their order."""
    found: list[Box] = []
    for box in boxes:
        if found:
            left, top, right, bottom = found[-1]
            same_line = min(bottom, box[3]) - max(top, box[1]) > (bottom - top) / 2
            if same_line and -_NEAR <= box[0] - right <= _NEAR:
                found[-1] = (left, min(top, box[1]), max(right, box[2]), max(bottom, box[3]))
                continue
        found.append(box)
    return found


def draw_page(
    data: bytes, name: str, page: int, boxes: Sequence[Box] = (), dpi: int = DPI
) -> bytes:
    """A page of a PDF or picture file as PNG, with boxes (points from its top left) drawn on it.

    Raises:
        UnreadableFile: there is no such page, or it is too large to draw.
    """
    by_kind = _picture_page if sniff(data) is Kind.IMAGE else _pdf_page
    image = by_kind(data, name, page, dpi)
    scale = dpi / 72
    pen = ImageDraw.Draw(image)
    for left, top, right, bottom in boxes:
        grown = (left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN)
        pen.rectangle([value * scale for value in grown], outline=_RED, width=_LINE)
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def _picture_page(data: bytes, name: str, page: int, dpi: int) -> Image:
    for number, image in enumerate(page_images(data, name), start=1):
        if number == page:
            width, height = size_of(image)
            return image.resize((round(width * dpi / 72), round(height * dpi / 72)))
    raise UnreadableFile(f"{name}：没有第 {page} 页，共 {count_pages(data, name)} 页")


def _pdf_page(data: bytes, name: str, page: int, dpi: int) -> Image:
    with PDFIUM:
        document = open_pdf(data, name)
        try:
            if not 1 <= page <= len(document):
                raise UnreadableFile(f"{name}：没有第 {page} 页，共 {len(document)} 页")
            shown = document[page - 1]
            width, height = shown.get_size()
            scale = dpi / 72
            if width * height * scale * scale > _MAX_PIXELS:
                raise UnreadableFile(f"{name}：第 {page} 页的幅面太大，不能画出")
            drawn: Image = shown.render(scale=scale).to_pil()
            return drawn.convert("RGB")
        finally:
            document.close()


# An excerpt where no page can be drawn


def _excerpt(document: Document, figure: Figure | None, page: int | None) -> str:
    """The paragraph or the rows around a figure; the beginning of the page without a figure."""
    if figure is not None and figure.locator.table is not None:
        body = _rows(document, figure)
    else:
        body = _paragraphs(document, figure, page)
    title = html.escape(document.name)
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title>'
        "<style>body{font-family:serif;max-width:60em;margin:2em auto;line-height:1.6}"
        "table{border-collapse:collapse}td,th{border:1px solid #888;padding:.2em .5em}"
        "mark{outline:3px solid #c00;background:none;padding:1px}</style></head>"
        f"<body><h1>{title}</h1>\n{body}\n</body></html>\n"
    )


def _paragraphs(document: Document, figure: Figure | None, page: int | None) -> str:
    if figure is not None:
        first = max(figure.block - _CONTEXT // 2, 0)
    else:
        first = next((b.no for b in document.blocks if page and b.page == page), 0)
    parts: list[str] = []
    for block in document.blocks[first : first + _CONTEXT]:
        text = html.escape(block.text)
        if figure is not None and block.no == figure.block:
            text = _marked(block.text, figure)
        if text:
            parts.append(f"<p>{text}</p>")
    return "\n".join(parts)


def _marked(text: str, figure: Figure) -> str:
    before, own, after = text[: figure.start], text[figure.start : figure.end], text[figure.end :]
    return f"{html.escape(before)}<mark>{html.escape(own)}</mark>{html.escape(after)}"


def _rows(document: Document, figure: Figure) -> str:
    place = figure.locator
    table = document.tables[place.table or 0]
    row = place.row or 0
    parts = [f"<h2>{html.escape(table.title)}</h2>", "<table>"]
    parts += [_row("th", [html.escape(cell.text) for cell in row]) for row in table.header]
    for number in range(max(row - _CONTEXT, 0), min(row + _CONTEXT + 1, len(table.rows))):
        texts = [
            _marked(cell.text, figure)
            if (number, column) == (row, place.column)
            else html.escape(cell.text)
            for column, cell in enumerate(table.rows[number])
        ]
        parts.append(_row("td", texts))
    return "\n".join([*parts, "</table>"])


def _row(tag: str, texts: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{text}</{tag}>" for text in texts) + "</tr>"
