"""Reading PDF files that hold text: paragraphs and tables, each word with its place on the page."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Sequence

import pikepdf
import pypdfium2 as pdfium

from ingest.readers.content import Content, ContentBuilder, PageProgress, silent
from ingest.readers.errors import UnreadableFile
from ingest.readers.pdf_columns import read_grid
from ingest.readers.pdf_continued import with_tables_joined
from ingest.readers.pdf_furniture import without_furniture
from ingest.readers.pdf_grid import merged, ruled_grids
from ingest.readers.pdf_ink import Glyph, Ink, read_ink
from ingest.readers.pdf_layout import TextLine, in_two_columns, page_lines
from ingest.readers.pdf_paragraphs import Draft, Item, paragraphs
from ingest.readers.pdf_tables import PageTable, ruled_table, unruled_table
from ingest.readers.pdf_unruled import Known, find_regions, piece_line
from ingest.readers.pdf_words import Run, lines_of

MAX_PAGES = 5_000
_TOP_LINES = 4  # above a table that may carry on one of the page before
MEDIA_TYPE = "application/pdf"
PDFIUM = threading.RLock()
"""Held while PDFium works: it is not safe to use from two threads."""


def read_pdf(
    data: bytes, name: str, progress: PageProgress = silent, *, max_pages: int = MAX_PAGES
) -> Content:
    """The paragraphs and tables of a PDF file.

    Args:
        data: the whole file.
        name: its name, for messages.
        progress: told of pages read and their total.
        max_pages: files with more pages are refused.

    Raises:
        UnreadableFile: the file is locked, damaged beyond repair or has too many pages; the
            message is one line for the user.
    """
    with PDFIUM:
        document = open_pdf(data, name)
        try:
            total = len(document)
            if total > max_pages:
                raise UnreadableFile(
                    f"{name}：文件有 {total} 页，超过 {max_pages} 页的上限；请拆分后再加入"
                )
            pages: list[_Page] = []
            columns: Known | None = None
            for number in range(1, total + 1):
                pages.append(_read_page(document, number, columns))
                columns = pages[-1].columns
                progress(number, total)
        finally:
            document.close()
    return _written(pages)


def open_pdf(data: bytes, name: str) -> pdfium.PdfDocument:
    """The document, its cross-references mended where they are damaged.

    Raises:
        UnreadableFile: a password is needed, or the file is damaged beyond repair.
    """
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium.raw.FPDF_ERR_PASSWORD:
            raise UnreadableFile(f"{name}：需要密码；请去掉打开密码后再加入") from error
    try:
        with pikepdf.open(io.BytesIO(data)) as damaged:
            mended = io.BytesIO()
            damaged.save(mended)
        return pdfium.PdfDocument(mended.getvalue())
    except pikepdf.PasswordError as error:
        raise UnreadableFile(f"{name}：需要密码；请去掉打开密码后再加入") from error
    except (pikepdf.PdfError, pdfium.PdfiumError) as error:
        raise UnreadableFile(f"{name}：PDF 文件已损坏或不完整；请重新下载后再加入") from error


class _Page:
    """What is kept of a page until all are read."""

    def __init__(self, number: int, lines: list[TextLine], tables: list[PageTable]) -> None:
        self.number = number
        self.lines = lines
        self.tables = tables
        self.readable = True
        self.columns: Known | None = None


def _read_page(document: pdfium.PdfDocument, number: int, columns: Known | None) -> _Page:
    page = document[number - 1]
    try:
        ink = read_ink(page, number)
    finally:
        page.close()
    if not ink.readable:
        unread = _Page(number, [], [])
        unread.readable = False
        return unread
    return _laid_out(ink, columns)


def _laid_out(ink: Ink, columns: Known | None) -> _Page:
    grids = ruled_grids(ink)
    held: list[list[Glyph]] = [[] for _ in grids]
    free: list[Glyph] = []
    for glyph in ink.glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        for index, grid in enumerate(grids):
            left, top, right, bottom = grid.box
            if left - 1 <= x <= right + 1 and top - 1 <= y <= bottom + 1:
                held[index].append(glyph)
                break
        else:
            free.append(glyph)
    tables = [
        ruled_table(grid, glyphs, ink.page, ink.frame)
        for grid, glyphs in zip(grids, held, strict=True)
        if glyphs
    ]
    page = _Page(ink.page, [], tables)
    lines = lines_of(free)
    if not in_two_columns(lines, ink.frame):
        lines = _without_tables(ink, lines, page, columns)
    page.lines = page_lines(lines, ink.page, ink.frame, [table.box for table in page.tables])
    return page


def _without_tables(ink: Ink, lines: list[Run], page: _Page, columns: Known | None) -> list[Run]:
    """The lines that belong to no table; tables without vertical rules are added to the page."""
    pieces = [piece_line(line) for line in lines]
    kept = [(run, line) for run, line in zip(lines, pieces, strict=True) if line]
    rows = [line for _, line in kept]
    taken: set[int] = set()
    for region in find_regions(rows, merged(ink.horizontal)):
        known = columns if region.first < _TOP_LINES else None
        grid = read_grid(rows, region, known)
        page.tables.append(unruled_table(grid, region, rows, ink.page, ink.frame))
        page.columns = Known(tuple(grid.bands), region.header)
        taken.update(range(region.first, region.last))
    return [run for index, (run, _) in enumerate(kept) if index not in taken]


def _in_order(page: _Page, lines: Sequence[TextLine]) -> Iterable[Item]:
    """Lines and tables from the top down."""
    waiting = sorted(page.tables, key=lambda table: table.box[1])
    for line in lines:
        while waiting and waiting[0].box[1] < line.top:
            yield waiting.pop(0)
        yield line
    yield from waiting


def _written(pages: Sequence[_Page]) -> Content:
    builder = ContentBuilder()
    kept = without_furniture([page.lines for page in pages])
    items = [
        item for page, lines in zip(pages, kept, strict=True) for item in _in_order(page, lines)
    ]
    for item in paragraphs(with_tables_joined(items)):
        if isinstance(item, Draft):
            builder.paragraph(item.snippets(), page=item.page)
        else:
            builder.table(item.rows, page=item.page)
    unread = [page.number for page in pages if not page.readable]
    if unread:
        listed = "、".join(map(str, unread))
        builder.problem("no_text", f"第 {listed} 页没有可读的文字（扫描件或字体缺少编码），未读入")
    return builder.finish(MEDIA_TYPE, pages=len(pages))
