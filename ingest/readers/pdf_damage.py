"""Pages of a damaged PDF file whose text would be read in the wrong letters.

A viewer draws text whose font is lost in another font, where the codes of its characters stand for
others: 412.36 becomes 634.58. Such a page is worse than none.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

_DEPTH = 3  # of forms inside forms
_MOST_FORMS = 200  # of a page


def pages_with_lost_fonts(data: bytes) -> frozenset[int]:
    """The numbers, from 1, of the pages that name fonts which the file does not hold.

    None of a file that cannot be opened so: its text is then read by nobody else's table of fonts.
    """
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            known: dict[Any, bool] = {}
            return frozenset(
                number
                for number, page in enumerate(pdf.pages, start=1)
                if not all(_is_held(font, known) for font in _fonts(_resources(page.obj), _DEPTH))
            )
    except (pikepdf.PdfError, pikepdf.PasswordError, RecursionError):
        return frozenset()


def _resources(node: pikepdf.Object) -> Any:
    """What a page uses, its own or that of the groups of pages that it is in."""
    for _ in range(_MOST_FORMS):
        found = node.get("/Resources")
        parent = node.get("/Parent")
        if found is not None or not isinstance(parent, pikepdf.Dictionary):
            return found
        node = parent
    return None


def _fonts(resources: Any, depth: int) -> Iterator[Any]:
    """Every entry in the tables of fonts of a page and of the forms drawn on it; None for a lost
    one."""
    if not isinstance(resources, pikepdf.Dictionary):
        return
    fonts = resources.get("/Font")
    if isinstance(fonts, pikepdf.Dictionary):
        yield from fonts.values()
    forms = resources.get("/XObject")
    if depth and isinstance(forms, pikepdf.Dictionary):
        for _, form in zip(range(_MOST_FORMS), forms.values(), strict=False):
            if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == pikepdf.Name.Form:
                yield from _fonts(form.get("/Resources"), depth - 1)


def _is_held(font: Any, known: dict[Any, bool]) -> bool:
    """True for a font that says what kind it is and, where it is made of others, has one."""
    if not isinstance(font, pikepdf.Dictionary):
        return False
    if font.objgen not in known or font.objgen == (0, 0):
        known[font.objgen] = _is_whole(font)
    return known[font.objgen]


def _is_whole(font: pikepdf.Dictionary) -> bool:
    if font.get("/Subtype") != pikepdf.Name.Type0:
        return "/Subtype" in font
    made_of = font.get("/DescendantFonts")
    return (
        isinstance(made_of, pikepdf.Array)
        and len(made_of) > 0
        and isinstance(made_of[0], pikepdf.Dictionary)
    )
