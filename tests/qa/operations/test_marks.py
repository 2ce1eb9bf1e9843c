"""Score sheets: where points were lost, how a score is made up, by which formula; made-up reports."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Conversation, Engine
from qa.model import Answer, Outcome

IN_A_TABLE = """河阳市水务局2022年河道清淤项目绩效评价报告

项目名称：河道清淤项目
项目单位：河阳市水务局
评价年度：2022年

一、评价结论

项目综合得分88.5分。其中决策指标18分，过程指标25.5分，产出指标45分。

综合得分＝过程评分×40%＋结果评分×60%。

二、评分情况

表1 评分表

| 一级指标 | 二级指标 | 三级指标 | 分值 | 评分标准 | 得分 |
|---|---|---|---|---|---|
| 决策 | 立项 | 立项规范性 | 10 | 程序规范得10分，基本规范得6分。 | 10 |
| 决策 | 目标 | 目标合理性 | 10 | 目标合理得10分。 | 8 |
| 过程 | 资金 | 预算执行率 | 15 | 本指标得分＝预算执行率×15，低于60%不得分。 | 12 |
| 过程 | 组织 | 制度健全性 | 15 | 制度健全得15分。 | 13.5 |
| 产出 | 数量 | 清淤长度 | 30 | 完成得30分。 | 30 |
| 产出 | 质量 | 验收合格率 | 20 | 合格得20分。 | 15 |
| 合计 |  |  | 100 |  | 88.5 |

2022年项目预算执行率为80.00%。
"""

IN_THE_TEXT = """云台县农业农村局2023年果树改良项目绩效评价报告

项目名称：果树改良项目
项目单位：云台县农业农村局
评价年度：2023年

一、绩效指标分析

（一）项目管理

指标分值40分，评价得分33分。

1．资金管理

指标分值20分，评价得分14分。资金拨付滞后两个月。

2．业务管理

指标分值20分，评价得分19分。

（二）项目效益

指标分值60分，评价得分58分。

1．亩均增收

指标分值30分，评价得分30分。

2．农户满意度

指标分值30分，评价得分28分。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Answer]:
    folder = Path(tmp_path_factory.mktemp("marks"))
    for name, text in (("table.md", IN_A_TABLE), ("text.txt", IN_THE_TEXT)):
        (folder / name).write_text(text, encoding="utf-8")
    library = MemoryLibrary(sorted(folder.iterdir()))
    engine = Engine(library, SimpleNamespace(abstain_threshold=0.55))

    def asked(*turns: str) -> Answer:
        conversation = Conversation()
        return [engine.ask(turn, conversation=conversation) for turn in turns][-1]

    return asked


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("河阳市水务局清淤项目哪个三级指标失分最多？", [("验收合格率扣分", "5")]),
        (
            "河阳市河道清淤项目扣分最多的前两个指标是哪两个？",
            [("验收合格率扣分", "5"), ("预算执行率扣分", "3")],
        ),
        ("河阳市清淤项目哪个指标得分率最低？", [("验收合格率得分率", "75.00")]),
        ("河阳市清淤项目“目标合理性”扣了几分？", [("目标合理性扣分", "2")]),
        (
            "河阳市清淤项目有哪几个指标得了满分？",
            [("立项规范性得分", "10"), ("清淤长度得分", "30")],
        ),
        ("河阳市清淤项目有几个指标没得满分？", [("被扣分的指标数", "4")]),
        ("云台县果树改良项目哪个三级指标被扣分最多？", [("资金管理扣分", "6")]),
        ("云台县果树改良项目一级指标里得分率最低的是哪个？", [("项目管理得分率", "82.50")]),
        ("云台县果树改良项目两大块里哪块扣分最狠？", [("项目管理扣分", "7")]),
        ("云台县果树改良项目项目效益下的指标哪些被扣分？", [("农户满意度扣分", "2")]),
        ("云台县果树改良项目一级指标项目管理扣了多少分？", [("项目管理扣分", "7")]),
    ],
)
def test_lost_points(
    ask: Callable[..., Answer], question: str, values: list[tuple[str, str]]
) -> None:
    answer = ask(question)
    shown = [(v.label.removeprefix("2022年 "), v.number) for v in answer.values]
    assert shown[: len(values)] == values, answer.text
    assert len(shown) == len(values) or shown[0][0].endswith("数")


def test_of_what_a_score_is_made_up(ask: Callable[..., Answer]) -> None:
    answer = ask("河阳市清淤项目88.5分是由哪几部分构成的？")
    assert answer.outcome is Outcome.ANSWERED
    assert [value.number for value in answer.values] == ["18", "25.5", "45", "88.5"]


def test_the_formula_of_the_overall_score(ask: Callable[..., Answer]) -> None:
    answer = ask("河阳市清淤项目的综合得分是怎么算的？")
    assert "过程评分×40%＋结果评分×60%" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "河阳市清淤项目“预算执行率”这个指标按公式怎么算分？",
        "河阳市清淤项目“预算执行率”得12分，跟评分标准里的公式对得上吗？",
    ],
)
def test_the_formula_of_an_indicator(ask: Callable[..., Answer], question: str) -> None:
    answer = ask(question)
    assert "本指标得分＝预算执行率×15" in answer.text
    assert [(value.number, value.unit) for value in answer.values] == [("12", "分")]
    assert answer.outcome is Outcome.ANSWERED


def test_a_score_that_its_formula_does_not_give(tmp_path: Path) -> None:
    path = tmp_path / "wrong.md"
    path.write_text(IN_A_TABLE.replace("| 12 |", "| 14 |"), encoding="utf-8")
    engine = Engine(MemoryLibrary([path]), SimpleNamespace(abstain_threshold=0.55))
    answer = engine.ask("河阳市清淤项目“预算执行率”得14分，照评分标准的公式算对得上吗？")
    assert answer.outcome is Outcome.CONTRADICTED
    assert "12" in f"{answer.text}{answer.values[0].other}"


def test_why_points_were_lost_is_answered_in_words(ask: Callable[..., Answer]) -> None:
    answer = ask("云台县果树改良项目资金管理扣分是因为什么？")
    assert "资金拨付滞后" in answer.text
