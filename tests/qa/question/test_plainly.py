"""Colloquial asking words, their slips, and slips in words of the trade."""

from __future__ import annotations

import pytest

from qa.question.wording import repair
from qa.words.synonyms import plainly


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("机关运行经费咋涨了？", "机关运行经费为什么增长？"),
        ("支出计划完成性咋扣的分？", "支出计划完成性为什么扣分？"),
        ("哪些子项超过10万圆？", "哪些子项超过10万元？"),
        ("增长了百份之几？", "增长了百分之几？"),
        ("“那些年”专项花了多少圆？", "“那些年”专项花了多少元？"),
        ("项目叫“咋”吗？", "项目叫“咋”吗？"),
    ],
)
def test_asking_words(said: str, meant: str) -> None:
    assert plainly(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2023年的予算是多少", "2023年的预算是多少"),
        ("指标的木标和实际值", "指标的目标和实际值"),
        ("积分制入户工作共涉及多少人", "积分制入户工作共涉及多少人"),
    ],
)
def test_slips_beside_everyday_words(said: str, meant: str) -> None:
    assert repair(said, frozenset()).text == meant
