"""Answers about what a report says in words and elsewhere otherwise; a made-up unit."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer, Check, Outcome

REPORT = """云溪县大数据局政务系统运维项目绩效评价报告

项目单位：云溪县大数据局
评价年度：2023年

一、项目完成情况

项目共包含3个运维子项目。除会议室智能化维护项目尚在服务期外，其他项目均完成了服务内容并进行了验收。

表1 子项目完成情况表

| 序号 | 项目名称 | 服务内容 | 完成情况 |
|---|---|---|---|
| 1 | 会议室智能化维护项目 | 设备维护保养 | 2023年11月1日验收。 |
| 2 | 门户网站技术运维项目 | 网站运行维护 | 该项目尚在服务期内，服务正常。 |
| 3 | 机房空调维保项目 | 空调维保 | 2023年12月5日验收。 |

二、绩效目标设置

表2 项目支出绩效自评表

| 一级指标 | 二级指标 | 指标值 |
|---|---|---|
| 产出指标 | 数量指标 | 完成六项运维任务 |
| 效益指标 | 社会效益 | 保障县级光纤通畅 |
| 效益指标 | 经济效益 | 节约机房用电成本 |

部分指标值难以衡量，如《项目支出绩效自评表》中生态效益指标指标值为“保障县级光纤通畅”、经济效益指标指标值为\
“节约机房用电成本”，均未明确达到何种状态。

（1）提升办事效率

指标值“开发政务系统功能，推进信息化”，项目单位按计划开发，已经达到。

表3 项目支出绩效评价评分表

| 三级指标 | 预期指标值 | 完成情况 |
|---|---|---|
| 提升服务质量 | 定期维护系统，保障服务开展 | 已完成 |
| 提升办事效率 | 定期维护系统，保障服务开展 | 已完成 |
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    path = Path(tmp_path_factory.mktemp("statements")) / "a.md"
    path.write_text(REPORT, encoding="utf-8")
    return Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55)).ask


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        (
            "政务系统运维项目的子项目中，评价时哪个还在服务期、没有验收？",
            ("尚在服务期", "2023年11月1日验收"),
        ),
        ("会议室智能化维护项目验收了吗？", ("尚在服务期", "2023年11月1日验收")),
        ("会议室智能化维护项目的完成情况前后一致吗？", ("尚在服务期", "2023年11月1日验收")),
        ("自评表里指标值为“保障县级光纤通畅”的指标属于哪类效益？", ("生态效益", "社会效益")),
        ("政务系统运维项目“提升办事效率”设的指标值是什么？", ("开发政务系统功能", "定期维护系统")),
        ("“提升办事效率”的指标值，正文和评分表写的一样吗？", ("开发政务系统功能", "定期维护系统")),
    ],
)
def test_both_sides_of_a_contradiction_in_words(
    ask: Callable[[str], Answer], question: str, sides: tuple[str, str]
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.CONTRADICTED
    assert all(side in answer.text for side in sides)
    words = next(value for value in answer.values if value.check is Check.FAILS)
    assert words.unit == ""
    assert words.other
    quotes = "\n".join(citation.quote for citation in answer.citations)
    assert all(side in quotes for side in sides)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # The other indicator of the same sentence agrees with its table.
        ("自评表里指标值为“节约机房用电成本”的指标是哪类效益？", "经济效益"),
        # A cell of words, by its row and the column asked for.
        ("政务系统运维项目“提升服务质量”设的指标值是什么？", "定期维护系统，保障服务开展"),
        ("指标值“节约机房用电成本”属于哪类效益，正文与自评表一致吗？", "经济效益"),
    ],
)
def test_what_agrees_is_no_contradiction(
    ask: Callable[[str], Answer], question: str, said: str
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert said in answer.text


@pytest.mark.parametrize(
    "question",
    ["政务系统运维项目的会议室租赁费是多少？", "机房空调维保项目由谁验收？"],
)
def test_what_the_report_does_not_say_is_not_answered_by_a_contradiction(
    ask: Callable[[str], Answer], question: str
) -> None:
    assert ask(question).outcome is not Outcome.CONTRADICTED
