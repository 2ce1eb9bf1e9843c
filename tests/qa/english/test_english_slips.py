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
        ("the O&M project", "the operation and maintenance project"),
    ],
)
def test_slips(said: str, meant: str) -> None:
    assert plain_english(said) == meant
