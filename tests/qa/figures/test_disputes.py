"""Answers about figures of failed equations, and about sound ones beside them; made-up units."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer, Check, Outcome

ACCOUNTS = """青禾县水务局2023年度部门决算

一、收入支出情况

青禾县水务局2023年度其他收入14.20万元，比上年决算数增加1.30万元，增长9.5%。

二、政府采购支出情况

青禾县水务局2023年度政府采购支出总额386.60万元，其中：政府采购货物支出142.15万元、政府采购工程支出\
118.20万元、政府采购服务支出128.25万元。

三、灌渠清淤支出情况

青禾县水务局2023年度灌渠清淤支出年初预算为710.00万元，支出决算为805.15万元，完成年初预算的118.43%。
"""
EVALUATION = """青禾县灌区改造项目绩效评价报告

项目单位：青禾县水务局
评价年度：2023年

一、资金情况

项目年初预算152万元，年中调减4.15万元，预算调整率2.73%，调整后预算147.85万元。存在问题：年中调减5.14万元，预算编制不够细化。

二、项目绩效

该指标下设2个二级指标，指标分值50分，评价得分47分，得分率为94.0%。

（一）项目产出

该指标分值25分，评价得分24分，得分率为96.0%。

（二）项目效益

该指标分值25分，评价得分22分，得分率为88.0%。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    folder = tmp_path_factory.mktemp("disputes")
    for name, text in {"a.txt": ACCOUNTS, "b.txt": EVALUATION}.items():
        (folder / name).write_text(text, encoding="utf-8")
    library = MemoryLibrary(sorted(Path(folder).iterdir()))
    return Engine(library, SimpleNamespace(abstain_threshold=0.55)).ask


@pytest.mark.parametrize(
    ("question", "number", "other"),
    [
        # The stated side of a failed equation.
        ("青禾县水务局2023年灌渠清淤支出完成年初预算的百分之几？", "118.43%", "113.40%"),
        ("灌区改造项目“项目绩效”得了多少分？", "47分", "46分"),
        # An operand: nothing else in the report supports it.
        ("青禾县水务局2023年灌渠清淤支出的年初预算是多少？", "710.00万元", "679.85万元"),
        # Computed from such a figure: what the other value would have given is shown.
        ("青禾县水务局2022年其他收入是多少？", "12.90万元", "12.97万元"),
        # The report's own total does not fit the sum of the named parts.
        (
            "青禾县水务局2023年政府采购货物支出、政府采购工程支出和政府采购服务支出一共多少？",
            "388.60万元",
            "386.60万元",
        ),
    ],
)
def test_a_disputed_value_is_shown_with_the_competing_one(
    ask: Callable[[str], Answer], question: str, number: str, other: str
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.CONTRADICTED
    first = answer.values[0]
    assert f"{first.number}{first.unit}" == number
    assert (first.check, first.other) == (Check.FAILS, other)
    assert other in answer.text
    assert any(equation.verdict == "fails" for equation in answer.equations)


@pytest.mark.parametrize(
    ("question", "number", "check", "remark"),
    [
        # Each has support of its own, so that another figure of the failed equation is wrong.
        ("灌区改造项目“项目效益”得了多少分？", "22分", Check.EXACT, "47分 = 24分 + 22分 不成立"),
    ],
)
def test_a_sound_value_beside_a_wrong_one_is_no_contradiction(
    ask: Callable[[str], Answer], question: str, number: str, check: Check, remark: str
) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    first = answer.values[0]
    assert (f"{first.number}{first.unit}", first.check, first.other) == (number, check, None)
    assert "另请注意" in answer.text
    assert remark in answer.text


def test_a_sound_value_that_another_place_states_otherwise_is_a_contradiction(
    ask: Callable[[str], Answer],
) -> None:
    answer = ask("灌区改造项目的预算年中调减了多少？")
    assert answer.outcome is Outcome.CONTRADICTED
    first = answer.values[0]
    assert (first.number, first.check, first.other) == ("4.15", Check.EXACT, "5.14万元")
    assert "本数另有等式支持，问题应在其他数" in answer.text


def test_what_takes_part_in_no_failed_equation_is_answered_plainly(
    ask: Callable[[str], Answer],
) -> None:
    answer = ask("灌区改造项目“项目产出”的得分率是多少？")
    assert answer.outcome is Outcome.ANSWERED
    assert answer.text.count("\n") == 0
