"""Whole numbers in Chinese characters, as scorers read them."""

from __future__ import annotations

import pytest

from eval.numerals import read_numeral


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三", 3),
        ("两", 2),
        ("〇", 0),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一百一十", 110),
        ("两千三百", 2300),
        ("三万五千", 35_000),
        ("一亿三千万", 130_000_000),
        ("一万亿", 10**12),
        ("三万五千亿", 3_500_000_000_000),
        ("二〇二三", 2023),
    ],
)
def test_numerals(text: str, number: int) -> None:
    assert read_numeral(text) == number


@pytest.mark.parametrize(
    "text", ["", "百", "万", "千万", "三公", "一百五", "三万五", "3", "二三十", "零百"]
)
def test_no_numerals(text: str) -> None:
    assert read_numeral(text) is None
