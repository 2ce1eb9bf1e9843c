"""Known questions asked of another place: how they are put, and that nothing is given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.bench.foreign import elsewhere, main
from eval.memory import MemoryLibrary
from ingest.settings import Settings
from qa.engine import Engine

REPORT = """栖湾市青棠区水务局2023年度部门决算

一、概况

栖湾市青棠区水务局2023年本年支出704.15万元，年末在职86人。
"""
GOLD = Path(__file__).resolve().parents[2] / "gold"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    path = tmp_path_factory.mktemp("foreign") / "a.txt"
    path.write_text(REPORT, encoding="utf-8")
    return Engine(MemoryLibrary([path]), Settings())


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("青棠区水务局2023年本年支出多少？", "越秀区水务局2023年本年支出多少？"),
        ("2023年本年支出多少？", None),  # names no body
    ],
)
def test_the_place_of_the_body_is_put_for_another(
    engine: Engine, question: str, asked: str | None
) -> None:
    assert elsewhere(engine, question, "栖湾市青棠区水务局") == asked


def test_a_place_that_the_library_has_is_no_other(engine: Engine) -> None:
    assert elsewhere(engine, "青棠区水务局2023年本年支出多少？", "广州市越秀区教育局") is None


def test_nothing_is_given_for_another_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(GOLD / "samples_a.yaml"), "--most", "4"]) == 0
    result = json.loads(capsys.readouterr().out)
    ((asked, silent, given),) = result["rows"]
    assert asked == silent
    assert given == 0
