"""Telling formats apart by their content, never by the file's name."""

from __future__ import annotations

import re
from typing import NamedTuple


class Format(NamedTuple):
    """A recognised format that the text reader does not read."""

    name: str
    advice: str


_OFFICE = "请在办公软件中另存为纯文本（.txt）后再加入"
_IMAGE = "请先做文字识别，再以纯文本加入"
_ARCHIVE = "请先解压，再逐个加入其中的报告"
_TEXT = "请另存为纯文本（.txt）或 Markdown 后再加入"

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format("旧版 Office 文件（DOC/XLS）", _OFFICE)),
    (b"{\\rtf", Format("RTF", _OFFICE)),
    (b"\x89PNG\r\n\x1a\n", Format("PNG 图片", _IMAGE)),
    (b"\xff\xd8\xff", Format("JPEG 图片", _IMAGE)),
    (b"GIF8", Format("GIF 图片", _IMAGE)),
    (b"II*\x00", Format("TIFF 图片", _IMAGE)),
    (b"MM\x00*", Format("TIFF 图片", _IMAGE)),
    (b"7z\xbc\xaf\x27\x1c", Format("7Z 压缩包", _ARCHIVE)),
    (b"Rar!\x1a\x07", Format("RAR 压缩包", _ARCHIVE)),
    (b"\x1f\x8b", Format("GZIP 压缩包", _ARCHIVE)),
    (b"\xfd7zXZ\x00", Format("XZ 压缩包", _ARCHIVE)),
    (b"BZh9", Format("BZIP2 压缩包", _ARCHIVE)),
)
_ZIP_MEMBERS: tuple[tuple[bytes, Format], ...] = (
    (b"word/", Format("DOCX", _OFFICE)),
    (b"xl/", Format("XLSX", _OFFICE)),
    (b"ppt/", Format("PPTX", _OFFICE)),
    (b"OFD.xml", Format("OFD", _TEXT)),
)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]|<head[\s>]", re.IGNORECASE)
_TABLE_HTML = re.compile(rb"\s*<(?:table|div|p|meta)[\s>]", re.IGNORECASE)
_HEAD = 4096


def foreign_format(data: bytes) -> Format | None:
    """The format of `data` where it is a known one other than plain text, else None."""
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Format("PDF", _TEXT)
    for magic, known in _MAGIC:
        if head.startswith(magic):
            return known
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        ends = head + data[-_HEAD * 16 :]
        for member, known in _ZIP_MEMBERS:
            if member in ends:
                return known
        return Format("ZIP 压缩包", _ARCHIVE)
    if data[257:262] == b"ustar":
        return Format("TAR 压缩包", _ARCHIVE)
    return _markup(head)


def _markup(head: bytes) -> Format | None:
    plain = head.replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").lstrip()
    if plain.startswith(b"<") and (_HTML.search(plain) or _TABLE_HTML.match(plain)):
        return Format("HTML", _TEXT)
    if plain.startswith(b"<?xml"):
        return Format("XML", _TEXT)
    return None
