"""Known questions with one word exchanged: which words, for what, and what stays."""

from __future__ import annotations

import json

import pytest

from eval.bench import exchanged as bench_exchanged
from eval.material.exchanged_questions import exchanged, shared_words

EVIDENCE = "全年培训护理员412名，其中持证上岗300名。"
QUESTION = "云岭市民政局2023年培训护理员多少名？"


def test_words_are_the_longest_stretches_in_common_that_say_something() -> None:
    assert shared_words(QUESTION, EVIDENCE) == ["培训护理员"]
    assert shared_words("支出金额是多少万元？", "支出金额5万元") == ["支出金额"]
    assert shared_words("本年支出是多少？", "本年支出") == ["本年支出"]
    assert shared_words("支出是多少？", "支出5万元") == []


def test_each_word_is_exchanged_for_one_of_each_kind() -> None:
    made = {
        each.kind: each
        for each in exchanged(
            QUESTION, EVIDENCE, ["云岭市民政局"], ["助餐服务点"], ["管网改造段"], "a"
        )
    }
    assert made["absent"].text == "云岭市民政局2023年管网改造段多少名？"
    assert made["added"].text == "云岭市民政局2023年管网改造段培训护理员多少名？"
    assert made["elsewhere"].text == "云岭市民政局2023年助餐服务点多少名？"
    assert made["other_year"].text == "云岭市民政局2030年培训护理员多少名？"
    assert {each.old for each in made.values()} == {"培训护理员", "2023"}


@pytest.mark.parametrize("keep", [["云岭市民政局培训护理员"], ["护理员"]])
def test_names_stay(keep: list[str]) -> None:
    kinds = [
        e.kind for e in exchanged(QUESTION, EVIDENCE, keep, ["助餐服务点"], ["管网改造段"], "a")
    ]
    assert kinds == ["other_year"]


def test_the_same_seed_chooses_the_same_words() -> None:
    far = [f"甲乙丙丁{char}" for char in "戊己庚辛"]
    first, second = ([*exchanged(QUESTION, EVIDENCE, [], [], far, "a")] for _ in range(2))
    assert first == second


def test_the_bench_counts_who_still_answers(capsys: pytest.CaptureFixture[str]) -> None:
    gold = bench_exchanged._GOLD
    files = [str(gold / f"{name}.yaml") for name in ("samples_a", "others12")]
    assert bench_exchanged.main([*files, "--every", "12"]) == 0
    shown = json.loads(capsys.readouterr().out)
    kinds = {row[0]: row[1:] for row in shown["rows"]}
    assert kinds["absent"][0] > 5
    assert all(asked == sum(rest) for asked, *rest in kinds.values())
    assert kinds["other_year"][3] == 0, "a year without reports is answered with the old value"
