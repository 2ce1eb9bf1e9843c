"""Reading tables of comma-separated values: one sheet of texts."""

from __future__ import annotations

import csv
import io

from ingest.model import Place
from ingest.readers.content import Content, ContentBuilder, PageProgress, silent
from ingest.readers.encoding import decode, detect
from ingest.readers.errors import UnreadableFile
from ingest.readers.sheet_layout import write_rows
from ingest.readers.sheets import Address, Sheet

MEDIA_TYPE = "text/csv"
_MAX_BYTES = 64 * 1024 * 1024
_MAX_CELL = 1_000_000


def read_csv(data: bytes, name: str, _progress: PageProgress = silent) -> Content:
    """The rows of a comma-separated table; places are those of a sheet (``B7``).

    Args:
        data: the whole file.
        name: its name, for messages.

    Raises:
        UnreadableFile: `data` is too large, or in no known encoding.
    """
    if len(data) > _MAX_BYTES:
        size, limit = len(data) // 1024 // 1024, _MAX_BYTES // 1024 // 1024
        raise UnreadableFile(f"{name}：文本有 {size} MB，超过 {limit} MB 的上限；请拆分后再加入")
    encoding, damaged = detect(data, name)
    text = decode(data, encoding).replace("\x00", "")
    sheet = Sheet("")
    csv.field_size_limit(_MAX_CELL)
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text, newline=""))):
            sheet.texts.update(
                (Address(row, column), cell) for column, cell in enumerate(cells) if cell.strip()
            )
    except csv.Error as error:
        raise UnreadableFile(
            f"{name}：有一个单元格超过 {_MAX_CELL} 个字符；请检查引号后再加入"
        ) from error
    builder = ContentBuilder()
    write_rows(builder, sheet, lambda cell: Place(path=cell.name))
    if damaged:
        builder.problem("encoding", "个别字节无法按所判断的编码读出，已用 \ufffd 代替")
    return builder.finish(MEDIA_TYPE)
