"""A figure that two places state, made wrong in one of them."""

from __future__ import annotations

import pytest

from eval.bench.restated import judged, stated_twice
from eval.material.mutations import mutations
from ingest.pipeline import read_document

TEXT = """2023年度某市某局部门决算

一、情况说明

2023年机关运行经费支出51.21万元，主要用于办公。巡查堤防118.6公里。

二、其他情况

机关运行经费51.21万元全部执行完毕。河道清障总长118.6公里。
"""


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [
        ("51.21", ["changes", "told", "other"]),  # one fact by one name
        ("118.6", ["changes"]),  # two things of one length
    ],
)
def test_what_is_told_of_a_figure_made_wrong(printed: str, outcome: list[str]) -> None:
    document = read_document(TEXT.encode(), "某局.txt")
    pairs = stated_twice(document)
    number = next(f.no for f in document.figures if f.quantity.printed == printed)
    (mutation,) = mutations(document, "swap", (number,))
    assert list(judged(document, mutation, pairs)) == outcome
