"""Lists asked for in full, indicators that fell short, how far a thing has come; made-up reports."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer, Outcome

EARLIER = """临湖市体育局2022年全民健身项目绩效评价报告

项目名称：全民健身项目
项目单位：临湖市体育局
评价年度：2022年

一、项目完成情况

“智慧体育公园建设与运营”省级试点项目于2022年3月获批立项。
"""

LATER = """临湖市体育局2023年全民健身项目绩效评价报告

项目名称：全民健身项目
项目单位：临湖市体育局
评价年度：2023年

一、项目完成情况

“智慧体育公园建设与运营”省级试点项目顺利通过终期验收，被评为省级优秀试点。

未完成改造的球场为：东门球场、北苑球场、河滨球场。

二、绩效目标完成情况

| 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 佐证情况 |
|---|---|---|---|---|---|---|
| 产出 | 新建健身步道 | ≥40公里 | 36公里 | 20 | 18 | 竣工资料齐全 |
| 产出 | 器材更换批次 | 4次 | 2次 | 20 | 10 | 未见相关佐证材料 |
| 产出 | 器材验收合格率 | 100% | 100% | 20 | 20 | 验收单齐全 |
| 产出 | 器材报废率 | ≤2% | 1.5% | 20 | 20 | 未见相关佐证材料 |
| 效益 | 管护制度 | 健全 | 较健全 | 20 | 17 | 制度汇编一册 |

三、存在的问题

（一）健身步道征地滞后，两段未能开工。

（二）器材管护责任不明确。

（三）满意度调查样本偏少。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    folder: Path = tmp_path_factory.mktemp("listing")
    paths = [folder / "临湖市体育局2022年评价.md", folder / "临湖市体育局2023年评价.md"]
    for path, text in zip(paths, (EARLIER, LATER), strict=True):
        path.write_text(text, encoding="utf-8")
    return Engine(MemoryLibrary(paths), SimpleNamespace(abstain_threshold=0.55)).ask


PROBLEMS = ["征地滞后", "责任不明确", "样本偏少"]
SHORT = ["新建健身步道", "器材更换批次", "管护制度"]


@pytest.mark.parametrize(
    ("question", "entries"),
    [
        ("临湖市体育局2023年全民健身项目存在哪些问题？请列全。", PROBLEMS),
        ("请完整列出临湖市体育局2023年全民健身项目评价报告指出的存在问题。", PROBLEMS),
        ("临湖体育局23年全民健身评价都有啥毛病，全列出来", PROBLEMS),
        ("临湖市体育局2023年哪些指标没有完成年度目标？", SHORT),
        ("请列出临湖市体育局2023年未达到年度指标值的全部三级指标。", SHORT),
        (
            "临湖市体育局2023年的指标，哪些“未见相关佐证材料”？",
            ["器材更换批次", "器材报废率"],
        ),
        ("临湖市体育局2023年没改完的球场有哪些？", ["东门球场", "北苑球场", "河滨球场"]),
    ],
)
def test_list_is_whole(ask: Callable[[str], Answer], question: str, entries: list[str]) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert [entry for entry in entries if entry not in answer.text] == []
    assert len(answer.text.split("\n")) == len(entries) + 1


@pytest.mark.parametrize(
    "question",
    [
        "临湖智慧体育公园试点从2022年到2023年的状态怎么一步步变化的？",
        "临湖市“智慧体育公园建设与运营”省级试点这几年走到哪一步了？从立项说起",
    ],
)
def test_how_far_it_has_come(ask: Callable[[str], Answer], question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert "立项" in answer.text
    assert "终期验收" in answer.text
