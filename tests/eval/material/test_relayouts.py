"""Whatever its layout and format, a table gives the same figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eval.bench.relayouts import FORMATS, differences
from eval.material.relayout_samples import SAMPLES
from eval.material.relayouts import LAYOUTS, Layout, Sheet
from ingest.model import Document


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("write", FORMATS, ids=lambda write: write.__name__)
def test_a_layout_changes_no_figure(layout: Layout, write: Callable[[Sheet], Document]) -> None:
    for sample in SAMPLES:
        assert list(differences(sample, write(layout(sample)))) == [], sample.name


def test_a_difference_is_told() -> None:
    sheet = LAYOUTS[0](SAMPLES[0])
    wrong = tuple(tuple(text.replace("649.65", "694.65") for text in row) for row in sheet.body)
    document = FORMATS[0](Sheet(sheet.above, sheet.header, wrong))
    (told,) = differences(SAMPLES[0], document)
    assert "649.65" in told
    assert "694.65" in told
