"""What a figure is called in an answer."""

from __future__ import annotations

import pytest

from qa.present import called


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("接待费", "接待费"),
        ("接待 人次", "接待 人次"),  # tells it from 接待 批次
        ("接待费 占比", "接待费 占比"),
        ("营收同比", "营收同比"),
        ("公务接待费比 少", "公务接待费"),
        ("2023年 比 公务接待费 增长还 下降", "公务接待费"),
        ("2023年 比 公务接待费增加几", "公务接待费"),
    ],
)
def test_left_over_words_of_asking_are_no_name(words: str, name: str) -> None:
    assert called(words, "公务接待费") == name
