"""What question words ask for: tables of wordings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Direction, Role
from ingest.quantity import WAN_YUAN, YI_YUAN, YUAN, Dimension
from qa.words import cues


@pytest.mark.parametrize(
    ("clause", "role"),
    [
        ("立项情况的得分率是多少", Role.SCORE_RATE),
        ("财务管理扣了几分", Role.DEDUCTION),
        ("这个指标满分几分", Role.FULL_MARK),
        ("这个指标得了几分", Role.SCORE),
        ("评价打了多少分", Role.SCORE),
        ("预算执行率是多少", Role.COMPLETION),
        ("完成了预算的百分之几", Role.COMPLETION),
        ("预算调整率是多少", Role.ADJUSTMENT_RATE),
        ("年中调减了多少资金", Role.ADJUSTMENT),
        ("年初预算是多少", Role.BUDGET),
        ("两次调减之后的年度预算呢", Role.BUDGET),
        ("满意度的指标值是多少", Role.TARGET),
        ("实际完成多少场", Role.ACTUAL),
        ("“支出计划完成性”这项是多少", None),
        ("在《绩效目标申报表》里是多少", None),
        ("机关运行经费是多少", None),
    ],
)
def test_role(clause: str, role: Role | None) -> None:
    assert cues.asked_role(clause) is role


@pytest.mark.parametrize(
    ("clause", "dimension", "noun"),
    [
        ("办公费是多少万元", Dimension.MONEY, ""),
        ("一共花了多少钱", Dimension.MONEY, ""),
        ("增长了百分之几", Dimension.PERCENT, ""),
        ("接待了几次", Dimension.COUNT, "次"),
        ("共有多少人", Dimension.COUNT, "人"),
        ("手上有几台公车", Dimension.COUNT, "台"),
        ("得了多少分", Dimension.SCORE, ""),
        ("服务期多久", Dimension.DURATION, ""),
        ("调增了多少资金", Dimension.MONEY, ""),
        ("支出是多少", None, ""),
    ],
)
def test_dimension_and_noun(clause: str, dimension: Dimension | None, noun: str) -> None:
    found = cues.asked(clause)
    assert (found.dimension, found.noun) == (dimension, noun)


@pytest.mark.parametrize(
    ("clause", "unit"),
    [
        ("折合多少亿元", YI_YUAN),
        ("是多少元", YUAN),
        ("是多少万元", WAN_YUAN),
        ("是多少", None),
    ],
)
def test_unit(clause: str, unit: object) -> None:
    assert cues.asked_unit(clause) == unit


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("机关运行经费是多少", "机关运行经费"),
        ("项目支出中", "项目支出"),
        ("新增基站多少座", "新增基站"),
        ("“财务管理情况”这一项是多少", "“财务管理情况”"),
        ("一共花了多少钱", ""),
    ],
)
def test_content_keeps_what_names_something(phrase: str, words: str) -> None:
    assert cues.content(phrase) == words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("前三大支出是哪些", 3),
        ("排前五的项目", 5),
        ("最大的一项", 1),
        ("支出最多的三项分别是哪些", 3),
    ],
)
def test_ranks_asked(text: str, count: int) -> None:
    assert cues.top_asked(text) == count


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("大幅上升的原因是什么", Direction.UP),
        ("下降的原因是什么", Direction.DOWN),
        ("增长了多少", Direction.NONE),
        ("是增加还是减少", Direction.NONE),
    ],
)
def test_direction_taken_for_granted(text: str, direction: Direction) -> None:
    assert cues.claimed_direction(text) is direction


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("比上年增长多少", "上年"),
        ("跟去年比少了多少", "上年"),
        ("比年初预算少了多少", "预算"),
        ("比2023年年初下达的多多少", ""),
        ("是多少", ""),
    ],
)
def test_basis(text: str, basis: str) -> None:
    assert cues.basis_asked(text) == basis


def test_names_in_quotes_carry_no_cue() -> None:
    assert not cues.completion_rate_asked(cues.unquoted("“支出完成率”得了几分"))
    assert cues.completion_rate_asked(cues.unquoted("培训场数的完成率是多少"))


@given(st.text(max_size=80))
def test_no_text_breaks_the_cues(text: str) -> None:
    cues.asked(text)
    cues.content(text)
    cues.top_asked(text)
    cues.either_asked(text)
    cues.basis_asked(text)
