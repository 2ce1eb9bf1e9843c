"""Scores of levels told in sentences: against their total, and against the score table."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest

from ingest.model import Verdict
from ingest.pipeline import read_document

_TABLE = """
| 一级指标 | 二级指标 | 三级指标 | 分值 | 得分 |
| --- | --- | --- | --- | --- |
| 决策（40分） | 立项 | 立项依据充分性 | 20 | 18 |
| 决策（40分） | 资金 | 资金分配合理性 | 20 | 17.5 |
| 产出（60分） | 数量 | 培训人次完成率 | 30 | 28 |
| 产出（60分） | 质量 | 培训合格率 | 30 | 26.5 |
| 合计 | | | 100 | 90 |
"""


class Case(NamedTuple):
    """A sentence before the score table, with the family and stated value that must fail."""

    name: str
    text: str
    fails: tuple[tuple[str, str], ...]


CASES = (
    Case(
        "all_agree",
        "项目得分90分。其中决策指标分值40分，得分35.5分；产出指标分值60分，得分54.5分。",
        (),
    ),
    Case(
        "level_differs_from_its_rows",
        "项目得分90分。产出指标分值60分，得分55.5分。",
        (("score_sum", "55.5"),),
    ),
    Case(
        "total_differs_from_its_levels",
        "项目得分90分。其中决策指标分值40分，得分35.5分，得分率88.75%；产出指标分值60分，得分53.5分。",
        (("sentence_sum", "90"), ("score_sum", "53.5")),
    ),
    Case(
        "level_led_in",
        "项目得分90分。从一级指标看：决策类指标满分40分，评价得分36.50分，得分率91.25%。",
        (("score_sum", "36.50"),),
    ),
    Case(
        "mark_in_brackets",
        "项目得分90分。决策（40分）得36.5分，产出（60分）得54.5分。",
        (("sentence_sum", "90"), ("score_sum", "36.5")),
    ),
    Case("another_mark_is_another_thing", "产出指标分值50分，得分45分。", ()),
    Case(
        "another_evaluation",
        "项目得分90分。第三方复核中，产出指标自评分值60分，得分55.5分。",
        (),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_scores_of_levels(case: Case) -> None:
    text = f"# 某县2023年培训项目绩效评价报告\n\n## 一、评价结论\n\n{case.text}\n\n## 附表 评分表\n{_TABLE}"
    document = read_document(text.encode(), "报告.md")
    assert any(figure.quantity.value == Decimal("26.5") for figure in document.figures)
    failing = {
        (each.family, document.figures[each.stated].quantity.printed)
        for each in document.equations
        if each.verdict is Verdict.FAILS and each.family in ("score_sum", "sentence_sum")
    }
    assert failing == set(case.fails)
