"""Points that a row's reasons say were taken off, against its full mark and its score."""

from __future__ import annotations

import pytest

from ingest.model import Verdict
from ingest.pipeline import read_document

_HEAD = "青禾县2023年校舍改造项目绩效评价报告\n\n附件 评分表\n\n三级指标\t分值\t得分\t{header}\n"
_ROWS = (
    "目标合理性\t4\t3\t目标偏高，扣1分\n资金到位率\t5\t3.5\t配套未到位，扣1.5分\n"
    "采购规范性\t3\t2\t公告超期，扣1分\n质量达标率\t10\t10\t\n"
)


def deductions(rows: str, header: str = "扣分原因") -> list[tuple[str, Verdict]]:
    """The formula and verdict of each claim of the family."""
    document = read_document((_HEAD.format(header=header) + rows).encode(), "报告2023.txt")
    return [(e.formula, e.verdict) for e in document.equations if e.family == "row_deduction"]


def test_what_was_taken_off_explains_the_score() -> None:
    assert deductions(_ROWS) == [
        ("4分 − 3分", Verdict.EXACT),
        ("5分 − 3.5分", Verdict.EXACT),
        ("3分 − 2分", Verdict.EXACT),
    ]


@pytest.mark.parametrize(
    ("row", "claim"),
    [
        ("资产规范性\t3\t1.5\t卡片未登记，扣1分\n", ("3分 − 1.5分", Verdict.FAILS)),
        (
            "资产规范性\t3\t1.5\t未登记，扣1分；未盘点，扣0.5分\n",
            ("3分 − 1分 − 0.5分", Verdict.EXACT),
        ),
        ("资产规范性\t3\t1.5\t未登记，扣1分；未盘点，扣1分\n", ("3分 − 1分 − 1分", Verdict.FAILS)),
        (
            "资产规范性\t3\t1.5\t未登记扣1分，未盘点扣0.5分，共扣1.5分\n",
            ("3分 − 1.5分", Verdict.EXACT),
        ),
    ],
)
def test_a_row_that_tells_it(row: str, claim: tuple[str, Verdict]) -> None:
    assert claim in deductions(_ROWS + row)


@pytest.mark.parametrize(
    "row",
    [
        "资产规范性\t3\t1.5\t每发现一处扣1分\n",
        "资产规范性\t3\t1.5\t未登记的酌情扣1分\n",
        "资产规范性\t3\t1.5\t未登记\n",
    ],
)
def test_a_rule_or_a_row_without_points_says_nothing(row: str) -> None:
    assert len(deductions(_ROWS + row)) == 3


def test_a_column_of_rules_is_none_of_reasons() -> None:
    assert deductions(_ROWS, header="评分标准") == []


def test_few_rows_are_not_believed_against_their_scores() -> None:
    row = "资产规范性\t3\t1.5\t卡片未登记，扣1分\n目标合理性\t4\t3\t目标偏高，扣1分\n"
    assert deductions(row) == [("4分 − 3分", Verdict.EXACT)]
