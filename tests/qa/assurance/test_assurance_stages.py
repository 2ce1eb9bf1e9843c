"""Doubts whether a figure is of the stage, grade, letter, year and row that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from qa.assurance import stages as stages
from qa.assurance.model import Asked, Doubt
from qa.model import Check, Source, Value
from qa.plan import Operation
from tests.qa.assurance.test_assurance import asked, value


def cell(
    row: str, column: str, number: str = "980.00", unit: str = "万元", **more: object
) -> Value:
    source = Source(
        "a.txt", f"{row}\t{number}", 10, 20, table="表1", figure=3, row=row, column=column
    )
    return value(number, unit, metric=f"{row} {column}", sources=(source,), **more)


def share(part: tuple[str, str], whole: tuple[str, str]) -> Value:
    sources = tuple(
        Source("a.txt", row, 10, 20, table="表4", figure=3, row=row, column=column)
        for row, column in (part, whole)
    )
    return value(
        "54.65", "%", check=Check.DERIVED, formula="38.42万元 ÷ 70.30万元", sources=sources
    )


CASES: list[tuple[Callable[[Asked], Iterator[Doubt]], Asked, str]] = [
    (
        stages.other_stage,
        asked("河湾市农业局2023年省级补助实际支出了多少？", cell("省级补助", "到位数")),
        "opposed",
    ),
    (
        stages.other_stage,
        asked("河湾市农业局2023年省级补助实际支出（非到位金额）多少？", cell("省级补助", "到位数")),
        "opposed",
    ),
    (
        stages.other_stage,
        asked("河湾市农业局2023年省级补助实际支出了多少？", cell("省级补助", "实际支出")),
        "",
    ),
    (
        stages.other_stage,
        asked("河湾市农业局2023年省级补助实际支出了多少？", cell("省级补助", "金额")),
        "",
    ),
    (
        stages.other_grade,
        asked("河湾市农业局2023年自评等级为“良”的项目有哪些？", text="河湾市农业局2023年：优"),
        "substituted",
    ),
    (
        stages.other_grade,
        asked("河湾市农业局2023年自评等级为“良”的项目有哪些？", text="河湾市农业局2023年：良"),
        "",
    ),
    (
        stages.lettered,
        asked("河湾市农业局2023年A类项目合计多少？", cell("合计", "决算金额")),
        "numbered",
    ),
    (
        stages.lettered,
        asked("河湾市农业局2023年A类项目多少？", cell("A类项目", "决算金额")),
        "",
    ),
    (
        stages.of_another_year,
        asked("河湾市农业局2023年普及率是多少？", value("86.4", "%", period="2020")),
        "year",
    ),
    (stages.of_another_year, asked("河湾市农业局2023年2010302是多少？", value()), ""),
    (
        stages.number_of_things,
        asked("河湾市农业局2023年低于95%的单位数量是多少？", value("94.28", "%")),
        "unit",
    ),
    (
        stages.crossed,
        asked(
            "河湾市农业局2023年车辆决算占预算的百分之几？",
            share(("决算数", "车辆"), ("预算数", "合计")),
            operation=Operation.SHARE,
        ),
        "",  # 预算 is what the question says
    ),
    (
        stages.crossed,
        asked(
            "河湾市农业局2023年接待决算占全年预算的百分之几？",
            share(("接待", "决算"), ("人员经费", "金额")),
            operation=Operation.SHARE,
        ),
        "another_row",
    ),
    (
        stages.certified,
        asked(
            "河湾市农业局2023年参加培训拿到证的有多少人？",
            cell("安岭县", "培训人次", "1394", "人次"),
        ),
        "opposed",
    ),
    (
        stages.certified,
        asked("河湾市农业局2023年拿到证的有多少人？", cell("安岭县", "取证人数", "1094", "人")),
        "",
    ),
]


CASES += [
    (
        stages.of_what_was_left,
        asked(
            "河湾市农业局2023年补贴实际支出比2022年增长多少？",
            value("-93.16", "%", metric="未支出"),
        ),
        "opposed",
    ),
    (
        stages.of_what_was_left,
        asked("河湾市农业局2023年补贴没有支出的是多少？", value("337.20", metric="未支出")),
        "",
    ),
    (
        stages.of_a_bound,
        asked("河湾市农业局2023年预算总额是多少？", value("70", approx="不超过")),
        "passage",
    ),
    (
        stages.of_a_bound,
        asked("河湾市农业局2023年预算控制在多少以内？", value("70", approx="不超过")),
        "",
    ),
]


@pytest.mark.parametrize(("doubt", "looked", "kind"), CASES)
def test_doubts(doubt: Callable[[Asked], Iterator[Doubt]], looked: Asked, kind: str) -> None:
    assert [found.kind for found in doubt(looked)] == ([kind] if kind else [])


def test_a_row_and_a_sentence_about_another_thing_are_no_pair() -> None:
    sources = (
        Source(
            "a.txt", "城白线\t386", 10, 20, table="表1", figure=3, row="城白线", column="结算价"
        ),
        Source("a.txt", "青云路安防工程结算超出5.79万元。", 30, 50, table=None, figure=9),
    )
    made = value("380", check=Check.DERIVED, formula="386万元 − 5.79万元", sources=sources)
    looked = asked(
        "河湾市农业局2023年城白线结算比中标少多少？", made, operation=Operation.DIFFERENCE
    )
    assert [found.kind for found in stages.unlike_pair(looked)] == ["another_row"]
