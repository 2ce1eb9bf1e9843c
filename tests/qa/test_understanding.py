"""Classes of questions that were once misread, over two made-up reports."""

from __future__ import annotations

from collections.abc import Callable

import pytest

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
