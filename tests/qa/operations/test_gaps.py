"""Questions that go on to ask how far their figures are apart."""

import pytest

from qa.operations.gaps import gap_beside

BESIDE = [
    ("两年差旅费各是多少，增加了多少？", "两年差旅费各是多少", False),
    ("2022年和2023年在校生各多少人，增长百分之几？", "2022年和2023年在校生各多少人", True),
    ("执行率分别是多少，提高了几个百分点？", "执行率分别是多少", False),
    ("收入和支出分别是多少，差多少？", "收入和支出分别是多少", False),
    ("目标和实际各是多少，相差多少？", "目标和实际各是多少", False),
    ("两年差多少？", "", False),
]


@pytest.mark.parametrize(("question", "rest", "rate"), BESIDE)
def test_asks_beside_their_difference(question: str, rest: str, rate: bool) -> None:
    gap = gap_beside(question)
    assert gap is not None
    assert (gap.rest, gap.rate, gap.before) == (rest, rate, False)


@pytest.mark.parametrize(
    "question",
    [
        "2023年差旅费比上年增加多少？",
        "预算多少，支出多少？",
        "差旅费是多少？",
        "执行率最高的比最低的高多少？",
    ],
)
def test_other_questions_have_none(question: str) -> None:
    assert gap_beside(question) is None


def test_a_year_held_against_the_turn_before() -> None:
    gap = gap_beside("2023年比这个多花了多少？", follows=True)
    assert gap is not None
    assert (gap.rest, gap.before) == ("2023年呢？", True)
    assert gap_beside("2023年比这个多花了多少？") is None


@pytest.mark.parametrize(
    ("question", "rest", "rate"),
    [
        (
            "岚川市水务局2022年比2021年公务接待费少了多少，两年各是多少？",
            "岚川市水务局2021年和2022年公务接待费各是多少？",
            False,
        ),
        (
            "2023年机关运行经费比2022年增长百分之几，两年分别是多少？",
            "2022年和2023年机关运行经费各是多少？",
            True,
        ),
    ],
)
def test_the_difference_before_what_it_is_between(question: str, rest: str, rate: bool) -> None:
    gap = gap_beside(question)
    assert gap is not None
    assert (gap.rest, gap.rate) == (rest, rate)
