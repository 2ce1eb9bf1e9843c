"""Pages whose pictures are too poor for their characters to be trusted, however sure they look.

A recogniser that sees too little of a character takes it for another one and is sure of it. What a
number is then said to be about is as doubtful as its digits. The bounds were measured over pages
spoilt on purpose (eval/bench/scans.py): docs/formats.md has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

import numpy as np

from ingest.model import POOR_PAGE
from ingest.readers.ocr_engine import Image
from ingest.readers.pdf_ink import Glyph

_GREY, _TWO_TONES = 12.0, 22.0  # dots of the picture that a character of usual size takes
_UNSURE = 0.9
_MANY_UNSURE = 0.035  # of the characters
_FEW = 60  # characters from which on their share says something
_FAINT = 0.25  # of the lines of a page: where more are too faint, none is surely read
_FEW_FAINT = 8
_DARK, _LIGHT = 60, 195  # of 255: between them lie the edges of strokes in a grey picture
_MIDDLING = 0.03  # of what is not paper


class Grain(NamedTuple):
    """What a picture is made of: its dots a point (1/72 inch), and whether they are but black and
    white."""

    dots: float
    two_tones: bool = False


def is_poor(glyphs: Sequence[Glyph], unread: int, grain: Grain) -> bool:
    """True where nothing on the page can be trusted.

    Args:
        glyphs: what was recognised, with scores.
        unread: lines that were too faint to be recognised.
        grain: of the picture of the page.
    """
    shown = [glyph for glyph in glyphs if glyph.text != " "]
    if not shown:
        return False
    lines = len({glyph.run for glyph in shown})
    if unread > max(_FAINT * (unread + lines), _FEW_FAINT):
        return True
    least = _TWO_TONES if grain.two_tones else _GREY
    if median(glyph.size for glyph in shown) * grain.dots < least:
        return True
    unsure = sum(glyph.score is not None and glyph.score < _UNSURE for glyph in shown)
    return len(shown) >= _FEW and unsure > _MANY_UNSURE * len(shown)


def doubted(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs of a poor page."""
    return [each._replace(score=min(each.score or 0.0, POOR_PAGE)) for each in glyphs]


def has_two_tones(image: Image) -> bool:
    """True for a picture of black and white dots alone: the edges of its strokes have no grey."""
    grey = image if image.ndim == 2 else image[:, :, min(1, image.shape[2] - 1)]
    ink = int(np.count_nonzero(grey < _LIGHT))
    edges = int(np.count_nonzero((grey >= _DARK) & (grey < _LIGHT)))
    return ink > 0 and edges < _MIDDLING * ink
