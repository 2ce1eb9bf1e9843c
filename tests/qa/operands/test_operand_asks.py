"""Questions about two figures: which two questions they are made of, and what the answers give."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Check, Outcome
from qa.operands.asks import OperandAsks, operand_asks
from qa.plan import Operation, Plan

SPLIT = [
    (
        "甲局2023年的农田建设支出比2022年多了多少万元？",
        OperandAsks("change", ("甲局2023年的农田建设支出是多少？",), ("甲局2022年的农田建设支出是多少？",)),
    ),
    (
        "甲局三公经费决算2023年比2022年下降了百分之几？",
        OperandAsks("growth", ("甲局三公经费决算2023年是多少？",), ("甲局三公经费决算2022年是多少？",)),
    ),
    (
        "甲区的爆管次数，2023年比2021年下降了百分之多少？",
        OperandAsks("growth", ("2023年甲区的爆管次数是多少？",), ("2021年甲区的爆管次数是多少？",)),
    ),
    (
        "跟2022年末比，2023年末甲局在职人员少了几个人？",
        OperandAsks(
            "change",
            ("2023年末甲局在职人员有几个人？", "2023年末甲局在职人员是多少？"),
            ("2022年末甲局在职人员有几个人？", "2022年末甲局在职人员是多少？"),
        ),
    ),
    (
        "培训费占公用经费的比重是多少？",
        OperandAsks("share", ("培训费是多少？", "公用经费培训费是多少？"), ("公用经费是多少？",), whole="公用经费"),
    ),
    (
        "公用经费里，培训费占百分之多少？",
        OperandAsks("share", ("培训费是多少？", "公用经费培训费是多少？"), ("公用经费是多少？",), whole="公用经费"),
    ),
    (
        "研发类的兑付金额是咨询类兑付金额的多少倍？",
        OperandAsks("times", ("研发类的兑付金额是多少？",), ("咨询类兑付金额是多少？",)),
    ),
    (
        "甲县评价中，观众满意度比放映员满意度高几个百分点？",
        OperandAsks("apart", ("观众满意度是多少？",), ("放映员满意度是多少？",)),
    ),
    (
        "和2022年相比，甲局2023年完成的审计项目总数增长了百分之几？",
        OperandAsks(
            "growth",
            ("甲局2023年完成的审计项目总数是多少？",),
            ("甲局2022年完成的审计项目总数是多少？",),
        ),
    ),
    (
        "甲校2022年末在校学生比2021年末多了几个人？",
        OperandAsks(
            "change",
            ("甲校2022年末在校学生有几个人？", "甲校2022年末在校学生是多少？"),
            ("甲校2021年末在校学生有几个人？", "甲校2021年末在校学生是多少？"),
        ),
    ),
    ("甲局2023年培训费比预算多多少？", None),
    ("甲局2023年培训费是多少？", None),
]  # fmt: skip


@pytest.mark.parametrize(("question", "asks"), SPLIT)
def test_two_questions_of_one(question: str, asks: OperandAsks | None) -> None:
    plan = Plan(question, question, Operation.LOOKUP, ())
    assert operand_asks(plan) == asks


def report(year: str, farmland: str, training: str) -> str:
    return (
        f"云岭市农业农村局{year}年度部门决算\n\n一、收支情况\n\n"
        f"{year}年，农田建设支出{farmland}万元，用于新建高标准农田。\n\n"
        f"全年举办培训班，培训费支出{training}万元。\n"
    )


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    (tmp_path / "a.txt").write_text(report("2022", "4,630.00", "12.30"), encoding="utf-8")
    (tmp_path / "b.txt").write_text(report("2023", "5,490.00", "15.60"), encoding="utf-8")
    library = MemoryLibrary(sorted(tmp_path.glob("*.txt")))
    return Engine(library, SimpleNamespace(abstain_threshold=0.55))


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        ("云岭市农业农村局2023年的农田建设科目支出比2022年多了多少万元？", "860.00", "万元"),
        ("云岭市农业农村局培训费2023年比2022年增长了百分之几？", "26.83", "%"),
    ],
)
def test_each_operand_is_asked_for_and_worked_with(
    engine: Engine, question: str, number: str, unit: str
) -> None:
    (value, *_) = engine.ask(question).values
    assert (value.number, value.unit, value.check) == (number, unit, Check.DERIVED)


@pytest.mark.parametrize(
    "question",
    [
        "云岭市农业农村局2023年的渔业资源支出比2022年多了多少万元？",
        "云岭市农业农村局2023年的培训费比2021年多了多少万元？",
        "云岭市农业农村局2023年渔业支出占农田建设支出的比重是多少？",
    ],
)
def test_without_both_operands_nothing_is_worked_out(engine: Engine, question: str) -> None:
    assert engine.ask(question).outcome is not Outcome.ANSWERED
