"""Pages recognised from their pictures: characters and rules as a PDF page has them, laid out."""

from __future__ import annotations

from ingest.readers.ocr_lines import glyphs_of
from ingest.readers.ocr_rules import find_rules, grid_rules
from ingest.readers.ocr_upright import Picture, upright_page
from ingest.readers.paged import Page, laid_out
from ingest.readers.pdf_grid import RuledGrid, ruled_grids
from ingest.readers.pdf_ink import Ink
from ingest.readers.pdf_unruled import Known

_LEAST_WIDTH, _LEAST_HEIGHT = 72.0, 10.0  # points, of a ruled table


def recognised_page(picture: Picture, number: int, columns: Known | None = None) -> Page:
    """The lines and tables on the picture of page `number`; every place has its score.

    `columns` are those of the table at the foot of the page before.
    """
    page = upright_page(picture)
    ruled = find_rules(page.image)
    ink = Ink(number, page.frame, horizontal=ruled.horizontal, vertical=ruled.vertical)
    grids = [grid for grid in ruled_grids(ink) if _is_table(grid)]
    ruled = grid_rules(ruled, grids)
    ink.vertical = ruled.vertical
    ink.glyphs, faint = glyphs_of(page, ruled, grids)
    found = laid_out(ink, columns)
    found.recognised, found.faint = True, faint
    return found


def _is_table(grid: RuledGrid) -> bool:
    """False for what the strokes of large characters make."""
    left, top, right, bottom = grid.box
    return right - left >= _LEAST_WIDTH and bottom - top >= _LEAST_HEIGHT
