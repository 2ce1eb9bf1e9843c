"""Writing sheets out as the paragraphs and tables of a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ingest.model import BlockKind, Place
from ingest.readers.content import ContentBuilder, Snippet
from ingest.readers.sheet_rows import Band, bands
from ingest.readers.sheets import Address, Sheet, listed
from ingest.structure.markers import ends_sentence
from ingest.tables.grid import MAX_COLUMNS

_DEFAULT_NAME = re.compile(r"(?:sheet|工作表)?\s*\d*(?:\s*\(\d+\))?", re.IGNORECASE)
PlaceOf = Callable[[Address], Place]


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
            builder.table(list(_grid(band, place)), opens=True)
            continue
        for row in band.rows:
            for column, text in row.cells:
                for line in _lines(text):
                    builder.paragraph([Snippet(line, place(Address(row.no, column)))])


def _lines(text: str) -> list[str]:
    """A cell's text as paragraphs: its lines, where they are sentences and not one title."""
    lines = [line for line in text.split("\n") if line.strip()]
    return lines if any(ends_sentence(line) for line in lines) else [text]


def _grid(band: Band, place: PlaceOf) -> Iterator[list[list[Snippet]]]:
    """The rows of a table; columns in which no text begins are left out."""
    columns = sorted({column for row in band.rows for column, _ in row.cells})[:MAX_COLUMNS]
    for row in band.rows:
        texts = dict(row.cells)
        yield [
            [Snippet(texts[column], place(Address(row.no, column)))] if column in texts else []
            for column in columns
        ]


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
