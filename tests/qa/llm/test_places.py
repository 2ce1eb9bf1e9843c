"""What a model may point at: passages and tables near a question, and nothing that was not shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eval.material.liars import Liar
from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.llm.assist import AssistedEngine
from qa.llm.places import Places, places_for
from qa.model import Outcome
from qa.naming.known_names import part_ref
from tests.qa.conftest import DATA

OPEN = "海州市临江区水务局2023年养人的开销多大？"


@pytest.fixture(scope="module")
def library() -> MemoryLibrary:
    return MemoryLibrary([DATA / "engine_accounts.txt", DATA / "engine_project.md"])


@pytest.fixture
def places(library: MemoryLibrary, made_up_engine: Engine) -> Places:
    parts = [part_ref(part) for part in library.parts()]
    question = "海州市临江区水务局2023年基本支出是多少？"
    plan = made_up_engine.plan(question)
    return places_for(question, (), plan, parts, [0, 1], library.document)


def test_ids_stand_for_figures_and_passages_of_the_reports(
    places: Places, library: MemoryLibrary
) -> None:
    assert places.figures
    assert places.quotes
    for place in places.figures.values():
        assert place.figure is not None
        assert place.figure < len(library.document(place.report).figures)
    for place in places.quotes.values():
        assert library.document(place.report).text[place.start : place.end].strip()


@pytest.mark.parametrize("ids", [["s99a"], ["t9.r1.c1"], ["123.45万元"], ["s1"]])
def test_what_was_not_shown_is_no_figure(ids: list[str], places: Places) -> None:
    assert places.figures_of(ids) is None


def test_what_the_model_points_at_is_offered_and_then_answered(
    library: MemoryLibrary, made_up_engine: Engine
) -> None:
    def point(asked: dict) -> list[dict]:  # type: ignore[type-arg]
        first = next(name for name, text in asked["passages"].items() if f"({name}a)" in text)
        return [{"operation": "lookup", "figures": [f"{first}a"]}]

    make: Callable[..., AssistedEngine] = AssistedEngine
    answer = make(made_up_engine, library, Liar(point)).ask(OPEN)
    assert answer.outcome is Outcome.CLARIFY
    assert answer.values == ()
    assert made_up_engine.ask(answer.choices[0]).values
