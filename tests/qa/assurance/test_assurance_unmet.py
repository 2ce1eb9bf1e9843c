"""Doubts whether an answer leaves out what was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from qa.assurance import unmet
from qa.assurance.model import Asked, Doubt
from qa.model import Check, Source, Value
from qa.plan import Operation, Target
from tests.qa.assurance.test_assurance import asked, value

_PLAN = Source("a.txt", "甲项目 60", 10, 20, table="表1", figure=3, row="甲项目", column="预算安排")
_LEFT = Source("a.txt", "甲项目 12", 10, 20, table="表1", figure=3, row="甲项目", column="结余")
_SENTENCE = Source("a.txt", "456项事项的774份材料可容缺受理", 10, 20, figure=3)
_WHOLE = Source("a.txt", "体系包含4个一级指标（分为目标设置、组织实施、评价）", 10, 20, figure=3)
_MOVED_IN = Source("a.txt", "31个区级部门1809个事项进驻", 10, 20, figure=3)
_ONE_GIVEN = Source("a.txt", "调增 1 个子项目（冬季补种）", 10, 20)
_COUNTY = Source("a.txt", "县级 26", 10, 20, table="表1", figure=3, row="县级资金", column="支出")


def about(question: str, given: Value, key: str, noun: str = "") -> Asked:
    """A question with the target that the planner gives it."""
    looked = asked(question, given)
    return looked._replace(plan=replace(looked.plan, targets=(Target(key, noun=noun),)))


def cited(question: str, text: str, source: Source) -> Asked:
    looked = asked(question, text=text)
    return looked._replace(answer=replace(looked.answer, citations=(source,)))


CASES: list[tuple[Callable[[Asked], Iterator[Doubt]], Asked, str]] = [
    (unmet.payer, asked("河湾市农业局2023年县里掏的钱花了多少？", value()), "part"),
    (
        unmet.payer,
        asked("河湾市农业局2023年县里掏的钱花了多少？", value(sources=(_COUNTY,))),
        "",
    ),
    (
        unmet.rest,
        asked(
            "河湾市农业局2023年剩的钱过10万的项目有几个？",
            value("7", "个", sources=(_PLAN,)),
            operation=Operation.FILTER,
        ),
        "opposed",
    ),
    (
        unmet.rest,
        asked(
            "河湾市农业局2023年剩的钱过10万的项目有几个？",
            value("1", "个", sources=(_LEFT,)),
            operation=Operation.FILTER,
        ),
        "",
    ),
    (
        unmet.not_together,
        asked(
            "河湾市农业局2022年、2023年两年接待费一共多少？",
            value(),
            value("0.62"),
            years=("2022", "2023"),
        ),
        "operation",
    ),
    (
        unmet.not_together,
        asked(
            "河湾市农业局2022年、2023年两年接待费一共多少？",
            value("1.13", check=Check.DERIVED, formula="0.51 + 0.62"),
            value(),
            value("0.62"),
            years=("2022", "2023"),
        ),
        "",
    ),
    (
        unmet.told_below,
        asked("河湾市农业局2023年所属单位有哪些？", text="河湾市农业局：单位共5个，明细见下表。"),
        "passage",
    ),
    (
        unmet.told_below,
        asked("河湾市农业局2023年所属单位有哪些？", text="河湾市农业局：局本级、种子站。"),
        "",
    ),
    (
        unmet.one_item,
        asked("河湾市农业局2023年供应商有哪些？", text="河湾市农业局：\n1. 项目公开招标"),
        "passage",
    ),
    (
        unmet.more_than_asked,
        asked("河湾市农业局2023年不符的终端有多少台？", value("320", "台"), value("21", "台")),
        "asks",
    ),
    (
        unmet.more_than_asked,
        asked(
            "河湾市农业局2023年核查的、不符的终端各多少台？", value("320", "台"), value("21", "台")
        ),
        "",
    ),
    (
        unmet.one_item,
        asked("河湾市农业局2023年供应商有哪些？", text="河湾市农业局：\n1. 颐年\n2. 康馨"),
        "",
    ),
    (
        unmet.both_together,
        asked(
            "河湾市农业局2023年一般预算和基金两块合起来多少个项目？",
            value("15", "个", metric="项目"),
            operation=Operation.COUNT,
        ),
        "operation",
    ),
    (
        unmet.of_siblings,
        asked(
            "河湾市农业局2023年“组织实施”这一类有几个指标？",
            value("4", "个", sources=(_WHOLE,)),
            operation=Operation.COUNT,
        ),
        "another_row",
    ),
    (
        unmet.rate_as_amount,
        about("河湾市农业局2023年热线工单满意率？", value("1986", "件"), "满意率"),
        "unit",
    ),
    (
        unmet.counted_otherwise,
        about(
            "河湾市农业局2023年可容缺的事项多少项？",
            value("774", "份", sources=(_SENTENCE,)),
            "事项",
            "项",
        ),
        "unit",
    ),
    (
        unmet.parts_exceed,
        asked(
            "河湾市农业局2023年公积金多少？基本支出、项目支出各多少？",
            value("105.05", label="公积金", metric="公积金"),
            value("1112.48", label="基本支出", metric="基本支出"),
        ),
        "asks",
    ),
    (
        unmet.parts_exceed,
        asked(
            "河湾市农业局2023年支出合计多少？基本支出、项目支出各多少？",
            value("2000.00", label="支出合计", metric="支出合计"),
            value("1112.48", label="基本支出", metric="基本支出"),
        ),
        "",
    ),
    (
        unmet.noun_of_another,
        asked(
            "河湾市农业局2023年进驻了多少个区级部门？",
            value("1809", "个", label="区级部门", sources=(_MOVED_IN,)),
            text="进驻 区级部门：1809个。",
        ),
        "beside",
    ),
    (
        unmet.count_in_cell,
        asked("河湾市农业局2023年表7列了几个绩效指标？", value("5", "个", sources=(_PLAN,))),
        "another_row",
    ),
    (
        unmet.one_item,
        cited("河湾市农业局2023年调增的是哪些子项目？", "河湾市农业局：\n1. 冬季补种", _ONE_GIVEN),
        "",
    ),
]


@pytest.mark.parametrize(("doubt", "looked", "kind"), CASES)
def test_doubts(doubt: Callable[[Asked], Iterator[Doubt]], looked: Asked, kind: str) -> None:
    assert [found.kind for found in doubt(looked)] == ([kind] if kind else [])
