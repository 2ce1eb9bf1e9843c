"""The binary Word format (MS-DOC): streams, text, runs, paragraphs and the plain tables of both.

Positions: a *cp* counts UTF-16 units of the text of all stories together; an *fc* is an offset
into the WordDocument stream.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

MAX_TEXT = 40_000_000
_MAGIC = 0xA5EC
_LOCKED = 0x0100
_SECOND_TABLE = 0x0200
_FKP = 512
_COMPRESSED = 0x40000000

# Indexes of pairs (place, length) in the header that say where a table of the format lies.
STYLES, FOOTNOTE_REFS, FOOTNOTE_TEXTS, SECTIONS, RUNS, PARAGRAPHS = 1, 2, 3, 6, 12, 13
FONTS, PIECES, SHAPES, ENDNOTE_REFS, ENDNOTE_TEXTS = 15, 33, 40, 46, 47
BOX_TEXTS, LISTS, LIST_USES = 56, 73, 74
_PAIRS = 0x9A

T = TypeVar("T")


class NotThisFormat(ValueError):  # noqa: N818 - it names the finding, not the fault
    """The file is of an older kind of Word, or does not hold together."""


class LockedFile(Exception):  # noqa: N818 - it names the finding, not the fault
    """The text is encrypted."""


def u16(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", data, at)[0])


def i16(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<h", data, at)[0])


def u32(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])


class Plc(NamedTuple):
    """A table of positions, with an item for each range between two of them."""

    positions: list[int]
    items: list[bytes]


def read_plc(data: bytes, size: int) -> Plc:
    """The table in `data`, whose items have `size` bytes each."""
    count = max((len(data) - 4) // (4 + size), 0)
    positions = [u32(data, 4 * i) for i in range(count + 1)] if count else []
    first = 4 * (count + 1)
    return Plc(positions, [data[first + size * i : first + size * (i + 1)] for i in range(count)])


class Piece(NamedTuple):
    """A stretch of text that lies together in the file; `width` is its bytes a character."""

    start: int
    end: int
    fc: int
    width: int
    changes: bytes  # properties of fast-saved files, put on top of the others


class Run(NamedTuple):
    """Characters of one format: their cps and the changes that give it."""

    start: int
    end: int
    changes: bytes


@dataclass(frozen=True, slots=True)
class Story:
    """A text of its own: the body, the footnotes, the endnotes, the text boxes."""

    start: int
    end: int


class DocFile:
    """What the streams of a document hold.

    Raises:
        NotThisFormat: the header is of another kind.
        LockedFile: the text is encrypted.
        struct.error, IndexError, ValueError: the structure does not hold together.
    """

    def __init__(self, main: bytes, tables: Callable[[str], bytes], data: bytes) -> None:
        if len(main) < _PAIRS or u16(main, 0) != _MAGIC:
            raise NotThisFormat("an older Word format")
        flags = u16(main, 0x0A)
        if flags & _LOCKED:
            raise LockedFile
        self.main = main
        self.data = data
        self.table = tables("1Table" if flags & _SECOND_TABLE else "0Table")
        lengths = [u32(main, 0x4C + 4 * i) for i in range(8)]
        ends = [sum(lengths[: i + 1]) for i in range(8)]
        self.pieces = self._read_pieces()
        self.text = "".join(self._texts())
        if ends[0] > len(self.text):
            raise NotThisFormat("less text than the header says")
        self.body = Story(0, ends[0])
        self.footnotes = self.story(ends[0], ends[1])
        self.endnotes = self.story(ends[4], ends[5])
        self.boxes = self.story(ends[5], ends[6])
        self._paragraphs = self._properties(PARAGRAPHS, _papx)
        self._paragraph_starts = [start for start, _, _ in self._paragraphs]
        self.runs = list(self._runs())

    def story(self, start: int, end: int) -> Story:
        """The characters between two cps that the text has."""
        start = min(start, len(self.text))
        return Story(start, max(start, min(end, len(self.text))))

    def part(self, index: int) -> bytes:
        """The bytes of the table of that index in the header; b"" where it has none."""
        at = _PAIRS + 8 * index
        start, length = u32(self.main, at), u32(self.main, at + 4)
        return self.table[start : start + length]

    def fc(self, cp: int) -> int:
        """Where the character stands in the WordDocument stream."""
        piece = self.pieces[bisect_right(self.pieces, cp, key=lambda each: each.start) - 1]
        return piece.fc + (cp - piece.start) * piece.width

    def paragraph(self, cp: int) -> bytes:
        """The style number and the changes of the paragraph whose mark stands at `cp`."""
        fc = self.fc(cp)
        index = bisect_right(self._paragraph_starts, fc) - 1
        own = b"\x00\x00"
        if index >= 0 and fc < self._paragraphs[index][1]:
            own = self._paragraphs[index][2] or own
        piece = self.pieces[bisect_right(self.pieces, cp, key=lambda each: each.start) - 1]
        return own + piece.changes

    def _read_pieces(self) -> list[Piece]:
        clx = self.part(PIECES)
        changes: list[bytes] = []
        at = 0
        while clx[at] == 1:
            length = u16(clx, at + 1)
            changes.append(clx[at + 3 : at + 3 + length])
            at += 3 + length
        plc = read_plc(clx[at + 5 : at + 5 + u32(clx, at + 1)], 8)
        pieces: list[Piece] = []
        total = 0
        for index, item in enumerate(plc.items):
            start, end = plc.positions[index], plc.positions[index + 1]
            fc, width = u32(item, 2), 2
            if fc & _COMPRESSED:
                fc, width = (fc & ~_COMPRESSED) // 2, 1
            total += end - start
            if end < start or total > MAX_TEXT or fc + (end - start) * width > len(self.main):
                raise NotThisFormat("pieces of text that the file does not hold")
            pieces.append(Piece(start, end, fc, width, _piece_changes(u16(item, 6), changes)))
        if not pieces or pieces[0].start != 0:
            raise NotThisFormat("no text")
        return pieces

    def _texts(self) -> Iterator[str]:
        """The text of each piece, one character a UTF-16 unit."""
        for piece in self.pieces:
            count = piece.end - piece.start
            raw = self.main[piece.fc : piece.fc + count * piece.width]
            if piece.width == 1:
                yield raw.decode("cp1252", errors="replace")
            else:
                yield "".join(map(chr, struct.unpack(f"<{count}H", raw)))

    def _properties(
        self, index: int, read: Callable[[bytes], Iterator[tuple[int, int, bytes]]]
    ) -> list[tuple[int, int, bytes]]:
        """The ranges of fcs with their changes, from the pages that a bin table names."""
        found: list[tuple[int, int, bytes]] = []
        for item in read_plc(self.part(index), 4).items:
            page = (u32(item, 0) & 0x3FFFFF) * _FKP
            found.extend(read(self.main[page : page + _FKP]))
        found.sort(key=lambda each: each[0])
        return found

    def _runs(self) -> Iterator[Run]:
        """The runs in the order of the text."""
        known = self._properties(RUNS, _chpx)
        starts = [start for start, _, _ in known]
        for piece in self.pieces:
            last = piece.fc + (piece.end - piece.start) * piece.width
            at = piece.fc
            index = max(bisect_right(starts, at) - 1, 0)
            while at < last:
                while index < len(known) and known[index][1] <= at:
                    index += 1
                low, high, own = known[index] if index < len(known) else (last, last, b"")
                if low > at:
                    low, high, own = at, min(low, last), b""
                end = min(high, last)
                first = piece.start + (at - piece.fc) // piece.width
                after = piece.start + (end - piece.fc) // piece.width
                if after > first:
                    yield Run(first, after, own + piece.changes)
                at = end


def _piece_changes(prm: int, changes: list[bytes]) -> bytes:
    """The changes that a piece makes (MS-DOC 2.9.214): one of a few named ones, or listed ones."""
    if prm & 1:
        return changes[prm >> 1] if prm >> 1 < len(changes) else b""
    code = _SHORT.get(prm >> 1 & 0x7F)
    return struct.pack("<HB", code, prm >> 8) if code is not None else b""


# Changes that a piece may name in seven bits, those that matter here (MS-DOC 2.9.215).
_SHORT = {0x09: 0x2407, 0x0C: 0x260A, 0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x5C: 0x083C}


def _papx(page: bytes) -> Iterator[tuple[int, int, bytes]]:
    count = page[_FKP - 1]
    for index in range(count):
        at = 2 * page[4 * (count + 1) + 13 * index]
        own = b""
        if at:
            words = page[at]
            own = (
                page[at + 1 : at + 2 * words] if words else page[at + 2 : at + 2 + 2 * page[at + 1]]
            )
        yield u32(page, 4 * index), u32(page, 4 * index + 4), own


def _chpx(page: bytes) -> Iterator[tuple[int, int, bytes]]:
    count = page[_FKP - 1]
    for index in range(count):
        at = 2 * page[4 * (count + 1) + index]
        own = page[at + 1 : at + 1 + page[at]] if at else b""
        yield u32(page, 4 * index), u32(page, 4 * index + 4), own
