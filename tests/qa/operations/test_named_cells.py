"""Cells called by row and column, subtotals of a level, and scopes that only one report fits."""

from __future__ import annotations

import pytest

from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from qa.engine import Engine
from qa.model import Outcome

_ACCOUNTS = """# 松原县水务局2023年度部门决算

## 二、收支决算表

表1 支出决算表（单位：万元）

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 213 | 农林水支出 | 900.00 | 500.00 | 400.00 |
| 21303 | 水利 | 800.00 | 450.00 | 350.00 |
| 2130301 | 行政运行 | 450.00 | 450.00 | 0.00 |
| 2130305 | 水利工程建设 | 350.00 | 0.00 | 350.00 |
| 21399 | 其他农林水支出 | 100.00 | 50.00 | 50.00 |
| | 合计 | 900.00 | 500.00 | 400.00 |

表2 一般公共预算财政拨款支出决算表（单位：万元）

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 213 | 农林水支出 | 810.00 | 480.00 | 330.00 |
| 21303 | 水利 | 730.00 | 440.00 | 290.00 |
| 2130301 | 行政运行 | 440.00 | 440.00 | 0.00 |
| 2130305 | 水利工程建设 | 290.00 | 0.00 | 290.00 |
| 21399 | 其他农林水支出 | 80.00 | 40.00 | 40.00 |
| | 合计 | 810.00 | 480.00 | 330.00 |

## 三、政府采购

2023年政府采购支出总额120.00万元，其中：货物30.00万元、工程40.00万元、服务50.00万元。

## 四、基本支出

基本支出480.00万元，其中人员经费400.00万元，公用经费80.00万元。公用经费中，办公费12.00万元、电费6.50万元、差旅费9.30万元。
"""
_SCORES = """# 松原县水务局2023年度农村饮水项目绩效评价报告

## 评分情况

| 一级指标 | 二级指标 | 三级指标 | 分值 | 得分 |
|---|---|---|---|---|
| 项目管理 | 财务管理 | 资金使用 | 8 | 6 |
| 项目管理 | 财务管理 | 会计核算 | 7 | 6.5 |
| | 小计 | | 15 | 12.5 |
| 项目管理 | 业务管理 | 合同管理 | 6 | 5 |
| 项目管理 | 业务管理 | 质量控制 | 4 | 4 |
| | 小计 | | 10 | 9 |
"""
_LEVELS = """# 临河市图书馆2023年度临河市阅读推广项目绩效评价报告

## 一级指标得分

| 指标 | 分值 | 得分 |
|---|---|---|
| 过程 | 20 | 17.5 |
| 产出 | 30 | 27 |

## 指标明细

| 一级指标 | 二级指标 | 三级指标 | 分值 | 得分 |
|---|---|---|---|---|
| 过程 | 资金管理 | 预算执行 | 10 | 8 |
| 过程 | 资金管理 | 支出合规 | 10 | 9.5 |
| 产出 | 数量 | 活动场次 | 15 | 13 |
| 产出 | 数量 | 书目推荐 | 15 | 14 |
"""
_OTHER = """# 临河市图书馆2023年度部门决算

## 一、收支

2023年支出1200.00万元，其中购书费230.00万元。
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    """An engine over two bodies, one with accounts and a score sheet."""
    texts = {"水务局决算.md": _ACCOUNTS, "饮水项目评价.md": _SCORES, "图书馆决算.md": _OTHER}
    texts["阅读推广评价.md"] = _LEVELS
    documents = [read_document(text.encode(), name) for name, text in texts.items()]

    class Settings:
        abstain_threshold = 0.55

    return Engine(MemoryLibrary.of(documents), Settings())


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("松原县水务局2023年“水利”（21303）这一款的项目支出是多少？", "350.00"),
        ("松原县水务局2023年支出决算表里，21399款的基本支出是多少？", "50.00"),
        ("松原县水务局2023年水利工程建设这一项，只算一般公共预算财政拨款是多少？", "290.00"),
        ("松原县水务局2023年一般公共预算财政拨款支出中，项目支出为多少？", "330.00"),
        ("松原县水务局2023年“其他农林水支出”全口径（含其他资金）的支出合计是多少？", "100.00"),
        ("松原县水务局2023年工程类政府采购是多少？", "40.00"),
        ("松原县水务局2023年政府采购里服务类的支出是多少？", "50.00"),
        ("松原县水务局23年出差花了多少钱？", "9.30"),
        ("松原县水务局23年基本支出里头电费掏了多少钱？", "6.50"),
        ("请以亿元为单位列示松原县水务局2023年度政府采购支出总额。", "0.012"),
        ("松原县水务局2023年项目支出是多少万元？保留两位小数。", "400.00"),
        ("农村饮水项目2023年评分里，二级指标“业务管理”小计得多少分？", "9"),
        ("农村饮水项目2023年评分里，“财务管理”一共得了几分？", "12.5"),
        ("2023年购书费花了多少？", "230.00"),
        ("松原县水务局2023年水利（款）决算支出多少？", "800.00"),
    ],
)
def test_cells_and_scopes(engine: Engine, question: str, number: str) -> None:
    answer = engine.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert [value.number for value in answer.values] == [number]


def test_a_body_that_is_open_becomes_a_choice(engine: Engine) -> None:
    answer = engine.ask("2023年支出合计是多少？")
    assert answer.outcome is not Outcome.ANSWERED


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("农村饮水项目2023年评价，“项目管理”一共扣了多少分？", "3.5"),
        ("农村饮水项目2023年评分，“业务管理”部分丢了几分？", "1"),
        ("农村饮水项目2023年评分，项目管理合计得多少分？", "21.5"),
        ("临河市阅读推广项目2023年评价，“过程”这个一级指标丢了多少分？", "2.5"),
        ("临河市阅读推广项目2023年评价，产出部分得了多少分？", "27"),
    ],
)
def test_levels_that_the_sheet_does_not_sum_up(engine: Engine, question: str, number: str) -> None:
    answer = engine.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert answer.values[0].number == number
