"""Rows and cells out of lines: tab-separated groups and Markdown pipe tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.model import Cell, Span
from ingest.readers.lines import Line
from ingest.reading.text import fold
from ingest.structure.markers import is_contents_title, is_table_label, read_marker
from ingest.tables.cellsyntax import BLANKS, make_cell
from ingest.tables.drawn import drawn_rows, drawn_run
from ingest.tables.single_spaced import single_spaced_rows
from ingest.tables.spaced import spaced_rows, spaced_run

MAX_COLUMNS = 256
_LONG_TEXT = 20
Grid = list[list[Cell]]

_DELIMITER = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?|\|\s*:?-+:?\s*\|?")


@dataclass(frozen=True, slots=True)
class Fragment:
    """Table lines that follow each other without a break.

    One that `opens` is known to be the beginning of a table.
    """

    rows: tuple[tuple[Cell, ...], ...]
    page: int | None
    gap: int
    opens: bool = False

    @property
    def width(self) -> int:
        return max(len(row) for row in self.rows)


def header_spans(header: Sequence[str]) -> list[Span]:
    """The column ranges of a header row's texts that stand over more than one column."""
    starts = [column for column, text in enumerate(header) if text]
    ends = [*starts[1:], len(header)]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if b - a > 1]


def push_right(spans: Sequence[Span], rows: Sequence[list[Cell]]) -> None:
    """Move a long text alone under a header of several columns to the last of them.

    The columns before it hold the short names of that header's rows.
    """
    for row in rows:
        for start, end in spans:
            cells = row[start:end]
            if len(cells[0].text) > _LONG_TEXT and not any(cell.text for cell in cells[1:]):
                row[start:end] = [*cells[1:], cells[0]]


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
    filled = [piece for piece in line.raw.split("\t") if piece.strip(BLANKS)]
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
    return (
        _is_delimiter(line)
        or (following is not None and following.gap == 0 and _is_delimiter(following))
        or _is_bare_pipe(lines, index)
    )


def _is_bare_pipe(lines: Sequence[Line], index: int) -> bool:
    """``指标|分值|得分`` without a line below it: rows that part into as many cells as the first."""
    bars = lines[index].raw.count("|")
    below = lines[index + 1 : index + (2 if bars > 1 else 3)]
    alike = [line for line in below if line.gap == 0 and line.raw.count("|") == bars]
    ended = any(line.raw.rstrip().endswith("。") for line in (lines[index], *below))
    return len(alike) == (1 if bars > 1 else 2) and not ended


def cut_fragments(text: str, lines: Sequence[Line]) -> list[Line | Fragment]:
    """`lines` in order, the table rows among them gathered into fragments."""
    items: list[Line | Fragment] = []
    index = 0
    while index < len(lines):
        end, rows = _rows_at(text, lines, index, items[-1] if items else None)
        kept = tuple(tuple(row) for row in rows if any(cell.text for cell in row))
        if kept:
            items.append(Fragment(kept, lines[index].page, lines[index].gap))
        elif not rows:
            end = max(end, index + 1)
            items.extend(lines[index:end])
        index = end
    return items


def _rows_at(
    text: str, lines: Sequence[Line], index: int, before: Line | Fragment | None
) -> tuple[int, list[list[Cell]]]:
    """The rows of the table that starts at `index` and the line after it; no rows for texts."""
    end = drawn_run(lines, index)
    if end > index:
        return end, drawn_rows(text, lines[index:end])
    end = _pipe_run(lines, index)
    if end > index:
        return end, [_pipe_cells(text, ln) for ln in lines[index:end] if not _is_delimiter(ln)]
    end = _tab_run(lines, index)
    if end > index:
        rows = [_tab_cells(text, line) for line in lines[index:end]]
        return end, rows if _is_table(rows, before) else []
    end = spaced_run(lines, index)
    if end > index:
        rows = spaced_rows(text, lines[index:end])
        return end, [] if rows and _is_contents(rows, before) else rows
    return single_spaced_rows(text, lines, index)


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
        return not _is_list(rows) and not _is_contents(rows, before)
    return len(rows) > 1 or max(filled) >= 3 or isinstance(before, Fragment)


def _is_list(rows: Sequence[Sequence[Cell]]) -> bool:
    """Numbered paragraphs with a tab after the number."""
    markers = [read_marker(row[0].text) for row in rows]
    return all(m and m.length == len(row[0].text) for m, row in zip(markers, rows, strict=True))


def _is_contents(rows: Sequence[Sequence[Cell]], before: Line | Fragment | None) -> bool:
    """A table of contents: texts with rising page numbers, numbered or below the word 目录."""
    pages = [fold(row[-1].text) for row in rows]
    if not all(page.isdecimal() and len(page) <= 4 for page in pages):
        return False
    numbers = [int(page) for page in pages]
    marked = sum(read_marker(row[0].text) is not None for row in rows)
    announced = isinstance(before, Line) and is_contents_title(before.text)
    return numbers == sorted(numbers) and (announced or marked > len(rows) / 2)
