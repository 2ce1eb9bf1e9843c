"""The numbered outline of a report, read from its own numbering.

Writers number with 第一部分, 一、, （一）, 1., （1）, ①, 一是; which of them lies inside which
differs from report to report and even inside one, so a number is placed by what it continues.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.model import Block, BlockKind, Document

_DIGITS = {ch: n for n, ch in enumerate("〇一二三四五六七八九十")} | {"零": 0, "两": 2}
_HAN = "[一二三四五六七八九十]{1,3}"
_BULLET = r"\s*(?:[-•·▪■◆●*]\s*)?"
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(_BULLET + pattern))
    for name, pattern in (
        ("part", rf"第\s*({_HAN})\s*(?:部分|章|节|篇)\s*[:：、]?"),
        ("han", rf"({_HAN})\s*[、.．]"),
        ("han_paren", rf"[(（]\s*({_HAN})\s*[)）]\s*[、.．]?"),
        (
            "decimal",  # 5.1 资金分配滞后, not 5.1万元
            r"\d{1,2}[.．](\d{1,2})(?![\d.．])(?=[\s\u4e00-\u9fff])"
            r"(?!\s*(?:[万亿元分个倍吨人家户米天年月项次号]|公里|平方|百分|[%％‰]))\s*",
        ),
        ("arabic", r"(\d{1,2})\s*(?:[、．]|\.(?!\d))"),
        ("arabic_paren", r"[(（]\s*(\d{1,2})\s*[)）]\s*[、.．]?"),
        ("half_paren", r"(\d{1,2})\s*[)）]"),
        ("circled", r"([①-⑳])"),
        ("is", rf"({_HAN})(?:是|来)"),
        ("first", r"(首先|其次|再次|此外|最后)[,，:：]"),
    )
)
_SERIAL = ("首先", "其次", "再次", "此外", "最后")


@dataclass(frozen=True, slots=True)
class Mark:
    """A list number at the head of a text: its style, its ordinal, and where its text begins."""

    style: str
    ordinal: int
    end: int


def ordinal_of(text: str) -> int:
    """``十二`` → 12, ``③`` → 3, ``7`` → 7."""
    if text.isdigit() and text.isascii():
        return int(text)
    if "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    if text in _SERIAL:
        return _SERIAL.index(text) + 1
    tens, ten, ones = text.rpartition("十")
    if ten:
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return _DIGITS.get(text, 0)


def read_mark(text: str) -> Mark | None:
    """The list number that `text` begins with, if it does."""
    for style, pattern in _STYLES:
        found = pattern.match(text)
        if found:
            return Mark(style, ordinal_of(found[1]), found.end())
    return None


@dataclass(frozen=True, slots=True)
class Node:
    """A numbered heading or item. It owns the blocks ``first <= no < last``."""

    no: int
    style: str  # "title" and "plain" for headings without a number
    ordinal: int
    title: str  # up to its first full stop, at most 60 characters
    text_start: int  # offset of the text after the number, in the block's text
    parent: int | None
    first: int
    last: int


_TITLE_END = re.compile(r"[。；;！？]|(?<=[\u4e00-\u9fff])\.(?=\s|$)")


def title_of(text: str) -> str:
    """The head of a paragraph that names it."""
    found = _TITLE_END.search(text)
    head = text[: found.start()] if found else text
    colon = re.search("[:：]", head)
    if colon and colon.start() >= 2:
        head = head[: colon.start()]
    return head.strip()[:60]


class _Builder:
    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.last: list[int] = []
        self.stack: list[int] = []

    def place(self, mark: Mark) -> None:
        """Shorten the stack to the parent of a node with this mark."""
        same = [i for i, no in enumerate(self.stack) if self.nodes[no].style == mark.style]
        if not same:
            return
        follows = [i for i in same if self.nodes[self.stack[i]].ordinal == mark.ordinal - 1]
        if mark.ordinal == 1:
            if same[-1] == len(self.stack) - 1:
                self.stack = self.stack[: same[-1]]
            elif mark.style in ("han", "part", "han_paren"):
                return  # a new list inside the running one
            else:
                self.stack = self.stack[: same[-1]]
        else:
            self.stack = self.stack[: (follows or same)[-1]]

    def add(self, mark: Mark, title: str, block: int) -> None:
        parent = self.stack[-1] if self.stack else None
        no = len(self.nodes)
        self.nodes.append(
            Node(no, mark.style, mark.ordinal, title, mark.end, parent, block, block + 1)
        )
        self.stack.append(no)


@dataclass(frozen=True, slots=True)
class Outline:
    """The nodes of a report, and for each block the nodes around it, outermost first."""

    nodes: tuple[Node, ...]
    paths: tuple[tuple[int, ...], ...]

    def children(self, parent: int | None) -> list[Node]:
        return [node for node in self.nodes if node.parent == parent]

    def titles(self, block: int) -> tuple[str, ...]:
        return tuple(self.nodes[no].title for no in self.paths[block])


def build_outline(document: Document) -> Outline:
    """Read the outline of a report from the numbers at the head of its blocks."""
    builder = _Builder()
    starts = {part.first_block for part in document.parts}
    paths: list[tuple[int, ...]] = []
    for block in document.blocks:
        if block.no in starts:
            builder.stack = []
        _take(builder, block, _title_after(document, block))
        paths.append(tuple(builder.stack))
    last = {no: block for block, path in enumerate(paths) for no in path}
    nodes = tuple(
        Node(n.no, n.style, n.ordinal, n.title, n.text_start, n.parent, n.first, last[n.no] + 1)
        for n in builder.nodes
    )
    return Outline(nodes, tuple(paths))


_BEFORE_DIGITS = re.compile(r"\s*(\d{1,2})\.(?=\d{1,4}[\u4e00-\u9fff])(?!\d+(?:万|亿|元|个百分点))")


def _next_before_digits(builder: _Builder, text: str) -> Mark | None:
    """``2.2号楼延期`` right after entry 1: its number is 2, its text begins with digits."""
    found = _BEFORE_DIGITS.match(text)
    last = builder.nodes[builder.stack[-1]] if builder.stack else None
    if found is None or last is None or last.style != "arabic":
        return None
    follows = int(found[1]) == last.ordinal + 1
    return Mark("arabic", int(found[1]), found.end()) if follows else None


_ANNEX = re.compile(r"\s*附\s*(?:件|表|录)\s*[\d一二三四五六七八九十]*\s*[:：]?\s*")


def _title_after(document: Document, block: Block) -> str:
    """The title that stands on the line after a bare 附件."""
    after = document.blocks[block.no + 1] if block.no + 1 < len(document.blocks) else None
    if after is None or not _ANNEX.fullmatch(block.text) or after.kind is not BlockKind.PARAGRAPH:
        return ""
    text = after.text.strip()
    return text if len(text) <= 60 and not re.search("[。；，]", text) else ""


def _take(builder: _Builder, block: Block, named: str = "") -> None:
    if block.kind in (BlockKind.TABLE, BlockKind.CAPTION, BlockKind.CONTENTS, BlockKind.NOTE):
        return
    mark = _next_before_digits(builder, block.text) or read_mark(block.text)
    if block.kind is BlockKind.TITLE:
        builder.stack = []
        builder.add(Mark("title", 0, 0), title_of(f"{block.text}{named}"), block.no)
    elif mark is not None and mark.ordinal > 0:
        builder.place(mark)
        builder.add(mark, title_of(block.text[mark.end :]), block.no)
    elif block.kind is BlockKind.HEADING:
        plain = Mark("plain", 0, 0)
        same = [i for i, no in enumerate(builder.stack) if builder.nodes[no].style == "plain"]
        if same:
            builder.stack = builder.stack[: same[0]]
        builder.add(plain, title_of(block.text), block.no)
