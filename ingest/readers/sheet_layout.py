"""Writing sheets out as the paragraphs and tables of a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from ingest.cellsyntax import is_numeric
from ingest.grid import MAX_COLUMNS
from ingest.markers import ends_sentence
from ingest.model import BlockKind, Place
from ingest.readers.content import ContentBuilder, Snippet
from ingest.readers.sheet_rows import Band, SheetRow, bands
from ingest.readers.sheets import Address, Sheet, listed

_DEFAULT_NAME = re.compile(r"(?:sheet|工作表)?\s*\d*(?:\s*\(\d+\))?", re.IGNORECASE)
PlaceOf = Callable[[Address], Place]
_MIN_SIDE = 2  # columns and rows of a table beside another one


def write_sheet(builder: ContentBuilder, sheet: Sheet, *, alone: bool) -> None:
    """Write out what a sheet shows under its name; nothing where it shows nothing.

    A hidden sheet is written out like the others, its heading says that it is hidden; hidden
    rows and columns are written out in their places. All of them are named as problems.

    Args:
        builder: takes the paragraphs and tables.
        sheet: what is shown.
        alone: it is the only one, and needs no heading for a name that nobody gave it.
    """
    if sheet.texts:
        _write_name(builder, sheet, alone=alone)
        write_rows(builder, sheet, lambda cell: Place(sheet=sheet.name, path=cell.name))
    _note_problems(builder, sheet)


def _write_name(builder: ContentBuilder, sheet: Sheet, *, alone: bool) -> None:
    if alone and not sheet.hidden and _DEFAULT_NAME.fullmatch(sheet.name.strip()):
        return
    snippets = [Snippet(sheet.name, Place(sheet=sheet.name))]
    if sheet.hidden:
        snippets.insert(0, Snippet("（隐藏的工作表）", Place(sheet=sheet.name)))
    builder.paragraph(snippets, heading=1, kind=BlockKind.HEADING)


def write_rows(builder: ContentBuilder, sheet: Sheet, place: PlaceOf) -> None:
    """Write out the rows of a sheet as paragraphs and tables.

    Args:
        builder: takes them.
        sheet: what is shown.
        place: tells where a cell stands in the original.
    """
    for band in bands(sheet):
        if band.table:
            for columns in _sides(sheet, band):
                builder.table(list(_grid(band, columns, place)), opens=True)
            continue
        for row in band.rows:
            for column, text in row.cells:
                for line in _lines(text):
                    builder.paragraph([Snippet(line, place(Address(row.no, column)))])


def _lines(text: str) -> list[str]:
    """A cell's text as paragraphs: its lines, where they are sentences and not one title."""
    lines = [line for line in text.split("\n") if line.strip()]
    return lines if any(ends_sentence(line) for line in lines) else [text]


def _grid(band: Band, columns: Sequence[int], place: PlaceOf) -> Iterator[list[list[Snippet]]]:
    for row in band.rows:
        texts = dict(row.cells)
        yield [
            [Snippet(texts[column], place(Address(row.no, column)))] if column in texts else []
            for column in columns
        ]


def _sides(sheet: Sheet, band: Band) -> list[list[int]]:
    """The columns of a table; several lists where tables stand beside each other.

    Columns in which no text begins are left out.
    """
    used = sorted({column for row in band.rows for column, _ in row.cells})[:MAX_COLUMNS]
    sides: list[list[int]] = [[used[0]]]
    for before, column in pairwise(used):
        gap = range(before + 1, column)
        if gap and not _is_bridged(sheet, band, gap):
            sides.append([])
        sides[-1].append(column)
    if len(sides) > 1 and all(_stands_alone(band.rows, side) for side in sides):
        return sides
    return [used]


def _is_bridged(sheet: Sheet, band: Band, gap: range) -> bool:
    """True where a merged cell or borders run across the blank columns."""
    for row in band.rows:
        for column, _ in row.cells:
            area = sheet.merges.get(Address(row.no, column))
            if area is not None and area.left < gap.start <= area.right:
                return True
    ruled = sum(sheet.is_ruled(row.no, column) for row in band.rows for column in gap)
    return ruled > len(band.rows) * len(gap) / 2


def _stands_alone(rows: Sequence[SheetRow], columns: Sequence[int]) -> bool:
    """True for columns that are a table of their own: a header, and labels before figures."""
    own = [[(c, text) for c, text in row.cells if c in columns] for row in rows]
    own = [cells for cells in own if cells]
    if len(columns) < _MIN_SIDE or sum(len(cells) > 1 for cells in own) < _MIN_SIDE:
        return False
    labels = [text for cells in own for column, text in cells if column == columns[0]]
    worded = sum(not is_numeric(text) for text in labels)
    return len(own[0]) > 1 and worded > len(own) / 2


def _note_problems(builder: ContentBuilder, sheet: Sheet) -> None:
    name = f"工作表“{sheet.name}”"
    if sheet.hidden and sheet.texts:
        builder.problem("hidden_sheet", f"{name}是隐藏的；内容已读入，标题注明“隐藏的工作表”")
    hidden = sorted(row for row in sheet.hidden_rows)
    if hidden:
        rows = "、".join(str(row + 1) for row in hidden[:8])
        more = f" 等 {len(hidden)} 行" if len(hidden) > 8 else " 行"
        builder.problem("hidden_rows", f"{name}的第 {rows}{more}是隐藏的；内容已读入")
    columns = sorted({c.column for c in sheet.texts if sheet.is_hidden_column(c.column)})
    if columns:
        names = "、".join(Address(0, column).name[:-1] for column in columns[:8])
        more = f" 等 {len(columns)} 列" if len(columns) > 8 else " 列"
        builder.problem("hidden_columns", f"{name}的第 {names}{more}是隐藏的；内容已读入")
    if sheet.blanked:
        cells = listed(sheet.blanked)
        builder.problem("blanked", f"{name}有数字被单元格格式隐去（{cells}），按所见的空白读入")
    beyond = {c.column for c in sheet.texts}
    if len(beyond) > MAX_COLUMNS:
        builder.problem("columns", f"{name}超过 {MAX_COLUMNS} 列，右边的列没有读入")
