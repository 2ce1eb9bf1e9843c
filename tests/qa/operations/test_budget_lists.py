"""Items that spent more or less than their budget at the start of the year, or had none."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer, Outcome

REPORT = """临湖市体育局2023年度部门决算

单位：临湖市体育局

第三部分 2023年度部门决算情况说明

一、一般公共预算财政拨款支出决算情况说明

（一）具体情况

1.教育支出（类）进修及培训（款）培训支出（项）。年初预算为4.00万元，支出决算为3.20万元，完成年初预算的80.0%。

2.社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）。年初预算为60.00万元，支出决算为62.48万元，完成年初预算的104.1%。

3.文化旅游体育与传媒支出（类）体育（款）体育场馆（项）。年初预算为0.00万元，支出决算为214.08万元。

4.文化旅游体育与传媒支出（类）体育（款）群众体育（项）。年初预算为300.00万元，支出决算为300.00万元，完成年初预算的100.0%。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    path: Path = tmp_path_factory.mktemp("budgets") / "临湖市体育局2023年决算.md"
    path.write_text(REPORT, encoding="utf-8")
    return Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55)).ask


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("临湖市体育局2023年哪些科目年初没有安排预算、年中才有支出？", ["体育场馆"]),
        ("临湖体育局23年哪几个科目超预算了？", ["行政单位离退休", "体育场馆"]),
        ("临湖市体育局2023年决算数小于年初预算数的项级科目有哪些？", ["培训支出"]),
    ],
)
def test_items(ask: Callable[[str], Answer], question: str, items: list[str]) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    lines = answer.text.split("\n")[1:]
    assert [line.partition("（")[0].split(". ")[1] for line in lines] == items
