"""Tables that go on over page ends, put together by the edges of their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from ingest.model import Cell
from ingest.readers.content import Snippet
from ingest.readers.pdf_layout import TextLine
from ingest.readers.pdf_rows import usual_decimals
from ingest.readers.pdf_tables import Cells, PageTable, cell_text
from ingest.reading.text import compact
from ingest.tables.cellsyntax import is_plain_number
from ingest.tables.headers import header_like

Item = TextLine | PageTable

_SAME_EDGE = 6.0  # points between the edges of one column on two pages
_HEADER_DEPTH = 8  # rows that a header has at the most
_CAPTIONS = 6  # lines above a table that may come back above its rest
_LOOSE = 1.2  # ems that a full line leaves free
_VERY_LOOSE = 2.5  # times as much, where words that cannot be broken follow
_LONG = 12  # characters of a row from which on it is known though one was misread
_MISREAD = 0.03  # of them
_COUNTING = frozenset("0123456789一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩")
_CONTINUED = re.compile(
    r"[(（]?续表?[(（]?[\d一二三四五六七八九十]{0,2}[)）]?|.{2,30}[(（]续表?[)）]"
)


def with_tables_joined(items: Sequence[Item]) -> list[Item]:
    """`items` with each table whole: the rest on later pages is part of the first piece."""
    joined: list[Item] = []
    captions: set[str] = set()
    for item in items:
        if isinstance(item, TextLine):
            joined.append(item)
            continue
        back = len(joined) - 1
        while back >= 0 and len(joined) - back <= _CAPTIONS:
            between = joined[back]
            if isinstance(between, PageTable) or not _comes_back(between, item, captions):
                break
            back -= 1
        table = joined[back] if back >= 0 else None
        if isinstance(table, PageTable) and _carries_on(table, item):
            _append(table, item)
            del joined[back + 1 :]
            continue
        captions = {above.key for above in joined[-_CAPTIONS:] if isinstance(above, TextLine)}
        joined.append(item)
    return joined


def _comes_back(line: TextLine, table: PageTable, captions: set[str]) -> bool:
    """True for a caption that is printed again above the rest of a table."""
    on_page = line.page == table.page and line.bottom < table.box[3]
    return on_page and (line.key in captions or _CONTINUED.fullmatch(line.key) is not None)


def _carries_on(table: PageTable, rest: PageTable) -> bool:
    if rest.page != table.last_page + 1:
        return False
    if rest.follows and len(rest.xs) == len(table.xs):
        return True
    if not _same_columns(table.xs, rest.xs):
        return False
    return _repeated(table, rest) > 0 or not header_like([Cell(t) for t in _texts(rest.rows[0])])


def _same_columns(first: Sequence[float], second: Sequence[float]) -> bool:
    """True where the edges of one are among those of the other, the outer ones the same."""
    few, many = sorted((first, second), key=len)
    if abs(few[0] - many[0]) > _SAME_EDGE or abs(few[-1] - many[-1]) > _SAME_EDGE:
        return False
    return all(min(abs(x - y) for y in many) <= _SAME_EDGE for x in few)


def _texts(row: Cells) -> list[str]:
    return [cell_text(cell) for cell in row]


def _keys(row: Cells) -> tuple[str, ...]:
    return tuple(compact(text) for text in _texts(row) if text)


def _repeated(table: PageTable, rest: PageTable) -> int:
    """How many rows at the top of `rest` repeat those of the table."""
    count = 0
    for own, other in zip(table.rows[:_HEADER_DEPTH], rest.rows, strict=False):
        if not _keys(own) or not (_keys(own) == _keys(other) or _misread_alike(own, other)):
            break
        count += 1
    return count


def _misread_alike(own: Cells, other: Cells) -> bool:
    """True for texts that differ as two recognitions of one print may: in hardly a character, and
    not in one number against another."""
    if not any(snippet.place.score is not None for cell in other for snippet in cell):
        return False
    first, second = "".join(_keys(own)), "".join(_keys(other))
    edits = Levenshtein.editops(first, second)
    if len(first) < _LONG or len(edits) > max(1, _MISREAD * len(first)):
        return False
    counted = any(len(text) > 1 and is_plain_number(text) for text in _keys(own))
    return not counted and not any(
        edit.tag == "replace"
        and first[edit.src_pos] in _COUNTING
        and second[edit.dest_pos] in _COUNTING
        for edit in edits
    )


def _append(table: PageTable, rest: PageTable) -> None:
    repeated = _repeated(table, rest)
    if len(rest.xs) > len(table.xs):
        table.widen(rest.xs)
    elif len(rest.xs) < len(table.xs):
        rest.widen(table.xs)
    body = rest.rows[repeated:]
    while body and not any(_texts(body[0])):
        body = body[1:]
    torn = table.open_foot and rest.open_top and not repeated
    if body and repeated < len(table.rows) and _is_cut_row(table, body[0], repeated, torn):
        for column, cell in enumerate(body[0]):
            if cell:
                row, start = table.ends[column].place
                table.rows[row][start].extend(cell)
        body = body[1:]
    removed = len(rest.rows) - len(body)
    base = len(table.rows)
    table.rows.extend(body)
    table.last_page = rest.last_page
    if body:
        table.ends = [end.moved(base - removed) for end in rest.ends]
        table.open_foot = rest.open_foot


def _is_cut_row(table: PageTable, row: Cells, depth: int, torn: bool) -> bool:
    """True when the row is the rest of the table's last row.

    One of its texts must stand under one that fills its cell, the others about so, unless `torn`
    says that no rule closes the table between the two; no whole number may be among them, and a
    cell that the rows of the table have must be missing.
    """
    texts = _texts(row)
    filled = [column for column, text in enumerate(texts) if text]
    last, body = _texts(table.rows[-1]), table.rows[depth:]
    usual = (2 * sum(bool(r[column]) for r in body) >= len(body) for column in range(len(last)))
    lacking = any(
        not text and above and often for text, above, often in zip(texts, last, usual, strict=True)
    )
    if not lacking and (texts[0] or len(filled) == len(texts)):
        return False
    if torn and lacking and not any(map(is_plain_number, texts)):
        return all(last[table.ends[column].place[1]] for column in filled)
    return _carry_on(table, row, filled)


def _carry_on(table: PageTable, row: Cells, columns: Sequence[int]) -> bool:
    """True when the texts of the columns go on with those at the foot of the table."""
    full = False
    for column in columns:
        end, text = table.ends[column], cell_text(row[column])
        above = cell_text(table.rows[end.place[0]][end.place[1]])
        if is_plain_number(text):
            if not _is_cut_number(table, column, above, text):
                return False
            full = True
        elif not above or end.free > _VERY_LOOSE * _lead(row[column]):
            return False
        full = full or end.free <= _lead(row[column])
    return full


def _lead(cell: Sequence[Snippet]) -> float:
    """The width that the beginning of a text needs on a line, and what such lines leave free."""
    box = cell[0].place.box
    if box is None:
        return 0.0
    width, height = sorted((box[2] - box[0], box[3] - box[1]), reverse=True)
    return (width if cell[0].text[:1].isascii() else height) + _LOOSE * height


def _is_cut_number(table: PageTable, column: int, before: str, rest: str) -> bool:
    """``8.4`` over ``8`` where the column's other numbers have two decimals."""
    if not re.fullmatch(r"[-+]?[\d,]*\.\d*|[-+]?[\d,]+", before) or not rest[0].isdigit():
        return False
    usual = usual_decimals(cell_text(row[column]) for row in table.rows[:-1])
    whole = before + rest
    return is_plain_number(whole) and len(whole.partition(".")[2]) == usual
