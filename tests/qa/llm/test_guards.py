"""When two questions are proven to ask the same, by the deterministic synonyms alone."""

from __future__ import annotations

import pytest

from qa.engine import Engine
from qa.llm.guards import proven_equal
from qa.words.synonyms import synonym_groups

UNIT = "海州市临江区水务局"
GROUP = next(g for g in synonym_groups() if len(g.term) > 3 and g.same and "支出" in g.term)
PAIRS = [
    (f"{UNIT}2023年{GROUP.term}是多少？", f"{UNIT}2023年{GROUP.same[0]}是多少？", True),
    (f"{UNIT}2023年基本支出是多少？", f"2023年{UNIT}的基本支出是多少？", True),
    (f"{UNIT}2023年基本支出是多少？", f"{UNIT}2023年项目支出是多少？", False),
    (f"{UNIT}2023年基本支出是多少？", f"{UNIT}2022年基本支出是多少？", False),
    (f"{UNIT}2023年基本支出是多少？", f"{UNIT}2023年基本支出比上年增减多少？", False),
    (f"{UNIT}2023年基本支出是多少？", "海州市教育局2023年基本支出是多少？", False),
    (f"{UNIT}2023年基本支出是多少万元？", f"{UNIT}2023年基本支出是多少元？", False),
    (f"{UNIT}2023年养人的开销多大？", f"{UNIT}2023年基本支出是多少？", False),
    (f"{UNIT}2023年基本支出和项目支出分别是多少？", f"{UNIT}2023年基本支出是多少？", False),
]


@pytest.mark.parametrize(("asked", "other", "same"), PAIRS)
def test_only_synonyms_prove_it(asked: str, other: str, same: bool, made_up_engine: Engine) -> None:
    assert proven_equal(made_up_engine.plan(asked), made_up_engine.plan(other)) is same
