"""Questions in the words of their reports: which words are exchanged, and which never are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qa.model import Answer
from qa.question.near_words import Place, exchangeable, in_words_of, near_words
from qa.question.vocabulary import use_vocabulary
from qa.words.lexicon import LexiconError
from qa.words.matching import grams

REPORT = """苍林县林业局“森林防火能力提升”项目2023年度绩效评价报告

项目名称：森林防火能力提升
项目单位：苍林县林业局

一、项目完成情况

全年开展森林防火宣传，发放防火手册3.6万份，张贴宣传标语1,200条。荒山造林栽植乔木16.72万株。县级馆因检修闭馆96天。

二、存在的问题

防火蓄水池逾期46天完工，主要原因是征地手续办理滞后。
"""


@pytest.fixture(scope="module")
def ask(asking: Callable[[str, str], Callable[[str], Answer]]) -> Callable[[str], Answer]:
    return asking("苍林县森林防火项目2023年度绩效评价报告.txt", REPORT)


@pytest.mark.parametrize(
    ("question", "number", "unit", "said"),
    [
        ("2023年苍林县林业局种植乔木多少株？", "16.72", "万株", "种植"),
        ("2023年苍林县林业局种下乔木多少株？", "16.72", "万株", "种下"),
    ],
)
def test_the_word_of_the_report_is_found(
    ask: Callable[[str], Answer], question: str, number: str, unit: str, said: str
) -> None:
    answer = ask(question)
    assert [(v.number, v.unit) for v in answer.values[:1]] == [(number, unit)]
    assert f"“{said}”按报告的" in answer.text
    assert answer.question == question


@pytest.mark.parametrize(
    "question",
    [
        "2023年苍林县林业局回收了多少份防火手册？",
        "2023年苍林县林业局砍伐了多少乔木？",
        "2023年苍林县林业局印发了多少份养护手册？",
    ],
)
def test_another_deed_or_thing_is_not(ask: Callable[[str], Answer], question: str) -> None:
    assert not ask(question).outcome.given


def _places(text: str) -> list[Place]:
    return [Place(grams(text), lambda _: 1.0)]


def test_a_word_that_stands_there_stays() -> None:
    asked = "种植了多少防火树苗？"
    assert not list(in_words_of(asked, "种植 防火树苗", _places("种植防火树苗，另栽植草皮")))


def test_what_tells_little_of_the_question_is_another_place() -> None:
    asked = "种植了多少防火树苗？"
    assert not list(in_words_of(asked, "种植 防火树苗", _places("栽植草皮")))
    (found,) = in_words_of(asked, "种植 防火树苗", _places("栽植防火树苗"))
    assert found.question == "栽植了多少防火树苗？"
    assert found.exchanged == (("种植", "栽植"),)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("栽了多少棵树？", ("栽",)),
        ("栽培技术推广了多少亩？", ()),
        ("花栽中心的支出是多少？", ()),
    ],
)
def test_a_verb_of_one_character_stands_alone(question: str, words: tuple[str, ...]) -> None:
    assert tuple(w.text for w in exchangeable(question, ()) if len(w.text) == 1) == words


def test_names_are_left_alone() -> None:
    assert not [
        w for w in exchangeable("印发项目的支出是多少？", ("印发项目",)) if w.text == "印发"
    ]


def test_a_row_of_two_columns_reads_one_way(tmp_path: Path) -> None:
    own = tmp_path / "near_words.tsv"
    own.write_text("甲说|乙说\t丙写\n子词|丑词\n", encoding="utf-8")
    try:
        use_vocabulary(str(tmp_path))
        words = near_words()
        assert words["甲说"] == words["乙说"] == ("丙写",)
        assert "丙写" not in words
        assert (words["子词"], words["丑词"]) == (("丑词",), ("子词",))
    finally:
        use_vocabulary("")


def test_a_word_alone_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "near_words.tsv").write_text("甲说|乙说\n独词\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"near_words\.tsv 第 2 行.*两个词"):
        use_vocabulary(str(tmp_path))


def test_no_word_of_money_or_of_sums_is_exchanged() -> None:
    kept = (
        "预算",
        "决算",
        "合计",
        "一共",
        "执行率",
        "得分",
        "占比",
        "增长率",
        "平均",
        "新增",
        "累计",
    )
    assert not [word for word in kept if word in near_words()]
