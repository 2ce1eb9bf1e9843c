"""The grid of a DOCX table: which columns each cell takes, and which cells others cover."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from lxml import etree

from ingest.readers.ooxml import W, child_number, switched

MAX_COLUMNS = 256
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml"))
_NEAR = 60  # twentieths of a point by which two edges of one column may differ


class GridCell(NamedTuple):
    """A cell that is shown: its first column from 0, and how many it takes."""

    element: etree._Element
    column: int
    span: int


GridRow = list[GridCell]


def grid_rows(table: etree._Element) -> Iterator[GridRow]:
    """The rows that are not deleted or hidden, without the cells that merged ones cover."""
    edges = _edges(table)
    merging: set[int] = set()  # columns at which a merged cell may go on below
    for row in _children(table, "tr"):
        properties = row.find(W + "trPr")
        if properties is not None and (
            properties.find(W + "del") is not None or switched(properties, "hidden")
        ):
            continue
        shown: GridRow = []
        for element, column, span in _placed(row, edges):
            kind = _merge(element, "vMerge")
            if kind == "continue" and column in merging:
                continue
            merging -= set(range(column, column + span))
            if kind is not None:
                merging.add(column)
            if _merge(element, "hMerge") == "continue" and shown:
                last = shown.pop()
                shown.append(last._replace(span=column + span - last.column))
                continue
            shown.append(GridCell(element, column, span))
        yield shown


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == W + name:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, name)


def _merge(cell: etree._Element, name: str) -> str | None:
    found = cell.find(f"{W}tcPr/{W}{name}")
    if found is None:
        return None
    return "restart" if found.get(W + "val") == "restart" else "continue"


def _edges(table: etree._Element) -> list[int]:
    """The right edges of the grid's columns; [] where the file gives no widths."""
    widths = [str(column.get(W + "w") or "") for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    if not all(width.isdecimal() for width in widths):
        return []
    return list(accumulate(int(width) for width in widths))


def _placed(row: etree._Element, edges: list[int]) -> GridRow:
    """The cells of a row on the columns of the grid, covered ones too."""
    cells = [cell for cell in _children(row, "tc") if cell.find(f"{W}tcPr/{W}cellDel") is None]
    before = child_number(row, "trPr", "gridBefore") or 0
    after = child_number(row, "trPr", "gridAfter") or 0
    spans = [max(child_number(cell, "tcPr", "gridSpan") or 1, 1) for cell in cells]
    if before + sum(spans) + after < len(edges) and before + after == 0:
        spans = _spans_by_width(cells, edges) or spans
    placed: GridRow = []
    column = max(before, 0)
    for cell, span in zip(cells, spans, strict=True):
        first = min(column, MAX_COLUMNS - 1)
        placed.append(GridCell(cell, first, max(min(span, MAX_COLUMNS - first), 1)))
        column += span
    return placed


def _spans_by_width(cells: list[etree._Element], edges: list[int]) -> list[int]:
    """Spans of cells that say how wide they are but not how many columns they take.

    [] unless each cell ends at an edge of the grid and the last one at the last edge.
    """
    spans: list[int] = []
    right = start = 0
    for cell in cells:
        width = cell.find(f"{W}tcPr/{W}tcW")
        value = str(width.get(W + "w") or "") if width is not None else ""
        if not value.isdecimal() or (width is not None and width.get(W + "type") != "dxa"):
            return []
        right += int(value)
        ends = [i + 1 for i, edge in enumerate(edges) if abs(edge - right) <= _NEAR and i >= start]
        if not ends:
            return []
        spans.append(ends[0] - start)
        start = ends[0]
    return spans if start == len(edges) else []
