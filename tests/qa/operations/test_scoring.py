"""Why a score is what it is, what it should be, what its rule says; made-up reports."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer, Outcome

REPORT = """临湖市体育局2023年全民健身项目绩效评价报告

项目名称：全民健身项目
项目单位：临湖市体育局
评价年度：2023年

一、评分标准

1.预算执行率（10分）：执行率达到95%（含）以上得满分；低于95%的，每低1个百分点扣0.5分，扣完为止。

二、评分情况

表1 评分表

| 一级指标 | 二级指标 | 三级指标 | 分值 | 年度目标值 | 实际完成值 | 得分 | 扣分原因 |
|---|---|---|---|---|---|---|---|
| 过程 | 资金 | 预算执行率 | 10 | ≥95% | 91.00% | 8 | 健身步道招标推迟 |
| 过程 | 资金 | 资金使用合规性 | 5 | 合规 | 2处不合规 | 3.5 | 超付扣1分，白条扣0.5分 |
| 产出 | 数量 | 新建健身步道 | 20 | ≥40公里 | 36公里 | 18 | 两段征地未完成 |
| 产出 | 质量 | 器材验收合格率 | 15 | 100% | 100% | 15 |  |
| 产出 | 时效 | 活动按期开展 | 50 | 按期 | 基本按期 | 47 | 马拉松改期 |
| 合计 |  |  | 100 |  |  | 91.5 |  |
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    path: Path = tmp_path_factory.mktemp("scoring") / "临湖市体育局2023年评价.md"
    path.write_text(REPORT, encoding="utf-8")
    return Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55)).ask


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("临湖市体育局2023年预算执行率为什么得8分？", ["91.00%", "10 − (95 − 91.00) × 0.5 = 8"]),
        ("临湖体育局23年预算执行率那项咋才8分", ["健身步道招标推迟", "每低1个百分点扣0.5分"]),
        ("请说明临湖市体育局2023年“新建健身步道”指标得18分的计算过程。", ["20 × 36 ÷ 40 = 18"]),
        ("临湖市体育局2023年资金使用合规性扣的1.5分怎么来的？", ["5 − 1 − 0.5 = 3.5"]),
        ("临湖市体育局2023年活动按期开展为什么没拿满分？", ["马拉松改期"]),
        ("按评分标准，临湖市体育局预算执行率要拿满分有什么要求？", ["执行率达到95%（含）以上得满分"]),
    ],
)  # fmt: skip
def test_why_it_has_its_score(ask: Callable[[str], Answer], question: str, said: list[str]) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert [words for words in said if words not in answer.text] == []
    assert answer.citations


def test_what_it_should_have(ask: Callable[[str], Answer]) -> None:
    answer = ask("临湖市体育局2023年预算执行率按评分标准应得多少分？")
    assert answer.outcome is Outcome.ANSWERED
    assert [(v.number, v.unit) for v in answer.values] == [("8", "分")]


@pytest.mark.parametrize(
    "question",
    [
        "临湖市体育局2023年预算执行率为什么得9分？",
        "临湖市体育局2023年器材验收合格率为什么扣分？",
        "临湖市体育局2023年场馆利用率为什么得3分？",
    ],
)
def test_nothing_is_explained_that_is_not_so(ask: Callable[[str], Answer], question: str) -> None:
    answer = ask(question)
    assert "按此计算" not in answer.text
