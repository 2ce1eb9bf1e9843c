"""Which of two figures is more: the two questions that it is made of."""

import pytest

from qa.operands.which_of_two import _sides, _within
from qa.question.ellipsis import Named


def named(question: str, *names: str) -> list[Named]:
    places = ((question.find(name), name) for name in names)
    return [Named("unit", at, at + len(name), name) for at, name in places]


@pytest.mark.parametrize(
    ("question", "left", "right", "way"),
    [
        ("甲局和乙局2023年三公经费哪个多", "甲局2023年三公经费", "乙局2023年三公经费", "多"),
        ("甲局2022年支出和乙局2022年支出哪个更少？", "甲局2022年支出", "乙局2022年支出", "少"),
        ("甲局2022年三公经费与乙局支出，谁的高", "甲局2022年三公经费", "乙局2022年支出", "高"),
        ("甲局和乙局相比，哪家的2023年支出大", "甲局2023年支出", "乙局2023年支出", "大"),
    ],
)
def test_two_bodies(question: str, left: str, right: str, way: str) -> None:
    found = next(iter(_sides(question, named(question, "甲局", "乙局"))))
    assert (found.left, found.right, found.way) == (f"{left}是多少？", f"{right}是多少？", way)


@pytest.mark.parametrize(
    "question",
    [
        "甲局和乙局2023年三公经费各多少",
        "甲局和乙局哪个项目执行率最高",
        "甲局2023年支出和收入哪个多",
    ],
)
def test_no_two_bodies(question: str) -> None:
    bodies = [name for name in ("甲局", "乙局") if name in question]
    assert not list(_sides(question, named(question, *bodies)))


def test_two_figures_of_one_body() -> None:
    question = "甲局2023年基本支出和项目支出哪个高"
    places = [*named(question, "甲局"), Named("year", 2, 7, "2023年")]
    found = next(iter(_within(question, places)))
    assert (found.left, found.right) == ("甲局2023年基本支出是多少？", "甲局2023年项目支出是多少？")
