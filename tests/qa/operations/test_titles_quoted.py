"""A table's title with quotation marks of its own is quoted with inner ones."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.present import inner_marks

SAMPLE = Path(__file__).parents[3] / "samples/reports/yunling_health_2023_final_accounts.txt"


@pytest.mark.parametrize("asked", ["决算中最高的是哪一项", "预算中哪项最高？"])
def test_marks_are_not_doubled(asked: str) -> None:
    engine = Engine(MemoryLibrary([SAMPLE]), SimpleNamespace(abstain_threshold=0.55))
    text = engine.ask(f"云岭市卫生健康局2023年“三公”经费{asked}").text
    assert "“‘三公’经费" in text
    assert "““" not in text


def test_inner_marks() -> None:
    assert inner_marks("“三公”经费") == "‘三公’经费"
