"""Questions that spell out the cells they mean: two of a row, two of a column, with what is done."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from qa.engine import Engine
from qa.model import Outcome

_REPORT = """# 松原县水务局2023年度部门决算

## 二、收支决算表

表1 支出决算表（单位：万元）

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 213 | 农林水支出 | 900.00 | 500.00 | 400.00 |
| 2130301 | 行政运行 | 460.00 | 450.00 | 10.00 |
| 2130305 | 水利工程建设 | 340.00 | 0.00 | 340.00 |
| 21399 | 其他农林水支出 | 100.00 | 50.00 | 50.00 |
| | 合计 | 900.00 | 500.00 | 400.00 |

表2 一般公共预算财政拨款支出决算表（单位：万元）

| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 213 | 农林水支出 | 810.00 | 480.00 | 330.00 |
| 2130301 | 行政运行 | 440.00 | 440.00 | 0.00 |
| 2130305 | 水利工程建设 | 290.00 | 0.00 | 290.00 |
| 21399 | 其他农林水支出 | 80.00 | 40.00 | 40.00 |
| | 合计 | 810.00 | 480.00 | 330.00 |

## 三、绩效指标

表3 绩效指标完成情况

| 指标 | 分值 | 年度指标值 | 实际完成值 | 得分 |
|---|---|---|---|---|
| 巡查河道次数 | 10 | 48次 | 45次 | 9 |
| 平均处置时间 | 8 | 24小时 | 20小时 | 8 |
| 设备完好率 | 6 | 95% | 92% | 5.5 |
| 群众满意度 | 6 | 90% | 93% | 6 |

表4 分镇支出情况（单位：万元）

| 镇 | 分配资金 | 实际支出 |
|---|---|---|
| 柳溪镇 | 60.00 | 55.00 |
| 石桥镇 | 40.00 | 38.00 |

表5 分镇设备购置（单位：万元）

| 镇 | 分配资金 | 已验收 |
|---|---|---|
| 柳溪镇 | 16.00 | 15.00 |
| 石桥镇 | 14.00 | 13.00 |
"""


@pytest.fixture(scope="module")
def engine() -> Engine:
    library = MemoryLibrary.of([read_document(_REPORT.encode(), "松原县水务局2023.md")])
    return Engine(library, SimpleNamespace(abstain_threshold=0.55))


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        # the second figure is in the column of the first, not in one of its own
        ("松原县水务局2023年巡查河道次数的分值比设备完好率多多少？", "4", "分"),
        ("2023年巡查河道次数和群众满意度的得分一共是多少？", "15", "分"),
        ("松原县水务局2023年行政运行的基本支出比其他农林水支出多多少？", "400.00", "万元"),
        # both figures are of the row that is named, not of the total
        ("松原县水务局2023年行政运行的基本支出和项目支出相差多少？", "440.00", "万元"),
        ("松原县水务局2023年巡查河道次数的年度指标值和实际完成值相差多少？", "3", "次"),
        ("松原县水务局2023年巡查河道次数的分值和得分相差多少？", "1", "分"),
        # a total is a row as well as a column
        ("松原县水务局2023年合计的项目支出比水利工程建设多多少？", "60.00", "万元"),
        ("松原县水务局2023年水利工程建设的项目支出占农林水支出的百分之几？", "85.00", "%"),
        ("松原县水务局2023年柳溪镇的实际支出相当于石桥镇的几倍？", "1.45", "倍"),
        ("松原县水务局2023年柳溪镇和石桥镇的实际支出一共是多少？", "93.00", "万元"),
        # a name that sounds like a calculation
        ("松原县水务局2023年平均处置时间的得分是多少？", "8", "分"),
        ("松原县水务局2023年平均处置时间和巡查河道次数的分值一共是多少？", "18", "分"),
    ],
)
def test_cells_that_the_question_spells_out(
    engine: Engine, question: str, number: str, unit: str
) -> None:
    answer = engine.ask(question)
    first = answer.values[0]
    assert (first.number, first.unit) == (number, unit), answer.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("松原县水务局2023年柳溪镇和石桥镇的分配资金一共是多少？", "各给出不同的数"),
        ("松原县水务局2023年设备完好率和群众满意度的实际完成值一共是多少？", "没有意义"),
    ],
)
def test_what_cannot_be_told_is_said(engine: Engine, question: str, words: str) -> None:
    answer = engine.ask(question)
    assert answer.outcome is Outcome.ABSTAINED
    assert words in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "松原县水务局2023年巡查河道次数的实际完成值比设备完好率多多少？",  # unlike units
        "松原县水务局2023年抢险次数的分值比设备完好率多多少？",  # no such row
        "松原县水务局2023年行政运行的经营支出和项目支出相差多少？",  # no such column
    ],
)
def test_no_figure_of_another_cell_stands_in(engine: Engine, question: str) -> None:
    assert not engine.ask(question).outcome.given


@pytest.mark.parametrize(
    "question",
    [
        "松原县水务局2023年石桥镇的得分是多少？",
        "松原县水务局2023年行政运行的得分是多少？",
    ],
)
def test_a_cell_of_another_row_is_no_answer(engine: Engine, question: str) -> None:
    assert not engine.ask(question).outcome.given


_TOLD = """# 柳河州文化和旅游局2023年度部门决算

## 二、收支决算表

表1 “三公”经费支出决算表（单位：万元）

| 项目 | 2023年预算数 | 2023年决算数 | 上年决算数 |
|---|---|---|---|
| 公务用车运行维护费 | 15.00 | 13.64 | 14.52 |
| 公务接待费 | 9.00 | 8.10 | 8.60 |

## 三、其他情况说明

“送戏下乡”惠民演出186场，文化市场检查1,083家次，立案查处22件。

年末拥有A级旅游景区27家，其中4A级6家、3A级15家。全州文化企业1,346家，全年新登记158家；所辖桃坪县287家。

全年国内公务接待47批次、412人次（不含外事接待）。

## 四、评分情况

| 指标 | 分值 | 得分 |
|---|---|---|
| 乡镇政府满意度 | 4 | 4 |
| 养护里程完成率 | 6 | 5 |
"""


@pytest.fixture(scope="module")
def told() -> Engine:
    library = MemoryLibrary.of([read_document(_TOLD.encode(), "柳河州2023.md")])
    return Engine(library, SimpleNamespace(abstain_threshold=0.55))


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("柳河州文旅局公务用车运行维护费的上年决算数是多少万元？", "14.52"),
        ("柳河州文旅局2023年公务用车运行维护费的决算数是多少？", "13.64"),
        # a grade, and a place, that a neighbour bears
        ("柳河州2023年末4A级有几家？", "6"),
        ("柳河州桃坪县2023年有多少家文化企业？", "287"),
        ("柳河州2023年有多少家文化企业？", "1346"),
        # 文化市 and 送戏下乡 are no places
        ("柳河州2023年文化市场立案查处了几件？", "22"),
        ("柳河州2023年“送戏下乡”惠民演出了多少场？", "186"),
    ],
)
def test_the_figure_that_bears_the_word(told: Engine, question: str, number: str) -> None:
    answer = told.ask(question)
    assert [value.number for value in answer.values] == [number], answer.text


@pytest.mark.parametrize(
    "question",
    [
        "柳河州2023年末有几家5A级旅游景区？",
        "柳河州文旅局2023年外事接待了几批次？",
        "柳河州2023年乡镇政府的满意度是多少？",  # 4 points are no satisfaction
        "柳河州2023年桃坪县新增文化企业多少家？",
    ],
)
def test_what_the_figure_is_not_of(told: Engine, question: str) -> None:
    assert not told.ask(question).outcome.given


_CONGRESS = """# 松江市人民代表大会常务委员会办公室2023年度部门决算

表1 支出决算表（单位：万元）

| 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
|---|---|---|---|
| 人大事务 | 2400.00 | 2000.00 | 400.00 |
| 其他人大事务支出 | 6.40 | 0.00 | 6.40 |
| 人大代表履职能力提升 | 118.06 | 0.00 | 118.06 |
"""


def test_a_row_that_begins_like_the_body_is_a_row() -> None:
    """人大 in 人大事务 was taken for the body, and 事务 then for another row."""
    library = MemoryLibrary.of([read_document(_CONGRESS.encode(), "松江市人大2023.md")])
    engine = Engine(library, SimpleNamespace(abstain_threshold=0.55))
    for question, number in (
        ("松江市人大常委会办公室2023年人大事务的本年支出合计是多少？", "2400.00"),
        ("松江市人大常委会办公室2023年人大代表履职能力提升的项目支出是多少？", "118.06"),
        ("松江市人大常委会办公室2023年人大事务的基本支出和项目支出相差多少？", "1600.00"),
    ):
        assert [v.number for v in engine.ask(question).values] == [number], question


_STAFF = """# 云山省药品检验院2023年度部门决算

年末实有在职人员172人，离退休人员94人。与上年相比，在职人员增加5人。

表1 支出决算表（单位：万元）

| 科目名称 | 合计 | 基本支出 | 项目支出 |
|---|---|---|---|
| 信息化建设 | 231.00 | 0.00 | 231.00 |
| 药品检验 | 769.00 | 600.00 | 169.00 |
| 合计 | 1000.00 | 600.00 | 400.00 |
"""


def test_an_increase_is_no_number_and_a_part_no_whole() -> None:
    library = MemoryLibrary.of([read_document(_STAFF.encode(), "药品检验院2023.md")])
    engine = Engine(library, SimpleNamespace(abstain_threshold=0.55))
    staff = engine.ask("云山省药品检验院2023年末在职人员多少人？")
    assert [v.number for v in staff.values] in ([], ["172"]), staff.text
    share = engine.ask("云山省药品检验院2023年信息化建设占项目支出的比重？")
    assert [v.number for v in share.values] in ([], ["57.75"]), share.text
