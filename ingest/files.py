"""The one door from a file's bytes to a Document, whatever its format."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module

from ingest.identity.reports import find_parts
from ingest.model import Document
from ingest.readers.content import Content, PageProgress, silent
from ingest.readers.errors import UnreadableFile
from ingest.readers.sniff import Kind, Unread, sniff
from ingest.structure.blocks import build_structure

MAX_BYTES = 256 * 1024 * 1024

TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown"})
SUFFIXES = TEXT_SUFFIXES | {
    ".pdf", ".docx", ".docm", ".doc", ".wps", ".rtf", ".xlsx", ".xlsm", ".xls", ".et", ".xlsb",
    ".ods", ".csv", ".html", ".htm", ".mht", ".mhtml", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp",
}  # fmt: skip
"""File name endings that are looked for in folders; a file that is named is read whatever its
name."""

ContentReader = Callable[[bytes, str, PageProgress], Content]


_READERS: dict[Kind, str] = {
    Kind.TEXT: "text.read_text",
    Kind.CSV: "csv.read_csv",
    Kind.PDF: "pdf.read_pdf",
    Kind.DOCX: "docx.read_docx",
    Kind.DOC: "doc.read_doc",
    Kind.RTF: "doc.read_rtf",
    Kind.XLSX: "xlsx.read_xlsx",
    Kind.XLS: "xls.read_xls",
    Kind.ODS: "other_workbooks.read_ods",
    Kind.XLSB: "other_workbooks.read_xlsb",
    Kind.SHEET_XML: "other_workbooks.read_sheet_xml",
    Kind.HTML: "html.read_html",
    Kind.MHTML: "mhtml.read_mhtml",
    Kind.IMAGE: "pictures.read_pictures",
}
"""The function that reads a kind, below ingest.readers; loaded when the first file needs it."""

_NOT_YET: dict[Kind, Unread] = {
    kind: Unread(f"暂不支持 {name}", advice)
    for kind, name, advice in (
        (Kind.ZIP, "在这里打开 ZIP 压缩包", "请解压，或用 gouji ingest 加入其中的全部报告"),
    )
}


def _reader_of(data: bytes, name: str) -> ContentReader:
    """The reader of the format that the bytes are in; heavy libraries are loaded by it alone.

    Raises:
        UnreadableFile: no reader takes the format.
    """
    found = sniff(data)
    if isinstance(found, Kind):
        found = _NOT_YET.get(found, found)
    if isinstance(found, Unread):
        raise UnreadableFile(f"{name}：{found.reason}；{found.advice}")
    module, _, function = _READERS[found].partition(".")
    reader: ContentReader = getattr(import_module(f"ingest.readers.{module}"), function)
    return reader


def is_text(data: bytes) -> bool:
    """True for plain text, whose reading is ours and bounded: it needs no process of its own."""
    container = data.startswith((b"PK", b"\xd0\xcf\x11\xe0"))  # not to be opened here
    return not container and sniff(data) in (Kind.TEXT, Kind.CSV)


def read_bytes(data: bytes, name: str, progress: PageProgress = silent) -> Document:
    """The report in `data`, its blocks, sections, tables and parts; no figures yet.

    Args:
        data: the whole file.
        name: its name, for messages and for the Document; the format is told from the bytes.
        progress: told of pages done and their total, where the format has pages.

    Raises:
        UnreadableFile: `data` is empty, damaged, locked, too large or of a format that is not
            read; the message is one line for the user.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableFile(f"{name}：文件是空的；请检查是否选错了文件")
    if len(data) > MAX_BYTES:
        size, limit = len(data) // 1024 // 1024, MAX_BYTES // 1024 // 1024
        raise UnreadableFile(f"{name}：文件有 {size} MB，超过 {limit} MB 的上限；请拆分后再加入")
    content = _reader_of(data, name)(data, name, progress)
    if not content.pieces:
        raise UnreadableFile(f"{name}：文件里没有文字；请检查是否选错了文件")
    structure = build_structure(content.pieces)
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=content.media_type,
        encoding=content.encoding,
        text=content.text,
        blocks=structure.blocks,
        sections=structure.sections,
        tables=structure.tables,
        parts=find_parts(structure.blocks, structure.tables, structure.sections, name),
        problems=(*structure.problems, *content.problems),
        pages=content.pages,
        anchors=content.anchors,
    )
