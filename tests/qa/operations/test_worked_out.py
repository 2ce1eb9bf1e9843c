"""Figures that no report prints but that follow from two of its own; made-up bodies."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer, Check

ACCOUNTS = """岚川市水务局2023年度部门决算

一、收支情况

本年收入合计1,250.40万元，其中财政拨款收入1,180.20万元，事业收入70.20万元。本年收入比上年增加50.40万元，增长4.2%。

2023年度政府性基金预算财政拨款支出36.00万元，全部用于泵站改造。2022年度本部门无政府性基金预算财政拨款收支。

二、“三公”经费

公务接待费支出1.50万元，国内公务接待30批次、250人次。公务用车运行维护费18.00万元，公务用车保有量6辆。

三、国有资产

截至2023年12月31日，共有车辆8辆，其中执法执勤用车5辆、应急保障用车2辆、其他用车1辆。

四、政府采购

授予中小企业合同金额300.00万元，其中授予小微企业合同金额180.50万元。

五、满意度调查

发放用水户问卷400份，回收385份，其中有效问卷372份。全年受理投诉1260件，办结1198件。

重复申报的管护补贴涉及资金4.86万元，截至评价日已追回3.92万元。提出节水建议312条，被采纳289条。

管网改造合同金额120.00万元，其中设计费15.00万元；泵站已支付80.00万元。区级配套资金250.00万元，截至评价日区级资金到位210.00万元。

泵房修缮年初预算60.00万元，全年预算52.00万元，实际支出50.50万元。

六、服务质量

2021—2023年共安排农村供水资金960.00万元，其中省级资金600.00万元、市级资金360.00万元。

管网水质合格率98.6%，比上年提高1.2个百分点。
"""

TABLES = """岚川市水务局2023年度农村供水补助项目绩效评价报告

一、资金情况

表1 各区县补助资金情况表（单位：万元）

| 区县 | 下达资金 | 实际支出 | 受益人次（万人次） |
|---|---|---|---|
| 东岚区 | 320.00 | 310.40 | 12.50 |
| 西川区 | 260.00 | 221.75 | 8.20 |
| 青坪县 | 180.00 | 176.30 | 6.10 |
| 合计 | 760.00 | 708.45 | 26.80 |

二、项目执行情况

表2 项目预算执行情况表（单位：万元）

| 项目名称 | 年初预算 | 全年预算 | 全年执行数 |
|---|---|---|---|
| 水厂改造 | 200.00 | 230.00 | 228.10 |
| 管网延伸 | 150.00 | 150.00 | 131.20 |
| 水质监测 | 40.00 | 52.00 | 50.90 |
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    folder = Path(tmp_path_factory.mktemp("worked"))
    paths = []
    for name, text in (("a.md", ACCOUNTS), ("b.md", TABLES)):
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8")
    engine = Engine(MemoryLibrary(paths), SimpleNamespace(abstain_threshold=0.55))
    return engine.ask


WORKED_OUT = [
    # the whole less the part
    ("岚川市水务局2023年用水户问卷里无效的有几份？", "13份"),
    ("岚川市水务局2023年用水户问卷有多少份没收回来？", "15份"),
    ("岚川市水务局2023年还有多少件投诉没办结？", "62件"),
    ("岚川市水务局2023年重复申报的管护补贴还有多少没追回来？", "0.94万元"),
    ("岚川市水务局2023年区级资金还有多少没到位？", "40.00万元"),
    ("岚川市水务局2023年泵房修缮还剩多少钱没花？", "1.50万元"),
    ("岚川市水务局2023年提出的节水建议里，还有多少条没被采纳？", "23条"),
    ("岚川市水务局2023年授予中小企业的合同里，扣掉小微企业的还剩多少？", "119.50万元"),
    # an amount per thing
    ("岚川市水务局2023年公务接待平均每人次花多少元？", "60.00元"),
    ("岚川市水务局2023年公务接待平均每批次多少元？", "500.00元"),
    ("岚川市水务局2023年公务用车运行维护费平均每辆多少万元？", "3.00万元"),
    # a part in its whole
    ("2023年末岚川市水务局的车辆里，执法执勤用车占百分之几？", "62.50%"),
    # two lines of a table
    ("岚川市农村供水补助2023年，东岚区实际支出比西川区多多少？", "88.65万元"),
    ("岚川市农村供水补助2023年东岚区和青坪县两地实际支出合计多少？", "486.70万元"),
    ("岚川市农村供水补助2023年西川区还剩多少没花？", "38.25万元"),
    # last year's figure, in the next sentence or in percentage points
    ("岚川市水务局2022年本年收入是多少万元？", "1200.00万元"),
    ("岚川市水务局2022年管网水质合格率是多少？", "97.4%"),
]


@pytest.mark.parametrize(("question", "value"), WORKED_OUT)
def test_worked_out_from_two_figures(
    ask: Callable[[str], Answer], question: str, value: str
) -> None:
    answer = ask(question)
    assert answer.outcome.given, answer.text
    first = answer.values[0]
    assert f"{first.number}{first.unit}" == value
    assert first.check is Check.DERIVED
    assert len(first.sources) > 1


def test_what_is_left_decides_a_ranking(ask: Callable[[str], Answer]) -> None:
    answer = ask("岚川市农村供水补助2023年哪个区县结余最多，结余多少万元？")
    assert [(v.label, v.number) for v in answer.values] == [("西川区", "38.25")]


def test_one_column_above_another(ask: Callable[[str], Answer]) -> None:
    answer = ask("岚川市水务局2023年3个项目里，全年预算高于年初预算的有几个？")
    assert (answer.values[0].number, answer.values[0].unit) == ("2", "个")


@pytest.mark.parametrize(
    "question",
    [
        "岚川市水务局2023年政府性基金支出比2022年增长百分之几？",
        "岚川市水务局2023年政府性基金预算财政拨款支出同比增长率是多少？",
    ],
)
def test_no_rate_where_there_was_nothing(ask: Callable[[str], Answer], question: str) -> None:
    answer = ask(question)
    assert answer.outcome.given
    assert "无法计算增长率" in answer.text
    assert not answer.values


@pytest.mark.parametrize(
    "question",
    [
        "岚川市水务局2023年无效合同有几份？",
        "岚川市水务局2023年重复申报的管护补贴还有多少没拨付？",
        "岚川市水务局2023年设计费还有多少没支付？",
        "岚川市水务局2023年市级资金还有多少没到位？",
        "岚川市水务局2023年公务接待平均每辆多少元？",
        "岚川市水务局2023年其他收入是多少？",
        "岚川市农村供水补助2023年5个区县里哪个实际支出最多？",
        "岚川市水务局2023年其他收入比上年增长百分之几？",
        "岚川市水务局2023年省级资金比市级资金多多少万元？",
    ],
)
def test_an_open_operand_is_silent(ask: Callable[[str], Answer], question: str) -> None:
    assert not ask(question).outcome.given
