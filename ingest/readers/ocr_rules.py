"""The ruled lines on the picture of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ingest.readers.ocr_engine import Image
from ingest.readers.ocr_upright import FINE
from ingest.readers.pdf_grid import RuledGrid
from ingest.readers.pdf_ink import Rule

_LENGTH = 12.0  # points: shorter strokes belong to characters
_HEIGHT = 9.0  # points: the least height of a row
_SURELY = 60.0  # points: no stroke of a character, no arc of a seal is as long
_MEETING = 1.5  # points by which a rule may miss the one that it ends on
_EDGE = 4.0  # points at the page's edges where scanners leave dark borders
_REACH = round(3.0 * FINE)  # pixels by which the pieces of a rule lie off its edge
_THICK = 5.0  # points: what is thicker is no rule
_GRAIN = 25  # pixels: smaller spots are grain, or points that do not tell how large print is
_PIECE = 60.0  # points: pieces in which a rule that is not quite level is followed


@dataclass(frozen=True, slots=True)
class Ruled:
    """The rules of a page in points, and the strokes that they were found as.

    `ink` is 255 where something is printed, `level` and `steep` where that is a long stroke.
    """

    horizontal: list[Rule]
    vertical: list[Rule]
    ink: Image
    level: Image
    steep: Image


def find_rules(grey: Image) -> Ruled:
    """The level and upright rules of an upright page of `FINE` pixels a point."""
    ink = _ink(grey)
    level = _strokes(ink, round(_LENGTH * FINE))
    steep = _strokes(np.ascontiguousarray(ink.T), round(_HEIGHT * FINE))
    height, width = grey.shape
    horizontal, vertical = list(_rules(level, height)), list(_rules(steep, width))
    return Ruled(
        _without_strokes(horizontal, vertical),
        _without_strokes(vertical, horizontal),
        ink,
        level,
        np.ascontiguousarray(steep.T),
    )


def grid_rules(ruled: Ruled, grids: Sequence[RuledGrid]) -> Ruled:
    """`ruled` with the rules of the grids only, and the ink that is left without these
    and without grain."""
    level, steep = np.zeros_like(ruled.ink), np.zeros_like(ruled.ink)
    for grid in grids:
        left, top, right, bottom = (round(value * FINE) for value in grid.box)
        for y in grid.ys:
            band = _band(y), slice(max(left - _REACH, 0), right + _REACH)
            level[band] = ruled.level[band]
        for x in grid.xs:
            band = slice(max(top - _REACH, 0), bottom + _REACH), _band(x)
            steep[band] = ruled.steep[band]
    rules = cv2.dilate(cv2.bitwise_or(level, steep), np.ones((3, 3), np.uint8))
    return Ruled(
        [rule for rule in ruled.horizontal if any(_near(rule, g.ys, g.xs) for g in grids)],
        [rule for rule in ruled.vertical if any(_near(rule, g.xs, g.ys) for g in grids)],
        _without_grain(cv2.bitwise_and(ruled.ink, cv2.bitwise_not(rules)).astype(np.uint8)),
        level,
        steep,
    )


def _without_grain(ink: Image) -> Image:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = (stats[:count, cv2.CC_STAT_AREA] >= _GRAIN).astype(np.uint8) * 255
    kept[0] = 0
    return np.asarray(kept[labels], dtype=np.uint8)


def _without_strokes(rules: Sequence[Rule], others: Sequence[Rule]) -> list[Rule]:
    """`rules` without the strokes of characters: long ones, and those from one rule to another."""
    long = [other for other in others if other.end - other.start >= _SURELY]

    def ends_on_rule(at: float, end: float) -> bool:
        return any(
            abs(other.at - end) <= _MEETING and other.start - 1 <= at <= other.end + 1
            for other in long
        )

    return [
        rule
        for rule in rules
        if rule.end - rule.start >= _SURELY
        or (ends_on_rule(rule.at, rule.start) and ends_on_rule(rule.at, rule.end))
    ]


def _band(edge: float) -> slice:
    middle = round(edge * FINE)
    return slice(max(middle - _REACH, 0), middle + _REACH)


def _near(rule: Rule, edges: Sequence[float], others: Sequence[float]) -> bool:
    inside = rule.start < others[-1] and rule.end > others[0]
    return inside and any(abs(rule.at - edge) * FINE < _REACH for edge in edges)


def _ink(grey: Image) -> Image:
    """255 where something is printed: darker than what lies around it."""
    smooth = cv2.medianBlur(grey, 3)
    dark = cv2.bitwise_not(smooth)
    ink = cv2.adaptiveThreshold(dark, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 31, -12)
    return np.asarray(ink, np.uint8)


def _strokes(ink: Image, length: int) -> Image:
    """The level strokes of at least `length` pixels."""
    joined = cv2.dilate(ink, np.ones((3, 1), np.uint8))  # a rule that steps by a pixel is whole
    level = np.ones((1, length), np.uint8)
    return np.asarray(cv2.morphologyEx(joined, cv2.MORPH_OPEN, level), np.uint8)


def _rules(strokes: Image, extent: int) -> Iterable[Rule]:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    for number in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[number])
        if area > _THICK * FINE * width:
            continue
        piece = round(_PIECE * FINE) if height > _THICK * FINE else width
        for start in range(left, left + width, piece):
            end = min(start + piece, left + width)
            rows, _ = np.nonzero(labels[top : top + height, start:end] == number)
            if not rows.size:
                continue
            at = (top + float(rows.mean()) + 0.5) / FINE
            if _EDGE < at < extent / FINE - _EDGE:
                yield Rule(at, start / FINE, end / FINE)
