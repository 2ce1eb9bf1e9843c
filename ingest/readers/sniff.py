"""Telling formats apart by their content, never by the file's name."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from typing import NamedTuple

from ingest.readers.separated import is_comma_separated
from ingest.readers.zipped import MAX_DIRECTORY, directory_size


class Kind(StrEnum):
    """A format of reports."""

    TEXT = "text"  # Markdown and tab-separated tables too
    CSV = "csv"
    HTML = "html"
    MHTML = "mhtml"
    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    RTF = "rtf"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    XLSB = "xlsb"
    SHEET_XML = "sheet_xml"  # of Excel 2003
    IMAGE = "image"
    ZIP = "zip"  # an archive, no office file


class Unread(NamedTuple):
    """Something recognised that no reader takes: what it is, and what the user can do."""

    reason: str
    advice: str


_WORD = "请在 WPS 或 Word 中另存为 .docx 后再加入"
_LOCKED = Unread("文件有密码（需要密码）", "请在 WPS 或 Office 中去掉密码并另存后再加入")
_SLIDES = "请导出为 PDF 后再加入"
_UNKNOWN_OLE = Unread("不是 Word 或 Excel 文件（OLE 复合文档）", "请另存为 .docx 或 .xlsx 后再加入")
_ARCHIVE = "请解压，或改用 ZIP 压缩后再加入"


def _unread(what: str, advice: str) -> Unread:
    return Unread(f"暂不支持 {what}", advice)


_MAGIC: tuple[tuple[bytes, Kind | Unread], ...] = (
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"\x09\x08\x10\x00\x00\x06", Kind.XLS),  # a bare BIFF8 stream
    (b"\x09\x08\x08\x00\x00\x05", Kind.XLS),
    (b"7z\xbc\xaf\x27\x1c", _unread("7Z 压缩包", _ARCHIVE)),
    (b"Rar!\x1a\x07", _unread("RAR 压缩包", _ARCHIVE)),
    (b"\x1f\x8b", _unread("GZIP 压缩包", _ARCHIVE)),
    (b"\xfd7zXZ\x00", _unread("XZ 压缩包", _ARCHIVE)),
    (b"BZh9", _unread("BZIP2 压缩包", _ARCHIVE)),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: tuple[tuple[str, Kind | Unread], ...] = (
    ("EncryptedPackage", _LOCKED),
    ("WordDocument", Kind.DOC),
    ("Workbook", Kind.XLS),
    ("Book", Kind.XLS),
    ("PowerPoint Document", _unread("PPT", _SLIDES)),
)
_ZIP_PARTS: tuple[tuple[str, Kind | Unread], ...] = (
    ("word/", Kind.DOCX),
    ("xl/workbook.bin", Kind.XLSB),
    ("xl/", Kind.XLSX),
    ("ppt/", _unread("PPTX", _SLIDES)),
)
_OFD = _unread("OFD", "请在 OFD 阅读器中导出为 PDF 后再加入")
_ODF: tuple[tuple[bytes, Kind | Unread], ...] = (
    (b"opendocument.text", _unread("ODT", _WORD)),
    (b"opendocument.spreadsheet", Kind.ODS),
    (b"opendocument", _unread("ODF", _SLIDES)),
    (b"epub+zip", _unread("EPUB", "请另存为 PDF 或网页后再加入")),
)
_XML: tuple[tuple[bytes, Kind | Unread], ...] = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", Kind.SHEET_XML),
    (b"schemas.microsoft.com/office/word/2003", _unread("Word XML（2003）", _WORD)),
    (b"schemas.microsoft.com/office/2006/xmlPackage", _unread("Word XML", _WORD)),
)
_PDF = re.compile(rb"%PDF-\d")
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]|<head[\s>]", re.IGNORECASE)
_HTML_PIECE = re.compile(rb"\s*<(?:table|div|p|meta|center|font|h[1-6])[\s>]", re.IGNORECASE)
_MHTML = re.compile(
    rb"\A\s*(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?content-type:\s*multipart/related",
    re.IGNORECASE,
)
_HEAD = 64 * 1024
_PDF_HEAD = 1024


def sniff(data: bytes) -> Kind | Unread:
    """The format of `data`; plain text where nothing else is recognised."""
    head = data[:_HEAD]
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if head.startswith(_OLE):
        return _ole(data)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Kind.IMAGE
    if head.startswith(b"BM") and int.from_bytes(head[2:6], "little") == len(data):
        return Kind.IMAGE
    if data[257:262] == b"ustar":
        return _unread("TAR 压缩包", _ARCHIVE)
    return _textual(head)


def _textual(head: bytes) -> Kind | Unread:
    plain = head.replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").lstrip()
    plain = plain.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip()
    if _MHTML.match(plain):
        return Kind.MHTML
    if plain.startswith(b"<"):
        for mark, found in _XML:
            if mark in plain and not _HTML.search(plain):
                return found
        if _HTML.search(plain) or _HTML_PIECE.match(plain):
            return Kind.HTML
        if plain.startswith(b"<?xml"):
            return _unread("XML", "请另存为 .xlsx、.docx 或纯文本后再加入")
    if _PDF.search(head[:_PDF_HEAD]):
        return Kind.PDF
    if re.search(rb"<html[\s>]", plain[:_PDF_HEAD], re.IGNORECASE):  # junk before the page
        return Kind.HTML
    return Kind.CSV if is_comma_separated(head) else Kind.TEXT


def _ole(data: bytes) -> Kind | Unread:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            streams = {path[-1] for path in file.listdir() if len(path) == 1}
    except (OSError, ValueError, IndexError, KeyError):
        # Damaged: the reader of the kind says so. Names of streams are UTF-16.
        streams = {name for name, _ in _OLE_STREAMS if name.encode("utf-16-le") in data}
    return next((found for name, found in _OLE_STREAMS if name in streams), _UNKNOWN_OLE)


def _zip(data: bytes) -> Kind | Unread:
    if directory_size(data) > MAX_DIRECTORY:
        return Kind.ZIP  # refused when it is opened
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.replace("\\", "/").lstrip("/") for name in archive.namelist()]
            declared = _mimetype(archive) if "mimetype" in names[:1] else b""
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        head = data[:_HEAD].decode("latin-1")  # cut off: the reader of the kind says so
        names = [part for part, _ in _ZIP_PARTS if part in head]
        names += ["[Content_Types].xml"] if names else []
        declared = b""
    for mark, found in _ODF:
        if mark in declared:
            return found
    if "OFD.xml" in names:
        return _OFD
    if "[Content_Types].xml" in names:
        for part, found in _ZIP_PARTS:
            if any(name.startswith(part) for name in names):
                return found
    return Kind.ZIP


def _mimetype(archive: zipfile.ZipFile) -> bytes:
    with archive.open("mimetype") as stream:
        return stream.read(200)
