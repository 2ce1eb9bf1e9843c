"""The printed lines of a page picture, recognised and put down as glyphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np

from ingest.model import Box
from ingest.readers.ocr_engine import Image, recognise
from ingest.readers.ocr_rules import Ruled
from ingest.readers.ocr_text import UNSURE, Char, is_cjk, typeset
from ingest.readers.ocr_upright import FINE, UprightPage, cut
from ingest.readers.ocr_widths import Measured, doubt_widths
from ingest.readers.pdf_grid import RuledGrid
from ingest.readers.pdf_ink import Glyph, Rule

_INNER = 0.2  # of a box at its sides: rules there only touch it
_ACROSS = 0.6  # of a box that a rule has to cross to part it
_PAD = 0.12  # of a line's height: white kept around its ink
_SPECK = 3  # pixels of ink in a row or column that may be grain
_TORN = 0.6  # of the height of the ink: white that a rule between two cells has at least
_LOST = 0.45  # of the usual height: lower ink in a cell without text is grain
_STROKE = 0.6  # of the usual height: a flat mark as wide as this is 一 or a dash
_MIN_SCORE = 0.5  # lines read less surely are pictures, seals, handwriting
_MIN_CELL_SCORE = 0.3  # … in a cell of a ruled table
_MIN_LOST_SCORE = 0.7  # … where the search for lines found none
_SAME_SIZE = 0.1  # by which the sizes of one font are measured differently
_CJK_INK, _HANGING_INK, _DIGIT_INK, _COMMA_INK = 0.95, 1.04, 0.74, 0.9
"""Of an em: how high the ink of a line is, without and with marks that hang below it."""
_HANGING = frozenset(",;()，；（）《》〔〕【】“”")
_FEW = 3  # characters
_MIDDLE = 0.37  # of an em: the middle of the ink above the base line
_WIDE = 1.6  # of the usual distance between two characters: white lies between them


class Strip(NamedTuple):
    """A piece of a line, in pixels of the page; `tight` is the box of its ink.

    `torn` says that what is left and right of a rule stands as near as the digits of a number.
    """

    box: Box
    tight: Box
    least: float  # score below which what is read of it is no text
    torn: bool = False


@dataclass(slots=True)
class _Line:
    chars: list[Char]
    strip: Strip
    size: float  # em, pixels


def glyphs_of(
    page: UprightPage, ruled: Ruled, grids: Sequence[RuledGrid]
) -> tuple[list[Glyph], int]:
    """The characters of a page in points, and how many lines are too faint to be read."""
    strips = list(_strips(page.boxes, ruled, grids))
    strips += _lost(strips, ruled, grids)
    read = recognise([cut(page.image, strip.box) for strip in strips])
    lines: list[_Line] = []
    unread = 0
    for strip, chars in zip(strips, read, strict=True):
        if not chars:
            continue
        if sum(char.score for char in chars) / len(chars) < strip.least:
            unread += 1
            continue
        chars = typeset(chars)
        if strip.torn:
            chars = [char._replace(score=min(char.score, UNSURE)) for char in chars]
        lines.append(_Line(chars, strip, _em(chars, strip)))
    _level_sizes(lines)
    doubt_widths(
        [Measured(li.chars, li.strip.tight[2] - li.strip.tight[0], li.size) for li in lines]
    )
    return [glyph for run, line in enumerate(lines) for glyph in _glyphs(line, run)], unread


# Where lines stand


def _strips(boxes: Sequence[Box], ruled: Ruled, grids: Sequence[RuledGrid]) -> Iterable[Strip]:
    for box in boxes:
        for row in _parted(box, ruled.horizontal, axis=1):
            pieces = [
                (piece, tight)
                for piece in _parted(row, ruled.vertical, axis=0)
                if (tight := _tight(ruled.ink, piece)) is not None
            ]
            if not pieces:
                continue
            torn = [
                right[0] - left[2] < _TORN * (left[3] - left[1])
                for (_, left), (_, right) in pairwise(pieces)
            ]
            for (piece, tight), before, after in zip(
                pieces, [False, *torn], [*torn, False], strict=True
            ):
                pad = _PAD * (tight[3] - tight[1])
                left, right = max(tight[0] - pad, piece[0]), min(tight[2] + pad, piece[2])
                least = _MIN_CELL_SCORE if _in_table(tight, grids) else _MIN_SCORE
                strip = (left, piece[1], right, piece[3])
                yield Strip(strip, tight, least, before or after)


def _parted(box: Box, rules: Sequence[Rule], axis: int) -> list[Box]:
    """The box cut at the rules that cross it."""
    low, high = box[axis], box[axis + 2]
    start, end = box[1 - axis], box[3 - axis]
    inner = _INNER * min(high - low, end - start)
    cuts = sorted(
        rule.at * FINE
        for rule in rules
        if low + inner < rule.at * FINE < high - inner
        and min(rule.end * FINE, end) - max(rule.start * FINE, start) > _ACROSS * (end - start)
    )
    pieces: list[Box] = []
    for first, last in pairwise([low, *cuts, high]):
        piece = [*box]
        piece[axis], piece[axis + 2] = first, last
        pieces.append((piece[0], piece[1], piece[2], piece[3]))
    return pieces


def _tight(ink: Image, box: Box) -> Box | None:
    """The box of the ink inside a box; None where there is but grain."""
    left, top, right, bottom = (round(value) for value in box)
    part = ink[top:bottom, left:right] > 0
    rows = np.flatnonzero(part.sum(axis=1) >= _SPECK)
    columns = np.flatnonzero(part.sum(axis=0) >= _SPECK)
    if not rows.size or not columns.size:
        return None
    return (
        float(left + columns[0]),
        float(top + rows[0]),
        float(left + columns[-1] + 1),
        float(top + rows[-1] + 1),
    )


def _in_table(box: Box, grids: Sequence[RuledGrid]) -> bool:
    x, y = (box[0] + box[2]) / 2 / FINE, (box[1] + box[3]) / 2 / FINE
    return any(g.box[0] <= x <= g.box[2] and g.box[1] <= y <= g.box[3] for g in grids)


def _lost(strips: Sequence[Strip], ruled: Ruled, grids: Sequence[RuledGrid]) -> list[Strip]:
    """Print in cells that the search for lines has passed over: single digits, short words."""
    if not strips or not grids:
        return []
    usual = median(strip.tight[3] - strip.tight[1] for strip in strips)
    ink = ruled.ink.copy()
    for strip in strips:
        left, top, right, bottom = (round(value) for value in strip.box)
        ink[top:bottom, left:right] = 0
    found: list[Strip] = []
    for grid in grids:
        for area in grid.areas:
            cell = (
                grid.xs[area.left] * FINE + 4,
                grid.ys[area.top] * FINE + 4,
                grid.xs[area.right] * FINE - 4,
                grid.ys[area.bottom] * FINE - 4,
            )
            found.extend(_lost_in_cell(ink, cell, usual))
    return found


def _lost_in_cell(ink: Image, cell: Box, usual: float) -> Iterable[Strip]:
    left, top, right, bottom = (round(value) for value in cell)
    part = ink[top:bottom, left:right]
    if part.size == 0 or not part.any():
        return
    count, _, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    marks = [
        (left + x, top + y, left + x + width, top + y + height)
        for x, y, width, height, _ in (map(float, row) for row in stats[1:count])
        if (_LOST * usual < height < 2 * usual and width > 2)
        or width > _STROKE * usual > 2 * height
    ]
    for row in _rows_of(marks, usual):
        tight = (
            min(mark[0] for mark in row),
            min(mark[1] for mark in row),
            max(mark[2] for mark in row),
            max(mark[3] for mark in row),
        )
        middle = (tight[1] + tight[3]) / 2
        half = max(tight[3] - tight[1], usual) * 0.65
        pad = 2 * _PAD * usual
        box = (
            max(tight[0] - pad, cell[0]),
            max(middle - half, cell[1]),
            min(tight[2] + pad, cell[2]),
            min(middle + half, cell[3]),
        )
        yield Strip(box, tight, _MIN_LOST_SCORE)


def _rows_of(marks: Sequence[Box], usual: float) -> list[list[Box]]:
    """Marks that stand in one line, near each other."""
    rows: list[list[Box]] = []
    for mark in sorted(marks):
        for row in rows:
            last = row[-1]
            level = min(mark[3], last[3]) - max(mark[1], last[1])
            if level > 0 and mark[0] - last[2] < usual:
                row.append(mark)
                break
        else:
            rows.append([mark])
    return rows


# From lines to glyphs


def _em(chars: Sequence[Char], strip: Strip) -> float:
    """The size of the characters in pixels, by the height of their ink.

    The distance between them says less: lines are stretched to the margin.
    """
    high = strip.tight[3] - strip.tight[1]
    hanging = any(char.text in _HANGING for char in chars)
    if any(is_cjk(char.text) for char in chars):
        return high / (_HANGING_INK if hanging else _CJK_INK)
    return high / (_COMMA_INK if hanging else _DIGIT_INK)


def _level_sizes(lines: Sequence[_Line]) -> None:
    """One size for lines whose sizes differ by no more than what measuring them does.

    Lines of a few characters, whose ink may be low, take the size of others near theirs.
    """
    fonts: list[float] = []
    waiting = sorted((line for line in lines if len(line.chars) > _FEW), key=lambda li: li.size)
    while waiting:
        weights = [
            sum(len(o.chars) for o in waiting if abs(o.size / line.size - 1) < _SAME_SIZE)
            for line in waiting
        ]
        usual = waiting[weights.index(max(weights))].size
        group = [o for o in waiting if abs(o.size / usual - 1) < _SAME_SIZE]
        weighted = sorted(o.size for o in group for _ in o.chars)
        fonts.append(weighted[len(weighted) // 2])
        waiting = [o for o in waiting if o not in group]
        for line in group:
            line.size = fonts[-1]
    for line in lines:
        if len(line.chars) <= _FEW and fonts:
            nearest = min(fonts, key=lambda size: abs(size / line.size - 1))
            if abs(nearest / line.size - 1) < 2 * _SAME_SIZE:
                line.size = nearest


def _glyphs(line: _Line, run: int) -> Iterable[Glyph]:
    """The glyphs of a line; the white inside it lies where the print leaves it."""
    strip, size = line.strip, line.size
    base = ((strip.tight[1] + strip.tight[3]) / 2 + _MIDDLE * size) / FINE
    shown = [char for char in line.chars if char.text != " "]
    middles = [strip.box[0] + char.middle for char in shown]
    edges = list(_edges(shown, middles, strip.tight, size))
    for index, (char, (left, right)) in enumerate(zip(shown, edges, strict=True)):
        yield Glyph(char.text, left / FINE, right / FINE, base, size / FINE, run, char.score)
        if index + 1 < len(shown) and _is_spaced(line.chars, char):
            following = edges[index + 1][0]
            middle = (right + following) / 2
            half = max(following - right, 0.2 * size) / 2
            yield Glyph(
                " ", (middle - half) / FINE, (middle + half) / FINE, base, size / FINE, run, None
            )


def _is_spaced(chars: Sequence[Char], char: Char) -> bool:
    """True where the recogniser saw a blank behind the character, no Chinese beside it."""
    index = next(i for i, other in enumerate(chars) if other is char)
    if index + 2 >= len(chars) or chars[index + 1].text != " ":
        return False
    return not is_cjk(char.text) and not is_cjk(chars[index + 2].text)


def _edges(
    chars: Sequence[Char], middles: Sequence[float], tight: Box, size: float
) -> Iterable[tuple[float, float]]:
    """Left and right of each character: halfway to its neighbours, or less where white is."""
    for index, (char, middle) in enumerate(zip(chars, middles, strict=True)):
        half = (0.5 if is_cjk(char.text) else 0.27) * size
        before = middles[index - 1] if index else None
        after = middles[index + 1] if index + 1 < len(middles) else None
        left = tight[0] if before is None else max((before + middle) / 2, middle - _WIDE * half)
        right = tight[2] if after is None else min((middle + after) / 2, middle + _WIDE * half)
        yield min(left, right), max(left, right)
