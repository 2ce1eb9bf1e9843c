"""Real replies, recorded once and replayed without a network; every cassette in the tree is."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval import cassettes
from qa.llm.config import ModelConfig
from qa.model import Answer, Outcome
from tests.qa.llm import openai_server as server
from tests.qa.llm.openai_server import serving

KEY = "sk-recorded-0123456789"
RECORDED = sorted(cassettes.FOLDER.glob("*.json"))


def shown(answers: list[Answer]) -> list[tuple[str, ...]]:
    return [tuple(value.number for value in answer.values) for answer in answers]


def test_a_cassette_is_recorded_and_replayed(tmp_path: Path) -> None:
    tape: list[cassettes.Exchange] = []
    reading = {"operation": "lookup", "metrics": ["基本支出"]}
    with serving(server.call(readings=[reading])) as scripted:
        config = ModelConfig("scripted", base_url=scripted.url, key=KEY, retries=0)
        with cassettes.recording(config, tape) as url:
            first, alone = cassettes.with_model(url, config)
    cassettes.save(tmp_path / "tape.json", tape)
    assert KEY not in (tmp_path / "tape.json").read_text(encoding="utf-8")
    kept = cassettes.load(tmp_path / "tape.json")
    with cassettes.replaying(kept) as url:
        again, _ = cassettes.with_model(url, ModelConfig("replayed", retries=0))
    assert [answer.text for answer in again] == [answer.text for answer in first]
    assert any(answer.outcome is Outcome.CLARIFY for answer in again)
    assert len(alone) == len(again)


def test_what_was_not_recorded_ends_in_the_rules_answer() -> None:
    with cassettes.replaying([]) as url:
        beside, alone = cassettes.with_model(url, ModelConfig("none", retries=0))
    assert shown(beside) == shown(alone)
    assert all("只用规则作答" in answer.text for answer in beside if answer.values)


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_a_recorded_model_shows_no_value_that_the_rules_would_not(path: Path) -> None:
    with cassettes.replaying(cassettes.load(path)) as url:
        beside, alone = cassettes.with_model(url, ModelConfig(path.stem, retries=0))
    for with_model, without in zip(beside, alone, strict=True):
        if without.values:
            assert shown([with_model]) == shown([without])
