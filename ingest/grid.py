"""Rows and cells out of lines: tab-separated groups and Markdown pipe tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.markers import is_table_label, read_marker
from ingest.model import Cell, Span
from ingest.readers.lines import Line
from ingest.text import compact, fold

MAX_COLUMNS = 256
Grid = list[list[Cell]]

_TAG = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|span|div|sup|sub|font|td|tr|th|li|ul|ol)\b[^<>]{0,200}>",
    re.IGNORECASE,
)
_DELIMITER = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?|\|\s*:?-+:?\s*\|?")
_SPACE = " \t\u3000\u00a0\u200b\ufeff\r\n"
_NUMERIC = re.compile(
    r"[≥≤><约近超]{0,2}[-+△▲(]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\)?"
    r"(?:%|[万亿千百]?[\u4e00-\u9fff]{0,2})"
)
_EMPTY = re.compile(r"[-—–/\\―－~～]*(?:%|％)?|无|不适用|n/?a", re.IGNORECASE)
EMPTY_CELL = Cell("")


@dataclass(frozen=True, slots=True)
class Fragment:
    """Table lines that follow each other without a break."""

    rows: tuple[tuple[Cell, ...], ...]
    page: int | None
    gap: int

    @property
    def width(self) -> int:
        return max(len(row) for row in self.rows)


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
    """The cell of ``text[start:end]`` without outer spaces, HTML tags and `dropped` spans."""
    raw = text[start:end]
    gaps = [*dropped]
    if "<" in raw:
        gaps.extend((start + m.start(), start + m.end()) for m in _TAG.finditer(raw))
        gaps.sort()
    if not gaps:
        stripped = raw.strip(_SPACE)
        first = start + len(raw) - len(raw.lstrip(_SPACE))
        return Cell(stripped, ((first, first + len(stripped)),)) if stripped else EMPTY_CELL
    spans: list[Span] = []
    position = start
    for low, high in [*gaps, (end, end)]:
        if position < low:
            spans.append((position, low))
        position = max(position, high)
    return _trimmed(text, spans)


def _trimmed(text: str, spans: list[Span]) -> Cell:
    while spans and not text[slice(*spans[0])].strip(_SPACE):
        spans.pop(0)
    while spans and not text[slice(*spans[-1])].strip(_SPACE):
        spans.pop()
    if not spans:
        return EMPTY_CELL
    first, last = text[slice(*spans[0])], text[slice(*spans[-1])]
    spans[0] = (spans[0][0] + len(first) - len(first.lstrip(_SPACE)), spans[0][1])
    spans[-1] = (spans[-1][0], spans[-1][0] + len(text[slice(*spans[-1])].rstrip(_SPACE)))
    return Cell("".join(text[slice(*span)] for span in spans), tuple(spans)) if last else EMPTY_CELL


def join_cells(first: Cell, second: Cell) -> Cell:
    """The two halves of a cell that a page end has cut."""
    return Cell(first.text + second.text, first.spans + second.spans)


def _tab_cells(text: str, line: Line) -> list[Cell]:
    cells: list[Cell] = []
    start = line.start
    for piece in line.raw.split("\t"):
        cells.append(make_cell(text, start, start + len(piece)))
        start += len(piece) + 1
    return cells


def _pipe_cells(text: str, line: Line) -> list[Cell]:
    start, end = line.first, line.last
    if text[start] == "|":
        start += 1
    if end > start and text[end - 1] == "|" and text[end - 2 : end - 1] != "\\":
        end -= 1
    cells: list[Cell] = []
    escapes: list[Span] = []
    begin = start
    for found in re.finditer(r"\\\||\|", text[start:end]):
        place = start + found.start()
        if found.group() == "|":
            cells.append(make_cell(text, begin, place, escapes))
            begin, escapes = place + 1, []
        else:
            escapes.append((place, place + 1))
    cells.append(make_cell(text, begin, end, escapes))
    return cells


def _tab_strength(line: Line) -> int:
    """2: surely a table row; 1: a row if its neighbours are; 0: none."""
    tabs = line.raw.count("\t")
    if not tabs or tabs >= MAX_COLUMNS:
        return 0
    filled = [piece for piece in line.raw.split("\t") if piece.strip(_SPACE)]
    if len(filled) < 2:
        return 1 if tabs >= 2 else 0
    if len(filled) == 2:
        marker = read_marker(filled[0].strip())
        if (
            marker
            and marker.length == len(filled[0].strip())
            and tabs == 1
            and marker.style != "part"
        ):
            return 1
        if all(is_table_label(piece.strip()) for piece in filled):
            return 0
    return 2


def _is_delimiter(line: Line) -> bool:
    return "-" in line.raw and len(line.raw) < 4000 and _DELIMITER.fullmatch(line.text) is not None


def _is_pipe(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    if "|" not in line.raw or line.raw.count("|") >= MAX_COLUMNS:
        return False
    if line.text.startswith("|") and line.text.endswith("|") and len(line.text) > 2:
        return True
    following = lines[index + 1] if index + 1 < len(lines) else None
    return _is_delimiter(line) or (
        following is not None and following.gap == 0 and _is_delimiter(following)
    )


def cut_fragments(text: str, lines: Sequence[Line]) -> list[Line | Fragment]:
    """`lines` in order, the table rows among them gathered into fragments."""
    items: list[Line | Fragment] = []
    index = 0
    while index < len(lines):
        end = _pipe_run(lines, index)
        rows = [_pipe_cells(text, line) for line in lines[index:end] if not _is_delimiter(line)]
        if end == index:
            end = _tab_run(lines, index)
            rows = [_tab_cells(text, line) for line in lines[index:end]]
            if rows and not _is_table(rows, items[-1] if items else None):
                items.extend(lines[index:end])
                index = end
                continue
        kept = tuple(tuple(row) for row in rows if any(cell.text for cell in row))
        if kept:
            items.append(Fragment(kept, lines[index].page, lines[index].gap))
        if end > index:
            index = end
        else:
            items.append(lines[index])
            index += 1
    return items


def _pipe_run(lines: Sequence[Line], index: int) -> int:
    if not _is_pipe(lines, index):
        return index
    end = index + 1
    while end < len(lines) and lines[end].gap == 0 and "|" in lines[end].raw:
        end += 1
    return end


def _tab_run(lines: Sequence[Line], index: int) -> int:
    end = index
    while end < len(lines) and (end == index or lines[end].gap == 0) and _tab_strength(lines[end]):
        end += 1
    return end


def _is_table(rows: Sequence[Sequence[Cell]], before: Line | Fragment | None) -> bool:
    filled = [sum(bool(cell.text) for cell in row) for row in rows]
    if max(filled) < 2:
        return isinstance(before, Fragment) and max(len(row) for row in rows) >= 3
    if max(len(row) for row in rows) == 2:
        if len(rows) == 1 and not isinstance(before, Fragment):
            return False
        return not _is_list(rows) and not _is_contents(rows)
    return len(rows) > 1 or max(filled) >= 3 or isinstance(before, Fragment)


def _is_list(rows: Sequence[Sequence[Cell]]) -> bool:
    """Numbered paragraphs with a tab after the number."""
    markers = [read_marker(row[0].text) for row in rows]
    return all(m and m.length == len(row[0].text) for m, row in zip(markers, rows, strict=True))


def _is_contents(rows: Sequence[Sequence[Cell]]) -> bool:
    """A table of contents: texts with rising page numbers."""
    pages = [fold(row[-1].text) for row in rows]
    if not all(page.isdecimal() and len(page) <= 4 for page in pages):
        return False
    numbers = [int(page) for page in pages]
    marked = sum(read_marker(row[0].text) is not None for row in rows)
    return numbers == sorted(numbers) and marked > len(rows) / 2
