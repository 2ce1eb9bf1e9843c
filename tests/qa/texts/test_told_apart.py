"""Two things asked for in words at once: each answered, or neither; made-up report."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer, Outcome
from qa.question.separate_asks import text_asks

REPORT = """临湖市体育局2023年全民健身项目绩效评价报告

项目名称：全民健身项目
项目单位：临湖市体育局
评价年度：2023年

一、评价工作

受临湖市体育局委托，湖州正衡会计师事务所成立评价工作组，对全民健身项目实施绩效评价。

主评人：沈知微。

健身场地数以2023年10月30日体育场地统计报表为准。

二、专项债

2023年新增15项专项债项目。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    path: Path = tmp_path_factory.mktemp("apart") / "临湖市体育局2023年评价.md"
    path.write_text(REPORT, encoding="utf-8")
    return Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55)).ask


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("评价由哪家机构实施，主评人是谁？", 2),
        ("工作组组长是谁，通知文号是多少？", 2),
        ("存在什么问题？报告怎么说？", 0),
        ("预算是多少，执行率是多少？", 0),
        ("主评人是谁？", 0),
    ],
)
def test_asks_in_words(question: str, asks: int) -> None:
    assert len(text_asks(question)) == asks


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("临湖市体育局2023年全民健身项目绩效评价由哪家机构实施，主评人是谁？", ["正衡会计师事务所", "沈知微"]),
        ("临湖市体育局的健身场地数以哪一天的什么报表为准？", ["2023年10月30日", "体育场地统计报表"]),
    ],
)  # fmt: skip
def test_both_are_told(ask: Callable[[str], Answer], question: str, said: list[str]) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert [words for words in said if words not in answer.text] == []


@pytest.mark.parametrize(
    "question",
    [
        "请列出临湖市体育局2023年新增15项专项债项目的名称。",
        "临湖市体育局2023年那15个专项债项目，具体是哪些？",
        "临湖市体育局2023年全民健身项目评价的主评人是谁，联系电话的号码归谁管？",
    ],
)
def test_a_part_is_no_answer(ask: Callable[[str], Answer], question: str) -> None:
    assert ask(question).outcome is Outcome.ABSTAINED
