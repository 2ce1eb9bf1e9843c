"""A photographed sheet of paper: found on its background, and flattened."""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.readers.ocr_engine import Image

_SMALL = 600  # pixels of the longer side in which the sheet is looked for
_LEAST = 0.25  # of the picture that a sheet takes
_WHOLE = 0.96  # of it: a scan, whose sheet is the picture
_DARKER = 35  # by which the background is darker than paper
_LEVELS = (1.0, 0.8, 0.65, 0.5)  # of the usual level: paper under a shadow is darker
_CORNER = 0.02  # of the outline, by which it may miss its corners
_LEAN = 0.35  # of a side, by which the opposite one may be shorter


class Flat(NamedTuple):
    """The sheet as if seen from above, and the matrix from the picture's pixels to its own."""

    image: Image
    matrix: NDArray[np.float64]


def flattened(image: Image) -> Flat | None:
    """The sheet of paper on a photograph; None where the picture is a scan, or shows no sheet."""
    scale = _SMALL / max(image.shape[:2])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    corners = _corners(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).astype(np.uint8))
    if corners is None:
        return None
    corners = corners / scale
    sides = [hypot(*(b - a)) for a, b in pairwise([*corners, corners[0]])]
    for one, other in ((sides[0], sides[2]), (sides[1], sides[3])):
        if min(one, other) < (1 - _LEAN) * max(one, other):
            return None
    width, height = round(max(sides[0], sides[2])), round(max(sides[1], sides[3]))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    flat = cv2.warpPerspective(image, matrix, (width, height), flags=cv2.INTER_CUBIC)
    return Flat(flat.astype(np.uint8), np.asarray(matrix, dtype=np.float64))


def _corners(grey: Image) -> NDArray[np.float64] | None:
    """The corners of the one bright four-sided shape, clockwise from the upper left."""
    smooth = cv2.GaussianBlur(grey, (0, 0), 3).astype(np.uint8)
    level, _ = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    found = (_corners_above(grey, smooth, share * level) for share in _LEVELS)
    return next((corners for corners in found if corners is not None), None)


def _corners_above(grey: Image, smooth: Image, level: float) -> NDArray[np.float64] | None:
    _, bright = cv2.threshold(smooth, level, 255, cv2.THRESH_BINARY)
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    outline = max(outlines, key=cv2.contourArea, default=None)
    if outline is None:
        return None
    area = cv2.contourArea(outline) / grey.size
    if not _LEAST <= area <= _WHOLE:
        return None
    inside = np.zeros_like(grey)
    cv2.drawContours(inside, [outline], -1, 255, thickness=-1)
    paper, around = np.median(grey[inside > 0]), np.median(grey[inside == 0])
    if paper - around < _DARKER or around > level:
        return None
    corners = cv2.approxPolyDP(outline, _CORNER * cv2.arcLength(outline, True), True)
    if len(corners) != 4 or not cv2.isContourConvex(corners):
        return None
    points = corners.reshape(4, 2).astype(np.float64)
    by_sum, by_difference = points.sum(axis=1), points[:, 0] - points[:, 1]
    order = [by_sum.argmin(), by_difference.argmax(), by_sum.argmax(), by_difference.argmin()]
    return points[order] if len(set(map(int, order))) == 4 else None
