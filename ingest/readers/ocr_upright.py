"""A page picture made upright and evenly lit, and where the lines of print stand on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.model import Box
from ingest.readers.ocr_engine import Image, Quad, detect, recognise
from ingest.readers.ocr_photo import flattened
from ingest.readers.ocr_quality import Grain
from ingest.readers.pdf_ink import Frame

FINE = 300 / 72
"""Pixels a point in which rules are looked for and characters recognised."""
_LARGEST = 1191.0 * 1684.0  # square points of A2: larger pages are read as if they were smaller
_ROUGH = 170 / 72  # in which lines of print are looked for
_LONG = 4.0  # times its height: a box that shows the direction of its line
_STEPS = 8  # either way, of _STEP degrees, by which the direction is refined
_STEP = 0.05
_SAMPLE = 6  # lines that are read to tell upright from upside down
_SURE = 0.85
_REDDISH = 40  # by which red is brighter than the other colours
_BRIGHT = 130  # of red light: what is darker is print below a seal
_SEAL = 0.06  # of the page's longer side: the least height and width of a seal
_PAPER = 40  # of the rough picture's pixels: wider than a stroke, smaller than a shadow

Matrix = NDArray[np.float64]


class Picture(NamedTuple):
    """A picture of a page, BGR, the size at which it is shown, in points, and what it is made of
    in the file, where it was drawn larger or smaller than that."""

    image: Image
    width: float
    height: float
    grain: Grain


@dataclass(frozen=True, slots=True)
class Straightened(Frame):
    """The frame of an upright picture. `back` takes its points to those of the shown page."""

    back: tuple[tuple[float, float, float], ...] = ()

    def shown(self, box: Box) -> Box:
        left, top, right, bottom = box
        corners = np.array([[[left, top], [right, top], [right, bottom], [left, bottom]]])
        turned = cv2.perspectiveTransform(corners, np.array(self.back))[0]
        low, high = turned.min(axis=0), turned.max(axis=0)
        x0, y0, x1, y1 = (round(float(value), 1) for value in (*low, *high))
        return x0, y0, x1, y1


@dataclass(frozen=True, slots=True)
class UprightPage:
    """A page upright and evenly lit, grey, `FINE` pixels a point; boxes in its pixels."""

    image: Image
    frame: Frame
    boxes: list[Box]


def upright_page(picture: Picture) -> UprightPage:
    """The page turned upright: by quarter turns, and by the few degrees that it lies askew.

    A photographed sheet is flattened first. What is very large is read as if it were smaller.
    """
    image, back = picture.image, np.diag([picture.width / picture.image.shape[1]] * 2 + [1.0])
    flat = flattened(image)
    if flat is not None:
        image, back = flat.image, back @ np.linalg.inv(flat.matrix)
    width, height = (picture.width / picture.image.shape[1] * side for side in image.shape[1::-1])
    shrunk = min(1.0, (_LARGEST / (width * height)) ** 0.5)
    size = round(width * shrunk * FINE), round(height * shrunk * FINE)
    back = back @ np.diag([image.shape[1] / size[0], image.shape[0] / size[1], 1.0])
    return _upright(evened(_resized(grey_of(image), size)), back)


def _upright(grey: Image, back: Matrix) -> UprightPage:
    height, width = grey.shape
    rough = _resized(grey, (round(width * _ROUGH / FINE), round(height * _ROUGH / FINE)))
    quads = [quad * (FINE / _ROUGH) for quad in detect(_bgr(rough))]
    angle = _direction(quads)
    if abs(angle) > 45:
        angle += _askew(np.rot90(rough), angle - 90)
    else:
        angle += _askew(rough, angle)
    page = _turned(grey, quads, angle, back)
    if _is_upside_down(page):
        page = _turned(grey, quads, angle + 180, back)
    return page


def _resized(image: Image, size: tuple[int, int]) -> Image:
    smaller = size[0] < image.shape[1]
    how = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(image, size, interpolation=how), np.uint8)


def grey_of(image: Image) -> Image:
    """The picture in grey, red seals taken out: in red light they are as bright as paper."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.uint8)
    others = cv2.max(image[:, :, 0], image[:, :, 1])
    reddish = cv2.subtract(image[:, :, 2], others)  # not below zero
    spots = cv2.dilate((reddish > _REDDISH).astype(np.uint8), np.ones((9, 9), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(spots, connectivity=8)
    for left, top, width, height, _ in (map(int, row) for row in stats[1:count]):
        if min(width, height) < _SEAL * max(grey.shape):
            continue
        seal = slice(top, top + height), slice(left, left + width)
        light = image[:, :, 2][seal]
        stamped = (reddish[seal] > _REDDISH / 2) & (light > _BRIGHT)
        grey[seal] = np.where(stamped, np.median(grey[seal]), light)
    return np.asarray(grey, np.uint8)


def evened(grey: Image) -> Image:
    """The picture as if evenly lit: paper white, print as dark as it is against its paper."""
    scale = _ROUGH / FINE / 2
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(small, np.ones((5, 5), np.uint8))
    paper = cv2.medianBlur(paper, _PAPER // 2 * 2 + 1)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(paper, 64), scale=250), np.uint8)


def _direction(quads: Sequence[Quad]) -> float:
    """Degrees clockwise by which most of the print runs off the horizontal, -45 to 135."""
    flat: list[tuple[float, float]] = []
    steep: list[tuple[float, float]] = []
    for quad in quads:
        across, down = quad[1] - quad[0], quad[3] - quad[0]
        width, height = hypot(*across), hypot(*down)
        if width > _LONG * height:
            flat.append((degrees(atan2(across[1], across[0])), width))
        elif height > _LONG * width:
            steep.append((degrees(atan2(down[1], down[0])), height))
    if sum(w for _, w in steep) > sum(w for _, w in flat):
        return _weighted_median(steep)
    return _weighted_median(flat) if flat else 0.0


def _weighted_median(values: Sequence[tuple[float, float]]) -> float:
    half = sum(weight for _, weight in values) / 2
    for value, weight in sorted(values):
        half -= weight
        if half <= 0:
            return value
    return 0.0


def _askew(rough: Image, angle: float) -> float:
    """What is to be added to `angle` so that lines and rules lie exactly level.

    The brightness of the rows changes most abruptly when they do.
    """
    ink = cv2.adaptiveThreshold(
        cv2.bitwise_not(rough), 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 25, -8
    )
    height, width = ink.shape

    def sharpness(step: int) -> float:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle + step * _STEP, 1)
        level = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_NEAREST)
        rows = level.sum(axis=1, dtype=np.float64)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    return max(range(-_STEPS, _STEPS + 1), key=sharpness) * _STEP


def _turned(grey: Image, quads: Sequence[Quad], angle: float, back: Matrix) -> UprightPage:
    """The picture turned anticlockwise by `angle` degrees, its size kept but for quarter turns.

    `back` takes the pixels of `grey` to points of the shown page.
    """
    height, width = grey.shape
    size = (height, width) if 45 < angle % 180 < 135 else (width, height)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    turn[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    image = cv2.warpAffine(grey, turn, size, flags=cv2.INTER_CUBIC, borderValue=(255,))
    forward: Matrix = np.vstack([turn, [0, 0, 1]])
    boxes: list[Box] = []
    for quad in quads:
        moved = cv2.perspectiveTransform(quad[None], forward)[0]
        (x0, y0), (x1, y1) = moved.min(axis=0), moved.max(axis=0)
        boxes.append((max(x0, 0.0), max(y0, 0.0), min(x1, size[0]), min(y1, size[1])))
    to_shown = back @ np.linalg.inv(forward) @ np.diag([FINE, FINE, 1.0])
    frame = Straightened(size[0] / FINE, size[1] / FINE, back=tuple(map(tuple, to_shown.tolist())))
    return UprightPage(image.astype(np.uint8), frame, boxes)


def _is_upside_down(page: UprightPage) -> bool:
    """True where the longest lines are read more surely the other way up."""
    longest = sorted(page.boxes, key=lambda box: box[0] - box[2])[:_SAMPLE]
    crops = [crop for box in longest if (crop := cut(page.image, box)).size]
    if _sureness(crops) >= _SURE:
        return False
    return _sureness([np.ascontiguousarray(crop[::-1, ::-1]) for crop in crops]) > _sureness(crops)


def _sureness(crops: Sequence[Image]) -> float:
    scores = [char.score for line in recognise(crops) for char in line]
    return sum(scores) / len(scores) if scores else 0.0


def _bgr(grey: Image) -> Image:
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)


def cut(grey: Image, box: Box) -> Image:
    """The part of a grey picture inside a box, as the BGR picture that is recognised."""
    left, top, right, bottom = (max(round(value), 0) for value in box)
    part = grey[top:bottom, left:right]
    return _bgr(part) if part.size else part
