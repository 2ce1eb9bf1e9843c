"""What a question in a conversation takes over from the turn before."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Conversation, Engine
from qa.question.leaning import Leaning, leaning

REPORTS = Path(__file__).resolve().parents[3] / "samples" / "reports"
NAMES = (
    "yunling_health_2023_final_accounts.txt",
    "yunling_edu_2022_self_eval.md",
    "yunling_edu_2023_self_eval.txt",
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    library = MemoryLibrary([REPORTS / name for name in NAMES])
    return Engine(library, SimpleNamespace(abstain_threshold=0.55))


@pytest.mark.parametrize(
    ("question", "need"),
    [
        ("云岭市教育局2023年本年支出合计是多少？", Leaning.NOT),
        ("云岭市教育局2023年支出是多少？", Leaning.NOT),
        ("云岭市卫健局2023年公务接待费花了多少？", Leaning.NOT),
        ("云岭市教育局2023年培训费用了多少呢？", Leaning.NOT),
        ("公务接待费花了多少？", Leaning.SCOPE),
        ("2022年公务接待费花了多少？", Leaning.SCOPE),
        ("云岭市卫健局的公务接待费是多少？", Leaning.SCOPE),
        ("2022年呢？", Leaning.WORDS),
        ("培训费呢？", Leaning.WORDS),
        ("比2022年多了多少？", Leaning.WORDS),
        ("占本年支出合计的百分之几？", Leaning.WORDS),
        ("那云岭市卫健局2023年培训费是多少？", Leaning.WORDS),
        ("其中公务接待费是多少？", Leaning.WORDS),
        ("云岭市教育局2023年的决算数是多少？", Leaning.WORDS),
        ("增长了百分之几？", Leaning.WORDS),
        ("这两个数差多少？", Leaning.WORDS),
        ("为什么没有花完？", Leaning.WORDS),
        ("And in 2022?", Leaning.WORDS),
        ("What did Yunling education bureau spend in total in 2023?", Leaning.NOT),
    ],
)
def test_leaning(engine: Engine, question: str, need: Leaning) -> None:
    assert leaning(engine.plan(question), question) is need


def test_a_complete_question_is_answered_as_if_it_were_the_first(engine: Engine) -> None:
    conversation = Conversation()
    engine.ask("云岭市教育局2022年校舍维修改造的全年预算是多少？", conversation=conversation)
    alone = engine.ask("云岭市卫健局2023年本年支出合计是多少？")
    after = engine.ask("云岭市卫健局2023年本年支出合计是多少？", conversation=conversation)
    assert (after.text, after.inherited) == (alone.text, ())
    assert alone.outcome.given


def test_what_is_asked_after_silence_is_of_the_words_that_found_nothing(engine: Engine) -> None:
    """Not of the figure that was shown a turn earlier."""
    conversation = Conversation()
    for question in ("云岭市卫健局2023年公务接待费是多少？", "无人机购置费呢？"):
        answer = engine.ask(question, conversation=conversation)
    assert not answer.outcome.given
    grown = engine.ask("比2022年多了多少？", conversation=conversation)
    assert not grown.outcome.given


def test_a_year_that_the_answer_is_not_of_is_not_said_to_be_taken_over(engine: Engine) -> None:
    conversation = Conversation()
    engine.ask("云岭市教育局2022年校舍维修改造的全年预算是多少？", conversation=conversation)
    answer = engine.ask("云岭市卫健局所说的“事业收入”是什么意思？", conversation=conversation)
    assert answer.outcome.given
    assert "2022年" not in answer.inherited
    assert "2022年" not in answer.text
