"""Rates of plans, parts of counts and amounts, and numbers of tables that sentences misprint; made-up reports."""

from __future__ import annotations

import pytest

from ingest.model import Verdict
from ingest.pipeline import read_document

_HEAD = "青禾县水务局2023年度部门决算\n\n一、支出情况\n\n"
_TABLE = """
表1 支出决算表（万元）

| 项目 | 本年支出合计 | 基本支出 |
| --- | --- | --- |
| 防汛 | 405.45 | 0.00 |
| 水体 | 540.00 | 0.00 |
| 行政运行 | 1,215.36 | 1,215.36 |
"""


def failing(text: str) -> list[tuple[str, str]]:
    """Family and printed digits of what fails."""
    document = read_document(f"{_HEAD}{text}\n".encode(), "报告2023.md")
    return [
        (e.family, document.figures[e.stated].quantity.printed)
        for e in document.equations
        if e.verdict is Verdict.FAILS
    ]


@pytest.mark.parametrize(
    ("text", "fails"),
    [
        # A plan is set, not rounded: 12万人次 are 120,000.
        ("计划服务12万人次，实际服务13.86万人次，完成率为118.5%。", [("completion", "118.5")]),
        ("计划服务12万人次，实际服务13.86万人次，完成率为115.5%。", []),
        ("计划服务约12万人次，实际服务13.86万人次，完成率为118.5%。", []),
        # Capped at 100 %.
        ("计划服务12万人次，实际服务13.86万人次，完成率为100%。", []),
        # Two states of two things divide nothing; of one thing they do.
        ("抽查的25座泵站中，4座未落实管护主体，2座已停用。", []),
        ("抽查的25座泵站中，已完工18座、未完工6座。", [("count_parts", "25")]),
        # One 其中 behind two amounts is of the one that holds it.
        ("追回资金482.36万元，处以罚款126.50万元，其中自查退回215.40万元。", []),
        ("处以罚款126.50万元，其中自查退回215.40万元。", [("sentence_sum", "126.50")]),
        # A number of the table with its digits in another order.
        (f"防汛支出454.05万元，用于水毁修复。{_TABLE}", [("same_fact", "454.05")]),
        (f"防汛支出405.45万元，用于水毁修复。{_TABLE}", []),
        (
            f"防汛支出454.05万元，用于水毁修复。\n\n防汛（项）支出决算为405.45万元。{_TABLE}",
            [("same_fact", "454.05")],
        ),
        # The number of the table is told of another thing: the sentence may be right.
        (f"防汛支出454.05万元，用于水毁修复。\n\n车辆购置支出405.45万元。{_TABLE}", []),
    ],
)
def test_what_fails(text: str, fails: list[tuple[str, str]]) -> None:
    assert failing(text) == fails
