"""Pages recognised from their pictures: characters and rules as a PDF page has them, laid out."""

from __future__ import annotations

from typing import NamedTuple

from ingest.model import Box
from ingest.readers.ocr_lines import glyphs_of
from ingest.readers.ocr_quality import doubted, is_poor
from ingest.readers.ocr_rules import find_rules, grid_rules
from ingest.readers.ocr_upright import Picture, upright_page
from ingest.readers.paged import Page, laid_out
from ingest.readers.pdf_grid import RuledGrid, ruled_grids
from ingest.readers.pdf_ink import Ink, Rule
from ingest.readers.pdf_unruled import Known

_LEAST_WIDTH, _LEAST_HEIGHT = 72.0, 10.0  # points, of a ruled table
_LEAST_TEXT = 20  # characters; fewer are a badge or the words in a photograph


def recognised_page(picture: Picture, number: int, columns: Known | None = None) -> Page:
    """The lines and tables on the picture of page `number`; every place has its score.

    `columns` are those of the table at the foot of the page before.
    """
    ink, faint, poor = _recognised(picture, number)
    found = laid_out(ink, columns)
    found.recognised = ((0.0, 0.0, ink.frame.width, ink.frame.height),)
    found.faint, found.poor = faint, poor
    return found


def add_picture(ink: Ink, picture: Picture, box: Box) -> bool:
    """Add what is recognised on a picture inside a page that has text; False where it holds none.

    What a poor picture holds is added as doubtful.

    Args:
        ink: the page, shown upright.
        picture: what is shown at the place of the picture.
        box: its place on the page.
    """
    found, _, _ = _recognised(picture, ink.page)
    if len(found.glyphs) < _LEAST_TEXT:
        return False
    left, top = box[:2]
    first = 1 + max((glyph.run for glyph in ink.glyphs), default=0)
    for glyph in found.glyphs:
        x0, y0, x1, y1 = found.frame.shown((glyph.left, glyph.base, glyph.right, glyph.base))
        base = top + (y0 + y1) / 2
        ink.glyphs.append(
            glyph._replace(left=left + x0, right=left + x1, base=base, run=first + glyph.run)
        )
    for rule in found.horizontal:
        x0, y0, x1, y1 = found.frame.shown((rule.start, rule.at, rule.end, rule.at))
        ink.horizontal.append(Rule(top + (y0 + y1) / 2, left + x0, left + x1))
    for rule in found.vertical:
        x0, y0, x1, y1 = found.frame.shown((rule.at, rule.start, rule.at, rule.end))
        ink.vertical.append(Rule(left + (x0 + x1) / 2, top + y0, top + y1))
    return True


class _Recognised(NamedTuple):
    """A page, how many of its lines are too faint, and whether all of it is too poor."""

    ink: Ink
    faint: int
    poor: bool


def _recognised(picture: Picture, number: int) -> _Recognised:
    page = upright_page(picture)
    ruled = find_rules(page.image)
    ink = Ink(number, page.frame, horizontal=ruled.horizontal, vertical=ruled.vertical)
    grids = [grid for grid in ruled_grids(ink) if _is_table(grid)]
    ruled = grid_rules(ruled, grids)
    ink.vertical = ruled.vertical
    ink.glyphs, faint = glyphs_of(page, ruled, grids)
    poor = is_poor(ink.glyphs, faint, picture.grain)
    if poor:
        ink.glyphs = doubted(ink.glyphs)
    return _Recognised(ink, faint, poor)


def _is_table(grid: RuledGrid) -> bool:
    """False for what the strokes of large characters make."""
    left, top, right, bottom = grid.box
    return right - left >= _LEAST_WIDTH and bottom - top >= _LEAST_HEIGHT
