"""Workbooks of Excel 97–2003. tests/ingest/data/sample.xls is made by tests.ingest.book_maker."""

from __future__ import annotations

import struct

import pytest

from ingest.files import read_bytes
from ingest.model import Document
from ingest.readers.errors import UnreadableFile
from ingest.readers.sheets import Address
from ingest.readers.xls import read_sheets
from ingest.readers.xls_formulas import doubtful_formulas
from tests.ingest.book_maker import DATA, sample, saved


def test_it_is_read_as_its_new_edition_is() -> None:
    old = read_bytes(DATA.read_bytes(), "决算.xls")
    new = read_bytes(saved(sample()), "决算.xls")
    assert old.text == new.text
    assert old.blocks == new.blocks
    assert old.tables == new.tables
    assert old.anchors == new.anchors
    assert [p.message for p in old.problems] == [p.message for p in new.problems]
    assert old.media_type == "application/vnd.ms-excel"


@pytest.mark.parametrize("size", [600, 2000, 5000, 9000])
def test_a_cut_file_is_one_line_or_read(size: int) -> None:
    try:
        found: Document | str = read_bytes(DATA.read_bytes()[:size], "决算.xls")
    except UnreadableFile as error:
        found = str(error)
        assert found.startswith("决算.xls：")
        assert "\n" not in found
    assert found


def test_garbage_in_the_middle_never_escapes() -> None:
    data = DATA.read_bytes()
    for at in range(512, len(data) - 64, 331):
        spoiled = data[:at] + b"\xff\x03\x00" * 20 + data[at + 60 :]
        try:
            read_bytes(spoiled, "决算.xls")
        except UnreadableFile as error:
            assert "\n" not in str(error)  # noqa: PT017


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def formula(row: int, flags: int, value: float) -> bytes:
    head = struct.pack("<HHHdHI", row, 1, 0, value, flags, 0)
    return record(0x0006, head + struct.pack("<H", 0))


def bare_book(*formulas: bytes) -> bytes:
    """A workbook stream without its compound file, of one sheet."""
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    end = record(0x000A, b"")
    page = record(0x0042, struct.pack("<H", 1200))
    name = "表".encode("utf-16-le")
    size = len(start) + len(page) + 4 + 8 + len(name) + len(end)
    sheet = record(0x0085, struct.pack("<IBBBB", size, 0, 0, 1, 1) + name)
    inner = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    return start + page + sheet + end + inner + b"".join(formulas) + end


def test_zeros_that_nobody_calculated_are_no_figures() -> None:
    data = bare_book(formula(0, 2, 0.0), formula(1, 0, 0.0), formula(2, 2, 5.0))
    assert doubtful_formulas(data) == {0: {Address(0, 1), Address(2, 1)}}
    sheet = read_sheets(data, "表.xls")[0]
    assert sheet.name == "表"
    assert sheet.uncalculated == [Address(0, 1)]
    assert sheet.doubtful == [Address(2, 1)]
    assert sheet.texts == {Address(1, 1): "0", Address(2, 1): "5"}


def test_a_password_is_asked_for_by_nobody() -> None:
    data = bare_book()
    locked = data[:20] + record(0x002F, struct.pack("<HHHH", 1, 1, 1, 0) + bytes(48)) + data[20:]
    with pytest.raises(UnreadableFile, match="需要密码"):
        read_bytes(locked, "表.xls")
