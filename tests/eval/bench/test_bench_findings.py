"""A figure made wrong is one finding, and the finding stands on it or names it."""

from __future__ import annotations

import pytest

from eval.bench.findings import judged
from eval.material.mutations import mutations
from ingest.pipeline import read_document
from qa.audit.findings import findings

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
    [("75.5", "named"), ("20.38", "named"), ("79.2", "named"), ("72.5", "named")],
)
def test_what_becomes_of_a_figure_made_wrong(printed: str, outcome: str) -> None:
    document = read_document(TEXT.encode(), "某局.txt")
    number = next(f.no for f in document.figures if f.quantity.printed == printed)
    (mutation,) = mutations(document, "+1", (number,))
    assert list(judged(document, findings(document), mutation)) == ["changes", "one", outcome]


def test_a_change_that_breaks_nothing_is_not_counted() -> None:
    document = read_document("2023年度某市某局部门决算\n\n支出120万元。\n".encode(), "某局.txt")
    (mutation,) = mutations(document, "+1", (0,))
    assert list(judged(document, (), mutation)) == []
