"""Who evaluated, what a report denies, wrong premises of budgets, bodies that are told by words alone."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.english.questions import language_of
from qa.model import Answer, Outcome
from qa.texts.evaluators import asks_evaluator
from qa.texts.outline import read_mark

EVALUATION = """临湖市2023年度社区食堂运营补助项目财政支出绩效评价报告

委托单位：临湖市财政局
评价机构：湖州大学财政绩效评价中心
项目主管部门：临湖市民政局

一、评价工作

受临湖市财政局委托，湖州大学财政绩效评价中心于2024年4月至7月对2023年度社区食堂运营补助项目开展绩效评价。

项目补助分为三类：一是开办补助，每家补助8万元；二是就餐补助，每餐补助2元；三是运营奖励，每家奖励2万元。

二、存在的问题

1.资金监管不到位。溪口县1家食堂将就餐补助用于偿还装修款。

2.食品留样不规范。
"""

ACCOUNTS = """岭北县档案馆2023年度部门决算

一、收支情况

本年收入458.33万元，无政府性基金收入、事业收入和经营收入。本单位无债务。

2023年度“三公”经费支出2.36万元，完成预算3.50万元的67.4%。其中公务接待费决算0.41万元，预算1.00万元。未发生因公出国（境）费和公务用车购置费。

二、财政拨款支出

1.一般公共服务支出（类）档案事务（款）行政运行（项）。年初预算为211.30万元，支出决算为218.46万元，完成年初预算的103.4%。决算数大于预算数的主要原因：年中新录用公务员2人。

2.教育支出（类）进修及培训（款）培训支出（项）。年初预算为4.00万元，支出决算为3.20万元，完成年初预算的80.0%。决算数小于预算数的主要原因：部分培训改为线上举办。

三、绩效情况

委托第三方对“口述史料征集项目”开展部门评价，评价机构为岭北衡信咨询有限公司，评价等级为“良”。

自评发现的主要问题：一是绩效目标设置不够细化，部分指标难以量化；二是项目前期准备不充分；三是个别设备验收滞后。

岭北县档案馆隶属岭北县委办公室。原由岭北县史志室承担的史志编纂职责划入岭北县档案馆，其展览职责划入岭北县文化馆。

全年国内公务接待7批次，公务接待费0.41万元，主要接待外县档案馆来馆学习。

新馆2023年3月15日开工，11月28日通过县级初验，12月20日通过市级验收，原定2023年9月完成。

公务用车运行维护费1.95万元，主要用于机要文件交换所需的燃料和保险等支出。

四、名词解释

1.档案馆（项）：反映档案的收集、保管和利用支出。2.异地备份：将电子档案存放到本地区以外的保护措施。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    folder: Path = tmp_path_factory.mktemp("told")
    paths = [folder / "临湖市社区食堂评价.md", folder / "岭北县档案馆2023年度部门决算.md"]
    for path, text in zip(paths, (EVALUATION, ACCOUNTS), strict=True):
        path.write_text(text, encoding="utf-8")
    return Engine(MemoryLibrary(paths), SimpleNamespace(abstain_threshold=0.55)).ask


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # who evaluated, of a whole report and of one project in another one
        ("临湖市社区食堂项目是哪家机构评价的？", ["湖州大学财政绩效评价中心"]),
        ("临湖市社区食堂评价是谁做的？", ["湖州大学财政绩效评价中心"]),
        ("谁给岭北县档案馆的口述史料征集项目做的评价？", ["岭北衡信咨询有限公司"]),
        ("Which firm evaluated the 口述史料征集项目 of 岭北县档案馆?", ["岭北衡信咨询有限公司"]),
        # nobody is named; one body's reports alone speak of it
        ("社区食堂项目补助分哪几类？", ["开办补助", "就餐补助", "运营奖励"]),
        ("溪口县的食堂把就餐补助用到哪里去了？", ["偿还装修款"]),
        # what the report denies
        ("岭北县档案馆2023年债务有多少？", ["无债务"]),
        ("岭北县档案馆2023年经营收入是多少？", ["无政府性基金收入、事业收入和经营收入"]),
        ("岭北县档案馆2023年因公出国去了哪里？", ["未发生因公出国"]),
        # beyond the budget, or within it: the report says otherwise, or why
        ("岭北县档案馆2023年公务接待费为什么超预算？", ["前提与报告不符", "0.41万元", "1.00万元"]),
        ("岭北县档案馆2023年行政运行为什么没完成预算？", ["前提与报告不符", "218.46万元", "211.30万元"]),
        ("岭北县档案馆2023年行政运行超预算的原因是什么？", ["新录用公务员"]),
        ("岭北县档案馆2023年培训支出为什么没完成预算？", ["线上举办"]),
        # whom a unit is under, to whom a duty went, what happened when
        ("岭北县档案馆隶属于哪个单位？", ["岭北县委办公室"]),
        ("岭北县档案馆2023年展览职责划给了哪个单位？", ["岭北县文化馆"]),
        ("岭北县档案馆新馆什么时候通过市级验收？", ["12月20日"]),
        ("岭北县档案馆新馆什么时候通过县级初验？", ["11月28日"]),
        ("什么叫异地备份？", ["存放到本地区以外"]),
        # lists and purposes
        ("岭北县档案馆2023年公务接待主要接待谁？", ["外县档案馆"]),
        ("岭北县档案馆2023年自评发现哪些问题？", ["1. 绩效目标设置不够细化", "3. 个别设备验收滞后"]),
        ("岭北县档案馆2023年公务用车运行维护费主要用于什么？", ["机要文件交换"]),
    ],
)  # fmt: skip
def test_told_in_reports(ask: Callable[[str], Answer], question: str, said: list[str]) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert [each for each in said if each not in answer.text] == []


@pytest.mark.parametrize(
    "question",
    [
        "岭北县档案馆2023年附属单位上缴收入是多少？",  # the report says nothing of it
        "社区书店项目补助分哪几类？",  # no report speaks of it
        "岭北县档案馆2022年债务有多少？",
    ],
)
def test_silent(ask: Callable[[str], Answer], question: str) -> None:
    assert not ask(question).outcome.given


@pytest.mark.parametrize("question", ["项目存在哪些问题？", "评价机构是谁？", "什么时候验收的？"])
def test_nothing_named(ask: Callable[[str], Answer], question: str) -> None:
    answer = ask(question)
    assert not answer.outcome.given


@pytest.mark.parametrize(
    ("text", "style", "ordinal"),
    [
        ("5.1 资金分配滞后。", "decimal", 1),
        ("6.2收回违规资金。", "decimal", 2),
        ("5.1万元未支付。", "", 0),
        ("2.2号楼延期。", "", 0),
        ("3.完善制度。", "arabic", 3),
    ],
)
def test_numbers_of_two_levels(text: str, style: str, ordinal: int) -> None:
    mark = read_mark(text)
    assert ((mark.style, mark.ordinal) if mark else ("", 0)) == (style, ordinal)


def test_the_report_of_the_year_before_denies_a_fall(tmp_path: Path) -> None:
    texts = {
        "2022": "岭北县水务局2022年度部门决算\n\n一、“三公”经费\n\n2022年度“三公”经费支出34.76万元。\n",
        "2023": "岭北县水务局2023年度部门决算\n\n一、“三公”经费\n\n2023年度“三公”经费支出48.10万元。\n",
    }
    for year, text in texts.items():
        (tmp_path / f"岭北县水务局{year}.md").write_text(text, encoding="utf-8")
    library = MemoryLibrary(sorted(tmp_path.iterdir()))
    engine = Engine(library, SimpleNamespace(abstain_threshold=0.55))
    answer = engine.ask("岭北县水务局2023年三公经费为什么比上年减少？")
    assert [t for t in ("前提与报告不符", "34.76万元", "48.10万元") if t not in answer.text] == []


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("食堂项目由谁来评的？", True),
        ("评价机构是哪家？", True),
        ("谁对食堂项目做了评价？", True),
        ("谁委托评价的？", False),
        ("评价组组长是谁？", False),
        ("项目由谁实施？", False),
        ("“融合大学堂”委托给了谁承办？", False),
    ],
)
def test_asks_who_evaluated(question: str, asks: bool) -> None:
    assert asks_evaluator(question) is asks


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What problems did 岭北县档案馆's 2023 evaluation find?", "en"),
        ("In 岭北县档案馆 2023, what was 经营收入?", "en"),
        ("A级景区标识标牌提升项目花了多少钱？", "zh"),
        ("5G 项目是什么", "zh"),
    ],
)
def test_english_sentences_with_chinese_names(question: str, language: str) -> None:
    assert language_of(question) == language
