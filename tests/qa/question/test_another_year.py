"""Follow-ups that name only another year, what is to be left out, sums of nothing named; made up."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Conversation, Engine
from qa.model import Answer, Outcome

REPORT = """{place}市图书馆{year}年阅读推广项目绩效评价报告

项目名称：阅读推广项目
项目单位：{place}市图书馆
评价年度：{year}年

一、完成情况

{year}年全年接待团体参观{visits}批次、{people}人次。计划举办讲座60场，实际举办讲座{talks}场。

二、资金情况

表1 资金表 单位：万元

| 项目 | 预算 | 支出 |
|---|---|---|
| 讲座 | 30.00 | 28.00 |
| 展览 | 20.00 | 19.00 |
| 合计 | 50.00 | 47.00 |
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Answer]:
    folder = Path(tmp_path_factory.mktemp("years"))
    for year, visits, people, talks in ((2022, 31, 940, 66), (2023, 35, 1080, 72)):
        text = REPORT.format(place="江北", year=year, visits=visits, people=people, talks=talks)
        (folder / f"{year}.md").write_text(text, encoding="utf-8")
    library = MemoryLibrary(sorted(folder.iterdir()))
    engine = Engine(library, SimpleNamespace(abstain_threshold=0.55))

    def asked(*turns: str) -> Answer:
        conversation = Conversation()
        return [engine.ask(turn, conversation=conversation) for turn in turns][-1]

    return asked


def test_both_figures_are_asked_for_again(ask: Callable[..., Answer]) -> None:
    first = "江北市图书馆2023年接待团体参观多少批次、多少人次？"
    assert [value.number for value in ask(first).values] == ["35", "1080"]
    assert [value.number for value in ask(first, "那2022年呢？").values] == ["31", "940"]


def test_more_than_planned_is_of_one_year(ask: Callable[..., Answer]) -> None:
    answer = ask("江北市图书馆2022年举办讲座比计划多了多少场？")
    assert (answer.values[0].number, answer.values[0].unit) == ("6", "场")


@pytest.mark.parametrize(
    "question",
    ["江北市图书馆两项合计支出一共多少？", "江北市图书馆2023年两个年度合计多少元？"],
)
def test_rows_of_totals_are_not_added_up(ask: Callable[..., Answer], question: str) -> None:
    assert all("2 项：47" not in answer for answer in [ask(question).text])


def test_what_is_to_be_left_out_is_not_the_answer(ask: Callable[..., Answer]) -> None:
    answer = ask("江北市图书馆2023年的支出，不算展览是多少？")
    assert "19.00" not in [value.number for value in answer.values]
    assert answer.outcome in (Outcome.ABSTAINED, Outcome.CLARIFY, Outcome.ANSWERED)


def test_a_difference_stays_in_the_row(ask: Callable[..., Answer]) -> None:
    answer = ask("江北市图书馆2023年讲座的预算与支出的差额是多少？")
    assert [value.number for value in answer.values[:1]] in (["2.00"], []), answer.text
