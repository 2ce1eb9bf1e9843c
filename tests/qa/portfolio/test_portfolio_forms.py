"""All forms of one body compared, where a question counts them, names an extreme or a grade."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer, Outcome

BOOK = Path(__file__).parents[2] / "gold" / "others8" / "岭汀区残联2024年度项目支出绩效自评表.xlsx"
BODY = "岭汀区残疾人联合会2024年"
LOWEST = ("残疾人就业培训与创业扶持", "89.34")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(MemoryLibrary([BOOK]), SimpleNamespace(abstain_threshold=0.55))


def rows(answer: Answer) -> list[tuple[str | None, str]]:
    return [(value.project, value.number) for value in answer.values]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("四个自评项目全年执行数一共多少万元？", (None, "742.03")),
        ("4个项目的全年预算数合计是多少？", (None, "791.5")),
        ("四张自评表里总分最低的是哪个？", LOWEST),
        ("四个项目的平均得分是多少？", (None, "94.26")),
        ("总分最低的项目是哪个？", LOWEST),
        ("哪个项目执行率最低？", (LOWEST[0], "83.35")),
        ("四个项目里哪一个没评上优，总分多少？", (LOWEST[0], "良")),
        ("有哪些项目没有评为“优秀”？", (LOWEST[0], "良")),
    ],
)
def test_first_value(engine: Engine, question: str, first: tuple[str | None, str]) -> None:
    answer = engine.ask(BODY + question)
    assert answer.outcome is Outcome.ANSWERED
    assert rows(answer)[0] == first


@pytest.mark.parametrize("where", ["医院里", "县城里", "山区", "教育系统"])
def test_a_restriction_that_nothing_understands_is_not_dropped(engine: Engine, where: str) -> None:
    answer = engine.ask(f"{where}哪个项目的预算执行率最低？")
    assert answer.outcome is Outcome.ABSTAINED


@pytest.mark.parametrize("count", ["三", "五", "两"])
def test_another_number_of_forms_than_there_are_is_not_answered(engine: Engine, count: str) -> None:
    answer = engine.ask(f"{BODY}{count}个项目的全年执行数合计是多少？")
    assert answer.outcome is not Outcome.ANSWERED


def test_the_score_of_what_lacks_a_grade_is_given_beside_it(engine: Engine) -> None:
    answer = engine.ask(f"{BODY}四个项目里哪个没拿到优，打了几分？")
    assert rows(answer) == [(LOWEST[0], "良"), LOWEST]


def test_the_money_of_one_payer_is_not_what_the_projects_took_in_all(engine: Engine) -> None:
    answer = engine.ask(f"{BODY}四个项目的本级财政资金全年执行数合计是多少？")
    assert not answer.values or answer.values[0].number != "742.03"
