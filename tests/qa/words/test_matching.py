"""Bigrams of words."""

from hypothesis import given
from hypothesis import strategies as st

from qa.words.matching import asked_grams, grams, squeeze


def test_grams_of_chinese_and_latin() -> None:
    assert grams("公务用车RPA费2.0") == {"公务", "务用", "用车", "rpa", "费", "2.0"}
    assert "费的" not in asked_grams("办公费的支出")


@given(st.text(max_size=60))
def test_squeezing_is_idempotent(text: str) -> None:
    assert squeeze(squeeze(text)) == squeeze(text)
    grams(text)
