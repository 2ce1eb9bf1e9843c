"""What stands beside the thing asked for, or is named like it, is not given; made-up reports."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from ingest.pipeline import read_document
from qa.engine import Engine
from qa.model import Answer, Outcome

_TOWN = """# 云岫县2023年城镇老旧小区改造项目绩效评价报告

项目主管部门：云岫县住房和城乡建设局

## 一、项目实施

抽检水样184份，其中丰水期96份、枯水期88份，合格169份，达标率91.85%。

驾驶人考试科目一合格率88.2%，科目二合格率61.7%。

2023届毕业生3,286人，其中本科3,174人、研究生112人；毕业去向落实率91.37%，比上年下降1.68个百分点。

下属服务中心、陵园管理所2个事业单位。

举办各类招聘会246场，其中线上97场、线下149场，提供岗位11.8万个。

12315平台接收投诉举报21,374件，其中投诉16,852件、举报4,522件。

发放居民问卷600份，收回有效问卷582份。

完成食品监督抽检8,640批次。

“警医邮”网点由28个增至41个。

1．石塘水库。2022年10月18日开工，2023年12月12日通过蓄水验收。

2．枫树坪水库。2022年12月5日开工，停工74天。

表1 小区情况

| 小区名称 | 户数（户） | 有效问卷（份） | 满意度（%） |
|---|---|---|---|
| 教师新村 | 466 | 134 | 91.2 |
| 建设巷小区 | 274 | 80 | 84.7 |
| 东关花苑 | 512 | 102 | 90.5 |

表2 水库情况（单位：万元）

| 水库 | 合同价 |
|---|---|
| 石塘水库 | 1,264.38 |
| 枫树坪水库 | 743.00 |

表3 居民满意度调查

| 小区 | 有效问卷（份） | 满意度（%） |
|---|---|---|
| 教师新村 | 134 | 91.2 |
| 建设巷小区 | 80 | 84.7 |
| 东关花苑 | 102 | 90.5 |
"""
_CENTRE = """# 湖阳市中心血站2024年度单位决算

以下各表金额单位均为元；“上年数”为2023年度决算数。

表1 收入支出总表

| 支出项目 | 本年数 | 上年数 |
|---|---|---|
| 卫生健康支出 | 28,445,800.52 | 26,068,505.68 |
| 本年支出合计 | 31,889,327.80 | 29,346,218.40 |

2024年度本年支出31,889,327.80元，较上年增加2,543,109.40元，增长8.67%。
"""
_MUSEUM = (
    "# 岭川省博物馆{year}年度单位决算\n\n本年度基本支出{sum}万元，全年接待观众{visits}万人次。\n"
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    reports = {
        "云岫县旧改2023.md": _TOWN,
        "湖阳市中心血站2024.md": _CENTRE,
        "岭川省博物馆2022.md": _MUSEUM.format(year=2022, sum="5,231.65", visits="62.35"),
        "岭川省博物馆2023.md": _MUSEUM.format(year=2023, sum="5,486.92", visits="148.27"),
    }
    documents = [read_document(text.encode(), name) for name, text in reports.items()]
    return Engine(MemoryLibrary.of(documents), SimpleNamespace(abstain_threshold=0.55))


def shown(answer: Answer) -> list[str]:
    return [f"{value.number}{value.unit}" for value in answer.values]


@pytest.mark.parametrize(
    "question",
    [
        "云岫县2023年驾驶人考试科目三的合格率是多少？",  # 科目二
        "云岫县枯水期抽检的水样里合格了多少份？",  # 枯水期 were taken
        "云岫县2023届研究生的毕业去向落实率是多少？",  # that of all
        "云岫县2023年共有多少个服务中心？",  # 2 事业单位
        "云岫县2023年完成药品监督抽检多少批次？",  # 食品
        "云岫县2023年线上招聘会一共提供了多少个岗位？",  # all of them
        "枫树坪水库什么时候通过蓄水验收的？",  # 石塘水库
        "湖阳市中心血站2022年本年支出合计是多少？",  # the change is that of 2024
    ],
)
def test_silent_where_only_a_neighbour_is_told(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.outcome in (Outcome.ABSTAINED, Outcome.CLARIFY), answer.text


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("云岫县2023年科目二的合格率是多少？", "61.7%"),
        ("云岫县2023年收回有效问卷多少份？", "582份"),
        # households are asked for, not questionnaires
        ("云岫县教师新村改造了多少户？", "466户"),
        # of the two numbers of a change the later one is of the year
        ("云岫县“警医邮”网点2023年有多少个？", "41个"),
        # a short form of the body, and of the project
        ("岭川省博2023年的基本支出是多少万元？", "5486.92万元"),
        ("云岫旧改：东关花苑有多少户？", "512户"),
        # the column that is named, not one that shares a word with the title
        ("云岫县居民满意度最低的是哪个小区？", "84.7%"),
        ("岭川省博2023年的基本支出比2022年多了多少万元？", "255.27万元"),
    ],
)
def test_what_is_asked_for(engine: Engine, question: str, first: str) -> None:
    assert shown(engine.ask(question))[:1] == [first]


def test_two_named_rates_apart(engine: Engine) -> None:
    answer = engine.ask("云岫县科目一合格率比科目二合格率高几个百分点？")
    assert shown(answer)[:1] == ["26.5个百分点"]


_LINES = """# 沅浦市2023年城市公交运营补贴绩效评价报告

项目主管部门：沅浦市交通运输局

一、收入支出总体情况。2023年度本年收入合计2,200.75万元，比上年决算数2,352.18万元减少151.43万元。本年支出合计2,210.10万元，比上年减少98.64万元。

全年完成定量检测1,268批次，检出不合格样品17批次，其中农药残留超标14批次（毒死蜱6批次）。

表1 各线路运营情况

| 线路 | 客运量（万人次） | 运营里程（万公里） |
|---|---|---|
| 1路 | 286.40 | 118.60 |
| 2路 | 215.75 | 92.30 |
| K1快线 | 98.20 | 61.45 |
| 夜1路 | 66.10 | 40.20 |
| 合计 | 666.45 | 312.55 |
"""


@pytest.fixture(scope="module")
def lines() -> Engine:
    document = read_document(_LINES.encode(), "沅浦市公交2023.md")
    return Engine(MemoryLibrary.of([document]), SimpleNamespace(abstain_threshold=0.55))


def test_numbered_names_of_rows_are_names(lines: Engine) -> None:
    answer = lines.ask("沅浦市2023年客运量超过150万人次的公交线路有几条？")
    assert shown(answer)[:1] == ["2条"]


@pytest.mark.parametrize(
    "question",
    [
        "沅浦市交通运输局2022年度的本年支出合计是多少万元？",  # 2,352.18 was income
        "2023年沅浦市定量检测全部不合格样品当中，毒死蜱超标的占多大比例？",  # over all samples
    ],
)
def test_no_operand_and_no_side_of_another_kind(lines: Engine, question: str) -> None:
    answer = lines.ask(question)
    assert not {"2352.18万元", "0.47%"} & set(shown(answer)), answer.text
