"""Questions whether something agrees, in many wordings; made-up units."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.memory import MemoryLibrary
from qa.engine import Engine
from qa.model import Answer, Check, Outcome
from qa.question.separate_asks import values_beside_agreement

ACCOUNTS = """禾丰县林业局2023年度部门决算

一、收入支出情况

禾丰县林业局2023年度造林补助支出年初预算为640.00万元，支出决算为608.00万元，完成年初预算的95.00%。\
退耕还林支出年初预算为500.00万元，支出决算为410.00万元，完成年初预算的84.00%。

禾丰县林业局2023年度一般公共预算支出1018.00万元，其中：教育支出202.28万元，占19.87%；林业支出512.99万元，占50.39%；住房保障支出302.73万元，占29.74%；其他支出0.10万元，占0.01%。

二、政府采购支出情况

禾丰县林业局2023年度政府采购支出总额512.36万元，其中：政府采购货物支出210.12万元、政府采购工程支出\
0万元、政府采购服务支出302.23万元。
"""
EVALUATION = """禾丰县苗圃建设项目绩效评价报告

项目单位：禾丰县林业局
评价年度：2023年

一、项目绩效

该指标下设2个二级指标，指标分值50分，评价得分47分，得分率为94.0%。

（一）项目产出

该指标分值25分，评价得分24分，得分率为96.0%。

（二）项目效益

该指标分值25分，评价得分22分，得分率为88.0%。
"""
SOUND = """安岭市档案馆2023年度部门决算

一、收入支出情况

安岭市档案馆2023年度数字化支出年初预算为200.00万元，支出决算为190.00万元，完成年初预算的95.00%。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    folder = tmp_path_factory.mktemp("agreement")
    for name, text in {"a.txt": ACCOUNTS, "b.txt": EVALUATION, "c.txt": SOUND}.items():
        (folder / name).write_text(text, encoding="utf-8")
    library = MemoryLibrary(sorted(Path(folder).iterdir()))
    return Engine(library, SimpleNamespace(abstain_threshold=0.55)).ask


@pytest.mark.parametrize(
    "question",
    [
        "禾丰县林业局2023年退耕还林支出完成年初预算的百分之几，算得对吗？",
        "禾丰县林业局2023年退耕还林支出完成年初预算的比例是否正确？",
        "禾丰县林业局2023年退耕还林支出的完成率和预算、决算数对得上吗？",
        "禾丰县林业局2023年退耕还林支出的预算完成率有没有写错，跟别的数字矛盾吗？",
        "禾丰县林业局2023年退耕还林支出完成年初预算84.00%，这个数算错了吗？",
    ],
)
def test_a_rate_that_does_not_follow(ask: Callable[[str], Answer], question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.CONTRADICTED
    first = answer.values[0]
    assert (first.number, first.check, first.other) == ("84.00", Check.FAILS, "82.00%")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("禾丰县林业局2023年造林补助支出完成年初预算的百分之几，算得对吗？", "成立"),
        ("安岭市档案馆2023年数字化支出的预算完成率对得上吗？", "成立"),
        ("禾丰县林业局2023年政府采购支出总额是多少？货物、工程、服务加得起来吗？", "尾数误差"),
        (
            "禾丰县林业局政府采购总额512.36万元，货物210.12加服务302.23只有512.35，是不是算错了？",
            "尾数误差",
        ),
        (
            "禾丰县林业局2023年一般公共预算支出各类占比加起来是100.01%，是不是算错了？",
            "尾数误差",
        ),
    ],
)
def test_what_holds_is_said_to_hold(ask: Callable[[str], Answer], question: str, said: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert said in answer.text
    assert answer.equations


def test_asked_for_agreement_a_sound_operand_shows_the_failed_equation(
    ask: Callable[[str], Answer],
) -> None:
    answer = ask("苗圃建设项目“项目效益”得了多少分，和上一级指标的得分加得起来吗？")
    assert answer.outcome is Outcome.CONTRADICTED
    assert (answer.values[0].number, answer.values[0].other) == ("22", "23分")
    assert "47分 = 24分 + 22分 不成立" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "苗圃建设项目绩效评价报告有没有前后矛盾的地方？",
        "苗圃建设项目的评价报告里，数据前后一致吗？",
        "禾丰县林业局苗圃建设项目报告中的数字都对得上吗？",
    ],
)
def test_a_whole_report(ask: Callable[[str], Answer], question: str) -> None:
    answer = ask(question)
    assert answer.outcome is Outcome.CONTRADICTED
    assert "发现 1 处前后不一致" in answer.text
    assert answer.values[0].number == "47"


def test_a_whole_report_without_a_flaw(ask: Callable[[str], Answer]) -> None:
    answer = ask("安岭市档案馆2023年决算报告有没有前后不一致的地方？")
    assert answer.outcome is Outcome.ANSWERED
    assert "没有发现前后不一致" in answer.text


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("采购总额是多少？和附表一致吗？", "采购总额是多少？"),
        ("采购总额与附表一致吗？", ""),
        ("采购总额是多少？", ""),
    ],
)
def test_what_a_question_asks_for_besides_agreement(question: str, values: str) -> None:
    assert values_beside_agreement(question) == values
