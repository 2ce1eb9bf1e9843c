"""The page with a language model beside the rules: what is typed goes through it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eval.liars import LIES, Liar
from qa.llm.assist import AssistedEngine
from qa.llm.errors import Unreachable
from qa.llm.model import Reply
from qa.model import Filters
from ui.web.services import Services

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
