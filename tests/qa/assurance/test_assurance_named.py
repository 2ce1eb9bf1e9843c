"""Doubts whether a figure is called what is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from qa.assurance import named as named
from qa.assurance.model import Asked, Doubt
from qa.model import Check, Source, Value
from qa.plan import Operation
from tests.qa.assurance.test_assurance import asked, value


def told(quote: str, metric: str, number: str, unit: str = "万元", **more: object) -> Value:
    source = Source("a.txt", quote, 10, 20, table=None, figure=3)
    return value(number, unit, metric=metric, sources=(source,), **more)


def cell(row: str, column: str, number: str, unit: str) -> Value:
    source = Source(
        "a.txt", f"{row} {number}", 10, 20, table="表1", figure=3, row=row, column=column
    )
    return value(number, unit, metric=f"{row} {column}", sources=(source,))


_RUNNING = "机关运行经费支出138.56万元，比上年减少6.21万元，主要是压减会议费、印刷费。"
_ASKED = "向企业职工、售粮农户发放问卷240份，综合满意度88.94%。"
CASES: list[tuple[Callable[[Asked], Iterator[Doubt]], Asked, str]] = [
    (
        named.only_in_the_cause,
        asked("河湾市农业局2023年会议费支出是多少？", told(_RUNNING, "机关运行经费支出", "138.56")),
        "beside",
    ),
    (
        named.only_in_the_cause,
        asked(
            "河湾市农业局2023年机关运行经费是多少？", told(_RUNNING, "机关运行经费支出", "138.56")
        ),
        "",
    ),
    (
        named.satisfaction_of_all,
        asked("河湾市农业局2023年售粮农户满意度是多少？", told(_ASKED, "综合满意度", "88.94", "%")),
        "part",
    ),
    (
        named.satisfaction_of_all,
        asked("河湾市农业局2023年群众满意度是多少？", told(_ASKED, "综合满意度", "88.94", "%")),
        "",
    ),
    (
        named.change_ranked,
        asked(
            "河湾市农业局2023年用水量下降最少的是哪个？",
            cell("柏树镇", "改造前用水量", "439", "立方米"),
            operation=Operation.RANK,
            text="河湾市农业局“表3”中最低：柏树镇",
        ),
        "operation",
    ),
    (
        named.change_ranked,
        asked(
            "河湾市农业局2023年用水量下降最少的是哪个？",
            cell("柏树镇", "用水量下降", "39", "立方米"),
            operation=Operation.RANK,
            text="河湾市农业局“表3”中最低：柏树镇",
        ),
        "",
    ),
    (
        named.of_a_standard,
        asked(
            "河湾市农业局2023年生活补贴占支出多少？",
            told(
                "生活补贴标准为每人每月1,640元。",
                "生活补贴",
                "0.04",
                "%",
                check=Check.DERIVED,
                formula="1,640元 ÷ 4,381,650元",
            ),
            operation=Operation.SHARE,
        ),
        "operation",
    ),
    (
        named.no_rate,
        asked("河湾市农业局2023年村干部满意度是多少？", cell("村干部", "人数", "18", "人")),
        "unit",
    ),
    (
        named.no_rate,
        asked("河湾市农业局2023年村干部满意度是多少？", cell("村干部", "满意度", "91", "%")),
        "",
    ),
    (
        named.no_rate,
        asked("河湾市农业局2023年全省平均是百分之几？", value("0.7", "个百分点")),
        "unit",
    ),
    (
        named.other_level,
        asked(
            "河湾市农业局2023年全省公民科学素质比例是多少？",
            told("全市公民科学素质比例13.2%，比全省平均低0.7个百分点", "科学素质比例", "13.2", "%"),
        ),
        "rival",
    ),
    (
        named.other_budget,
        asked("河湾市农业局2023年清淤调整后预算是多少？", cell("清淤", "年初预算", "320", "万元")),
        "rival",
    ),
    (
        named.other_budget,
        asked("河湾市农业局2023年清淤年初预算是多少？", cell("清淤", "年初预算", "320", "万元")),
        "",
    ),
    (
        named.number_in_words,
        asked(
            "河湾市农业局2023年推迟的天数是多少？",
            text="河湾市农业局：较计划推迟49天，因汛期降雨。",
        ),
        "passage",
    ),
    (
        named.number_in_words,
        asked("河湾市农业局2023年机关运行经费多少万元？", text="河湾市农业局：不属于统计范围。"),
        "",
    ),
]


@pytest.mark.parametrize(("doubt", "looked", "kind"), CASES)
def test_doubts(doubt: Callable[[Asked], Iterator[Doubt]], looked: Asked, kind: str) -> None:
    assert [found.kind for found in doubt(looked)] == ([kind] if kind else [])
