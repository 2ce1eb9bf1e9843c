"""Doubts whether a figure is of another thing of its paragraph, each by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from qa.assurance import other as other
from qa.assurance.model import Asked, Doubt
from qa.model import Check, Source, Value
from qa.plan import Operation
from tests.qa.assurance.test_assurance import asked, value

_ROW = Source("a.txt", "合计 362.10", 10, 20, table="表2", figure=3, row="合计", column="补贴金额")


def told(quote: str, metric: str, number: str, unit: str) -> Value:
    """A figure of running text."""
    source = Source("a.txt", quote, 10, 20, table=None, figure=3)
    return value(number, unit, metric=metric, sources=(source,))


CASES: list[tuple[Callable[[Asked], Iterator[Doubt]], Asked, str]] = [
    (
        other.told_of_next,
        asked(
            "河湾市农业局2023年捐赠收入中来自校友的有多少？",
            told("捐赠收入212万元（其中校友捐赠157万元）", "捐赠收入", "212", "万元"),
            beside=("校友捐赠",),
        ),
        "beside",
    ),
    (
        other.told_of_next,
        asked(
            "河湾市农业局2023年捐赠收入是多少？",
            told("捐赠收入212万元（其中校友捐赠157万元）", "捐赠收入", "212", "万元"),
            beside=("校友捐赠",),
        ),
        "",
    ),
    (
        other.other_account,
        asked(
            "河湾市农业局2023年财政拨款支出是多少？",
            told("3．计划生育服务（21007）支出决算33.08万元", "支出决算", "33.08", "万元"),
        ),
        "another_row",
    ),
    (
        other.other_account,
        asked(
            "河湾市农业局2023年计划生育服务支出是多少？",
            told("3．计划生育服务（21007）支出决算33.08万元", "支出决算", "33.08", "万元"),
        ),
        "",
    ),
    (
        other.other_unit,
        asked("河湾市农业局2023年送教上门多少课时？", value("35", "人")),
        "unit",
    ),
    (other.other_unit, asked("河湾市农业局2023年送教上门多少人次？", value("35", "人")), ""),
    (other.other_unit, asked("河湾市农业局2023年改造投了多少？", value("512", "户")), "unit"),
    (
        other.other_unit,
        asked("河湾市农业局2023年完成预算的比例为多少？", value("57.83", "万元")),
        "unit",
    ),
    (
        other.cumulative,
        asked(
            "河湾市农业局2022年、2023年各建成多少家？",
            value("12", "家", metric="建成"),
            value("46", "家", metric="累计建成"),
            years=("2022", "2023"),
        ),
        "series",
    ),
    (
        other.not_picked,
        asked(
            "河湾市农业局2023年硕士有多少人？",
            text="河湾市农业局2023年：招聘教师176人，其中硕士61人。",
        ),
        "passage",
    ),
    (
        other.not_picked,
        asked(
            "河湾市农业局2023年硕士有多少人？", text="河湾市农业局2023年：其中硕士61人，占三成。"
        ),
        "",
    ),
    (
        other.ranked_by,
        asked("河湾市农业局2023年执行率最低的是哪个？", value("20"), operation=Operation.RANK),
        "unit",
    ),
    (
        other.ranked_by,
        asked(
            "河湾市农业局2023年执行率最低的是哪个？",
            value("88.4", "%"),
            operation=Operation.RANK,
        ),
        "",
    ),
    (
        other.one_of_two_years,
        asked("河湾市农业局2023年公务接待费跟2022年比怎么样？", value()),
        "asks",
    ),
    (
        other.part_is_whole,
        asked(
            "河湾市农业局2023年新增基站占累计的比重？",
            value("100.00", "%", check=Check.DERIVED, formula="1800个 ÷ 1800个 × 100%"),
            operation=Operation.SHARE,
        ),
        "twice",
    ),
    (
        other.part_is_whole,
        asked(
            "河湾市农业局2023年新增基站占累计的比重？",
            value("18.00", "%", check=Check.DERIVED, formula="1800个 ÷ 10000个 × 100%"),
            operation=Operation.SHARE,
        ),
        "",
    ),
    (
        other.fewer_names,
        asked("河湾市农业局2023年两个项目叫什么？", text="河湾市农业局2023年：灌渠清淤"),
        "asks",
    ),
    (
        other.fewer_names,
        asked("河湾市农业局2023年两个项目叫什么？", text="河湾市农业局2023年：灌渠清淤、水库加固"),
        "",
    ),
    (other.not_added, asked("河湾市农业局2023年几处补贴加到一起是多少？", value()), "operation"),
    (
        other.not_added,
        asked("河湾市农业局2023年几处补贴加到一起是多少？", value("362.10", sources=(_ROW,))),
        "",
    ),
    (other.not_ranked, asked("河湾市农业局2023年支出第二的是哪个？", value()), "operation"),
    (
        other.total_of_another,
        asked(
            "河湾市农业局2023年寄养费是多少？",
            value("362.10", metric="补贴金额", sources=(_ROW,)),
            labels=("各街道长者食堂补贴情况",),
        ),
        "another_row",
    ),
    (
        other.total_of_another,
        asked(
            "河湾市农业局2023年长者食堂补贴合计是多少？",
            value("362.10", metric="补贴金额", sources=(_ROW,)),
            labels=("各街道长者食堂补贴情况",),
        ),
        "",
    ),
]


@pytest.mark.parametrize(("doubt", "looked", "kind"), CASES)
def test_doubts(doubt: Callable[[Asked], Iterator[Doubt]], looked: Asked, kind: str) -> None:
    assert [found.kind for found in doubt(looked)] == ([kind] if kind else [])
