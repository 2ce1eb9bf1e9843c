"""Making one table of the fragments that page ends have left of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from ingest.model import Cell
from ingest.reading.text import compact
from ingest.structure.markers import ends_full_stop, ends_sentence, opens_closing, read_marker
from ingest.tables.cellsyntax import (
    EMPTY_CELL,
    is_numeric,
    is_placeholder,
    is_plain_number,
    join_cells,
)
from ingest.tables.grid import Fragment, Grid, header_spans, push_right
from ingest.tables.headers import header_like

_HEADER_DEPTH = 8  # rows of a fragment that are compared with the first fragment's
_LOOK_BACK = 60
_SAME_ROW = 0.7
_SHORT_LABEL = 15


@dataclass(slots=True)
class Merged:
    """A table over its fragments: the grid without repeated headers."""

    grid: Grid
    page: int | None
    gap: int
    head: list[list[str]] = field(default_factory=list)  # compact texts of the first rows

    @property
    def width(self) -> int:
        return len(self.grid[0])


def start_table(fragment: Fragment) -> Merged:
    """A table that so far has one fragment."""
    width = fragment.width
    grid = _filled_out(fragment.rows, width)
    merged = Merged(grid, fragment.page, fragment.gap)
    merged.head = [[compact(cell.text) for cell in row] for row in grid[:_HEADER_DEPTH]]
    return merged


def split_at_header(fragment: Fragment) -> list[Fragment]:
    """The fragment cut before each row that repeats its first one, a header."""
    first = [compact(cell.text) for cell in fragment.rows[0] if cell.text]
    if len(first) < 2 or any(is_plain_number(text) for text in first):
        return [fragment]
    starts = [0]
    for index, row in enumerate(fragment.rows[2:], start=2):
        leading = next((cell.text for cell in row if cell.text), "")
        if compact(leading) == first[0] and _same_row(first, [compact(c.text) for c in row]):
            starts.append(index)
    ends = [*starts[1:], len(fragment.rows)]
    return [
        Fragment(fragment.rows[a:b], fragment.page, fragment.gap, fragment.opens and a == 0)
        for a, b in zip(starts, ends, strict=True)
    ]


def add_fragment(table: Merged, fragment: Fragment) -> bool:
    """Append the fragment's rows to `table`; False when it is a table of its own."""
    repeated = _repeated_rows(table, fragment)
    if repeated == 0 and not _goes_on(table, fragment):
        return False
    rows = _filled_out(fragment.rows, fragment.width)
    body = _aligned(table, rows, repeated)
    if body and len(table.grid) > len(table.head[:repeated] if repeated else ()):
        body = _mend_cut(table, body)
    table.grid.extend(body)
    return True


def _filled_out(rows: Sequence[Sequence[Cell]], width: int) -> Grid:
    """Rows of one width. Short rows have lost blank cells: at the end, as a rule, but before a
    closing number that would else stand in a column of texts, and before the name of a total,
    which has no code."""
    full = [row for row in rows if len(row) == width]

    def numbers(column: int) -> float:
        texts = [row[column].text for row in full if row[column].text]
        return sum(is_numeric(text) for text in texts) / max(len(texts), 1)

    grid: Grid = []
    last_is_numeric = numbers(width - 1) >= 0.5
    for row in rows:
        blank = [EMPTY_CELL] * (width - len(row))
        end = len(row) - 1
        if blank and last_is_numeric and is_plain_number(row[end].text) and numbers(end) < 0.3:
            grid.append([*row[:-1], *blank, row[-1]])
            continue
        filled = _without_end_blanks(row)
        missing = width - len(filled)
        if _is_plain_total(filled) and all(numbers(c) < 0.3 for c in range(1, missing + 1)):
            grid.append([EMPTY_CELL] * missing + list(filled))
        else:
            grid.append([*row, *blank])
    return grid


_PLAIN_TOTAL = re.compile(r"合\s*计|总\s*计|小\s*计")


def _is_plain_total(filled: Sequence[Cell]) -> bool:
    """True for ``合计 18,265.95 2,846.35``: the word, and nothing but numbers behind it."""
    named = bool(filled) and _PLAIN_TOTAL.fullmatch(filled[0].text.strip()) is not None
    return named and len(filled) > 2 and all(is_plain_number(cell.text) for cell in filled[1:])


def _without_end_blanks(row: Sequence[Cell]) -> Sequence[Cell]:
    end = next((at for at in range(len(row), 0, -1) if row[at - 1].text), 0)
    return row[:end]


def _repeated_rows(table: Merged, fragment: Fragment) -> int:
    """How many leading rows of the fragment repeat the table's header."""
    limit = min(len(table.head), len(fragment.rows), _HEADER_DEPTH)
    count = 0
    while count < limit:
        texts = [compact(cell.text) for cell in fragment.rows[count]]
        if not _same_row(table.head[count], texts):
            break
        count += 1
    return count if count < len(fragment.rows) or count > 1 else 0


def _same_row(first: Sequence[str], second: Sequence[str]) -> bool:
    left, right = [t for t in first if t], [t for t in second if t]
    if not left or not right:
        return False
    if left == right:
        return True
    if all(is_plain_number(text) for text in left + right):
        return False
    common = sum((Counter(left) & Counter(right)).values())
    if common < len(left):
        common += sum(
            fuzz.ratio(a, b) >= 85 and not is_numeric(a)
            for a, b in zip(left, right, strict=False)
            if a != b and len(a) >= 6
        )
    return common >= _SAME_ROW * max(len(left), len(right)) and not _differs_in_numbers(left, right)


def _differs_in_numbers(left: Sequence[str], right: Sequence[str]) -> bool:
    return [t for t in left if is_numeric(t)] != [t for t in right if is_numeric(t)]


def _goes_on(table: Merged, fragment: Fragment) -> bool:
    """True when a fragment without a header carries on the table."""
    first = fragment.rows[0]
    if fragment.width > table.width or header_like(first):
        return False
    filled = [cell.text for cell in first if cell.text]
    sparse = len(filled) <= len(first) / 2 and not first[0].text
    return sparse or fragment.width == table.width


def _aligned(table: Merged, rows: Grid, repeated: int) -> Grid:
    """The body rows of a fragment on the columns of the table, which may gain columns."""
    width = len(rows[0])
    if width == table.width or not repeated:
        body = rows[repeated:]
        if width < table.width:  # the last column stays the last
            blank = [EMPTY_CELL] * (table.width - width)
            body = [[*row[:-1], *blank, row[-1]] for row in body]
        _settle(table, body)
        return body
    key = max(range(repeated), key=lambda i: sum(bool(t) for t in table.head[i]))
    own = [compact(cell.text) for cell in rows[key]]
    if width > table.width:
        _widen(table, _placing(table.head[key], own), own, key)
        body = rows[repeated:]
    else:
        places = _placing(own, table.head[key])
        body = [_moved(row, places, table.width) for row in rows[repeated:]]
    _settle(table, body)
    return body


def _placing(narrow: Sequence[str], wide: Sequence[str]) -> list[int]:
    """For each column of the narrow header the column of the wide one that holds its cells.

    A header over several columns in the wide table gives its cells to the last of them.
    """
    spare = len(wide) - len(narrow)
    places: list[int] = []
    for column, text in enumerate(narrow):
        place = (places[-1] if places else -1) + 1
        if text:
            ahead = [i for i in range(place, min(place + spare + 1, len(wide))) if wide[i] == text]
            place = ahead[0] if ahead else place
            span = _span(wide, place)
            place = max(place, place + span - _span(narrow, column))
        places.append(min(place, len(wide) - len(narrow) + column))
    return places


def _span(header: Sequence[str], column: int) -> int:
    end = column + 1
    while end < len(header) and not header[end]:
        end += 1
    return end - column


def _moved(row: Sequence[Cell], places: Sequence[int], width: int) -> list[Cell]:
    moved = [EMPTY_CELL] * width
    for cell, place in zip(row, places, strict=True):
        moved[place] = cell
    return moved


def _widen(table: Merged, places: Sequence[int], wide: Sequence[str], key: int) -> None:
    """Give the table the columns of a wider fragment, its header texts over their first column."""
    width = len(wide)
    firsts = list(places)
    for column, text in enumerate(table.head[key]):
        if text and text in wide:
            firsts[column] = min(places[column], wide.index(text))
    depth = len(table.head) if len(table.head) <= key + 1 else key + 1
    table.grid = [
        _moved(row, firsts if index < depth else places, width)
        for index, row in enumerate(table.grid)
    ]
    table.head = [[compact(cell.text) for cell in row] for row in table.grid[: len(table.head)]]


def _settle(table: Merged, body: Grid) -> None:
    spans = header_spans(max(table.head, key=lambda row: sum(bool(t) for t in row)))
    push_right(spans, [*body, *table.grid[-len(body) - 1 :]])


def _mend_cut(table: Merged, body: Grid) -> Grid:
    """Give the rest of a row that the page end cut back to the row it belongs to."""
    first = body[0]
    if _is_cut_row(table, first):
        for column, cell in enumerate(first):
            if cell.text:
                row = _cut_above(table, column)
                table.grid[row][column] = join_cells(table.grid[row][column], cell)
        return body[1:]
    _mend_cut_cells(table, first)
    return body


def _is_cut_row(table: Merged, row: Sequence[Cell]) -> bool:
    if row[0].text or not any(cell.text for cell in row):
        return False
    last = table.grid[-1]
    evidence = 0
    for column, cell in enumerate(row):
        if not cell.text:
            continue
        before = last[column].text or table.grid[_cut_above(table, column)][column].text
        if is_plain_number(cell.text):
            if not _is_cut_number(table, column, last[column].text, cell.text):
                return False
            evidence += 1
        elif _is_whole(before, cell.text):
            return False
        else:
            evidence += bool(before) and not ends_sentence(before)
    return evidence > 0


def _is_whole(before: str, text: str) -> bool:
    """True when `text` cannot go on with the cell above it."""
    if is_placeholder(text) or (is_placeholder(before) and bool(before)):
        return True
    if opens_closing(text):
        return False
    return (
        ends_full_stop(before)
        or is_numeric(before)
        or read_marker(text) is not None
        or text == before
    )


def _is_cut_number(table: Merged, column: int, before: str, rest: str) -> bool:
    """``8.4`` over ``8`` where the column's other numbers have two decimals."""
    if not re.fullmatch(r"[-+]?[\d,]+\.\d*", before) or not rest.isdecimal():
        return False
    decimals = Counter(
        len(text.partition(".")[2])
        for row in table.grid[-_LOOK_BACK:-1]
        if is_plain_number(text := row[column].text) and "." in text
    )
    if not decimals:
        return False
    usual = decimals.most_common(1)[0][0]
    return len(before.partition(".")[2]) < usual == len((before + rest).partition(".")[2])


def _cut_above(table: Merged, column: int) -> int:
    """The row whose cell in the column a page end may have cut: the last, or a merged one."""
    last = len(table.grid) - 1
    depth = len(table.head)
    for row in range(last, max(last - _LOOK_BACK, 0), -1):
        text = table.grid[row][column].text
        if text:
            cut = not ends_full_stop(text) and not is_numeric(text) and not is_placeholder(text)
            return (
                row
                if row == last or (cut and len(text) > _SHORT_LABEL and row >= depth // 4)
                else last
            )
    return last


def _mend_cut_cells(table: Merged, row: list[Cell]) -> None:
    """In a new row after a page end, texts that go on with a merged cell above are given to it."""
    if row[0].text:
        return
    for column, cell in enumerate(row):
        if len(cell.text) <= _SHORT_LABEL or any(other.text for other in row[:column]):
            continue
        above = _cut_above(table, column)
        before = table.grid[above][column].text
        if (
            len(before) > _SHORT_LABEL
            and not ends_sentence(before)
            and not _is_whole(before, cell.text)
        ):
            table.grid[above][column] = join_cells(table.grid[above][column], cell)
            row[column] = EMPTY_CELL
