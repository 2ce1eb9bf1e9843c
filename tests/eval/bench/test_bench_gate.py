"""Drafts and slips of the gate's benchmark, over answers about made-up reports."""

from __future__ import annotations

import random
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.bench.gate import measured
from eval.material.draft_mutations import CHANGES, mutate
from eval.material.drafts import Case, drafts
from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.llm.slots import slots_of
from qa.model import Answer

DATA = Path(__file__).parents[2] / "qa" / "data"
QUESTIONS = (
    "临江区水务局2023年机关运行经费支出是多少？",
    "临江区水务局2023年其他收入比上年增长了百分之几？",
    "临江区水务局2023年三公经费比预算省了多少？",
    "临江区水务局2022年和2023年的其他收入分别是多少？",
    "校园直饮水改造项目评价得了多少分？",
)


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    library = MemoryLibrary([DATA / "engine_accounts.txt", DATA / "engine_project.md"])
    engine = Engine(library, SimpleNamespace(abstain_threshold=0.55))
    return [engine.ask(question) for question in QUESTIONS]


def test_wrong_drafts_are_stopped_and_right_ones_pass(answers: list[Answer]) -> None:
    found = measured(answers, wrong=390, right=60, seed=1)
    assert found["wrong_passed"] == []
    assert found["right_stopped"] == []
    assert found["rows"][-1][1] > 250


@pytest.mark.parametrize("kind", CHANGES)
def test_a_slip_changes_the_draft(kind: str, answers: list[Answer]) -> None:
    rng = random.Random(3)  # noqa: S311
    for answer in answers:
        case = Case(answer, slots_of(answer))
        for _, text in drafts(case):
            made = mutate(kind, text, case, rng, ("某局",))
            assert made is None or (made.text != text and made.kind == kind)
