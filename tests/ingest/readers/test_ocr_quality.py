"""Pages too poor to be trusted: told by their dots, their lost lines and their unsure characters."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.model import POOR_PAGE
from ingest.readers.pdf_ink import Glyph
from tests.ingest.picture_maker import needs_recognition

needs_recognition()

from ingest.readers.ocr_quality import Grain, doubted, has_two_tones, is_poor  # noqa: E402

SCAN = 200 / 72


def page(unsure: int = 0, size: float = 9, lines: int = 20) -> list[Glyph]:
    """Lines of ten characters, the first `unsure` ones badly recognised."""
    return [
        Glyph("支", 10.0 * n, 10.0 * n + size, 100, size, n // 10, 0.5 if n < unsure else 0.99)
        for n in range(10 * lines)
    ]


@pytest.mark.parametrize(
    ("glyphs", "unread", "grain", "poor"),
    [
        pytest.param(page(), 0, Grain(SCAN), False, id="a scan"),
        pytest.param(page(), 0, Grain(100 / 72), False, id="grey, 100"),
        pytest.param(page(), 0, Grain(75 / 72), True, id="grey, 75"),
        pytest.param(page(size=14), 0, Grain(75 / 72), False, id="grey, 75, large print"),
        pytest.param(page(), 0, Grain(SCAN, True), False, id="black and white, 200"),
        pytest.param(page(), 0, Grain(150 / 72, True), True, id="black and white, 150"),
        pytest.param(page(unsure=5), 0, Grain(SCAN), False, id="a few unsure characters"),
        pytest.param(page(unsure=12), 0, Grain(SCAN), True, id="many unsure characters"),
        pytest.param(page(unsure=2, lines=2), 0, Grain(SCAN), False, id="a few lines say little"),
        pytest.param(page(), 8, Grain(SCAN), False, id="some lines lost"),
        pytest.param(page(), 12, Grain(SCAN), True, id="many lines lost"),
        pytest.param([], 3, Grain(SCAN), False, id="nothing read"),
    ],
)
def test_poor_pages(glyphs: list[Glyph], unread: int, grain: Grain, poor: bool) -> None:
    assert is_poor(glyphs, unread, grain) is poor


def test_nothing_on_a_poor_page_is_sure() -> None:
    assert {glyph.score for glyph in doubted(page(unsure=1))} == {POOR_PAGE}


def test_two_tones_are_told_by_the_edges_of_strokes() -> None:
    image = np.full((100, 100, 3), 255, dtype=np.uint8)
    assert not has_two_tones(image)  # blank
    image[20:80, 20:30] = 0
    assert has_two_tones(image)
    image[20:80, 30] = 128
    assert not has_two_tones(image)
