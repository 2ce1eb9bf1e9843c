"""Wrong answers once given, each with the report and the question that gave it."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from eval.memory import MemoryLibrary
from ingest.quantity import UnitError
from qa.drafting import _tried
from qa.drafts import Draft
from qa.engine import Conversation, Engine
from qa.model import Answer, Outcome
from qa.operations.context import Context
from qa.operations.marks import _of_level
from qa.scores.scorecard import Mark

ACCOUNTS = """{entity}2023年度部门决算

一、财政拨款支出决算情况

{entity}2023年度财政拨款支出合计1,900.00万元。其中：一般公共预算财政拨款支出1,700.00万元，\
比年初预算数减少250.50万元，下降12.8%，主要是部分项目推迟；政府性基金预算财政拨款支出200.00万元，\
比年初预算数增加200.00万元。年初财政拨款结转和结余0.00万元。

二、机关运行经费

{entity}2023年度{running}{amount}万元，比上年决算数增加2.00万元，增长4.0%。
"""
EVALUATION = """城南区档案馆馆藏数字化项目绩效评价报告

项目单位：城南区档案馆
评价年度：2023年

一、评价结论

项目综合得分88分。一级指标4个，满分100分。财务管理得分率72.5%，其中财务管理情况得分率85.7%。
平台转派及时率年初设定90%，实际完成96.5%；平台转派准确率年初设定95%，实际完成93.2%。
"""

SCORED = """临溪市绿化项目绩效评价报告

项目名称：城市绿化项目
项目单位：临溪市园林局
评价年度：2022年

一、支出

项目2022年实际支出80.00万元。

附表 评分表

| 一级指标 | 三级指标 | 分值 | 得分 |
|---|---|---|---|
| 过程 | 资金到位率 | 20 | 16 |
| 过程 | 制度执行 | 20 | 14 |
| 产出 | 栽植株数 | 60 | 55 |
| 合计 |  | 100 | 85 |
"""

PARK = """临溪市园林局公园维护项目绩效自评报告

项目名称：公园维护项目
项目单位：临溪市园林局
评价年度：2023年

一、支出

项目2023年实际支出65.22万元。

二、其他

城市绿化项目上年已完成。
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("bugs")
    files = {
        "a.txt": ACCOUNTS.format(entity="城南区档案馆", running="机关运行经费支出", amount="52.00"),
        "b.txt": ACCOUNTS.format(entity="海州市文化局", running="机关运行经费", amount="81.00"),
        "c.txt": EVALUATION,
        "d.txt": SCORED,
        "e.txt": PARK,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    library = MemoryLibrary([Path(folder / name) for name in files])
    return Engine(library, SimpleNamespace(abstain_threshold=0.55))


@pytest.fixture
def ask(engine: Engine) -> Callable[..., Answer]:
    def asked(*turns: str) -> Answer:
        conversation = Conversation()
        return [engine.ask(turn, conversation=conversation) for turn in turns][-1]

    return asked


def numbers(answer: Answer) -> list[str]:
    return [f"{value.number.replace(',', '')}{value.unit}" for value in answer.values]


@pytest.mark.parametrize(
    ("turns", "number"),
    [
        # The change stood beside a zero row that only held 年初 and 结转.
        (("城南区档案馆2023年一般公共预算财政拨款支出比年初预算少了多少？",), "250.50万元"),
        (
            ("城南区档案馆2023年一般公共预算财政拨款支出是多少？", "比年初预算少了多少？"),
            "250.50万元",
        ),
        # 一般公共预算 in a name is no budget: the value itself was given as its own budget.
        (("城南区档案馆2023年一般公共预算财政拨款支出的年初预算数是多少？",), "1950.50万元"),
        # 情况 is a filler, but not in a name that the report has.
        (("馆藏数字化项目财务管理情况得分率是多少？",), "85.7%"),
        # 准确 is a filler, but not in 准确率.
        (("馆藏数字化项目平台转派准确率实际完成多少？",), "93.2%"),
    ],
)
def test_the_figure_asked_for(
    ask: Callable[..., Answer], turns: tuple[str, ...], number: str
) -> None:
    answer = ask(*turns)
    assert answer.outcome is Outcome.ANSWERED, answer.reason
    assert number in numbers(answer)


def test_several_marks_are_no_one_score(ask: Callable[..., Answer]) -> None:
    assert not ask("馆藏数字化项目评分表里多少分到多少分评为良？").values


def test_a_follow_up_up_to_a_year_compares_with_the_year_before(
    ask: Callable[..., Answer],
) -> None:
    answer = ask("海州市文化局2021年机关运行经费是多少？", "到2023年，这个数增长了百分之几？")
    assert "4.0%" not in numbers(answer)


def test_an_english_name_of_another_body_is_unknown(ask: Callable[..., Answer]) -> None:
    question = "What was the running cost of Tianhe District Government Services Bureau in 2023?"
    assert not ask(question).values


def test_a_quoted_reason_ends_once(ask: Callable[..., Answer]) -> None:
    answer = ask("城南区档案馆2023年一般公共预算财政拨款支出为什么减少？")
    assert "。。" not in answer.text


def test_two_bodies_with_the_figure_are_offered(ask: Callable[..., Answer]) -> None:
    answer = ask("2023年机关运行经费是多少？")
    assert answer.outcome is Outcome.CLARIFY
    assert any("城南区档案馆" in choice for choice in answer.choices)
    assert any("海州市文化局" in choice for choice in answer.choices)


def test_every_indicator_of_a_level_is_no_one_figure(ask: Callable[..., Answer]) -> None:
    assert not ask("馆藏数字化项目一级指标各得多少分？").values


def test_figures_of_unlike_units_are_no_answer_and_no_crash() -> None:
    def unlike(_context: Context) -> Draft | None:
        raise UnitError("万 与 万元 不是同类单位")

    assert _tried(unlike, cast("Context", None)) is None


def test_a_question_without_a_target_has_no_rate_of_arrival(engine: Engine) -> None:
    answer = engine.ask("x" * 5_000, conversation=Conversation())
    assert answer.outcome is Outcome.ABSTAINED


@pytest.mark.parametrize(
    "question", ["凭什么得9.6分，原因是啥", "城南区档案馆凭啥得88分，原因是啥？"]
)
def test_a_reason_asked_for_by_a_score_alone_is_no_error(
    ask: Callable[..., Answer], question: str
) -> None:
    """Such a question names no figure by words; the check of its premise needed one."""
    assert ask(question).outcome in Outcome


def test_a_higher_level_of_a_summary_is_no_leaf(engine: Engine) -> None:
    """A summary names 过程 alone; below its children elsewhere it lost no marks of its own."""
    figure = engine._library.document(0).figures[0]
    marks = [
        Mark("过程", ("过程",), True, figure, figure),
        Mark("制度执行", ("过程", "制度执行"), True, figure, figure),
    ]
    assert [mark.name for mark in _of_level(marks, "哪个三级指标扣分最多？")] == ["制度执行"]


def test_no_figure_of_another_project_for_a_year_without_the_named_one(
    ask: Callable[..., Answer],
) -> None:
    """The body's other report of that year speaks of the named project's words as well."""
    assert ask("“城市绿化项目”2023年度的实际支出是多少？").outcome is not Outcome.ANSWERED


def test_no_part_is_more_than_its_whole(ask: Callable[..., Answer]) -> None:
    answer = ask(
        "城南区档案馆2023年一般公共预算财政拨款支出占政府性基金预算财政拨款支出的百分之几？"
    )
    assert answer.outcome is not Outcome.ANSWERED


def test_a_body_that_other_reports_only_name_is_said_to_have_none_of_its_own(
    tmp_path: Path,
) -> None:
    """It was “没有找到能够确定的答案” alone, as if its report were loaded."""
    rows = "| 单位 | 金额（万元） |\n|---|---|\n| 海州市财政局 | 80.00 |\n| 临溪市园林局 | 1.22 |\n"
    path = tmp_path / "a.txt"
    path.write_text(PARK.replace("二、其他\n", f"二、资金来源\n\n{rows}"), encoding="utf-8")
    engine = Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55))
    answer = engine.ask("海州市财政局2023年有多少人？")
    assert answer.outcome is Outcome.ABSTAINED
    assert "资料库里没有“海州市财政局”自己的报告。" in answer.text
