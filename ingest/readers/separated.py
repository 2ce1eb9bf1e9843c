"""Telling comma-separated tables from prose."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from itertools import islice

_RECORDS = 200
_SAME_WIDTH = 0.8
_LONG_CELL = 60
_NUMBER = re.compile(r"[-+(]?[\d.,]*\d[\d.,]*[)%]?")


def is_comma_separated(head: bytes) -> bool:
    """True where the first bytes of a file are rows of cells between commas, some of them numbers.

    A comma is one byte in every encoding that is read but UTF-16, and never a part of a Chinese
    character, so that the encoding need not be known.
    """
    if b"," not in head:
        return False
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head.decode("utf-16", "ignore") if wide else head.decode("latin-1")
    rows: list[list[str]] = []
    try:
        rows.extend(islice(csv.reader(io.StringIO(text, newline=""), strict=True), _RECORDS))
    except csv.Error:  # a quotation that the end of `head` cuts, or none of a table
        rows = rows[:-1]
    return _are_cells([row for row in rows if row])


def _are_cells(rows: list[list[str]]) -> bool:
    if len(rows) < 2:
        return False
    width, count = Counter(len(row) for row in rows).most_common(1)[0]
    if width < 2 or count < _SAME_WIDTH * len(rows):
        return False
    cells = [cell.strip() for row in rows for cell in row if cell.strip()]
    if not cells or sum(len(cell) > _LONG_CELL for cell in cells) > len(cells) / 5:
        return False
    numbers = sum(_NUMBER.fullmatch(cell) is not None for cell in cells)
    return numbers >= len(rows) / 4 and (width > 2 or len(rows) > 2)
