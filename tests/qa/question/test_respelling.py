"""Slips of a keyboard, mended by what the reports write."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qa.question.respelling import _between, respelled

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
