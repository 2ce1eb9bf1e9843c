"""Answers are the same wherever the ledger is."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.bench.ledgers import compare
from eval.suites.suite import load_suite
from tests.postgres_server import PostgresServer

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.slow
def test_answers_are_the_same_with_both_ledgers(
    postgres_server: PostgresServer, tmp_path: Path
) -> None:
    suite = load_suite(ROOT / "tests" / "gold" / "samples_a.yaml")
    questions = [case.question for case in suite.cases][::6]
    files = sorted((ROOT / "samples" / "reports").iterdir())
    found = compare(postgres_server.settings(tmp_path), files, questions)
    assert (found["questions"], found["reports"]) == (len(questions), len(files))
    assert found["differing"] == []
