"""The page with a language model beside the rules: what is typed goes through it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from eval.material.liars import LIES, Liar
from qa.llm.assist import AssistedEngine
from qa.llm.errors import Unreachable
from qa.llm.model import Budget, Reply
from qa.llm.wording import worded
from qa.model import Filters
from ui.web.services import Services


class Wording(Liar):
    """A model that words an answer in two sentences, the second once the first was read."""

    def __init__(self) -> None:
        super().__init__(LIES["invention"])
        self.read = threading.Event()

    def stream(self, *_: object, **__: object) -> Iterator[str]:
        yield from ("{{v1.entity}}的{{v1.label}}", "为{{v1}}。", "{{v1.label}}")
        self.read.wait(20)
        yield "见{{v1}}。"


NAME = "a-conversation-of-tests"
QUESTION = "云岭市卫生健康局2023年基本支出是多少？"


class Down(Liar):
    """A model that cannot be reached."""

    def complete(self, *_: object, **__: object) -> Reply:
        raise Unreachable


def asked(services: Services, model: Liar, owner: str) -> str:
    asker = AssistedEngine(services.engine, services.library, model)
    page = Services(services.library, replace(services.settings), asker)
    *_, talk = page.ask(owner, NAME, QUESTION, Filters())
    answer = talk.turns[-1].answer
    assert answer is not None
    return answer.text


@pytest.mark.parametrize("lie", LIES)
def test_a_model_that_is_wrong_changes_no_answer_of_the_page(lie: str, services: Services) -> None:
    alone = services.engine.ask(QUESTION).text
    assert asked(services, Liar(LIES[lie]), lie).startswith(alone)


def test_a_model_that_is_down_is_one_line_of_the_page(services: Services) -> None:
    alone = services.engine.ask(QUESTION).text
    assert asked(services, Down(LIES["invention"]), "down") == f"{alone}\n{Unreachable.zh}"


def test_sentences_reach_the_page_as_they_pass(services: Services) -> None:
    model = Wording()
    asker = AssistedEngine(services.engine, services.library, model, plans="never", worder=worded)
    page = Services(services.library, services.settings, asker)
    heard: list[str] = []
    for talk in page.ask("hearing", NAME, QUESTION, Filters()):
        if talk.turns[-1].answer is None:
            heard.append(talk.turns[-1].partial)
            if heard[-1]:
                model.read.set()
        last = talk.turns[-1].answer
    assert last is not None
    number = last.values[0].number
    assert heard[0] == ""
    assert any(part and part in last.text for part in heard)
    assert number in last.text.replace(",", "")


def test_a_reader_who_leaves_stops_the_call(services: Services) -> None:
    asker = AssistedEngine(services.engine, services.library, Liar(LIES["invention"]))
    budgets: list[Budget] = []

    def noted() -> Budget:
        budgets.append(Budget())
        return budgets[-1]

    asker.fresh_budget = noted  # type: ignore[method-assign]
    talks = Services(services.library, services.settings, asker).ask(
        "leaving", NAME, QUESTION, Filters()
    )
    next(talks)
    next(talks)
    talks.close()  # type: ignore[attr-defined]
    assert budgets[0].spent.stopped.is_set()
