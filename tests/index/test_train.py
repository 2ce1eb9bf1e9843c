"""Files of questions and paragraphs, in the three forms that the trainer and the benchmark read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.train import Sample, TrainingError, read_samples

PLAIN = [{"question": "问", "paragraph": "段", "title": "题", "answers": ["答"]}]
NUMBERED = {"paras": [{"text": "段", "title": "题"}], "qas": [{"q": "问", "pid": 0, "ans": ["答"]}]}
SQUAD = {
    "version": "1.1",
    "data": [
        {
            "title": "题",
            "paragraphs": [
                {
                    "context": "段",
                    "qas": [
                        {
                            "id": "1",
                            "question": "问",
                            "answers": [{"text": "答", "answer_start": 0}],
                        },
                        {"id": "2", "question": "无解", "answers": [], "is_impossible": True},
                    ],
                }
            ],
        }
    ],
}


@pytest.mark.parametrize("data", [PLAIN, NUMBERED, SQUAD], ids=["plain", "numbered", "squad"])
def test_every_form_gives_the_same(data: Any, tmp_path: Path) -> None:
    path = tmp_path / "pairs.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert read_samples(path) == [Sample("问", "段", "题", ("答",))]


@pytest.mark.parametrize(
    "text",
    ["{", "{}", '{"data": [1]}', '[{"question": "问"}]', '{"qas": [{"q": "问"}], "paras": []}'],
)
def test_other_files_are_refused_by_name(text: str, tmp_path: Path) -> None:
    path = tmp_path / "pairs.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TrainingError, match=r"pairs\.json"):
        read_samples(path)
