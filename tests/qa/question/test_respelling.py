"""Slips of a keyboard, mended by what the reports write."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qa.question.respelling import _between, respelled, which_meant

_TEXT = (
    "2023年政务短信服务支出36.5万元，自助一体机运行维护费12万元。政务短信全年发送480万条。"
    "全年预算数120万元。群众满意度为92%。某县县道养护里程88公里。妈妈驿站3处。"
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("政物短信花了多少？", "政务短信花了多少？"),
        ("政务段信花了多少？", "政务短信花了多少？"),
        ("自助一一体机运行维护费多少？", "自助一体机运行维护费多少？"),
        ("政务短信短信花了多少？", "政务短信花了多少？"),
        ("全年预数算是多少？", "全年预算数是多少？"),
        ("群众满易度是多少？", "群众满意度是多少？"),
        ("自助一体机有多多少台？", "自助一体机有多少台？"),
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert respelled(typed, [_TEXT]) == meant


@pytest.mark.parametrize(
    "question",
    [
        "政务短信花了多少？",
        "某县县道养护里程是多少？",  # two words, not one character twice
        "妈妈驿站有几处？",
        "比去年多多少？",
        "公务接待费是多少？",  # that the reports do not have it makes no slip of it
        "审计费是多少？",
        "群众满意度的实际值是多少？",  # a word of the trade that these reports lack
    ],
)
def test_what_is_no_slip_stays(question: str) -> None:
    assert respelled(question, [_TEXT]) == question


def test_names_are_left_alone() -> None:
    assert respelled("政物短信花了多少？", [_TEXT], ["政物短信"]) == "政物短信花了多少？"


_BOLD = (
    "2023年表1各镇支出情况：双桥镇支出12万元，汪家村补助3万元。护理员补助20万元，护理员35人。"
    "公务接待费3.2万元，拆迁补偿款60万元，教师生活补助40万元，环境监测与监察支出4万元。"
    "中标单位2家，中标价80万元，培训学员90人，学员来自6个社区。未完工2处。"
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("公务接侍费多少？", "公务接待费多少？"),  # looks like it
        ("折迁补偿款多少？", "拆迁补偿款多少？"),
        ("教室生活补助多少？", "教师生活补助多少？"),  # makes a word by chance
        ("环境检测与监察支出多少？", "环境监测与监察支出多少？"),
        ("拆迁补偿款一供多少？", "拆迁补偿款一共多少？"),  # a word that asks
        ("公务接待费折和多少亿元？", "公务接待费折合多少亿元？"),
        ("补偿款和培训费加起莱多少？", "补偿款和培训费加起来多少？"),
        ("来自社区的员学有多少人？", "来自社区的学员有多少人？"),
    ],
)
def test_a_slip_is_mended_boldly(typed: str, meant: str) -> None:
    assert respelled(typed, [_BOLD]) == typed
    assert respelled(typed, [_BOLD], bold=True) == meant


@pytest.mark.parametrize(
    "question",
    [
        "石桥镇支出多少？",  # another place
        "双侨镇支出多少？",  # a name is left alone, even where it sounds alike
        "王家村补助多少？",
        "护理院补助多少？",  # another kind of thing
        "拆迁赔偿款多少？",
        "二供一改支出多少？",
        "年未完工几处？",  # what is denied stays denied
        "收到问卷份数是多少？",
        "公务接待费花了多少钱？",
    ],
)
def test_what_is_no_slip_stays_boldly(question: str) -> None:
    assert respelled(question, [_BOLD], bold=True) == question


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("年中取消了那两个子项目？", "年中取消了哪两个子项目？"),
        ("设了那几个部门？", "设了哪几个部门？"),
        ("四个指标里那个丢分最多，丢了多少分？", "四个指标里哪个丢分最多，丢了多少分？"),
        ("桥梁那个项目花了多少钱？", "桥梁那个项目花了多少钱？"),
        ("那年的支出是多少？", "那年的支出是多少？"),
        ("桥梁那个项目，去年花了多少？", "桥梁那个项目，去年花了多少？"),
    ],
)
def test_that_is_which_where_nothing_else_asks(typed: str, meant: str) -> None:
    assert which_meant(typed) == meant


@given(
    st.text(alphabet="双桥镇石接待侍费二三多少小一共供", max_size=16),
    st.text(alphabet="双桥镇石接待侍费二三多少小一共供。", max_size=60),
)
def test_bold_mending_keeps_numerals(question: str, text: str) -> None:
    meant = respelled(question, [text], least=2, bold=True)
    assert len(meant) == len(question)
    assert [c for c in meant if c in "一二三"] == [c for c in question if c in "一二三"]


@given(
    st.text(alphabet="政务物短信花了多少一体机满意度？2023", max_size=20),
    st.text(alphabet="政务物短信花了多少一体机满意度。2023", max_size=60),
)
def test_mending_ends_and_keeps_figures(question: str, text: str) -> None:
    meant = respelled(question, [text])
    assert [c for c in meant if c.isdigit()] == [c for c in question if c.isdigit()]


_FEW = st.text(alphabet="甲乙丙a1", max_size=12)
_SIDE = st.text(alphabet="甲乙丙a", max_size=2)


@given(before=_SIDE, after=_SIDE, text=_FEW)
def test_what_stands_between_two_words_is_what_a_pattern_finds(
    before: str, after: str, text: str
) -> None:
    assume(before or after)
    pattern = f"{re.escape(before)}([一-鿿]){re.escape(after)}"
    assert list(_between(before, after, text)) == re.findall(pattern, text)
