"""Many users at once: what is counted, what counts as mixed up, and a few seconds of the real thing."""

from __future__ import annotations

import pytest

from eval.bench.load import Seen, questions, run, said, summary, widest
from eval.bench.quality import part_section
from eval.material.load_client import AskEvent, LoadError, User


def test_the_figures_of_a_run_are_a_section_of_the_page() -> None:
    seen = Seen()
    for seconds in (0.1, 0.2, 0.3, 2.0):
        seen.took("ask", seconds)
    seen.wrong(seen.errors, "ask: LoadError 500")
    found = summary(20, 300, seen, (300, 400, 401))
    assert found["rows"] == [("ask", 4, 0.2, 2.0, 2.0)]
    assert (found["requests"], found["errors"]) == (4, 1)
    shown = part_section("Many users", found)
    assert "| ask" in shown
    assert "ask: LoadError 500" in shown


def test_questions_and_comparisons_come_of_what_is_loaded() -> None:
    accounts = {"kind": "final_accounts", "entity": "甲局"}
    other = {"kind": "project_evaluation", "entity": "乙局", "year": "2023"}
    reports = [
        {**accounts, "year": "2022"},
        {**accounts, "year": "2023"},
        other,
        {**other, "year": ""},
    ]
    asked = questions(reports)
    assert len(set(asked)) == len(asked) == 3 * 7
    assert all(each.startswith(("甲局202", "乙局2023年")) for each in asked)
    assert widest(reports) == {"units": ["甲局"], "metrics": ["三公经费"], "years": "2022-2023"}


def test_an_answer_is_what_it_says() -> None:
    value = {"number": "5.34", "unit": "万元", "check": "exact", "label": "x"}
    answer = {"outcome": "answered", "values": [value], "coverage": {"reports": 9}}
    assert said(answer) == ["answered", ["5.34", "万元", "exact"]]


def test_the_event_that_sends_a_question_is_found_in_the_pages_description() -> None:
    config = {
        "components": [{"id": 7, "props": {"elem_id": "gj-send"}}, {"id": 8, "props": {}}],
        "dependencies": [
            {"id": 1, "targets": [[8, "click"]], "inputs": []},
            {"id": 2, "targets": [[7, "click"], [8, "submit"]], "inputs": [1, 2, 3]},
        ],
    }
    assert AskEvent.of(config) == AskEvent(2, 7, 3)
    with pytest.raises(LoadError):
        AskEvent.of({"components": [], "dependencies": []})


def test_a_server_that_is_not_there_is_an_error() -> None:
    with pytest.raises(LoadError):
        User("http://127.0.0.1:9").get("/ready")


@pytest.mark.slow
def test_a_few_users_for_a_few_seconds_get_their_own_answers() -> None:
    pytest.importorskip("gradio")
    found = run(3, 6)
    assert (found["errors"], found["examples"]) == (0, [])
    assert found["answers of another question or session"] == 0
    assert found["requests"] > 3
