"""Cells: their text out of raw slices, and what it looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.model import Cell, Span
from ingest.reading.text import compact

_TAG = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|span|div|sup|sub|font|td|tr|th|li|ul|ol)\b[^<>]{0,200}>|\*\*",
    re.IGNORECASE,
)
BLANKS = " \t\u3000\u00a0\u200b\ufeff\r\n"
_NUMERIC = re.compile(
    r"[≥≤><约近超]{0,2}[-+△▲(]?¥?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\)?"
    r"(?:%|[万亿千百]?[\u4e00-\u9fff]{0,2})"
)
_EMPTY = re.compile(r"¥?[-—–/\\―－~～]*(?:%|％)?|无|不适用|n/?a", re.IGNORECASE)
EMPTY_CELL = Cell("")


def is_numeric(text: str) -> bool:
    """True when a cell holds one number, with or without a unit."""
    return bool(text) and len(text) <= 30 and _NUMERIC.fullmatch(compact(text)) is not None


def is_plain_number(text: str) -> bool:
    """True when a cell holds a bare number."""
    return is_numeric(text) and not re.search(r"[\u4e00-\u9fff]", text)


def is_placeholder(text: str) -> bool:
    """True for cells that say nothing: blank, ``/``, ``--``, ``—``."""
    return len(text) <= 4 and _EMPTY.fullmatch(compact(text)) is not None


def make_cell(text: str, start: int, end: int, dropped: Sequence[Span] = ()) -> Cell:
    """The cell of ``text[start:end]`` without outer spaces, HTML tags, ** and `dropped` spans."""
    raw = text[start:end]
    gaps = [*dropped]
    if "<" in raw or "**" in raw:
        gaps.extend((start + m.start(), start + m.end()) for m in _TAG.finditer(raw))
        gaps.sort()
    if not gaps:
        stripped = raw.strip(BLANKS)
        if not stripped:
            return EMPTY_CELL
        blank = raw[: len(raw) - len(raw.lstrip(BLANKS))]
        first = start + len(blank)
        indent = sum(2 if char == "\u3000" else 1 for char in blank)
        return Cell(stripped, ((first, first + len(stripped)),), indent)
    spans: list[Span] = []
    position = start
    for low, high in [*gaps, (end, end)]:
        if position < low:
            spans.append((position, low))
        position = max(position, high)
    return _trimmed(text, spans)


def _trimmed(text: str, spans: list[Span]) -> Cell:
    while spans and not text[slice(*spans[0])].strip(BLANKS):
        spans.pop(0)
    while spans and not text[slice(*spans[-1])].strip(BLANKS):
        spans.pop()
    if not spans:
        return EMPTY_CELL
    first, last = text[slice(*spans[0])], text[slice(*spans[-1])]
    spans[0] = (spans[0][0] + len(first) - len(first.lstrip(BLANKS)), spans[0][1])
    spans[-1] = (spans[-1][0], spans[-1][0] + len(text[slice(*spans[-1])].rstrip(BLANKS)))
    return Cell("".join(text[slice(*span)] for span in spans), tuple(spans)) if last else EMPTY_CELL


def join_cells(first: Cell, second: Cell) -> Cell:
    """The two halves of a cell that a page end has cut."""
    return Cell(first.text + second.text, first.spans + second.spans, first.indent)
