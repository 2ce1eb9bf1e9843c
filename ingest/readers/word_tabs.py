"""Tables that a Word file sets with tab stops instead of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.word import Segment, WordItem, WordParagraph
from ingest.reading.text import fold
from ingest.structure.markers import is_table_label, read_marker
from ingest.tables.cellsyntax import is_numeric

_MIN_ROWS = 3
_TABS = re.compile(r"\t[\t ]*")
TabRow = list[list[Segment]]


def tab_rows(items: Sequence[WordItem], start: int) -> list[TabRow]:
    """The paragraphs from `start` on that have the same number of texts between tabs, cut there."""
    rows: list[TabRow] = []
    for item in items[start:]:
        if not isinstance(item, WordParagraph) or not _is_row(item):
            break
        row = _cells(item.segments)
        if len(row) < 2 or (rows and len(row) != len(rows[0])):
            break
        rows.append(row)
    return rows


def is_tab_table(rows: Sequence[TabRow]) -> bool:
    """True for three rows or more that end in numbers, if these are no rising page numbers."""
    lasts = [fold("".join(part.text for part in row[-1])).strip() for row in rows]
    pages = [int(last) for last in lasts if last.isdecimal()]
    if len(pages) == len(lasts) and pages == sorted(pages):
        return False
    return len(rows) >= _MIN_ROWS and 2 * sum(map(is_numeric, lasts)) > len(rows)


def _is_row(paragraph: WordParagraph) -> bool:
    text = paragraph.text.strip()
    if "\t" not in text or "\n" in text or paragraph.note or paragraph.contents:
        return False
    first = text.split("\t")[0]
    marker = read_marker(first)
    return not is_table_label(text) and not (marker and marker.length >= len(first.strip()))


def _cells(segments: Sequence[Segment]) -> TabRow:
    cells: TabRow = [[]]
    for text, page in segments:
        first, *rest = _TABS.split(text)
        cells[-1].append(Segment(first, page))
        cells.extend([Segment(part, page)] for part in rest)
    return [cell for cell in cells if any(segment.text.strip() for segment in cell)]
