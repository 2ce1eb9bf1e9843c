"""Questions that point at figures by their numbers: worded, read back, answered; forged ones are not."""

from __future__ import annotations

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Outcome
from qa.pointed import FORMS, Pointed, Step, pointed_in, worded
from tests.qa.conftest import DATA


@pytest.fixture(scope="module")
def library() -> MemoryLibrary:
    return MemoryLibrary([DATA / "engine_accounts.txt", DATA / "engine_project.md"])


def figures(library: MemoryLibrary, count: int) -> tuple[Pointed, ...]:
    """The first figures of money of the first report."""
    found = [f.no for f in library.document(0).figures if f.quantity.unit.symbol == "万元"]
    return tuple(Pointed(0, number) for number in found[:count])


def passage(library: MemoryLibrary) -> Pointed:
    document = library.document(0)
    block = next(b for b in document.blocks if len(b.text) > 20 and len(b.spans) == 1)
    start, end = block.spans[0]
    return Pointed(0, None, block.no, start, end)


@pytest.mark.parametrize("operation", [name for name in FORMS if name != "quote"])
def test_what_is_worded_is_read_back(operation: str, library: MemoryLibrary) -> None:
    three = figures(library, 3)
    second = three[2:] if FORMS[operation].between else ()
    step = Step(operation, three[:2] if second else three, second)
    question = worded((step, Step("quote", (passage(library),))), library.document)
    read = pointed_in(question, lambda report: report < 2, library.document)
    assert read == (step, Step("quote", (passage(library),)))


def test_a_figure_is_shown_as_it_stands(library: MemoryLibrary, made_up_engine: Engine) -> None:
    one = figures(library, 1)
    answer = made_up_engine.ask(worded((Step("lookup", one),), library.document))
    figure = library.document(0).figures[one[0].figure or 0]
    assert answer.outcome.given
    assert answer.values[0].number == str(figure.quantity.value)


def test_a_difference_is_computed(library: MemoryLibrary, made_up_engine: Engine) -> None:
    one, other = figures(library, 2)
    answer = made_up_engine.ask(worded((Step("difference", (one,), (other,)),), library.document))
    values = [library.document(0).figures[each.figure or 0].quantity.value for each in (one, other)]
    assert answer.values[0].number.replace(",", "") == str(values[0] - values[1])


def test_a_passage_is_quoted_word_for_word(library: MemoryLibrary, made_up_engine: Engine) -> None:
    place = passage(library)
    answer = made_up_engine.ask(worded((Step("quote", (place,)),), library.document))
    assert answer.outcome is Outcome.ANSWERED
    assert answer.values == ()
    assert answer.citations[0].quote == library.document(0).text[place.start : place.end]


@pytest.mark.parametrize(
    "forge",
    [
        lambda asked: asked.replace("“", "“另一个", 1),  # another name
        lambda asked: asked.replace("〔0-", "〔1-"),  # another report
        lambda asked: asked.replace("〔0-", "〔9-"),  # no report
        lambda asked: asked.replace("是多少", "大概是多少"),
        lambda asked: f"请问{asked}",
    ],
)
def test_what_is_not_called_so_is_no_pointed_question(forge, library: MemoryLibrary) -> None:  # type: ignore[no-untyped-def]
    asked = worded((Step("lookup", figures(library, 1)),), library.document)
    assert pointed_in(forge(asked), lambda report: report < 2, library.document) == ()
