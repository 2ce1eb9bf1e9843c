"""Classes of questions that were once misread, over two made-up reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer, Outcome

Ask = Callable[..., Answer]


def numbers(answer: Answer) -> list[str]:
    return [f"{value.number}{value.unit}" for value in answer.values]


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        # The row of a code, and the column named.
        ("海州市临江区水务局2023年科目201，项目支出那栏是多少？", ["10.20万元"]),
        # The unit in every wording.
        ("海州市临江区水务局2023年本年支出是几万块？", ["3721.65万元"]),
        ("海州市临江区水务局2023年本年支出折成元是多少？", ["37216500元"]),
        # A trail in colloquial words.
        (
            "海州市校园直饮水改造项目2022年年初给多少、中间砍多少、最后预算多少、花多少？",
            ["260万元", "20万元", "240万元", "228万元"],
        ),
    ],
)
def test_what_is_shown(ask: Ask, question: str, shown: list[str]) -> None:
    answer = ask(question)
    assert answer.outcome in (Outcome.ANSWERED, Outcome.CONTRADICTED), answer.text
    assert numbers(answer)[: len(shown)] == shown


def test_a_part_of_several_figures_is_no_answer(ask: Ask) -> None:
    answer = ask("海州市临江区水务局2023年基本支出和献血人数各是多少？")
    assert answer.outcome is Outcome.ABSTAINED
    assert not answer.values
    assert "1,020.30" in answer.text


def test_money_is_no_rate(ask: Ask) -> None:
    answer = ask("海州市校园直饮水改造项目2022年按期完工资金是多少？")
    assert all(value.unit != "%" for value in answer.values)


def test_what_a_question_states_is_held_against_the_report(ask: Ask) -> None:
    answer = ask("海州市校园直饮水改造项目2022年按期完工率达到100%，拿了满分30分，对吗？")
    assert "前提与报告不符" in answer.text
    assert numbers(answer) == ["95%", "27分"]


def test_what_a_question_states_rightly_is_not_contradicted(ask: Ask) -> None:
    answer = ask("海州市校园直饮水改造项目2022年按期完工率达到95%，对吗？")
    assert "前提与报告不符" not in answer.text


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("海州市校园直饮水改造项目2022年评分表里“效果”下有几个三级指标？", None),
        ("海州市校园直饮水改造项目2022年完成值为“优”的指标有几个？", None),
    ],
)
def test_rows_are_counted_or_nothing(ask: Ask, question: str, count: str | None) -> None:
    answer = ask(question)
    assert [value.number for value in answer.values[:1]] == ([count] if count else [])


def test_an_open_word_offers_its_readings(tmp_path: Path) -> None:
    text = """河湾市农业局2023年度部门决算

单位名称：河湾市农业局
年度：2023年

一、部门整体支出绩效自评

2023年部门整体支出全年预算数900.00万元，执行数880.00万元，预算执行率97.78%。

二、“三公”经费

2023年度“三公”经费全年预算12.00万元，支出决算9.50万元。
"""
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    answer = Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55)).ask(
        "河湾市农业局2023年的预算是多少？"
    )
    assert answer.outcome is Outcome.CLARIFY
    assert 2 <= len(answer.choices) <= 4


def test_the_year_in_which_a_figure_was_largest(tmp_path: Path) -> None:
    text = """河湾市农业局{year}年度部门决算

单位名称：河湾市农业局
年度：{year}年

一、机关运行经费

{year}年度本部门机关运行经费支出{amount}万元。
"""
    paths = []
    for year, amount in ((2021, "50.10"), (2022, "62.30"), (2023, "58.00")):
        paths.append(tmp_path / f"{year}.md")
        paths[-1].write_text(text.format(year=year, amount=amount), encoding="utf-8")
    engine = Engine(MemoryLibrary(paths), SimpleNamespace(abstain_threshold=0.55))
    most = engine.ask("河湾市农业局哪一年机关运行经费最高？")
    assert most.values[0].number == "62.30"
    assert most.values[0].period == "2022"
    least = engine.ask("河湾市农业局哪年的机关运行经费最低？")
    assert least.values[0].number == "50.10"
