"""What is asked beside a list over all reports is answered from its rows."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Outcome
from qa.plan import Order
from qa.portfolio.model import Over
from qa.portfolio.together import Together, clauses_of, together

DATA = Path(__file__).parents[1] / "data" / "portfolio"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(MemoryLibrary(sorted(DATA.iterdir())), SimpleNamespace(abstain_threshold=0.55))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2023年各单位“三公”经费合计多少，最高的是哪个？", "最高的是青禾市交通运输局：27.60万元"),
        ("2023年各单位三公经费分别是多少？哪家最高？", "最高的是青禾市交通运输局：27.60万元"),
        ("2023年各单位三公经费总计多少，三公经费最少的是谁，花了多少", "最低的是"),
        ("2023年各项目预算执行率平均多少，其中最低的是哪个项目？", "“校园食堂改造项目”：75.00%"),
    ],
)
def test_the_end_is_one_of_the_rows(engine: Engine, question: str, said: str) -> None:
    answer = engine.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert said in answer.text
    assert answer.text.count("口径：") == answer.text.count("范围：") == 1


def test_the_total_behind_the_highest_is_of_all_rows(engine: Engine) -> None:
    alone = engine.ask("2023年各单位机关运行经费合计多少").values[0]
    answer = engine.ask("2023年各单位机关运行经费最高的是哪个，合计多少？")
    assert (answer.values[0].number, answer.values[0].unit) == (alone.number, alone.unit)
    assert "列出 1 个" in answer.text


def test_both_ends_are_told_in_the_order_asked(engine: Engine) -> None:
    answer = engine.ask("2023年各单位三公经费各是多少，最高和最低的分别是哪个？")
    assert answer.text.index("最高的是") < answer.text.index("最低的是")


def _of(question: str, over: Over = Over.UNITS, *, spent: bool = True) -> Together | None:
    return together(clauses_of(question)[1], over, ("三公经费",), spent=spent)


@pytest.mark.parametrize(
    ("question", "extremes", "totals"),
    [
        ("各单位三公经费多少，最高的呢", (Order.MOST,), ()),
        ("各单位三公经费多少，最低和最高的单位分别是哪个", (Order.LEAST, Order.MOST), ()),
        ("各单位三公经费多少及最高的是哪个", (Order.MOST,), ()),
        ("各单位三公经费最高的是谁，一共多少，平均多少", (), ("合计", "平均")),
        ("各单位三公经费一共多少，最多的是哪家，花了多少", (Order.MOST,), ()),
    ],
)
def test_ends_and_totals(
    question: str, extremes: tuple[Order, ...], totals: tuple[str, ...]
) -> None:
    assert _of(question) == Together(extremes, totals)


@pytest.mark.parametrize(
    "question",
    [
        "各单位三公经费多少，机关运行经费最高的是哪个",
        "各单位三公经费多少，最高的项目是哪个",
        "各单位三公经费多少，最高的是2022年的几倍",
        "各单位三公经费多少，为什么最高的是它",
        "各单位三公经费多少，花了多少",
    ],
)
def test_a_clause_about_something_else_is_no_part_of_it(question: str) -> None:
    assert _of(question) is None


def test_what_was_spent_is_not_asked_of_a_rate() -> None:
    assert _of("各单位执行率多少，最低的是哪个，花了多少", spent=False) is None
