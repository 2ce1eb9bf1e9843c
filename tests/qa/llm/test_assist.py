"""The rules first, a model beside them: what a right, a wrong and a broken one change."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from eval.material.liars import LIES, Liar
from eval.memory import MemoryLibrary
from qa.engine import Conversation, Engine
from qa.llm import errors
from qa.llm.assist import AssistedEngine
from qa.llm.client import LangChainModel
from qa.llm.config import ModelConfig
from qa.llm.model import Budget, Reply
from qa.model import Outcome
from tests.qa.conftest import DATA
from tests.qa.llm import openai_server as server
from tests.qa.llm.openai_server import Step, serving

ASSIST = Callable[..., AssistedEngine]


@pytest.fixture(scope="module")
def library() -> MemoryLibrary:
    return MemoryLibrary([DATA / "engine_accounts.txt", DATA / "engine_project.md"])


@pytest.fixture
def with_model(made_up_engine: Engine, library: MemoryLibrary) -> Callable[..., AssistedEngine]:
    return lambda model, **options: AssistedEngine(made_up_engine, library, model, **options)


def chosen(operation: str, *names: str, **ids: list[str]) -> Liar:
    """A model that chooses metrics by their names, as far as the menu has them."""

    def lie(asked: dict[str, Any]) -> list[dict[str, Any]]:
        known = {name: each for each, name in asked["metrics"].items()}
        metrics = [known.get(name, name) for name in names]
        return [{"operation": operation, "metrics": metrics, **ids}]

    return Liar(lie)


OPEN = "海州市临江区水务局2023年养人的开销多大？"
SURE = "海州市临江区水务局2023年基本支出是多少？"


def test_what_the_model_understood_is_offered_as_a_question(with_model: ASSIST) -> None:
    answer = with_model(chosen("lookup", "基本支出")).ask(OPEN)
    assert answer.outcome is Outcome.CLARIFY
    assert answer.choices == (SURE,)
    assert f"模型理解为：{SURE}" in answer.text
    assert answer.values == ()
    assert "1,020.30" not in answer.text
    assert answer.planner == "model"
    again = with_model(chosen("none")).ask(answer.choices[0])
    assert again.values[0].number == "1020.30"


def test_the_rules_answer_stands_whatever_the_model_says(
    with_model: ASSIST, made_up_engine: Engine
) -> None:
    alone = made_up_engine.ask(SURE)
    for lie in LIES.values():
        beside = with_model(Liar(lie)).ask(SURE)
        assert (beside.outcome, beside.values) == (alone.outcome, alone.values)
        assert beside.text.startswith(alone.text)


def test_another_reading_of_an_answered_question_is_a_remark(with_model: ASSIST) -> None:
    answer = with_model(chosen("lookup", "项目支出")).ask(SURE)
    assert answer.values[0].number == "1020.30"
    remark = "模型对问题的理解不同，可另问：“海州市临江区水务局2023年项目支出是多少？”"
    assert answer.text.splitlines()[-1] == remark


def test_the_same_reading_says_nothing(with_model: ASSIST, made_up_engine: Engine) -> None:
    assert with_model(chosen("lookup", "基本支出")).ask(SURE).text == made_up_engine.ask(SURE).text


@pytest.mark.parametrize(
    "question",
    [
        "海州市临江区林业局2023年基本支出是多少？",  # a unit that is not there
        "海州市临江区水务局2021年养人的开销多大？",  # a year that is not there
    ],
)
@pytest.mark.parametrize("ids", [{}, {"units": ["u1"]}, {"units": ["u1"], "years": ["2023"]}])
def test_nobody_else_is_put_in_the_place_of_what_is_not_there(
    question: str, ids: dict[str, list[str]], with_model: ASSIST, made_up_engine: Engine
) -> None:
    answer = with_model(chosen("lookup", "基本支出", **ids)).ask(question)
    assert answer.outcome is Outcome.ABSTAINED
    assert answer.choices == ()
    assert answer.text == made_up_engine.ask(question).text


def test_a_follow_up_is_made_complete_and_what_it_inherits_is_shown(with_model: ASSIST) -> None:
    engine, conversation = with_model(chosen("lookup", "基本支出")), Conversation()
    engine.ask("海州市临江区水务局2023年总收入是多少？", conversation=conversation)
    answer = engine.ask("那养人的开销呢？", conversation=conversation)
    assert answer.choices == (SURE,)
    assert "沿用上文：海州市临江区水务局、2023年" in answer.text
    assert engine.ask(answer.choices[0], conversation=conversation).values[0].number == "1020.30"


def test_the_model_sees_the_questions_before(with_model: ASSIST) -> None:
    model = chosen("none")
    engine, conversation = with_model(model), Conversation()
    engine.ask("总收入是多少？", conversation=conversation)
    engine.ask("养人的开销呢？", conversation=conversation)
    assert '"before": ["总收入是多少？"]' in model.prompts[-1]


def test_only_where_the_rules_do_not_answer_if_set_so(with_model: ASSIST) -> None:
    model = chosen("lookup", "项目支出")
    engine = with_model(model, plans="open")
    assert "模型" not in engine.ask(SURE).text
    assert model.prompts == []
    assert engine.ask(OPEN).outcome is Outcome.CLARIFY
    with_model(model, plans="never").ask(OPEN)
    assert len(model.prompts) == 1


class Broken(Liar):
    """A model that fails in one way."""

    def __init__(self, error: Exception) -> None:
        super().__init__(LIES["invention"])
        self.error = error

    def complete(self, *_: object, **__: object) -> Reply:
        raise self.error


KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, errors.ModelError)
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("question", [SURE, OPEN])
def test_each_fault_ends_in_the_rules_answer_and_one_line(
    kind: type[errors.ModelError], question: str, with_model: ASSIST, made_up_engine: Engine
) -> None:
    alone = made_up_engine.ask(question)
    answer = with_model(Broken(kind("sk-secret: provider says"))).ask(question)
    assert answer.text == f"{alone.text}\n{kind.zh}"
    assert (answer.outcome, answer.values) == (alone.outcome, alone.values)
    assert "\n" not in kind.zh + kind.en


FAULTS: list[tuple[str, Step]] = [
    ("429", server.status(429, retry_after="0")),
    ("500", server.status(500)),
    ("401", server.status(401)),
    ("context", server.status(400, "maximum context length is 4096 tokens")),
    ("broken JSON", server.raw(b'{"choices": [{"mess')),
    ("another form", server.call_raw('{"readings": [{"operation": "lookup", "units": ["u77"]}]}')),
    ("another language", server.say("ขอโทษ ฉันไม่เข้าใจคำถาม")),
    ("empty", server.say("")),
    ("half a body", server.raw(b'{"id": 1', length=5000)),
    ("endless", server.endless()),
    ("slow", server.slow(2)),
    ("dripping", server.dripping(0.05)),
]


@pytest.mark.parametrize("step", [f[1] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_each_fault_of_a_real_server_too(
    step: Step, with_model: ASSIST, made_up_engine: Engine
) -> None:
    with serving(step) as scripted:
        config = ModelConfig("scripted", base_url=scripted.url, call_seconds=0.8, retries=1)
        with closing(LangChainModel(config)) as model:
            engine = with_model(model, budget=lambda: Budget(seconds=3))
            for question in (SURE, OPEN):
                alone = made_up_engine.ask(question)
                answer = engine.ask(question)
                assert (answer.outcome, answer.values) == (alone.outcome, alone.values)
                *kept, notice = answer.text.splitlines()
                assert kept == alone.text.splitlines()
                assert "只用规则作答" in notice


def test_through_tools_of_a_real_server(with_model: ASSIST) -> None:
    reading = {"operation": "lookup", "metrics": ["基本支出"]}
    with serving(server.call(readings=[reading])) as scripted:
        config = ModelConfig("scripted", base_url=scripted.url)
        with closing(LangChainModel(config)) as model:
            assert with_model(model).ask(OPEN).choices == (SURE,)
        assert scripted.requests[0]["tools"][0]["function"]["name"] == "Plan"
