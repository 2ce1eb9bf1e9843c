"""A figure made wrong is answered as contradicted, and its neighbours as far as nothing tells."""

from __future__ import annotations

import pytest

from eval.bench.disputes import judged
from eval.material.mutations import mutations
from ingest.pipeline import read_document

TEXT = """2023年度某市某局部门决算

一、情况说明

（一）项目管理
指标分值27分，评价得分20.38分，得分率为75.5%。
1. 财务管理
指标分值15分，评价得分10.88分，得分率为72.5%。
2. 业务管理
指标分值12分，评价得分9.5分，得分率为79.2%。
"""


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [
        # Each is one member of an equation whose other members have support.
        ("75.5", ["changes", "accused", "right", "neighbours", "neighbours"]),
        ("79.2", ["changes", "accused", "right", "neighbours", "neighbours"]),
        # It breaks its own rate and the sum above, which no other figure explains.
        ("9.5", ["changes", "accused", "right", *["neighbours"] * 4]),
    ],
)
def test_what_answers_make_of_a_figure_made_wrong(printed: str, outcome: list[str]) -> None:
    document = read_document(TEXT.encode(), "某局.txt")
    number = next(f.no for f in document.figures if f.quantity.printed == printed)
    (mutation,) = mutations(document, "+1", (number,))
    assert list(judged(document, mutation)) == outcome


def test_a_change_that_breaks_nothing_is_not_counted() -> None:
    document = read_document("2023年度某市某局部门决算\n\n支出120万元。\n".encode(), "某局.txt")
    (mutation,) = mutations(document, "+1", (0,))
    assert list(judged(document, mutation)) == []
