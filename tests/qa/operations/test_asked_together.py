"""Several asks at once, rows and columns, places in a ranking, a project under two names; made up."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Conversation, Engine
from qa.model import Answer, Outcome

FIRST = """江北市水利局2022年河道清淤建设项目绩效评价报告

项目名称：河道清淤建设项目
项目单位：江北市水利局
评价年度：2022年

一、资金情况

项目年度预算60万元，支出决算58.20万元，完成预算的97%。评价综合得分88.5分。

"""

SECOND = """江北市水利局2023年河道清淤运维项目绩效评价报告

项目名称：河道清淤运维项目（2022年名为“河道清淤建设项目”）
项目单位：江北市水利局
评价年度：2023年

一、资金情况

项目年度预算70万元，支出决算66.50万元，完成预算的95%。评价综合得分90.6分。

表1 各区资金情况（单位：万元）

| 区县 | 分配资金 | 实际支出 | 执行率 |
|---|---|---|---|
| 东湖区 | 30.00 | 29.40 | 98.0% |
| 西山区 | 25.00 | 23.00 | 92.0% |
| 南河县 | 15.00 | 14.10 | 94.0% |
| 合计 | 70.00 | 66.50 | 95.0% |

表2 支出类别（单位：万元）

| 支出类别 | 金额 | 合同数 |
|---|---|---|
| 施工费 | 50.00 | 6 |
| 监理费 | 16.50 | 2 |
| 合计 | 66.50 | 8 |

二、评分情况

表3 评分汇总

| 一级指标 | 分值 | 得分 |
|---|---|---|
| 决策 | 40 | 37.0 |
| 过程 | 60 | 53.6 |
| 合计 | 100 | 90.6 |

“过程”指标扣6.4分：资金拨付及时性扣4.4分，档案管理扣2分。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Answer]:
    folder = Path(tmp_path_factory.mktemp("together"))
    (folder / "2022.md").write_text(FIRST, encoding="utf-8")
    (folder / "2023.md").write_text(SECOND, encoding="utf-8")
    library = MemoryLibrary(sorted(folder.iterdir()))
    engine = Engine(library, SimpleNamespace(abstain_threshold=0.55))

    def asked(*turns: str) -> Answer:
        conversation = Conversation()
        return [engine.ask(turn, conversation=conversation) for turn in turns][-1]

    return asked


@pytest.mark.parametrize(
    ("turns", "numbers"),
    [
        (("2023年河道清淤运维项目，西山区还有多少没花出去？",), ["2"]),
        (("2023年河道清淤运维项目，西山区还有多少没花出去？", "南河县呢？"), ["0.9"]),
        (("2023年河道清淤运维项目，东湖区分配资金和实际支出相差多少？",), ["0.6"]),
        (("2023年河道清淤运维项目的监理费花了多少，签了几份合同？",), ["16.5", "2"]),
        (
            ("2023年河道清淤运维项目东湖区和西山区的实际支出各多少，合计呢？",),
            ["29.4", "23", "52.4"],
        ),
        (("2023年河道清淤运维项目，“过程”指标的6.4分扣在哪里？",), ["4.4", "2"]),
        (("江北市水利局河道清淤项目2022、2023年支出决算各是多少？",), ["58.2", "66.5"]),
        (("河道清淤运维项目2022年和2023年两年支出决算合计多少？",), ["124.7", "58.2", "66.5"]),
        (("2023年河道清淤运维项目，哪个区县执行率最低？", "倒数第二呢？"), ["94"]),
        (("2023年河道清淤运维项目，实际支出占分配资金比例最低的是哪个区县？",), ["92.00"]),
        (("2023年河道清淤运维项目，各区县的执行率分别是多少？",), ["98", "92", "94"]),
    ],
)
def test_figures(ask: Callable[..., Answer], turns: tuple[str, ...], numbers: list[str]) -> None:
    answer = ask(*turns)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert [Decimal(v.number) for v in answer.values] == [Decimal(n) for n in numbers]


def test_a_project_under_another_name_says_so(ask: Callable[..., Answer]) -> None:
    answer = ask("河道清淤建设项目2022、2023年支出决算各是多少？")
    assert "按同一项目对齐" in answer.text or len(answer.values) == 2


def test_a_later_ask_is_of_the_same_row(ask: Callable[..., Answer]) -> None:
    answer = ask("2023年河道清淤运维项目监理费的金额及合同份数各是多少？")
    assert [Decimal(value.number) for value in answer.values] == [Decimal("16.5"), Decimal(2)]


def test_contracts_are_counted_in_their_unit(ask: Callable[..., Answer]) -> None:
    answer = ask("2023年河道清淤运维项目的监理费花了多少，签了几份合同？")
    assert answer.values[1].unit == "份"


def test_what_is_not_there_is_not_answered(ask: Callable[..., Answer]) -> None:
    answer = ask("2023年河道清淤运维项目的监理费花了多少，验收了几次？")
    assert answer.outcome in (Outcome.ABSTAINED, Outcome.CLARIFY)


def test_a_slip_is_mended_and_said(ask: Callable[..., Answer]) -> None:
    answer = ask("2023年河道清淤运维项目，“过呈”指标的6.4分扣在哪里？")
    assert answer.outcome is Outcome.ANSWERED
    assert "按“2023年河道清淤运维项目，“过程”指标的6.4分扣在哪里？”理解" in answer.text
    assert answer.question.endswith("“过呈”指标的6.4分扣在哪里？")


def test_named_figures_add_up(ask: Callable[..., Answer]) -> None:
    answer = ask("2023年河道清淤运维项目施工费加监理费与支出决算66.5万元是否相符？")
    assert answer.outcome is Outcome.ANSWERED
    assert "没有算错" in answer.text
