"""Ready choices: each a question that, asked again, gives one of the figures that were meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.drafts import Draft
from qa.engine import Engine
from qa.model import Answer, Outcome
from qa.planning import choices

REPORT = """{unit}2023年度部门决算

单位名称：{unit}
年度：2023年

一、“三公”经费支出决算情况

2023年度“三公”经费支出决算{total}万元，其中公务接待费支出{meals}万元。

二、机关运行经费

2023年度本部门机关运行经费支出{running}万元。
"""
UNITS = {
    "河湾市农业局": ("12.50", "3.10", "88.20"),
    "河湾市水务局": ("9.75", "1.42", "45.06"),
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    folder: Path = tmp_path_factory.mktemp("choices")
    paths = []
    for number, (unit, (total, meals, running)) in enumerate(UNITS.items()):
        paths.append(folder / f"{number}.md")
        text = REPORT.format(unit=unit, total=total, meals=meals, running=running)
        paths[-1].write_text(text, encoding="utf-8")
    return Engine(MemoryLibrary(paths), SimpleNamespace(abstain_threshold=0.55)).ask


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("三公经费花了多少？", {"12.50", "9.75"}),
        ("公务接待费是多少？", {"3.10", "1.42"}),
        ("2023年机关运行经费支出多少万元？", {"88.20", "45.06"}),
    ],
)
def test_an_open_question_gives_questions_that_are_answered(
    ask: Callable[[str], Answer], question: str, numbers: set[str]
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.CLARIFY
    assert answer.values == ()
    assert all(choice in answer.text for choice in answer.choices)
    again = [ask(choice) for choice in answer.choices]
    assert {one.values[0].number for one in again} == numbers


def test_without_two_questions_that_lead_somewhere_there_is_no_choice() -> None:
    draft = choices.offer(Draft(Outcome.CLARIFY), "经费", lambda _: Draft())
    assert draft.outcome is Outcome.ABSTAINED
    assert draft.reason


def test_each_of_two_bodies_is_answered(ask: Callable[[str], Answer]) -> None:
    answer = ask("河湾市农业局和河湾市水务局2023年机关运行经费各多少万元？")
    assert [value.number for value in answer.values] == ["88.20", "45.06"]
    assert [value.entity for value in answer.values] == ["河湾市农业局", "河湾市水务局"]


def test_a_figure_that_one_of_the_bodies_lacks_is_no_answer(ask: Callable[[str], Answer]) -> None:
    answer = ask("河湾市农业局和河湾市水务局2023年信访办结率各是多少？")
    assert answer.outcome is Outcome.ABSTAINED
    assert not answer.values
