"""Formulas in .xls files whose values nobody has calculated.

Programs that write .xls files without being able to calculate mark their formulas "calculate on
load" and store zero. A reader that took the zero would show a figure that nobody has.
"""

from __future__ import annotations

import io
import struct
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import olefile

from ingest.readers.sheets import Address

_FORMULA, _SHEET, _START, _END = 0x0006, 0x0085, 0x0809, 0x000A
_ON_LOAD = 0x0002  # the flag fCalcOnLoad ([MS-XLS] 2.4.127)
_STREAMS = ("Workbook", "Book")


class _Record(NamedTuple):
    at: int
    kind: int
    data: bytes


def doubtful_formulas(data: bytes) -> dict[int, frozenset[Address]]:
    """Formulas that are marked "calculate on load", by the number of their sheet from 0.

    Raises:
        OSError: `data` is no whole compound file.
    """
    stream = _workbook_stream(data)
    found: dict[int, set[Address]] = defaultdict(set)
    sheets: list[int] = []  # where each sheet's records begin
    current: int | None = None
    for record in _records(stream):
        if record.kind == _SHEET and len(record.data) >= 6 and record.data[5] == 0:
            sheets.append(struct.unpack_from("<I", record.data)[0])
        elif record.kind == _START:
            current = sheets.index(record.at) if record.at in sheets else current
        elif record.kind == _FORMULA and current is not None and len(record.data) >= 16:
            row, column = struct.unpack_from("<HH", record.data)
            flags = struct.unpack_from("<H", record.data, 14)[0]
            if flags & _ON_LOAD:
                found[current].add(Address(row, column))
    return {sheet: frozenset(cells) for sheet, cells in found.items()}


def _workbook_stream(data: bytes) -> bytes:
    if not data.startswith(olefile.MAGIC):
        return data
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        for name in _STREAMS:
            if file.exists(name):
                with file.openstream(name) as stream:
                    return bytes(stream.read())
    return b""


def _records(stream: bytes) -> Iterator[_Record]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield _Record(at, kind, stream[at + 4 : at + 4 + size])
        at += 4 + size
