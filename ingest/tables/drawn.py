"""Tables drawn in a plain text with lines: ┌─┬─┐ │ │ and +---+ | |."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.model import Cell
from ingest.readers.lines import Line
from ingest.tables.cellsyntax import make_cell

_RULE = re.compile(r"[┌┐└┘├┤┬┴┼─━═┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╒╕╘╛╞╡╤╧╪]{3,}|\+(?:[-=]{2,}\+)+")
_BAR = re.compile(r"[│┃║]")
_PLAIN = re.compile(r"\|")
_ROWS = 2  # of a table, at least


def drawn_run(lines: Sequence[Line], index: int) -> int:
    """The line after the table drawn from `index` on; `index` where none is."""
    if not _opens(lines[index]):
        return index
    end = index
    while end < len(lines) and (end == index or lines[end].gap == 0) and _is_drawn(lines[end]):
        end += 1
    rows = sum(not _is_rule(line) for line in lines[index:end])
    return end if rows >= _ROWS else index


def drawn_rows(text: str, lines: Sequence[Line]) -> list[list[Cell]]:
    """The rows of a drawn table, its rules left out."""
    return [_cells(text, line) for line in lines if not _is_rule(line)]


def _is_rule(line: Line) -> bool:
    return _RULE.fullmatch(line.text) is not None


def _opens(line: Line) -> bool:
    return _is_rule(line) or len(_BAR.findall(line.text)) > 1


def _is_drawn(line: Line) -> bool:
    plain = line.text.startswith("|") and line.text.endswith("|")
    return _opens(line) or (plain and len(line.text) > _ROWS)


def _cells(text: str, line: Line) -> list[Cell]:
    bar = _BAR if _BAR.search(line.text) else _PLAIN
    cuts = [line.first + found.start() for found in bar.finditer(line.text)]
    starts = [line.first, *(cut + 1 for cut in cuts)]
    ends = [*cuts, line.last]
    if cuts and cuts[0] == line.first:
        starts, ends = starts[1:], ends[1:]
    if cuts and cuts[-1] == line.last - 1:
        starts, ends = starts[:-1], ends[:-1]
    return [make_cell(text, start, end) for start, end in zip(starts, ends, strict=True)]
