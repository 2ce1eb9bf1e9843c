"""Reading text and Markdown files: encodings, lines, rows of tables."""

from __future__ import annotations

import re

from ingest.model import Problem
from ingest.readers.content import Content, PageProgress, silent
from ingest.readers.encoding import binary_share, decode, detect
from ingest.readers.errors import UnreadableFile
from ingest.readers.lines import split_lines, without_furniture
from ingest.tables.grid import cut_fragments

MAX_BYTES = 64 * 1024 * 1024
MAX_LINE = 1_000_000
_MARKDOWN = re.compile(r"^(?:#{1,6}\s+\S|\s*\|(?:\s*:?-+:?\s*\|)+\s*$)", re.MULTILINE)


def read_text(data: bytes, name: str, _progress: PageProgress = silent) -> Content:
    """The lines and table rows of a text or Markdown file.

    Args:
        data: the whole file.
        name: its name, for messages.

    Raises:
        UnreadableFile: `data` is binary, too large or without a recognisable encoding; the
            message is one line for the user.
    """
    text, encoding, damaged = _decoded(data, name)
    lines = without_furniture(split_lines(text))
    problems: tuple[Problem, ...] = ()
    if damaged:
        problems = (Problem("encoding", "个别字节无法按所判断的编码读出，已用 \ufffd 代替"),)
    return Content(
        text=text,
        pieces=tuple(cut_fragments(text, lines)),
        media_type="text/markdown" if _MARKDOWN.search(text) else "text/plain",
        encoding=encoding,
        pages=max((line.page or 0 for line in lines), default=0) or None,
        problems=problems,
    )


def _decoded(data: bytes, name: str) -> tuple[str, str, bool]:
    if len(data) > MAX_BYTES:
        size, limit = len(data) // 1024 // 1024, MAX_BYTES // 1024 // 1024
        raise UnreadableFile(f"{name}：文本有 {size} MB，超过 {limit} MB 的上限；请拆分后再加入")
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
