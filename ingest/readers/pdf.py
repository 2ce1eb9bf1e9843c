"""Reading PDF files: paragraphs and tables, each word with its place on the page."""

from __future__ import annotations

import io
import threading
from dataclasses import replace

import pikepdf
import pypdfium2 as pdfium

from ingest.model import Problem
from ingest.readers.content import Content, PageProgress, silent
from ingest.readers.errors import UnreadableFile
from ingest.readers.paged import Page, laid_out, written
from ingest.readers.pdf_damage import pages_with_lost_fonts
from ingest.readers.pdf_ink import read_ink
from ingest.readers.pdf_unruled import Known
from ingest.readers.pictures import EXTRA, add_pictures, can_recognise, recognised

MAX_PAGES = 5_000
MEDIA_TYPE = "application/pdf"
_END, _TAIL = b"%%EOF", 4096
_INCOMPLETE = Problem(
    "incomplete", "文件的结尾缺失，可能不完整；已读入能读出的部分，请与原件核对，或重新下载"
)
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
            lost = pages_with_lost_fonts(data)
            pages: list[Page] = []
            columns: Known | None = None
            for number in range(1, total + 1):
                if number in lost:
                    pages.append(Page(number, readable=False, damaged=True))
                else:
                    pages.append(_read_page(document, number, columns))
                columns = pages[-1].columns
                progress(number, total)
        finally:
            document.close()
    if pages and all(page.damaged for page in pages):
        raise UnreadableFile(f"{name}：PDF 文件已损坏或不完整；请重新下载后再加入")
    if not any(page.readable or page.lines or page.tables for page in pages):
        raise UnreadableFile(
            f"{name}：是扫描件，没有可读的文字；识别文字需要可选组件，请安装后重新加入（{EXTRA}）"
        )
    read = written(pages, MEDIA_TYPE)
    if _END not in data[-_TAIL:]:
        return replace(read, problems=(*read.problems, _INCOMPLETE))
    return read


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


def _read_page(document: pdfium.PdfDocument, number: int, columns: Known | None) -> Page:
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return Page(number, readable=False, damaged=True)
    try:
        ink = read_ink(page, number)
        if not ink.readable and can_recognise():
            return recognised(page, number, columns)
        if not ink.readable and ink.unread:
            return Page(number, readable=False)
        added = add_pictures(page, ink) if ink.pictures and can_recognise() else ()
        laid = laid_out(ink, columns)
        laid.readable, laid.recognised = ink.readable, added
        return laid
    finally:
        page.close()
