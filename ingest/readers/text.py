"""Reading a text or Markdown file: bytes to a Document without figures and equations."""

from __future__ import annotations

import hashlib
import re

from ingest.identity import find_parts
from ingest.model import Document, Problem
from ingest.readers.encoding import binary_share, decode, detect
from ingest.readers.errors import UnreadableFile
from ingest.readers.lines import split_lines, without_furniture
from ingest.readers.sniff import foreign_format
from ingest.structure import build_structure

MAX_BYTES = 64 * 1024 * 1024
MAX_LINE = 1_000_000
_MARKDOWN = re.compile(r"^(?:#{1,6}\s+\S|\s*\|(?:\s*:?-+:?\s*\|)+\s*$)", re.MULTILINE)


def read_bytes(data: bytes, name: str) -> Document:
    """The report in `data`, its blocks, sections, tables and parts; no figures yet.

    Args:
        data: the whole file.
        name: its name, for messages and for the Document; the format is told from the bytes.

    Raises:
        UnreadableFile: `data` is empty, binary, too large or of a format that is not read; the
            message is one line for the user.
    """
    text, encoding, damaged = _decoded(data, name)
    lines = without_furniture(split_lines(text))
    if not lines:
        raise UnreadableFile(f"{name}：文件里没有文字；请检查是否选错了文件")
    structure = build_structure(text, lines)
    pages = max((line.page or 0 for line in lines), default=0) or None
    problems = [*structure.problems]
    if damaged:
        problems.append(Problem("encoding", "个别字节无法按所判断的编码读出，已用 \ufffd 代替"))
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/markdown" if _MARKDOWN.search(text) else "text/plain",
        encoding=encoding,
        text=text,
        blocks=structure.blocks,
        sections=structure.sections,
        tables=structure.tables,
        parts=find_parts(structure.blocks, structure.tables, structure.sections),
        problems=tuple(problems),
        pages=pages,
    )


def _decoded(data: bytes, name: str) -> tuple[str, str, bool]:
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableFile(f"{name}：文件是空的；请检查是否选错了文件")
    if len(data) > MAX_BYTES:
        size, limit = len(data) // 1024 // 1024, MAX_BYTES // 1024 // 1024
        raise UnreadableFile(f"{name}：文件有 {size} MB，超过 {limit} MB 的上限；请拆分后再加入")
    foreign = foreign_format(data)
    if foreign:
        raise UnreadableFile(f"{name}：暂不支持 {foreign.name}；{foreign.advice}")
    encoding, damaged = detect(data, name)
    text = decode(data, encoding)
    if binary_share(text) > 0.005:
        raise UnreadableFile(
            f"{name}：文件内容是二进制数据，不是文本；请确认文件没有损坏，或换成文本文件"
        )
    _check_lines(text, name)
    return text, encoding, damaged


def _check_lines(text: str, name: str) -> None:
    if len(text) <= MAX_LINE:
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAX_LINE:
            raise UnreadableFile(
                f"{name}：第 {number} 行有 {len(line)} 个字符，超过 {MAX_LINE} 的上限；"
                "请按段落分行后再加入"
            )
