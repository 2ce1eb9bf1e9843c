"""What a list of asks says once, and the measures of a budget's life."""

import pytest

from qa.planning.carried import (
    column_measure,
    ending_measure,
    measure_of,
    plain_measure,
    subject_of,
    without_aim,
)

MEASURES = [
    ("年初预算", "年初预算"),
    ("年初", "年初预算"),
    ("调整后预算", "全年预算"),
    ("全年预算数", "全年预算"),
    ("年中追加", "调增"),
    ("第一次调减", "调减"),
    ("实际支出", "支出"),
    ("全年执行数", "支出"),
    ("预算执行率", "执行率"),
    ("支出进度", "执行率"),
    ("年末结转结余", "结余"),
    ("三公经费", ""),
    ("学生公寓建设", ""),
    ("购车支出", ""),
]


@pytest.mark.parametrize(("words", "measure"), MEASURES)
def test_measure_of_words_that_say_nothing_else(words: str, measure: str) -> None:
    assert measure_of(words) == measure


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("年初给", "年初"),
        ("后来全年预算调成", "全年预算"),
        ("4月调减", "调减"),
        ("各支出", "支出"),
        ("医疗设备购置", "医疗设备购置"),
    ],
)
def test_measures_told_in_passing(words: str, plain: str) -> None:
    assert plain_measure(words) == plain


@pytest.mark.parametrize(
    ("key", "subject"),
    [
        ("学生公寓建设年初预算", "学生公寓建设"),
        ("青石县分配", "青石县"),
        ("河道清淤 支出", "河道清淤"),
        ("年初预算", ""),
        ("4月调减", ""),
        ("本年支出合计", ""),
        ("政务微信", ""),
    ],
)
def test_subject_before_a_measure(key: str, subject: str) -> None:
    assert subject_of(key) == subject


@pytest.mark.parametrize(
    ("key", "bare"),
    [
        ("有效投诉控制在", "有效投诉"),
        ("助餐点计划建", "助餐点"),
        ("中修计划", "中修"),
        ("计划", "计划"),
    ],
)
def test_name_without_its_aim(key: str, bare: str) -> None:
    assert without_aim(key) == bare


@pytest.mark.parametrize(
    ("label", "measure"),
    [("支出（万元）", "支出"), ("到位合计（万元）", "到位"), ("受益学生（人）", "")],
)
def test_columns_by_their_measure(label: str, measure: str) -> None:
    assert column_measure(label) == measure


def test_measure_at_the_end_of_a_name() -> None:
    assert ending_measure("总体预算执行率") == "执行率"
    assert ending_measure("征地拆迁") == ""
