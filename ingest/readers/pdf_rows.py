"""Rows of a table without rules between them: the lines of each cell, and which cells go together.

A line of figures makes a row. The lines of a text follow each other at one step and fill their
column; wherever the row aligns them (top, middle or foot), its figures stand beside one of them
or between two.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from ingest.readers.pdf_pieces import Band, Piece, PieceLine
from ingest.structure.markers import read_marker
from ingest.tables.cellsyntax import is_plain_number

_STEP = 1.9  # ems from one line of a cell to the next, at the most
_MARGINS = 4.0  # ems that a full line leaves free between the edges of its column
_FREE = 1.2  # ems that a line may leave free at its end because of the rules of line breaking


@dataclass(slots=True)
class Bit:
    """What one line prints in one column."""

    line: int
    pieces: list[Piece]

    @property
    def base(self) -> float:
        return self.pieces[0].base

    @property
    def size(self) -> float:
        return self.pieces[0].size

    @property
    def width(self) -> float:
        return self.pieces[-1].right - self.pieces[0].left

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def numeric(self) -> bool:
        return any(piece.numeric for piece in self.pieces)

    @property
    def plain(self) -> bool:
        return any(is_plain_number(piece.text) for piece in self.pieces)


@dataclass(slots=True)
class Block:
    """The lines of one cell."""

    column: int
    bits: list[Bit]

    @property
    def first(self) -> int:
        return self.bits[0].line

    @property
    def last(self) -> int:
        return self.bits[-1].line

    @property
    def pieces(self) -> list[Piece]:
        return [piece for bit in self.bits for piece in bit.pieces]


@dataclass(slots=True)
class Rows:
    """The rows from the top down, each with the pieces of each column. `doubtful` counts texts
    that lie over two columns and numbers that share a cell."""

    cells: list[list[list[Piece]]] = field(default_factory=list)
    doubtful: int = 0


def middles(bands: Sequence[Band]) -> list[float]:
    """The middle of the white between each column and the next."""
    return [(a[1] + b[0]) / 2 for a, b in pairwise(bands)]


def read_rows(
    lines: Sequence[PieceLine],
    bands: Sequence[Band],
    rules: Sequence[float],
    edges: Sequence[float] = (),
    decimals: int | None = None,
) -> Rows:
    """The rows of the lines below a header.

    Args:
        lines: the lines from the top down.
        bands: where each column prints something.
        rules: the heights of rules between the lines.
        edges: the edges of the columns, as far as they are known.
        decimals: how many the numbers of the table have; by default as most of `lines`.
    """
    found = Rows()
    columns = _columns(lines, bands, found)
    if decimals is None:
        decimals = usual_decimals(p.text for bits in columns for bit in bits for p in bit.pieces)
    anchors = _anchors(columns, decimals)
    heights = [line.base for line in lines]
    blocks: list[Block] = []
    for column, bits in enumerate(columns):
        room = edges[column + 1] - edges[column] if edges else inf
        joins = _Joining(bands[column], room, anchors, rules, decimals)
        blocks.extend(Block(column, run) for run in joins.blocks(bits))
    for owners in _gathered(blocks, anchors, heights, rules):
        row: list[list[Piece]] = [[] for _ in bands]
        for block in owners:
            row[block.column].extend(block.pieces)
        found.cells.append(row)
    return found


def _anchors(columns: Sequence[Sequence[Bit]], decimals: int | None) -> list[int]:
    """The lines of figures, each of which makes a row: of plain ones, where most are."""
    figures = [
        (bit, _is_rest(above, bit, decimals))
        for bits in columns
        for above, bit in pairwise([None, *bits])
        if bit is not None and bit.numeric
    ]
    whole = {bit.line for bit, rest in figures if not rest}
    own = [bit for bit, _ in figures if bit.line in whole]
    plain = {bit.line for bit in own if bit.plain}
    numbered = {bit.line for bit in own}
    return sorted(plain if 2 * len(plain) >= len(numbered) else numbered)


def _columns(lines: Sequence[PieceLine], bands: Sequence[Band], found: Rows) -> list[list[Bit]]:
    """What each column prints, line by line."""
    columns: list[list[Bit]] = [[] for _ in bands]
    inner = middles(bands)
    for index, line in enumerate(lines):
        for piece in line.pieces:
            over = [n for n, band in enumerate(bands) if _overlap(band, piece) > 0.3 * piece.size]
            column = over[0] if len(over) == 1 else bisect_right(inner, piece.middle)
            found.doubtful += len(over) > 1 and piece.numeric
            bits = columns[column]
            if bits and bits[-1].line == index:
                found.doubtful += piece.numeric or bits[-1].numeric
                bits[-1].pieces.append(piece)
            else:
                bits.append(Bit(index, [piece]))
    return columns


def _overlap(band: Band, piece: Piece) -> float:
    return min(band[1], piece.right) - max(band[0], piece.left)


def usual_decimals(texts: Iterable[str]) -> int | None:
    """How many decimals most numbers among the texts have; None where none has any."""
    counts = Counter(
        len(text.rstrip("%％)").partition(".")[2])
        for text in texts
        if "." in text and is_plain_number(text)
    )
    return counts.most_common(1)[0][0] if counts else None


def _is_rest(above: Bit | None, bit: Bit, decimals: int | None) -> bool:
    """True for the end of a number that its narrow column has cut: ``17.8`` over ``9``."""
    if above is None or decimals is None or not re.fullmatch(r"\d{1,2}", bit.text):
        return False
    near = bit.base - above.base <= _STEP * bit.size
    printed = len(above.text.partition(".")[2])
    return near and "." in above.text and printed < decimals == printed + len(bit.text)


@dataclass(frozen=True, slots=True)
class _Joining:
    """Which lines of one column make a cell."""

    band: Band
    width: float  # from edge to edge
    anchors: Sequence[int]
    rules: Sequence[float]
    decimals: int | None

    def blocks(self, bits: Sequence[Bit]) -> list[list[Bit]]:
        """The bits of a column, cell by cell."""
        steps = [
            b.base - a.base for a, b in pairwise(bits) if self._may_join(a, b) and self._fills(a, b)
        ]
        step = 1.2 * min(steps, default=0.0)
        blocks: list[list[Bit]] = []
        for bit in bits:
            if blocks and self._joins(blocks[-1], bit, step):
                blocks[-1].append(bit)
            else:
                blocks.append([bit])
        return blocks

    def _joins(self, block: Sequence[Bit], bit: Bit, step: float) -> bool:
        above = block[-1]
        if bit.line not in self.anchors and _is_rest(above, bit, self.decimals):
            return True
        if not self._may_join(above, bit) or self._anchors(block[0].line, bit.line) > 1:
            return False
        if step and bit.base - above.base > step:
            return False
        around = bool(self._anchors(above.line + 1, bit.line - 1))
        return around or self._fills(above, bit)

    def _may_join(self, above: Bit, bit: Bit) -> bool:
        if above.plain or bit.plain or bit.base - above.base > _STEP * bit.size:
            return False
        if self._anchors(above.line, above.line) and self._anchors(bit.line, bit.line):
            return False
        if read_marker(bit.text) is not None or bit.text.startswith("其中"):
            return False
        return not any(above.base < rule < bit.base for rule in self.rules)

    def _fills(self, above: Bit, bit: Bit) -> bool:
        """True where the first word of `bit` had no room on the line above."""
        needed = bit.pieces[0].lead
        room = self.band[1] - self.band[0] - above.width
        return room <= needed + _FREE * bit.size and (
            self.width == inf or self.width - above.width <= needed + _MARGINS * bit.size
        )

    def _anchors(self, first: int, last: int) -> int:
        return sum(first <= anchor <= last for anchor in self.anchors)


def _gathered(
    blocks: Sequence[Block],
    anchors: Sequence[int],
    heights: Sequence[float],
    rules: Sequence[float],
) -> list[list[Block]]:
    """The blocks row by row. A block without figures beside it is a row with those beside it."""
    rows: dict[int, list[Block]] = {anchor: [] for anchor in anchors}
    ends = {anchor: (anchor, anchor) for anchor in anchors}
    floors = [sum(rule < height for rule in rules) for height in heights]
    ruled = len({floors[anchor] for anchor in anchors}) == len(anchors) > 1
    for block in sorted(blocks, key=lambda b: (b.first, b.column)):
        own = next((a for a in anchors if block.first <= a <= block.last), None)
        if own is None and ruled:
            beside = [a for a in anchors if floors[a] == floors[block.first]]
            own = beside[0] if len(beside) == 1 else None
        if own is None:
            own = next(
                (
                    row
                    for row, (first, last) in ends.items()
                    if row not in anchors and block.first <= last and block.last >= first
                ),
                block.first,
            )
        rows.setdefault(own, []).append(block)
        first, last = ends.get(own, (block.first, block.last))
        ends[own] = min(first, block.first), max(last, block.last)
    return [rows[row] for row in sorted(rows) if rows[row]]
