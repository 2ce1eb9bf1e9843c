"""Binary Word documents, built here byte by byte, and the conversion of what only LibreOffice reads."""

from __future__ import annotations

import random
import struct
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.model import Document, Place
from ingest.pipeline import read_document
from ingest.readers import doc, libreoffice
from ingest.readers.content import Content
from ingest.readers.doc import read_doc, read_rtf
from ingest.readers.doc_changes import Change
from ingest.readers.doc_tables import placed_rows, row_shape
from ingest.readers.docx import read_docx
from ingest.readers.errors import UnreadableFile
from ingest.structure.joining import Paragraph
from ingest.tables.grid import Fragment

SHARED = Path(__file__).resolve().parents[4] / "shared"
_SECTOR = 512
_TEXT = 0x800  # where the text begins in the main stream


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams, each in sectors of its own."""
    sectors: list[bytes] = []
    chains: list[int] = []

    def store(data: bytes) -> int:
        first = len(sectors)
        count = max(-(-len(data) // _SECTOR), 1)
        padded = data.ljust(count * _SECTOR, b"\x00")
        sectors.extend(padded[i * _SECTOR : (i + 1) * _SECTOR] for i in range(count))
        chains.extend([*range(first + 1, first + count), 0xFFFFFFFE])
        return first

    def entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
        raw = name.encode("utf-16-le")
        head = raw.ljust(64, b"\x00") + struct.pack("<HBB", len(raw) + 2, kind, 1)
        links = struct.pack("<III", 0xFFFFFFFF, right, child)
        return head + links + bytes(36) + struct.pack("<IQ", start, size)

    none = 0xFFFFFFFF
    entries = [entry("Root Entry", 5, 1, none, 0xFFFFFFFE, 0)]
    for index, (name, data) in enumerate(streams.items(), start=1):
        data = data.ljust(4096, b"\x00")  # shorter ones would belong to a stream of their own
        right = index + 1 if index < len(streams) else none
        entries.append(entry(name, 2, none, right, store(data), len(data)))
    directory = store(b"".join(entries))
    tables = -(-(len(sectors) + 2) // (_SECTOR // 4))
    first = len(sectors)
    numbers = [*chains, *[0xFFFFFFFD] * tables]
    numbers += [none] * (tables * _SECTOR // 4 - len(numbers))
    sectors.append(struct.pack(f"<{len(numbers)}I", *numbers))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    table_places = [*range(first, first + tables)]
    return (
        header + struct.pack("<109I", *table_places, *[none] * (109 - tables)) + b"".join(sectors)
    )


def change(code: int, operand: bytes = b"\x01") -> bytes:
    """A property change; variable operands get their length in front."""
    length = bytes([len(operand)]) if code >> 13 == 6 and code != 0xD608 else b""
    return struct.pack("<H", code) + length + operand


HIDDEN, DELETED, RAISED = change(0x083C), change(0x0800), change(0x2A48)
SPECIAL = change(0x0855)
IN_TABLE, ROW_END = change(0x2416), change(0x2417)
DEPTH = {n: change(0x6649, struct.pack("<I", n)) for n in (1, 2)}


def in_list(use: int, level: int = 0) -> bytes:
    return change(0x460B, struct.pack("<h", use)) + change(0x260A, bytes([level]))


@dataclass
class Para:
    """A paragraph: runs of text with their changes, its end mark and its own changes."""

    runs: str | Sequence[tuple[str, bytes]]
    changes: bytes = b""
    mark: str = "\r"
    style: int = 0
    mark_changes: bytes = b""

    def pieces(self) -> list[tuple[str, bytes]]:
        runs = [(self.runs, b"")] if isinstance(self.runs, str) else list(self.runs)
        return [*runs, (self.mark, self.mark_changes)]


@dataclass
class Parts:
    """What lies beside the text of the body."""

    footnotes: Sequence[Para] = ()
    boxes: Sequence[Para] = ()
    tables: dict[int, bytes] = field(default_factory=dict)  # by their index in the header
    after_lists: bytes = b""
    data: bytes = b""
    flags: int = 0
    magic: int = 0xA5EC
    compressed: bool = False
    piece_change: int = 0


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def word(*body: Para, **more: object) -> bytes:
    """A document with these paragraphs; the table stream is named 1Table."""
    parts = Parts(**more)  # type: ignore[arg-type]
    stories = [list(body), list(parts.footnotes), list(parts.boxes)]
    width = 1 if parts.compressed else 2
    raw, runs, paragraphs, lengths = b"", [], [], []
    for story in stories:
        before = len(raw)
        for para in story:
            start = len(raw)
            for text, changes in para.pieces():
                coded = text.encode("cp1252") if parts.compressed else text.encode("utf-16-le")
                runs.append((len(raw), len(raw) + len(coded), changes))
                raw += coded
            paragraphs.append((start, len(raw), struct.pack("<H", para.style) + para.changes))
        lengths.append((len(raw) - before) // width)
    main = bytearray(_TEXT) + raw
    main += bytes(-len(main) % _SECTOR)
    struct.pack_into("<HH", main, 0, parts.magic, 0x00C1)
    struct.pack_into("<H", main, 0x0A, 0x0200 | parts.flags)
    struct.pack_into("<8I", main, 0x4C, lengths[0], lengths[1], 0, 0, 0, 0, lengths[2], 0)
    tables = dict(parts.tables)
    tables[12] = _bins(main, runs, _run_page)
    tables[13] = _bins(main, paragraphs, _paragraph_page)
    fc = _TEXT * 2 | 0x40000000 if parts.compressed else _TEXT
    pcd = struct.pack("<HIH", 0, fc, parts.piece_change)
    pieces = struct.pack("<II", 0, sum(lengths)) + pcd
    tables[33] = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    stream = b"\x00" * 16
    for index, data in tables.items():
        struct.pack_into("<II", main, 0x9A + 8 * index, len(stream), len(data))
        stream += data + (parts.after_lists if index == 73 else b"")
    return ole({"WordDocument": bytes(main), "1Table": stream, "Data": parts.data})


def _bins(main: bytearray, ranges: Sequence[tuple[int, int, bytes]], page: object) -> bytes:
    """Put each range on a page of its own behind `main`; the table that names the pages."""
    pages = []
    for start, end, changes in ranges:
        pages.append(len(main) // _SECTOR)
        main += page(_TEXT + start, _TEXT + end, changes)  # type: ignore[operator]
    bounds = [_TEXT + start for start, _, _ in ranges] + [_TEXT + ranges[-1][1]]
    return struct.pack(f"<{len(bounds)}I", *bounds) + struct.pack(f"<{len(pages)}I", *pages)


def _run_page(start: int, end: int, changes: bytes) -> bytes:
    page = bytearray(_SECTOR)
    struct.pack_into("<II", page, 0, start, end)
    if changes:
        page[8] = 100
        page[200 : 201 + len(changes)] = bytes([len(changes)]) + changes
    page[-1] = 1
    return bytes(page)


def _paragraph_page(start: int, end: int, changes: bytes) -> bytes:
    page = bytearray(_SECTOR)
    struct.pack_into("<II", page, 0, start, end)
    page[8] = 20
    padded = changes + b"\x00" * (len(changes) & 1)
    page[40 : 42 + len(padded)] = bytes([0, len(padded) // 2]) + padded
    page[-1] = 1
    return bytes(page)


def plc(positions: Sequence[int], items: Sequence[bytes]) -> bytes:
    return struct.pack(f"<{len(positions)}I", *positions) + b"".join(items)


def read(*body: Para, **more: object) -> Content:
    return read_doc(word(*body, **more), "x.doc")


def lines(*body: Para, **more: object) -> list[str]:
    return read(*body, **more).text.splitlines()


@pytest.fixture(autouse=True)
def _no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here may be read by LibreOffice unseen."""
    monkeypatch.setattr(libreoffice, "program", lambda: None)


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([("支出", b""), ("12.5万元", b"")], "支出12.5万元"),
        ([("甲", b""), ("乙", HIDDEN), ("丙", DELETED), ("丁", change(0x0801))], "甲丁"),
        ([("123.45", b""), ("1", RAISED), ("万元", b"")], "123.45¹万元"),
        ([("甲\t乙\x1e丙\x1f", b"")], "甲 乙-丙"),
        ([("软回车\x0b之后", b"")], "软回车之后"),
        ([("\x13 REF _x \\h \x14表1\x15所示", b"")], "表1所示"),
        ([("\x13 XE x \x15甲", b"")], "甲"),
        ([("\x13 eq \\o\\ac(○,3)\x15其他", b"")], "③其他"),
        ([("\x13 IF \x13PAGE\x147\x15 = 1\x14甲\x15", b"")], "甲"),
        ([("(", change(0x6A09, struct.pack("<HH", 1, 0xF0FE))), ("是", b"")], "☑是"),
        ([("\uf0b3", change(0x4A4F, struct.pack("<H", 0))), ("95%", b"")], "≥95%"),
        ([("\x01", SPECIAL), ("甲", b"")], "甲"),
        ([("𠮷祥", b"")], "𠮷祥"),
        ([("甲\u200b乙\xad", b"")], "甲乙"),
    ],
)
def test_text_of_a_paragraph(runs: list[tuple[str, bytes]], text: str) -> None:
    assert lines(Para(runs), tables={15: fonts("Symbol", "Wingdings")}) == [text]


def fonts(*names: str) -> bytes:
    found = struct.pack("<HH", len(names), 0)
    for name in names:
        entry = bytes(39) + name.encode("utf-16-le") + b"\x00\x00"
        found += bytes([len(entry)]) + entry
    return found


def test_western_text_in_one_byte_a_character() -> None:
    assert lines(Para("Budget “1,234.5” – ok"), compressed=True) == ["Budget “1,234.5” – ok"]


def test_changes_of_a_whole_piece() -> None:
    """Files saved fast keep a change beside a piece of text: here all of it is hidden."""
    hidden = 1 << 8 | 0x5C << 1
    assert read(Para("甲"), piece_change=hidden).text == ""
    assert read(Para("甲"), piece_change=0).text == "甲\n"


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    assert lines(Para("上年结余", mark_changes=DELETED), Para("12.5万元。"), Para("乙")) == [
        "上年结余12.5万元。",
        "乙",
    ]


def definition(edges: Sequence[int], flags: Sequence[int] = ()) -> bytes:
    """The definition of a row: the edges of its cells, and how each is merged."""
    count = len(edges) - 1
    body = bytes([count]) + struct.pack(f"<{count + 1}h", *edges)
    for index in range(count):
        body += struct.pack("<H", flags[index] if index < len(flags) else 0) + bytes(18)
    return change(0xD608, struct.pack("<H", len(body) + 1) + body)


def row(*cells: str | Sequence[Para], edges: Sequence[int] = (), more: bytes = b"",
        flags: Sequence[int] = ()) -> list[Para]:  # fmt: skip
    paras: list[Para] = []
    for cell in cells:
        inside = [Para(cell)] if isinstance(cell, str) else list(cell)
        inside[-1].mark = "\x07"
        for para in inside:
            para.changes = IN_TABLE + para.changes
        paras.extend(inside)
    shape = definition(edges or [1000 * n for n in range(len(cells) + 1)], flags)
    return [*paras, Para("", IN_TABLE + ROW_END + shape + more, mark="\x07")]


def grid(content: Content) -> list[list[str]]:
    (fragment,) = [piece for piece in content.pieces if isinstance(piece, Fragment)]
    return [[each.text for each in line] for line in fragment.rows]


FIRST, GOES_ON = 3 << 5, 1 << 5


def test_merged_cells() -> None:
    body = [
        *row("项目", "决算数", edges=(0, 1000, 3000), flags=(FIRST, 0)),
        *row("", "基本支出", "项目支出", flags=(GOES_ON, 0, 0)),
        *row("教育", "1.00", "2.00"),
        *row("偏后", "3.00", edges=(1010, 2000, 3000)),
        *row("甲", "", "4.00", flags=(1, 2, 0)),
        *row("乙", "", "5.00", flags=(2, 1, 0)),
    ]
    assert grid(read(*body, Para("之后"))) == [
        ["项目", "决算数", ""],
        ["", "基本支出", "项目支出"],
        ["教育", "1.00", "2.00"],
        ["", "偏后", "3.00"],
        ["甲", "", "4.00"],
        ["乙", "", "5.00"],
    ]


@pytest.mark.parametrize(
    ("code", "operand", "shown"),
    [
        (0x7621, struct.pack("<BBh", 1, 1, 1000), [(0, 0, 1), (1, 1, 1), (2, 2, 1), (3, 3, 1)]),
        (0x5622, bytes((1, 2)), [(0, 0, 1), (1, 1, 1)]),
        (0x7623, struct.pack("<BBh", 0, 1, 2000), [(0, 0, 2), (1, 2, 1), (2, 3, 1)]),
        (0x5624, bytes((0, 2)), [(0, 0, 2), (2, 2, 1)]),
    ],
)
def test_changes_of_a_row(code: int, operand: bytes, shown: list[tuple[int, int, int]]) -> None:
    made = [
        Change(0xD608, definition((0, 1000, 2000, 3000))[4:]),
        Change(code, operand),
    ]
    wide = row_shape([Change(0xD608, definition((0, 1000, 2000, 3000, 4000))[4:])], 4)
    _, cells = placed_rows([wide, row_shape(made, shown[-1][0] + 1)])
    assert [tuple(cell) for cell in cells] == shown


def test_a_row_without_definition_has_its_cells_in_order() -> None:
    plain = [Para("甲", IN_TABLE, mark="\x07"), Para("1.00", IN_TABLE, mark="\x07")]
    body = [*plain, Para("", IN_TABLE + ROW_END, mark="\x07")] * 2
    assert grid(read(*body)) == [["甲", "1.00"], ["甲", "1.00"]]


def test_vertical_merges_given_one_by_one() -> None:
    down = change(0xD62B, bytes((0, 3)))
    on = change(0xD62B, bytes((0, 1)))
    body = [*row("一", "1.00", more=down), *row("藏", "2.00", more=on), *row("二", "3.00")]
    assert grid(read(*body)) == [["一", "1.00"], ["", "2.00"], ["二", "3.00"]]


def test_a_table_inside_a_cell_follows_its_table() -> None:
    def inner(first: str, second: str) -> list[Para]:
        end = change(0x244B)
        row_end = change(0x244C) + definition((0, 500, 1000))
        return [
            Para(first, DEPTH[2] + end), Para(second, DEPTH[2] + end), Para("", DEPTH[2] + row_end),
        ]  # fmt: skip

    cell = [
        Para("见下", DEPTH[1]),
        *inner("明细", "金额"),
        *inner("甲", "1.00"),
        Para("", DEPTH[1]),
    ]
    body = [*row("项目", "说明"), *row("培训", cell), *row("会议", "无"), Para("之后")]
    content = read(*body)
    assert content.text.splitlines() == [
        "项目\t说明", "培训\t见下", "会议\t无", "明细\t金额", "甲\t1.00", "之后",
    ]  # fmt: skip
    place = next(a.place for a in content.anchors if content.text[a.start : a.end] == "1.00")
    assert place == Place(path="t1/r2/c2/t1/r2/c2")


def list_level(style: int, text: str, start: int = 1, flags: int = 0) -> bytes:
    slots = "".join(chr(int(c) - 1) if c.isdigit() else c for c in text.replace("%", ""))
    fixed = struct.pack("<iBB", start, style, flags) + bytes(18) + bytes((0, 0, 0, 0))
    return fixed + struct.pack("<H", len(slots)) + slots.encode("utf-16-le")


def lists(*levels: bytes, starts: Sequence[dict[int, int]] = ({},)) -> dict[str, object]:
    """One list of nine levels and its uses, each with the starts that it sets."""
    filled = [*levels, *[list_level(0, "")] * (9 - len(levels))]
    table = struct.pack("<H", 1) + struct.pack("<II", 7, 0) + bytes(20)
    uses = struct.pack("<I", len(starts))
    more = b""
    for each in starts:
        uses += struct.pack("<III", 7, 0, 0) + bytes((len(each), 0, 0, 0))
        more += b"\xff" * 4
        for level, start in each.items():
            more += struct.pack("<II", start, level | 0x10)
    return {"tables": {73: table, 74: uses + more}, "after_lists": b"".join(filled)}


CHINESE, CIRCLE, BULLET = 0x25, 0x1C, 0x17


def test_automatic_numbers() -> None:
    made = lists(
        list_level(CHINESE, "%1、"), list_level(CHINESE, "（%2）"), list_level(0, "%3."),
        list_level(CIRCLE, "%4"),
    )  # fmt: skip
    body = [
        Para(text, in_list(1, at))
        for text, at in [
            ("概况", 0), ("背景", 1), ("2023年", 2), ("目标", 2), ("其一", 3), ("资金", 1), ("分析", 0),
        ]
    ]  # fmt: skip
    assert lines(*body, Para("正文", in_list(0)), **made) == [
        "一、概况", "（一）背景", "1. 2023年", "2. 目标", "①其一", "（二）资金", "二、分析", "正文",
    ]  # fmt: skip


def test_uses_of_one_list_go_on_unless_they_set_their_start() -> None:
    made = lists(list_level(0, "%1."), starts=({}, {}, {0: 1}))
    body = [Para("甲", in_list(use)) for use in (1, 2, 3, 3)]
    assert lines(*body, **made) == ["1. 甲", "2. 甲", "1. 甲", "2. 甲"]


def test_bullets_and_unknown_lists_have_no_number() -> None:
    made = lists(list_level(BULLET, "\uf0b7"))
    assert lines(Para("甲", in_list(1)), Para("乙", in_list(9)), **made) == ["甲", "乙"]


def style_sheet(*styles: tuple[int, int, int, bytes, bytes]) -> bytes:
    """Styles of (built-in number, kind, base, changes of paragraphs, changes of runs)."""
    sheet = struct.pack("<H", 18) + struct.pack("<HH", len(styles), 10) + bytes(14)
    for number, (builtin, kind, base, paragraphs, runs) in enumerate(styles):
        count = 2 if kind == 1 else 1
        body = struct.pack("<HHHHH", builtin, kind | base << 4, count | 0xFFF << 4, 0, 0)
        body += struct.pack("<H", 1) + "名".encode("utf-16-le") + b"\x00\x00"
        if kind == 1:
            own = struct.pack("<H", number) + paragraphs
            body += struct.pack("<H", len(own)) + own + b"\x00" * (len(own) & 1)
        body += struct.pack("<H", len(runs)) + runs + b"\x00" * (len(runs) & 1)
        sheet += struct.pack("<H", len(body)) + body
    return sheet


def test_headings_lists_and_hidden_text_by_style() -> None:
    made = lists(list_level(CHINESE, "%1、"), list_level(CHINESE, "（%2）"))
    tables = made.pop("tables")
    assert isinstance(tables, dict)
    sheet = style_sheet(
        (0, 1, 0xFFF, b"", b""),
        (1, 1, 0, change(0x460B, b"\x01\x00"), b""),
        (2, 1, 1, change(0x260A, b"\x01"), b""),
        (4094, 1, 2, b"", b""),
        (62, 1, 0, b"", b""),
        (4094, 2, 0xFFF, b"", HIDDEN),
        (4094, 1, 0, change(0x2640, b"\x03"), HIDDEN),
    )
    body = [
        Para("某局绩效评价报告", style=4), Para("概况", style=1), Para("背景", style=3),
        Para([("甲", b""), ("乙", change(0x4A30, b"\x05\x00"))]), Para("藏", style=6),
        Para([("显", change(0x083C, b"\x00"))], style=6), Para("正文", change(0x2640, b"\x09"), style=1),
    ]  # fmt: skip
    content = read(*body, tables={1: sheet, **tables}, **made)
    pieces = [piece for piece in content.pieces if isinstance(piece, Paragraph)]
    found = [(piece.text, piece.heading) for piece in pieces]
    assert found == [
        ("某局绩效评价报告", 1), ("一、概况", 2), ("（一）背景", 3), ("甲", 0), ("显", 5),
        ("二、正文", 0),
    ]  # fmt: skip


def test_lines_of_contents_and_indents_in_cells() -> None:
    sheet = style_sheet((0, 1, 0xFFF, b"", b""), (19, 1, 0, b"", b""))
    contents = [Para("一、概况\t1", style=1), Para("二、分析\t3", style=1)]
    body = [Para("一、概况"), Para("二、分析")]
    assert lines(*contents, *body, tables={1: sheet}) == ["一、概况", "二、分析"]
    indent = change(0x8460, struct.pack("<h", 420))
    rows = [*row("教育", "3.00"), *row([Para("小学", indent)], "1.00")]
    assert read(*rows).text == "教育\t3.00\n\u3000\u3000小学\t1.00\n"
    centred = [*row([Para("小学", indent + change(0x2461))], "1.00"), *row("初中", "2.00")]
    assert read(*centred).text == "小学\t1.00\n初中\t2.00\n"


def test_footnotes_and_text_boxes() -> None:
    note = [Para("\x02含税。"), Para("")]
    box = [Para("框内12万元"), Para("")]
    at = units("支出12万元")
    shape = struct.pack("<I", 9) + bytes(22)
    holder = bytes(14) + struct.pack("<I", 9) + bytes(4)
    tables = {
        2: plc([at, 99], [b"\x01\x00"]),
        3: struct.pack("<III", 0, units("\x02含税。\r"), units("\x02含税。\r") + 1),
        40: plc([at + 1, 99], [shape]),
        56: plc([0, units("框内12万元\r"), units("框内12万元\r") + 1], [holder, bytes(22)]),
    }
    body = Para([("支出12万元", b""), ("\x02", SPECIAL), ("\x08", SPECIAL), ("，增长3%。", b"")])
    content = read(body, Para("之后。"), footnotes=note, boxes=box, tables=tables)
    assert content.text.splitlines() == [
        "支出12万元，增长3%。",
        "框内12万元",
        "注：含税。",
        "之后。",
    ]


def test_pages_by_breaks_and_sections() -> None:
    assert read(Para("甲"), Para("乙")).pages is None
    broken = read(Para("甲\x0c"), Para("乙"), Para("丙", change(0x2407)))
    assert [a.place.page for a in broken.anchors] == [1, 2, 3]
    section = {6: plc([0, 2, 4], [bytes(2) + b"\xff" * 4 + bytes(6)] * 2)}
    two = read(Para("甲", mark="\x0c"), Para("乙"), tables=section)
    assert [(a.place.page, a.place.path) for a in two.anchors] == [(1, "p1"), (2, "p2")]


def test_what_cannot_be_read_is_said() -> None:
    content = read(
        Para([("甲", b""), ("\x01", SPECIAL)]),
        Para([("乙\x13 EMBED Excel.Sheet.8 \x14", b""), ("\x01", SPECIAL), ("\x15", SPECIAL)]),
    )
    assert [problem.code for problem in content.problems] == ["pictures", "objects"]


def test_a_locked_file_asks_for_no_password() -> None:
    with pytest.raises(UnreadableFile, match=r"^x\.doc：.*需要密码"):
        read(Para("甲"), flags=0x0100)


@pytest.mark.parametrize(
    "data",
    [
        word(Para("甲"), magic=0xA5DC),
        word(Para("甲"))[:3000],
        word(Para("甲"))[:600],
        word(Para("甲"), tables={}).replace(struct.pack("<I", 0x800) + b"\x00\x00", b"\xff\xff\xff\x3f\x00\x00"),
        ole({"WordDocument": b"\xec\xa5"}),
        ole({"Other": b""}),
    ],
)  # fmt: skip
def test_old_and_damaged_files_name_the_way_out(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"^x\.doc：.*LibreOffice") as caught:
        read_doc(data, "x.doc")
    assert "\n" not in str(caught.value)


def test_no_damage_ends_in_anything_but_one_line() -> None:
    whole = word(
        Para("甲", in_list(1)), *row("项目", "1.00", flags=(FIRST, 0)), *row("", "2.00"),
        **lists(list_level(CHINESE, "%1、")),
    )  # fmt: skip
    chance = random.Random(7)  # noqa: S311 - not for secrets
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 4, 40))):
            data[chance.randrange(_SECTOR, len(data))] = chance.randrange(256)
        try:
            read_doc(bytes(data), "x.doc")
        except UnreadableFile as error:
            assert str(error).startswith("x.doc：")  # noqa: PT017


def converter(folder: Path, script: str) -> str:
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\nimport os, sys, time, subprocess\n{script}\n")
    program.chmod(0o755)
    return str(program)


_COPY = """
out = sys.argv[sys.argv.index('--outdir') + 1]
os.makedirs(out, exist_ok=True)
with open({made!r}, 'rb') as made, open(os.path.join(out, 'source.docx'), 'wb') as file:
    file.write(made.read())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a #! line")
def test_what_this_reader_cannot_read_is_converted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quirks = SHARED / "parsing" / "prose001.docx"
    if not quirks.is_file():
        pytest.skip(f"{quirks} is absent")
    program = converter(tmp_path, _COPY.format(made=str(quirks)))
    monkeypatch.setattr(libreoffice, "program", lambda: program)
    old = read_doc(word(Para("甲"), magic=0xA5DC), "x.doc")
    assert old.media_type == doc.MEDIA_TYPE
    assert old.text == read_docx(quirks.read_bytes(), "y").text
    assert read_rtf(b"{\\rtf1 x}", "x.rtf").media_type == "application/rtf"


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a #! line")
@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("time.sleep(60)", "超过 1 秒"),
        ("subprocess.Popen(['sleep', '60']); time.sleep(60)", "超过 1 秒"),
        ("sys.exit(1)", "没能转换"),
        ("pass", "没能转换"),
    ],
)
def test_a_converter_that_fails_or_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, message: str
) -> None:
    program = converter(tmp_path, script)
    monkeypatch.setattr(libreoffice, "program", lambda: program)
    with pytest.raises(libreoffice.ConversionError, match=message):
        libreoffice.convert(b"x", "doc", "docx", seconds=1)
    if message == "没能转换":
        with pytest.raises(UnreadableFile, match=r"^x\.rtf：.*没能转换.*另存为 \.docx"):
            read_rtf(b"{\\rtf1 x}", "x.rtf")


def test_rtf_without_a_converter_names_the_way_out() -> None:
    with pytest.raises(UnreadableFile, match=r"^x\.rtf：.*LibreOffice"):
        read_rtf(b"{\\rtf1 x}", "x.rtf")


def shared(name: str) -> bytes:
    path = SHARED / "parsing" / name
    if not path.is_file():
        pytest.skip(f"{path} is absent")
    return path.read_bytes()


@pytest.mark.parametrize("name", ["prose001", "juesuan003", "tables_ruled"])
def test_doc_and_docx_of_one_report_read_alike(name: str) -> None:
    old = read_doc(shared(f"{name}.doc"), name)
    new = read_docx(shared(f"{name}.docx"), name)
    assert old.text == new.text
    cells = [[a.place for a in each.anchors if a.place.path[0] == "t"] for each in (old, new)]
    assert cells[0] == cells[1]  # paragraphs that hold a section's end alone are counted apart
    assert all(a.end <= b.start for a, b in pairwise(old.anchors))


def figures(document: Document) -> list[tuple[object, ...]]:
    return [(f.quantity, f.metric, f.row_path, f.column_path) for f in document.figures]


@pytest.mark.parametrize(
    ("name", "same"), [("doc_named.docx", "prose001.doc"), ("docx_named.doc", "prose001.docx")]
)
def test_the_format_is_told_from_the_content(name: str, same: str) -> None:
    mislabelled = read_document(shared(f"bad/{name}"), name)
    assert figures(mislabelled) == figures(read_document(shared(same), same))
