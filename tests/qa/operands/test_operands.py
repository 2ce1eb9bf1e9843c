"""The figures that a calculation is asked over, as questions of their own."""

import pytest

from qa.operands.operands import Calculation, addends, operands
from qa.question.ellipsis import Named


def named(question: str, *names: str) -> tuple[Named, ...]:
    spans = ((question.index(name), len(name)) for name in names)
    return tuple(Named("unit", start, start + size) for start, size in spans)


PAIRS = [
    (
        "甲局2023年信息化建设科目，支出决算比收入决算多多少？",
        Calculation.LESS,
        "甲局2023年信息化建设科目，支出决算是多少？",
        "甲局2023年信息化建设科目，收入决算是多少？",
    ),
    (
        "甲局2023年东区实际支出比西区多多少？",
        Calculation.LESS,
        "甲局2023年东区实际支出是多少？",
        "甲局2023年西区实际支出是多少？",
    ),
    (
        "甲局2023年授予中小企业的合同里，扣掉小微企业的还剩多少？",
        Calculation.LESS,
        "甲局2023年授予中小企业的合同里是多少？",
        "甲局2023年小微企业的合同里是多少？",
    ),
    (
        "甲局2023年末的车辆里，执法执勤用车占百分之几？",
        Calculation.SHARE,
        "甲局2023年末的执法执勤用车是多少？",
        "甲局2023年末的车辆是多少？",
    ),
    (
        "甲局2023年培训人次实际比计划少了多少人次？",
        Calculation.AIM,
        "甲局2023年培训人次实际完成多少人次？",
        "甲局2023年培训人次目标多少人次？",
    ),
]


@pytest.mark.parametrize(("question", "calculation", "left", "right"), PAIRS)
def test_each_side_in_full(question: str, calculation: Calculation, left: str, right: str) -> None:
    reading = next(iter(operands(question, named(question, "甲局", "2023年"))))
    assert reading.calculation is calculation
    assert reading.left[0] == left
    assert right in reading.right


@pytest.mark.parametrize("question", ["甲局2023年支出是多少？", "甲局支出比上年增长百分之几？"])
def test_other_questions_have_none(question: str) -> None:
    assert not list(operands(question, named(question, "甲局")))


SUMS = [
    ("甲局2023年办公费、印刷费和水费合计多少元？", ("办公费", "印刷费", "水费")),
    ("甲局2023年种苗基地和加工厂两个方向合计支出多少？", ("种苗基地", "加工厂")),
]


@pytest.mark.parametrize(("question", "names"), SUMS)
def test_what_is_added(question: str, names: tuple[str, ...]) -> None:
    found = addends(question, named(question, "甲局", "2023年"))
    assert found is not None
    assert found.names == names
    assert all(ask[0].startswith("甲局2023年") for ask in found.asks)


def test_a_count_that_disagrees_adds_nothing() -> None:
    question = "甲局2023年办公费和水费三项合计多少元？"
    assert addends(question, named(question, "甲局", "2023年")) is None
