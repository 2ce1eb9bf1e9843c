"""Sentences that call one row of a table the most or the least, and give its value."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ingest.equations.book import Book, Run
from ingest.equations.claims import Claim, closed, same
from ingest.model import ColumnRole, Figure
from ingest.reading.text import compact

_MOST = re.compile(
    r"(?P<before>[^;。]{2,40}?)(?:最(?P<much>多|高|大|长)|最(?P<little>少|低|小|短))(?:的)?,?(?:为|是|达|达到)?$"
)
_AT_LEAST = 2  # characters of a row's label
_ROWS = 3  # rows from which on one can be the most

_Columns = dict[tuple[int, str], list[tuple[int, int, int]]]


def superlative(book: Book) -> Iterator[Claim]:
    """“甲地某某最多，为 n”：n = 表中甲地一行的数，而且是这一列最大（最小）的。

    来源：分地区、分类别表之后的分析，如“江浦区培训人次最多，为 2,210 人次”。
    例：表中江浦区 2,210 人次，文字写 2,120 人次，不成立。
    边界：行名、栏名逐字出现在句中；这一行确为该列最大（最小）的，才与所写的数比；并列、近似的不查。
    """
    labels = _labels(book)
    known: dict[tuple[int, int], list[Decimal]] = {}
    for run in book.runs if labels else ():
        for index, figure in enumerate(run.figures):
            match = _MOST.search(run.leads[index]) if closed(figure) else None
            if match and figure.locator.table is None:
                yield from _extreme(book, run, index, match, labels, known)


def _labels(book: Book) -> _Columns:
    """The rows of tables by part and label: table, row and how many rows there are."""
    found: _Columns = defaultdict(list)
    for table in book.document.tables:
        columns = [c for c, column in enumerate(table.columns) if column.role is ColumnRole.LABEL]
        rows = [r for r, info in enumerate(table.row_infos) if not info.total]
        part = book.document.part_of(table.block).no if rows else 0
        for r in rows if len(rows) >= _ROWS else ():
            for c in columns:
                label = compact(table.rows[r][c].text)
                if len(label) >= _AT_LEAST:
                    found[part, label].append((table.no, r, len(rows)))
    return found


def _extreme(
    book: Book,
    run: Run,
    index: int,
    match: re.Match[str],
    labels: _Columns,
    known: dict[tuple[int, int], list[Decimal]],
) -> Iterator[Claim]:
    stated = run.figures[index]
    words = compact(match["before"])
    rows = _rows_named(stated.part, words, labels)
    for number, row, _ in rows if len(rows) == 1 else ():
        label_end = words.find(compact(_label(book, number, row, words)))
        table, grid = book.document.tables[number], book.grids.get(number, {})
        for column, info in enumerate(table.columns):
            header = compact(re.sub(r"[(（].*", "", info.path[-1])) if info.path else ""
            cell = grid.get((row, column))
            if len(header) < _AT_LEAST or header not in words[label_end:] or cell is None:
                continue
            values = known.get((number, column)) or _values(book, number, column)
            known[number, column] = values
            top = values[-1] if match["much"] else values[0]
            alike = cell.quantity.unit.compatible(stated.quantity.unit) or _bare(cell)
            alone = len(values) > 1 and values[-2 if match["much"] else 1] != top
            if cell.quantity.base == top and alone and alike and closed(cell):
                yield same("superlative", stated, cell, f"表：{' / '.join(cell.row_path[-1:])}")
                return


def _values(book: Book, number: int, column: int) -> list[Decimal]:
    """The amounts of a column without its totals, in order of size."""
    table = book.document.tables[number]
    return sorted(
        figure.quantity.base
        for (row, c), figure in book.grids[number].items()
        if c == column and not table.row_infos[row].total
    )


def _bare(figure: Figure) -> bool:
    return not figure.quantity.unit.symbol


def _rows_named(part: int, words: str, labels: _Columns) -> list[tuple[int, int, int]]:
    """The rows of the longest label in the words."""
    for length in range(min(len(words), 20), _AT_LEAST - 1, -1):
        for start in range(len(words) - length + 1):
            rows = labels.get((part, words[start : start + length]))
            if rows:
                return rows
    return []


def _label(book: Book, number: int, row: int, words: str) -> str:
    table = book.document.tables[number]
    texts = [compact(cell.text) for cell in table.rows[row] if cell.text]
    return next((text for text in texts if text in words), "")
