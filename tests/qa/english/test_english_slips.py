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
        ("In 万元 (ten thousand yuan), how much did it pay?", "how much did it pay (万元)?"),
        ("the O&M project", "the operation and maintenance project"),
        ("What was built, according to the note?", "According to the note, what was built?"),
        ("What was built, not counting roads?", "What was built, not counting roads?"),
        (
            "What was the income in 2020, going by the 2021 accounts?",
            "What was the income in 2020, going by the 2021 accounts?",
        ),
        ("How much was spent in totel?", "How much was spent in total?"),
        (
            "State, in percentage points, the margin by which the rate surpassed its target.",
            "By how many percentage points did the rate exceed its target?",
        ),
        ("residents (aged over 60)", "residents (aged over 60)"),
        ("How many tons (吨, not 万吨)?", "How many tons (吨, not 万吨)?"),
        ("The Linxi County (林溪县) water bureau", "The Linxi County water bureau"),
        ("Linxi County (山南县) water bureau", "Linxi County (山南县) water bureau"),
    ],
)
def test_slips(said: str, meant: str) -> None:
    assert plain_english(said) == meant
