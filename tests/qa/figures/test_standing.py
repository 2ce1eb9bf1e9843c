"""What proves a figure and what speaks against it: made-up reports of slips and sound figures."""

import pytest

from ingest.model import Document, Figure
from ingest.pipeline import read_document
from qa.figures.standing import standing
from qa.model import Check

SOUND = """青禾县水务局2023年度部门决算

一、情况说明

机关运行经费支出52.00万元，比上年减少2.00万元，下降3.7%。其他收入1.42万元，比上年增加1.13万元，\
增长390.2%。“三公”经费支出4.03万元，其中：因公出国（境）费0万元；公务用车购置及运行维护费3.52万元；\
公务接待费0.51万元。综合得分87.5分，评价等级为“良”。90分以上为“优”，80分以上为“良”，60分以下为“差”。

表1 明细表
单位：万元

| 项目 | 金额 |
|---|---|
| 办公费 | 17.89 |
| 印刷费 | 0.00 |
| 咨询费 | 0.70 |
| 手续费 | 0.03 |
| 水费 | 1.20 |
| 电费 | 3.40 |
| 邮电费 | 0.00 |
| 差旅费 | 1.86 |
| 培训费 | 0.20 |
| 劳务费 | 6.00 |
| 合计 | 31.28 |
"""


def printed(document: Document, digits: str, which: int = 0) -> Figure:
    found = [f for f in document.figures if f.quantity.printed == digits]
    return found[which]


@pytest.fixture(scope="module")
def sound() -> Document:
    return read_document(SOUND.encode(), "a.md")


@pytest.mark.parametrize(
    ("digits", "check"),
    [
        # What its own equation recomputes to the printed digits, or within their rounding.
        ("3.7", Check.EXACT),
        ("390.2", Check.ROUNDING),
        ("31.28", Check.EXACT),
        # A rate to one decimal leaves the amount that moved a wide room, the change almost none.
        ("52.00", Check.STATED),
        ("1.13", Check.EXACT),
        # A short sum proves its small terms and its zero; a long one neither.
        ("0.51", Check.EXACT),
        ("0", Check.EXACT),
        ("17.89", Check.EXACT),
        ("0.03", Check.STATED),
        ("0.00", Check.STATED),
        # A grade allows every score of its band.
        ("87.5", Check.STATED),
    ],
)
def test_an_equation_proves_what_it_leaves_no_room(
    sound: Document, digits: str, check: Check
) -> None:
    assert standing(sound, printed(sound, digits)).check is check


def read(*sentences: str) -> Document:
    text = "青禾县水务局2023年度部门决算\n\n一、情况说明\n\n" + "\n\n".join(sentences) + "\n"
    return read_document(text.encode(), "a.txt")


RATE = "全年预算数2,500万元，执行数2,150万元，完成预算的89%。"
PARTS = (
    "二、项目绩效",
    "该指标下设2个二级指标，指标分值50分，评价得分47分，得分率为94.0%。",
    "（一）项目产出",
    "该指标分值25分，评价得分24分，得分率为96.0%。",
    "（二）项目效益",
    "该指标分值25分，评价得分22分，得分率为88.0%。",
)
SWAPPED = (
    "表1 支出决算表",
    "单位：万元",
    "| 项目 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|\n"
    "| 教育支出 | 50.30 | 30.10 | 20.20 |\n| 卫生支出 | 28.60 | 12.40 | 61.20 |\n"
    "| 农林支出 | 19.75 | 9.05 | 10.70 |\n| 合计 | 98.65 | 51.55 | 47.10 |",
)
# The rate bears out the score in the text, the total the one in the table.
SCORED = (
    "（1）综合评价情况",
    "指标分值5分，评价得分4分，得分率为80.0%。",
    "（2）现场核查情况",
    "指标分值7分，评价得分6分，得分率为85.7%。",
    "表1 评分表",
    "| 三级指标 | 分值 | 评价得分 |\n|---|---|---|\n| 综合评价情况 | 5 | 5 |\n"
    "| 现场核查情况 | 7 | 6 |\n| 合计 | 12 | 11 |",
)
TWICE = (
    "年初预算152万元，年中调减4.15万元，预算调整率2.73%，调整后预算147.85万元。"
    "存在问题：年中调减5.14万元，预算编制不够细化。",
)


@pytest.mark.parametrize(
    ("sentences", "digits", "accused", "rival"),
    [
        # Nothing else supports a rate or its two sides: each of the three may be the wrong one.
        ((RATE,), "89", True, "86"),
        ((RATE,), "2,150", True, "2225"),
        ((RATE,), "2,500", True, "2415.73"),
        # The total is accused though its rate holds; the parts have support of their own.
        (PARTS, "47", True, "46"),
        (PARTS, "22", False, "23"),
        # Two digits that changed places explain the failure of a column: no neighbour is accused.
        (SWAPPED, "61.20", True, "16.20"),
        (SWAPPED, "47.10", False, "92.10"),
        (SWAPPED, "20.20", False, "-24.80"),
        # Two places of one score, both with support: neither can be cleared.
        (SCORED, "4", True, "5"),
        # Of one fact told twice, the side that other equations prove is cleared.
        (TWICE, "5.14", True, "4.15"),
        (TWICE, "4.15", False, "5.14"),
    ],
)
def test_a_failed_equation_accuses_what_nothing_else_supports(
    sentences: tuple[str, ...], digits: str, accused: bool, rival: str
) -> None:
    document = read(*sentences)
    disputes = standing(document, printed(document, digits)).disputes
    assert disputes
    assert any(dispute.accused for dispute in disputes) is accused
    value = disputes[0].rival
    assert value is not None
    assert f"{value:.6f}".startswith(rival)
