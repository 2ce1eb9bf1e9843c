"""Typing errors in English words."""

import pytest

from qa.english.slips import plain_english


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("basic expenditur in 2023", "basic expenditure in 2023"),
        ("the final acount report", "the final account report"),
        ("Goverment Services Bureau", "Government Services Bureau"),
        ("the Panyu bureau", "the Panyu bureau"),
        ("Yunling spent it", "Yunling spent it"),
        ("Counting the fund money as well, how much", "including the fund money, how much"),
        ("In 万元 (ten thousand yuan), how much did it pay?", "how much did it pay, in 万元?"),
        ("the O&M project", "the operation and maintenance project"),
    ],
)
def test_slips(said: str, meant: str) -> None:
    assert plain_english(said) == meant
