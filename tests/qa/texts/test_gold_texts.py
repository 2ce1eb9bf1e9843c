"""The suites of text questions over reports of this repository: nothing wrong, nearly all right."""

import re
from collections import Counter
from pathlib import Path

import pytest

from eval.library import open_memory, reports_for
from eval.runner import Session
from eval.score import Verdict
from eval.suites.suite import load_suite
from qa.engine import Conversation
from qa.model import Outcome

GOLD = Path(__file__).resolve().parents[2] / "gold"


@pytest.mark.parametrize(
    ("name", "right"),
    [("others_texts.yaml", 29), ("others_texts_b.yaml", 63), ("texts_open.yaml", 33)],
)
def test_text_suites(name: str, right: int) -> None:
    suite = load_suite(GOLD / name)
    with open_memory(reports_for(suite)) as loaded:
        outcomes = Session(loaded.engine, Conversation).run(suite.cases)
    verdicts = Counter(outcome.score.verdict for outcome in outcomes)
    wrong = [o.case.id for o in outcomes if o.score.verdict is Verdict.WRONG]
    assert verdicts[Verdict.RIGHT] >= right, verdicts
    assert wrong == []


def test_text_answers_are_short_and_every_entry_is_cited() -> None:
    suite = load_suite(GOLD / "texts_open.yaml")
    with open_memory(reports_for(suite)) as loaded:
        outcomes = Session(loaded.engine, Conversation).run(suite.cases)
    for outcome in outcomes:
        answer = outcome.answer
        if answer is None or answer.outcome is not Outcome.ANSWERED or answer.values:
            continue
        lines = answer.text.split("\n")
        entries = [line for line in lines if re.match(r"\d{1,2}\. |（\d{1,2}）", line)]
        assert len(answer.citations) >= len(entries), outcome.case.id
        if outcome.case.type != "definition":
            assert max(map(len, lines)) <= 300, outcome.case.id
