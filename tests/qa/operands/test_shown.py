"""What a follow-up works out from the figures just shown."""

import pytest

from qa.operands.shown import OfShown, of_shown


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("占项目总支出多少？", OfShown("share", "项目总支出")),
        ("那占全部支出的比重是多少？", OfShown("share", "支出")),
        ("实际支出相当于它的百分之几？", OfShown("of", "实际支出")),
        ("门面维修费是它的几倍？", OfShown("times", "门面维修费")),
        ("比出租屋的抽查登记率低几个百分点？", OfShown("than", "出租屋的抽查登记率")),
        ("比上年多多少？", None),
        ("比2022年少了几个？", None),
        ("比预算少花了多少？", None),
        ("接待费呢？", None),
    ],
)
def test_how_a_follow_up_relates(question: str, asked: OfShown | None) -> None:
    assert of_shown(question) == asked
