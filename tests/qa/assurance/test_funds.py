"""Over all money or of one fund alone: rows, totals and shares of accounts; a made-up bureau."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from qa.engine import Engine
from qa.model import Outcome

_FUNDS = """# 2022年度岚江县水利局部门决算

## 一、决算情况说明

表4 支出决算表（单位：万元）

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 208 | 社会保障和就业支出 | 462.82 | 85.57 | 377.25 |
| 213 | 农林水支出 | 3,120.40 | 534.83 | 2,585.57 |
| 221 | 住房保障支出 | 72.30 | 72.30 | 0.00 |
| | 合计 | 3,655.52 | 692.70 | 2,962.82 |

一般公共预算财政拨款支出2,600.00万元，主要用于以下方面：社会保障和就业支出85.57万元，占3.29%；农林水支出2,442.13万元，占93.93%。

表5 一般公共预算财政拨款支出决算表（单位：万元）

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 208 | 社会保障和就业支出 | 85.57 | 85.57 | 0.00 |
| 213 | 农林水支出 | 2,442.13 | 534.83 | 1,907.30 |
| 221 | 住房保障支出 | 72.30 | 72.30 | 0.00 |
| | 合计 | 2,600.00 | 692.70 | 1,907.30 |

表7 政府性基金预算财政拨款支出决算表（单位：万元）

| 科目编码 | 科目名称 | 本年支出 |
|---|---|---|
| 208 | 社会保障和就业支出 | 377.25 |
| 20822 | 大中型水库移民后期扶持基金支出 | 377.25 |
| | 合计 | 377.25 |

表8 主要项目支出情况（单位：万元）

| 项目 | 年初预算 | 全年执行数 |
|---|---|---|
| 河道清淤 | 900.00 | 880.00 |
| 水库除险 | 1,700.00 | 1,620.00 |
| 合计 | 2,600.00 | 2,500.00 |

岚江县水利局政府采购支出总额314.92万元。授予中小企业合同金额314.92万元，其中：授予小微企业合同金额65.72万元，占政府采购支出总额的20.87%。单价100万元（含）以上设备（不含车辆）1台（套）。

2022年共新建泵站36座，其中东片11座、西片9座、南片14座。
"""


@pytest.fixture(scope="module")
def funds() -> Engine:
    library = MemoryLibrary.of([read_document(_FUNDS.encode(), "岚江县水利局2022年度部门决算.md")])
    return Engine(library, SimpleNamespace(abstain_threshold=0.55))


@pytest.mark.parametrize(
    "question",
    [
        "岚江县水利局2022年社会保障和就业支出多少钱，含政府性基金？",
        "连政府性基金也算上，岚江县水利局2022年社会保障和就业支出多少？",
        "Counting the government-managed fund money as well, how much did 岚江县水利局 spend on "
        "社会保障和就业支出 in 2022?",
    ],
)
def test_one_fund_alone_is_not_what_includes_it(funds: Engine, question: str) -> None:
    assert funds.ask(question).outcome is Outcome.ABSTAINED


def test_the_fund_itself_is_answered(funds: Engine) -> None:
    answer = funds.ask("岚江县水利局2022年政府性基金的社会保障和就业支出是多少？")
    assert [value.number for value in answer.values] == ["377.25"]


def test_the_total_of_a_table_of_projects_is_not_that_of_the_whole(funds: Engine) -> None:
    answer = funds.ask("岚江县水利局2022年部门整体支出全年执行数是多少？")
    assert "2500.00" not in [value.number for value in answer.values]


@pytest.mark.parametrize("words", ["用亿元表示是多少", "换算成亿元是多少", "以亿元为单位是多少"])
def test_the_unit_that_is_wished_names_nothing(funds: Engine, words: str) -> None:
    answer = funds.ask(f"岚江县水利局2022年农林水支出{words}？")
    assert [(value.number, value.unit) for value in answer.values] == [("0.31204", "亿元")]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("社会保障和就业支出是多少？", "462.82"),
        ("一般公共预算财政拨款的社会保障和就业支出是多少？", "85.57"),
        ("单价100万元以上的设备有几台？", "1"),
    ],
)
def test_the_row_over_all_money_goes_before_one_fund(
    funds: Engine, question: str, number: str
) -> None:
    answer = funds.ask(f"岚江县水利局2022年{question}")
    assert answer.values[0].number == number


def test_what_small_firms_got_is_not_what_small_and_medium_ones_did(funds: Engine) -> None:
    answer = funds.ask("岚江县水利局2022年授予中小企业合同金额占政府采购支出的比例是多少？")
    assert "20.87" not in [value.number for value in answer.values]


def test_no_part_of_the_spending_is_taken_for_all_of_it(funds: Engine) -> None:
    answer = funds.ask("岚江县水利局2022年社会保障和就业支出占总支出的百分之几？")
    assert not answer.outcome.given or answer.values[0].number == "12.66"


_TOLD_TWICE = """# 2023年度棠溪区政务服务局部门决算

## 一、决算情况说明

2023年度财政拨款支出合计18,977.96万元。其中：一般公共预算财政拨款支出7,511.89万元；政府性基金预算财政拨款支出11,466.07万元。

表7 政府性基金预算财政拨款支出决算表（单位：万元）

| 科目编码 | 科目名称 | 本年支出 |
|---|---|---|
| 229 | 其他支出 | 11,466.07 |
| | 合计 | 11,466.07 |

公务接待费支出0.51万元，共接待国外、境外来访团组0个，来访外宾0人次；发生国内接待7次，接待人数共51人。

## 二、预算绩效情况

共组织对1个一级项目开展了重点绩效评价，涉及一般公共预算支出507.74万元，政府性基金预算支出0万元。

组织部门整体支出绩效自评，涉及一般公共预算支出7,511.89万元，政府性基金预算支出11,466.07万元。
"""


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("政府性基金预算支出是多少？", ["11466.07"]),
        ("国内公务接待了多少批次、多少人次？", ["7", "51"]),
    ],
)
def test_a_nought_beside_what_is_told_twice_and_guests_from_abroad(
    question: str, numbers: list[str]
) -> None:
    library = MemoryLibrary.of([read_document(_TOLD_TWICE.encode(), "棠溪区2023年决算.md")])
    engine = Engine(library, SimpleNamespace(abstain_threshold=0.55))
    answer = engine.ask(f"棠溪区政务服务局2023年{question}")
    assert [value.number for value in answer.values] == numbers
