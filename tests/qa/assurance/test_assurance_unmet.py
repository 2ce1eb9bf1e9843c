"""Doubts whether an answer leaves out what was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from qa.assurance import unmet as unmet
from qa.assurance.model import Asked, Doubt
from qa.model import Check, Source
from qa.plan import Operation
from tests.qa.assurance.test_assurance import asked, value

_PLAN = Source("a.txt", "甲项目 60", 10, 20, table="表1", figure=3, row="甲项目", column="预算安排")
_LEFT = Source("a.txt", "甲项目 12", 10, 20, table="表1", figure=3, row="甲项目", column="结余")
_COUNTY = Source("a.txt", "县级 26", 10, 20, table="表1", figure=3, row="县级资金", column="支出")

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
]


@pytest.mark.parametrize(("doubt", "looked", "kind"), CASES)
def test_doubts(doubt: Callable[[Asked], Iterator[Doubt]], looked: Asked, kind: str) -> None:
    assert [found.kind for found in doubt(looked)] == ([kind] if kind else [])
