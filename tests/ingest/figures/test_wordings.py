"""Slips and true statements in many wordings: what fails, and that nothing else does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest.model import Verdict
from ingest.pipeline import read_document
from tests.yaml_files import read_yaml

HEADS = {
    "accounts": "2023年度青禾县文化广电和旅游局部门决算\n\n一、情况说明\n\n",
    "evaluation": "青禾县2023年农村公路养护项目绩效评价报告\n\n一、项目概况\n\n",
}
CASES: dict[str, list[dict[str, Any]]] = read_yaml(
    Path(__file__).parents[1] / "data" / "wordings.yaml"
)


def failing(report: str, text: str) -> list[list[str]]:
    document = read_document((HEADS[report] + text + "\n").encode(), "报告2023.txt")
    figures, fails = document.figures, Verdict.FAILS
    found = [
        [e.family, figures[e.stated].quantity.printed]
        for e in document.equations
        if e.verdict is fails
    ]
    return found + [[a.family, a.stated.text] for a in document.assertions if a.verdict is fails]


@pytest.mark.parametrize("case", CASES["slips"], ids=lambda case: case["name"])
def test_a_slip_fails(case: dict[str, Any]) -> None:
    assert failing(case["report"], case["text"]) == case["fails"]


@pytest.mark.parametrize("case", CASES["true"], ids=lambda case: case["name"])
def test_what_is_true_stays_silent(case: dict[str, Any]) -> None:
    assert failing(case["report"], case["text"]) == []
