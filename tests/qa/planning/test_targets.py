"""From clauses to targets: series, enclosing phrases, quoted names, ellipses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Role
from ingest.quantity import Dimension
from qa.plan import Operation, Plan
from qa.planning.targets import with_targets
from qa.question.separate_asks import asked_apart, separate_asks


def planned(text: str, memory: str = "") -> Plan:
    plan = Plan(question=text, text=text, operation=Operation.LOOKUP, targets=())
    return with_targets(plan, memory)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("机关运行经费是多少?", ["机关运行经费"]),
        ("基本支出和项目支出各是多少?", ["基本支出", "项目支出"]),
        ("“验收合格率”的指标值和实际完成值各是多少?", ["“验收合格率”", "“验收合格率”"]),
        ("一级、二级项目各几个?", ["一级项目", "二级项目"]),
        ("从立项总投资、年初预算到实际支出,各是多少?", ["立项总投资", "年初预算", "本年支出合计"]),
        ("怎么变的:年初预算、调减额、年度预算、结余?", ["年初预算", "调减额", "年度预算", "结余"]),
        ("理一遍:立项投资、年初下达、支出各是多少?", ["立项投资", "年初下达", "本年支出合计"]),
        ("住房公积金支出里,属于基本支出的部分是多少?", ["住房公积金支出 基本支出"]),
        ("维修（护）费是多少?", ["维修护费"]),
        ("评分表中,“财务管理情况”的分值是多少?", ["评分表 “财务管理情况”"]),
        # 及 inside a quoted name and years that were blanked out part nothing.
        ("“中心及机房维护”      、      、      三年各花了多少元?", ["“中心及机房维护” 支出"]),
        ("投放数      和      各几台?", ["投放数"]),
        # What asks whether a target was reached asks for no third figure.
        ("准确率年初定的目标和实际值各是多少,达标了吗?", ["准确率", "准确率"]),
        (
            "请分别说明回访中发放的师生问卷与家长问卷数量。",
            ["回访中发放 师生问卷数量", "家长问卷数量"],
        ),
        ("请列示机关运行经费。", ["机关运行经费"]),
        # 到 in 到位 is no range.
        ("申请、年初预算、到位、结余分别是多少?", ["申请", "年初预算", "到位", "结余"]),
        # A fund alone asks for the figure before it, in that fund.
        (
            "环境卫生全部资金支出是多少,其中用财政拨款的是多少?",
            ["环境卫生全部资金支出", "财政拨款 环境卫生支出"],
        ),
    ],
)
def test_keys(text: str, keys: list[str]) -> None:
    assert [target.key for target in planned(text).targets] == keys


def test_second_piece_takes_the_name_of_the_first() -> None:
    targets = planned("“计划完成性”指标满分几分、得了几分?").targets
    assert [target.role for target in targets] == [Role.FULL_MARK, Role.SCORE]
    assert targets[0].key == targets[1].key


def test_a_trail_in_colloquial_words() -> None:
    targets = planned("年初给多少、中间加多少、最后预算多少、花多少?").targets
    roles = [target.role for target in targets]
    assert roles == [Role.BUDGET, Role.ADJUSTMENT, Role.BUDGET, None]
    assert targets[-1].dimension is Dimension.MONEY


@pytest.mark.parametrize(
    ("asks", "apart"),
    [
        (["22年有几台", "23年累计到几台"], True),
        (["2022年有几台", "2022年花了多少"], False),
        (["出租屋登记率多少", "来穗人员的呢"], True),
        (["三公经费多少"], False),
    ],
)
def test_asks_that_are_answered_one_by_one(asks: list[str], apart: bool) -> None:
    assert asked_apart(asks) is apart


def test_counts_keep_their_nouns() -> None:
    targets = planned("国内公务接待了几次、共多少人?").targets
    assert [target.noun for target in targets] == ["次", "人"]
    assert {target.key for target in targets} == {"国内公务接待"}


@pytest.mark.parametrize("text", ["比上年增长了百分之几?", "为什么?", "付了多少元?", "占多大比重?"])
def test_elliptic_questions_are_about_the_turn_before(text: str) -> None:
    assert planned(text, memory="机关运行经费").targets[0].key == "机关运行经费"


def test_a_question_with_its_own_words_forgets_the_turn_before() -> None:
    assert planned("公务接待费呢?", memory="机关运行经费").targets[0].key == "公务接待费"


def test_text_asked_beside_a_figure_stands_apart() -> None:
    plan = planned("综合评分多少?等级是什么?")
    assert [target.label for target in plan.targets] == ["综合评分"]
    assert len(plan.text_targets) == 1


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("三公经费各是多少，2024年比2021年下降了百分之几？", 2),
        ("机关运行经费是多少？", 1),
        ("货物148加服务788只有936，是算错了吗？", 1),
    ],
)
def test_separate_asks(question: str, asks: int) -> None:
    assert len(separate_asks(question)) == asks


@given(st.text(max_size=60), st.text(max_size=10))
def test_no_text_breaks_the_targets(text: str, memory: str) -> None:
    planned(text, memory)
    separate_asks(text)


def test_a_remark_behind_the_ask_names_nothing() -> None:
    plan = planned("      2022和2023两年各花了多少？名字好像换了。")
    assert all("名字" not in target.key for target in plan.targets)
