"""The words that a question about text looks for, and how many entries it speaks of."""

import pytest

from qa.texts.asking import asked_count, naming_words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("数据中心维护项目是哪天验收的?", ("数据中心维护项目", "验收")),
        ("有效投诉件数为什么增加?", ("有效投诉件数",)),
        ("没有消除的安全隐患点位后来怎么安排?", ("消除", "安全隐患点位", "安排")),
        ("六个绩效指标各是什么?", ("绩效指标",)),
        ("一级指标有哪些?", ("一级指标",)),
        ("巡查终端通信资费是怎么结算的?", ("巡查终端通信资费", "结算")),
        ("年中追加的60万元用在了什么地方?", ("追加", "60万元")),
        ("针对这些问题提了哪几条建议?", ("建议",)),
        ("请完整列示报告所指出的存在问题。", ("问题",)),
    ],
)
def test_naming_words(question: str, words: tuple[str, ...]) -> None:
    assert naming_words(question) == words


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("主要问题有哪五条?", 5),
        ("分哪三个阶段?", 3),
        ("六个绩效指标各是什么?", 6),
        ("指标有哪两处变化?", 2),
        ("存在问题有哪三大方面?", 3),
        ("存在哪些问题?", None),
        ("下一步有哪些打算?", None),
        ("一级指标有哪些?", None),
        ("哪一个指标没有完成?", None),
    ],
)
def test_asked_count(question: str, count: int | None) -> None:
    assert asked_count(question) == count
